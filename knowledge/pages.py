"""The lines of a PDF page: columns that stand side by side one after the other, ruled tables as rows of cells.

Works on what `pdfplumber` found on a page (words, cells); opening the file is the work of `reading.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from knowledge.aligned import BLOCK_GAP, Row, Segment, is_figure, row_of_cells, table_at
from knowledge.vietnamese import fold
from knowledge.word import LAYOUT_WORDS

Page = Any
Word = Mapping[str, Any]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the upper left corner of the page."""

_COLUMN_GAP = 18.0
"""Words of one line that are further apart (in points) stand in two columns; justified lines are never so wide."""
_RIGHT_HALF = 0.38
"""A right column begins beyond this share of the page; words before it only follow the tab after a list's number."""
_NUDGE = 1.0
_MOST_CELLS = 6_000


def page_lines(page: Page) -> list[str]:
    """The lines of a page from top to bottom; a row of a ruled table is `| cell | cell |`."""
    tables = [table for table in page.find_tables() if _is_table(table)]
    boxes: list[Box] = [table.bbox for table in tables]
    words = [word for word in page.extract_words(x_tolerance=1.5, use_text_flow=False) if not _inside(word, boxes)]
    blocks = [(table.bbox[1], table_lines(table)) for table in tables]
    edges = sorted(box[1] for box in boxes)
    rows = _rows(words, page.width * _RIGHT_HALF)
    by_stretch = groupby(rows, key=lambda row: sum(edge < row.top for edge in edges))
    for _, stretch in by_stretch:
        listed = list(stretch)
        blocks.append((listed[0].top, list(_text_lines(listed))))
    return [line for _, lines in sorted(blocks, key=lambda block: block[0]) for line in lines]


def table_lines(table: Any) -> list[str]:
    """The rows of a ruled table; a merged cell is repeated in every place that it covers."""
    written = {
        cell: " ".join((text or "").split()).replace("|", "/")
        for row, texts in zip(table.rows, table.extract(x_tolerance=1.5), strict=True)
        for cell, text in zip(row.cells, texts, strict=True)
        if cell
    }
    lefts = _places(cell[0] for cell in written)
    tops = _places(cell[1] for cell in written)
    rows = ([_covering(written, left, top) for left in lefts] for top in tops)
    return [row_of_cells(cells) for cells in rows if any(cells)]


def joined_pages(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all pages; a table row that a page break cut in two is one row again."""
    lines: list[str] = []
    for page in pages:
        rest = list(page)
        if rest and lines and (whole := _whole_row(lines[-1], rest[0])):
            lines[-1], rest = whole, rest[1:]
        lines += rest
    return lines


def _is_table(table: Any) -> bool:
    """Whether ruled boxes are a table: rows and columns, and not the drawn frame of a head or a signature."""
    if len(table.rows) < 2 or not 3 < len(table.cells) <= _MOST_CELLS:
        return False
    if len({round(cell[0]) for cell in table.cells}) < 2:
        return False
    words = fold(" ".join(text or "" for row in table.extract() for text in row))
    return bool(words.strip()) and not any(said in words for said in LAYOUT_WORDS)


def _inside(word: Word, boxes: Iterable[Box]) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return any(left <= across <= right and top <= down <= bottom for left, top, right, bottom in boxes)


def _places(edges: Iterable[float]) -> list[float]:
    """Edges from the smallest on, those that a hair's breadth separates taken as one."""
    places: list[float] = []
    for edge in sorted(edges):
        if not places or edge - places[-1] > 2 * _NUDGE:
            places.append(edge)
    return places


def _covering(written: Mapping[Box, str], left: float, top: float) -> str:
    across, down = left + 2 * _NUDGE, top + 2 * _NUDGE
    return next((text for box, text in written.items() if box[0] <= across < box[2] and box[1] <= down < box[3]), "")


def _whole_row(above: str, below: str) -> str | None:
    """Two halves of a table row as one; `None` where the lower one is a row of its own."""
    if not (above.startswith("|") and below.startswith("|")):
        return None
    upper, lower = ([cell.strip() for cell in row.strip("|").split("|")] for row in (above, below))
    if len(upper) != len(lower) or lower[0] or any(map(is_figure, lower)) or not any(map(is_figure, upper)):
        return None
    return row_of_cells([f"{one} {two}".strip() for one, two in zip(upper, lower, strict=True)])


def _rows(words: Iterable[Word], middle: float) -> Iterator[Row]:
    """The words as lines: a word belongs to the line whose height it shares."""
    line: list[Word] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if line and word["top"] > line[0]["bottom"] - 0.4 * (line[0]["bottom"] - line[0]["top"]):
            yield _row(line, middle)
            line = []
        line.append(word)
    if line:
        yield _row(line, middle)


def _row(words: list[Word], middle: float) -> Row:
    top, bottom = min(word["top"] for word in words), max(word["bottom"] for word in words)
    return Row(top, bottom, tuple(_segments(words, middle)), tuple(_segments(words, 0)))


def _segments(words: list[Word], middle: float) -> Iterator[Segment]:
    """The words of a line, parted at gaps that lie beyond `middle`."""
    segments: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word["x0"]):
        if segments and (word["x0"] < middle or word["x0"] - segments[-1][-1]["x1"] <= _COLUMN_GAP):
            segments[-1].append(word)
        else:
            segments.append([word])
    return (Segment(each[0]["x0"], each[-1]["x1"], " ".join(word["text"] for word in each)) for each in segments)


def _text_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Lines of text; rows of cells that stand in line below each other are those of a table."""
    start = 0
    while start < len(rows):
        table = table_at(rows, start)
        if table:
            yield from filter(None, table.lines)
            start += len(table.lines)
            continue
        end = start + 1
        while end < len(rows) and not table_at(rows, end):
            end += 1
        yield from _column_lines(rows[start:end])
        start = end


def _column_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Lines of text; where lines stand in two columns, those of the left one come first."""
    for cut, block in groupby(_with_cuts(rows), key=lambda pair: pair[0]):
        lines = [row for _, row in block]
        if cut is None:
            yield from (" ".join(segment.text for segment in row.segments) for row in lines)
        else:
            beside = 1 + max((at for at, row in enumerate(lines) if row.segments[-1].left >= cut), default=-1)
            segments = [segment for row in lines[:beside] for segment in row.segments]
            yield from (segment.text for segment in segments if segment.left < cut)
            yield from (segment.text for segment in segments if segment.left >= cut)
            yield from (segment.text for row in lines[beside:] for segment in row.segments)


def _with_cuts(rows: Sequence[Row]) -> Iterator[tuple[float | None, Row]]:
    """Each line with where its right column begins (`None` for a line in one column).

    A line with nothing beside it belongs to the block above while it is near and keeps clear of the other column.
    """
    cut: float | None = None
    above: Row | None = None
    for row in rows:
        if above and row.top - above.bottom > BLOCK_GAP * (row.bottom - row.top):
            cut = None
        first, last = row.segments[0], row.segments[-1]
        if len(row.segments) == 2 and (cut is None or not first.right <= cut <= last.left):
            cut = (first.right + last.left) / 2
        elif len(row.segments) > 2 or (cut is not None and any(one.left < cut < one.right for one in row.segments)):
            cut = None
        above = row
        yield cut, row
