"""Which reports are owed by whom, and which were submitted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from db import ReportRule, Submission
from db.tables import report_rules, reports


def _rule(row: Row[tuple[Any, ...]]) -> ReportRule:
    return ReportRule(
        row.id, row.title, row.scope, row.level, row.profile, row.cycle, row.working_days, row.since, row.clause
    )


def _submission(row: Row[tuple[Any, ...]]) -> Submission:
    return Submission(f"BC-{row.id:05d}", row.rule, row.union, row.period, row.received_at, row.late)


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


def rules(connection: Connection) -> tuple[ReportRule, ...]:
    """The confirmed obligations."""
    query = select(report_rules).where(report_rules.c.confirmed_at.is_not(None)).order_by(report_rules.c.id)
    return tuple(_rule(row) for row in connection.execute(query))


def rule(connection: Connection, name: str) -> ReportRule | None:
    """One confirmed obligation."""
    return next((each for each in rules(connection) if each.id == name), None)


def submit(
    connection: Connection, rule_id: str, union: str, period: str, *, officer: int | None, late: bool, now: datetime
) -> Submission:
    """Mark a report as submitted; asking twice gives back the first receipt."""
    known = submitted(connection, rule_id, union, period)
    if known:
        return known
    connection.execute(
        insert(reports).values(rule=rule_id, union=union, period=period, officer=officer, late=late, received_at=now)
    )
    made = submitted(connection, rule_id, union, period)
    assert made is not None
    return made


def submitted(connection: Connection, rule_id: str, union: str, period: str) -> Submission | None:
    """The receipt of a union's report, if it came."""
    query = select(reports).where(reports.c.rule == rule_id, reports.c.union == union, reports.c.period == period)
    row = connection.execute(query).one_or_none()
    return _submission(row) if row else None


def who_submitted(connection: Connection, rule_id: str, period: str) -> frozenset[str]:
    """The codes of the unions whose report for this period came."""
    query = select(reports.c.union).where(reports.c.rule == rule_id, reports.c.period == period)
    return frozenset(connection.scalars(query))
