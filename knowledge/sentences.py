"""A passage cut into the clauses that an answer can quote: sentences, and the parts between semicolons."""

import re

from knowledge.sections import item_text

_END = re.compile(r"(?<=[;.?!])\s+(?=\S)")
_ABBREVIATED = re.compile(r"(?:^|\s)(?:TM|T/M|KT|TP|Tp|TS|ThS|đ/c|Đ/c|số|\.\.\.|[A-ZĐ]|\d+)\.$")
_LEAD = re.compile(r"^[*_]*(?P<lead>[^;.:]{2,120}):[*_]*\s+(?=\S)")

_RHYTHMS = {
    "annual": "hàng năm|hằng năm|mỗi năm",
    "quarterly": "quý",
    "monthly": "tháng",
    "semiannual": "6 tháng|sáu tháng",
    "term": "nhiệm kỳ|giai đoạn",
}


def clauses_of(text: str) -> tuple[str, ...]:
    """The clauses of a passage in order, as they stand there, without the item's own number or bullet."""
    parts: list[str] = []
    for piece in _END.split(item_text(text).strip()):
        if parts and (_ABBREVIATED.search(parts[-1]) or _is_open(parts[-1])):
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    return tuple(parts)


def lead_of(text: str) -> str:
    """What a passage says before its colon ("Đến năm 2025"), which holds for every clause of it; empty without one."""
    match = _LEAD.match(item_text(text).strip())
    return match["lead"] if match else ""


def says_period(words: str, period: str | None) -> bool:
    """Whether words of a document name the period of their target themselves; a year or a rhythm, never `None`."""
    if period is None:
        return False
    return bool(re.search(_RHYTHMS.get(period, re.escape(period[:4])), words, re.IGNORECASE))


def _is_open(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count("(") > text.count(")")
