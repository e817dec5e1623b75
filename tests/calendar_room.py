"""What tests of the report calendar share: tables of text, days as documents write them, any period and calendar."""

from datetime import date, timedelta

from hypothesis import strategies as st

from scheduler import Cycle, Profile, WorkingCalendar
from scheduler.report_calendar import period_of

PLAIN = WorkingCalendar()
ONE_DAY = timedelta(days=1)

DECREED: tuple[Profile, ...] = ("administrative", "calendar")
CYCLES: tuple[Cycle, ...] = ("month", "quarter", "half", "year")

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


def rows(table: str) -> list[list[str]]:
    """The words of each line of a table."""
    return [line.split() for line in table.strip().splitlines()]


def day_of(text: str) -> date:
    """A day, from `14/03/2025`."""
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
profiles = st.sampled_from((*DECREED, "union_forms"))
cycles = st.sampled_from(CYCLES)
cut_offs = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 27)), min_size=1, max_size=6, unique=True).map(tuple)
custom_periods = st.builds(period_of, st.just("custom"), st.just("custom"), days, cut_offs)
periods = st.builds(period_of, profiles, cycles, days) | custom_periods
calendars = st.builds(WorkingCalendar, st.frozensets(days, max_size=9), st.frozensets(days, max_size=9))
