"""What a ring writes of many unions together is what it would write of each by itself, to the letter."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.behaviour import read_behaviour
from bot.simulated_office import CHANNEL, settle_in, synthetic_organisation
from db import Letter, SaidRung, checkins, officers, outbox, report_rules, rungs, tables
from db.store import Connection, Store
from handlers import unasked, view
from handlers.digest_state import look, state_of
from handlers.holders import Holders
from handlers.owing import CHECK_IN, FORM, check_in_closes, owing
from handlers.phrasebook import Phrases
from handlers.reminders import KIND, chased_of, message
from handlers.replies import to_json
from handlers.snapshot import why_lost
from handlers.standing import ladder_of
from handlers.unasked_letters import letter_key, said_rung
from scheduler import ZONE, Owed, Reminder
from scheduler.policy import decide
from tests.test_pending import HAPPENS, TIMETABLE

pytestmark = pytest.mark.both_engines

BEGIN = datetime(2026, 1, 2, 8, tzinfo=ZONE)
PHRASES = Phrases("vi")
FIRST, DAYS = 45, 45
UNIONS = 60

Written = Mapping[str, tuple[Any, ...]]
"""Letters by their keys: where they go, what they say, what they are about."""


def one_by_one(connection: Connection, now: datetime) -> tuple[Written, set[SaidRung]]:
    """The reminders of a ring, each union looked at and put in words by itself."""
    found, holders = owing(connection, TIMETABLE, now), Holders(connection, now.date())
    tree = view.View(connection, TIMETABLE, now).tree.unions
    rules = {rule.id: rule for rule in report_rules.rules(connection)}
    of_person: dict[int, list[tuple[Any, Reminder]]] = {}
    decided = [said for owed in (*found.reports, *found.check_ins) if (said := decision(owed, now))]
    for each in sorted(decided, key=lambda each: (each.owed.obligation == CHECK_IN, -each.days_late)):
        officer = holders.responsible(tree[each.owed.union])
        if officer is not None and officer.reachable:
            of_person.setdefault(officer.person, []).append((officer, each))
    letters: dict[str, tuple[Any, ...]] = {}
    said: set[SaidRung] = set()
    for due in of_person.values():
        told = []
        for officer, each in due:
            times = len(rungs.days_put_off_to(connection, ladder_of(each.owed)))
            told.append((officer, chased_of(connection, TIMETABLE, each, tree, rules, times, now)))
        items = [item(each) for _, each in due]
        key = letter_key(due[0][1].owed, due[0][1].rung.name)
        letters[key] = due[0][0].channel, due[0][0].address, to_json(message(told, PHRASES)), {"items": items}
        said |= {said_rung(each.owed, each.rung) for _, each in due}
    return letters, said


def decision(owed: Owed, now: datetime) -> Reminder | None:
    if owed.obligation == CHECK_IN and check_in_closes(owed.period, TIMETABLE) < now.date():
        return None
    ladder = TIMETABLE.check_in_ladder if owed.obligation == CHECK_IN else TIMETABLE.ladder
    return decide(owed, now, ladder, TIMETABLE.calendar, TIMETABLE.hours)


def item(reminder: Reminder) -> dict[str, Any]:
    names = ("obligation", "union", "period", "due")
    ladder = dict(zip(names, ladder_of(reminder.owed), strict=True))
    return {**ladder, "rung": reminder.rung.name, "days_late": reminder.days_late}


def as_written(letters: tuple[Letter, ...]) -> Written:
    return {each.key: (each.channel, each.address, each.body, each.about) for each in letters if each.kind == KIND}


def kept(connection: Connection, now: datetime) -> tuple[Written, set[SaidRung]]:
    """What a ring left in the database."""
    table = tables.outbox
    rows = connection.execute(select(table).where(table.c.created_at == now, table.c.kind == KIND))
    said = connection.execute(select(tables.rungs).where(tables.rungs.c.at == now, ~tables.rungs.c.told))
    rung_rows = (tuple(row)[1:7] for row in said)
    return {row.key: (row.channel, row.address, row.body, row.about) for row in rows}, {
        SaidRung(*row) for row in rung_rows
    }


def organise(connection: Connection) -> None:
    """A made-up organisation in which some people answer for several unions."""
    leaves = synthetic_organisation(UNIONS)
    settle_in(connection, leaves, read_behaviour(None), BEGIN)
    (*_, alone) = (each.code for each in leaves if each.level == "grassroots")
    for post in officers.holders(connection, alone):
        officers.leave_post(connection, post.id, BEGIN)
    grassroots = [each.code for each in leaves if each.level == "grassroots"]
    for code, other in zip(grassroots[::9], grassroots[1::9], strict=False):
        kept_post, gone = (officers.of_union(connection, each, "officer") for each in (code, other))
        if kept_post and gone:
            officers.leave_post(connection, gone.id, BEGIN)
            officers.give_post(connection, kept_post.person, other, "officer", CHANNEL, kept_post.address, BEGIN)


@pytest.mark.parametrize("near", [0, view.MOST_NEAR])
def test_letters_written_together_are_those_written_one_by_one(
    store: Store, near: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MOST_NEAR", near)
    dice, many, several = random.Random(near), 0, 0
    with store.transaction() as connection:
        organise(connection)
    for day in range(FIRST, FIRST + DAYS):
        now = BEGIN + timedelta(days=day)
        with store.transaction() as connection:
            expected, said = one_by_one(connection, now)
            letters = unasked.write(connection, TIMETABLE, PHRASES, now)
            assert as_written(letters) == expected
            assert kept(connection, now) == (expected, said)
            assert unasked.write(connection, TIMETABLE, PHRASES, now) == ()
            many, several = many + len(expected), several + sum(len(each[3]["items"]) > 1 for each in expected.values())
            things_happen(connection, dice, now)
    assert many > 200 and several > 10


def things_happen(connection: Connection, dice: random.Random, now: datetime) -> None:
    """Reports and figures come, are given back, put off and excused; people leave and are lost."""
    found = owing(connection, TIMETABLE, now)
    missing = [each for each in found.reports if not each.settled]
    for owed in dice.sample(missing, min(2, len(missing))):
        dice.choice(HAPPENS)(connection, owed, now)
    asked = [each for each in found.check_ins if not each.settled]
    for owed in dice.sample(asked, min(3, len(asked))):
        period = owed.period.code
        checkins.put(connection, owed.union, FORM, 1, period, {"members": 1}, officer=None, late=False, now=now)


@pytest.mark.parametrize("near", [0, view.MOST_NEAR])
def test_staff_who_are_passed_over_have_nothing_to_hear(
    store: Store, near: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MOST_NEAR", near)
    dice, heard, passed_over, lost = random.Random(near), 0, 0, set[str]()
    with store.transaction() as connection:
        organise(connection)
    for day in range(0, DAYS + FIRST, 7):
        now = BEGIN + timedelta(days=day)
        with store.transaction() as connection:
            known = look(connection, TIMETABLE, now)
            assert known.lost == lost_of_all(connection, now)
            lost |= set(known.lost.values())
            for code in known.staffed:
                told = any(state_of(known, code, now).facts().values())
                assert not told or code in known.concerned
                heard, passed_over = heard + told, passed_over + (code not in known.concerned)
            letters = unasked.write(connection, TIMETABLE, PHRASES, now)
            for letter in dice.sample(letters, min(3, len(letters))):
                written = outbox.at_address(connection, letter.channel, letter.address)[-1]
                outbox.bury(connection, written.id, dice.choice(["quota is used up", "refused"]))
            things_happen(connection, dice, now)
    assert heard and passed_over and lost == {"no-officer", "blocked", "quota", "undelivered"}


def lost_of_all(connection: Connection, now: datetime) -> Mapping[str, str]:
    """The unions with whom no word comes through, each looked at by itself."""
    known, holders = look(connection, TIMETABLE, now), Holders(connection, now.date())
    found = {}
    for code, union in known.tree.unions.items():
        person = holders.responsible(union) or next(iter(holders.reporting(union)), None)
        why = why_lost(known, person) if union.level == "grassroots" else None
        if why:
            found[code] = why
    return found
