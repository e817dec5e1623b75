"""Answers about figures: one target, or the targets of a period."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from rapidfuzz import fuzz

from knowledge import Answer, Finding, Outcome, Target
from knowledge.answering_derived import counted_back
from knowledge.inquiry import Inquiry, shortened
from knowledge.question import BEARERS, Question
from knowledge.rating import (
    CLOSE,
    Rated,
    clause_of,
    is_of_asked,
    is_same_union,
    of_period,
    rate,
    rate_repealed,
    targets_in,
)
from knowledge.rivals import with_rivals
from knowledge.sections import item_text
from knowledge.tables_asked import empty_cell_answer, is_left_empty
from knowledge.terms import Term
from knowledge.timing import RHYTHMS, is_timely, years_of
from knowledge.unfit_targets import is_of_months, months_named

_SURE, _NEARER, _SAME_LABEL, _OWN, _OWN_ASKED = 0.68, 0.12, 80, 0.15, 0.3
_LIST_LENGTH, _ITEM, _ROOM = 12, 110, 900
_TARGETS = re.compile(r"chỉ tiêu|mục tiêu", re.IGNORECASE)
_WHOLE_TERM = re.compile(r"nhiệm kỳ|giai đoạn", re.IGNORECASE)
_YEARLY = re.compile(r"(?:hằng|hàng|mỗi|từng) năm", re.IGNORECASE)
_DATED, _YEARS_SHOWN = 0.9, 6
_YEAR = re.compile(r"20\d\d")
_SHORT_CLAUSE, _WHOLE_CLAUSE = 200, 400
_SEVERAL = re.compile(r" (?:những|các|mấy) (?:mức|con số|tỷ lệ) ")
_NUMBER_ASKED = re.compile(r" có (?:bao nhiêu|mấy|nhiêu) ")
_BREAKS = (";", ",", ".", ":")


def figure_answer(inquiry: Inquiry) -> Answer | None:
    """The figure that is asked for; says when a document gives two, when it was repealed, when it follows from two
    others, or when it is given for other years only. `None` when no target is about the subject."""
    if empty := empty_cell_answer(inquiry):
        return empty
    rated = [entry for entry in rate(inquiry) if not _is_share_of_others(inquiry, entry.target)]
    if repealed := _repealed(inquiry, rated):
        return repealed
    if not rated:
        return None
    timely = [entry for entry in _of_all_years(inquiry, rated) if not is_left_empty(inquiry, entry.target)]
    if not timely:
        own = _own_first(inquiry, rated) or rated
        nearest = [entry for entry in own if entry.relevance >= max(own[0].relevance - CLOSE, _SURE)]
        if not nearest:
            return None
        same = _own_first(inquiry, [entry for entry in nearest if is_of_asked(inquiry.question, entry.target)])
        # A figure of another year is worth showing only where it is surely of the same indicator.
        kind, shown = ("figure", same) if same else ("other_years", nearest)
        findings = [_with_years(inquiry, finding) for finding in _findings(inquiry, shown[:_YEARS_SHOWN])]
        silent = inquiry.answer(kind, findings, outcome="not_restated")
        return counted_back(inquiry, [entry.target for entry in nearest]) or silent
    chosen = (
        timely
        if len(inquiry.question.years) > 1
        else _chosen(inquiry, _nearest_level(inquiry, _own_first(inquiry, timely)))
    )
    return _of_other_months(inquiry, chosen) or _figures(inquiry, chosen)


def _is_share_of_others(inquiry: Inquiry, target: Target) -> bool:
    """Whether the number of some things is asked for and a target is the share of all of them: its words and those
    around it say nothing of what tells the ones that are meant ("tham gia thỏa ước nhóm ngành dệt")."""
    question = inquiry.question
    if target.unit != "percent" or question.wants("percent") or not _NUMBER_ASKED.search(question.words):
        return False
    heading = inquiry.library.passage(target.document, target.position).heading
    around = f"{target.label}; {target.quote}; {clause_of(inquiry, target) or ''}; {heading}"
    said = inquiry.library.spelled(around)
    return any(not term.soft and not term.stands_in(said) for term in question.subject)


def _with_years(inquiry: Inquiry, finding: Finding) -> Finding:
    """A finding; a yearly target with the years for which it stands, where another year is asked for."""
    target = finding.target
    yearly = target and target.period in RHYTHMS and inquiry.question.years
    return replace(finding, stands=years_of(target, inquiry)) if target and yearly else finding


def _of_other_months(inquiry: Inquiry, chosen: Sequence[Rated]) -> Answer | None:
    """That the figure is given for no such month or quarter, where the question names one and the targets another."""
    question, targets = inquiry.question, [entry.target for entry in chosen]
    if any(is_of_months(question, each, clause_of(inquiry, each) or each.quote) for each in targets):
        return None
    return inquiry.answer(
        "other_months", _findings(inquiry, chosen[:1]), outcome="not_restated", period=months_named(question)
    )


def assigned_answer(inquiry: Inquiry) -> Answer | None:
    """The figure that a table assigns to the asker's own union; `None` where none does."""
    rated = [entry for entry in rate(inquiry) if entry.target.unit_name]
    timely = [entry for entry in of_period(inquiry, rated) if not is_left_empty(inquiry, entry.target)] if rated else []
    return _figures(inquiry, _chosen(inquiry, timely)) if timely else None


