"""Why a target cannot be the figure that is asked for, whatever words it holds: a share for a number, a number for a
share, no size where one is asked for, another month."""

import re
from calendar import month_name
from collections.abc import Sequence

from knowledge import Target
from knowledge.asked import Question
from knowledge.exactly_asked import exactly_asked
from knowledge.indicators import OTHER, indicators
from knowledge.terms import Term

_SHARE = re.compile(r"%|phần trăm|tỷ lệ|tỉ lệ|\d/\d|gấp", re.IGNORECASE)
_SIZE_ASKED = re.compile(
    r" (?:bao nhiêu|mấy|nhiêu) (?:người|lao động|công nhân|nhân viên|đoàn viên)(?: lao động)?(?: trở lên)? "
    r"(?:thì|mới (?:phải|được|có|bắt)|là phải) | how many (?:workers|employees|people) .*(?:before|to have|needs?) "
)
_SIZE_FROM = re.compile(r" từ (?:bao nhiêu|mấy|nhiêu) (?:người|lao động|công nhân|nhân viên|đoàn viên) ")
_FOUNDING = re.compile(
    r" (?:có|lập|thành lập|need|needs|have|has|found|set up)(?: mới| được)? (?:tổ chức |a |an )?(?:công đoàn|union)"
    r"(?: cơ sở)? (?:chưa |không |vậy |ạ |nhỉ |hả |thế |hay không |"
    r"(?:vào |đến |trong |in |by )?(?:cuối |hết )?(?:năm )?20\d\d )*$"
)
"""What asks which enterprises have a union, not what those that have one do."""
_FOUNDED = frozenset({"unionised_enterprises", "unions_founded"})
_STATE_SECTOR = re.compile(r"(?<! ngoài)(?<! ngoài khu vực)(?<! quản lý) nhà nước ")
_OF_PARTY = re.compile(r"(?:cho|vào) Đảng|kết nạp đảng|đảng viên", re.IGNORECASE)
_PARTY = re.compile(r" (?:đảng|party|ưu tú|outstanding|elite|giới thiệu|introduced?) ")
_HOW_MANY = r" (?:bao nhiêu|mấy|nhiêu|how many) (?:new |more )?"
_DONE = re.compile(
    r" (hỗ trợ|giúp|giúp đỡ|tặng|thăm|thăm hỏi|khen|khen thưởng|biểu dương|tập huấn|bồi dưỡng|đào tạo|khám|trao) "
    r"(?:được |cho )?(?:bao nhiêu|mấy|nhiêu) (?=\S)"
)
_MONTH = re.compile(r"(?<= tháng )\d{1,2}(?= )")
_QUARTER = re.compile(r"(?<= quý )(iv|i{1,3}|[1-4])(?= )")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ENGLISH = tuple(name.lower() for name in month_name)
_ENGLISH_MONTH = re.compile(rf" (?:by|in|of|before|until|for|end) ({'|'.join(_ENGLISH[1:])}) ")


def is_unfit(question: Question, target: Target, wanted: Sequence[Term], asked: Sequence[str]) -> bool:
    """Whether a target's figure is of another sort than the question asks for: a share, a number, a size.

    Of a thing that plans set as a share of something (`asked` are the indicators named) the share is told.
    """
    if _is_for_party(target) and not _PARTY.search(" ".join((question.words, *(f" {term.said} " for term in wanted)))):
        return True
    exact = exactly_asked(question.words)
    if exact and not exact.search(f"{target.label} {target.quote}"):
        return True
    if asks_founding(question) and target.indicator not in (OTHER, *_FOUNDED):
        return True
    if question.wants("percent"):
        said = _SHARE.search(f"{target.label} {target.quote}")
        return target.value is not None and target.unit != "percent" and not said
    if asks_size(question):
        return not re.search(r"\d", target.condition or "")
    share = any(target.indicator in (each, indicators()[each].share) for each in asked if each != OTHER)
    return target.unit == "percent" and not share and _asks_number(question, wanted)


def asks_size(question: Question) -> bool:
    """Whether it is asked from how many people on a duty holds: the condition of a target, never its figure."""
    return bool(_SIZE_ASKED.search(question.words) or _SIZE_FROM.search(question.words))


def asks_founding(question: Question) -> bool:
    """Whether it is asked which or how many enterprises have a union."""
    return question.wants("threshold", "percent") and bool(_FOUNDING.search(question.words))


def is_of_other_sector(question: Question, words: str) -> bool:
    """Whether a question is about the state sector and a text speaks of the other one alone."""
    return bool(_STATE_SECTOR.search(question.words)) and not _STATE_SECTOR.search(words) and " nhà nước " in words


def done_to(question: Question, wanted: Sequence[Term]) -> Term | None:
    """What is done to the things that are counted ("hỗ trợ bao nhiêu đoàn viên"), where that is no part of the subject:
    how many there are is no answer."""
    done = _DONE.search(question.words)
    return next((each for each in question.terms if done and each.said == done[1] and each not in wanted), None)


def _is_for_party(target: Target) -> bool:
    """Whether a target is of members who join the Party: never the number of those who join the union."""
    own = target.label if " | " in target.quote else target.quote
    return bool(_OF_PARTY.search(own))


def _asks_number(question: Question, wanted: Sequence[Term]) -> bool:
    """Whether a question asks how many of a thing there are to be and speaks of nothing else."""
    return len(wanted) == 1 and bool(re.search(f"{_HOW_MANY}{re.escape(wanted[0].said)} ", question.words))


def is_of_months(question: Question, target: Target, clause: str) -> bool:
    """Whether a target is for the months and the quarters that a question names, if it names any: its period is, or
    its clause says so."""
    words = clause.lower()
    months = all(
        re.search(rf"\btháng 0?{month}\b|/0?{month}\b|\b0?{month}/20\d\d", words) or _is_in(target, month)
        for month in _months(question)
    )
    quarters = {_ROMAN.get(said) or int(said) for said in _QUARTER.findall(question.words)}
    return months and all(
        target.period == "quarterly" or re.search(rf"\bquý (?:{_roman(quarter)}|{quarter})\b", words)
        for quarter in quarters
    )


def months_named(question: Question) -> str | None:
    """The first month or quarter that a question names, as it says it."""
    named = re.search(r" (tháng \d{1,2}|quý (?:iv|i{1,3}|[1-4])) ", question.words)
    english = _ENGLISH_MONTH.search(question.words)
    return named[1] if named else english[1].capitalize() if english else None


def _months(question: Question) -> list[int]:
    named = [int(month) for month in _MONTH.findall(question.words)]
    return named + [_ENGLISH.index(month) for month in _ENGLISH_MONTH.findall(question.words)]


def _is_in(target: Target, month: int) -> bool:
    period = target.period or ""
    return period == "monthly" or bool(re.match(rf"\d{{4}}-{month:02d}(?:-|$)", period))


def _roman(quarter: int) -> str:
    return next(said for said, number in _ROMAN.items() if number == quarter)
