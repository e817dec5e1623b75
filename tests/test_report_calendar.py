"""The periods of reports against tables worked out by hand, and the properties that hold on every day of 2020-2035."""

from datetime import date

import pytest
from hypothesis import given

from scheduler import CutOffs, Cycle, Period, Profile
from scheduler.report_calendar import following, parse_period, period_of, previous
from tests.calendar_room import CYCLES, DECREED, ONE_DAY, cycles, day_of, days, periods, profiles, rows

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


@pytest.mark.parametrize("row", rows(DAYS), ids=lambda row: row[0])
def test_a_day_belongs_to_the_period_that_the_decree_says(row: list[str]) -> None:
    day, *codes = row
    found = [period_of(p, c, day_of(day)).code for p in DECREED for c in CYCLES]
    assert found == codes


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