def _figures(inquiry: Inquiry, chosen: Sequence[Rated]) -> Answer:
    findings = with_rivals(inquiry, _findings(inquiry, [each for entry in chosen for each in _beside(inquiry, entry)]))
    differ = any(finding.rivals for finding in findings) or _documents_differ(chosen)
    outcome: Outcome = "conflict" if differ else "found"
    return inquiry.answer("figure", findings, outcome=outcome, unassigned=_is_unassigned(inquiry, chosen))


def _beside(inquiry: Inquiry, entry: Rated) -> list[Rated]:
    """A target and the others that its passage sets for the same thing and period, whatever words it leans on."""
    target = entry.target
    others = [
        each
        for each in inquiry.library.targets(target.document)
        if (each.position, each.label, each.period, each.unit_name)
        == (target.position, target.label, target.period, target.unit_name)
        and each != target
    ]
    return [entry, *(Rated(each, entry.relevance) for each in others)]


def _documents_differ(chosen: Sequence[Rated]) -> bool:
    """Whether two documents of one level set different figures for the same thing and period."""
    groups: dict[tuple[object, ...], dict[str, set[object]]] = {}
    for entry in chosen:
        target = entry.target
        same = (target.indicator, target.period, target.unit, target.unit_name, target.condition)
        groups.setdefault(same, {}).setdefault(target.document, set()).add(target.value)
    return any(
        not first & second
        for each in groups.values()
        for first, second in combinations([values for values in each.values() if values != {None}], 2)
    )


def _repealed(inquiry: Inquiry, rated: Sequence[Rated]) -> Answer | None:
    """That the target was repealed, where that one is what the question is about."""
    gone = [entry for entry in rate_repealed(inquiry) if is_timely(entry.target, inquiry)]
    if not gone or (rated and rated[0].relevance + CLOSE >= gone[0].relevance):
        return None
    target, now = gone[0].target, inquiry.in_force
    change = now.ended.get(target) or now.gone[target.document, target.position]
    words = shortened(item_text(inquiry.library.passage(change.document, change.position).text))
    return inquiry.answer("repealed", [inquiry.finding(change.document, change.position, words)], outcome="repealed")


def _own_first(inquiry: Inquiry, timely: Sequence[Rated]) -> Sequence[Rated]:
    """Those that a table assigns to the union that is asked about, where they answer about as well as the level's."""
    question = inquiry.question
    own = [
        entry
        for entry in timely
        if entry.target.unit_name
        and entry.relevance >= timely[0].relevance - (_OWN_ASKED if question.wants("own_unit") else _OWN)
        and (entry.target.unit == "percent" or not question.wants("percent"))
    ]
    named = any(_is_named(inquiry, entry.target) for entry in own)
    others = [entry for entry in timely if entry not in own]
    return own if own and (named or not question.levels or not others) else others


def _is_named(inquiry: Inquiry, target: Target) -> bool:
    """Whether a table's figure is another union's, so that the question must have named it."""
    union = inquiry.library.unions.get(inquiry.asker.union)
    return bool(target.unit_name and union and not is_same_union(inquiry, target.unit_name, union.name))


def _is_unassigned(inquiry: Inquiry, chosen: Sequence[Rated]) -> bool:
    """Whether the question is about the asker's own union and only figures of the level above are there."""
    if not inquiry.question.wants("own_unit") or inquiry.whose:
        return False
    documents = inquiry.library.documents
    return bool(chosen) and not any(
        entry.target.unit_name or documents[entry.target.document].scope == inquiry.asker.union for entry in chosen
    )


