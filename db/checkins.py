"""Monthly figures of the unions; corrections are kept beside what they correct."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from db import CheckIn
from db.branches import AT_ONCE
from db.tables import checkins as table
from db.tables import unions


def _checkin(row: Row[tuple[Any, ...]]) -> CheckIn:
    return CheckIn(
        number=f"{row.period}/{row.id:05d}",
        union=row.union,
        form=row.form,
        version=row.version,
        period=row.period,
        revision=row.revision,
        answers=row.answers,
        received_at=row.received_at,
        late=row.late,
        officer=row.officer,
    )


def put(
    connection: Connection,
    union: str,
    form: str,
    version: int,
    period: str,
    answers: dict[str, Any],
    *,
    officer: int | None,
    late: bool,
    now: datetime,
) -> CheckIn:
    """Keep what was sent; the second time for the same month is a correction with the next revision number."""
    before = get(connection, union, form, period)
    made = connection.execute(
        insert(table).values(
            union=union,
            form=form,
            version=version,
            period=period,
            revision=before.revision + 1 if before else 1,
            answers=answers,
            officer=officer,
            late=late,
            received_at=now,
        )
    )
    assert made.inserted_primary_key is not None
    return _checkin(connection.execute(select(table).where(table.c.id == made.inserted_primary_key[0])).one())


def get(connection: Connection, union: str, form: str, period: str) -> CheckIn | None:
    """What stands for this month: the last revision."""
    query = select(table).where(table.c.union == union, table.c.form == form, table.c.period == period)
    row = connection.execute(query.order_by(table.c.revision.desc()).limit(1)).first()
    return _checkin(row) if row else None


def revisions(connection: Connection, union: str, form: str, period: str) -> tuple[CheckIn, ...]:
    """Everything that was sent for this month, the first one first: what stands is the last."""
    query = select(table).where(table.c.union == union, table.c.form == form, table.c.period == period)
    return tuple(_checkin(row) for row in connection.execute(query.order_by(table.c.revision)))


def before(connection: Connection, union: str, form: str, period: str) -> CheckIn | None:
    """What stands for the latest month before `period` that has figures."""
    query = select(table).where(table.c.union == union, table.c.form == form, table.c.period < period)
    row = connection.execute(query.order_by(table.c.period.desc(), table.c.revision.desc()).limit(1)).first()
    return _checkin(row) if row else None


def all_before(
    connection: Connection, form: str, period: str, codes: Collection[str]
) -> Mapping[str, Mapping[str, Any]]:
    """For each of these unions with figures the answers that stand for the latest month before `period`."""
    other = table.alias("other")
    newest = (
        select(other.c.id)
        .where(other.c.union == unions.c.code, other.c.form == form, other.c.period < period)
        .order_by(other.c.period.desc(), other.c.revision.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(table.c.union, table.c.answers).select_from(unions).join(table, table.c.id == newest)
    if len(codes) <= AT_ONCE:
        query = query.where(unions.c.code.in_(codes))
    return {union: answers for union, answers in connection.execute(query) if union in codes}


def who_sent(connection: Connection, form: str, period: str) -> frozenset[str]:
    """The codes of the unions that sent this month's figures."""
    return frozenset(connection.scalars(select(table.c.union).where(table.c.form == form, table.c.period == period)))
