"""Which reports are owed by whom, what came of them in which versions, and what the staff said to it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, select, update

from db import ReportRule, Submission, Way
from db.once import forget
from db.tables import report_rules
from db.tables import reports as table

RULES = "report rules"
"""What is known of them is kept under this name for a transaction (`once`)."""

STANDING = ("received", "accepted")
"""The states of a version that counts as submitted."""


def _rule(row: Row[tuple[Any, ...]]) -> ReportRule:
    return ReportRule(
        row.id, row.title, row.scope, row.level, row.profile, row.cycle, row.working_days, row.since, row.clause
    )


def _submission(row: Row[tuple[Any, ...]]) -> Submission:
    return Submission(
        number=f"BC-{row.id:05d}",
        rule=row.rule,
        union=row.union,
        period=row.period,
        received_at=row.received_at,
        late=row.late,
        id=row.id,
        version=row.version,
        way=row.way,
        state=row.state,
        officer=row.officer,
        content=row.content,
        decided_at=row.decided_at,
        reason=row.reason,
        due_again=row.due_again,
    )


def confirm(connection: Connection, rules: Iterable[ReportRule], now: datetime) -> None:
    """Keep obligations that staff confirmed, or change those that are there; nothing else is ever chased."""
    known = set(connection.scalars(select(report_rules.c.id)))
    for rule in rules:
        values = {
            "title": rule.title,
            "scope": rule.scope,
            "level": rule.level,
            "profile": rule.profile,
            "cycle": rule.cycle,
            "working_days": rule.working_days,
            "since": rule.since,
            "clause": rule.clause,
            "confirmed_at": now,
        }
        if rule.id in known:
            connection.execute(update(report_rules).where(report_rules.c.id == rule.id).values(values))
        else:
            connection.execute(insert(report_rules).values(id=rule.id, **values))
            known.add(rule.id)
    forget(connection, RULES)


def rules(connection: Connection) -> tuple[ReportRule, ...]:
    """The confirmed obligations."""
    query = select(report_rules).where(report_rules.c.confirmed_at.is_not(None)).order_by(report_rules.c.id)
    return tuple(_rule(row) for row in connection.execute(query))


def rule(connection: Connection, name: str) -> ReportRule | None:
    """One confirmed obligation."""
    return next((each for each in rules(connection) if each.id == name), None)


def submit(
    connection: Connection,
    rule_id: str,
    union: str,
    period: str,
    *,
    officer: int | None,
    late: bool,
    now: datetime,
    way: Way = "marked",
    content: dict[str, Any] | None = None,
    again: bool = False,
) -> Submission:
    """Keep a report that came, in a version of its own; asking twice gives back the first receipt.

    A returned report is followed by its next version. With `again` one that stands is replaced too.
    """
    known = submitted(connection, rule_id, union, period)
    if known and not again:
        return known
    before = versions(connection, rule_id, union, period)
    if known:
        connection.execute(update(table).where(table.c.id == known.id).values(state="replaced"))
    values = {
        "rule": rule_id,
        "union": union,
        "period": period,
        "version": before[-1].version + 1 if before else 1,
        "way": way,
        "state": "received",
        "content": content,
        "officer": officer,
        "late": late,
        "received_at": now,
    }
    made = connection.execute(insert(table).values(values))
    assert made.inserted_primary_key is not None
    return _submission(connection.execute(select(table).where(table.c.id == made.inserted_primary_key[0])).one())


def get(connection: Connection, number: int) -> Submission | None:
    """One version of a report by its number (the figures of its receipt)."""
    row = connection.execute(select(table).where(table.c.id == number)).one_or_none()
    return _submission(row) if row else None


def versions(connection: Connection, rule_id: str, union: str, period: str) -> tuple[Submission, ...]:
    """All that came as this report of a union, the oldest first."""
    query = select(table).where(table.c.rule == rule_id, table.c.union == union, table.c.period == period)
    return tuple(_submission(row) for row in connection.execute(query.order_by(table.c.version)))


def submitted(connection: Connection, rule_id: str, union: str, period: str) -> Submission | None:
    """The version of a union's report that stands; `None` where none came or the last one was returned."""
    return next((each for each in versions(connection, rule_id, union, period) if each.state in STANDING), None)


def given_back(connection: Connection, rule_id: str, union: str, period: str) -> Submission | None:
    """The version that was returned last, while no other one has come."""
    every = versions(connection, rule_id, union, period)
    return every[-1] if every and every[-1].state == "returned" else None


def who_submitted(connection: Connection, rule_id: str, period: str) -> frozenset[str]:
    """The codes of the unions whose report for this period came and was not returned."""
    query = select(table.c.union).where(_of(rule_id, period), table.c.state.in_(STANDING))
    return frozenset(connection.scalars(query))


def standing(connection: Connection, rule_id: str, period: str) -> dict[str, Submission]:
    """The version that stands of every union's report for this period."""
    query = select(table).where(_of(rule_id, period), table.c.state.in_(STANDING))
    return {row.union: _submission(row) for row in connection.execute(query)}


def due_again(connection: Connection, rule_id: str, period: str) -> dict[str, date]:
    """The unions whose report was returned and has not come again, with the day on which it is due."""
    query = select(table.c.union, table.c.due_again).where(_of(rule_id, period), table.c.state == "returned")
    came = who_submitted(connection, rule_id, period)
    return {
        row.union: row.due_again for row in connection.execute(query.order_by(table.c.version)) if row.union not in came
    }


def waiting(connection: Connection, unions: Collection[str]) -> tuple[Submission, ...]:
    """The reports of these unions that the staff have not decided on, the oldest first."""
    query = select(table).where(table.c.state == "received").order_by(table.c.received_at, table.c.id)
    return tuple(_submission(row) for row in connection.execute(query) if row.union in unions)


def accept(connection: Connection, number: int, officer: int | None, now: datetime) -> bool:
    """The staff take a report as it is; false where it does not wait for them any more."""
    return _decide(connection, number, state="accepted", decided_by=officer, decided_at=now)


def give_back(connection: Connection, number: int, officer: int | None, reason: str, due: date, now: datetime) -> bool:
    """The staff return a report, which is owed again until the day `due`; false where it does not wait for them."""
    return _decide(
        connection, number, state="returned", decided_by=officer, decided_at=now, reason=reason, due_again=due
    )


def _decide(connection: Connection, number: int, **values: Any) -> bool:
    open_one = update(table).where(table.c.id == number, table.c.state == "received")
    return connection.execute(open_one.values(values)).rowcount == 1


def _of(rule_id: str, period: str) -> ColumnElement[bool]:
    return and_(table.c.rule == rule_id, table.c.period == period)