def _of_all_years(inquiry: Inquiry, rated: Sequence[Rated]) -> list[Rated]:
    """The targets for the period asked for; where several years are, the best of each."""
    years = inquiry.question.years
    if len(years) < 2:
        return of_period(inquiry, rated)
    each = (replace(inquiry, question=replace(inquiry.question, years=(year,))) for year in years)
    found = [of_period(one, rated)[:1] for one in each]
    return [entry for entries in found for entry in entries]


def stated_figure_answer(inquiry: Inquiry) -> Answer | None:
    """The target that sets the very figure which the question states ("bao giờ đạt 4.500 đoàn viên")."""
    plain = re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", inquiry.question.words)
    stated = {float(number) for number in re.findall(r"(?<=\s)\d{2,}(?=\s)", plain)}
    conditions = re.findall(r"(?<=\s)\d{2,} (?:lao động|người lao động) ", inquiry.question.words)
    if conditions:
        return _on_condition(inquiry, conditions)
    found = [target for target in targets_in(inquiry) if target.value in stated and target.period]
    rated = {entry.target: entry.relevance for entry in rate(inquiry)}
    chosen = [Rated(target, rated.get(target, 0.0)) for target in found if target in rated or len(found) == 1]
    if not chosen:
        return None
    return _figures(inquiry, sorted(chosen, key=lambda entry: -entry.relevance)[:1])


def dated_answer(inquiry: Inquiry) -> Answer | None:
    """The target that is surely what a question asks the time of ("bao giờ thu đoàn phí hết tiền mặt")."""
    dated = [entry for entry in rate(inquiry) if entry.relevance >= _DATED and _YEAR.match(entry.target.period or "")]
    return _figures(inquiry, _chosen(inquiry, _nearest_level(inquiry, dated))) if dated else None


def _on_condition(inquiry: Inquiry, conditions: Sequence[str]) -> Answer | None:
    """The target for the enterprises of so many workers that a question names ("chỉ tiêu 25 lao động")."""
    spelled = inquiry.library.spelled
    held = [target for target in targets_in(inquiry) if target.period and target.condition]
    found = [
        target for target in held if all(words in spelled(f"từ {target.condition or ''} ") for words in conditions)
    ]
    return _figures(inquiry, _nearest_level(inquiry, [Rated(target, 1.0) for target in found])[:2]) if found else None


