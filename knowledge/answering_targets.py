"""Answers about figures: one target, the targets of a period, a difference, a comparison between places."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from knowledge import Answer, Arithmetic, Finding, Target
from knowledge.sentences import lead_of
from knowledge.indicators import indicators
from knowledge.inquiry import Inquiry, holds_required, shortened
from knowledge.search import coverage, find, heading_words
from knowledge.terms import Term

_ENOUGH, _CLOSE, _SURE, _NEARER = 0.6, 0.07, 0.68, 0.12
_RECALL, _PRECISION = 0.8, 0.2
_MANY = 400
_LIST_LENGTH = 12
_ITEM = 110
_CHANGE = frozenset({"tăng", "tăng thêm", "giảm", "tăng lên", "nâng lên", "increase", "grow", "growth", "add"})
_MONEY = re.compile(r"đồng|triệu|tỷ đồng|nghìn đồng")


@dataclass(frozen=True)
class Rated:
    """A target and how well it answers the question (0 to 1)."""

    target: Target
    relevance: float


def figure_answer(inquiry: Inquiry) -> Answer | None:
    """The figure that is asked for; says when a document gives two, or gives it for other years only. `None` when no
    target is about the subject."""
    rated = rate(inquiry)
    if not rated:
        return None
    timely = [entry for entry in rated if is_timely(entry.target, inquiry)]
    if not timely:
        nearest = [entry for entry in rated if entry.relevance >= max(rated[0].relevance - _CLOSE, _SURE)]
        if not nearest:
            return None
        return inquiry.answer("figure", _findings(inquiry, nearest[:3]), outcome="not_restated")
    chosen = _chosen(_nearest_level(inquiry, timely))
    outcome = "conflict" if conflicting([entry.target for entry in chosen]) else "found"
    return inquiry.answer("figure", _findings(inquiry, chosen), outcome=outcome)


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
    ordered = sorted(timely, key=lambda target: (inquiry.keys.index(target.document), target.position))
    findings = _findings(inquiry, [Rated(target, 1.0) for target in ordered], _ITEM)
    return inquiry.answer("list", findings[:_LIST_LENGTH], more=findings[_LIST_LENGTH:])


def comparison_answer(inquiry: Inquiry, others: Sequence[Inquiry]) -> Answer | None:
    """The same indicator for two years or for several places (`inquiry` first), with the difference where two figures
    can be subtracted."""
    wanted = tuple(term for term in inquiry.question.subject if term.said not in _CHANGE)
    years = inquiry.question.years
    if others:
        picked = _of_places([inquiry, *others], wanted, years)
    else:
        picked = [_best_of(inquiry, wanted, (year,)) for year in sorted(years)] if len(years) == 2 else []
    found = [finding for finding in picked if finding is not None]
    if len(found) < 2 or len(found) < len(picked):
        return None
    return inquiry.answer("comparison", found, arithmetic=_difference(found))


def _of_places(each: Sequence[Inquiry], wanted: tuple[Term, ...], years: tuple[int, ...]) -> list[Finding | None]:
    """The best target of each place; where there is a year for each, in the order that leaves no place without one."""
    orders = [[(year,) for year in order] for order in (years, years[::-1])] if len(years) == len(each) else [[years] * len(each)]
    tried = [[_best_of(one, wanted, chosen) for one, chosen in zip(each, order, strict=True)] for order in orders]
    return min(tried, key=lambda found: found.count(None))


def rate(inquiry: Inquiry, terms: tuple[Term, ...] | None = None) -> list[Rated]:
    """The targets in scope that are about the subject, best first."""
    wanted = inquiry.question.subject if terms is None else terms
    if not wanted:
        return []
    rated = [Rated(target, _relevance(inquiry, target, wanted)) for target in targets_in(inquiry, wanted)]
    kept = [entry for entry in rated if entry.relevance >= _ENOUGH]
    assigned = [entry for entry in kept if entry.target.unit_name]
    return sorted(assigned or kept, key=lambda entry: -entry.relevance)


def targets_in(inquiry: Inquiry, terms: Sequence[Term] = ()) -> list[Target]:
    """The targets of the documents in scope, without those assigned to other unions; in a large library only those of
    the passages that the terms lead to."""
    library = inquiry.library
    everything = [target for key in inquiry.keys for target in library.targets(key)]
    if terms and len(everything) > _MANY:
        hits = {(hit.document, hit.passage.position) for hit in find(library, terms, inquiry.keys)}
        everything = [target for target in everything if (target.document, target.position) in hits]
    return [target for target in everything if not target.unit_name or _is_asked(target.unit_name, inquiry)]


def is_timely(target: Target, inquiry: Inquiry) -> bool:
    """Whether a target is for the period that is asked for; every target is when none is asked for."""
    years, cycle = inquiry.question.years, inquiry.question.cycle
    period = target.period or ""
    if cycle in ("annual", "quarterly") and not years:
        return period == cycle or (cycle == "annual" and period in ("quarterly", "monthly", "semiannual"))
    if years:
        return any(_is_for(target, year, inquiry) for year in years)
    return True


def conflicting(targets: Sequence[Target]) -> bool:
    """Whether one passage gives two figures for the same thing and period. Clauses that share a predicate ("90% A và 85%
    B được …") hold each other's figures in their labels and speak of two things."""
    seen: dict[tuple[object, ...], set[object]] = {}
    for target in targets:
        if target.value is not None and not re.search(r"\d+ ?%", target.label):
            place = (target.document, target.position, target.label.casefold(), target.period, target.unit_name)
            seen.setdefault(place, set()).add((target.comparator, target.value))
    return any(len(values) > 1 for values in seen.values())


def _is_for(target: Target, year: int, inquiry: Inquiry) -> bool:
    period = target.period or ""
    if period[:4] == str(year) and len(period) != 9:
        return True
    if len(period) == 9:
        return period.endswith(str(year))
    if period in ("annual", "quarterly", "monthly", "semiannual"):
        first, last = _span(target, inquiry)
        return first <= year <= last
    return False


def _span(target: Target, inquiry: Inquiry) -> tuple[int, int]:
    """The years in which a yearly target holds: until the year of its own item, within the years of its document."""
    library = inquiry.library
    passage = library.passage(target.document, target.position)
    document = library.documents[target.document]
    own = _years_in(f"{lead_of(passage.text)} {passage.heading}")
    whole = [year for other in library.targets(target.document) for year in _years_in(other.period or "")]
    whole += _years_in(document.title) if "-" in document.title else []
    first = document.issued_on.year if document.issued_on else min(whole, default=0)
    return first, max(own or whole, default=9999)


def _years_in(text: str) -> list[int]:
    return [int(year) for year in re.findall(r"(?<![\d/])20[1-9]\d(?!\d)", text)]


def _relevance(inquiry: Inquiry, target: Target, wanted: Sequence[Term]) -> float:
    library, question = inquiry.library, inquiry.question
    passage = library.passage(target.document, target.position)
    known = indicators().get(target.indicator)
    near = library.spelled(f"{target.label} {target.quote}")
    far = heading_words(library, target.document, passage) + library.spelled(
        f"{lead_of(passage.text)} {known.label_vi if known else ''}"
    )
    if not holds_required(wanted, near, far) or (question.wants("money") and not _MONEY.search(target.quote)):
        return 0.0
    recall = coverage(wanted, near, far, library.spelled(_names(inquiry, target)))
    score = _RECALL * recall + _PRECISION * _precision(inquiry, target, wanted)
    score -= 0.15 * (question.wants("percent") and target.unit != "percent")
    score += 0.25 * (question.wants("threshold") and bool(re.search(r"\d", target.condition or "")))
    return score + 0.05 * _level_fits(inquiry, target.document)


def _names(inquiry: Inquiry, target: Target) -> str:
    document = inquiry.library.documents[target.document]
    return f"{document.issuer or ''} {document.title}"


def _precision(inquiry: Inquiry, target: Target, wanted: Sequence[Term]) -> float:
    """The share of the target's own words that the question speaks of: a short clause about just that comes first."""
    library = inquiry.library
    words = library.spelled(target.label).split()
    spoken = {word for term in wanted for option in term.written if f" {option} " in f" {' '.join(words)} " for word in option.split()}
    weights = {word: 1 / (1 + library.frequencies.get(word, 0) / 40) for word in set(words)}
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in spoken) / total if total else 0.0


