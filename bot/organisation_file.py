"""The organisation as a table: one row for each union that is or was there.

`code`, `name`, `level`, `parent`, `sector` must be there; the others may be missing, and where one of their cells is
empty, what is known stays as it is ("-" empties it). `opened` and `closed` are the first day and the first day after
the last one, `successor` the codes of those who took over then (`A; B`), `former_parents` and `former_names` what held
before and until which day: `PR until 2025-07-01; -` is nobody.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

from bot.sheet_files import Mistake
from db.tree import ALWAYS, Flaw, UnionHistory, flaws, history_of, moved, renamed
from handlers.spreadsheets import Page, Row, Table, day_of

COLUMNS = ("code", "name", "level", "parent", "sector")
OPTIONAL = ("opened", "closed", "successor", "former_parents", "former_names")
WIDTHS = (16, 48, 14, 16, 14, 14, 14, 20, 30, 40)

NOTHING = "-"
"""In a cell: what was known no longer holds."""

CODE = re.compile(r"[\w.-]+")
"""Codes stand in the keys of letters and in the ids of buttons, which are taken apart at colons."""

LONGEST_CODE = 32
"""In bytes: an id of a button holds 64, and a code is only a part of it."""

LONGEST = {"level": 40, "sector": 40, "name": 300}
_UNTIL = re.compile(r"\s*(?P<what>.+?)\s+until\s+(?P<day>[\d/.-]+)\s*(?:;|$)")

_COLUMN_OF = {
    "unknown_parent": "parent",
    "own_parent": "parent",
    "circle": "parent",
    "order": "former_parents",
    "unknown_successor": "successor",
    "own_successor": "successor",
    "closed_successor": "successor",
    "days": "closed",
    "children": "closed",
    "unopened": "parent",
}


@dataclass(frozen=True)
class Wanted:
    """What the file asks for: the unions of its rows as they will be, and everything that is wrong with that."""

    unions: Mapping[str, UnionHistory]
    mistakes: tuple[Mistake, ...]


def wanted(table: Table, known: Mapping[str, UnionHistory], on: date) -> Wanted:
    """Read the rows on top of what is `known`.

    A change happens on the day that the file gives it; a union that gets another parent moves when the former one
    closes. Everything else happens on `on`.
    """
    closing = {row["code"]: day for row in table.rows if (day := day_of(row["closed"]))}
    found: dict[str, UnionHistory] = {}
    rows: dict[str, int] = {}
    mistakes: list[Mistake] = []
    for row in table.rows:
        code = row["code"]
        mistakes += _plain_mistakes(row, rows)
        if code and code not in rows:
            rows[code] = row.number
            found[code] = _Reader(row, closing, mistakes.append).union(known.get(code), on)
    mistakes += _flaws_in_rows({**known, **found}, rows)
    return Wanted(found, tuple(mistakes))


def _plain_mistakes(row: Row, rows: Mapping[str, int]) -> Iterator[Mistake]:
    """What can be seen without knowing any other union than those of the rows before."""
    for column in ("code", "name", "level"):
        if not row[column]:
            yield Mistake(row.number, column, "it is empty")
    for column, most in LONGEST.items():
        if len(row[column]) > most:
            yield Mistake(row.number, column, f"it is longer than {most} characters")
    code = row["code"]
    if code and not CODE.fullmatch(code):
        yield Mistake(row.number, "code", f"{code!r} holds more than letters, digits, - . and _")
    elif len(code.encode()) > LONGEST_CODE:
        yield Mistake(row.number, "code", f"{code} is longer than {LONGEST_CODE} bytes")
    if code in rows:
        yield Mistake(row.number, "code", f"{code} stands in row {rows[code]} already")


Kept = TypeVar("Kept")


class _Reader:
    """Reads one row; what is wrong with a cell goes to `complain`, and the cell counts as empty."""

    def __init__(self, row: Row, closing: Mapping[str, date], complain: Callable[[Mistake], object]) -> None:
        self.row = row
        self.closing = closing
        self.complain = complain

    def union(self, before: UnionHistory | None, on: date) -> UnionHistory:
        """The union of this row, as it was and as the row wants it."""
        row = self.row
        if before is None:
            parents = history_of(((ALWAYS, row["parent"]),))
            before = UnionHistory(row["code"], row["name"], row["level"], row["sector"], parents=parents)
        after = self._above(self._called(before, on), on)
        after = replace(after, level=row["level"], sector=row["sector"])
        closed = self._unless_empty("closed", self._day, after.closed)
        successors = self._unless_empty("successor", self._codes, after.successors) or ()
        if row["successor"] not in ("", NOTHING) and row["closed"] in ("", NOTHING) and closed is None:
            self._wrong("closed", "it is empty: on which day does the successor take over?")
        return replace(
            after,
            opened=self._unless_empty("opened", self._day, after.opened),
            closed=closed,
            successors=successors if closed else (),
        )

    def _called(self, union: UnionHistory, on: date) -> UnionHistory:
        former = self._unless_empty("former_names", self._until, union.names) or ()
        if former != union.names:
            return replace(union, name=self.row["name"], names=former)
        return renamed(union, self.row["name"], on)

    def _above(self, union: UnionHistory, on: date) -> UnionHistory:
        parent, known = self.row["parent"], former_parents(union)
        former = self._unless_empty("former_parents", self._until, known) or ()
        if former != known:
            since = (ALWAYS, *(until for until, _ in former))
            above = ("" if code == NOTHING else code for code in (*(code for _, code in former), parent))
            return replace(union, parents=history_of(tuple(zip(since, above, strict=True))))
        if union.parent == parent:
            return union
        return moved(union, parent, self.closing.get(union.parent, on))

    def _unless_empty(self, column: str, read: Callable[[str, str], Kept | None], known: Kept | None) -> Kept | None:
        text = self.row[column]
        if not text:
            return known
        return None if text == NOTHING else read(column, text)

    def _day(self, column: str, text: str) -> date | None:
        day = day_of(text)
        if day is None:
            self._wrong(column, f"{text!r} is no day: write it as 01/07/2025, or give the column the format of a date")
        return day

    def _codes(self, _: str, text: str) -> tuple[str, ...]:
        return tuple(sorted({code.strip() for code in text.split(";") if code.strip()}))

    def _until(self, column: str, text: str) -> tuple[tuple[date, str], ...] | None:
        """What held before, oldest first: `X until 2020-01-01; Y until 2025-07-01`."""
        found, at = [], 0
        for part in _UNTIL.finditer(text):
            day = self._day(column, part["day"]) if part.start() == at else None
            at = part.end()
            if day is not None:
                found.append((day, part["what"]))
        if text[at:].strip() or not found:
            self._wrong(column, f"{text!r} cannot be read: write it as “PR until 2025-07-01; X until 2020-01-01”")
            return None
        return tuple(sorted(found))

    def _wrong(self, column: str, problem: str) -> None:
        self.complain(Mistake(self.row.number, column, problem))


def former_parents(union: UnionHistory) -> tuple[tuple[date, str], ...]:
    """Who stood above the union before, each with the first day on which they no longer did; "-" for nobody."""
    above = union.parents if not union.parents or union.parents[0][0] == ALWAYS else ((ALWAYS, ""), *union.parents)
    return tuple((until, code or NOTHING) for (_, code), (until, _) in pairwise(above))


def _flaws_in_rows(after: Mapping[str, UnionHistory], rows: Mapping[str, int]) -> Iterator[Mistake]:
    """What is wrong with the tree as a whole, at the row that brings it about."""
    found = list(flaws(after))
    circles = any(flaw.kind == "circle" and flaw.union in rows for flaw in found)
    for flaw in found:
        if circles and flaw.kind == "circle" and flaw.union not in rows:
            continue  # the same circle, seen from a union that the file does not speak of
        at = next((code for code in (flaw.union, *flaw.others) if code in rows), None)
        said = str(flaw) if at == flaw.union else f"{flaw.union}: {flaw}"
        yield Mistake(rows[at] if at else 0, _column(flaw, after), said)


def _column(flaw: Flaw, after: Mapping[str, UnionHistory]) -> str:
    if flaw.kind == "unknown_parent" and flaw.others != (after[flaw.union].parent,):
        return "former_parents"
    return _COLUMN_OF[flaw.kind]


def page(title: str, unions: Iterator[UnionHistory] | list[UnionHistory]) -> Page:
    """The unions as a sheet that `wanted` reads back to the same."""
    return Page(title, (*COLUMNS, *OPTIONAL), (_cells(each) for each in unions), WIDTHS)


def _cells(union: UnionHistory) -> tuple[str | date | None, ...]:
    head = (union.code, union.name, union.level, union.parent, union.sector, union.opened, union.closed)
    return (*head, "; ".join(union.successors), _said(former_parents(union)), _said(union.names))


def _said(former: tuple[tuple[date, str], ...]) -> str:
    return "; ".join(f"{what} until {until.isoformat()}" for until, what in former)


def changes(known: Mapping[str, UnionHistory], asked: Mapping[str, UnionHistory]) -> tuple[str, ...]:
    """What will be different, in words: first how much of each kind, then union by union."""
    lines: list[str] = []
    counts: Counter[str] = Counter()
    for code, after in asked.items():
        before = known.get(code)
        for kind, line in [("added", _added(after))] if before is None else _differences(before, after):
            counts[kind] += 1
            lines.append(line)
    left = len(known.keys() - asked.keys())
    head = f"{counts['added']} unions added, {counts['changed']} changed, {counts['moved']} moved"
    head += f", {counts['closed']} closed" + (f"; {left} that the file does not name stay as they are" if left else "")
    return (head, *lines)


def _added(union: UnionHistory) -> str:
    return f"+ {union.code}: {union.name} ({union.level}" + (f", below {union.parent})" if union.parent else ")")


def _differences(before: UnionHistory, after: UnionHistory) -> Iterator[tuple[str, str]]:
    fields = ("name", "level", "sector", "opened", "names")
    parts = [
        f"{name} {_value(before, name)} → {_value(after, name)}" for name in fields if _differ(before, after, name)
    ]
    if parts:
        yield "changed", f"~ {after.code}: {', '.join(parts)}"
    if before.parents != after.parents:
        since = after.parents[-1][0] if after.parents else ALWAYS
        day = f" from {since.isoformat()}" if since > ALWAYS else ""
        yield "moved", f"> {after.code}: below {before.parent or 'nobody'} → below {after.parent or 'nobody'}{day}"
    if (before.closed, before.successors) != (after.closed, after.successors):
        heirs = f", {', '.join(after.successors)} takes over" if after.successors else ""
        ends = f"closed from {after.closed.isoformat()}{heirs}" if after.closed else "open again"
        yield "closed", f"x {after.code}: {ends}"


def _differ(before: UnionHistory, after: UnionHistory, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _value(union: UnionHistory, name: str) -> str:
    value = getattr(union, name)
    return f"“{_said(value)}”" if name == "names" else f"“{value or ''}”"
