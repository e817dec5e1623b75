"""Reporting obligations: who reports to whom, through whom, how often, and by when where the text says so."""

import re
from collections.abc import Iterable

from knowledge import Document, Frequency, Obligation, Passage
from knowledge.actors import inner_assigned
from knowledge.statements import addressed, is_heading, statements
from knowledge.tables import is_table_row

_REPORT = re.compile(
    r"\b(?<!nghe )báo cáo\b(?!\s+(?:viên|chính trị|tài chính\b))|\b(?:gửi|nộp|lập) báo cáo tài chính\b|"
    r"\b(?:tổng hợp|đánh giá) (?:số liệu|kết quả|tình hình)[^;.]{0,80}?(?=\bgửi\b)|"
    r"\bgửi (?:số liệu|kết quả|tình hình)\b[^;.]{0,60}?(?=\b(?:về|cho|đến)\b)|"
    r"\b(?:số liệu|kết quả (?:thực hiện|triển khai))\b[^,;.]{0,40}?(?=\bgửi (?:về|cho)\b)",
    re.IGNORECASE,
)
_OF_REPORTS = ("báo cáo", "gửi ", "tổng hợp", "đánh giá", "sơ kết", "tổng kết")
_FAILS_TO = re.compile(r"\b(?:không(?! quá)|chậm(?! nhất)|chưa)(?: \w+){0,2} báo cáo\b", re.IGNORECASE)
_SUMMING_UP = re.compile(
    r"\b(?:sơ kết|tổng kết)\b[^;.]*\b(?:định kỳ|theo yêu cầu)\b|\bđịnh kỳ\b[^;.]*\b(?:sơ kết|"
    r"tổng kết)\b",
    re.IGNORECASE,
)
_BODY = (
    r"(?:Ban |ban |Thường trực|Ủy ban|UBND|UBKT|HĐND|Hội đồng|Liên đoàn|LĐLĐ|Công đoàn|công đoàn|CĐCS|Đảng ủy|"
    r"Huyện ủy|"
    r"Quận ủy|Tỉnh ủy|Thành ủy|Thị ủy|Thành phố|Chi bộ|cấp ủy|Cấp ủy|cấp trên|Văn phòng|Phòng|phòng |Sở |Chủ tịch|"
    r"Tổng Liên đoàn|Huyện|Tỉnh|Quận|xã|Mặt trận|cơ quan|Cơ quan|lãnh đạo)"
)
_NAME = rf"{_BODY}[^,;.()]*?"
_STOP = (
    r"(?=\s+(?:kết quả|tình hình|qua\b|thông qua|để\b|theo quy định|theo yêu cầu|biết|xem xét|trước|chậm nhất|"
    r"vào|bằng|ngay|h[àằ]ng (?:tuần|tháng|quý|năm)|mỗi|"
    r"về (?:việc|kết)|định kỳ|bằng|tổng hợp|trong|khi|việc|những|các vấn đề|nội dung|đúng)|\s*[,;.()]|\s*$)"
)
_RECIPIENT = (
    re.compile(rf"\b(?:gửi về|gửi|về|cho|với|lên)\s+(?P<name>{_NAME}(?:, {_NAME})?){_STOP}"),
    re.compile(
        rf"\b[Bb]áo cáo(?: trực tiếp| nhanh| đột xuất| kịp thời| ngay| khẩn| kết quả)*(?: (?:về|cho|lên|"
        rf"với))?\s+(?P<name>{_NAME}(?:, {_NAME})?){_STOP}"
    ),
    re.compile(rf"\byêu cầu của\s+(?P<name>{_NAME}){_STOP}"),
)
_VIA = re.compile(
    r"\b(?:thông )?qua\b\s*\(?\s*(?P<name>[^,;.()]{4,90}?)"
    r"(?=\s+(?:để|là|theo|tổng hợp|trước|chậm nhất|vào)\b|\s*[,;.()]|\s*$)",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:(?:trước|chậm nhất|muộn nhất|xong trước|vào)\s+(?:là\s+|vào\s+|đến\s+|trước\s+)?"
    r"(?:(?:ngày|ngày làm việc|tháng)\s*[\dIV]|\d{1,2}/\d)|chậm nhất sau \d+ ?(?:giờ|ngày)|"
    r"trong (?:vòng |thời hạn )?\d+ ?(?:giờ|ngày|tiếng))"
    r"[^,;.()]*?(?=\s+(?:qua|thông qua|về|gửi|bằng|để|cho|ban|công đoàn|ủy ban|văn phòng|liên đoàn|các|"
    r"và (?:báo cáo|tổng kết))\b|[,;.()]|$)",
    re.IGNORECASE,
)
_CHANNEL = re.compile(
    r"nhóm|điện thoại|thư điện tử|email|hộp thư|phần mềm|đường|hệ thống|trục|zalo|mạng|văn bản", re.IGNORECASE
)
_RHYTHM = re.compile(
    r"định kỳ|hàng|hằng|mỗi|kịp thời|trước ngày|chậm nhất|\b\d+ tháng|sáu tháng|\bquý (?:I|\d)", re.IGNORECASE
)
_FORWARD = re.compile(r"\bđể (?:tổng hợp,?|kịp thời)?\s*(?P<words>báo cáo\b.*)", re.IGNORECASE)
_CYCLES: tuple[tuple[Frequency, str], ...] = (
    (
        "monthly",
        r"báo cáo tháng\b|(?<!đầu )\btháng (?:kế tiếp|tiếp theo|liền kề|sau)\b|"
        r"(?:hàng|hằng|mỗi|theo) tháng|, tháng\b|\btháng, quý|ngày \d+ (?:hàng|hằng) tháng",
    ),
    (
        "quarterly",
        r"báo cáo quý\b|tháng cuối quý|tháng đầu (?:của )?quý|"
        r"(?:hàng|hằng|mỗi|theo|từng) quý|\bquý[,/]|, quý\b|quý I\b",
    ),
    (
        "semiannual",
        r"\b0?6 tháng|sáu tháng|nửa năm|năm (?:0?2|hai) lần|"
        r"\b(?:mỗi|từng|hết|cuối|kết thúc|sau|theo) (?:mỗi )?học kỳ|\b(?:0?2|hai) lần ?(?:/|trong|mỗi|một) ?năm",
    ),
    (
        "annual",
        r"báo cáo (?:quyết toán|tài chính|tổng kết|dự toán|kết quả)[^,;.:]{0,25}\bnăm\b(?! \d)|"
        r"\d/\d+ (?:năm sau|h[àằ]ng năm)|"
        r"(?:hàng|hằng|mỗi) năm(?! (?:0?2|hai|0?4|bốn) lần)|"
        r"(?:cả|tổng kết|và|,|/|báo cáo)(?: 0?1| một)? năm\b(?! \d)|, năm,|tháng, năm\b",
    ),
    ("ad_hoc", r"đột xuất|khi phát sinh|(?:nếu|khi) có (?:khó khăn|vướng mắc|vấn đề)|khi có vụ việc"),
    (
        "end_of_period",
        r"(?:cuối|hết|kết thúc|và|toàn)\s+(?:giai đoạn|nhiệm kỳ|chương trình|đợt)|tổng kết giai đoạn|"
        r"báo cáo tổng kết",
    ),
    (
        "promptly",
        r"kịp thời[^,;.]{0,15}báo cáo|báo cáo[^,;.]{0,15}(?:kịp thời|ngay\b(?! \d))|ngay (?:sau )?khi|"
        r"báo cáo (?:nhanh|khẩn)|trong (?:vòng )?\d+ ?(?:giờ|tiếng|phút)",
    ),
    ("on_request", r"(?:theo|khi có) yêu cầu"),
    ("as_regulated", r"theo (?:đúng )?(?:quy định|chế độ)|chế độ (?:thông tin,? )?báo cáo"),
)


