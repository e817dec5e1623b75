"""A lot of turns in one transaction: read and written together, each as if it had been taken alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.lines import Arrival
from bot.taking import keep, take_lot
from db import day_swaps, notes, officers, questions
from db.changes import changes
from db.nested import nested
from db.once import forget, once
from db.store import Connection, Store
from handlers.conversation import Turn
from handlers.phrasebook import Phrases
from handlers.respond import respond
from knowledge.answers import answer
from knowledge.index import Library
from tests.small_office import CHANNEL, THURSDAY, SmallOffice, says, state_of, text_of

PEOPLE = tuple(f"PR-{place:02}" for place in range(1, 7))
PHRASES = Phrases("vi")
STORING = 4
"""Statements by which one update is stored."""


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    return SmallOffice(store, library, people=("PR", *PEOPLE))


def take_together(office: SmallOffice, said: dict[str, str]) -> None:
    """Take one turn of everybody who said something, in one lot."""
    lot = []
    for person, text in said.items():
        office.number += 1
        number = keep(office.tools, says(office.number, person, text))
        assert number is not None
        lot.append(Arrival(number, (CHANNEL, person)))
    take_lot(office.tools, lot, {}, lease=False)


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that are executed in the block."""
    found: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        found.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def test_six_turns_take_hardly_more_statements_than_one(office: SmallOffice) -> None:
    for text in ("/menu", "chỉ tiêu 2025 là gì?"):
        # From the second time on it is known where each union stands.
        take_together(office, dict.fromkeys(PEOPLE, text))
        with counted(office.store) as one:
            take_together(office, {PEOPLE[0]: text})
        with counted(office.store) as six:
            take_together(office, dict.fromkeys(PEOPLE, text))
        # Each update is stored by itself here.
        assert len(six) - 5 * STORING <= len(one)


def test_everybody_of_a_lot_gets_their_own_answer_and_keeps_their_own_talk(office: SmallOffice) -> None:
    take_together(office, {PEOPLE[0]: "/solieu", PEOPLE[1]: "/menu", "a-stranger": "xin chào"})
    assert text_of(office.letters(PEOPLE[1])[-1]).startswith(PHRASES.say("welcome-officer", union="CĐCS")[:10])
    assert text_of(office.letters("a-stranger")[-1]) == PHRASES.say("stranger", channel=CHANNEL, address="a-stranger")
    with office.store.transaction() as connection:
        waits = [(state_of(connection, person) or {})["wait"] for person in PEOPLE[:2]]
    assert [bool(wait) for wait in waits] == [True, False]


def test_a_turn_begins_with_what_the_one_before_it_in_the_lot_left(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = PEOPLE[:2]

    def lets_go(desk: Any, conversation: Any, incoming: Any) -> Turn:
        if incoming.address == first:
            post = officers.posts_at(desk.connection, CHANNEL, second)[0]
            officers.leave_post(desk.connection, post.id, desk.now)
        return respond(desk, conversation, incoming)

    monkeypatch.setattr("bot.turning.respond", lets_go)
    take_together(office, {second: "/menu", first: "/menu"})
    assert text_of(office.letters(second)[-1]) == PHRASES.say("stranger", channel=CHANNEL, address=second)


def test_a_lot_in_which_one_fails_changes_nothing_and_leaves_the_turns_to_be_taken_alone(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:

    def fails(desk: Any, conversation: Any, incoming: Any) -> Turn:
        if incoming.address == PEOPLE[1]:
            raise RuntimeError("a mistake of ours")
        return respond(desk, conversation, incoming)

    monkeypatch.setattr("bot.turning.respond", fails)
    with pytest.raises(RuntimeError):
        take_together(office, dict.fromkeys(PEOPLE[:3], "/menu"))
    assert [office.letters(person) for person in PEOPLE[:3]] == [()] * 3
    office.says(PEOPLE[1], "/menu")
    assert [text_of(letter) for letter in office.letters(PEOPLE[1])] == [PHRASES.say("trouble")]


@pytest.mark.both_engines
def test_what_is_read_once_is_read_anew_when_it_was_changed_and_in_the_next_transaction(store: Store) -> None:
    def read(connection: Connection) -> str | None:
        return once(connection, "colour", lambda: notes.read(connection, "colour"))

    with store.transaction() as connection:
        assert read(connection) is None
        notes.write(connection, "colour", "red")
        assert read(connection) is None
        forget(connection, "colour")
        assert read(connection) == "red"
    with store.transaction() as connection:
        notes.write(connection, "colour", "blue")
        assert read(connection) == "blue"


@pytest.mark.both_engines
def test_what_was_read_of_something_that_is_undone_is_read_anew(store: Store) -> None:
    with store.transaction() as connection:
        with pytest.raises(RuntimeError), nested(connection):
            notes.write(connection, "colour", "red")
            assert once(connection, "colour", lambda: notes.read(connection, "colour")) == "red"
            raise RuntimeError
        assert once(connection, "colour", lambda: notes.read(connection, "colour")) is None


@pytest.mark.both_engines
def test_changes_are_told_from_questions(store: Store) -> None:
    with store.transaction() as connection:
        before = changes(connection)
        notes.read(connection, "colour")
        assert changes(connection) == before
        notes.write(connection, "colour", "red")
        assert changes(connection) > before


def test_what_staff_change_holds_at_once_also_within_a_transaction(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        assert not day_swaps.every(connection)
        day_swaps.put(connection, THURSDAY.date(), works=False, officer=None, now=THURSDAY)
        assert list(day_swaps.every(connection)) == [THURSDAY.date()]
        day_swaps.remove(connection, THURSDAY.date())
        assert not day_swaps.every(connection)
        asked = questions.pass_on(connection, "PR-01", None, "Có được không?", None, "not_found", "PR", THURSDAY)
        assert not questions.rulings(connection, ("PR-01", "PR"), THURSDAY.date())
        staff = officers.posts_at(connection, CHANNEL, "PR")[0].id
        questions.answer(connection, asked.id, staff, "Được ạ.", "PR", None, THURSDAY)
        assert [each.answer for each in questions.rulings(connection, ("PR-02", "PR"), THURSDAY.date())] == ["Được ạ."]
        assert not questions.rulings(connection, ("elsewhere",), THURSDAY.date())
        questions.withdraw(connection, asked.id, THURSDAY)
        assert not questions.rulings(connection, ("PR-01", "PR"), THURSDAY.date())


def test_the_same_question_after_the_same_is_answered_without_a_search(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counting(library: Library, question: str, **named: Any) -> Any:
        asked.append(question)
        return answer(library, question, **named)

    monkeypatch.setattr("handlers.remembering.answer", counting)
    monkeypatch.setattr(office.tools.library, "_kept", {})
    first = office.says(PEOPLE[0], "Chỉ tiêu 2025 là gì?")
    office.says(PEOPLE[1], "Chỉ tiêu 2025 là gì?")
    assert len(asked) == 2, "another union"
    office.says(PEOPLE[0], "Chỉ tiêu 2025 là gì?")
    assert len(asked) == 3, "after another question"
    for _ in range(3):
        last = office.says(PEOPLE[0], "Chỉ tiêu 2025 là gì?")
    assert len(asked) == 5 and text_of(last) == text_of(first)
    office.clock.move_to(THURSDAY + timedelta(days=1))
    office.says(PEOPLE[0], "Chỉ tiêu 2025 là gì?")
    assert len(asked) == 6, "on another day"
