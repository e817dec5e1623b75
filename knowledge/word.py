"""The text of a Word document: paragraphs with the numbers that Word only shows, tables as rows of cells.

Works on the parsed XML alone; opening the file is the work of `reading.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from knowledge.vietnamese import fold

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LAYOUT_WORDS = ("noi nhan", "cong hoa xa hoi", "dang cong san viet nam", "tong lien doan lao dong viet nam")
"""Folded words of a head or a foot: a table that holds them only lays out a page."""
_BOX = f"{_W}txbxContent"
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", _FALLBACK, _BOX})
_DEEPEST_STYLE = 10
_LONGEST_MARK = 40
_LONGEST_REPEATED = 500
"""A merged cell is written out where it begins; in the other places that it covers it only has to name them."""
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LARGEST_ROMAN = 399

Element = Any


@dataclass
class Numbering:
    """The lists of a document and how far each has been counted.

    `styles` says which list and level the paragraphs of a style belong to without saying so themselves; `shared`
    which lists go on counting where another of the same making ended.
    """

    levels: dict[str, dict[int, Element]]
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, number: str, level: int) -> str:
        """The number or bullet that Word shows before the next paragraph of a list, with a space; empty for none."""
        levels = self.levels.get(number, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(self.shared.get(number, number), {})
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return f"{self._shown(levels, counts, level)} ".lstrip()

    def _shown(self, levels: dict[int, Element], counts: dict[int, int], level: int) -> str:
        if _value(levels[level], "numFmt") == "bullet":
            return "-"
        text = (_value(levels[level], "lvlText") or "")[:_LONGEST_MARK]
        plain = levels[level].find(f"{_W}isLgl") is not None
        for above in range(level + 1):
            if above in levels:
                count = counts.get(above, _start(levels[above]))
                style = "decimal" if plain and above < level else _value(levels[above], "numFmt")
                text = text.replace(f"%{above + 1}", _written(count, style))
        return text


def numbering_of(root: Element | None, styles: Element | None = None) -> Numbering:
    """The lists that `numbering.xml` defines and the styles that use them; none where there is no such part."""
    if root is None:
        return Numbering({})
    abstract = {one.get(f"{_W}abstractNumId"): _levels(one) for one in root.iter(f"{_W}abstractNum")}
    lists = {one.get(f"{_W}numId"): one for one in root.iter(f"{_W}num") if one.get(f"{_W}numId")}
    made = {number: _value(one, "abstractNumId") or "" for number, one in lists.items()}
    anew = {number for number, one in lists.items() if next(one.iter(f"{_W}startOverride"), None) is not None}
    return Numbering(
        {number: abstract.get(making, {}) for number, making in made.items()},
        {} if styles is None else _numbered_styles(styles),
        {number: f"abstract {making}" for number, making in made.items() if number not in anew},
    )


def lines_of_body(body: Element, numbering: Numbering) -> Iterator[str]:
    """The lines of a document's text in order, a blank one after every paragraph and table."""
    for child in body:
        if child.tag == f"{_W}p":
            yield from _paragraph_lines(child, numbering)
        elif child.tag == f"{_W}tbl":
            yield from _table_lines(child, numbering)
        elif child.tag == f"{_W}sdt":
            for content in child.iter(f"{_W}sdtContent"):
                yield from lines_of_body(content, numbering)
                break


def _numbered_styles(root: Element) -> dict[str, tuple[str, int]]:
    styles = {one.get(f"{_W}styleId"): one for one in root.iter(f"{_W}style")}
    places = {name: _place_of_style(style, styles, _DEEPEST_STYLE) for name, style in styles.items()}
    return {name: place for name, place in places.items() if place}


def _place_of_style(style: Element | None, styles: dict[str, Element], deepest: int) -> tuple[str, int] | None:
    """The list and level of a style, or of the one that it is based on."""
    if style is None or not deepest:
        return None
    place = style.find(f"{_W}pPr/{_W}numPr")
    if place is not None:
        return _value(place, "numId") or "", int(_value(place, "ilvl") or 0)
    return _place_of_style(styles.get(_value(style, "basedOn") or ""), styles, deepest - 1)


