"""When a digest is wanted: how often and from which hour on each of the staff chose, and never twice without news."""

from datetime import date, datetime, timedelta

from db import DigestChoice, SentDigest
from handlers.digest_state import State
from handlers.timetable import Timetable
from scheduler import ZONE
from scheduler.policy import RING_HOURS, digest_due

HOURS = tuple(hour.hour for hour in RING_HOURS)
"""The hours that can be chosen: those at which something is decided on a working day."""


def wanted(choice: DigestChoice, last: datetime | None, timetable: Timetable, now: datetime) -> bool:
    """Whether a digest may be written now, `last` being the moment of the last one."""
    local = now.astimezone(ZONE)
    if local.hour < choice.hour or not digest_due(last, now, timetable.hours, timetable.calendar):
        return False
    return choice.every == "daily" or last is None or last.astimezone(ZONE).date() < monday_of(local.date())


def has_news(state: State, before: SentDigest | None, now: datetime) -> bool:
    """Whether there is something to say that the last digest did not say, or not this week."""
    facts = state.facts()
    if not any(facts.values()):
        return False
    return (
        before is None or new_week(before, now) or any(before.facts.get(name) != said for name, said in facts.items())
    )


def new_week(before: SentDigest, now: datetime) -> bool:
    """Whether the last one was written before this week's Monday."""
    return before.at.astimezone(ZONE).date() < monday_of(now.astimezone(ZONE).date())


def monday_of(day: date) -> date:
    """The first day of the week."""
    return day - timedelta(days=day.weekday())
