"""Tables without rules: lines whose words stand in columns, wrapped cells put together again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

BLOCK_GAP = 2.2
"""Lines further apart than so many times their height are no longer one block."""
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2
_MOST_ROWS = 400
_ACROSS = 0.7
_WIDER = 1.5
"""A line alone that is so much wider than the first column goes on with the text below the table."""
_NUDGE = 2.0
_FIGURE = re.compile(r"[\d.,]+\s*%?")


@dataclass(frozen=True)
class Segment:
    """Words of one line without a gap between them; places in points from the left edge of the page."""

    left: float
    right: float
    text: str


@dataclass(frozen=True)
class Row:
    """A line of the page: where it stands, its columns of text from left to right, and its words wherever a gap parts
    them, which are the cells of a table without rules."""

    top: float
    bottom: float
    segments: tuple[Segment, ...]
    cells: tuple[Segment, ...]


@dataclass(frozen=True)
class Aligned:
    """A table without rules: for each line that it takes the row as `| cell | cell |`, or nothing where the line only
    goes on with the row above."""

    lines: tuple[str, ...]


Column = tuple[float, float]


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure and nothing else."""
    return bool(_FIGURE.fullmatch(cell))


def row_of_cells(cells: Sequence[str]) -> str:
    """A row of a table as documents are read further."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def table_at(rows: Sequence[Row], start: int) -> Aligned | None:
    """The table that begins with the line `start`; `None` where none does.

    Two lines of at least three cells each that stand in the same columns make one. Lines between and below them belong
    to it while each of their cells stands in one column; a heading may reach over several.
    """
    if len(rows[start].cells) < _FEWEST_COLUMNS:
        return None
    near = _near(rows, start)
    columns = _columns(near)
    if columns is None:
        return None
    placed: list[list[str]] = []
    for row in near:
        cells = _placed(row, columns, heading=not any(any(map(is_figure, each)) for each in placed))
        if cells is None:
            break
        placed.append(cells)
    wide = [cells for cells in placed if len([cell for cell in cells if cell]) >= _FEWEST_COLUMNS]
    if len(wide) < _FEWEST_ROWS:
        return None
    return Aligned(tuple(row_of_cells(cells) if cells else "" for cells in _whole(placed)))


def _near(rows: Sequence[Row], start: int) -> list[Row]:
    """The lines from `start` on, up to a wide space or to one that runs across nearly all of them."""
    near = [rows[start]]
    width = rows[start].cells[-1].right - rows[start].cells[0].left
    for above, row in pairwise(islice(rows, start, start + _MOST_ROWS)):
        runs_across = len(row.cells) == 1 and row.cells[0].right - row.cells[0].left > _ACROSS * width
        if runs_across or row.top - above.bottom > BLOCK_GAP * (row.bottom - row.top):
            break
        near.append(row)
    return near


def _columns(rows: Sequence[Row]) -> list[Column] | None:
    """Where the columns stand, by the lines with as many cells as the fullest of them before the text goes on."""
    most = max(len(row.cells) for row in rows)
    full = [row.cells for row in rows if len(row.cells) == most]
    columns = [(cell.left, cell.right) for cell in full[0]]
    for cells in full[1:]:
        wider = [
            (min(left, cell.left), max(right, cell.right)) for (left, right), cell in zip(columns, cells, strict=True)
        ]
        if any(one[1] > other[0] for one, other in pairwise(wider)):
            return None
        columns = wider
    return columns


def _placed(row: Row, columns: Sequence[Column], heading: bool) -> list[str] | None:
    """The cells of a line, one for each column; `None` where it does not fit."""
    placed = [""] * len(columns)
    for cell in row.cells:
        under = [at for at, (left, right) in enumerate(columns) if cell.left < right + _NUDGE and cell.right > left]
        under = under or [at for at, (left, _) in enumerate(columns) if left <= cell.left][-1:]
        if not under or (len(under) > 1 and not heading) or len(under) == len(columns):
            return None
        if len(row.cells) == 1 and under == [0] and cell.right - cell.left > _WIDER * (columns[0][1] - columns[0][0]):
            return None
        for at in under:
            placed[at] = f"{placed[at]} {cell.text}".strip()
    return placed


def _whole(placed: Sequence[list[str]]) -> list[list[str]]:
    """The rows, a wrapped one whole again and empty where it went on: what stands below words, without a figure, under
    an empty first column."""
    whole: list[list[str]] = []
    last = 0
    for at, cells in enumerate(placed):
        wraps = at and not cells[0] and not any(map(is_figure, cells))
        if wraps and all(above for above, cell in zip(whole[last], cells, strict=True) if cell):
            whole[last] = [f"{above} {cell}".strip() for above, cell in zip(whole[last], cells, strict=True)]
            whole.append([])
        else:
            whole.append(cells)
            last = at
    return whole
