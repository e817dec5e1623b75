"""When to speak: what is said of an owed report, the hours in which it may be said, and the moments we look.

Everything is a function of `now`. Prompts, reminders and digests are decided at rings; between two rings of a working
day nothing falls due, so a clock that walks from ring to ring sees all that a running one would.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from scheduler import (
    SETTLED,
    ZONE,
    Escalation,
    Owed,
    Reminder,
    Rung,
    SpeakingHours,
    Standing,
    Tells,
    WorkingCalendar,
)
from scheduler.report_calendar import add_working_days, is_working_day, working_days_between

LADDER: tuple[Rung, ...] = (
    Rung("-5", -5),
    Rung("-1", -1),
    Rung("0", 0),
    Rung("+1", 1),
    Rung("+3", 3, tells="staff"),
    Rung("+7", 7, tells="senior"),
)
"""How an owed report is chased where nothing else is configured."""

MORNING = time(8)
"""When a rung is reached on its day."""

TELLS: dict[str, Tells] = {"": "nobody", "staff": "staff", "senior": "senior"}
"""How a rung is written: who is told beside the union itself."""

RING_HOURS = (time(8), time(10), time(14), time(16))
"""The moments of a working day at which something is decided, as far as they are speaking hours."""


MOST_PUT_OFF = 2
"""How often a reminder of one report may be put off to the next working day."""

WAITING: frozenset[Standing] = SETTLED | {"leave"}
"""How a report stands of which nothing is said for the time being."""


def parse_ladder(text: str) -> tuple[Rung, ...]:
    """The ladder that is written as `-5 -1 0 +1 +3:staff +7:senior`: working days from the due day, and who is told.

    Raises ValueError, with what to write, for anything else.
    """
    rungs = []
    for word in text.split():
        days, _, tells = word.partition(":")
        if not re.fullmatch(r"[+-]?[0-9]{1,2}", days) or tells not in TELLS or (tells and int(days) <= 0):
            raise ValueError(f"{word!r} is no rung: write -5, 0, +1, +3:staff or +7:senior, with spaces between")
        rungs.append(Rung(f"{int(days):+d}" if int(days) else "0", int(days), TELLS[tells]))
    if not rungs or len({rung.name for rung in rungs}) < len(rungs):
        raise ValueError("the ladder needs at least one rung, and each only once: -5 -1 0 +1 +3:staff +7:senior")
    return tuple(sorted(rungs, key=lambda rung: rung.offset))


def rungs_reached(due: date, now: datetime, ladder: Sequence[Rung], calendar: WorkingCalendar) -> tuple[Rung, ...]:
    """The rungs towards a due day whose moment has come, the latest last."""
    return tuple(rung for rung, moment in _moments(due, tuple(ladder), calendar) if moment <= now)


def decide(
    owed: Owed, now: datetime, ladder: Sequence[Rung], calendar: WorkingCalendar, hours: SpeakingHours
) -> Reminder | None:
    """The reminder to write at `now`: the latest rung reached, unless it or a later one was said before.

    A rung that was missed is not made up for once a later one is reached. What the officer put off is said again on
    that day only, and not once the staff hear of it. Nothing is said of a settled report or of one whose officer is
    away, and nothing outside the speaking hours. `owed.said` is what was said towards `owed.due`: a report that gets
    another due day starts its ladder anew. Raises ValueError where `now` has no time zone.
    """
    if owed.standing in WAITING or not may_speak(now, hours, calendar):
        return None
    reached = rungs_reached(owed.due, now, ladder, calendar)
    if not reached:
        return None
    said = any(rung.name in owed.said and rung.offset >= reached[-1].offset for rung in ladder)
    rung = _once_more(owed, now, reached) if said else reached[-1]
    return Reminder(owed, rung, days_late(owed, _local(now).date(), calendar)) if rung else None


def _once_more(owed: Owed, now: datetime, reached: Sequence[Rung]) -> Rung | None:
    """The rung reached last, once more, where the officer put it off until today."""
    local, last = _local(now), reached[-1]
    if owed.again != local.date() or local.time() < MORNING or any(rung.tells != "nobody" for rung in reached):
        return None
    again = Rung(f"{last.name}~{local:%m%d}", last.offset)
    return None if again.name in owed.said else again


def escalate(
    owed: Owed, now: datetime, ladder: Sequence[Rung], calendar: WorkingCalendar, hours: SpeakingHours
) -> tuple[Escalation, ...]:
    """Whom to tell at `now` that a report is late: every such rung reached of which they did not hear yet.

    Unlike a reminder it is made up for: whoever answers for a union learns of its late report once. Raises ValueError
    where `now` has no time zone.
    """
    if owed.standing in WAITING or not may_speak(now, hours, calendar):
        return ()
    return tuple(
        Escalation(owed, rung, days_late(owed, _local(now).date(), calendar))
        for rung, moment in _moments(owed.due, tuple(ladder), calendar)
        if rung.tells != "nobody" and moment <= now and rung.name not in owed.told
    )


def day_put_off_to(
    owed: Owed, today: date, ladder: Sequence[Rung], calendar: WorkingCalendar, times: int
) -> date | None:
    """The next working day, to which a reminder may be put off that was put off so many `times`; `None` where that
    would be too often, or where the staff would have heard of it by then."""
    return _day_put_off_to(owed.due, today, tuple(ladder), calendar, times)


@lru_cache(maxsize=1024)
def _day_put_off_to(
    due: date, today: date, ladder: tuple[Rung, ...], calendar: WorkingCalendar, times: int
) -> date | None:
    tomorrow = add_working_days(today, 1, calendar)
    telling = [moment.date() for rung, moment in _moments(due, ladder, calendar) if rung.tells != "nobody"]
    return tomorrow if times < MOST_PUT_OFF and all(tomorrow < day for day in telling) else None


def days_late(owed: Owed, today: date, calendar: WorkingCalendar) -> int:
    """How many working days a report is late on that day (negative: how many are left)."""
    return _days_between(add_working_days(owed.due, 0, calendar), today, calendar)


_days_between = lru_cache(maxsize=1024)(working_days_between)


@lru_cache(maxsize=1024)
def _moments(due: date, ladder: tuple[Rung, ...], calendar: WorkingCalendar) -> tuple[tuple[Rung, datetime], ...]:
    """Each rung with its moment, in the order of time. An extension may end on a Sunday: then Monday is the due day."""
    due = add_working_days(due, 0, calendar)
    return tuple(
        (rung, datetime.combine(add_working_days(due, rung.offset, calendar), MORNING, ZONE))
        for rung in sorted(ladder, key=lambda rung: rung.offset)
    )


def may_speak(now: datetime, hours: SpeakingHours, calendar: WorkingCalendar) -> bool:
    """Whether the assistant may speak first at `now`; it may always answer.

    Raises ValueError where `now` has no time zone.
    """
    local = _local(now)
    in_hours = any(start <= local.time() < until for start, until in hours.spans)
    return in_hours and is_working_day(local.date(), calendar)


def next_moment_to_speak(now: datetime, hours: SpeakingHours, calendar: WorkingCalendar) -> datetime:
    """`now` itself where the assistant may speak, else the beginning of the next span of speaking hours."""
    if may_speak(now, hours, calendar):
        return _local(now)
    return _first_after(now, [start for start, _ in hours.spans], calendar)


def next_ring(now: datetime, hours: SpeakingHours, calendar: WorkingCalendar) -> datetime:
    """The next moment after `now` at which anything could have fallen due; every ring lies in the speaking hours.

    Raises ValueError where `now` has no time zone.
    """
    return _first_after(now, list(_ring_times(hours)), calendar)


def _ring_times(hours: SpeakingHours) -> Iterator[time]:
    """The ring hours inside each span; a span that holds none rings when it begins, so that no hours are deaf."""
    for start, until in hours.spans:
        inside = [hour for hour in RING_HOURS if start <= hour < until]
        yield from inside or [start]


def _first_after(now: datetime, times: Sequence[time], calendar: WorkingCalendar) -> datetime:
    """The first moment after `now` that is one of `times` (in the day's order) on a working day."""
    local = _local(now)
    day = local.date()
    while True:
        if is_working_day(day, calendar):
            for hour in times:
                moment = datetime.combine(day, hour, ZONE)
                if moment > local:
                    return moment
        day += timedelta(days=1)


def _local(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError("`now` needs a time zone: take it from the clock, or write +07:00")
    return now.astimezone(ZONE)


def check_in_day(year: int, month: int, calendar: WorkingCalendar, day: int = 25) -> date:
    """The day of the monthly check-in: the `day` of the month (the last, where it is shorter) or the next working day.

    Raises ValueError for a `day` that no month has.
    """
    if not 1 <= day <= 31:
        raise ValueError(f"the check-in day must be between 1 and 31, not {day}")
    return add_working_days(date(year, month, min(day, monthrange(year, month)[1])), 0, calendar)


def digest_due(last: datetime | None, now: datetime, hours: SpeakingHours, calendar: WorkingCalendar) -> bool:
    """Whether a digest may be written: from the first ring of a working day on, if none was written that day (`last`).

    Raises ValueError where a moment has no time zone.
    """
    local = _local(now)
    if not may_speak(now, hours, calendar) or local.time() < next(_ring_times(hours)):
        return False
    return last is None or _local(last).date() < local.date()
