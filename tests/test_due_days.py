"""When a report is due, against tables worked out by hand, and what holds for every period."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import Cycle, DueBy, Period, Profile, WorkingCalendar
from scheduler.report_calendar import due_day, is_working_day, parse_period, usual_due
from tests.calendar_room import PLAIN, YEARS, calendars, day_of, periods, rows

# A period, the last day of the month (or of the year) for its report, the due day. Where nobody works on that day it is
# the working day before it, unless that is over: 25/01/2025 is Tết, 25/05/2025 a Sunday; 15/02/2026 is followed by Tết.
NO_LATER = """
administrative month   2025-01 25    24/01/2025
administrative month   2025-03 25    25/03/2025
administrative month   2025-05 25    23/05/2025
administrative quarter 2025-Q1 25    25/03/2025
administrative quarter 2025-Q4 25    25/12/2025
administrative month   2026-04 25    24/04/2026
administrative month   2026-02 15    23/02/2026
administrative month   2025-03 14    14/04/2025
administrative year    2025    31    31/12/2025
administrative month   2025-02 31    28/02/2025
administrative month   2024-02 31    29/02/2024
calendar       month   2025-03 25    25/04/2025
calendar       quarter 2025-Q4 5     05/01/2026
union_forms    half    2025-H1 10/6  10/06/2025
union_forms    half    2025-H2 5/12  05/12/2025
union_forms    year    2024    10/6  10/06/2025
administrative year    2027    29/2  29/02/2028
"""

# A period, the working days after its cut-off, the due day.
DUE = """
administrative month   2025-01 2 16/01/2025
administrative quarter 2025-Q1 4 20/03/2025
administrative quarter 2025-Q2 2 17/06/2025
administrative quarter 2025-Q1 0 14/03/2025
administrative month   2025-06 0 16/06/2025
administrative month   2024-02 4 20/02/2024
calendar       year    2024    2 03/01/2025
calendar       month   2024-08 2 05/09/2024
calendar       month   2025-04 2 06/05/2025
calendar       month   2028-02 2 02/03/2028
calendar       month   2025-02 0 28/02/2025
"""


@pytest.mark.parametrize(("profile", "cycle", "code", "by", "due"), rows(NO_LATER))
def test_a_report_due_no_later_than_a_day(profile: Profile, cycle: Cycle, code: str, by: str, due: str) -> None:
    day, _, month = by.partition("/")
    rule = DueBy(int(day), int(month) if month else None)
    assert due_day(parse_period(profile, cycle, code), 2, PLAIN, rule) == day_of(due)


@pytest.mark.parametrize("year", range(2020, 2036))
def test_a_province_reports_no_later_than_the_25th_every_month(year: int) -> None:
    working_days, by = usual_due("province")
    for month in range(1, 13):
        due = due_day(parse_period("administrative", "month", f"{year}-{month:02d}"), working_days, PLAIN, by)
        assert due.year == year and due.month == month and 15 <= due.day <= 25 and is_working_day(due, PLAIN)


def test_the_usual_due_rules() -> None:
    assert [usual_due(level) for level in ("grassroots", "district", "commune")] == [(2, None), (4, None), (4, None)]


@pytest.mark.parametrize(("year", "quarter", "february", "december", "_tet"), rows(YEARS))
def test_every_year_has_its_due_days(year: str, quarter: str, february: str, december: str, _tet: str) -> None:
    asked: list[tuple[Cycle, str]] = [("quarter", f"{year}-Q1"), ("month", f"{year}-02"), ("year", year)]
    found = [due_day(parse_period("administrative", cycle, code), 2, PLAIN) for cycle, code in asked]
    assert found == [day_of(quarter), day_of(february), day_of(december)]


@pytest.mark.parametrize(("profile", "cycle", "code", "days", "due"), rows(DUE))
def test_due_days(profile: Profile, cycle: Cycle, code: str, days: str, due: str) -> None:
    assert due_day(parse_period(profile, cycle, code), int(days), PLAIN) == day_of(due)


@given(periods, st.integers(0, 10), calendars)
def test_a_due_day_is_a_working_day_not_before_the_cut_off(
    period: Period, count: int, calendar: WorkingCalendar
) -> None:
    due = due_day(period, count, calendar)
    assert is_working_day(due, calendar)
    assert due >= period.last
    assert due <= due_day(period, count + 1, calendar)


@given(periods, st.integers(1, 31), st.none() | st.integers(1, 12), calendars)
def test_no_later_than_a_day_is_a_working_day_after_the_cut_off(
    period: Period, day: int, month: int | None, calendar: WorkingCalendar
) -> None:
    due = due_day(period, 2, calendar, DueBy(day, month))
    assert is_working_day(due, calendar)
    assert period.last < due <= period.last + timedelta(days=366 + 15)
