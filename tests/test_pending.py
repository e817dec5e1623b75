"""What a ring reads of who owes what is a part of all that is owed, and nothing is missing from it."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot.behaviour import read_behaviour
from bot.simulated_office import CHANNEL, settle_in, synthetic_organisation
from db import SaidRung, checkins, exemptions, officers, reports, rungs, unions
from db.store import Connection, Store
from handlers.owing import CHECK_IN, FORM, check_in_closes, owing
from handlers.pending import Alike, overdue, pending, place
from handlers.standing import ladder_of
from handlers.timetable import Timetable
from handlers.unasked_letters import said_rung
from handlers.view import View
from knowledge import Union
from scheduler import ZONE, Owed
from scheduler.policy import decide, escalate
from scheduler.report_calendar import add_working_days

pytestmark = pytest.mark.both_engines

BEGIN = datetime(2026, 1, 2, 8, tzinfo=ZONE)
TIMETABLE = Timetable(BEGIN.date())
DAYS = 75

Happens = Callable[[Connection, Owed, datetime], None]


def submitted(connection: Connection, owed: Owed, now: datetime) -> None:
    reports.submit(
        connection, owed.obligation, owed.union, owed.period.code, officer=None, late=False, now=now, again=True
    )


def returned(connection: Connection, owed: Owed, now: datetime) -> None:
    submitted(connection, owed, now)
    came = reports.submitted(connection, owed.obligation, owed.union, owed.period.code)
    assert came is not None
    reports.give_back(connection, came.id, None, "thiếu", now.date() + timedelta(days=3), now)


def extended(connection: Connection, owed: Owed, now: datetime) -> None:
    until = add_working_days(max(owed.due, now.date()), 2, TIMETABLE.calendar)
    exemptions.give(connection, report(owed), "extension", None, now, until=until)


def excused(connection: Connection, owed: Owed, now: datetime) -> None:
    exemptions.give(connection, report(owed), "excuse", None, now)


def put_off(connection: Connection, owed: Owed, now: datetime) -> None:
    rungs.put_off(connection, ladder_of(owed), add_working_days(now.date(), 1, TIMETABLE.calendar))


def left(connection: Connection, owed: Owed, now: datetime) -> None:
    post = officers.of_union(connection, owed.union, "officer") or officers.of_union(connection, owed.union, "staff")
    if post:
        exemptions.send_away(connection, post.id, now.date(), now.date() + timedelta(days=6), None, now)


def blocked(connection: Connection, owed: Owed, now: datetime) -> None:
    officers.lose(connection, CHANNEL, owed.union, "blocked")


def merged(connection: Connection, owed: Owed, now: datetime) -> None:
    """A federation is closed and its unions stand below the other one."""
    if unions.is_open(connection, "H001", now.date()):
        for union in unions.every(connection, now.date()):
            if union.parent == "H001":
                unions.move(connection, union.code, "H002", now.date())
        unions.close(connection, ["H001"], now.date(), ["H002"])


HAPPENS: tuple[Happens, ...] = (submitted, returned, extended, excused, put_off, left, blocked)


def report(owed: Owed) -> tuple[str, str, str]:
    return owed.obligation, owed.union, owed.period.code


def decided(owed: Owed, now: datetime) -> tuple[object, ...]:
    """What is to be said of a thing, to whom, and with which words."""
    ladder = TIMETABLE.check_in_ladder if owed.obligation == CHECK_IN else TIMETABLE.ladder
    reminder = decide(owed, now, ladder, TIMETABLE.calendar, TIMETABLE.hours)
    told = escalate(owed, now, ladder, TIMETABLE.calendar, TIMETABLE.hours)
    said = (reminder.rung, reminder.days_late, bool(owed.said)) if reminder else None
    return ladder_of(owed), said, tuple((each.rung, each.days_late) for each in told)


def reachable(connection: Connection, code: str) -> bool:
    return any(post.reachable for post in officers.holders(connection, code))


def wanted(connection: Connection, owed: Owed, now: datetime) -> bool:
    """Whether something is said of it at a ring."""
    if owed.obligation == CHECK_IN and check_in_closes(owed.period, TIMETABLE) < now.date():
        return False
    _, said, told = decided(owed, now)
    return bool(told) or (said is not None and reachable(connection, owed.union))


def organise(connection: Connection) -> None:
    leaves = synthetic_organisation(46)
    settle_in(connection, (*leaves, Union("LONE", "Union", "grassroots", "H002", "")), read_behaviour(None), BEGIN)
    post = officers.of_union(connection, "LONE", "officer")
    assert post is not None
    officers.leave_post(connection, post.id, BEGIN)


@pytest.mark.parametrize("luck", [1, 2])
def test_a_ring_reads_all_that_something_is_said_of_and_a_digest_all_that_is_late(store: Store, luck: int) -> None:
    dice, said, seen = random.Random(luck), 0, set()
    with store.transaction() as connection:
        organise(connection)
    for day in range(40, 40 + DAYS):
        now = BEGIN + timedelta(days=day)
        with store.transaction() as connection:
            everything = owing(connection, TIMETABLE, now)
            every = (*everything.reports, *everything.check_ins)
            view = View(connection, TIMETABLE, now)
            due, late = pending(view), overdue(view)
            needed = [each for each in every if wanted(connection, each, now)]
            found = {each: decided(each, now) for each in singly(*due.reports, *due.check_ins)}
            assert {decided(each, now) for each in needed} <= set(found.values())
            assert {decided(each, now) for each in found} <= {decided(each, now) for each in every}
            assert sorted(singly(*late.reports), key=place) == [
                each for each in everything.reports if not each.settled and each.due < now.date()
            ]
            closed = [each for each in everything.check_ins if check_in_closes(each.period, TIMETABLE) < now.date()]
            assert set(singly(*late.check_ins)) == {each for each in closed if not each.settled}
            rungs.say(connection, rungs_of(needed, now), now)
            said += len(needed)
            missing = [each for each in everything.reports if not each.settled]
            for each in dice.sample(missing, min(3, len(missing))):
                happens = dice.choice(HAPPENS)
                seen.add(happens)
                happens(connection, each, now)
            if day == 80:
                merged(connection, missing[0], now)
            for each in dice.sample(everything.check_ins, min(4, len(everything.check_ins))):
                if not each.settled:
                    answers = {"members": 1}
                    checkins.put(
                        connection, each.union, FORM, 1, each.period.code, answers, officer=None, late=False, now=now
                    )
    assert said > 200 and seen == set(HAPPENS)


def singly(*alike: Alike) -> list[Owed]:
    return [owed for each in alike for owed in each]


def rungs_of(owed: list[Owed], now: datetime) -> list[SaidRung]:
    """What is written down when it is said."""
    written = []
    for each in owed:
        ladder = TIMETABLE.check_in_ladder if each.obligation == CHECK_IN else TIMETABLE.ladder
        reminder = decide(each, now, ladder, TIMETABLE.calendar, TIMETABLE.hours)
        if reminder:
            written.append(said_rung(each, reminder.rung))
        told = escalate(each, now, ladder, TIMETABLE.calendar, TIMETABLE.hours)
        written += [said_rung(each, one.rung, told=True) for one in told]
    return written


def test_nothing_is_owed_before_there_are_unions_and_rules(store: Store) -> None:
    with store.transaction() as connection:
        view = View(connection, TIMETABLE, datetime(2026, 5, 4, 8, tzinfo=ZONE))
        assert pending(view).unions == overdue(view).unions == frozenset()
        assert view.around(())[0] == {} and date(2026, 5, 4) == view.today
