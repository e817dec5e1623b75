"""Which rungs of the ladder were written, towards which due day, and to which day officers put a reminder off."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select

from db import SaidRung, bulk
from db.tables import put_offs
from db.tables import rungs as table

Ladder = tuple[str, str, str, str]
"""The obligation, the union, the code of the period, and the due day (empty for the first one)."""


def say(connection: Connection, rungs: Iterable[SaidRung], now: datetime) -> None:
    """Note that these rungs are written; the same twice raises IntegrityError."""
    bulk.add(connection, table, SaidRung._fields, rungs, {"at": now})


def said(connection: Connection, periods: Collection[str], *, told: bool) -> Mapping[Ladder, frozenset[str]]:
    """The names of the rungs written for these periods, to the unions themselves or (`told`) to those above."""
    query = select(table.c.obligation, table.c.union, table.c.period, table.c.due, table.c.rung)
    query = query.where(table.c.period.in_(periods), table.c.told == told)
    found: dict[Ladder, set[str]] = {}
    for obligation, union, period, due, rung in connection.execute(query):
        found.setdefault((obligation, union, period, due), set()).add(rung)
    return {ladder: frozenset(names) for ladder, names in found.items()}


def newest(connection: Connection, obligation: str, union: str, period: str) -> SaidRung | None:
    """What was said to a union about one report last, towards whichever due day."""
    mine = (table.c.obligation == obligation, table.c.union == union, table.c.period == period, ~table.c.told)
    row = connection.execute(select(table).where(*mine).order_by(table.c.id.desc()).limit(1)).first()
    return SaidRung(row.obligation, row.union, row.period, row.due, row.rung, row.told) if row else None


def put_off(connection: Connection, ladder: Ladder, day: date) -> bool:
    """Say it again on that day; false where that is so already."""
    if day in days_put_off_to(connection, ladder):
        return False
    obligation, union, period, due = ladder
    values = {"obligation": obligation, "union": union, "period": period, "due": due, "day": day}
    connection.execute(insert(put_offs).values(values))
    return True


def days_put_off_to(connection: Connection, ladder: Ladder) -> tuple[date, ...]:
    """The days to which the reminders of one report were put off, the first one first."""
    columns = (put_offs.c.obligation, put_offs.c.union, put_offs.c.period, put_offs.c.due)
    mine = (column == value for column, value in zip(columns, ladder, strict=True))
    return tuple(connection.scalars(select(put_offs.c.day).where(*mine).order_by(put_offs.c.day)))


def put_off_to(connection: Connection, day: date) -> Mapping[Ladder, date]:
    """What was put off to that day."""
    query = select(put_offs).where(put_offs.c.day == day)
    return {(row.obligation, row.union, row.period, row.due): row.day for row in connection.execute(query)}


def times_put_off(connection: Connection, periods: Collection[str]) -> Mapping[Ladder, int]:
    """How often each report of these periods was put off that was."""
    columns = (put_offs.c.obligation, put_offs.c.union, put_offs.c.period, put_offs.c.due)
    query = select(*columns, func.count()).where(put_offs.c.period.in_(periods)).group_by(*columns)
    rows = connection.execute(query)
    return {(obligation, union, period, due): count for obligation, union, period, due, count in rows}
