"""The monthly figures of a year for many unions at once; one union's month is on the shelf `checkins`."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from db.tables import checkins as table
from db.tables import unions


class Month(NamedTuple):
    """The figures that stand for one month ("2025-03"): the answers of the last revision, by the key of their field."""

    period: str
    form: str
    version: int
    answers: dict[str, Any]
    received_at: datetime


def of_year(connection: Connection, year: int, codes: Collection[str]) -> dict[str, tuple[Month, ...]]:
    """For every one of these unions that sent figures: the months of the year in their order."""
    query = (
        select(table)
        .where(table.c.period >= f"{year}-01", table.c.period <= f"{year}-12")
        .order_by(table.c.union, table.c.period, table.c.revision)
    )
    if len(codes) == 1:
        query = query.where(table.c.union == next(iter(codes)))
    standing: dict[str, dict[tuple[str, str], Month]] = {}
    for row in connection.execute(query):
        if row.union in codes:
            month = Month(row.period, row.form, row.version, row.answers, row.received_at)
            standing.setdefault(row.union, {})[row.form, row.period] = month
    return {code: tuple(months.values()) for code, months in standing.items()}


def opened(connection: Connection, codes: Collection[str]) -> dict[str, date]:
    """The day on which each of these unions began, where it is known: before it there was nothing to count."""
    query = select(unions.c.code, unions.c.opened).where(unions.c.opened.is_not(None))
    if len(codes) == 1:
        query = query.where(unions.c.code == next(iter(codes)))
    return {row.code: row.opened for row in connection.execute(query) if row.code in codes}
