"""The report calendar against tables worked out by hand, and the properties that hold on every day of 2020-2035."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import CutOffs, Cycle, DueBy, Period, Profile, WorkingCalendar
from scheduler.report_calendar import (
    add_working_days,
    due_day,
    following,
    is_working_day,
    parse_period,
    period_of,
    previous,
    usual_due,
    working_days_between,
)

PLAIN = WorkingCalendar()
ONE_DAY = timedelta(days=1)

# Decree 09/2019/NĐ-CP, article 12, written out; below it the months of the calendar.
PERIODS = """
administrative month   2024-01 15/12/2023 14/01/2024
administrative month   2024-02 15/01/2024 14/02/2024
administrative month   2024-03 15/02/2024 14/03/2024
administrative month   2025-03 15/02/2025 14/03/2025
administrative month   2025-12 15/11/2025 14/12/2025
administrative quarter 2025-Q1 15/12/2024 14/03/2025
administrative quarter 2025-Q2 15/03/2025 14/06/2025
administrative quarter 2025-Q3 15/06/2025 14/09/2025
administrative quarter 2025-Q4 15/09/2025 14/12/2025
administrative quarter 2026-Q1 15/12/2025 14/03/2026
administrative half    2026-H1 15/12/2025 14/06/2026
administrative half    2026-H2 15/06/2026 14/12/2026
administrative year    2026    15/12/2025 14/12/2026
administrative year    2028    15/12/2027 14/12/2028
calendar       month   2023-02 01/02/2023 28/02/2023
calendar       month   2024-02 01/02/2024 29/02/2024
calendar       month   2100-02 01/02/2100 28/02/2100
calendar       month   2025-12 01/12/2025 31/12/2025
calendar       quarter 2024-Q1 01/01/2024 31/03/2024
calendar       quarter 2025-Q2 01/04/2025 30/06/2025
calendar       quarter 2025-Q4 01/10/2025 31/12/2025
calendar       half    2025-H1 01/01/2025 30/06/2025
calendar       half    2025-H2 01/07/2025 31/12/2025
calendar       year    2024    01/01/2024 31/12/2024
union_forms    half    2024-H1 01/12/2023 31/05/2024
union_forms    half    2024-H2 01/06/2024 30/11/2024
union_forms    half    2025-H1 01/12/2024 31/05/2025
union_forms    year    2025    01/12/2024 30/11/2025
union_forms    quarter 2024-Q1 01/12/2023 29/02/2024
union_forms    quarter 2025-Q1 01/12/2024 28/02/2025
union_forms    quarter 2025-Q4 01/09/2025 30/11/2025
union_forms    month   2025-02 01/02/2025 28/02/2025
"""

# Cut-offs as staff gave them (day/month); a code; the days that it covers. A leap day is the last of February.
CUSTOM = """
20/5,20/11      2025-K1 21/11/2024 20/05/2025
20/5,20/11      2025-K2 21/05/2025 20/11/2025
31/12           2025-K1 01/01/2025 31/12/2025
29/2,31/8       2024-K1 01/09/2023 29/02/2024
29/2,31/8       2025-K1 01/09/2024 28/02/2025
15/1,15/4,15/10 2026-K1 16/10/2025 15/01/2026
15/1,15/4,15/10 2026-K3 16/04/2026 15/10/2026
"""

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

# The day; the month, quarter, half and year that an administrative report gives it to; the same by the calendar.
DAYS = """
14/12/2024 2024-12 2024-Q4 2024-H2 2024  2024-12 2024-Q4 2024-H2 2024
15/12/2024 2025-01 2025-Q1 2025-H1 2025  2024-12 2024-Q4 2024-H2 2024
31/12/2024 2025-01 2025-Q1 2025-H1 2025  2024-12 2024-Q4 2024-H2 2024
01/01/2025 2025-01 2025-Q1 2025-H1 2025  2025-01 2025-Q1 2025-H1 2025
14/01/2025 2025-01 2025-Q1 2025-H1 2025  2025-01 2025-Q1 2025-H1 2025
15/01/2025 2025-02 2025-Q1 2025-H1 2025  2025-01 2025-Q1 2025-H1 2025
29/02/2024 2024-03 2024-Q1 2024-H1 2024  2024-02 2024-Q1 2024-H1 2024
14/03/2025 2025-03 2025-Q1 2025-H1 2025  2025-03 2025-Q1 2025-H1 2025
15/03/2025 2025-04 2025-Q2 2025-H1 2025  2025-03 2025-Q1 2025-H1 2025
14/06/2025 2025-06 2025-Q2 2025-H1 2025  2025-06 2025-Q2 2025-H1 2025
15/06/2025 2025-07 2025-Q3 2025-H2 2025  2025-06 2025-Q2 2025-H1 2025
30/06/2025 2025-07 2025-Q3 2025-H2 2025  2025-06 2025-Q2 2025-H1 2025
01/07/2025 2025-07 2025-Q3 2025-H2 2025  2025-07 2025-Q3 2025-H2 2025
14/09/2025 2025-09 2025-Q3 2025-H2 2025  2025-09 2025-Q3 2025-H2 2025
15/09/2025 2025-10 2025-Q4 2025-H2 2025  2025-09 2025-Q3 2025-H2 2025
"""

# Two working days after the cut-off of the first quarter (14/3), of February (14/2, near Tết) and of the year (14/12),
# and the first day of the lunar year. From 2027 the days in lieu follow the rule; the government settles them later.
YEARS = """
2020 17/03/2020 18/02/2020 16/12/2020 25/01/2020
2021 16/03/2021 18/02/2021 16/12/2021 12/02/2021
2022 16/03/2022 16/02/2022 16/12/2022 01/02/2022
2023 16/03/2023 16/02/2023 18/12/2023 22/01/2023
2024 18/03/2024 16/02/2024 17/12/2024 10/02/2024
2025 18/03/2025 18/02/2025 16/12/2025 29/01/2025
2026 17/03/2026 24/02/2026 16/12/2026 17/02/2026
2027 16/03/2027 16/02/2027 16/12/2027 06/02/2027
2028 16/03/2028 16/02/2028 18/12/2028 26/01/2028
2029 16/03/2029 20/02/2029 18/12/2029 13/02/2029
2030 18/03/2030 18/02/2030 17/12/2030 02/02/2030
2031 18/03/2031 18/02/2031 16/12/2031 23/01/2031
2032 16/03/2032 17/02/2032 16/12/2032 11/02/2032
2033 16/03/2033 16/02/2033 16/12/2033 31/01/2033
2034 16/03/2034 16/02/2034 18/12/2034 19/02/2034
2035 16/03/2035 16/02/2035 18/12/2035 08/02/2035
"""

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


DECREED: tuple[Profile, ...] = ("administrative", "calendar")
CYCLES: tuple[Cycle, ...] = ("month", "quarter", "half", "year")


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


def day_of(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


@pytest.mark.parametrize(("profile", "cycle", "code", "first", "last"), rows(PERIODS))
def test_a_period_covers_the_days_that_the_decree_says(
    profile: Profile, cycle: Cycle, code: str, first: str, last: str
) -> None:
    period = parse_period(profile, cycle, code)
    assert (period.first, period.last, period.code) == (day_of(first), day_of(last), code)


def days_and_months(text: str) -> CutOffs:
    return tuple((int(month), int(day)) for day, month in (each.split("/") for each in text.split(",")))


@pytest.mark.parametrize(("cut_offs", "code", "first", "last"), rows(CUSTOM))
def test_a_custom_period_lasts_from_one_cut_off_to_the_next(cut_offs: str, code: str, first: str, last: str) -> None:
    period = parse_period("custom", "custom", code, days_and_months(cut_offs))
    assert (period.first, period.last, period.code) == (day_of(first), day_of(last), code)


@pytest.mark.parametrize(("cut_offs", "code"), [((), "2025-K1"), (((5, 20),), "2025-K2"), (((5, 20),), "2025-Q1")])
def test_a_custom_period_that_does_not_exist_is_refused(cut_offs: CutOffs, code: str) -> None:
    with pytest.raises(ValueError, match=r"names no|cut-off"):
        parse_period("custom", "custom", code, cut_offs)


def test_a_custom_profile_without_cut_offs_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one cut-off"):
        period_of("custom", "custom", date(2025, 3, 1))


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


@pytest.mark.parametrize("row", rows(DAYS), ids=lambda row: row[0])
def test_a_day_belongs_to_the_period_that_the_decree_says(row: list[str]) -> None:
    day, *codes = row
    found = [period_of(p, c, day_of(day)).code for p in DECREED for c in CYCLES]
    assert found == codes


@pytest.mark.parametrize(("year", "quarter", "february", "december", "_tet"), rows(YEARS))
def test_every_year_has_its_due_days(year: str, quarter: str, february: str, december: str, _tet: str) -> None:
    asked: list[tuple[Cycle, str]] = [("quarter", f"{year}-Q1"), ("month", f"{year}-02"), ("year", year)]
    found = [due_day(parse_period("administrative", cycle, code), 2, PLAIN) for cycle, code in asked]
    assert found == [day_of(quarter), day_of(february), day_of(december)]


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


@pytest.mark.parametrize(("profile", "cycle", "code", "days", "due"), rows(DUE))
def test_due_days(profile: Profile, cycle: Cycle, code: str, days: str, due: str) -> None:
    assert due_day(parse_period(profile, cycle, code), int(days), PLAIN) == day_of(due)


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


@pytest.mark.parametrize(
    ("cycle", "code"),
    [
        ("month", "2025-13"),
        ("month", "2025-00"),
        ("month", "2025-3"),
        ("month", "2025"),
        ("month", "2025-03\n"),
        ("quarter", "2025-Q5"),
        ("quarter", "2025-01"),
        ("quarter", "2025-q1"),
        ("half", "2025-H3"),
        ("half", "2025-Q1"),
        ("year", "0000"),
        ("year", "٢٠٢٥"),
        ("year", ""),
    ],
)
def test_another_text_is_no_period(cycle: Cycle, code: str) -> None:
    with pytest.raises(ValueError, match="names no"):
        parse_period("administrative", cycle, code)


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
profiles = st.sampled_from((*DECREED, "union_forms"))
cycles = st.sampled_from(CYCLES)
cut_offs = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 27)), min_size=1, max_size=6, unique=True).map(tuple)
custom_periods = st.builds(period_of, st.just("custom"), st.just("custom"), days, cut_offs)
periods = st.builds(period_of, profiles, cycles, days) | custom_periods
calendars = st.builds(WorkingCalendar, st.frozensets(days, max_size=9), st.frozensets(days, max_size=9))


@given(profiles, cycles, days)
def test_every_day_is_in_exactly_one_period(profile: Profile, cycle: Cycle, day: date) -> None:
    period = period_of(profile, cycle, day)
    assert period.first <= day <= period.last
    assert not previous(period).first <= day <= previous(period).last
    assert not following(period).first <= day <= following(period).last
    assert period_of(profile, cycle, period.first) == period_of(profile, cycle, period.last) == period


@given(periods)
def test_periods_tile_time(period: Period) -> None:
    assert following(period).first == period.last + ONE_DAY
    assert previous(period).last == period.first - ONE_DAY
    assert following(previous(period)) == previous(following(period)) == period


@given(periods)
def test_a_code_names_its_period_and_sorts_by_time(period: Period) -> None:
    assert parse_period(period.profile, period.cycle, period.code, period.cut_offs) == period
    assert previous(period).code < period.code < following(period).code


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


@given(days, st.integers(-30, 30).filter(bool), calendars)
def test_counting_gives_back_what_was_added(day: date, count: int, calendar: WorkingCalendar) -> None:
    assert working_days_between(day, add_working_days(day, count, calendar), calendar) == count


@given(days, st.integers(-30, 30), calendars)
def test_adding_and_taking_away_comes_home(day: date, count: int, calendar: WorkingCalendar) -> None:
    working = add_working_days(day, 0, calendar)
    assert add_working_days(add_working_days(working, count, calendar), -count, calendar) == working
