"""Targets in tables: rows of unions ("biểu giao chỉ tiêu"), rows of years, rows of indicators with a column per year.

`layout.table_rows` has written every row as `heading: cell | heading: cell`.
"""

import re
from collections.abc import Iterable

from knowledge import Comparator, Document, Passage, Target
from knowledge.figures import Figure, figures_in, period_in
from knowledge.indicators import indicators, recognise
from knowledge.vietnamese import fold

_CELL = re.compile(r"(?P<title>[^:|]+): (?P<words>[^|]+)")
_COUNTER = re.compile(r"stt|tt|so tt|so thu tu")
_UNIT_NAME = re.compile(r"(?:ten )?(?:don vi|cong doan|cdcs|co so|ten cdcs|cong doan co so|ldld)\b(?!.*tinh)")
_MEASURE = re.compile(r"don vi tinh|dvt|dv tinh")
_INDICATOR = re.compile(r"(?:cac )?(?:chi tieu|noi dung|muc tieu)(?: chu yeu| thi dua| cu the)?")
_YEAR_COLUMN = re.compile(r"(?:.* – )?(?:den |het )?(?:nam )?(20\d\d)")
_TERM_CELL = re.compile(r"(?:năm\s+)?20\d\d")
_PRESENT = re.compile(
    r"hien co|hien nay|thuc hien|ket qua|uoc (?:thuc hien|dat)|tong so lao dong|so lao dong|so cnvcld|ghi chu|"
    r"da co|dang co"
)
_TOTAL = re.compile(r"(?:tong|tong cong|cong|tong so|toan (?:huyen|tinh|quan|xa|thanh pho|nganh|phuong)|tong cong:?)\b")
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
    """The cells of a row with the titles of their columns."""
    return [(match["title"].strip(), match["words"].strip()) for match in _CELL.finditer(passage.text)]


def row_targets(document: Document, passage: Passage, period: str | None) -> Iterable[Target]:
    """The targets of one row; `period` is that of the caption or headings, used where row and column name none."""
    cells = row_cells(passage)
    named = _named(cells)
    row_period = next((period_in(_as_year(words)) for title, words in cells if _TERM_CELL.fullmatch(words)), None)
    for title, words in cells:
        figure = _cell_figure(title, words)
        if figure is not None:
            column = _YEAR_COLUMN.fullmatch(fold(title))
            at = column[1] if column else period_in(title) or row_period or period
            yield _target(document, passage, title if not column else "", words, figure, at, named)


def _named(cells: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What a row is about: its union, its indicator, its unit of measure."""
    named: dict[str, str] = {}
    for title, words in cells:
        bare = fold(title)
        if _MEASURE.fullmatch(bare):
            named.setdefault("measure", words)
        elif _INDICATOR.fullmatch(bare) and not figures_in(words):
            named.setdefault("indicator", words)
        elif _UNIT_NAME.match(bare) and not re.fullmatch(r"[\d.,]+", words):
            named.setdefault("union", words)
    return named


def _as_year(words: str) -> str:
    return words if "năm" in words.lower() else f"năm {words}"


def _cell_figure(title: str, words: str) -> Figure | None:
    bare = fold(title)
    if _COUNTER.fullmatch(bare) or _PRESENT.search(bare) or _MEASURE.fullmatch(bare) or _INDICATOR.fullmatch(bare):
        return None
    if _TERM_CELL.fullmatch(words) and re.search(r"\bnam\b|giai doan", bare):
        return None
    figures = figures_in(words)
    if len(figures) != 1 or len(words) - len(figures[0].text) > 25 or _UNIT_NAME.fullmatch(bare):
        return None
    return figures[0]


def _target(
    document: Document,
    passage: Passage,
    title: str,
    words: str,
    figure: Figure,
    period: str | None,
    named: dict[str, str],
) -> Target:
    label = " – ".join(part for part in (named.get("indicator", ""), title) if part)
    percent = figure.percent or "%" in named.get("measure", "") or "%" in title
    indicator = recognise(label, percent=percent)
    counted = indicators()[indicator].unit if indicator in indicators() else "count"
    union = named.get("union", "")
    return Target(
        document=document.key,
        file=document.file,
        section=passage.section,
        position=passage.position,
        indicator=indicator,
        label=label,
        comparator=_comparator(f"{title} {words}" if not figure.percent else words, figure),
        value=figure.value,
        value_text=words,
        unit="percent" if percent else counted,
        period=period,
        condition=None,
        quote=passage.text,
        unit_name=union if union and not _TOTAL.match(fold(union)) else None,
    )


def _comparator(words: str, figure: Figure) -> Comparator:
    if isinstance(figure.value, tuple):
        return "range"
    return next((name for name, said in _COMPARED if re.search(rf"(?<!\w)(?:{said})(?!\w)", words, re.IGNORECASE)), "=")
