"""When anything may be said at all: the hours, the rings in them, the days of check-ins and digests."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler import SpeakingHours
from scheduler.policy import LADDER, check_in_day, decide, digest_due, may_speak, next_moment_to_speak, next_ring
from tests.policy_room import CALENDAR, HOURS, REPORT, at, rings


@pytest.mark.parametrize(
    ("now", "speaks", "then"),
    [
        ("2025-03-18 07:29", False, "2025-03-18 07:30"),
        ("2025-03-18 07:30", True, "2025-03-18 07:30"),
        ("2025-03-18 11:29", True, "2025-03-18 11:29"),
        ("2025-03-18 11:30", False, "2025-03-18 13:30"),
        ("2025-03-18 13:30", True, "2025-03-18 13:30"),
        ("2025-03-18 17:00", False, "2025-03-19 07:30"),
        ("2025-03-18 23:59", False, "2025-03-19 07:30"),
        ("2025-03-21 17:00", False, "2025-03-24 07:30"),
        ("2025-03-22 10:00", False, "2025-03-24 07:30"),
        ("2025-01-24 18:00", False, "2025-02-03 07:30"),
        ("2024-12-31 17:30", False, "2025-01-02 07:30"),
    ],
)
def test_speaking_hours(now: str, speaks: bool, then: str) -> None:
    assert may_speak(at(now), HOURS, CALENDAR) is speaks
    assert next_moment_to_speak(at(now), HOURS, CALENDAR) == at(then)


def test_the_hours_are_those_of_viet_nam_whatever_the_zone_of_now() -> None:
    assert may_speak(datetime(2025, 3, 18, 1, 0, tzinfo=UTC), HOURS, CALENDAR)
    assert not may_speak(datetime(2025, 3, 18, 8, 0, tzinfo=UTC) + timedelta(hours=2), HOURS, CALENDAR)
    assert next_ring(datetime(2025, 3, 18, 0, 0, tzinfo=UTC), HOURS, CALENDAR) == at("2025-03-18 08:00")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        decide(REPORT, datetime(2025, 3, 18, 8, 0), LADDER, CALENDAR, HOURS)


@pytest.mark.parametrize(
    "spans",
    [(), ((time(9), time(9)),), ((time(17), time(7)),), ((time(13), time(17)), (time(7), time(11)))],
)
def test_hours_in_which_nobody_can_be_reached_are_refused(spans: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="at least one span"):
        SpeakingHours(spans)


@pytest.mark.parametrize(
    ("now", "ring"),
    [
        ("2025-03-18 00:00", "2025-03-18 08:00"),
        ("2025-03-18 08:00", "2025-03-18 10:00"),
        ("2025-03-18 10:30", "2025-03-18 14:00"),
        ("2025-03-18 14:00", "2025-03-18 16:00"),
        ("2025-03-18 16:00", "2025-03-19 08:00"),
        ("2025-03-21 16:00", "2025-03-24 08:00"),
        ("2025-01-24 16:00", "2025-02-03 08:00"),
    ],
)
def test_the_next_ring(now: str, ring: str) -> None:
    assert next_ring(at(now), HOURS, CALENDAR) == at(ring)


def test_a_year_has_four_rings_on_each_working_day() -> None:
    moments = list(rings(at("2024-12-31 23:59"), at("2026-01-01 00:00")))
    assert len({moment.date() for moment in moments}) == 249
    assert len(moments) == 4 * 249


def test_hours_without_a_ring_hour_ring_when_they_begin() -> None:
    noon = SpeakingHours(((time(11), time(12)),))
    assert next_ring(at("2025-03-18 08:00"), noon, CALENDAR) == at("2025-03-18 11:00")
    assert digest_due(None, at("2025-03-18 11:00"), noon, CALENDAR)


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2025, 3, 25, "25/03/2025"),
        (2025, 1, 25, "03/02/2025"),
        (2025, 5, 25, "26/05/2025"),
        (2024, 2, 30, "29/02/2024"),
        (2025, 2, 31, "28/02/2025"),
        (2025, 8, 31, "03/09/2025"),
        (2026, 4, 26, "28/04/2026"),
    ],
)
def test_the_day_of_the_check_in(year: int, month: int, day: int, expected: str) -> None:
    assert f"{check_in_day(year, month, CALENDAR, day):%d/%m/%Y}" == expected


def test_the_check_in_is_on_the_25th_where_nothing_else_is_configured() -> None:
    assert check_in_day(2025, 3, CALENDAR) == date(2025, 3, 25)


@pytest.mark.parametrize("day", [0, 32])
def test_a_check_in_day_that_no_month_has_is_refused(day: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 31"):
        check_in_day(2025, 3, CALENDAR, day)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2025-03-18 07:45", False),
        (None, "2025-03-18 08:00", True),
        ("2025-03-17 08:00", "2025-03-18 08:00", True),
        ("2025-03-18 08:00", "2025-03-18 10:00", False),
        ("2025-03-17 16:00", "2025-03-18 14:00", True),
        ("2025-03-14 08:00", "2025-03-15 08:00", False),
        ("2025-03-17 08:00", "2025-03-18 12:00", False),
        ("2025-03-19 08:00", "2025-03-18 08:00", False),
    ],
)
def test_a_digest_is_due_once_a_working_day(last: str | None, now: str, due: bool) -> None:
    assert digest_due(at(last) if last else None, at(now), HOURS, CALENDAR) is due
