"""Duties: what a document asks whom to do. The actor is named by the clause itself or by the heading above it."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from knowledge import Document, Duty, Passage
from knowledge.actors import begins_with_work, inner_assigned, is_actor, joined_assigned, role_of
from knowledge.figures import figures_in
from knowledge.layout import BULLET
from knowledge.obligations import read_obligations
from knowledge.sections import item_text
from knowledge.statements import Statement, addressed, is_heading, statements
from knowledge.tables import is_table_row, row_cells
from knowledge.vietnamese import fold

Part = Literal["work", "aims", "views"]

__all__ = ["read_duties", "read_obligations"]

_LEADS = re.compile(r"\bchủ trì\b(?!\s+của)", re.IGNORECASE)
_STANDS_FOR_ALL = re.compile(r" (?:là|làm) (?:cơ quan thường trực|(?:cơ quan |đơn vị |bộ phận )?đầu mối)\b")
_REPORTING_TAIL = re.compile(
    r"(?<!nghe)(?<!gửi)(?<!nộp)(?<!lập)(?<!viết)(?<!độ)(?<!thông tin),?\s+(?:và )?"
    r"(?=(?:định kỳ[^,;.]{0,40}|thường xuyên |(?<!để )tổng hợp[,]? )?báo cáo\b)",
    re.IGNORECASE,
)
_NO_WORK = re.compile(
    r"(?:(?:khi|nếu|trường hợp)\s[^,]*,?)?"
    r"(?:định kỳ|hàng|hằng|mỗi|tuần|tháng|quý|năm|học|kỳ|và|thường xuyên|kịp thời|tổng hợp|có|phải|gửi|nộp|họp|của|"
    r"sau|kế tiếp|liền kề|trước|ngày|vào|cuối|"
    r"đầu|chậm nhất|là|giờ|trong|vòng|một|hai|ba|sáu|lần|\d|[,;/\s]|\([^)]*\))*",
    re.IGNORECASE,
)
_SUMS_UP = re.compile(
    r"(?:(?:là|làm) (?:cơ quan thường trực|(?:cơ quan |đơn vị |bộ phận )?đầu mối)\b[,\s]*|"
    r"(?:định kỳ|hàng|hằng|mỗi|tháng|quý|năm|\d|\s|,)*(?:(?:giúp|tham mưu)\s[^,;]{0,60}?\s)?"
    r"(?:tổng hợp|đánh giá|thống kê)\b[^,;]*"
    r"(?:,\s*(?:kết quả|tình hình|số liệu|khó khăn|vướng mắc|đánh giá|tổng hợp)\b[^,;]*)*)",
    re.IGNORECASE,
)
"""The putting together of what is reported: one duty with the report."""
_REPORTS = re.compile(
    r"(?:(?:định kỳ|hàng|hằng|mỗi|\d tháng|sáu tháng|ba tháng)[^,.;]{0,20},?\s+)?(?:báo cáo|gửi|nộp)\b", re.IGNORECASE
)
_REPORTED_ALREADY = re.compile(r"\bnghe\b[^,;.]*$|\bđể (?:kịp thời )?tổng hợp$|^[^,;]{0,40}\bbáo cáo\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:phối hợp|liên kết|quan hệ)\s+(?:công tác\s+)?giữa\s+(?P<actor>[^;]{4,120}?)\s+với\b")
_DUE = re.compile(
    r"\b(?:trước|chậm nhất|xong trước|hoàn thành trong|trong|đến hết|vào)\s+(?:là\s+|vào\s+)?"
    r"(?:(?:ngày|tháng|quý|năm)\s+[\dIV]|\d{1,2}/\d)[^,;.)]*?"
    r"(?=\s+(?:và\s+(?!ngày|tháng|quý|\d)|báo cáo|gửi|để|qua|về|ban|công đoàn|ủy ban|văn phòng|"
    r"liên đoàn|các)\b|[,;.)]|$)|"
    r"\bngày \d{1,2} (?:hàng|hằng|mỗi) tháng\b|\btrong (?:vòng )?\d+ (?:giờ|phút|ngày)\b|"
    r"\b(?:định kỳ\s+)?(?:hàng|hằng|mỗi)\s+(?:tháng|quý|năm|tuần)\b|\bđịnh kỳ\s+\d+\s+tháng(?:\s?/\s?1 lần)?",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"^(?:rất |kính )?(?:mong|hy vọng|chúc)\b|"
    r"\b(?:mong rằng|hy vọng|tin tưởng(?: rằng)? (?:các|mỗi|toàn|đội)|tin rằng)\b|"
    r"^(?:thời gian|địa điểm|thành phần|số lượng|quy mô|hình thức|đối tượng|kinh phí|mức|dự kiến)\b[^:.]{0,40}:|"
    r"\b(?:đã (?!đề ra|được|giao|ký|nêu|ban hành|phê duyệt|duyệt)|vừa qua|trong (?:những năm|thời gian|nhiệm kỳ) qua|"
    r"thời gian qua|còn (?:hạn chế|lúng túng|chậm|yếu|thiếu|gặp)|chưa (?:được|thực sự|thường xuyên|kịp thời|quan tâm)|"
    r"sau đây gọi (?:tắt |chung )?là|được hiểu là|"
    r"là (?:tổ chức|nhiệm vụ|yếu tố|trách nhiệm|trung tâm|người (?:đại diện|trực)|"
    r"cơ sở (?:để|quan trọng)|căn cứ (?:để)?|điều kiện|động lực|khâu|giai cấp|lực lượng (?:đông đảo|sản xuất)|văn bản)|"
    r"có (?:vai trò|vị trí|chức năng|quyền|ý nghĩa)|(?:này|trên) (?:được|phổ biến|có hiệu lực|thay thế|áp dụng|gồm))\b",
    re.IGNORECASE,
)
"""What looks back, defines, or says how things are: no work, whoever is named in it."""
_BRACKETS = re.compile(r"\([^()]*\)")
_MONEY = re.compile(r"(?:về )?(?:nguồn )?kinh phí\b[^.;:]{0,40}:", re.IGNORECASE)
_ON_CONDITION_ONLY = re.compile(
    r"^(?:nếu|trường hợp|khi|đối với trường hợp)\b[^,]*$|"
    r"^(?:hoàn thành|xong) (?:trước|trong|vào|chậm nhất)\b[^,;]*$|"
    r"^(?:nhằm|để|qua đó|từ đó|góp phần|giữa|nhất là|đặc biệt là|trong đó|bao gồm|gồm|tránh|kể cả)\s",
    re.IGNORECASE,
)
_OUTRIGHT = re.compile(
    r"\b(?:phải(?! (?:thực sự |luôn )?(?:là|coi|xác định|nhận thức|gắn|quán triệt|bám))|chủ trì|"
    r"có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|báo cáo)\b|"
    r"^(?:Đối với|Giao|Yêu cầu|Đề nghị|Phân công)\s|, (?:đề nghị|yêu cầu|giao)\s"
)
_HEADINGS: tuple[tuple[Part, str], ...] = (
    ("work", r"nhiem vu|giai phap|to chuc thuc hien|phan cong|trach nhiem|noi dung|che do"),
    ("aims", r"muc tieu|chi tieu"),
    (
        "views",
        r"^(?:(?:nguon|mot so|nhung|ve|cac|cong tac|khai quat|su)\s)*(?:muc dich|yeu cau|quan diem|kinh phi|tinh hinh|"
        r"ket qua|danh gia (?:chung|tinh hinh|ket qua)|danh gia$|pham vi|giai thich|can thiet|can cu|thuc trang|"
        r"boi canh|dac diem)|muc dich|quan diem",
    ),
)
"""What a part of a document is for, by its heading: work is asked for there; it sets figures; it gives nobody work."""
_WHO = re.compile(r"(?:don vi|co quan|bo phan|cap|nguoi)?\s*(?:chu tri|thuc hien|phu trach)|phan cong|trach nhiem")
_WHAT = re.compile(r"noi dung|nhiem vu|cong viec|hoat dong")
_WHOSE = re.compile(r"don vi|co quan|bo phan|ban chuyen mon|thanh vien|(?:ho va ten|ho ten|chuc danh|chuc vu)\b.*")
_ROW_NUMBER = re.compile(r"(?:so )?(?:tt|stt|thu tu)\.?")
_FIGURE = re.compile(r"[\d.,%\s]+")
_WHEN = re.compile(r"thoi gian|thoi han|hoan thanh|tien do|\bhan\b")


def read_duties(document: Document) -> tuple[Duty, ...]:
    """Every duty that names who is to do it, in order; implied actors are left out."""
    duties: list[Duty] = []
    for passage, above in addressed(document):
        duties += _row_duties(document, passage) if is_table_row(passage) else _duties(document, passage, above)
    return tuple(duties)


def _duties(document: Document, passage: Passage, above: str | None) -> Iterable[Duty]:
    if is_heading(passage) or _MONEY.match(item_text(passage.text)):
        return
    for statement in statements(passage, above):
        if statement.text.endswith(":"):
            continue
        found = list(_stated(document, passage, statement, above))
        if found and _asks(statement.text, _part(passage.heading)):
            yield from found


def _stated(document: Document, passage: Passage, said: Statement, above: str | None) -> Iterable[Duty]:
    """The duties of one statement: of the actor named in it or above it, and of those who take over inside it."""
    between = _BETWEEN.search(said.text)
    if said.named is None and between:
        yield _duty(document, passage, between["actor"], said.text)
    elif said.actor and (said.named or above or _goes_on(passage, said)):
        joined = joined_assigned(said.text, said.named) if said.named else None
        own = said.text[: joined[0]].removesuffix(" và ") if joined else said.text
        for words in _with_tail(own, said.named.begins if said.named else 0):
            yield _duty(document, passage, said.actor, words)
        if joined:
            yield _duty(document, passage, joined[1].actor, said.text[joined[0] :])
    for start, inner in inner_assigned(said.text):
        if inner.actor != said.actor and not between:
            yield _duty(document, passage, inner.actor, said.text[start:])


def _asks(statement: str, part: Part) -> bool:
    """Whether a statement can give work; outside the parts for work only if it sets no figure or calls outright."""
    words = _BRACKETS.sub(" ", item_text(statement))
    if _NOT_ASKED.search(words) or _ON_CONDITION_ONLY.search(words):
        return False
    doubtful = part == "views" or (part == "aims" and bool(figures_in(words)))
    return not doubtful or bool(_OUTRIGHT.search(words))


@lru_cache(maxsize=2_048)
def _part(headings: str) -> Part:
    """What the nearest heading that says so makes of a part; work where none does."""
    for heading in reversed(headings.split(" / ")):
        bare = fold(heading)
        found = next((part for part, words in _HEADINGS if re.search(words, bare)), None)
        if found:
            return found
    return "work"


def _goes_on(passage: Passage, said: Statement) -> bool:
    """Whether a statement still speaks of the actor named before it: in a numbered item or bullet, after a semicolon,
    with a report in front, or with any work among tasks."""
    opening = item_text(passage.text)
    listed = opening != passage.text or bool(BULLET.match(passage.text))
    works = bool(_REPORTS.match(said.text)) or (said.among_tasks and begins_with_work(said.text))
    return said.goes_on and (listed or said.inside or works)


def _with_tail(sentence: str, begins: int) -> list[str]:
    """A statement, and once more its end where that is a duty to report besides the work that `begins` before it."""
    tail = _REPORTING_TAIL.search(sentence, begins)
    if tail is None:
        return [sentence]
    before = sentence[begins : tail.start()]
    if _NO_WORK.fullmatch(before) or _SUMS_UP.fullmatch(before) or _REPORTED_ALREADY.search(before):
        return [sentence]
    return [sentence, sentence[tail.end() :]]


def _duty(document: Document, passage: Passage, actor: str, words: str) -> Duty:
    due = _DUE.search(words)
    after_actor = words.find(actor) + len(actor)
    return Duty(
        document=document.key,
        file=document.file,
        section=passage.section,
        position=passage.position,
        actor=actor,
        leads=bool(_LEADS.search(words) or _STANDS_FOR_ALL.match(words, after_actor)),
        due=due.group().strip() if due else None,
        quote=words.strip(" ;"),
    )


def _row_duties(document: Document, passage: Passage) -> Iterable[Duty]:
    """A row of a table of tasks: what, who leads, who takes part, by when."""
    cells = [(fold(title), words) for title, words in row_cells(passage)]
    if not any(_WHAT.search(title) for title, _ in cells):
        return
    when = next((words for title, words in cells if _WHEN.search(title)), None)
    figures = any(_FIGURE.fullmatch(words) for title, words in cells if not _ROW_NUMBER.fullmatch(title))
    for title, words in cells:
        if _WHO.search(title) or "phoi hop" in title or (_WHOSE.fullmatch(title) and not figures):
            for actor, assists in _shared_out(words, "phoi hop" in title):
                yield Duty(
                    document=document.key,
                    file=document.file,
                    section=passage.section,
                    position=passage.position,
                    actor=actor,
                    leads=bool(_WHO.search(title)) and not assists,
                    due=when,
                    quote=passage.text,
                )


def _shared_out(words: str, assists: bool) -> Iterable[tuple[str, bool]]:
    """The actors of a cell, each with whether it only takes part: one name, or "Chủ trì: …; phối hợp: …"."""
    for part in re.split(r"\s*[;.]\s+(?=\S)", words):
        role = role_of(part)
        if role is not None:
            yield role.actor, assists or part.lower().startswith(("phối hợp", "đơn vị phối hợp", "cơ quan phối hợp"))
        elif is_actor(part):
            yield part.strip(" ;."), assists