def read_obligations(document: Document) -> tuple[Obligation, ...]:
    """Every report that a document asks for, in order; one passed on ("để tổng hợp báo cáo …") counts by itself."""
    obligations: list[Obligation] = []
    for passage, above in addressed(document):
        if not is_heading(passage):
            obligations += _obligations(document, passage, above)
    return tuple(obligations)


def frequencies(words: str) -> tuple[Frequency, ...]:
    """How often words ask for a report: every cycle they name; "định kỳ" without one, or nothing, say so."""
    named = tuple(name for name, said in _CYCLES if re.search(said, words, re.IGNORECASE))
    cyclic = any(name in ("monthly", "quarterly", "semiannual", "annual", "end_of_period") for name in named)
    if re.search(r"định kỳ", words, re.IGNORECASE) and not cyclic:
        return ("periodic_unspecified", *named)
    return named or ("unspecified",)


def _obligations(document: Document, passage: Passage, above: str | None) -> Iterable[Obligation]:
    if is_table_row(passage):
        if _REPORT.search(passage.text):
            yield _obligation(document, passage, None, passage.text)
        return
    words = passage.text.lower()
    if not any(said in words for said in _OF_REPORTS):
        return
    for statement in statements(passage, above):
        yield from _stated(document, passage, statement.text, statement.actor)


def _stated(document: Document, passage: Passage, words: str, actor: str | None) -> Iterable[Obligation]:
    """The reports that one statement asks for: its own, and the one to which it is passed on."""
    if not _REPORT.search(words):
        if _SUMMING_UP.search(words):
            yield _obligation(document, passage, actor, words)
        return
    if _FAILS_TO.search(words):
        return
    reporter = actor or next((inner.actor for _, inner in inner_assigned(words)), None)
    forward = _FORWARD.search(words)
    own = words[: forward.start()] if forward else words
    if _REPORT.search(own):
        yield _obligation(document, passage, reporter, own, words)
    if forward and _REPORT.search(own):
        passer = _via(own) or _recipient(own) or reporter
        yield _obligation(document, passage, passer, forward["words"])
    elif forward:
        yield _obligation(document, passage, reporter, forward["words"], words)


def _obligation(
    document: Document, passage: Passage, actor: str | None, words: str, quote: str | None = None
) -> Obligation:
    return Obligation(
        document=document.key,
        file=document.file,
        section=passage.section,
        position=passage.position,
        reporter=actor,
        recipient=_recipient(words),
        via=_via(words),
        frequency=frequencies(_about_report(words)),
        due="; ".join(match.group().strip() for match in _DUE.finditer(words)) or None,
        quote=(quote or words).strip(" ;"),
    )


def _about_report(words: str) -> str:
    """The part of a statement that speaks of the report: from the rhythm or the comma before it."""
    report = _REPORT.search(words)
    if report is None:
        return words
    rhythm = _RHYTHM.search(words[: report.start()])
    return words[rhythm.start() :] if rhythm else words[report.start() :]


def _recipient(words: str) -> str | None:
    report = _REPORT.search(words)
    said = words[report.start() :] if report else words
    for pattern in _RECIPIENT:
        name = _found(pattern, said)
        if name:
            return name
    return None


def _via(words: str) -> str | None:
    """The body through which a report goes; a way of sending it (by telephone, in an application) is none."""
    name = _found(_VIA, words)
    return None if name is None or _CHANNEL.match(name) else name


def _found(pattern: re.Pattern[str], words: str) -> str | None:
    match = pattern.search(words)
    return match["name"].strip(" ,") if match else None
