"""Figures that no document states but that follow from two that one does: so many years of a yearly growth, and the
level in a year before the one that a target names."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge import Answer, Arithmetic, Target
from knowledge.inquiry import Inquiry
from knowledge.rating import clause_of, rate

_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_COUNTS |= {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SPAN = re.compile(rf" (\d{{1,2}}|{'|'.join(_COUNTS)}) (?:năm|years) (?!\d)")
_GROWTH_OF = {"members": "new_members", "unionised_enterprises": "unions_founded"}
"""Which yearly figure makes which total grow: members admitted to the Party do not make the union larger."""
_GROWTH = re.compile(r"tăng|phát triển|kết nạp|thành lập", re.IGNORECASE)
_EACH = re.compile(r"duy trì|mỗi (?:công đoàn|đơn vị|doanh nghiệp|cơ sở|CĐCS|huyện|xã|trường|tổ)", re.IGNORECASE)
"""What does not add up over the years: a level that is kept, a figure for each of several."""
_MOST = 20


def years_together(inquiry: Inquiry) -> Answer | None:
    """So many years ("3 năm thì tăng bao nhiêu") of a target that is set for every year; `None` where none is."""
    question = inquiry.question
    span = _SPAN.search(question.words)
    if span is None or question.years:
        return None
    count = _COUNTS.get(span[1]) or int(span[1])
    terms = tuple(term for term in question.subject if term.said != span[1])
    for entry in rate(replace(inquiry, question=replace(question, cycle="annual")), terms):
        target = entry.target
        if target.period == "annual" and _is_count(target) and _adds_up(target) and 1 < count <= _MOST:
            return _derived(inquiry, [target], "multiple", figure_of(target), str(count), number_of(target) * count)
    return None


def counted_back(inquiry: Inquiry, aims: Sequence[Target]) -> Answer | None:
    """The level in a year before a target's year, counted back by the yearly growth that the same passage sets."""
    years = inquiry.question.years
    for aim in aims:
        final = re.search(r"(\d{4})$", aim.period or "")
        growth = _growth_beside(inquiry, aim) if final and len(years) == 1 and _is_count(aim) else None
        if growth is None or final is None or not _begins(inquiry, aim) <= years[0] < int(final[1]):
            continue
        left = int(final[1]) - years[0]
        taken = f"{left} × {figure_of(growth)}" if left > 1 else figure_of(growth)
        return _derived(
            inquiry, [aim, growth], "difference", figure_of(aim), taken, number_of(aim) - left * number_of(growth)
        )
    return None


def figure_of(target: Target) -> str:
    """The figure of a target as plans write it: "1.300", "92,5"."""
    return written(number_of(target))


def number_of(target: Target) -> float:
    """The value of a target that has one."""
    return target.value if isinstance(target.value, float | int) else 0.0


def written(value: float) -> str:
    """A number as Vietnamese texts write it: points between thousands, a comma before decimals."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def _derived(
    inquiry: Inquiry, targets: Sequence[Target], operation: str, left: str, right: str, result: float
) -> Answer:
    arithmetic = Arithmetic("multiple" if operation == "multiple" else "difference", left, right, written(result))
    findings = [
        inquiry.finding(target.document, target.position, target.quote, clause_of(inquiry, target), target)
        for target in targets
    ]
    return inquiry.answer("figure", findings, outcome="derived", arithmetic=arithmetic)


def _is_count(target: Target) -> bool:
    return isinstance(target.value, float | int) and target.unit != "percent" and target.comparator in ("=", "~", ">=")


def _adds_up(target: Target) -> bool:
    after = target.quote.partition(target.value_text)[2]
    return not _EACH.search(target.quote) and not re.match(r"[^,;.]{0,12}/", after)


def _growth_beside(inquiry: Inquiry, aim: Target) -> Target | None:
    listed = inquiry.library.targets(aim.document)
    return next(
        (
            each
            for each in listed
            if each.position == aim.position
            and each.period == "annual"
            and each.indicator == _GROWTH_OF.get(aim.indicator)
            and _is_count(each)
            and _GROWTH.search(each.quote)
        ),
        None,
    )


def _begins(inquiry: Inquiry, aim: Target) -> int:
    """The first year of the target's term, or that of its document."""
    term = re.match(r"(\d{4})-\d{4}$", aim.period or "")
    issued = inquiry.library.documents[aim.document].issued_on
    return int(term[1]) if term else issued.year if issued else inquiry.today.year
