"""How a report that is owed is described: which, for which days, due when, how late, by which clause."""

from db import ReportRule
from handlers.months import period_name
from handlers.phrasebook import Phrases
from handlers.timetable import Timetable
from scheduler import Period
from scheduler.report_calendar import due_day


def lateness(days_late: int, phrases: Phrases) -> str:
    """How many working days a report is late, or still has (negative)."""
    if days_late > 0:
        return phrases.say("report-late", days=days_late)
    return phrases.say("report-due-today") if days_late == 0 else phrases.say("report-early", days=-days_late)


def details(rule: ReportRule, period: Period, timetable: Timetable, phrases: Phrases) -> str:
    """The lines that say what is owed."""
    return phrases.say(
        "report-details",
        title=rule.title,
        period=period_name(period, phrases),
        first=period.first,
        last=period.last,
        due=due_day(period, rule.working_days, timetable.calendar),
    )
