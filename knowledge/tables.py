"""Targets in tables: rows of unions ("biểu giao chỉ tiêu"), rows of years, rows of indicators with a column per year.

`layout.table_rows` has written every row as `heading: cell | heading: cell`.
"""

import re
from collections.abc import Iterable, Mapping

from knowledge import Comparator, Document, Passage, Target
from knowledge.claims import unit_of
from knowledge.figures import GROUPED, Figure, figures_in, period_in
from knowledge.indicators import OTHER, indicators, recognise
from knowledge.vietnamese import fold

_CELL = re.compile(r"(?P<title>[^:|]+): (?P<words>[^|]+)")
_COUNTER = re.compile(r"stt|tt|so tt|so thu tu")
_PLACE = (
    r"(?:xa|phuong|thi tran|thi xa|huyen|quan|thanh pho|dac khu|dia phuong|dia ban|truong|doanh nghiep|cong ty|cum)"
)
_UNIT_NAME = re.compile(
    r"(?:ten )?(?:(?:don vi|cong doan|cdcs|co so|ten cdcs|cong doan co so|ldld)\b(?!.*tinh)|"
    rf"(?:cac )?{_PLACE}(?:\W+{_PLACE})*$)"
)
_MEASURE = re.compile(r"don vi tinh|dvt|dv tinh")
_INDICATOR = re.compile(
    r"(?:ten |cac |danh muc )?(?:noi dung )?(?:chi tieu|noi dung|muc tieu|tieu chi|hang muc)"
    r"(?: chu yeu| chinh| thi dua| cu the| cong tac)?"
)
_MEASURES = re.compile(
    r"%|ty le|nguoi|doan vien|cdcs|don vi|(?:trieu|ty|nghin)?(?: )?dong|cuoc|lan|lop|ban|suat|can(?: nha)?|sang kien|"
    r"buoi|luot(?: nguoi)?|vu|doanh nghiep|thoa uoc|cong doan co so|nha"
)
_CAPTION_MEASURE = re.compile(
    r"(?:ĐVT|Đơn vị tính|Đơn vị|đơn vị tính|ĐV tính)\s*:\s*(?P<measure>[^\W\d_%][^.;:()|]{1,20}|%)"
)
_YEAR = re.compile(r"(?<![\d/])20\d\d(?![\d/])")
_SPAN_OF_YEARS = re.compile(r"(20\d\d)\s*[-–]\s*(20\d\d)")
_QUARTER = re.compile(r"\bquý (IV|I{1,3}|[1-4])\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]{1,30})\)")
_YEAR_WORDS = re.compile(
    r"\b(?:lo trinh|kh|chi tieu|ke hoach|muc tieu|phan dau|thuc hien|giao|duoc|den|het|cuoi|trong|cac|theo|tung|"
    r"nam|du kien|"
    r"dang ky|cho|ca|giai doan|moc|thoi gian|ket qua|quy [iv\d]+)\b|[\d\W]+"
)
_TERM_CELL = re.compile(
    r"(?:(?:đến |hết )*(?:cuối )?năm\s+)?20\d\d|(?:giai đoạn )?20\d\d\s*[-–]\s*20\d\d", re.IGNORECASE
)
_PLANNED = re.compile(
    r"chi tieu|ke hoach|lo trinh|muc tieu|phan dau|\bgiao\b|du kien|dang ky|nam thuc hien|tien do|thoi gian"
)
_PRESENT = re.compile(
    r"hien co|hien nay|ket qua(?! (?:phan dau|can dat|du kien))|\buoc (?:thuc hien|dat|co|ca nam|nam)\b|"
    r"tong so (?:lao dong|cnvcld|cnld|ld)|so (?:lao dong|cnvcld|cnld|ld|nld)\b|ghi chu|dau nam\b|hien tai|nam truoc|"
    r"\bda (?:co|dat|thuc hien|ket nap|thanh lap)|dang co|so voi|so sanh|ty le hoan thanh|\bth nam"
)
_SHORT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bĐV\b"), "đoàn viên"),
    (re.compile(r"\bKPCĐ\b"), "kinh phí công đoàn"),
    (re.compile(r"\btr(?:iệu)?[.\s]*đ(?:ồng)?\b", re.IGNORECASE), "triệu đồng"),
    (
        re.compile(r"\b((?:kết nạp|phát triển)(?: mới)?)(?=\s*(?:$|[(–]|(?:năm )?20\d\d))", re.IGNORECASE),
        r"\1 đoàn viên",
    ),
)
"""What narrow columns leave out: only for knowing the indicator and its unit, the label stays as it is printed."""
_STATE = re.compile(r"\bnhà nước\b", re.IGNORECASE)
"""No house: the sector of the state."""
_TOTAL = re.compile(
    r"(?:tổng(?: cộng| số)|tổng\W*$|cộng\b(?! đồng| hòa)|toàn (?:huyện|tỉnh|quận|xã|thành phố|ngành|phường))\b"
)
_COMPARED: tuple[tuple[Comparator, str], ...] = (
    (">=", r"≥|>=|ít nhất|tối thiểu|từ|trở lên"),
    ("<=", r"≤|<=|không quá|tối đa|trở xuống"),
    (">", r">|trên|hơn"),
    ("<", r"<|dưới"),
    ("~", r"khoảng|~"),
)