def list_answer(inquiry: Inquiry) -> Answer | None:
    """All targets of the period that is asked for, or of the documents in scope when none is."""
    question = inquiry.question
    about = [term for term in question.subject if not _in_titles(inquiry, term) and not _is_oneself(question, term)]
    listed = [entry.target for entry in rate(inquiry, tuple(about))] if about else _set_as_targets(inquiry)
    if not listed:
        return None
    timely = [target for target in listed if is_timely(target, inquiry)]
    if question.cycle == "term":
        timely = _of_the_term(inquiry, timely)
    if not timely:
        outcome_findings = _findings(inquiry, [Rated(target, 1.0) for target in listed[:3]])
        return inquiry.answer("list", outcome_findings, outcome="not_restated")
    assigned = [target for target in timely if target.unit_name]
    timely = assigned if assigned and question.wants("own_unit") else timely
    near = _nearest_level(inquiry, [Rated(target, 1.0) for target in timely])
    order = {key: place for place, key in enumerate(inquiry.keys)}
    years = {str(year) for year in question.years}

    def place(entry: Rated) -> tuple[bool, bool, int, int]:
        """The union's own first, then the year that was asked for, before what stands every year."""
        target = entry.target
        return target.unit_name is None, target.period not in years, order[target.document], target.position

    ordered = sorted(near, key=place)
    limit = max(_ITEM, _ROOM // len(ordered))
    findings = with_rivals(inquiry, _findings(inquiry, ordered, limit))
    return inquiry.answer(
        "list",
        findings[:_LIST_LENGTH],
        more=findings[_LIST_LENGTH:],
        unassigned=_is_unassigned(inquiry, near),
    )


def _is_oneself(question: Question, term: Term) -> bool:
    """Whether a term only says what the asker's own union is ("công ty mình")."""
    return question.wants("own_unit") and (term.said in BEARERS or not BEARERS.isdisjoint(term.written))


def _of_the_term(inquiry: Inquiry, timely: list[Target]) -> list[Target]:
    """The targets without those under a heading for every year, where another heading is for the whole term."""
    headings = [_heading(inquiry, each) for each in timely]
    if not any(_WHOLE_TERM.search(heading) for heading in headings):
        return timely
    return [each for each, heading in zip(timely, headings, strict=True) if not _YEARLY.search(heading)] or timely


def _set_as_targets(inquiry: Inquiry) -> Sequence[Target]:
    """The targets of the chapters that set targets; figures in passing, among the duties, only where there are none."""
    listed = targets_in(inquiry)
    chapter = [each for each in listed if _TARGETS.search(_heading(inquiry, each))]
    return chapter or listed


def _heading(inquiry: Inquiry, target: Target) -> str:
    """The headings that a target stands below; of one in a later plan those of the point that it changes."""
    change = inquiry.in_force.made.get((target.document, target.position))
    if change and change.replaced:
        return inquiry.library.passage(change.amended, change.replaced[0]).heading
    return inquiry.library.passage(target.document, target.position).heading


def _in_titles(inquiry: Inquiry, term: Term) -> bool:
    return any(inquiry.title_share(key, [term]) >= 1 for key in inquiry.keys)


def _chosen(inquiry: Inquiry, timely: Sequence[Rated]) -> list[Rated]:
    """The best target and those of the same indicator: of other years, in other documents, with other figures."""
    best = timely[0]
    same = [
        entry
        for entry in timely
        if entry.relevance >= best.relevance - CLOSE
        and (entry.target.indicator == best.target.indicator != "other" or entry is best or _says_same(entry, best))
        and not _says_less(inquiry, entry, best)
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


def _says_less(inquiry: Inquiry, entry: Rated, best: Rated) -> bool:
    """Whether a neighbouring clause ("ở cơ sở đạt 35%") lacks a word of the question that the best one ("ở cấp tỉnh
    đạt 30%") holds; figures of other years and documents stand beside each other."""
    one, other = entry.target, best.target
    if (one.document, one.position, one.period) != (other.document, other.position, other.period):
        return False
    held = [
        {term.said for term in inquiry.question.terms if term.stands_in(inquiry.library.spelled(target.label))}
        for target in (one, other)
    ]
    return held[0] < held[1]


def _findings(inquiry: Inquiry, entries: Iterable[Rated], limit: int = 400) -> list[Finding]:
    return [target_finding(inquiry, entry.target, limit) for entry in entries]


def target_finding(inquiry: Inquiry, target: Target, limit: int = 400) -> Finding:
    """A target with the words that prove it, cut to `limit` characters and to the year that is asked for."""
    words = shortened(target.quote, limit)
    if target.value_text not in words:
        before = target.quote[: target.quote.find(target.value_text)]
        start = max(before.rfind(mark) for mark in _BREAKS) + 1
        words = "… " + shortened(target.quote[start:].strip(), limit)
    clause = clause_of(inquiry, target)
    whole = clause and (_says_the_rest(inquiry, clause, words) or _asks_several(inquiry, clause))
    words = clause if clause and whole else _of_one_year(inquiry, target, words)
    return inquiry.finding(target.document, target.position, words, clause, target)


def _asks_several(inquiry: Inquiry, clause: str) -> bool:
    """Whether all figures of a clause are asked for ("gồm những mức nào")."""
    return len(clause) <= _WHOLE_CLAUSE and bool(_SEVERAL.search(inquiry.question.words))


def _says_the_rest(inquiry: Inquiry, clause: str, words: str) -> bool:
    """Whether a short clause holds something that is asked for and its part does not ("riêng khối trường học 25")."""
    if len(clause) > _SHORT_CLAUSE:
        return False
    near, whole = inquiry.library.spelled(words), inquiry.library.spelled(clause)
    return any(term.stands_in(whole) and not term.stands_in(near) for term in inquiry.question.subject)


def _of_one_year(inquiry: Inquiry, target: Target, words: str) -> str:
    """The words without the figures of other years ("85% (năm 2024), 90% (năm 2025)") where one year is asked for."""
    others = [
        each.value_text
        for each in inquiry.library.targets(target.document)
        if each.position == target.position and each.period != target.period and each.quote == target.quote
    ]
    if not inquiry.question.years or not any(other in words for other in others):
        return words
    parts = words.split(", ")
    own = next((place for place, part in enumerate(parts) if target.value_text in part), 0)
    start = min((parts[0].find(text) for text in (*others, target.value_text) if text in parts[0]), default=-1)
    head = parts[0][:start].strip() if start > 0 else ""
    return f"{head} … {parts[own]}" if own and head else parts[own]
