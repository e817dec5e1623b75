"""What staff confirmed of an obligation beyond its first shape: due rules, custom cut-offs, its end, its source."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select, update

from db import ReportRule, Way, reports
from db.exemptions import Report
from db.once import forget, once
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
    return once(connection, reports.RULES, lambda: tuple(read(row) for row in connection.execute(_confirmed())))


@cache
def _confirmed() -> Select[tuple[Any, ...]]:
    return select(table).where(table.c.confirmed_at.is_not(None)).order_by(table.c.id)


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
    forget(connection, reports.RULES)


def end(connection: Connection, name: str, until: date) -> None:
    """No period counts any more that ends after the day `until`."""
    connection.execute(update(table).where(table.c.id == name).values(until=until))
    forget(connection, reports.RULES)


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


def ways(connection: Connection, periods: Collection[str]) -> Mapping[Report, Way]:
    """How the reports of these periods came that stand."""
    rows = connection.execute(_ways(), {"periods": list(periods)})
    return {(rule, union, period): way for rule, union, period, way in rows}


def days_due_again(connection: Connection, periods: Collection[str]) -> Mapping[Report, date]:
    """The day on which a report of these periods is due again that was returned last."""
    rows = connection.execute(_due_again(), {"periods": list(periods)})
    return {(rule, union, period): day for rule, union, period, day in rows}


def came_from(connection: Connection, union: str) -> tuple[Mapping[Report, Way], Mapping[Report, date]]:
    """How the reports of one union came that stand, and the days on which those are due again that were returned."""
    ways: dict[Report, Way] = {}
    again: dict[Report, date] = {}
    for rule, period, state, way, day in connection.execute(_of_union(), {"of_union": union}):
        report = (rule, union, period)
        if state in reports.STANDING:
            ways[report] = way
        if day:
            again[report] = day
    return ways, again


# Built once, as they are asked for in many turns.
@cache
def _ways() -> Select[tuple[Any, ...]]:
    return _of_periods(submitted.c.way).where(submitted.c.state.in_(reports.STANDING))


@cache
def _due_again() -> Select[tuple[Any, ...]]:
    return _of_periods(submitted.c.due_again).where(submitted.c.due_again.is_not(None))


def _of_periods(column: ColumnElement[Any]) -> Select[tuple[Any, ...]]:
    query = select(submitted.c.rule, submitted.c.union, submitted.c.period, column)
    query = query.where(submitted.c.period.in_(bindparam("periods", expanding=True)))
    return query.order_by(submitted.c.version)


@cache
def _of_union() -> Select[tuple[Any, ...]]:
    mine = select(submitted.c.rule, submitted.c.period, submitted.c.state, submitted.c.way, submitted.c.due_again)
    return mine.where(submitted.c.union == bindparam("of_union")).order_by(submitted.c.version)
