"""What was asked and decided of single reports: an extension, an excuse, that it came another way; and who is away."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from db import Exemption, ExemptionKind, Leave
from db.tables import exemptions as table
from db.tables import leaves

Report = tuple[str, str, str]
"""The rule, the union, the code of the period."""


def exemption_of(row: Row[tuple[Any, ...]]) -> Exemption:
    """A row of the table as an exemption."""
    return Exemption(
        row.id, row.rule, row.union, row.period, row.kind, row.state, row.until, row.reason, row.asked_by, row.at
    )


def ask(
    connection: Connection, report: Report, until: date, reason: str, officer: int | None, now: datetime
) -> Exemption:
    """The officer asks for an extension; what was asked for the same report before is replaced."""
    rule, union, period = report
    mine = (table.c.rule == rule, table.c.union == union, table.c.period == period)
    withdrawn = update(table).where(*mine, table.c.state == "asked").values(state="withdrawn", decided_at=now)
    connection.execute(withdrawn)
    return _add(connection, report, "extension", "asked", now, until=until, reason=reason, asked_by=officer)


def give(
    connection: Connection,
    report: Report,
    kind: ExemptionKind,
    officer: int | None,
    now: datetime,
    *,
    until: date | None = None,
    reason: str | None = None,
) -> Exemption:
    """The staff exempt a report by themselves; an extension needs the day `until`. An earlier request is answered."""
    rule, union, period = report
    asked = (table.c.rule == rule, table.c.union == union, table.c.period == period, table.c.state == "asked")
    answered = update(table).where(*asked).values(state="withdrawn", decided_by=officer, decided_at=now)
    connection.execute(answered)
    decided = {"decided_by": officer, "decided_at": now}
    return _add(connection, report, kind, "granted", now, until=until, reason=reason, **decided)


def _add(
    connection: Connection, report: Report, kind: ExemptionKind, state: str, now: datetime, **values: Any
) -> Exemption:
    rule, union, period = report
    row = {"rule": rule, "union": union, "period": period, "kind": kind, "state": state, "at": now}
    made = connection.execute(insert(table).values(row | values))
    assert made.inserted_primary_key is not None
    found = get(connection, made.inserted_primary_key[0])
    assert found is not None
    return found


def get(connection: Connection, number: int) -> Exemption | None:
    """One of them by its number."""
    row = connection.execute(select(table).where(table.c.id == number)).one_or_none()
    return exemption_of(row) if row else None


def decide(
    connection: Connection, number: int, *, granted: bool, officer: int | None, now: datetime, until: date | None = None
) -> bool:
    """The staff answer a request, maybe with another day; false where it is answered already."""
    values: dict[str, Any] = {"state": "granted" if granted else "refused", "decided_by": officer, "decided_at": now}
    if until is not None:
        values["until"] = until
    open_one = update(table).where(table.c.id == number, table.c.state == "asked")
    return connection.execute(open_one.values(values)).rowcount == 1


def withdraw(connection: Connection, number: int, officer: int | None, now: datetime) -> bool:
    """The staff take back what they gave; false where there is nothing to take back."""
    given = update(table).where(table.c.id == number, table.c.state == "granted")
    values = {"state": "withdrawn", "decided_by": officer, "decided_at": now}
    return connection.execute(given.values(values)).rowcount == 1


def waiting(connection: Connection, unions: Collection[str]) -> tuple[Exemption, ...]:
    """The requests of these unions that nobody answered, the oldest first."""
    query = select(table).where(table.c.state == "asked").order_by(table.c.at, table.c.id)
    return tuple(exemption_of(row) for row in connection.execute(query) if row.union in unions)


def who_waits(connection: Connection) -> frozenset[str]:
    """The codes of the unions whose requests nobody answered."""
    return frozenset(connection.scalars(select(table.c.union).where(table.c.state == "asked")))


def granted(connection: Connection, periods: Collection[str]) -> Mapping[Report, Exemption]:
    """What holds of each report of these periods: the exemption that was given last."""
    return _by_report(connection, _granted(), {"periods": list(periods)})


def granted_to(connection: Connection, union: str) -> Mapping[Report, Exemption]:
    """The same of the reports of one union."""
    return _by_report(connection, _granted_to(), {"of_union": union})


def _by_report(connection: Connection, query: Select[Any], asked: Mapping[str, object]) -> Mapping[Report, Exemption]:
    return {(row.rule, row.union, row.period): exemption_of(row) for row in connection.execute(query, asked)}


# Built once, as they are asked for in many turns.
@cache
def _granted() -> Select[tuple[Any, ...]]:
    query = select(table).where(table.c.state == "granted", table.c.period.in_(bindparam("periods", expanding=True)))
    return query.order_by(table.c.id)


@cache
def _granted_to() -> Select[tuple[Any, ...]]:
    query = select(table).where(table.c.union == bindparam("of_union"), table.c.state == "granted")
    return query.order_by(table.c.id)


def send_away(
    connection: Connection, post: int, since: date, until: date, entered_by: int | None, now: datetime
) -> Leave:
    """The holder of a post is away from the day `since` to the day `until`."""
    row = {"post": post, "since": since, "until": until, "entered_by": entered_by, "entered_at": now}
    made = connection.execute(insert(leaves).values(row))
    assert made.inserted_primary_key is not None
    return Leave(int(made.inserted_primary_key[0]), post, since, until)


def call_back(connection: Connection, number: int, now: datetime) -> bool:
    """The leave ends now; false where it has ended."""
    open_one = update(leaves).where(leaves.c.id == number, leaves.c.ended_at.is_(None))
    return connection.execute(open_one.values(ended_at=now)).rowcount == 1


def leave(connection: Connection, number: int) -> Leave | None:
    """One leave that has not been ended, by its number."""
    row = connection.execute(select(leaves).where(leaves.c.id == number, leaves.c.ended_at.is_(None))).one_or_none()
    return Leave(row.id, row.post, row.since, row.until) if row else None


def leaves_of(connection: Connection, posts: Collection[int], today: date) -> tuple[Leave, ...]:
    """The leaves of these posts that are not over."""
    query = select(leaves).where(leaves.c.post.in_(posts), leaves.c.until >= today, leaves.c.ended_at.is_(None))
    rows = connection.execute(query.order_by(leaves.c.since, leaves.c.id))
    return tuple(Leave(row.id, row.post, row.since, row.until) for row in rows)


def away(connection: Connection, day: date) -> frozenset[int]:
    """The posts whose holder is away on that day."""
    there = (leaves.c.since <= day, leaves.c.until >= day, leaves.c.ended_at.is_(None))
    return frozenset(connection.scalars(select(leaves.c.post).where(*there)))
