"""The sort of thing that a question asks for (a figure, a day, an amount, a rhythm) and whether a text holds it."""

import re

from knowledge.counted import counted, thing_counted
from knowledge.figures import figures_in
from knowledge.inquiry import Inquiry
from knowledge.sections import item_text
from knowledge.terms import Term

FIGURE = re.compile(r"\d")
_NUMERALS = "một|hai|ba|bốn|sáu|bảy|tám|chín|mười"
_SAID = re.compile(
    r"\b(?:một|hai|ba|bốn|năm|sáu|mười) (?:lần|cuộc|buổi|ngày|tuần|tháng|năm|giờ|người|lớp|đợt|suất)\b|"
    r"\b(?:hai|ba|bốn|sáu|bảy|tám|chín|mười) (?:môn|điểm|tổ|nhóm|bộ|cấp|đội|vòng|đại biểu|thành viên|nội dung)\b|"
    r"hầu hết|phần lớn|toàn bộ",
    re.IGNORECASE,
)
_CALL_NUMBER = re.compile(r" (?:số (?:điện thoại|đường dây nóng|máy|tài khoản|zalo)|đường dây nóng (?:là )?số) ")
_PHONE = re.compile(r"\b\d{3,4}[ .]?\d{3}[ .]?\d{2,4}\b|\b1[89]\d{2,}\b|\b11[1-5]\b")
_OFTEN = re.compile(
    r"định kỳ|(?:hàng|hằng|mỗi) (?:năm|quý|tháng|tuần)|(?:một|hai|ba|bốn) lần|"
    r"\d+ (?:tháng|năm|lần|giờ|ngày|tuần)|thường xuyên|trong vòng|"
    r"\bngay\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}/\d{1,2}|tháng \d|ngày \d|năm \d{4}|quý [IV\d]|\d+ (?:giờ|ngày)\b|\bngay\b|dịp|"
    r"\b(?:tháng|tuần|quý|năm) (?:kế tiếp|tiếp theo|sau|đầu|cuối)\b|\b(?:đầu|cuối) (?:tháng|quý|năm)\b|"
    r"thứ (?:hai|ba|tư|năm|sáu|bảy)\b",
    re.IGNORECASE,
)
_AT_ANY_TIME = re.compile(r" (?:khi nào|bao giờ|lúc nào|when) ")
_WHENEVER = re.compile(
    rf"{_DATE.pattern}|{_OFTEN.pattern}|kịp thời|\bkhi (?:có|xảy ra|phát sinh|cần|được|thấy|doanh nghiệp)\b",
    re.IGNORECASE,
)
"""What says when a thing is done that has no day: its rhythm, or what it follows upon."""
_TARGET_ASKED = re.compile(
    r" (?:targets?|goals?|quota) (?:for|of|on) | (?:chỉ tiêu|mục tiêu) \S.* (?:là (?:gì|mấy)|(?:ra |là )?sao|thế nào) $"
)
CONSEQUENCE = re.compile(
    r"xử lý|không (?:được )?(?:xét|khen|công nhận|xếp loại|bình xét)|trừ (?:\d+ )?điểm|hạ (?:bậc|mức|loại|điểm)|"
    r"phê bình|kiểm điểm|kỷ luật|phạt|thu hồi|truy thu|nhắc nhở|chịu trách nhiệm|bồi thường|khởi kiện|chấn chỉnh",
    re.IGNORECASE,
)
_SHARE = re.compile(r"%|phần trăm|tỷ lệ|tỉ lệ|\d/\d|hầu hết|phần lớn|toàn bộ|tất cả|miễn|không lãi", re.IGNORECASE)
_MONEY = re.compile(r"\d[\d.,]* ?(?:đồng|triệu|tỷ|nghìn)", re.IGNORECASE)


def sort_asked(inquiry: Inquiry) -> re.Pattern[str] | None:
    """What an answer must hold: a number to call, an amount, a consequence, a rhythm, a day, a figure."""
    question = inquiry.question
    rows = (
        (bool(_CALL_NUMBER.search(question.words)), _PHONE),
        (question.wants("money") and counted(question.words) is None, _MONEY),
        (question.wants("consequence"), CONSEQUENCE),
        (question.wants("often"), _OFTEN),
        (question.wants("due") and bool(_AT_ANY_TIME.search(question.words)), _WHENEVER),
        (question.wants("due"), _DATE),
        (question.wants("amount") and not question.wants("outline"), FIGURE),
        (question.wants("subject_is_targets") and bool(_TARGET_ASKED.search(question.words)), FIGURE),
    )
    return None if question.wants("which_document") else next((sort for asked, sort in rows if asked), None)


def has_asked(inquiry: Inquiry, typed: re.Pattern[str], text: str) -> bool:
    """Whether a passage holds the sort of thing that is asked for, or a figure of the very thing that is counted."""
    sort = counted(inquiry.question.words) if typed is FIGURE else None
    return _has(typed, text) or bool(sort and sort.search(item_text(text)))


def _has(typed: re.Pattern[str], text: str) -> bool:
    """Whether a passage holds the sort of thing that is asked for; the numbers of other documents are no figures."""
    own = item_text(text)
    return bool(figures_in(own) or _SAID.search(own)) if typed is FIGURE else bool(typed.search(own))


def asks_other_sort(inquiry: Inquiry, text: str) -> bool:
    """Whether a thing is counted that no figure of a passage counts, or that it does not speak of."""
    if inquiry.question.wants("percent") and not _SHARE.search(text):
        return True
    thing = thing_counted(inquiry.question.words, inquiry.question.subject)
    if thing and not thing.stands_in(inquiry.library.spelled(text)):
        return True
    if thing and re.search(rf" có (?:bao nhiêu|mấy) {re.escape(thing.said)} $", inquiry.question.words):
        return not _states_number(thing, inquiry.library.spelled(item_text(text)))
    sort = counted(inquiry.question.words)
    return sort is not None and not sort.search(item_text(text))


def _states_number(thing: Term, words: str) -> bool:
    """Whether a text says how many of a thing there are: "có 214 lao động nữ", "lao động nữ là 214"."""
    heads = [" ".join(thing.said.split()[1:])] if thing.said.startswith("người ") else []
    said = "|".join(re.escape(option) for option in (*thing.written, *heads) if option)
    return bool(
        re.search(
            rf" (?:\d[\d.]*|{_NUMERALS}) (?:người |cán bộ |[^\W\d]+ )?(?:{said}) |"
            rf" (?:{said}) (?:\S+ ){{0,5}}?\d[\d.,]*(?![\d.,]| (?:đồng|triệu))",
            words,
        )
    )
