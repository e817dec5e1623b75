"""Spreadsheets: rows out of what people send (.xlsx or .csv), and workbooks written for them.

Every cell becomes text as its reader sees it: a date as 2025-07-01, a whole number without a point, a share of a
hundred as 80%. What cannot be taken as it stands is a `Fault` with its row and column, so that all can be said at once.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from handlers.phrasebook import Phrases
from knowledge.packages import DAMAGED

# The library is imported where a workbook is opened: a process that only answers stays small.
# ruff: noqa: PLC0415

HEADER_WITHIN = 20
"""The header line stands among the first lines; a title may stand above it."""

MOST_ROWS = 300_000
LARGEST = 500_000_000
"""No honest workbook unpacks to more bytes than this."""

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DELIMITERS = ",;\t"
_DAY = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"|(?P<day_after>\d\d?)[/.-](?P<month_after>\d\d?)[/.-](?P<year_after>\d{4})"
)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a spreadsheet: the name of the phrase that says it, with its `details`, and where it stands.

    `row` is counted as the program that shows the file counts it; 0 means the file as a whole.
    """

    phrase: str
    row: int = 0
    column: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


class Unreadable(ValueError):
    """The file holds no table that could be read; `fault` says why."""

    def __init__(self, phrase: str, **details: str) -> None:
        super().__init__(phrase)
        self.fault = Fault(phrase, details=details)


@dataclass(frozen=True)
class Row:
    """One line of a table with its number; an empty cell and one whose column is missing are the empty text."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    """What was read: the lines that hold something, what is wrong in them, the known columns and those passed over."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    columns: tuple[str, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One sheet to be written: its tab, its header line, its lines; `widths` are in characters, by column."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[str | float | date | None]]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Grid:
    """A sheet as text: line number → cells; faults by (line, place in the line)."""

    title: str
    lines: Mapping[int, tuple[str, ...]]
    faults: Mapping[tuple[int, int], Fault]
    widest: int | None = None


