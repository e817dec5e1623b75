"""From the lines of a file to its paragraphs: decoration and page marks dropped, wrapped lines and page breaks joined.

Scans, pasted pages and typed files mix hard-wrapped lines with paragraphs of one line, so every join is decided from
the two lines themselves: how the first ends, how the second begins, and whether the first was full.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from knowledge.vietnamese import fold, normalize

_WIDEST_WRAPPED_LINE = 140
_NARROWEST_WRAPPED_LINE = 50
_NEIGHBOURHOOD = 6
_LONGEST_LINE = 4_000
_LABEL = 40
"""The label of the recipients stands within so many letters of its line."""

_DECORATION = re.compile(r"[\s\-_=*•·~\\/|.+]*")
_PAGE_MARK = re.compile(r"(?:trang\s+)?[-–—\s]*\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s]*", re.IGNORECASE)
_TABLE_RULE = re.compile(r"\|[\s:|\-]+\|?")
_TERMINAL = (".", ";", ":", "!", "?", "./", "./.", "…")
_OPEN_ENDS = frozenset(
    "của về và các với số ngày theo cho tại do là hoặc trong từ đến ở để những trên bởi giữa nhằm việc".split()  # noqa: SIM905
)
_DWELLING = re.compile(r"\b(?:nhà|nơi|chỗ|ăn|đất) ở$", re.IGNORECASE)
_CLOSES = re.compile(
    r"Trên đây là |(?:Nghị quyết|Kế hoạch|Chương trình|Hướng dẫn|Quyết định|Quy chế|Chỉ thị) này "
    r"(?:được|đã được|có hiệu lực|thay thế|thực hiện từ|phổ biến)"
)
_CLAIM = re.compile(r"(?:Căn cứ|Thực hiện|Xét|Theo)\b")

_KIND = re.compile(
    r"KẾ HOẠCH|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG| CÔNG TÁC)?|NGHỊ QUYẾT|CHỈ THỊ|QUYẾT ĐỊNH|HƯỚNG DẪN|THÔNG BÁO|BÁO CÁO|QUY CHẾ|"
    r"QUY ĐỊNH|KẾT LUẬN|ĐỀ ÁN|CÔNG VĂN|TỜ TRÌNH"
)
_WORD = re.compile(r"[^\W\d_]{2}")
_LOOK_ALIKES = str.maketrans({"\t": "   ", "\f": "", "ƣ": "ư", "Ƣ": "Ư", "ð": "đ", "Ð": "Đ", "Ɖ": "Đ"})
"""Letters of other alphabets that old fonts print as Vietnamese ones."""
_GAP = re.compile(r"\t[\t ]*|[ \u00a0]{4,}")
_HEAD_RIGHT = re.compile(r"\W*(?:CỘNG H|Đ[ẢÀA]NG CỘNG|Đ[ộôo]c l[ậâa]p|[^\W\d_][^,\d:;|]{1,40},\s*ngày\s*\d)")
_FOOT_RIGHT = re.compile(r"\W*(?:(?:[A-ZĐÀ-Ỹ][^\W\d_]*\s?){2,5}|(?:TM|T/M|KT|TL|TUQ)\.?\s[^a-z]+|\([Đđ]ã ký\))\W*")
_MOTTO = re.compile(r"(?:CỘNG H[ÒO]A XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do)")
_SIGNATURE = re.compile(
    r"(?<=\s)(?:(?:TM|T/M|KT|TL|TUQ)\.?\s+[A-ZĐÀ-Ỹ]{2}|(?:PHÓ )?(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|TRƯỞNG BAN)\b|\([Đđ]ã ký)"
)

BULLET = re.compile(r"[-–—+•●▪◦∙]\s*(?=\S)|\*\s+(?=\S)")
_PART = (
    r"(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:thứ\s+|THỨ\s+)?"
    r"(?:[IVX]{1,5}|\d{1,2}|nhất|hai|ba|tư|năm|NHẤT|HAI|BA|TƯ|NĂM)"
)
CHAPTER_MARK = re.compile(rf"{_PART}\s*[.:]?")
CHAPTER = re.compile(rf"(?P<mark>{_PART}|[IVX]{{1,5}}|[IVXl1|]{{2,5}}|[lL|](?=[.,]))\s*[.,):\-–/]?\s+(?P<title>\S.*)")
ARTICLE = re.compile(r"(?P<mark>Điều\s+\d{1,3})\s*[.:]\s*(?P<title>\S.*)")
NUMBER = re.compile(r"(?P<mark>\d{1,2}(?:\.\d{1,2}){0,3})\s*(?:[.)]\s*[-–]?|[-–:]|/(?=\s\D))\s+(?P<title>\S.*)")
NUMBER_TIGHT = re.compile(r"(?P<mark>\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?P<title>[^\W\d_a-zà-ỹđ].*)")
CAPITAL = re.compile(r"(?P<mark>[A-E])\s*[.)]\s+(?P<title>[A-ZĐÀ-Ỹ][^\W\d_]\S*\s.*)")
LETTER = re.compile(
    r"(?P<mark>(?:[a-zđ](?:\.?\d{1,2})?(?=\s*[).])|[ivx]{2,4}(?=\))|\((?:\d{1,2}|[a-zđ])\)))\s*[).]?\s+(?P<title>\S.*)"
)
APPENDIX = re.compile(r"(?P<mark>PHỤ LỤC|Phụ lục|BIỂU|Biểu)\b(?P<title>.{0,160})")
_CELL_FIGURE = re.compile(
    r"(?:[<>≥≤]|từ|trên|dưới|ít nhất|tối thiểu|khoảng|không quá)?\s*\d[\d.,]*(?:\s*(?:-|–|đến)\s*\d[\d.,]*)?\s*%?"
    r"(?: trở (?:lên|xuống))?",
    re.IGNORECASE,
)
RECIPIENTS = re.compile(r"noi nhan\b")
SIGNED_FOR = re.compile(r"(?:T/?M\.?|KT\.?|K/T\.?|TL\.?|TUQ\.?|Q\.)\s+\S")


@dataclass(frozen=True)
class Line:
    """A line of the file: its number from 1, what stands there, and the same without markup."""

    number: int
    raw: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together. `original` keeps them as they stand in the file; `marked` says that markup made
    the paragraph a heading."""

    text: str
    original: str
    first_line: int
    last_line: int
    marked: bool = False


