"""Whether a report of which a letter speaks is still owed at the moment of sending."""

from datetime import date

from db import ReportRule, exemptions, officers, report_rules, unions
from db.exemptions import Report
from db.store import Connection
from handlers.standing import report_of
from handlers.timetable import Timetable
from scheduler import Owed, Standing
from scheduler.policy import days_late
from scheduler.report_calendar import parse_period

SETTLED_BY: dict[Standing, str] = {
    "submitted": "the report came in",
    "nothing": "there was nothing to report",
    "paper": "the report came in on paper",
    "other_system": "the report came in by another system",
    "excused": "the report is excused",
}

CLOSED = "the union is closed"
AWAY = "the officer is away"


def report_now(connection: Connection, timetable: Timetable, report: Report) -> Owed | str:
    """The report (rule, union, period) as it is owed now, or why it is not owed any more."""
    name, union, code = report
    rule = report_rules.rule(connection, name)
    if rule is None or _over(rule, code):
        return "the report is no longer asked for"
    period = parse_period(rule.profile, rule.cycle, code, rule.cut_offs)
    owed = report_of(connection, timetable, rule, union, period)
    return SETTLED_BY[owed.standing] if owed.settled else owed


def late_now(connection: Connection, timetable: Timetable, report: Report, today: date) -> Owed | str:
    """The report as it is late today, for staff or a group to hear of it; or why it is not."""
    if not unions.is_open(connection, report[1], today):
        return CLOSED
    owed = report_now(connection, timetable, report)
    if isinstance(owed, str):
        return owed
    if owed.due >= today or days_late(owed, today, timetable.calendar) <= 0:
        return "the report is due on another day now"
    return AWAY if _all_away(connection, owed.union, today) else owed


def _all_away(connection: Connection, code: str, today: date) -> bool:
    """Whether everybody who reports for a union is away."""
    union = unions.get(connection, code, today)
    holders = officers.holders(connection, code)
    reporting = [each for each in holders if (each.role == "officer") == (union is None or union.level == "grassroots")]
    away = exemptions.away(connection, today) if reporting else frozenset()
    return bool(reporting) and all(each.id in away for each in reporting)


def _over(rule: ReportRule, code: str) -> bool:
    """Whether the obligation ended before the end of this period, or is of another rhythm now."""
    try:
        period = parse_period(rule.profile, rule.cycle, code, rule.cut_offs)
    except ValueError:
        return True
    return rule.until is not None and period.last > rule.until
