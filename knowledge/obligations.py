"""Reporting obligations: who reports to whom, through whom, how often, and by when where the text says so."""

import re
from collections.abc import Iterable

from knowledge import Document, Frequency, Obligation, Passage
from knowledge.statements import is_body, statements
from knowledge.tables import is_table_row

_REPORT = re.compile(
    r"\bbáo cáo\b(?!\s+(?:viên|chính trị|tài chính\b))|\btổng hợp (?:số liệu|kết quả|tình hình)[^;.]{0,80}?(?=\bgửi\b)",
    re.IGNORECASE,
)
_SUMMING_UP = re.compile(
    r"\b(?:sơ kết|tổng kết)\b[^;.]*\b(?:định kỳ|theo yêu cầu)\b|\bđịnh kỳ\b[^;.]*\b(?:sơ kết|tổng kết)\b", re.IGNORECASE
)
_BODY = (
    r"(?:Ban |ban |Thường trực|Ủy ban|UBND|UBKT|HĐND|Hội đồng|Liên đoàn|LĐLĐ|Công đoàn|công đoàn|CĐCS|Đảng ủy|Huyện ủy|"
    r"Quận ủy|Tỉnh ủy|Thành ủy|Thị ủy|Thành phố|Chi bộ|cấp ủy|Cấp ủy|cấp trên|Văn phòng|Phòng|phòng |Sở |Chủ tịch|"
    r"Tổng Liên đoàn|Huyện|Tỉnh|Quận|xã|Mặt trận|cơ quan|Cơ quan|lãnh đạo)"
)
_NAME = rf"{_BODY}[^,;.()]*?"
_STOP = (
    r"(?=\s+(?:kết quả|tình hình|qua\b|thông qua|để\b|theo quy định|theo yêu cầu|biết|xem xét|trước|chậm nhất|vào|"
    r"về (?:việc|kết)|định kỳ|bằng|tổng hợp|trong|khi|việc|những|các vấn đề|nội dung|đúng)|\s*[,;.()]|\s*$)"
)
_RECIPIENT = (
    re.compile(rf"\b(?:gửi về|gửi|về|cho|với|lên)\s+(?P<name>{_NAME}(?:, {_NAME})?){_STOP}"),
    re.compile(rf"\b[Bb]áo cáo(?: trực tiếp| nhanh| đột xuất| kịp thời)?\s+(?P<name>{_NAME}(?:, {_NAME})?){_STOP}"),
    re.compile(rf"\byêu cầu của\s+(?P<name>{_NAME}){_STOP}"),
)
_VIA = re.compile(
    r"\b(?:thông )?qua\b\s*\(?\s*(?P<name>[^,;.()]{4,90}?)"
    r"(?=\s+(?:để|là|theo|tổng hợp|trước|chậm nhất|vào)\b|\s*[,;.()]|\s*$)",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:trước|chậm nhất|muộn nhất|xong trước|vào)\s+(?:là\s+|vào\s+)?(?:ngày|ngày làm việc|tháng)\s*[\dIV][^,;.()]*",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"\bđể (?:tổng hợp,?|kịp thời)?\s*(?P<words>báo cáo\b.*)", re.IGNORECASE)
_CYCLES: tuple[tuple[Frequency, str], ...] = (
    ("monthly", r"(?:hàng|hằng|mỗi|theo) tháng|, tháng\b|\btháng, quý|ngày \d+ (?:hàng|hằng) tháng"),
    ("quarterly", r"(?:hàng|hằng|mỗi|theo|từng) quý|\bquý[,/]|, quý\b|quý I\b"),
    ("semiannual", r"\b0?6 tháng|sáu tháng|nửa năm|năm (?:0?2|hai) lần|\b(?:0?2|hai) lần ?(?:/|trong|mỗi|một) ?năm"),
    (
        "annual",
        r"(?:hàng|hằng|mỗi) năm(?! (?:0?2|hai|0?4|bốn) lần)|(?:cả|tổng kết|và|,|/|báo cáo) năm\b|, năm,|tháng, năm\b",
    ),
    ("ad_hoc", r"đột xuất|khi phát sinh|khi có vụ việc"),
    (
        "end_of_period",
        r"(?:cuối|hết|kết thúc|và|toàn)\s+(?:giai đoạn|nhiệm kỳ|chương trình|đợt)|tổng kết giai đoạn|báo cáo tổng kết",
    ),
    ("promptly", r"kịp thời[^,;.]{0,15}báo cáo|báo cáo[^,;.]{0,15}(?:kịp thời|ngay)|ngay khi"),
    ("on_request", r"(?:theo|khi có) yêu cầu"),
    ("as_regulated", r"theo (?:đúng )?(?:quy định|chế độ)|chế độ (?:thông tin,? )?báo cáo"),
)


def read_obligations(document: Document) -> tuple[Obligation, ...]:
    """Every report that a document asks for, in order; one passed on ("để tổng hợp báo cáo …") counts by itself."""
    obligations: list[Obligation] = []
    for passage in document.passages:
        if is_body(passage):
            obligations += _obligations(document, passage)
    return tuple(obligations)


def frequencies(words: str) -> tuple[Frequency, ...]:
    """How often words ask for a report: every cycle they name; "định kỳ" without one, or nothing, say so."""
    named = tuple(name for name, said in _CYCLES if re.search(said, words, re.IGNORECASE))
    cyclic = any(name in ("monthly", "quarterly", "semiannual", "annual", "end_of_period") for name in named)
    if re.search(r"định kỳ", words, re.IGNORECASE) and not cyclic:
        return ("periodic_unspecified", *named)
    return named or ("unspecified",)


def _obligations(document: Document, passage: Passage) -> Iterable[Obligation]:
    if is_table_row(passage):
        if _REPORT.search(passage.text):
            yield _obligation(document, passage, None, passage.text)
        return
    for sentence, actor in statements(passage):
        if not _REPORT.search(sentence.text):
            if _SUMMING_UP.search(sentence.text):
                yield _obligation(document, passage, actor, sentence.text)
            continue
        forward = _FORWARD.search(sentence.text)
        own = sentence.text[: forward.start()] if forward else sentence.text
        if _REPORT.search(own):
            yield _obligation(document, passage, actor, own, sentence.text)
        if forward and _REPORT.search(own):
            passer = _found(_VIA, own) or _recipient(own) or actor
            yield _obligation(document, passage, passer, forward["words"])
        elif forward:
            yield _obligation(document, passage, actor, forward["words"], sentence.text)


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
        via=_found(_VIA, words),
        frequency=frequencies(_about_report(words)),
        due="; ".join(match.group().strip() for match in _DUE.finditer(words)) or None,
        quote=(quote or words).strip(" ;"),
    )


def _about_report(words: str) -> str:
    """The part of a statement that speaks of the report: from the rhythm or the comma before it."""
    report = _REPORT.search(words)
    if report is None:
        return words
    rhythm = re.search(r"định kỳ|hàng|hằng|mỗi|kịp thời|trước ngày|chậm nhất", words[: report.start()], re.IGNORECASE)
    return words[rhythm.start() :] if rhythm else words[report.start() :]


def _recipient(words: str) -> str | None:
    report = _REPORT.search(words)
    said = words[report.start() :] if report else words
    for pattern in _RECIPIENT:
        name = _found(pattern, said)
        if name:
            return name
    return None


def _found(pattern: re.Pattern[str], words: str) -> str | None:
    match = pattern.search(words)
    return match["name"].strip(" ,") if match else None
