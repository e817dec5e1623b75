"""What has come in over all unions: reports and figures since a moment, reports that wait, which ones were in time."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, or_, select, union

from db.exemptions import Report
from db.reports import STANDING
from db.tables import checkins, exemptions, reports


def reports_since(connection: Connection, since: datetime) -> Mapping[Report, datetime]:
    """The reports of which a version came after that moment and was not returned, with the moment."""
    query = select(reports.c.rule, reports.c.union, reports.c.period, reports.c.received_at)
    query = query.where(reports.c.received_at > since, reports.c.state.in_(STANDING)).order_by(reports.c.id)
    return {(row.rule, row.union, row.period): row.received_at for row in connection.execute(query)}


def check_ins_since(connection: Connection, since: datetime) -> Mapping[tuple[str, str], datetime]:
    """The (union, month) whose figures came or were corrected after that moment, with the moment."""
    query = select(checkins.c.union, checkins.c.period, checkins.c.received_at).order_by(checkins.c.id)
    rows = connection.execute(query.where(checkins.c.received_at > since))
    return {(row.union, row.period): row.received_at for row in rows}


def waiting(connection: Connection) -> Mapping[int, str]:
    """The numbers of the reports that nobody decided on, each with the union it is of."""
    query = select(reports.c.id, reports.c.union).where(reports.c.state == "received")
    return {row.id: row.union for row in connection.execute(query)}


def came_late(connection: Connection, periods: Collection[str]) -> Mapping[Report, bool]:
    """Whether the report that stands came after its due day, for every one that came for these periods."""
    query = select(reports.c.rule, reports.c.union, reports.c.period, reports.c.late)
    rows = connection.execute(query.where(reports.c.period.in_(periods), reports.c.state.in_(STANDING)))
    return {(row.rule, row.union, row.period): row.late for row in rows}


def touched_since(connection: Connection, since: datetime) -> frozenset[str]:
    """The unions of which something came or was asked or decided from that moment on: figures, reports, exemptions."""
    moved = or_(reports.c.received_at >= since, reports.c.decided_at >= since)
    excused = or_(exemptions.c.at >= since, exemptions.c.decided_at >= since)
    query = union(
        select(reports.c.union).where(moved),
        select(exemptions.c.union).where(excused),
        select(checkins.c.union).where(checkins.c.received_at >= since),
    )
    return frozenset(connection.scalars(query))
