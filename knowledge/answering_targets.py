"""Answers about figures: one target, or the targets of a period."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from knowledge import Answer, Finding, Outcome, Target
from knowledge.inquiry import Inquiry, shortened
from knowledge.rating import CLOSE, Rated, clause_of, is_timely, of_period, rate, targets_in
from knowledge.terms import Term

_SURE, _NEARER, _SAME_LABEL = 0.68, 0.12, 80
_LIST_LENGTH, _ITEM = 12, 110
_BREAKS = (";", ",", ".", ":")


def figure_answer(inquiry: Inquiry) -> Answer | None:
    """The figure that is asked for; says when a document gives two, or gives it for other years only. `None` when no
    target is about the subject."""
    rated = rate(inquiry)
    if not rated:
        return None
    timely = _of_all_years(inquiry, rated)
    if not timely:
        nearest = [entry for entry in rated if entry.relevance >= max(rated[0].relevance - CLOSE, _SURE)]
        if not nearest:
            return None
        return inquiry.answer("figure", _findings(inquiry, nearest[:3]), outcome="not_restated")
    chosen = timely if len(inquiry.question.years) > 1 else _chosen(_nearest_level(inquiry, timely))
    outcome: Outcome = "conflict" if conflicting([entry.target for entry in chosen]) else "found"
    return inquiry.answer("figure", _findings(inquiry, chosen), outcome=outcome)


def _of_all_years(inquiry: Inquiry, rated: Sequence[Rated]) -> list[Rated]:
    """The targets for the period asked for; where several years are, the best of each."""
    years = inquiry.question.years
    if len(years) < 2:
        return of_period(inquiry, rated)
    each = (replace(inquiry, question=replace(inquiry.question, years=(year,))) for year in years)
    found = [of_period(one, rated)[:1] for one in each]
    return [entry for entries in found for entry in entries]


def list_answer(inquiry: Inquiry) -> Answer | None:
    """All targets of the period that is asked for, or of the documents in scope when none is."""
    question = inquiry.question
    about = [term for term in question.subject if not _in_titles(inquiry, term)]
    listed = [entry.target for entry in rate(inquiry, tuple(about))] if about else targets_in(inquiry)
    if not listed:
        return None
    timely = [target for target in listed if is_timely(target, inquiry)]
    if not timely:
        outcome_findings = _findings(inquiry, [Rated(target, 1.0) for target in listed[:3]])
        return inquiry.answer("list", outcome_findings, outcome="not_restated")
    near = _nearest_level(inquiry, [Rated(target, 1.0) for target in timely])
    ordered = sorted(near, key=lambda entry: (inquiry.keys.index(entry.target.document), entry.target.position))
    findings = _findings(inquiry, ordered, _ITEM)
    return inquiry.answer("list", findings[:_LIST_LENGTH], more=findings[_LIST_LENGTH:])


def conflicting(targets: Sequence[Target]) -> bool:
    """Whether one passage gives two figures for the same thing and period.

    Clauses that share a predicate ("90% A và 85% B được …") hold each other's figures in their labels: two things.
    """
    seen: dict[tuple[object, ...], set[object]] = {}
    for target in targets:
        if target.value is not None and not re.search(r"\d+ ?%", target.label):
            place = (target.document, target.position, target.label.casefold(), target.period, target.unit_name)
            seen.setdefault(place, set()).add((target.comparator, target.value))
    return any(len(values) > 1 for values in seen.values())


def _in_titles(inquiry: Inquiry, term: Term) -> bool:
    return any(inquiry.title_share(key, [term]) >= 1 for key in inquiry.keys)


def _chosen(timely: Sequence[Rated]) -> list[Rated]:
    """The best target and those of the same indicator: of other years, in other documents, with other figures."""
    best = timely[0]
    same = [
        entry
        for entry in timely
        if entry.relevance >= best.relevance - CLOSE
        and (entry.target.indicator == best.target.indicator != "other" or entry is best or _says_same(entry, best))
    ]
    return sorted(same, key=lambda entry: (entry.target.period or "", entry.target.document != best.target.document))[
        :6
    ]


def _nearest_level(inquiry: Inquiry, timely: Sequence[Rated]) -> list[Rated]:
    """Those of the union nearest to the asker, among the ones that answer about as well as the best."""
    close = [entry for entry in timely if entry.relevance >= timely[0].relevance - _NEARER]
    scopes = [inquiry.library.documents[key].scope for key in inquiry.keys]
    scope_of = {entry: inquiry.library.documents[entry.target.document].scope for entry in close}
    nearest = min(close, key=lambda entry: scopes.index(scope_of[entry]))
    return [entry for entry in close if scope_of[entry] == scope_of[nearest]]


def _says_same(entry: Rated, best: Rated) -> bool:
    return fuzz.token_sort_ratio(entry.target.label, best.target.label) >= _SAME_LABEL


def _findings(inquiry: Inquiry, entries: Iterable[Rated], limit: int = 400) -> list[Finding]:
    return [target_finding(inquiry, entry.target, limit) for entry in entries]


def target_finding(inquiry: Inquiry, target: Target, limit: int = 400) -> Finding:
    clause = clause_of(inquiry, target)
    words = shortened(target.quote, limit)
    if target.value_text not in words:
        before = target.quote[: target.quote.find(target.value_text)]
        start = max(before.rfind(mark) for mark in _BREAKS) + 1
        words = "… " + shortened(target.quote[start:].strip(), limit)
    return inquiry.finding(target.document, target.position, words, clause, target)
