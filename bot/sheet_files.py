"""Spreadsheets at the command line: read with every mistake named, written to where the operator says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app import OfficeError
from handlers.phrasebook import Phrases
from handlers.spreadsheets import Page, Table, Unreadable, csv_file, in_words, read_rows, workbook

MOST_SHOWN = 200
"""An operator who reads more mistakes than this at once is better served by the first ones."""


@dataclass(frozen=True)
class Mistake:
    """What is wrong at a row and column; row 0 is the file as a whole."""

    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        if not self.row:
            return self.problem
        return f"row {self.row}, column {self.column}: {self.problem}"


def read_table(file: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """The table in a file of the operator; raises `OfficeError` for a file without one, or with none of its rows."""
    try:
        table = read_rows(file.name, file.read_bytes(), columns, optional)
    except Unreadable as error:
        said = in_words(error.fault, Phrases("en"))
        raise OfficeError(said if file.name in said else f"{file.name}: {said}") from error
    if not table.rows:
        raise OfficeError(f"{file.name}: the table has no rows below its header line")
    return table


def refuse(file: Path, table: Table, mistakes: Iterable[Mistake]) -> None:
    """Raise `OfficeError` with everything that is wrong, by row; does nothing where all is well."""
    known = {(fault.row, fault.column) for fault in table.faults}
    listed = [(each.row, str(each)) for each in mistakes if (each.row, each.column) not in known]
    listed += [(fault.row, in_words(fault, Phrases("en"))) for fault in table.faults]
    if not listed:
        return
    lines = [line for _, line in sorted(listed, key=lambda each: each[0])]
    if len(lines) > MOST_SHOWN:
        lines = [*lines[:MOST_SHOWN], f"… and {len(lines) - MOST_SHOWN} more"]
    count = "1 mistake" if len(listed) == 1 else f"{len(listed)} mistakes"
    raise OfficeError("\n".join((f"{file.name}: {count}, nothing was written", *lines)))


def write(out: Path, pages: Sequence[Page]) -> None:
    """Write an .xlsx file with these sheets, or the first of them as .csv; raises `OfficeError` for other endings."""
    kinds = {".xlsx": lambda: workbook(pages), ".csv": lambda: csv_file(pages[0])}
    make = kinds.get(out.suffix.lower())
    if make is None:
        raise OfficeError(f"{out.name}: only .xlsx and .csv can be written")
    try:
        out.write_bytes(make())
    except OSError as error:
        raise OfficeError(f"{out} cannot be written ({error.strerror}). Choose another --out.") from error
