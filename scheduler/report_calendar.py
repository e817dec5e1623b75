"""Reporting periods, working days, and the day a report is due.

Periods follow article 12 of Decree 09/2019/NĐ-CP (`administrative`: cut-off on the 14th) or the months of the calendar.
Working days know weekends, the public holidays of Viet Nam with Tết, and the days that staff swapped.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

from scheduler import Cycle, Period, Profile, WorkingCalendar

CUT_OFF = 14
"""The last day of a month that belongs to an administrative period; the next period begins on the day after."""

MONTHS: dict[Cycle, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months a period of each cycle covers."""

CODES: dict[Cycle, str] = {
    "month": r"(?P<year>[12][0-9]{3})-(?P<number>0[1-9]|1[0-2])",
    "quarter": r"(?P<year>[12][0-9]{3})-Q(?P<number>[1-4])",
    "half": r"(?P<year>[12][0-9]{3})-H(?P<number>[12])",
    "year": r"(?P<year>[12][0-9]{3})",
}
"""How `Period.code` writes a period of each cycle."""

ONE_DAY = timedelta(days=1)


def period_of(profile: Profile, cycle: Cycle, day: date) -> Period:
    """The period that holds `day`; there is exactly one for every profile and cycle."""
    moved = 1 if profile == "administrative" and day.day > CUT_OFF else 0
    years, months = divmod(day.month - 1 + moved, 12)
    return _period(profile, cycle, day.year + years, months // MONTHS[cycle] + 1)


def previous(period: Period) -> Period:
    """The period of the same profile and cycle that ends on the day before `period` begins."""
    return period_of(period.profile, period.cycle, period.first - ONE_DAY)


def following(period: Period) -> Period:
    """The period of the same profile and cycle that begins on the day after the cut-off of `period`."""
    return period_of(period.profile, period.cycle, period.last + ONE_DAY)


def parse_period(profile: Profile, cycle: Cycle, code: str) -> Period:
    """The period that `Period.code` wrote as `code`; raises ValueError for any other text."""
    read = re.fullmatch(CODES[cycle], code)
    if read is None:
        raise ValueError(f"{code!r} names no {cycle}: write it as 2025-03, 2025-Q1, 2025-H1 or 2025")
    return _period(profile, cycle, int(read["year"]), int(read.groupdict().get("number") or 1))


def _period(profile: Profile, cycle: Cycle, year: int, number: int) -> Period:
    closing = number * MONTHS[cycle]
    opening = closing - MONTHS[cycle] + 1
    if profile == "calendar":
        first, last = date(year, opening, 1), date(year, closing, monthrange(year, closing)[1])
    else:
        year_before, month_before = (year - 1, 12) if opening == 1 else (year, opening - 1)
        first, last = date(year_before, month_before, CUT_OFF + 1), date(year, closing, CUT_OFF)
    return Period(profile, cycle, year, number, first, last)


def due_day(period: Period, working_days: int, calendar: WorkingCalendar) -> date:
    """The day a report is due: `working_days` after the cut-off of its period, always a working day."""
    return add_working_days(period.last, working_days, calendar)


def is_working_day(day: date, calendar: WorkingCalendar) -> bool:
    """Whether people work on `day`; raises ValueError outside the years whose Tết is known (1901-2100).

    A Saturday that the government swapped for a Friday counts only when staff entered it: a free day too many costs
    a report one day, a working day too many wakes people on their weekend.
    """
    if day in calendar.extra_days_off:
        return False
    if day in calendar.extra_working_days:
        return True
    return day.weekday() < 5 and day not in _public_holidays(day.year)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    """Article 112 of the Labour Code 2019, with the days off in lieu, as the `holidays` library knows them."""
    days = frozenset(country_holidays("VN", years=year))
    if not days:
        # The library is silent beyond its lunar tables; a year without Tết would have people chased in it.
        raise ValueError(f"the public holidays of {year} are not known: use a day between 1901 and 2100")
    return days


def add_working_days(day: date, count: int, calendar: WorkingCalendar) -> date:
    """The `count`-th working day after `day`, or before it where `count` is negative.

    Zero is `day` itself or, where nobody works on it, the next working day: so ends a time limit by article 148.5 of
    the Civil Code 2015.
    """
    if count == 0:
        return day if is_working_day(day, calendar) else add_working_days(day, 1, calendar)
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, calendar):
            day += step
    return day


def working_days_between(start: date, end: date, calendar: WorkingCalendar) -> int:
    """How many working days `end` lies after `start` (negative: before it); the other way round of `add_working_days`.

    `start` itself is not counted, `end` is counted where it is a working day.
    """
    step = 1 if start <= end else -1
    days = (start + timedelta(days=step * n) for n in range(1, abs((end - start).days) + 1))
    return step * sum(is_working_day(day, calendar) for day in days)
