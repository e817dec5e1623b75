"""Tables in a text file: columns that somebody typed with spaces or tabs, as rows of cells."""

import re
from collections.abc import Iterator

from knowledge.aligned import Aligned, Row, Segment, is_figure, table_at

_CELL = re.compile(r"\S+(?: \S+)*")
_COLUMNS = re.compile(r"\S(?:\t+| {2,})(?=\S).*?\S(?:\t+| {2,})\S|\t.*\t")
_FEWEST_WITH_FIGURES = 2
_MOST_CELLS = 40
_MOST_MISSED = 2_000
"""After so many lines with gaps that are no table a text is only spaced oddly: each costs a look at those below it."""
_APART = 1_000.0
"""Cells that tabs part stand in the same column wherever the same number of tabs is before them."""


def with_typed_tables(text: str) -> str:
    """The text with every typed table as rows `| cell | cell |`, line for line; a line that only goes on with the row
    above becomes empty.

    Two lines or more must have the same columns and figures in them: other columns are those of a head or a foot.
    """
    if not _COLUMNS.search(text):
        return text
    return "\n".join(_lines(text.split("\n")))


def _lines(lines: list[str]) -> Iterator[str]:
    written = [(number, line) for number, line in enumerate(lines) if line.strip()]
    rows = [_row(number, line) for number, line in written]
    made: dict[int, str] = {}
    start = missed = 0
    while start < len(rows) and missed < _MOST_MISSED:
        table = table_at(rows, start)
        if table and _holds_figures(table):
            made.update((written[start + at][0], row) for at, row in enumerate(table.lines))
            start += len(table.lines)
        else:
            missed += len(rows[start].cells) > 1
            start += 1
    return (made.get(number, line) for number, line in enumerate(lines))


def _row(number: int, line: str) -> Row:
    if line.lstrip().startswith("|"):
        cells: tuple[Segment, ...] = (Segment(0, len(line), line),)
    elif line.count("\t") > 1:
        parts = enumerate(line.split("\t"))
        cells = tuple(Segment(at * _APART, at * _APART + len(part), part.strip()) for at, part in parts if part.strip())
    else:
        found = _CELL.finditer(line.expandtabs())
        cells = tuple(Segment(cell.start(), cell.end(), cell.group()) for cell in found)
    if len(cells) > _MOST_CELLS:
        cells = (Segment(0, len(line), line),)
    return Row(number, number + 1, cells, cells)


def _holds_figures(table: Aligned) -> bool:
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.lines if row]
    return sum(any(map(is_figure, cells)) for cells in rows) >= _FEWEST_WITH_FIGURES
