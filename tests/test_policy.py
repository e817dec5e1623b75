"""What is said of a report when: the ladder as a table, what is put off, and what the staff hear."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler import Rung, Standing
from scheduler.policy import LADDER, day_put_off_to, decide, escalate, parse_ladder
from scheduler.report_calendar import due_day, parse_period
from tests.policy_room import CALENDAR, HOURS, REPORT, at, rings, rung_at


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