def lines_of(text: str) -> list[Line]:
    """The lines of a file with markup removed; lines that are only decoration or a page number become blank."""
    return [
        Line(number, raw, piece)
        for number, raw in enumerate(text.split("\n"), start=1)
        for part in _beside(raw)
        for column in _columns(_without_markup(part))
        for piece in _pieces(column)
    ]


def paragraphs_of(lines: Iterable[Line]) -> list[Paragraph]:
    """Join the lines that are one paragraph; items, headings and table rows stay apart."""
    listed = list(lines)
    groups: list[list[Line]] = []
    blank_between = False
    foot = False
    for position, line in enumerate(listed):
        if not line.text:
            blank_between = True
            continue
        foot = starts_foot(line.text) or (foot and not _starts_anew(line.text))
        if groups and _continues(groups[-1], line, blank_between, _width_around(listed, position), foot):
            groups[-1].append(line)
        else:
            groups.append([line])
        blank_between = False
    return [_paragraph(group) for group in groups]


def _starts_anew(text: str) -> bool:
    """Whether a line after a foot opens another text: the kind of a document, an appendix, a chapter."""
    return is_chapter(text) or (mostly_capital(text) and bool(APPENDIX.match(text) or _KIND.fullmatch(text)))


@lru_cache(maxsize=4_096)
def starts_foot(text: str) -> bool:
    """Whether a line opens the end of a document: its recipients or the signature block."""
    return bool(RECIPIENTS.match(_letters(fold(text[:_LABEL])))) or bool(SIGNED_FOR.match(text))


def starts_item(text: str) -> bool:
    """Whether a line opens something of its own: a chapter, a numbered or lettered item, a bullet, a table row."""
    if text.startswith("|") or _CLOSES.match(text) or BULLET.match(text) or ARTICLE.match(text) or NUMBER.match(text):
        return True
    if LETTER.match(text) or CAPITAL.match(text) or NUMBER_TIGHT.match(text):
        return True
    return is_chapter(text) or starts_foot(text)


def unbulleted(text: str) -> str:
    """A list item without its bullet; other text as it is."""
    bullet = BULLET.match(text)
    return text[bullet.end() :] if bullet else text


