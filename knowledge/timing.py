"""The period that a target is for, and whether it is the one that a question asks for."""

import re

from knowledge import Target
from knowledge.inquiry import Inquiry
from knowledge.sentences import lead_of

TERM = re.compile(r"\d{4}-\d{4}$")
_SPAN_ASKED = re.compile(r" (?:năm học|giai đoạn|nhiệm kỳ|khóa|term|period) (20\d\d) (?:- |đến )?(20\d\d) ")
RHYTHMS = frozenset({"annual", "quarterly", "monthly", "semiannual"})


def is_timely(target: Target, inquiry: Inquiry) -> bool:
    """Whether a target is for the period that is asked for; every target is when none is asked for."""
    return is_exact(target, inquiry) or any(_holds_yearly(target, year, inquiry) for year in inquiry.question.years)


def is_exact(target: Target, inquiry: Inquiry) -> bool:
    years, cycle = inquiry.question.years, inquiry.question.cycle
    period = target.period or ""
    if TERM.match(period) and (span := _SPAN_ASKED.search(inquiry.question.words)):
        return period == f"{span[1]}-{span[2]}"
    if years:
        return any(period.endswith(f"-{year}") if TERM.match(period) else period[:4] == str(year) for year in years)
    if cycle == "annual":
        return period in RHYTHMS
    return cycle != "quarterly" or period == "quarterly"


def _holds_yearly(target: Target, year: int, inquiry: Inquiry) -> bool:
    if target.period not in RHYTHMS:
        return False
    first, last = years_of(target, inquiry)
    return first <= year <= last


def years_of(target: Target, inquiry: Inquiry) -> tuple[int, int]:
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
