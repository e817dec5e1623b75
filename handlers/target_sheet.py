"""Targets in a spreadsheet: a line for each union, indicator and year. All of it is given, or nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.assigning import Assignment
from handlers.indicator_names import find_indicators
from handlers.phrasebook import Phrases
from handlers.progress_words import indicator_name
from handlers.spreadsheets import Fault, Page, Row, Table, Unreadable, read_rows, workbook
from handlers.target_lines import read_figure
from handlers.union_names import Names, names_of
from knowledge import Union
from knowledge.indicators import indicators

_YEAR = re.compile(r"20[1-9]\d")
_COLUMNS = ("union", "indicator", "year", "figure")


@dataclass(frozen=True)
class Plan:
    """What a spreadsheet asks for: the targets in its order, all that is wrong, how many lines name no figure."""

    wanted: tuple[Assignment, ...]
    faults: tuple[Fault, ...]
    blank: int = 0


def read_sheet(name: str, content: bytes, candidates: Mapping[str, Union]) -> Plan:
    """Read the targets of a file for these unions (by code); a line without a figure is passed over."""
    try:
        table, columns = _table(name, content)
    except Unreadable as error:
        return Plan((), (error.fault,))
    wanted: dict[tuple[str, str, int, str], int] = {}
    listed: list[Assignment] = []
    faults = list(table.faults)
    names = names_of(candidates)
    blank = 0
    for row in table.rows:
        if not row[columns[3]]:
            blank += 1
            continue
        read = _read(row, columns, names)
        if isinstance(read, Assignment):
            same = (read.union, read.indicator, read.year, read.unit)
            if same in wanted:
                faults.append(Fault("target-sheet-twice", row.number, columns[0], {"row": str(wanted[same])}))
                continue
            wanted[same] = row.number
            listed.append(read)
        else:
            faults += read
    return Plan(tuple(listed), tuple(sorted(set_once(faults), key=lambda each: each.row)), blank)


def set_once(faults: Sequence[Fault]) -> list[Fault]:
    """One fault for each cell: an unreadable cell is not also called empty."""
    once: dict[tuple[int, str], Fault] = {}
    for each in faults:
        once.setdefault((each.row, each.column), each)
    return list(once.values())


def template(unions: Sequence[Union], year: int, phrases: Phrases) -> bytes:
    """An .xlsx file to fill in: a line for each of these unions, and a page with the names of the indicators."""
    lines = [
        (union.code, union.name, indicator_name("new_members", phrases), year, None)
        for union in sorted(unions, key=lambda each: each.code)
    ]
    code, indicator, *rest = _columns(phrases)
    named_columns = (code, phrases.say("target-column-name"), indicator, *rest)
    pages = (
        Page(phrases.say("target-sheet-title"), named_columns, lines, (14, 44, 36, 10, 14)),
        Page(
            phrases.say("target-sheet-names"),
            (indicator, phrases.say("target-column-unit")),
            [
                (indicator_name(key, phrases), phrases.say("progress-counted", figure="…", unit=row.unit))
                for key, row in indicators().items()
            ],
            (64, 26),
        ),
        Page(
            phrases.say("target-sheet-help"),
            (phrases.say("target-sheet-help"),),
            [(line,) for line in phrases.say("target-sheet-explained").split("\n")],
            (100,),
        ),
    )
    return workbook(pages)


def _columns(phrases: Phrases) -> tuple[str, ...]:
    return tuple(phrases.say(f"target-column-{column}") for column in _COLUMNS)


def _table(name: str, content: bytes) -> tuple[Table, tuple[str, ...]]:
    """The table by its Vietnamese or its English columns; raises `Unreadable` about the Vietnamese ones."""
    vi, en = _columns(Phrases("vi")), _columns(Phrases("en"))
    try:
        return read_rows(name, content, vi), vi
    except Unreadable:
        try:
            return read_rows(name, content, en), en
        except Unreadable:
            pass
        raise


def _read(row: Row, columns: Sequence[str], names: Names) -> Assignment | list[Fault]:
    """One line, or everything that is wrong in it."""
    union, indicator, year, figure = (row[column] for column in columns)
    faults = [Fault("target-sheet-empty", row.number, column) for column in columns if not row[column]]
    known = names.find(union)
    if union and known is None:
        faults.append(Fault("target-sheet-no-union", row.number, columns[0], {"found": union}))
    meant = find_indicators(indicator, percent=figure.endswith("%")) if indicator else ()
    if indicator and len(meant) != 1:
        phrase = "target-sheet-which-indicator" if meant else "target-sheet-no-indicator"
        faults.append(Fault(phrase, row.number, columns[1], {"found": indicator}))
    if year and not _YEAR.fullmatch(year):
        faults.append(Fault("target-sheet-no-year", row.number, columns[2], {"found": year}))
    value, unit = read_figure(figure, meant[0] if len(meant) == 1 else None)
    if value is None:
        faults.append(Fault("target-sheet-no-figure", row.number, columns[3], {"found": figure}))
    if faults or known is None or value is None or unit is None:
        return faults
    return Assignment(known.code, meant[0], int(year), value, unit)
