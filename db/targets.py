"""Figures that staff assigned to unions; what was withdrawn or replaced stays, with its dates."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from db import AssignedTarget
from db.tables import officers
from db.tables import targets as table


def _all() -> Select[tuple[Any, ...]]:
    return select(table, officers.c.union.label("giver")).outerjoin(officers, officers.c.id == table.c.assigned_by)


def _target(row: Row[tuple[Any, ...]]) -> AssignedTarget:
    return AssignedTarget(
        id=row.id,
        union=row.union,
        indicator=row.indicator,
        period=row.period,
        comparator=row.comparator,
        value=row.value,
        unit=row.unit,
        source=row.source,
        giver=row.giver or "",
        assigned_at=row.assigned_at,
        withdrawn_at=row.withdrawn_at,
    )


def assign(
    connection: Connection,
    union: str,
    indicator: str,
    period: str,
    value: float,
    unit: str,
    *,
    comparator: str = ">=",
    source: str | None = None,
    officer: int | None,
    now: datetime,
) -> AssignedTarget:
    """Give a union a figure for a year; one that it had for the same counts as withdrawn from now on.

    A percentage and a count of the same indicator are two targets. `officer` is the post that assigns, `None` for the
    operator's command line.
    """
    same = (table.c.union == union, table.c.indicator == indicator, table.c.period == period, table.c.unit == unit)
    connection.execute(update(table).where(*same, table.c.withdrawn_at.is_(None)).values(withdrawn_at=now))
    made = connection.execute(
        insert(table).values(
            union=union,
            indicator=indicator,
            period=period,
            comparator=comparator,
            value=value,
            unit=unit,
            source=source,
            assigned_by=officer,
            assigned_at=now,
        )
    )
    assert made.inserted_primary_key is not None
    return _target(connection.execute(_all().where(table.c.id == made.inserted_primary_key[0])).one())


def withdraw(connection: Connection, number: int, now: datetime) -> None:
    """The figure no longer holds; nothing happens to one that was withdrawn before."""
    mine = (table.c.id == number, table.c.withdrawn_at.is_(None))
    connection.execute(update(table).where(*mine).values(withdrawn_at=now))


def get(connection: Connection, number: int) -> AssignedTarget | None:
    """The figure with this number, also a withdrawn one."""
    row = connection.execute(_all().where(table.c.id == number)).one_or_none()
    return _target(row) if row else None


def standing(
    connection: Connection, period: str, union_codes: Collection[str] | None = None
) -> tuple[AssignedTarget, ...]:
    """The figures that hold for a year, by union and in the order in which they were given; of everybody by default."""
    query = _all().where(table.c.period == period, table.c.withdrawn_at.is_(None))
    if union_codes is not None and len(union_codes) == 1:
        query = query.where(table.c.union == next(iter(union_codes)))
    found = (_target(row) for row in connection.execute(query.order_by(table.c.union, table.c.id)))
    # A subtree may hold more codes than a statement takes values.
    return tuple(each for each in found if union_codes is None or each.union in union_codes)


def history(connection: Connection, union: str, indicator: str, period: str) -> tuple[AssignedTarget, ...]:
    """All figures that a union was ever given for an indicator and a year, the oldest first."""
    query = _all().where(table.c.union == union, table.c.indicator == indicator, table.c.period == period)
    return tuple(_target(row) for row in connection.execute(query.order_by(table.c.id)))
