"""The whole digest as a workbook: who is late, who is silent, who cannot be reached; by branch where there are some."""

from collections.abc import Iterator
from datetime import date

from handlers import Attachment
from handlers.digest_state import Late, Snapshot, State
from handlers.months import month_name, period_name
from handlers.phrasebook import Phrases
from handlers.rollup import RollUp
from handlers.spreadsheets import XLSX_TYPE, Page, workbook
from knowledge import Union

Row = tuple[str | float | date | None, ...]

CODE, NAME, SHORT, LONG = 14, 44, 16, 50
"""The widths of columns, in characters."""


def sheet(union: Union, known: Snapshot, state: State, found: RollUp | None, phrases: Phrases) -> Attachment:
    """The workbook for the staff of `union`."""
    late = [
        *(_late(known, each, phrases) for each in state.late),
        *(_away(known, each, phrases) for each in state.away),
    ]
    columns = ("code", "union", "above", "title", "period", "due", "days", "why", "heard")
    pages = [
        *([_branches(found, phrases)] if found else []),
        _page("late", columns, late, (CODE, NAME, NAME, LONG, SHORT, SHORT, SHORT, NAME, SHORT), phrases),
        _page("silent", ("code", "union", "above", "period"), _silent(known, state, phrases), (), phrases),
        _page("unreachable", ("code", "union", "above", "why"), _unreachable(known, state, phrases), (), phrases),
    ]
    name = phrases.say("digest-sheet-file", union=union.code, day=known.today.isoformat())
    return Attachment(f"{name}.xlsx", XLSX_TYPE, workbook(pages))


def _page(name: str, columns: tuple[str, ...], rows: list[Row], widths: tuple[int, ...], phrases: Phrases) -> Page:
    titles = tuple(phrases.say(f"digest-sheet-{column}") for column in columns)
    return Page(phrases.say(f"digest-sheet-{name}"), titles, rows, widths or (CODE, NAME, NAME, SHORT))


def _called(known: Snapshot, union: Union) -> tuple[str, str, str]:
    """The code and name of a union, and the name of the one above it."""
    above = known.tree.unions.get(union.parent)
    return union.code, union.name, above.name if above else ""


def _late(known: Snapshot, late: Late, phrases: Phrases) -> Row:
    why = phrases.say(f"digest-{late.why}")
    heard = late.heard.date() if late.heard else None
    return (*_report(known, late, phrases), why, heard)


def _away(known: Snapshot, late: Late, phrases: Phrases) -> Row:
    return (*_report(known, late, phrases), phrases.say("digest-sheet-away"), late.heard.date() if late.heard else None)


def _report(known: Snapshot, late: Late, phrases: Phrases) -> Row:
    title, period = known.titles[late.owed.obligation], period_name(late.owed.period, phrases)
    return (*_called(known, late.union), title, period, late.owed.due, late.days)


def _silent(known: Snapshot, state: State, phrases: Phrases) -> list[Row]:
    return [(*_called(known, union), month_name(period, phrases)) for union, period in state.silent]


def _unreachable(known: Snapshot, state: State, phrases: Phrases) -> list[Row]:
    return [(*_called(known, union), phrases.say(f"digest-{why}")) for union, why in state.unreachable]


def _branches(found: RollUp, phrases: Phrases) -> Page:
    """A line for each branch and period that was due, the newest period first."""
    columns = ("code", "union", "period", "owed", "on-time", "came-late", "missing", "share")
    rows = list(_rates(found, phrases))
    return _page("branches", columns, rows, (CODE, NAME, *(SHORT for _ in columns[2:])), phrases)


def _rates(found: RollUp, phrases: Phrases) -> Iterator[Row]:
    for branch in found.branches:
        code = branch.union.code if branch.union else ""
        name = branch.union.name if branch.union else phrases.say("rollup-direct")
        for period, rate in reversed(list(zip(found.periods, branch.rates, strict=True))):
            counts = (rate.owed, rate.on_time, rate.came_late, rate.missing, rate.percent)
            yield (code, name, period_name(period, phrases), *counts)
