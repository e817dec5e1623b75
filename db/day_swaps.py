"""The days that the staff entered: off although people would work, or worked although they would be off."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from sqlalchemy import Connection, Select, delete, insert, select

from db.once import forget, once
from db.tables import day_swaps as table

_NAME = "day swaps"


def put(connection: Connection, day: date, *, works: bool, officer: int | None, now: datetime) -> None:
    """From now on that day is worked, or off; what was entered before is replaced."""
    connection.execute(delete(table).where(table.c.day == day))
    connection.execute(insert(table).values(day=day, works=works, entered_by=officer, entered_at=now))
    forget(connection, _NAME)


def remove(connection: Connection, day: date) -> bool:
    """That day is again what the law says; false where nothing was entered."""
    forget(connection, _NAME)
    return connection.execute(delete(table).where(table.c.day == day)).rowcount == 1


def every(connection: Connection) -> Mapping[date, bool]:
    """All days that were entered, in their order, with whether people work on them."""
    return once(connection, _NAME, lambda: {row.day: row.works for row in connection.execute(_every())})


@cache
def _every() -> Select[date, bool]:
    """Built once, as every turn reads them."""
    return select(table.c.day, table.c.works).order_by(table.c.day)