def _level_fits(inquiry: Inquiry, key: str) -> bool:
    union = inquiry.library.unions.get(inquiry.library.documents[key].scope)
    return bool(union and inquiry.question.level == union.level)


def _is_asked(name: str, inquiry: Inquiry) -> bool:
    """Whether a table's name of a union is the asker's, or stands in the question."""
    union = inquiry.library.unions.get(inquiry.asker.union)
    own = bool(union) and fuzz.token_set_ratio(name.lower(), union.name.lower() if union else "") >= 90
    return own or inquiry.library.spelled(name).strip() in inquiry.question.words


def _in_titles(inquiry: Inquiry, term: Term) -> bool:
    return any(inquiry.title_share(key, [term]) >= 1 for key in inquiry.keys)


def _chosen(timely: Sequence[Rated]) -> list[Rated]:
    """The best target and those that say the same of the same indicator: other years, other documents, other figures."""
    best = timely[0]
    same = [
        entry
        for entry in timely
        if entry.relevance >= best.relevance - _CLOSE
        and (entry.target.indicator == best.target.indicator != "other" or entry is best or _says_same(entry, best))
    ]
    return sorted(same, key=lambda entry: (entry.target.period or "", entry.target.document != best.target.document))[:6]


def _nearest_level(inquiry: Inquiry, timely: Sequence[Rated]) -> list[Rated]:
    """Those of the union nearest to the asker, among the ones that answer about as well as the best."""
    close = [entry for entry in timely if entry.relevance >= timely[0].relevance - _NEARER]
    scopes = [inquiry.library.documents[key].scope for key in inquiry.keys]
    scope_of = {entry: inquiry.library.documents[entry.target.document].scope for entry in close}
    nearest = min(close, key=lambda entry: scopes.index(scope_of[entry]))
    return [entry for entry in close if scope_of[entry] == scope_of[nearest]]


