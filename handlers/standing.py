"""How each report stands that a union owes: what came, what was returned, excused, extended, said before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db import Exemption, ReportRule, Way, exemptions, report_rules, rungs
from db.exemptions import Report
from db.rungs import Ladder
from db.store import Connection
from handlers.timetable import Timetable
from scheduler import Owed, Period, Standing
from scheduler.report_calendar import due_day

NOTHING: frozenset[str] = frozenset()

CAME: dict[Way, Standing] = {"nothing": "nothing", "paper": "paper"}
"""The ways to come that are counted by themselves."""


@dataclass(frozen=True)
class Records:
    """All that the shelves hold of the reports of some periods."""

    ways: Mapping[Report, Way]
    due_again: Mapping[Report, date]
    granted: Mapping[Report, Exemption]
    said: Mapping[Ladder, frozenset[str]]
    told: Mapping[Ladder, frozenset[str]]
    again: Mapping[Ladder, date]


def records(connection: Connection, periods: Collection[str], today: date) -> Records:
    """A few queries, however many unions there are."""
    return Records(
        report_rules.ways(connection, periods),
        report_rules.days_due_again(connection, periods),
        exemptions.granted(connection, periods),
        rungs.said(connection, periods, told=False),
        rungs.said(connection, periods, told=True),
        rungs.put_off_to(connection, today),
    )


def first_due(rule: ReportRule, period: Period, timetable: Timetable) -> date:
    """The day on which every union's report of that period is due."""
    return due_day(period, rule.working_days, timetable.calendar, rule.by)


def owed_report(rule: ReportRule, union: str, period: Period, first: date, known: Records, *, away: bool) -> Owed:
    """One report, `first` being its first due day; `away` says that nobody is there to write it."""
    report = (rule.id, union, period.code)
    standing, due = _standing(report, first, known)
    if away and standing in ("missing", "extended", "returned"):
        standing = "leave"
    ladder = (*report, "" if due == first else due.isoformat())
    return Owed(
        rule.id,
        union,
        period,
        due,
        standing,
        known.said.get(ladder, NOTHING),
        known.told.get(ladder, NOTHING),
        None if due == first else first,
        known.again.get(ladder),
    )


def _standing(report: Report, first: date, known: Records) -> tuple[Standing, date]:
    """How a report stands, and the day on which it is due by that."""
    given, back = known.granted.get(report), known.due_again.get(report)
    until = max((day for day in (given.until if given else None, back) if day), default=first)
    if report in known.ways:
        other = given is not None and given.kind == "other_system"
        return "other_system" if other else CAME.get(known.ways[report], "submitted"), until
    if given and given.kind == "excuse":
        return "excused", first
    if back:
        return "returned", until
    return ("extended", until) if given and given.until else ("missing", first)


def ladder_of(owed: Owed) -> Ladder:
    """The ladder on which it is chased: a new one for every due day."""
    return owed.obligation, owed.union, owed.period.code, owed.due.isoformat() if owed.first_due else ""


def to_check(owed: Owed, rung: str, days_late: int) -> dict[str, Any]:
    """What a letter about something owed keeps, so that it can be checked again at the moment of sending."""
    obligation, union, period, due = ladder_of(owed)
    return {
        "obligation": obligation,
        "union": union,
        "period": period,
        "due": due,
        "rung": rung,
        "days_late": days_late,
    }


def report_of(connection: Connection, timetable: Timetable, rule: ReportRule, union: str, period: Period) -> Owed:
    """How one union's report stands today, whoever is away and whatever was said of it."""
    return reports_of(connection, timetable, union, ((rule, period),))[0]


def reports_of(
    connection: Connection, timetable: Timetable, union: str, duties: Sequence[tuple[ReportRule, Period]]
) -> tuple[Owed, ...]:
    """The same of several reports of one union, by as many queries as for one."""
    ways, again = report_rules.came_from(connection, union)
    known = Records(ways, again, exemptions.granted_to(connection, union), said={}, told={}, again={})
    return tuple(
        owed_report(rule, union, period, first_due(rule, period, timetable), known, away=False)
        for rule, period in duties
    )
