"""Reporting periods, working days, and the day a report is due.

Periods follow article 12 of Decree 09/2019/NĐ-CP (`administrative`: cut-off on the 14th), the months of the calendar,
the statistical forms of the unions (`union_forms`: as of 31/5 and 30/11), or cut-offs that staff gave (`custom`).
Working days know weekends, the public holidays of Viet Nam with Tết, and the days that staff swapped.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

from scheduler import CutOffs, Cycle, DueBy, Period, Profile, WorkingCalendar

CUT_OFF = 14
"""The last day of a month that belongs to an administrative period; the next period begins on the day after."""

MONTHS: dict[Cycle, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months a period of each cycle covers."""

CODES: dict[Cycle, str] = {
    "month": r"(?P<year>[12][0-9]{3})-(?P<number>0[1-9]|1[0-2])",
    "quarter": r"(?P<year>[12][0-9]{3})-Q(?P<number>[1-4])",
    "half": r"(?P<year>[12][0-9]{3})-H(?P<number>[12])",
    "year": r"(?P<year>[12][0-9]{3})",
    "custom": r"(?P<year>[12][0-9]{3})-K(?P<number>[1-9][0-9]?)",
}
"""How `Period.code` writes a period of each cycle."""

ONE_DAY = timedelta(days=1)

USUAL_WORKING_DAYS = {"grassroots": 2}
"""How many working days after the cut-off a level's report is due where staff say nothing else."""

USUAL_ABOVE = 4
"""The same for the levels above the grassroots."""

USUAL_DAY = {"province": DueBy(25)}
"""The levels that have a last day of the month instead."""


def period_of(profile: Profile, cycle: Cycle, day: date, cut_offs: CutOffs = ()) -> Period:
    """The period that holds `day`; there is exactly one for every profile and cycle.

    `cut_offs` belong to the custom profile, whose only cycle is custom too; it raises ValueError without any.
    """
    if profile == "custom":
        return _custom(day, cut_offs)
    moved = (profile == "administrative" and day.day > CUT_OFF) or (profile == "union_forms" and cycle != "month")
    years, months = divmod(day.month - 1 + moved, 12)
    return _period(profile, cycle, day.year + years, months // MONTHS[cycle] + 1)


def previous(period: Period) -> Period:
    """The period of the same profile and cycle that ends on the day before `period` begins."""
    return period_of(period.profile, period.cycle, period.first - ONE_DAY, period.cut_offs)


def following(period: Period) -> Period:
    """The period of the same profile and cycle that begins on the day after the cut-off of `period`."""
    return period_of(period.profile, period.cycle, period.last + ONE_DAY, period.cut_offs)


def parse_period(profile: Profile, cycle: Cycle, code: str, cut_offs: CutOffs = ()) -> Period:
    """The period that `Period.code` wrote as `code`; raises ValueError for any other text."""
    read = re.fullmatch(CODES[cycle], code)
    if read is None:
        raise ValueError(f"{code!r} names no {cycle}: write it as 2025-03, 2025-Q1, 2025-H1, 2025-K1 or 2025")
    year, number = int(read["year"]), int(read.groupdict().get("number") or 1)
    if profile != "custom":
        return _period(profile, cycle, year, number)
    days = _cut_off_days(year, cut_offs)
    if number > len(days):
        raise ValueError(f"{code!r} names no period: this report has {len(days)} in a year")
    return _custom(days[number - 1], cut_offs)


def _period(profile: Profile, cycle: Cycle, year: int, number: int) -> Period:
    closing = number * MONTHS[cycle]
    before = divmod(closing - MONTHS[cycle] - 1, 12)
    first = _cut_off(profile, cycle, year + before[0], before[1] + 1) + ONE_DAY
    return Period(profile, cycle, year, number, first, _cut_off(profile, cycle, year, closing))


def _cut_off(profile: Profile, cycle: Cycle, year: int, month: int) -> date:
    """The last day of a period whose last month by name is `month`; the unions' forms close a month before it."""
    if profile == "administrative":
        return date(year, month, CUT_OFF)
    if profile == "union_forms" and cycle != "month":
        return date(year, month, 1) - ONE_DAY
    return date(year, month, monthrange(year, month)[1])


def _cut_off_days(year: int, cut_offs: CutOffs) -> list[date]:
    return sorted({date(year, month, min(day, monthrange(year, month)[1])) for month, day in cut_offs})


def _custom(day: date, cut_offs: CutOffs) -> Period:
    days = [each for year in (-1, 0, 1) for each in _cut_off_days(day.year + year, cut_offs)]
    if not days:
        raise ValueError("a custom profile needs at least one cut-off, such as (5, 31)")
    place = next(place for place, each in enumerate(days) if each >= day)
    last = days[place]
    number = _cut_off_days(last.year, cut_offs).index(last) + 1
    return Period("custom", "custom", last.year, number, days[place - 1] + ONE_DAY, last, cut_offs)


def due_day(period: Period, working_days: int, calendar: WorkingCalendar, by: DueBy | None = None) -> date:
    """The day a report is due: `working_days` after the cut-off of its period, or with `by` no later than that day;
    always a working day after the cut-off (on it, where no working day more is given)."""
    return _no_later(period.last, by, calendar) if by else add_working_days(period.last, working_days, calendar)


def _no_later(cut_off: date, by: DueBy, calendar: WorkingCalendar) -> date:
    """Where nobody works on the last day that is allowed, the working day before it, unless that is over already."""
    last = next(day for day in _days_named(cut_off, by) if day > cut_off)
    early = last if is_working_day(last, calendar) else add_working_days(last, -1, calendar)
    return early if early > cut_off else add_working_days(last, 0, calendar)


def _days_named(cut_off: date, by: DueBy) -> Iterator[date]:
    """The days of that name from the year of the cut-off on, in the order of time."""
    for year in (cut_off.year, cut_off.year + 1):
        for month in range(1, 13) if by.month is None else (by.month,):
            yield date(year, month, min(by.day, monthrange(year, month)[1]))


def usual_due(level: str) -> tuple[int, DueBy | None]:
    """The due rule of a level where staff give no other: working days after the cut-off, or a last day."""
    return USUAL_WORKING_DAYS.get(level, USUAL_ABOVE), USUAL_DAY.get(level)


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


def public_holidays(start: date, end: date) -> tuple[date, ...]:
    """The days from `start` to `end`, both included, that the law and the days in lieu make free."""
    days = (day for year in range(start.year, end.year + 1) for day in _public_holidays(year))
    return tuple(sorted(day for day in days if start <= day <= end))


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
