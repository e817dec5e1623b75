"""What staff confirmed of an obligation beyond its first shape: due rules, custom cut-offs, its end, its source."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from db import ReportRule, Way, reports
from db.exemptions import Report
from db.tables import report_rules as table
from db.tables import reports as submitted
from scheduler import DueBy


def read(row: Row[tuple[Any, ...]]) -> ReportRule:
    """A row of the table as the whole rule."""
    return ReportRule(
        id=row.id,
        title=row.title,
        scope=row.scope,
        level=row.level,
        profile=row.profile,
        cycle=row.cycle,
        working_days=row.working_days,
        since=row.since,
        clause=row.clause,
        by=DueBy(row.due_day, row.due_month) if row.due_day else None,
        until=row.until,
        cut_offs=tuple((month, day) for month, day in row.cut_offs or ()),
    )


def rules(connection: Connection) -> tuple[ReportRule, ...]:
    """The confirmed obligations, those too that have ended."""
    query = select(table).where(table.c.confirmed_at.is_not(None)).order_by(table.c.id)
    return tuple(read(row) for row in connection.execute(query))


def rule(connection: Connection, name: str) -> ReportRule | None:
    """One confirmed obligation."""
    query = select(table).where(table.c.id == name, table.c.confirmed_at.is_not(None))
    row = connection.execute(query).one_or_none()
    return read(row) if row else None


def keep(connection: Connection, rule: ReportRule, source: str | None, officer: int | None, now: datetime) -> None:
    """Keep an obligation that the holder of a post confirmed, or change it; `source` names the place in the documents
    from which it was read."""
    reports.confirm(connection, [rule], now)
    values: dict[str, Any] = {
        "confirmed_by": officer,
        "due_day": rule.by.day if rule.by else None,
        "due_month": rule.by.month if rule.by else None,
        "cut_offs": [list(each) for each in rule.cut_offs] or None,
        "until": rule.until,
    }
    if source is not None:
        values["source"] = source
    connection.execute(update(table).where(table.c.id == rule.id).values(values))


def end(connection: Connection, name: str, until: date) -> None:
    """No period counts any more that ends after the day `until`."""
    connection.execute(update(table).where(table.c.id == name).values(until=until))


def sources(connection: Connection) -> Mapping[str, str]:
    """The places in the documents from which obligations were confirmed, each with the scope's code before it, and the
    name of the rule."""
    query = select(table.c.id, table.c.scope, table.c.source).where(table.c.source.is_not(None))
    return {f"{row.scope} {row.source}": row.id for row in connection.execute(query)}


def next_name(connection: Connection) -> str:
    """A name for one rule more, short enough to stand in the choices of a message."""
    count = connection.scalar(select(func.count()).select_from(table)) or 0
    known = set(connection.scalars(select(table.c.id)))
    return next(name for n in range(count + 1, 2 * count + 3) if (name := f"nv-{n}") not in known)


def ways(connection: Connection, periods: Collection[str], union: str | None = None) -> Mapping[Report, Way]:
    """How the reports of these periods came that stand, of one `union` or of all."""
    query = select(submitted.c.rule, submitted.c.union, submitted.c.period, submitted.c.way)
    query = query.where(submitted.c.period.in_(periods), submitted.c.state.in_(reports.STANDING))
    query = query if union is None else query.where(submitted.c.union == union)
    return {(rule, union, period): way for rule, union, period, way in connection.execute(query)}


def days_due_again(connection: Connection, periods: Collection[str], union: str | None = None) -> Mapping[Report, date]:
    """The day on which a report of these periods is due again that was returned last."""
    query = select(submitted.c.rule, submitted.c.union, submitted.c.period, submitted.c.due_again)
    query = query.where(submitted.c.period.in_(periods), submitted.c.due_again.is_not(None))
    query = query if union is None else query.where(submitted.c.union == union)
    rows = connection.execute(query.order_by(submitted.c.version))
    return {(rule, union, period): day for rule, union, period, day in rows}
