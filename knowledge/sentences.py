"""A passage cut into the clauses that an answer can quote: sentences, and the parts between semicolons."""

import re

from knowledge.sections import item_text

_END = re.compile(r"(?<=[;.?!])\s+(?=\S)")
_ABBREVIATED = re.compile(r"(?:^|\s)(?:TM|T/M|KT|TP|Tp|TS|ThS|đ/c|Đ/c|số|\.\.\.|[A-ZĐ]|\d+)\.$")
_LEAD = re.compile(r"^[*_]*(?P<lead>[^;.:]{2,120}):[*_]*\s+(?=\S)")


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


def _is_open(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count("(") > text.count(")")