def _says_same(entry: Rated, best: Rated) -> bool:
    return fuzz.token_sort_ratio(entry.target.label, best.target.label) >= 80


def _findings(inquiry: Inquiry, entries: Iterable[Rated], limit: int = 400) -> list[Finding]:
    return [_finding(inquiry, entry.target, limit) for entry in entries]


def _finding(inquiry: Inquiry, target: Target, limit: int = 400) -> Finding:
    clause = next(
        (text for text, _ in inquiry.library.clauses(target.document, target.position) if target.quote in text), None
    )
    words = shortened(target.quote, limit)
    if target.value_text not in words:
        at = max(target.quote.find(target.value_text) - 30, 0)
        words = "… " + shortened(target.quote[at:].split(" ", 1)[-1] if at else target.quote, limit)
    return inquiry.finding(target.document, target.position, words, clause, target)


def _best_of(inquiry: Inquiry, wanted: tuple[Term, ...], years: tuple[int, ...]) -> Finding | None:
    one = replace(inquiry, question=replace(inquiry.question, years=years, cycle=None))
    timely = [entry for entry in rate(one, wanted) if is_timely(entry.target, one)]
    return _finding(one, timely[0].target) if timely else None


def _difference(found: Sequence[Finding]) -> Arithmetic | None:
    targets = [finding.target for finding in found[:2] if finding.target]
    if len(targets) != 2 or len(found) != 2 or targets[0].unit != targets[1].unit:
        return None
    values = [target.value for target in targets]
    if not all(isinstance(value, float | int) for value in values):
        return None
    low, high = sorted(targets, key=lambda target: target.value if isinstance(target.value, float | int) else 0)
    return _subtracted(high, low)


def _subtracted(high: Target, low: Target) -> Arithmetic:
    assert isinstance(high.value, float | int) and isinstance(low.value, float | int)
    percent = " %" if high.unit == "percent" else ""
    left, right, result = (
        f"{_written(value)}{percent}" for value in (high.value, low.value, high.value - low.value)
    )
    return Arithmetic("difference", left, right, result)


def _written(value: float) -> str:
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
