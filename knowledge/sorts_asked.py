"""The sort of thing that a question asks for (a figure, a day, a rhythm, members) and whether a text holds it."""

import re

from knowledge.asked import Question
from knowledge.counted import counted, number_asked, thing_counted
from knowledge.exactly_asked import exactly_asked
from knowledge.figures import figures_in
from knowledge.inquiry import Inquiry
from knowledge.sections import item_text
from knowledge.terms import Term
from knowledge.unfit_targets import asks_founding, asks_size

FIGURE = re.compile(r"\d")
_NUMERALS = "một|hai|ba|bốn|sáu|bảy|tám|chín|mười"
_OTHER_UNITS = "đồng|triệu|nghìn|tỷ|ngày|tháng|giờ|lần|tuổi"
_SAID = re.compile(
    r"\b(?:một|hai|ba|bốn|năm|sáu|mười) (?:lần|cuộc|buổi|ngày|tuần|tháng|năm|giờ|người|lớp|đợt|suất)\b|"
    r"\b(?:hai|ba|bốn|sáu|bảy|tám|chín|mười) (?:môn|điểm|tổ|nhóm|bộ|cấp|đội|vòng|đại biểu|thành viên|nội dung)\b|"
    r"hầu hết|phần lớn|toàn bộ",
    re.IGNORECASE,
)
_WHICH = re.compile(r" mấy (?:\S+ ){1,3}nào ")
"""What asks for names, be it with "mấy" ("ở mấy phường nào")."""
_MADE_UP_ASKED = re.compile(
    r" (?:gồm|bao gồm|thành phần|thành viên)(?: có| là)? (?:ai|(?:những |các )(?:ai|gì|(?:\S+ ){1,3}(?:nào|gì))) "
)
_MADE_UP = re.compile(
    r"\b(?:gồm|thành phần|thành viên|là ủy viên|làm (?:tổ trưởng|trưởng ban))\b|: [^.;:]+, ", re.IGNORECASE
)
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
_SIZE = re.compile(
    r"\b(?:từ|trên|đủ|có|dưới|ít nhất) \d[\d.]* (?:đến \d[\d.]* )?(?:công nhân|người|lao động|đoàn viên|nhân viên|CNLĐ|"
    r"NLĐ|CNVCLĐ|CNVC)",
    re.IGNORECASE,
)
"""What says from how many people on something holds."""
_SIZE_OF_FOUNDING = re.compile(
    rf"(?:{_SIZE.pattern})[^,;.]{{0,60}}\b(?:có|lập|tập hợp) (?:được )?(?:tổ chức )?(?:công đoàn|CĐCS)"
    r"(?! cơ sở (?:có|từ|trên)\b)(?![^,;.]*\bthỏa ước)",
    re.IGNORECASE,
)
"""What says from how many people on a union is founded."""
_MONEY = re.compile(r"\d[\d.,]* ?(?:đồng|triệu|tỷ|nghìn)", re.IGNORECASE)


def asks_members(question: Question) -> bool:
    """Whether it is asked of whom or of what a thing is made up ("tổ tư vấn gồm những ai")."""
    return bool(_MADE_UP_ASKED.search(question.words)) and not question.wants("outline", "subject_is_targets", "list")


def sort_asked(inquiry: Inquiry) -> re.Pattern[str] | None:
    """What an answer must hold: a number to call, an amount, a consequence, a rhythm, a day, a figure."""
    question = inquiry.question
    if exact := exactly_asked(question.words):
        return exact
    rows = (
        (asks_members(question), _MADE_UP),
        (asks_size(question) and asks_founding(question), _SIZE_OF_FOUNDING),
        (asks_size(question), _SIZE),
        (question.wants("money") and counted(question.words) is None, _MONEY),
        (question.wants("consequence"), CONSEQUENCE),
        (question.wants("often"), _OFTEN),
        (question.wants("due") and bool(_AT_ANY_TIME.search(question.words)), _WHENEVER),
        (question.wants("due"), _DATE),
        (question.wants("amount") and not question.wants("outline") and not _WHICH.search(question.words), FIGURE),
        (question.wants("subject_is_targets") and bool(_TARGET_ASKED.search(question.words)), FIGURE),
    )
    return None if question.wants("which_document") else next((sort for asked, sort in rows if asked), None)


def has_asked(inquiry: Inquiry, typed: re.Pattern[str], text: str) -> bool:
    """Whether a passage holds the sort of thing that is asked for, or a figure of the very thing that is counted."""
    sort = counted(inquiry.question.words) if typed is FIGURE else None
    if _has(typed, text) or (sort and sort.search(item_text(text))):
        return True
    thing = thing_counted(inquiry.question.words, inquiry.question.subject) if typed is FIGURE else None
    return thing is not None and _states_number(thing, inquiry.library.spelled(item_text(text)))


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
    number = number_asked(inquiry.question.words, inquiry.question.subject)
    if number and not inquiry.question.wants("difference"):
        return not _states_number(number, inquiry.library.spelled(item_text(text)))
    sort = counted(inquiry.question.words)
    return sort is not None and not sort.search(item_text(text))


def _states_number(thing: Term, words: str) -> bool:
    """Whether a text says how many of a thing there are: "có 214 lao động nữ", "lao động nữ là 214"."""
    heads = [" ".join(thing.said.split()[1:])] if thing.said.startswith("người ") else []
    # A comma may stand within a name ("an toàn, vệ sinh viên").
    said = "|".join("(?: ,)? ".join(map(re.escape, option.split())) for option in (*thing.written, *heads) if option)
    before = rf" (?:\d[\d.]*|{_NUMERALS}) (?:người |cán bộ |[^\W\d]+ )?(?:{said}) "
    after = rf" (?:{said}) (?:\S+ ){{0,5}}?\d[\d.,]*(?![\d.,]| (?:{_OTHER_UNITS}))"
    return bool(re.search(f"{before}|{after}", words))