def is_table_row(passage: Passage) -> bool:
    """Whether a passage is a row of a table."""
    return passage.original.lstrip().startswith("|") and " | " in passage.text


def row_cells(passage: Passage) -> list[tuple[str, str]]:
    """The cells of a row with the titles of their columns, thousands without spaces inside."""
    cells = ((match["title"].strip(), match["words"].strip()) for match in _CELL.finditer(passage.text))
    return [(title, GROUPED.sub(lambda number: number.group().replace(" ", "."), words)) for title, words in cells]


def measure_said(text: str) -> str:
    """The unit that words above a table give for all of it ("Đơn vị tính: triệu đồng"); empty for none."""
    said = _CAPTION_MEASURE.search(text)
    return said["measure"].strip() if said and _MEASURES.fullmatch(fold(said["measure"].strip())) else ""


def row_targets(document: Document, passage: Passage, period: str | None, caption: str = "") -> Iterable[Target]:
    """The targets of one row.

    `period` is that of the caption or the headings, used where row and column name none; so are the unit and the
    indicator that the `caption` gives for the whole table.
    """
    cells = row_cells(passage)
    measure = measure_said(caption)
    named = {"caption": caption} | ({"measure": measure} if measure else {}) | _named(cells)
    row_period = next((_column_period(words, None) for _, words in cells if _TERM_CELL.fullmatch(words)), None)
    period = period or _year_of_row(cells)
    for title, words in cells:
        figure = _cell_figure(title, words, named)
        if figure is not None:
            at = _column_period(title, row_period or period)
            yield _target(document, passage, title, _measure_of(title, named), words, figure, at, named)


def _year_of_row(cells: Iterable[tuple[str, str]]) -> str | None:
    """The one year that the headings of a row name ("Cả năm 2026 | Quý I | Quý II")."""
    years = {year for title, _ in cells for year in _YEAR.findall(title) if not _is_present(fold(title))}
    return years.pop() if len(years) == 1 else None


