"""When the assistant speaks: the ladder as a table, walks through the rings of months, and what must never happen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import ZONE, Owed, Rung, SpeakingHours, Standing, WorkingCalendar
from scheduler.policy import (
    LADDER,
    check_in_day,
    day_put_off_to,
    decide,
    digest_due,
    escalate,
    may_speak,
    next_moment_to_speak,
    next_ring,
    parse_ladder,
)
from scheduler.report_calendar import due_day, is_working_day, parse_period

CALENDAR = WorkingCalendar()
HOURS = SpeakingHours()
QUARTER = parse_period("administrative", "quarter", "2025-Q1")
REPORT = Owed("quarterly", "GR-01", QUARTER, due_day(QUARTER, 2, CALENDAR), said=frozenset())
NAMES = [rung.name for rung in LADDER]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def rung_at(owed: Owed, now: datetime, calendar: WorkingCalendar = CALENDAR, hours: SpeakingHours = HOURS) -> str:
    reminder = decide(owed, now, LADDER, calendar, hours)
    return reminder.rung.name if reminder else ""


def rings(start: datetime, end: datetime, calendar: WorkingCalendar = CALENDAR) -> Iterator[datetime]:
    now = next_ring(start, HOURS, calendar)
    while now < end:
        yield now
        now = next_ring(now, HOURS, calendar)


# The report of the first quarter is due on Tuesday, 18/03/2025. A moment, what was said before, what is said now.
@pytest.mark.parametrize(
    ("now", "said", "expected"),
    [
        ("2025-03-10 16:00", "", ""),
        ("2025-03-11 07:59", "", ""),
        ("2025-03-11 08:00", "", "-5"),
        ("2025-03-11 08:00", "-5", ""),
        ("2025-03-11 12:00", "", ""),
        ("2025-03-11 14:00", "", "-5"),
        ("2025-03-17 08:00", "-5", "-1"),
        ("2025-03-18 08:00", "-5 -1", "0"),
        ("2025-03-18 20:00", "-5 -1", ""),
        ("2025-03-19 08:00", "-5 -1 0", "+1"),
        ("2025-03-21 08:00", "-5 -1 0 +1", "+3"),
        ("2025-03-22 08:00", "-5 -1 0 +1", ""),
        ("2025-03-23 08:00", "-5 -1 0 +1", ""),
        ("2025-03-24 08:00", "-5 -1 0 +1", "+3"),
        ("2025-03-27 08:00", "-5 -1 0 +1 +3", "+7"),
        ("2025-03-27 08:00", "", "+7"),
        ("2025-03-24 08:00", "+7", ""),
        ("2025-12-01 08:00", "-5 -1 0 +1 +3 +7", ""),
        ("2025-12-01 08:00", "an older rung", "+7"),
    ],
)
def test_what_is_said_when(now: str, said: str, expected: str) -> None:
    said_before = frozenset({said} if said == "an older rung" else said.split())
    assert rung_at(replace(REPORT, said=said_before), at(now)) == expected


@pytest.mark.parametrize(
    ("now", "late"), [("2025-03-11", -5), ("2025-03-18", 0), ("2025-03-21", 3), ("2025-04-01", 10)]
)
def test_a_reminder_says_how_many_working_days_late(now: str, late: int) -> None:
    reminder = decide(REPORT, at(f"{now} 08:00"), LADDER, CALENDAR, HOURS)
    assert reminder is not None
    assert reminder.days_late == late


@pytest.mark.parametrize(("now", "rung"), [("2025-03-21", ""), ("2025-03-24", "0"), ("2025-03-25", "+1")])
def test_a_due_day_on_a_weekend_is_the_monday_after_it(now: str, rung: str) -> None:
    extended = replace(REPORT, due=date(2025, 3, 22), said=frozenset({"-5", "-1"}))
    assert rung_at(extended, at(f"{now} 08:00")) == rung


# The report is due on Tuesday, 18/03/2025. A moment, the rungs of which the staff heard, those they hear of now.
@pytest.mark.parametrize(
    ("now", "told", "expected"),
    [
        ("2025-03-20 16:00", "", ""),
        ("2025-03-21 07:59", "", ""),
        ("2025-03-21 08:00", "", "+3"),
        ("2025-03-21 10:00", "+3", ""),
        ("2025-03-22 10:00", "", ""),
        ("2025-03-26 08:00", "", "+3"),
        ("2025-03-27 08:00", "+3", "+7"),
        ("2025-03-27 08:00", "", "+3 +7"),
        ("2025-06-02 08:00", "+7", "+3"),
        ("2025-06-02 08:00", "+3 +7", ""),
    ],
)
def test_of_what_the_staff_hear_when(now: str, told: str, expected: str) -> None:
    owed = replace(REPORT, told=frozenset(told.split()))
    found = escalate(owed, at(now), LADDER, CALENDAR, HOURS)
    assert " ".join(each.rung.name for each in found) == expected


@pytest.mark.parametrize("standing", ["submitted", "nothing", "paper", "other_system", "excused", "leave"])
def test_nothing_is_said_of_what_is_settled_or_while_the_officer_is_away(standing: Standing) -> None:
    owed = replace(REPORT, standing=standing)
    assert decide(owed, at("2025-03-27 08:00"), LADDER, CALENDAR, HOURS) is None
    assert escalate(owed, at("2025-03-27 08:00"), LADDER, CALENDAR, HOURS) == ()
    assert owed.settled is (standing != "leave")


@pytest.mark.parametrize("standing", ["missing", "extended", "returned"])
def test_what_is_owed_is_chased_whatever_it_is_called(standing: Standing) -> None:
    assert rung_at(replace(REPORT, standing=standing), at("2025-03-27 08:00")) == "+7"


# A day, how often the reminder was put off before, the day to which it may be put off now.
@pytest.mark.parametrize(
    ("today", "times", "to"),
    [
        ("2025-03-11", 0, "12/03/2025"),
        ("2025-03-14", 1, "17/03/2025"),
        ("2025-03-14", 2, ""),
        ("2025-03-18", 0, "19/03/2025"),
        ("2025-03-19", 1, "20/03/2025"),
        ("2025-03-20", 0, ""),
        ("2025-03-27", 0, ""),
    ],
)
def test_to_which_day_a_reminder_may_be_put_off(today: str, times: int, to: str) -> None:
    found = day_put_off_to(REPORT, date.fromisoformat(today), LADDER, CALENDAR, times)
    assert (f"{found:%d/%m/%Y}" if found else "") == to


# What was said before, the day to which it was put off, a moment, what is said then.
@pytest.mark.parametrize(
    ("said", "again", "now", "expected"),
    [
        ("-5", "2025-03-12", "2025-03-12 07:59", ""),
        ("-5", "2025-03-12", "2025-03-12 08:00", "-5~0312"),
        ("-5 -5~0312", "2025-03-12", "2025-03-12 10:00", ""),
        ("-5", "2025-03-12", "2025-03-13 08:00", ""),
        ("-5", "2025-03-17", "2025-03-17 08:00", "-1"),
        ("-5 -1 0 +1", "2025-03-20", "2025-03-20 08:00", "+1~0320"),
        ("-5 -1 0 +1 +3", "2025-03-24", "2025-03-24 08:00", ""),
        ("", "2025-03-10", "2025-03-10 08:00", ""),
    ],
)
def test_what_was_put_off_is_said_again_on_that_day_only(said: str, again: str, now: str, expected: str) -> None:
    owed = replace(REPORT, said=frozenset(said.split()), again=date.fromisoformat(again))
    assert rung_at(owed, at(now)) == expected


@pytest.mark.parametrize(
    "text", ["-5 -1 0 +1 +3:staff +7:senior", "+7:senior 0 1 -1 -5 +3:staff", "-05 -1 +0 1 3:staff 7:senior"]
)
def test_the_ladder_can_be_written_down(text: str) -> None:
    assert parse_ladder(text) == LADDER


@pytest.mark.parametrize("text", ["", "five", "+3:boss", "0 0", "-1:staff", "0:senior", "+3: staff", "100"])
def test_a_ladder_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"rung"):
        parse_ladder(text)


def test_staff_and_then_the_level_above_them_are_told() -> None:
    assert [rung.tells for rung in LADDER] == ["nobody", "nobody", "nobody", "nobody", "staff", "senior"]


@pytest.mark.parametrize(("now", "rung"), [("2025-03-14", "early"), ("2025-03-20", "late")])
def test_a_ladder_may_be_written_in_any_order(now: str, rung: str) -> None:
    reminder = decide(REPORT, at(f"{now} 08:00"), (Rung("late", 2), Rung("early", -2)), CALENDAR, HOURS)
    assert reminder is not None
    assert reminder.rung.name == rung


def test_a_report_over_tet_is_chased_before_and_after_it_only() -> None:
    # The month closes on Saturday 14/02/2026; Tết is 16-20/02; two working days later is Tuesday 24/02.
    period = parse_period("administrative", "month", "2026-02")
    owed = replace(REPORT, period=period, due=due_day(period, 2, CALENDAR))
    spoken = []
    for now in rings(at("2026-02-01 00:00"), at("2026-03-31 00:00")):
        if name := rung_at(owed, now):
            spoken.append(f"{now:%d/%m %H:%M} {name}")
            owed = replace(owed, said=owed.said | {name})
    assert spoken == [
        "10/02 08:00 -5",
        "23/02 08:00 -1",
        "24/02 08:00 0",
        "25/02 08:00 +1",
        "27/02 08:00 +3",
        "05/03 08:00 +7",
    ]


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


moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 11, 30), timezones=st.just(ZONE))
dates = st.dates(date(2020, 3, 1), date(2035, 9, 30))
calendars = st.builds(WorkingCalendar, st.frozensets(dates, max_size=5), st.frozensets(dates, max_size=5))
rungs_said = st.frozensets(st.sampled_from(NAMES))
reports = st.builds(lambda due, said: replace(REPORT, due=due, said=said), dates, rungs_said)


@st.composite
def moments_near(draw: st.DrawFn, owed: Owed) -> datetime:
    day = datetime.combine(owed.due, time(0), ZONE)
    return day + timedelta(minutes=draw(st.integers(-15 * 1440, 30 * 1440)))


@given(st.data(), reports, calendars)
def test_never_in_quiet_hours_and_never_a_rung_twice(
    data: st.DataObject, owed: Owed, calendar: WorkingCalendar
) -> None:
    now = data.draw(moments_near(owed))
    reminder = decide(owed, now, LADDER, calendar, HOURS)
    if reminder is not None:
        assert is_working_day(now.date(), calendar)
        assert time(7, 30) <= now.time() < time(11, 30) or time(13, 30) <= now.time() < time(17)
        assert reminder.rung.name not in owed.said
        assert not owed.said.intersection(NAMES[NAMES.index(reminder.rung.name) :])


@given(st.data(), reports, calendars)
def test_never_after_it_is_settled(data: st.DataObject, owed: Owed, calendar: WorkingCalendar) -> None:
    assert decide(replace(owed, standing="submitted"), data.draw(moments_near(owed)), LADDER, calendar, HOURS) is None


@settings(deadline=None)
@given(dates, calendars)
def test_walking_from_ring_to_ring_says_every_rung_once_and_in_order(due: date, calendar: WorkingCalendar) -> None:
    owed, spoken = replace(REPORT, due=due), []
    start = datetime.combine(due, time(0), ZONE) - timedelta(days=30)
    for now in rings(start, start + timedelta(days=75), calendar):
        if name := rung_at(owed, now, calendar):
            spoken.append(name)
            owed = replace(owed, said=owed.said | {name})
    assert spoken == NAMES


@settings(deadline=None)
@given(dates, st.integers(0, 60), st.integers(0, 60))
def test_after_any_downtime_there_is_one_reminder_the_latest(due: date, up_until: int, down: int) -> None:
    start = datetime.combine(due, time(0), ZONE) - timedelta(days=30)
    owed, stopped = replace(REPORT, due=due), start + timedelta(days=up_until)
    for now in rings(start, stopped):
        owed = replace(owed, said=owed.said | {rung_at(owed, now)} - {""})
    back = stopped + timedelta(days=down)
    missed = {rung_at(replace(owed, said=frozenset()), now) for now in rings(start, back)} - {""} - owed.said
    first = next_ring(back - timedelta(seconds=1), HOURS, CALENDAR)
    latest = rung_at(replace(owed, said=frozenset()), first)
    said = rung_at(owed, first)
    assert said == ("" if latest in owed.said else latest)
    assert bool(said) >= bool(missed)
    if said:
        again = replace(owed, said=owed.said | {said})
        assert rung_at(again, first) == rung_at(again, first + timedelta(minutes=30)) == ""


@settings(deadline=None)
@given(dates, calendars, st.lists(st.booleans(), min_size=60, max_size=60))
def test_whatever_is_put_off_nobody_hears_twice_a_day_and_the_staff_hear_in_time(
    due: date, calendar: WorkingCalendar, puts_off: list[bool]
) -> None:
    """An officer who answers with "tomorrow" whenever the list says so; nothing ever comes in."""
    owed, times, spoken, told = replace(REPORT, due=due), 0, [], []
    start = datetime.combine(due, time(0), ZONE) - timedelta(days=30)
    heard: set[date] = set()
    for now in rings(start, start + timedelta(days=75), calendar):
        told += [(each.rung.name, now.date()) for each in escalate(owed, now, LADDER, calendar, HOURS)]
        owed = replace(owed, told=frozenset(name for name, _ in told))
        reminder = decide(owed, now, LADDER, calendar, HOURS)
        if reminder is None or now.date() in heard:
            continue
        heard.add(now.date())
        spoken.append(reminder.rung.name)
        owed = replace(owed, said=owed.said | {reminder.rung.name})
        to = day_put_off_to(owed, now.date(), LADDER, calendar, times)
        if to is not None and puts_off[len(spoken) % 60]:
            owed, times = replace(owed, again=to), times + 1
    assert len(spoken) == len(set(spoken))
    assert [name for name in spoken if "~" not in name] == NAMES
    assert times <= 2
    assert [name for name, _ in told] == ["+3", "+7"]
    days = dict(told)
    put_off_days = [name for name in spoken if name.startswith(("+3~", "+7~"))]
    assert not put_off_days and days["+3"] < days["+7"]


@given(st.data(), reports, calendars)
def test_the_staff_hear_nothing_in_quiet_hours_and_nothing_twice(
    data: st.DataObject, owed: Owed, calendar: WorkingCalendar
) -> None:
    now = data.draw(moments_near(owed))
    told = data.draw(rungs_said)
    found = escalate(replace(owed, told=told), now, LADDER, calendar, HOURS)
    assert not found or may_speak(now, HOURS, calendar)
    assert all(each.rung.name not in told and each.rung.tells != "nobody" for each in found)


@given(moments, calendars)
def test_every_ring_and_every_moment_to_speak_is_in_the_hours(now: datetime, calendar: WorkingCalendar) -> None:
    ring, moment = next_ring(now, HOURS, calendar), next_moment_to_speak(now, HOURS, calendar)
    assert ring > now
    assert moment >= now
    assert may_speak(ring, HOURS, calendar)
    assert may_speak(moment, HOURS, calendar)
    assert moment <= ring