def _levels(abstract: Element) -> dict[int, Element]:
    return {int(level.get(f"{_W}ilvl")): level for level in abstract.iter(f"{_W}lvl")}


def _value(element: Element, name: str) -> str | None:
    child = element.find(f"{_W}{name}")
    value: str | None = None if child is None else child.get(f"{_W}val")
    return value


def _start(level: Element) -> int:
    return int(_value(level, "start") or 1)


def _written(count: int, style: str | None) -> str:
    if style in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("upperRoman", "lowerRoman") and count <= _LARGEST_ROMAN:
        roman = _roman(count)
        return roman if style == "upperRoman" else roman.lower()
    return f"{count:02}" if style == "decimalZero" else str(count)


def _roman(count: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        while count >= value:
            written, count = written + letters, count - value
    return written


def _paragraph_lines(paragraph: Element, numbering: Numbering) -> Iterator[str]:
    text = "".join(_pieces(paragraph)).strip()
    for box in _text_boxes(paragraph):
        yield from lines_of_body(box, numbering)
    if text:
        heading = "### " if (_style(paragraph) or "").lower().startswith("heading") else ""
        yield from (heading + _list_mark(paragraph, numbering) + text).split("\n")
    yield ""


def _pieces(element: Element) -> Iterator[str]:
    """The pieces of text below an element, without what was deleted under tracked changes, fallback copies, hidden
    text and text boxes."""
    for child in element:
        if child.tag in _SKIPPED or (child.tag == f"{_W}r" and _is_hidden(child)):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _pieces(child)


def _text_boxes(element: Element) -> Iterator[Element]:
    """The text boxes that are anchored below an element, each once: fallback copies and deleted ones left out."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _SKIPPED - {_BOX}:
            yield from _text_boxes(child)


def _is_hidden(run: Element) -> bool:
    shown = run.find(f"{_W}rPr/{_W}vanish")
    return shown is not None and shown.get(f"{_W}val") not in ("0", "false")


def _style(paragraph: Element) -> str | None:
    properties = paragraph.find(f"{_W}pPr")
    return None if properties is None else _value(properties, "pStyle")


def _list_mark(paragraph: Element, numbering: Numbering) -> str:
    by_style = numbering.styles.get(_style(paragraph) or "", ("", 0))
    found = paragraph.find(f"{_W}pPr/{_W}numPr")
    if found is None:
        return numbering.next(*by_style)
    number, level = _value(found, "numId"), _value(found, "ilvl")
    return numbering.next(by_style[0] if number is None else number, by_style[1] if level is None else int(level))


def _table_lines(table: Element, numbering: Numbering) -> Iterator[str]:
    """A table as rows of cells; one that only lays out the head or the signature, as the paragraphs of its cells."""
    rows = [row for row in table if row.tag == f"{_W}tr" and row.find(f"{_W}trPr/{_W}del") is None]
    words = fold(" ".join("".join(_pieces(row)) for row in rows))
    if any(said in words for said in LAYOUT_WORDS) or len(rows) == 1:
        for cell in (cell for row in rows for cell in row if cell.tag == f"{_W}tc"):
            yield from lines_of_body(cell, numbering)
        return
    above: list[str] = []
    for row in rows:
        above = list(_cells(row, above))
        yield f"| {' | '.join(above)} |"
    yield ""


def _cells(row: Element, above: list[str]) -> Iterable[str]:
    """The cells of a row on the table's grid: a merged cell is repeated in every place that it covers."""
    column = 0
    for cell in (cell for cell in row if cell.tag == f"{_W}tc"):
        properties = cell.find(f"{_W}tcPr")
        span = int(_value(properties, "gridSpan") or 1) if properties is not None else 1
        merged = properties.find(f"{_W}vMerge") if properties is not None else None
        paragraphs = ("".join(_pieces(paragraph)) for paragraph in cell.iter(f"{_W}p"))
        text = " ".join(" ".join(paragraphs).split()).replace("|", "/")
        if merged is not None and merged.get(f"{_W}val") != "restart" and column < len(above):
            text = above[column][:_LONGEST_REPEATED]
        yield text
        yield from [text[:_LONGEST_REPEATED]] * (min(span, 60) - 1)
        column += span
