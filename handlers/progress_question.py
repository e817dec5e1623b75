"""Questions about progress: "còn thiếu bao nhiêu để đạt chỉ tiêu?", "how far are we from the target?"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handlers.indicator_names import counted_monthly, find_indicators, told_apart
from handlers.union_names import core, names_of
from knowledge import Language, Union
from knowledge.index import Library
from knowledge.indicators import indicators
from knowledge.question import Asker, Question, understand
from knowledge.vietnamese import fold

_MANY = r"(?:bao nhieu|may|bn)"
_LACK = re.compile(
    rf"\bcon_ (?:\w+ )*?(?:thieu_|{_MANY}\b)|\b(?:bi )?thieu_ (?:\w+ ){{0,3}}{_MANY}\b|"
    rf"\b{_MANY}\b.{{0,30}}\b(?:nua|moi du|moi dat|la du|thi du)\b|"
    rf"\bda_ (?:\w+ ){{0,4}}{_MANY}\b|\bduoc {_MANY}\b.{{0,30}}\broi\b|\btien do\b|"
    r"\b(?:da_|sap|gan)\s+(?:dat|du|xong|hoan thanh)\b.{0,30}\bchua\b|\bcach\b.{0,20}\bbao xa\b|"
    r"\b(?:dat|du|xong|hoan thanh)\b.{0,30}\b(?:chua|den dau|toi dau)\s*\??$|"
    rf"\b(?:nao|{_MANY})\b.{{0,20}}\bchua (?:dat|du|xong|hoan thanh)\b|"
    r"\bhow far\b|\bhow (?:many|much) (?:more|are we short|is (?:left|missing)|do we still)\b|"
    r"\bstill (?:need|missing|lack|short)\b|\bon track\b|\bour progress\b|\bprogress (?:on|of|towards?)\b|"
    r"\b(?:remaining|left) (?:to|for|until) (?:reach|meet|the target)\b|\bhave we (?:reached|met|achieved)\b"
)
"""What is still missing, or how much is done by now."""

_GOAL = re.compile(
    r"\bchi tieu\b|\bmuc tieu\b|\bke hoach (?:nam|duoc giao|giao)\b|\bduoc giao\b|\btargets?\b|\bgoals?\b|\bquota\b"
)

_SOMETHING_ELSE = re.compile(
    r"\b(?:bao cao|han nop|thoi han|may ngay|bao nhieu ngay|ngay nua|tien do bao cao|quy dinh|van ban|chua (?:nop|gui)|"
    r"deadline|reports?|how many (?:more )?days|muc phat|kinh phi con)\b"
)
"""Lacks of another sort: reports, days, documents."""

_UNIT = re.compile(
    r"\b(?:cong ty|cty|truong|benh vien|trung tam|xi nghiep|ubnd)\s+"
    r"(?!(?:minh|toi|em|chung|ta|nay|nha|con|da|dang|duoc|phai|chua|thieu|can|dat)\b)\w"
)
"""A unit by name, not the asker's own ("công ty mình")."""

_OURS = re.compile(r"\b(?:chung (?:toi|em|ta|minh)|minh|ben (?:em|toi)|don vi|we|us|our|[a-z]+\d*(?:-\w+)+)\b")
_FEW_WORDS, _FEWEST_WORDS = 8, 5
"""So short a question about what "we" or a union with this code lack, or just about a lack, is about the targets."""

_SHORT = 220


def asked(text: str) -> bool:
    """Whether a message asks how far the asker is from a target, with or without accents, in either language.

    It is a quick look: what else it may mean is decided with the union on the desk (`understood`).
    """
    bare = _told_apart(text)
    if len(bare) > _SHORT or not _LACK.search(bare) or _SOMETHING_ELSE.search(bare):
        return False
    named = bool(_GOAL.search(bare)) or bool(told_apart(text, counted_monthly()))
    words = len(bare.split())
    return named or words <= _FEWEST_WORDS or (words <= _FEW_WORDS and bool(_OURS.search(bare)))


def _told_apart(text: str) -> str:
    """The text folded, with marks on the words that mean it: "còn" is no child ("con"), "thiếu" is not "tối thiểu",
    "đã" not "tối đa".

    Where nobody typed accents, the words around them have to tell.
    """
    bare = fold(text)
    if bare != text.casefold():
        return fold(re.sub(r"\b(còn|thiếu|đã)\b", r"\1_", text.casefold()))
    marked = re.sub(rf"\bcon\b(?= (?:thieu|phai|can)\b| (?:\w+ ){{0,2}}{_MANY}\b)", "con_", bare)
    return re.sub(r"(?<!\btoi )\b(thieu|da)\b", r"\1_", marked)


@dataclass(frozen=True)
class Asked:
    """What a question about progress is about: a union, a year, indicators (none: all), in which language."""

    union: Union
    year: int
    only: tuple[str, ...]
    language: Language


def understood(
    text: str, own: Union, chain: tuple[str, ...], below: Mapping[str, Union], library: Library, today: date
) -> Asked | None:
    """What is asked, `None` where it is about somebody else's affairs: another place, another level, another union.

    `below` are the unions that the asker may see beside their own, by code.
    """
    question = understand(text, (), library, Asker(own.code, chain), today)
    union = _union_named(text, below) or own
    if union is own and (_elsewhere(question, own) or _names_other(text, own, library)):
        return None
    if len(question.years) > 1:
        return None
    measured = (*counted_monthly(), *(share for key in counted_monthly() if (share := indicators()[key].share)))
    meant = find_indicators(question.words)
    only = meant if len(meant) == 1 else told_apart(question.words, measured)
    return Asked(union, question.years[0] if question.years else today.year, only, question.language)


def _elsewhere(question: Question, own: Union) -> bool:
    """Whether a question names a place or a level that is not the asker's own."""
    if any(own.code not in place.unions for place in question.places):
        return True
    return bool(question.levels) and own.level not in question.levels


def _union_named(text: str, below: Mapping[str, Union]) -> Union | None:
    """The one union below that a question names, by its code or its whole name."""
    words = {word.strip("?.,:;()").casefold() for word in text.split()}
    for code, union in below.items():
        if code.casefold() in words:
            return union
    return names_of(below).held_in(text)


def _names_other(text: str, own: Union, library: Library) -> bool:
    """Whether a question is about a union that is not the asker's: by its code, or by what such units are called."""
    codes = {word.strip("?.,:;()").upper() for word in text.split()} & library.unions.keys()
    if codes - {own.code}:
        return True
    return bool(_UNIT.search(fold(text))) and f" {core(own.name)} " not in f" {core(text)} "
