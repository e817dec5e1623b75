"""Numbers, percentages, dates and periods as documents and people write them.

A point or comma before exactly three digits separates thousands (1.250, 1,250), any other one decimals (98,5).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"năm|tháng|quý|nhiệm kỳ|giai đoạn|\d\s*[/.-]\s*\d", re.IGNORECASE)
_NUMBER = r"(?<!\d)(?:\d{1,3}(?:[.,]\d{3}){1,4}(?:,\d{1,3})?(?!\d)|\d{1,12}(?:[.,]\d{1,6})?(?!\d))"
_SPAN = re.compile(
    rf"(?P<low>{_NUMBER})\s*%?\s*(?:-|–|đến|tới)\s*(?:dưới\s+)?(?P<high>{_NUMBER})(?P<percent>\s*(?:%|"
    rf"phần trăm))?(?![\w/.-]*\d)"
)
_FRACTION = re.compile(
    r"(?<![\d/])(?P<part>[1-9])/(?P<whole>[2-9](?![\d/])(?=\s+[^\W\d_])|"
    r"10(?=\s+(?:(?:tổng\s+)?số\s+)?(?:doanh nghiệp|đơn vị|cơ quan|công đoàn|CĐCS|công nhân|lao động|người|đoàn viên|"
    r"cán bộ|xã|phường|hộ|trường|vụ|kiến nghị|công ty|CNLĐ|NLĐ|nữ)\b))"
)
"""Shares: 2/3, and 9/10 where what it is a share of stands behind, else that is a day of October."""
_AT_LEAST_IN_WORDS = re.compile(
    r"\b(?:ít nhất|tối thiểu|không dưới|không ít hơn|không quá|tối đa|nhiều nhất)\s+(?:có\s+)?"
    r"(?P<word>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?=\s+(?:lần|cuộc|buổi|đợt|lớp|hội nghị|hội thi|hoạt động|"
    r"chương trình|mô hình|công trình|sáng kiến|đề tài|căn nhà|ngôi nhà|suất|đoàn viên|cán bộ|người|công nhân|"
    r"công đoàn|CĐCS|doanh nghiệp|đơn vị|thỏa ước|bản|vụ)\b)",
    re.IGNORECASE,
)
_NUMERALS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SINGLE = re.compile(rf"(?<![\w/.,-])(?P<one>{_NUMBER})(?P<percent>\s*(?:%|phần trăm))?(?!(?!đ\b)\w|[.,]\d|/[\dA-ZĐ])")
GROUPED = re.compile(r"(?<![\d.,/])(\d{1,3}) (\d{3}(?: \d{3})*)(?![\d.,]*\d)")
"""Thousands set apart by spaces, as tables do (1 250)."""
_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
_LONG_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"tháng\s+(\d{1,2})\s*(?:/|\s+năm\s+)\s*(\d{4})", re.IGNORECASE)
_QUARTER = re.compile(r"quý\s+(IV|I{1,3}|[1-4])\s*(?:/|-|\s+năm\s+|\s+)\s*(\d{4})", re.IGNORECASE)
_TERM = re.compile(
    r"(?:giai đoạn|nhiệm kỳ|năm học|trong các năm|từ năm)\s+(?:\w+\s+)?(20\d\d)\s*(?:-|–|đến(?: năm)?)\s*(20\d\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!/)\bnăm\s+(20\d\d)\b", re.IGNORECASE)
_NO_SHARE = r"(?!\d+(?:[.,]\d+)?\s*(?:%|phần trăm))"
"""A percentage is no number of a document or an item ("chuyển đổi số 100% hồ sơ", "dứt điểm 100% kiến nghị")."""
_NOT_A_FIGURE = re.compile(
    rf"(?:Nghị quyết|Chỉ thị|Kế hoạch|Kết luận|Quyết định|Nghị định|Thông tư|Luật)\s+{_NO_SHARE}\d+\b|"
    rf"\bsố\s*:?\s*{_NO_SHARE}\d[\w/&-]*(?:\s[A-ZĐ]+/[A-ZĐ]+)?|"
    r"(?<!\d)\d{1,6}(?:/\d{4})?[-/][A-ZĐ][\w/Đđ-]*|"
    r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?|\d{1,2}/\d{1,2}/\d{4}|\btháng\s+\d{1,2}(?:/\d{4})?|"
    r"\bngày\s+\d{1,2}/\d{1,2}|(?<!mỗi )(?<!một )\bngày\s+(?:mùng\s+)?\d{1,2}\b(?!\s*%)|"
    r"\d{1,2}/\d{1,2}(?=\s+hàng năm)|(?<!\d)\d{1,4}\s*(?:tháng|ngày|tuần|giờ)(?:/1 lần)?\b|"
    r"\bnăm\s+(?:học\s+)?\d{4}(?:\s*[-–]\s*\d{4})?(?:,(?=\d))?|\b20\d\d\s*[-–]\s*20\d\d|\b20\d\d\b(?!\s+[^\W\d_])|"
    r"\b(?:điều|điểm|khoản|mục|khóa|Trung ương|loại|mức độ|cấp độ|hạng|lớp|phụ lục|biểu|quý|thứ)"
    rf"\s+{_NO_SHARE}\d+(?:\.\d+)*",
    re.IGNORECASE,
)

_RHYTHMS = (
    ("monthly", re.compile(r"(?:hàng|hằng|mỗi) tháng|[^\d\s] ?/ ?tháng\b", re.IGNORECASE)),
    ("quarterly", re.compile(r"(?:hàng|hằng|mỗi) quý|\w ?/ ?quý\b", re.IGNORECASE)),
    (
        "semiannual",
        re.compile(r"(?:hàng|hằng|mỗi) (?:0?6|sáu) tháng|(?:0?6|sáu) tháng\s?/?\s?(?:0?1|một) lần", re.IGNORECASE),
    ),
    (
        "annual",
        re.compile(
            r"(?:hàng|hằng|mỗi|từng) năm|lần (?:trong|một|1) năm\b|(?:01|1|một) năm (?=\d)|[%\w] ?/ ?năm\b",
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True)
class Figure:
    """A number in a text: where it stands, as written, its value or (low, high), and whether it is a percentage."""

    start: int
    end: int
    text: str
    value: float | tuple[float, float]
    percent: bool


def number_of(text: str) -> float:
    """The value of a written number: 3.100 → 3100, 98,5 → 98.5, 02 → 2. Raises `ValueError` for anything else."""
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+(?P<decimals>,\d+)?", text)
    if grouped:
        decimals = grouped["decimals"] or ""
        whole = text[: len(text) - len(decimals)]
        return float(re.sub(r"[.,]", "", whole) + decimals.replace(",", "."))
    return float(text.replace(",", "."))


@lru_cache(maxsize=4_096)
def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a text in order, without dates, years, document numbers, durations and references."""
    if not _DIGIT.search(text):
        return ()
    masked = _NOT_A_FIGURE.sub(lambda match: " " * len(match.group()), text)
    found: list[Figure] = []
    for pattern, make in ((_SPAN, _span), (_FRACTION, _fraction), (_SINGLE, _single)):
        for match in pattern.finditer(masked):
            found.append(make(match))
        masked = pattern.sub(lambda match: " " * len(match.group()), masked)
    return tuple(sorted(found, key=lambda figure: figure.start))


