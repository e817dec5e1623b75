"""Days as people write them in a chat: 15/3/2025 · 15/3 · ngày 5 · hôm qua · thứ sáu tuần trước."""

import re
from datetime import date, timedelta

from knowledge.vietnamese import fold

_ANSWERED = re.compile(r"^(?:(?:da|vang|la|vao|tu|on)\s+)+|[\s,]+(?:a|nhe|nha|roi|em)$")
_DAYS_AGO = {
    "hom nay": 0,
    "bua nay": 0,
    "sang nay": 0,
    "chieu nay": 0,
    "today": 0,
    "hom qua": 1,
    "bua qua": 1,
    "chieu qua": 1,
    "toi qua": 1,
    "yesterday": 1,
    "hom kia": 2,
    "hom truoc": 2,
}
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_FULL = re.compile(
    r"(?:ngay |mung |mong )?(?P<day>\d{1,2})\s*(?:[/.-]|thang)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?:[/.-]|nam)\s*(?P<year>\d{4}|\d{2}))?"
)
_DAY = re.compile(r"(?:ngay |mung |mong |hom |ngay mung )?(?P<day>\d{1,2})(?:\s+thang nay| tay)?")
_WEEKDAY = re.compile(
    r"(?:hom )?(?:thu (?P<number>[2-7]|hai|ba|tu|nam|sau|bay)|(?P<sunday>chu nhat|cn))(?P<before> tuan truoc)?"
)
_NAMES = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}


def read_day(text: str, today: date, month: date) -> date | None:
    """The day that a person typed, `None` where it is none. A day without a month is one of `month`, a day without a
    year one of the year of `month` (or of the year before, where that is still to come)."""
    typed = re.sub(r"\s+", " ", _ANSWERED.sub("", fold(text).strip(" .,;!")))
    if typed in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[typed])
    if named := _WEEKDAY.fullmatch(typed):
        return _weekday(named, today)
    if found := _ISO.fullmatch(typed):
        return _real(int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _FULL.fullmatch(typed):
        return _dated(found, today, month)
    alone = _DAY.fullmatch(typed)
    return _real(month.year, month.month, int(alone["day"])) if alone else None


def _dated(found: re.Match[str], today: date, month: date) -> date | None:
    if found["year"]:
        year = int(found["year"])
        return _real(year if year > 99 else 2000 + year, int(found["month"]), int(found["day"]))
    this_year = _real(month.year, int(found["month"]), int(found["day"]))
    if this_year is None or this_year <= today:
        return this_year
    return _real(month.year - 1, int(found["month"]), int(found["day"]))


def _weekday(named: re.Match[str], today: date) -> date:
    """The last such day up to today; with "tuần trước" the one of the week before."""
    number = 8 if named["sunday"] else _NAMES.get(named["number"]) or int(named["number"])
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=number - 2)
    return day - timedelta(days=7) if named["before"] or day > today else day


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