def _named(cells: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What a row is about: its union, its indicator, its unit of measure."""
    named: dict[str, str] = {}
    for title, words in cells:
        bare = fold(title)
        if _MEASURE.fullmatch(bare) or (bare == "don vi" and _MEASURES.fullmatch(fold(words))):
            named.setdefault("measure", words)
        elif _INDICATOR.fullmatch(bare) and not figures_in(words):
            named.setdefault("indicator", words)
        elif _UNIT_NAME.match(bare) and not re.fullmatch(r"[\d.,]+", words):
            named.setdefault("union", words)
    first = _first_words(cells)
    return named if named.keys() & {"union", "indicator"} or not first else named | {"indicator": first}


def _first_words(cells: Iterable[tuple[str, str]]) -> str:
    """The words of a row that open it, whatever their column is called; empty where a figure or a year comes first."""
    for title, words in cells:
        if not (_COUNTER.fullmatch(fold(title)) or re.fullmatch(r"[\dIVX.()]{1,5}", words)):
            return "" if figures_in(words) or _YEAR.search(words) else words
    return ""


def _column_period(title: str, around: str | None) -> str | None:
    """The period that the heading of a column names, whatever other words stand in it; else the one `around` it.

    Of a heading in two rows ("Giai đoạn 2026 - 2028 – Năm 2026") the lower one says which column it is.
    """
    parts = title.split(" – ")
    if len(parts) > 1 and _YEAR.search(parts[-1]):
        return _column_period(parts[-1], around)
    years = list(dict.fromkeys(_YEAR.findall(title))) or _YEAR.findall(around or "")
    span, quarter = _SPAN_OF_YEARS.search(title), _QUARTER.search(title)
    if span:
        return f"{span[1]}-{span[2]}"
    if quarter and len(years) == 1:
        return period_in(f"quý {quarter[1]}/{years[0]}")
    return period_in(title) or (years[-1] if _YEAR.search(title) else around)


def _column_label(title: str) -> str:
    """What the heading of a column counts: empty where it only names a year, with or without a unit."""
    words = _YEAR_WORDS.sub(" ", fold(_BRACKETS.sub(" ", title))).strip()
    return title if words else ""


def _measure_of(title: str, named: dict[str, str]) -> str:
    """The unit of a cell: in brackets in its column's heading or its indicator, or in the row's column of units."""
    brackets = [_spelled(match[1]).strip() for match in _BRACKETS.finditer(f"{title} {named.get('indicator', '')}")]
    said = next((words for words in brackets if _MEASURES.fullmatch(fold(words))), None)
    return said or named.get("measure", "")


def _cell_figure(title: str, words: str, named: Mapping[str, str]) -> Figure | None:
    """The figure of a cell; none of a column that numbers, names or measures the rows or says how things are."""
    bare = fold(title)
    names = _UNIT_NAME.fullmatch(bare) and named.get("union", words) == words
    if _COUNTER.fullmatch(bare) or _is_present(bare) or _MEASURE.fullmatch(bare) or _INDICATOR.fullmatch(bare):
        return None
    if _TERM_CELL.fullmatch(words) and re.search(r"\bnam\b|giai doan", bare):
        return None
    figures = figures_in(words)
    if len(figures) != 1 or len(words) - len(figures[0].text) > 25 or names:
        return None
    return figures[0]


def _is_present(title: str) -> bool:
    """Whether a column says how things are or were, not what is asked for; `title` is folded."""
    if _PRESENT.search(title):
        return True
    return any("thuc hien" in part and not _PLANNED.search(part) for part in title.split(" – "))


def _target(
    document: Document,
    passage: Passage,
    title: str,
    measure: str,
    words: str,
    figure: Figure,
    period: str | None,
    named: dict[str, str],
) -> Target:
    own = " – ".join(part for part in (named.get("indicator", ""), _column_label(title)) if part)
    label = own or title
    percent = figure.percent or "%" in measure or "%" in title
    indicator = recognise(_spelled(own) or named["caption"], percent=percent)
    unit = "percent" if percent else _counted(f"{words[figure.end :]} {_spelled(measure)}", _spelled(label), indicator)
    union = named.get("union", "")
    return Target(
        document=document.key,
        file=document.file,
        section=passage.section,
        position=passage.position,
        indicator="members" if unit == "members" and indicator == OTHER else indicator,
        label=label,
        comparator=_comparator(f"{title} {words}" if not figure.percent else words, figure),
        value=figure.value,
        value_text=words,
        unit=unit,
        period=period,
        condition=None,
        quote=passage.text,
        unit_name=union if union and not _TOTAL.match(union.lower()) else None,
    )


def _spelled(words: str) -> str:
    for short, long in _SHORT:
        words = short.sub(long, words)
    return words


def _counted(measure: str, label: str, indicator: str) -> str:
    """The unit of a figure: that of the money it is in, else that of its indicator, else what the table says."""
    said = unit_of(measure)
    if indicator in indicators() and not said.endswith("dong"):
        return indicators()[indicator].unit
    headings = (_STATE.sub("", part) for part in reversed(label.split(" – ")))
    return next((unit for unit in map(unit_of, headings) if unit != "count"), said) if said == "count" else said


def _comparator(words: str, figure: Figure) -> Comparator:
    if isinstance(figure.value, tuple):
        return "range"
    return next((name for name, said in _COMPARED if re.search(rf"(?<!\w)(?:{said})(?!\w)", words, re.IGNORECASE)), "=")
