"""Days and spans of days as people type them: 20/3, 20/03/2025, 20/3 - 28/3/2025, 20-11."""

import re
from datetime import date

DAY = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{4}))?")


def typed_days(text: str, today: date) -> tuple[date, ...]:
    """Every day that a text names, in its order; one without a year is the next one of that name, today included.

    A day that does not exist (31/2) makes the whole text name none.
    """
    found: list[date] = []
    for match in DAY.finditer(text):
        day = _day(int(match[1]), int(match[2]), match[3], found[-1] if found else today)
        if day is None:
            return ()
        found.append(day)
    return tuple(found)


def typed_cut_offs(text: str) -> tuple[tuple[int, int], ...]:
    """The days of a year that a text names, as (month, day): `20/5, 20/11`; nothing where one does not exist."""
    found = [(int(match[2]), int(match[1])) for match in DAY.finditer(text)]
    leap = 2024
    exist = all(_day(day, month, str(leap), date(leap, 1, 1)) for month, day in found)
    return tuple(sorted(set(found))) if exist else ()


def _day(day: int, month: int, year: str | None, earliest: date) -> date | None:
    try:
        if year:
            return date(int(year), month, day)
        this_year = date(earliest.year, month, day)
        return this_year if this_year >= earliest else date(earliest.year + 1, month, day)
    except ValueError:
        return None
