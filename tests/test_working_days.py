"""Working days and the official days off against tables worked out by hand, and what holds on every day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import WorkingCalendar
from scheduler.report_calendar import add_working_days, is_working_day, working_days_between
from tests.calendar_room import ONE_DAY, PLAIN, YEARS, calendars, day_of, days, rows

# The last working day before and the first one after the official days off; the year ends and swaps of these years too.
CLOSURES = """
22/01/2020 30/01/2020
09/02/2021 17/02/2021
28/01/2022 07/02/2022
19/01/2023 27/01/2023
07/02/2024 15/02/2024
24/01/2025 03/02/2025
13/02/2026 23/02/2026
01/04/2020 03/04/2020
29/04/2020 04/05/2020
20/04/2021 22/04/2021
29/04/2021 04/05/2021
01/09/2021 06/09/2021
31/12/2021 04/01/2022
08/04/2022 12/04/2022
29/04/2022 04/05/2022
31/08/2022 05/09/2022
30/12/2022 03/01/2023
28/04/2023 04/05/2023
31/08/2023 05/09/2023
29/12/2023 02/01/2024
17/04/2024 19/04/2024
26/04/2024 02/05/2024
30/08/2024 04/09/2024
31/12/2024 02/01/2025
04/04/2025 08/04/2025
29/04/2025 05/05/2025
29/08/2025 03/09/2025
24/04/2026 28/04/2026
"""


@pytest.mark.parametrize("tet", [row[-1] for row in rows(YEARS)])
def test_nobody_works_from_the_eve_to_the_third_day_of_tet(tet: str) -> None:
    days = [day_of(tet) + n * ONE_DAY for n in (-1, 0, 1, 2)]
    assert not any(is_working_day(day, PLAIN) for day in days)
    off = [day_of(tet) + n * ONE_DAY for n in range(-7, 8)]
    assert sum(day.weekday() < 5 and not is_working_day(day, PLAIN) for day in off) == 5


@pytest.mark.parametrize(("before", "after"), rows(CLOSURES))
def test_official_days_off_lie_between_two_working_days(before: str, after: str) -> None:
    assert is_working_day(day_of(before), PLAIN)
    assert add_working_days(day_of(before), 1, PLAIN) == day_of(after)
    assert add_working_days(day_of(after), -1, PLAIN) == day_of(before)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("17/03/2025", 0, "17/03/2025"),
        ("15/03/2025", 0, "17/03/2025"),
        ("15/03/2025", 1, "17/03/2025"),
        ("15/03/2025", -1, "14/03/2025"),
        ("18/03/2025", -5, "11/03/2025"),
        ("03/02/2025", -1, "24/01/2025"),
        ("24/01/2025", 2, "04/02/2025"),
        ("31/12/2024", 1, "02/01/2025"),
    ],
)
def test_working_days_are_added_both_ways(start: str, count: int, end: str) -> None:
    assert add_working_days(day_of(start), count, PLAIN) == day_of(end)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("18/03/2025", "18/03/2025", 0),
        ("14/03/2025", "17/03/2025", 1),
        ("17/03/2025", "14/03/2025", -1),
        ("14/03/2025", "16/03/2025", 0),
        ("24/01/2025", "04/02/2025", 2),
        ("04/02/2025", "24/01/2025", -2),
        ("31/12/2024", "02/01/2025", 1),
    ],
)
def test_working_days_are_counted_both_ways(start: str, end: str, days: int) -> None:
    assert working_days_between(day_of(start), day_of(end), PLAIN) == days


def test_staff_swap_a_friday_for_a_saturday() -> None:
    friday, saturday = date(2026, 1, 2), date(2026, 1, 10)
    swapped = WorkingCalendar(frozenset({friday}), frozenset({saturday}))
    assert (is_working_day(friday, PLAIN), is_working_day(saturday, PLAIN)) == (True, False)
    assert (is_working_day(friday, swapped), is_working_day(saturday, swapped)) == (False, True)
    assert add_working_days(date(2025, 12, 31), 1, swapped) == date(2026, 1, 5)
    assert add_working_days(date(2026, 1, 9), 1, swapped) == saturday


def test_a_day_that_staff_entered_twice_is_off() -> None:
    day = date(2025, 3, 18)
    assert not is_working_day(day, WorkingCalendar(frozenset({day}), frozenset({day})))


@pytest.mark.parametrize("year", [1900, 2101])
def test_a_year_without_known_tet_is_refused(year: int) -> None:
    weekday = next(day for n in range(7) if (day := date(year, 6, 1 + n)).weekday() == 0)
    with pytest.raises(ValueError, match="between 1901 and 2100"):
        is_working_day(weekday, PLAIN)


@given(days, st.integers(-30, 30).filter(bool), calendars)
def test_counting_gives_back_what_was_added(day: date, count: int, calendar: WorkingCalendar) -> None:
    assert working_days_between(day, add_working_days(day, count, calendar), calendar) == count


@given(days, st.integers(-30, 30), calendars)
def test_adding_and_taking_away_comes_home(day: date, count: int, calendar: WorkingCalendar) -> None:
    working = add_working_days(day, 0, calendar)
    assert add_working_days(add_working_days(working, count, calendar), -count, calendar) == working