def bounds_in_words(text: str) -> tuple[Figure, ...]:
    """The numbers written out that a text sets as a bound ("ít nhất một cuộc", "không dưới hai lần"), in order."""
    return tuple(
        Figure(*match.span("word"), match["word"], float(_NUMERALS.index(match["word"].lower()) + 1), percent=False)
        for match in _AT_LEAST_IN_WORDS.finditer(text)
    )


def date_in(text: str) -> date | None:
    """The first date of a text: 07/9/2021, 7-9-2021, ngày 07 tháng 9 năm 2021; `None` where there is no real one."""
    for match in sorted([*_DATE.finditer(text), *_LONG_DATE.finditer(text)], key=lambda match: match.start()):
        try:
            return date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            continue
    return None


@lru_cache(maxsize=4_096)
def period_in(text: str) -> str | None:
    """The period that a text names, as `Target.period` writes it: "2025", "annual", "2023-2028", "2021-09", …"""
    if not _TIME.search(text):
        return None
    rhythm = rhythm_in(text)
    return rhythm or _span_of_years(text) or _moment(text) or ("term" if "nhiệm kỳ" in text.lower() else None)


def rhythm_in(text: str) -> str | None:
    """How often, where a text says so: "annual", "semiannual", "quarterly", "monthly"."""
    return next((rhythm for rhythm, words in _RHYTHMS if words.search(text)), None)


def _span_of_years(text: str) -> str | None:
    term = _TERM.search(text)
    return f"{term[1]}-{term[2]}" if term else None


def _moment(text: str) -> str | None:
    if day := date_in(text):
        return day.isoformat()
    if month := _MONTH.search(text):
        return f"{month[2]}-{int(month[1]):02d}"
    if quarter := _QUARTER.search(text):
        number = {"I": 1, "II": 2, "III": 3, "IV": 4}.get(quarter[1].upper()) or int(quarter[1])
        return f"{quarter[2]}-Q{number}"
    year = _YEAR.search(text)
    return year[1] if year else None


def _span(match: re.Match[str]) -> Figure:
    value = (number_of(match["low"]), number_of(match["high"]))
    return Figure(match.start(), match.end(), match.group(), value, "%" in match.group() or bool(match["percent"]))


def _fraction(match: re.Match[str]) -> Figure:
    value = round(100 * int(match["part"]) / int(match["whole"]), 2)
    return Figure(match.start(), match.end(), match.group(), value, percent=True)


def _single(match: re.Match[str]) -> Figure:
    return Figure(match.start(), match.end(), match.group(), number_of(match["one"]), bool(match["percent"]))
