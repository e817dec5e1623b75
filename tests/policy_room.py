"""What tests of the policy share: a report of a quarter, the rung that is said of it, and the rings of a calendar."""

from collections.abc import Iterator
from datetime import datetime

from scheduler import ZONE, Owed, SpeakingHours, WorkingCalendar
from scheduler.policy import LADDER, decide, next_ring
from scheduler.report_calendar import due_day, parse_period

CALENDAR = WorkingCalendar()
HOURS = SpeakingHours()
QUARTER = parse_period("administrative", "quarter", "2025-Q1")
REPORT = Owed("quarterly", "GR-01", QUARTER, due_day(QUARTER, 2, CALENDAR), said=frozenset())
NAMES = [rung.name for rung in LADDER]


def at(text: str) -> datetime:
    """A moment in Viet Nam, from `2025-03-18 08:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def rung_at(owed: Owed, now: datetime, calendar: WorkingCalendar = CALENDAR, hours: SpeakingHours = HOURS) -> str:
    """The name of the rung that is said now, empty where nothing is."""
    reminder = decide(owed, now, LADDER, calendar, hours)
    return reminder.rung.name if reminder else ""


def rings(start: datetime, end: datetime, calendar: WorkingCalendar = CALENDAR) -> Iterator[datetime]:
    """Every ring between two moments."""
    now = next_ring(start, HOURS, calendar)
    while now < end:
        yield now
        now = next_ring(now, HOURS, calendar)
