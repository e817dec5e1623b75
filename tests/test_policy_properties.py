"""What must never happen, whatever the calendar, the report and the officer do; walks from ring to ring."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import ZONE, Owed, WorkingCalendar
from scheduler.policy import LADDER, day_put_off_to, decide, escalate, may_speak, next_moment_to_speak, next_ring
from scheduler.report_calendar import is_working_day
from tests.policy_room import CALENDAR, HOURS, NAMES, REPORT, rings, rung_at

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