def is_chapter(text: str) -> bool:
    """Whether a line is a chapter heading: a Roman number (scans write l or 1 for I) before a capitalised title."""
    match = CHAPTER.match(text)
    if match is None or BULLET.match(match["title"]):
        return bool(CHAPTER_MARK.fullmatch(text))
    if not _WORD.search(match["title"]):
        return False
    strict = re.fullmatch(r"[IVX]{1,5}|(?:PHẦN|Phần|CHƯƠNG|Chương).*", match["mark"])
    return match["title"][0].isupper() if strict else mostly_capital(match["title"])


@lru_cache(maxsize=4_096)
def mostly_capital(text: str) -> bool:
    """Whether a line is written in capital letters (scans lose a few)."""
    capitals = sum(map(str.isupper, text))
    return capitals > 0 and capitals >= 0.8 * sum(map(str.isalpha, text))


def join_words(left: str, right: str) -> str:
    """Two halves of a wrapped line as one; a document number broken after its dash is closed."""
    if re.search(r"\d-$", left) and right[:1].isupper():
        return left + right
    return f"{left} {right}"


def is_appendix(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the heading of an appendix or of a table of figures that is attached."""
    heading = paragraph.marked or mostly_capital(paragraph.text)
    return heading and len(paragraph.text) < 320 and bool(APPENDIX.match(paragraph.text))


def foot_of(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """Where the foot of a document begins and where it ends: before an appendix, or with the document."""
    total = len(paragraphs)
    start = next((at for at, paragraph in enumerate(paragraphs) if starts_foot(paragraph.text)), total)
    return start, next((at for at in range(start, total) if is_appendix(paragraphs[at])), total)


def _pieces(text: str) -> list[str]:
    """A line in pieces of bounded length; no line of a plan is that long."""
    return [text[at : at + _LONGEST_LINE] for at in range(0, len(text), _LONGEST_LINE)] or [text]


def _beside(raw: str) -> list[str]:
    """What wide gaps part in the head and the foot: office and motto, number and date, recipients and signature."""
    parts = [part for part in _GAP.split(raw.strip()) if part.strip()]
    if len(parts) != 2 or not (_HEAD_RIGHT.match(parts[1]) or _FOOT_RIGHT.fullmatch(parts[1].strip())):
        return [raw]
    return parts


def _columns(text: str) -> list[str]:
    """What stands side by side in the head or the foot: office and motto, recipients and signature."""
    beside = (_MOTTO if _MOTTO.search(text) else _SIGNATURE).search(text)
    listed = RECIPIENTS.match(fold(text)) or BULLET.match(text) or _MOTTO.search(text)
    if beside is None or not beside.start() or not listed:
        return [text]
    return [text[: beside.start()].strip(), text[beside.start() :].strip()]


def _without_markup(raw: str) -> str:
    text = normalize(raw.translate(_LOOK_ALIKES)).strip()
    if _TABLE_RULE.fullmatch(text) or _DECORATION.fullmatch(text) or _PAGE_MARK.fullmatch(text):
        return ""
    text = re.sub(r"^(?:#+|>)\s*", "", text)
    text = re.sub(r"<br\s*/?>|&nbsp;", " ", text)
    text = re.sub(r"\*\*|__|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])", "", text.replace("\\", ""))
    return "" if _DECORATION.fullmatch(text) else re.sub(r"\s+", " ", text).strip()


def _letters(text: str) -> str:
    return text.lstrip("-–*•. ").strip()


def _width_around(lines: list[Line], position: int) -> int:
    near = lines[max(0, position - _NEIGHBOURHOOD) : position + _NEIGHBOURHOOD]
    return max((len(line.text) for line in near if len(line.text) <= _WIDEST_WRAPPED_LINE), default=0)


def _continues(group: list[Line], line: Line, blank_between: bool, width: int, foot: bool) -> bool:
    last, text = group[-1].text, line.text
    if starts_item(text) or last.startswith("|") or foot or _is_long(group, text):
        apart = not foot or starts_item(text) or mostly_capital(text)
        return not apart and (text[0].islower() or last.endswith(","))
    if CHAPTER_MARK.fullmatch(last) or _left_open(last):
        return not (mostly_capital(text) and text.endswith(":"))
    if mostly_capital(last) or mostly_capital(text):
        return mostly_capital(last) and mostly_capital(text) and not blank_between and is_chapter(group[0].text)
    if text[0].islower():
        return not blank_between or not last.endswith((".", ":"))
    if _CLAIM.match(text) and last.endswith(("”", '"')):
        return False
    prose = not last.endswith(_TERMINAL) and (len(group) > 1 or not NUMBER.match(group[0].text))
    return not blank_between and _was_full(last, text, min(width, 100) * 0.7 if prose else width)


def _is_long(group: list[Line], text: str) -> bool:
    return sum(len(line.text) for line in group) + len(text) > _LONGEST_LINE


def _left_open(last: str) -> bool:
    if last.endswith((",", "(", "“")) or re.search(r"\d-$", last):
        return True
    return last.rsplit(maxsplit=1)[-1].lower() in _OPEN_ENDS and not _DWELLING.search(last)


def _was_full(last: str, text: str, width: float) -> bool:
    if len(last) > _WIDEST_WRAPPED_LINE:
        return False
    return len(last) + 1 + len(text.split(maxsplit=1)[0]) > max(width, _NARROWEST_WRAPPED_LINE)


def _paragraph(group: list[Line]) -> Paragraph:
    text = group[0].text
    for line in group[1:]:
        text = join_words(text, line.text)
    raw = group[0].raw.strip()
    marked = raw.startswith("#") or (raw.startswith("**") and group[-1].raw.strip().endswith("**"))
    original = "\n".join(line.raw for line in group)
    return Paragraph(text, original, group[0].number, group[-1].number, marked)


def table_rows(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The same paragraphs, each table row written out as `heading: cell | heading: cell`.

    A heading that is printed again on the next page is no row.
    """
    for is_table, group in groupby(paragraphs, key=lambda paragraph: paragraph.text.startswith("|")):
        listed = list(group)
        yield from _rows_of(listed) if is_table else listed


def _rows_of(table: list[Paragraph]) -> Iterator[Paragraph]:
    rows = [(paragraph, [cell.strip() for cell in paragraph.text.strip("|").split("|")]) for paragraph in table]
    rows = [(paragraph, cells) for paragraph, cells in rows if not _is_column_numbers(cells)]
    figures = (at for at, (_, cells) in enumerate(rows) if _has_figures(cells) or (at and _opens_group(cells)))
    # A table of words alone has its headings in the first row, if it has other rows at all.
    first = next(figures, min(1, len(rows) - 1))
    header = [cells for _, cells in rows[: max(0, first)]]
    for paragraph, cells in rows[len(header) :]:
        if cells not in header:
            yield _spelled_row(paragraph, header, cells)


def _opens_group(cells: list[str]) -> bool:
    """Whether a row only names the group of rows below it: "A | Khu vực miền núi | | |", or one text all over."""
    said = [cell for cell in cells[1:] if cell]
    marked = bool(re.fullmatch(r"[A-ZĐ]|[IVX]{1,4}|\d{1,2}", cells[0])) and len(set(said)) == 1
    return marked or (len(cells) > 2 and len(set(cells)) == 1)


def _is_column_numbers(cells: list[str]) -> bool:
    return len(cells) > 2 and all(re.fullmatch(r"\(?\d{1,2}\)?|\(?[a-zA-Z]\)?|", cell) for cell in cells)


def _has_figures(cells: list[str]) -> bool:
    return any(_CELL_FIGURE.fullmatch(cell) and not re.fullmatch(r"20\d\d", cell) for cell in cells)


def _spelled_row(paragraph: Paragraph, header: list[list[str]], cells: list[str]) -> Paragraph:
    titles = [_column_title(header, column) for column in range(len(cells))]
    spelled = [f"{title}: {cell}" if title else cell for title, cell in zip(titles, cells, strict=True) if cell]
    return Paragraph(" | ".join(spelled), paragraph.original, paragraph.first_line, paragraph.last_line)


def _column_title(header: list[list[str]], column: int) -> str:
    parts: list[str] = []
    for depth, row in enumerate(header):
        part = row[column] if column < len(row) else ""
        part = part or _reaching_over(row, column, header[depth + 1 :])
        if part and part not in parts:
            parts.append(part)
    return " – ".join(parts)


def _reaching_over(row: list[str], column: int, below: list[list[str]]) -> str:
    """The heading on the left of an empty cell, where it reaches over: both have headings of their own below."""
    left = next((at for at in range(min(column, len(row)) - 1, -1, -1) if row[at]), None)
    if left is None or not all(_is_headed(below, at) for at in range(left, column + 1)):
        return ""
    return row[left]


def _is_headed(rows: list[list[str]], column: int) -> bool:
    return any(column < len(row) and row[column] for row in rows)