def read_rows(name: str, content: bytes, columns: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """The table with these columns in a file called `name`: the first sheet whose header line names them all.

    `optional` columns are read where they are there. Raises `Unreadable` when there is no such table.
    """
    grids = _grids_of_workbook(content) if content.startswith(b"PK") else _grids_of_text(name, content)
    grid, top = _with_header(grids, columns)
    return _table(grid, top, (*columns, *optional))


def in_words(fault: Fault, phrases: Phrases) -> str:
    """A fault as a line for whoever sent the file: where it is, and what to do."""
    said = phrases.say(fault.phrase, **fault.details)
    if not fault.row:
        return said
    place = "sheet-place" if fault.column else "sheet-place-row"
    return phrases.say(place, row=str(fault.row), column=fault.column, problem=said)


def day_of(text: str) -> date | None:
    """The day that a cell means, written 2025-07-01 or 1/7/2025; `None` where it is none."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(found[name] or found[name + "_after"]) for name in ("year", "month", "day"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def workbook(pages: Sequence[Page]) -> bytes:
    """An .xlsx file with these sheets: the header stands out and stays in sight, text stays text."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for page in pages:
        sheet = book.create_sheet(_tab(page.title))
        sheet.freeze_panes = "A2"
        for place, column in enumerate(page.columns):
            width = page.widths[place] if place < len(page.widths) else max(12, len(column) + 4)
            sheet.column_dimensions[get_column_letter(place + 1)].width = width
        sheet.append([_header(sheet, column) for column in page.columns])
        for row in page.rows:
            sheet.append([_cell(sheet, value) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def csv_file(page: Page) -> bytes:
    """The same rows as CSV in UTF-8 with a mark at the beginning, by which Excel knows it."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(page.columns)
    lines.writerows([_text(value, "") for value in row] for row in page.rows)
    return text.getvalue().encode("utf-8-sig")


def _tab(title: str) -> str:
    return "".join(" " if c in "[]:*?/\\" else c for c in title)[:31]


def _header(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="1F4E78")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _cell(sheet: Any, value: str | float | date | None) -> Any:
    """A value to append; only what needs a shape of its own becomes a cell, which is slow."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if isinstance(value, str):
        value = _NOT_IN_XML.sub("", value)
        if not value.startswith("=") and "\n" not in value:
            return value
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"  # what begins with = is somebody's text, not a formula to be run
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, datetime(value.year, value.month, value.day))  # noqa: DTZ001 - a day has no zone
        cell.number_format = "dd/mm/yyyy"
        return cell
    return value


def _grids_of_text(name: str, content: bytes) -> Iterator[_Grid]:
    """A CSV file once for each way to part its cells: Excel writes semicolons where the comma is for decimals."""
    if content.startswith(_OLD_EXCEL):
        raise Unreadable("sheet-old-excel", file=name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable("sheet-not-utf8", file=name, line=str(line)) from error
    first, _, rest = text.partition("\n")
    skipped = 1 if first.strip().lower().startswith("sep=") else 0
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(rest if skipped else text, newline=""), delimiter=delimiter)
        lines: dict[int, tuple[str, ...]] = {}
        try:
            for number, cells in enumerate(reader, start=1 + skipped):
                lines[number] = tuple(map(_clean, cells))
        except csv.Error as error:
            raise Unreadable("sheet-bad-csv", file=name, line=str(reader.line_num), reason=str(error)) from error
        yield _Grid("", lines, {}, widest=0)


def _grids_of_workbook(content: bytes) -> Iterator[_Grid]:
    """The sheets of a workbook, one after the other."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    broken: tuple[type[Exception], ...] = (InvalidFileException, *DAMAGED)
    merged = _looked_into(content)
    try:
        # Only what is read as a whole knows its merged cells; it takes five times the room.
        book = load_workbook(io.BytesIO(content), read_only=not merged, keep_links=False)
        for sheet in book.worksheets:
            if not merged:
                sheet.reset_dimensions()  # some programs write a size that is too small
            grid, formulas = _read(sheet)
            yield _computed(grid, formulas, content) if formulas else grid
    except Unreadable:
        raise
    except broken as error:
        raise Unreadable("sheet-damaged") from error


def _looked_into(content: bytes) -> bool:
    """Whether any sheet has merged cells; raises `Unreadable` for what is no workbook or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > LARGEST:
                raise Unreadable("sheet-too-large")
            names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            if not names:
                raise Unreadable("sheet-no-workbook")
            return any(b"<mergeCell " in archive.read(name) for name in names)
    except Unreadable:
        raise
    except DAMAGED as error:
        raise Unreadable("sheet-damaged") from error


def _read(sheet: Any) -> tuple[_Grid, set[tuple[int, int]]]:
    """A sheet as text, and where formulas stand in it."""
    lines: dict[int, tuple[str, ...]] = {}
    faults: dict[tuple[int, int], Fault] = {}
    formulas: set[tuple[int, int]] = set()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        filled = [(place, cell) for place, cell in enumerate(cells) if cell.value is not None]
        line = [""] * len(cells)
        for place, cell in filled:
            if cell.data_type == "f":
                formulas.add((number, place))
            elif cell.data_type == "e":
                faults[number, place] = Fault("sheet-error-value", details={"found": str(cell.value)})
            else:
                line[place] = _text(cell.value, cell.number_format if cell.data_type == "n" else "")
        if filled:
            lines[number] = tuple(line)
    for area in getattr(sheet, "merged_cells", None) or ():
        if area.max_row > area.min_row:
            faults[area.min_row, area.min_col - 1] = Fault("sheet-merged", details={"area": area.coord})
    return _Grid(sheet.title, lines, faults), formulas


def _computed(grid: _Grid, formulas: set[tuple[int, int]], content: bytes) -> _Grid:
    """The grid with what its formulas gave when the file was last saved; a fault where nothing was kept."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    values, _ = _read(book[grid.title])
    faults = {**grid.faults, **{at: fault for at, fault in values.faults.items() if at in formulas}}
    lines = dict(grid.lines)
    for number, place in sorted(formulas):
        line = values.lines.get(number, ())
        text = line[place] if place < len(line) else ""
        if not text and (number, place) not in faults:
            faults[number, place] = Fault("sheet-formula")
        lines[number] = (*lines[number][:place], text, *lines[number][place + 1 :])
    return _Grid(grid.title, lines, faults)


def _text(value: Any, shape: str) -> str:
    """A value as its reader sees it; `shape` is the number format of its cell."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | int) and not isinstance(value, bool):
        if "%" in shape:
            return f"{round(value * 100, 6):g}%"
        return str(int(value)) if float(value).is_integer() else repr(value)
    return _clean(str(value))


def _clean(text: str) -> str:
    """One form of each letter, without spaces around it (a no-break space neither)."""
    return unicodedata.normalize("NFC", text).strip()


def _with_header(grids: Iterable[_Grid], columns: Sequence[str]) -> tuple[_Grid, int]:
    """The first sheet that has these columns, and the number of its header line."""
    nearest: list[str] = list(columns)
    titles = []
    for grid in grids:
        titles.append(grid.title)
        filled = [number for number, line in grid.lines.items() if any(line)]
        for number in filled[:HEADER_WITHIN]:
            names = {cell.casefold() for cell in grid.lines[number]}
            missing = [column for column in columns if column not in names]
            if not missing:
                return grid, number
            nearest = min(nearest, missing, key=len)
    if len(titles) > 1 and any(titles):
        raise Unreadable("sheet-no-table", sheets=", ".join(titles), columns=", ".join(nearest))
    raise Unreadable("sheet-missing-columns", columns=", ".join(nearest))


def _table(grid: _Grid, top: int, known: Sequence[str]) -> Table:
    """The lines below the header, as rows."""
    header = [cell.casefold() for cell in grid.lines[top]]
    twice = sorted({name for name in header if name in known and header.count(name) > 1})
    if twice:
        raise Unreadable("sheet-column-twice", columns=", ".join(twice))
    places = {name: header.index(name) for name in known if name in header}
    numbers = [number for number, line in grid.lines.items() if number > top and any(line)]
    if len(numbers) > MOST_ROWS:
        raise Unreadable("sheet-too-long", most=str(MOST_ROWS))
    rows = tuple(
        Row(number, {name: grid.lines[number][at] for name, at in places.items() if at < len(grid.lines[number])})
        for number in numbers
    )
    used = {at: name for name, at in places.items()}
    faults = [
        Fault(fault.phrase, number, used[place], fault.details)
        for (number, place), fault in sorted(grid.faults.items())
        if number > top and place in used
    ]
    if grid.widest is not None:
        wide = [number for number in numbers if any(grid.lines[number][len(header) :])]
        faults += [Fault("sheet-too-wide", number) for number in wide]
    ignored = tuple(cell for cell in grid.lines[top] if cell and cell.casefold() not in known)
    return Table(rows, tuple(sorted(faults, key=lambda each: each.row)), tuple(places), ignored)
