"""Answers that set two figures of one indicator side by side: two years, two places, two levels."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from knowledge import Answer, Arithmetic, Finding, Target
from knowledge.answering_derived import written
from knowledge.answering_targets import target_finding
from knowledge.inquiry import Inquiry
from knowledge.rating import Rated, core_name, of_period, own_union, place_name, rate, unions_named
from knowledge.rivals import with_rivals
from knowledge.terms import Term
from knowledge.vietnamese import fold

_CHANGE = frozenset({"tăng", "tăng thêm", "giảm", "tăng lên", "nâng lên", "increase", "grow", "growth", "add"})
_SEVERAL, _SAME_LABEL, _ROW = 8, 80, 0.2
_TIMES = re.compile(r" gấp | (?:how many times|times as|times more|times higher|ratio) ")


def comparison_answer(inquiry: Inquiry, others: Sequence[Inquiry]) -> Answer | None:
    """The same indicator for two years or for several places (`inquiry` first), with the difference where two figures
    can be subtracted."""
    wanted = tuple(term for term in inquiry.question.subject if term.said not in _CHANGE)
    years = inquiry.question.years
    each = [inquiry, *others] if others else [inquiry] * len(years)
    if len(each) != 2:
        return None
    in_time = [(year,) for year in (years if others else sorted(years))]
    orders = [in_time, in_time[::-1]] if len(years) == 2 and others else [in_time if not others else [years] * 2]
    pairs = [pair for order in orders if (pair := _pair(each, wanted, order))]
    if not pairs:
        return None
    _, left, right = max(pairs, key=lambda pair: pair[0])
    found = [_with_rivals(one, target) for one, target in zip(each, (left, right), strict=True)]
    # Where a plan gives two figures, neither is chosen to be subtracted.
    if any(finding.rivals for finding in found):
        return inquiry.answer("comparison", found, outcome="conflict")
    return inquiry.answer("comparison", found, arithmetic=worked_out(inquiry, found))


def units_compared(inquiry: Inquiry, both_named: bool = False) -> Answer | None:
    """The figures that a table assigns to two unions: both named, or, unless they have to be, one named beside the
    asker's own."""
    names = {target.unit_name for key in inquiry.keys for target in inquiry.library.targets(key) if target.unit_name}
    named = unions_named(inquiry, names)
    named = named if len(named) == 2 else named | _named_in_short(inquiry, names)
    two = sorted(named | (own_union(inquiry, names) if len(named) == 1 and not both_named else set()))
    if len(two) != 2:
        return None
    cores = {name: core_name(inquiry, name) for name in two}
    sides = []
    for name in two:
        one = _about(inquiry, cores[name], set(cores.values()))
        rated = rate(one)
        assigned = [entry for entry in of_period(one, rated) if entry.target.unit_name == name] if rated else []
        sides.append(assigned[:_SEVERAL])
    pairs = [
        (left.target, right.target) for left in sides[0] for right in sides[1] if _alike(left.target, right.target)
    ]
    if not pairs:
        return None
    found = [target_finding(inquiry, target) for target in pairs[0]]
    return inquiry.answer("comparison", found, arithmetic=worked_out(inquiry, found))


def _named_in_short(inquiry: Inquiry, names: set[str]) -> set[str]:
    """The unions that the first two syllables of their names tell from all others ("bệnh viện")."""
    heads = {name: " ".join(core_name(inquiry, name).split()[:2]) for name in names}
    alone = Counter(heads.values())
    words = fold(inquiry.question.words)
    return {name for name, head in heads.items() if alone[head] == 1 and " " in head and f" {head} " in words}


def _about(inquiry: Inquiry, name: str, names: set[str]) -> Inquiry:
    """The inquiry with the folded name of one union in the place of all that it names."""
    question = inquiry.question
    words = fold(question.words)
    for other in (*names, *filter(None, map(place_name, names))):
        words = words.replace(f" {other} ", " ")
    terms = tuple(term for term in question.terms if not any(fold(term.said) in each for each in names))
    return replace(inquiry, question=replace(question, words=f"{words}{name} ", terms=terms))


def _with_rivals(inquiry: Inquiry, target: Target) -> Finding:
    """The finding of a target, with the other figures that its sentence sets for the same thing and period."""
    beside = [
        other
        for other in inquiry.library.targets(target.document)
        if (other.position, other.label, other.period) == (target.position, target.label, target.period)
    ]
    ordered = [target, *(other for other in beside if other != target)]
    return with_rivals(inquiry, [target_finding(inquiry, each) for each in ordered])[0]


def _pair(
    each: Sequence[Inquiry], wanted: tuple[Term, ...], order: Sequence[tuple[int, ...]]
) -> tuple[float, Target, Target] | None:
    """The two targets, one for each side, that answer best together: figures of two indicators are not compared."""
    sides = [_best_of(one, wanted, years) for one, years in zip(each, order, strict=True)]
    pairs = [
        (left.relevance + right.relevance + _ROW * _is_one_row(left.target, right.target), left.target, right.target)
        for left in sides[0]
        for right in sides[1]
        if _alike(left.target, right.target) and left.target.unit_name == right.target.unit_name
    ]
    return max(pairs, key=lambda pair: pair[0]) if pairs else None


def _is_one_row(left: Target, right: Target) -> bool:
    """Whether two figures stand in one passage: the years of one row of a table."""
    return (left.document, left.position, left.label) == (right.document, right.position, right.label)


def _alike(left: Target, right: Target) -> bool:
    if left.indicator == right.indicator != "other":
        return left.unit == right.unit
    return left.unit == right.unit and fuzz.token_sort_ratio(left.label, right.label) >= _SAME_LABEL


def _best_of(inquiry: Inquiry, wanted: tuple[Term, ...], years: tuple[int, ...]) -> list[Rated]:
    one = replace(inquiry, question=replace(inquiry.question, years=years, cycle=None))
    rated = rate(one, wanted)
    timely = of_period(one, rated) if rated else []
    # "Của tỉnh hết nhiệm kỳ so với thành phố năm 2027": the year is the other side's.
    return (timely or (rated if inquiry.question.cycle == "term" else []))[:_SEVERAL]


def worked_out(inquiry: Inquiry, found: Sequence[Finding]) -> Arithmetic | None:
    """The difference of two figures, or how many times the smaller one the larger one is where that is asked for."""
    targets = [finding.target for finding in found[:2] if finding.target]
    if len(targets) != 2 or len(found) != 2 or targets[0].unit != targets[1].unit:
        return None
    values = [target.value for target in targets]
    if not all(isinstance(value, float | int) for value in values):
        return None
    low, high = sorted(targets, key=lambda target: target.value if isinstance(target.value, float | int) else 0)
    return _divided(high, low) if _TIMES.search(inquiry.question.words) else _subtracted(high, low)


def _subtracted(high: Target, low: Target) -> Arithmetic:
    assert isinstance(high.value, float | int) and isinstance(low.value, float | int)
    percent = " %" if high.unit == "percent" else ""
    left, right, result = (f"{written(value)}{percent}" for value in (high.value, low.value, high.value - low.value))
    return Arithmetic("difference", left, right, result)


def _divided(high: Target, low: Target) -> Arithmetic | None:
    """How many times as large, to one decimal."""
    assert isinstance(high.value, float | int) and isinstance(low.value, float | int)
    if not low.value:
        return None
    return Arithmetic("ratio", written(high.value), written(low.value), written(round(high.value / low.value, 1)))
