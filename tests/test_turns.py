"""Nothing that arrives is lost, answered twice, or answered with a traceback; a date is said once."""

import asyncio
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog
from sqlalchemy import select

from bot import together, turns
from bot.app import running
from bot.channels import Update
from bot.taking import Outcome, keep, take
from db import inbox, tables
from db.engine import StoreBusy, StoreError, open_engine
from db.store import Store
from handlers import ask
from handlers.phrasebook import Phrases
from knowledge.index import Library
from tests.small_office import (
    CHANNEL,
    THURSDAY,
    SmallOffice,
    kept,
    limit_pages,
    says,
    states,
    taps,
    text_of,
)

PHRASES = Phrases("vi")
PERSON = "PR-01"
TROUBLE = PHRASES.say("trouble")


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office with an officer, two more, and the staff above them."""
    return SmallOffice(store, library, people=("PR", "PR-01", "PR-02", "PR-03"))


# What arrives.


def test_the_same_update_three_times_is_one_turn_and_one_reply(office: SmallOffice) -> None:
    for _ in range(3):
        office.hears(says(1, PERSON, "/menu"))
    assert office.deliver() == 1
    assert len(office.channel.texts(PERSON)) == 1


def test_an_update_taken_twice_is_answered_once(office: SmallOffice) -> None:
    number = keep(office.tools, says(1, PERSON, "/menu"))
    assert number is not None
    workers = [threading.Thread(target=take, args=(office.tools, number)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(office.letters(PERSON)) == 1


@pytest.mark.parametrize(
    "payload",
    [{}, {"address": 7}, {"address": None, "text": "x"}, {"update_id": 1, "edited_channel_post": {"text": "\ud83d"}}],
)
def test_a_malformed_update_is_settled_and_the_next_one_answered(office: SmallOffice, payload: dict[str, Any]) -> None:
    office.hears(Update(CHANNEL, "broken", payload))
    reply = office.says(PERSON, "/menu")
    assert text_of(reply) == PHRASES.say("welcome-officer", union="CĐCS Công ty Cao su (mẫu 1)")
    assert states(office.store) == ["done", "done"]


@pytest.mark.parametrize("letter", ["x", "đoàn viên ", "1", "\n", "\u0301", "\U0001f600", "\u202e"])
def test_a_message_of_two_megabytes_is_answered_with_a_sentence(office: SmallOffice, letter: str) -> None:
    office.ring()
    office.deliver()
    reply = office.says(PERSON, letter * (2_000_000 // len(letter.encode())))
    expected = {"\n": "nothing-to-read", "\u202e": "nothing-to-read"}.get(letter, "too-long")
    assert text_of(reply) == PHRASES.say(expected, most=2000)


AWKWARD = [
    "9" * 2000,
    "1/" * 900,
    "3." * 900,
    "?" * 2000,
    "a " * 1000,
    "đ" * 2000,
    "\n" + "- \n" * 600,
    "🙂" * 900,
    "%",
    "\ud83d x",
]


@pytest.mark.parametrize("form_open", [False, True], ids=["at rest", "form open"])
@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: ascii(text[:8]))
def test_awkward_texts_are_answered(office: SmallOffice, text: str, form_open: bool) -> None:
    if form_open:
        office.says(PERSON, "/solieu")
    reply = text_of(office.says(PERSON, text))
    assert reply and reply != TROUBLE and set(states(office.store)) == {"done"}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("/start", "welcome-officer"),
        ("/start from-a-poster", "welcome-officer"),
        ("/START@some_bot", "welcome-officer"),
        ("/start@some_bot from-a-poster", "welcome-officer"),
        ("/", "unknown-command"),
        ("/xoahet 1", "unknown-command"),
        ("/huy", "nothing-to-cancel"),
        ("\u200b", "nothing-to-read"),
    ],
)
def test_commands_are_understood_as_messengers_send_them(office: SmallOffice, text: str, phrase: str) -> None:
    assert text_of(office.says(PERSON, text)) == PHRASES.say(phrase, union="CĐCS Công ty Cao su (mẫu 1)")


def test_a_stranger_hears_how_to_be_let_in_and_nothing_else(office: SmallOffice) -> None:
    for text in ("chỉ tiêu 2025 là gì?", "/tinhhinh", "/solieu"):
        assert text_of(office.says("a-stranger", text)) == PHRASES.say(
            "stranger", channel=CHANNEL, address="a-stranger"
        )
    assert kept(office.store, "a-stranger")["wait"] is None


# A mistake of ours.


def fail_on(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ask.remembered

    def answer(desk: Any, conversation: Any, text: str) -> Any:
        if word in text:
            raise RuntimeError(f"cannot answer {text!r}")
        return real(desk, conversation, text)

    monkeypatch.setattr(ask, "remembered", answer)


def test_a_subject_that_fails_is_set_aside_and_the_next_update_answered(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on("bí mật", monkeypatch)
    with structlog.testing.capture_logs() as logs:
        assert text_of(office.says(PERSON, "chuyện bí mật của tôi")) == TROUBLE
    assert text_of(office.says(PERSON, "/menu")) != TROUBLE
    assert states(office.store) == ["failed", "done"]
    with office.store.transaction() as connection:
        note = connection.scalar(select(tables.inbox.c.note).limit(1))
    assert note is not None and note.startswith("RuntimeError in answer (test_turns.py, line ")
    assert [entry["event"] for entry in logs] == ["turn failed"]
    assert "bí mật" not in json.dumps(logs, ensure_ascii=False) + note


def test_a_turn_that_fails_changes_nothing_else(office: SmallOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    office.taps(PERSON, "checkin:start:2025-03")
    before = kept(office.store, PERSON)
    fail_on("bí mật", monkeypatch)
    assert text_of(office.says(PERSON, "chuyện bí mật của tôi")) == TROUBLE
    assert kept(office.store, PERSON) == before


def test_what_cannot_even_be_set_aside_does_not_stop_the_others(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on("bí mật", monkeypatch)
    monkeypatch.setattr(inbox, "set_aside", lambda *_: 1 / 0)

    async def both() -> None:
        async with running(office.house):
            await office.house.turns.receive(says(1, PERSON, "chuyện bí mật của tôi"))
            await office.house.turns.receive(says(2, PERSON, "/menu"))
            await asyncio.wait_for(office.house.turns.queue.join(), 5)

    asyncio.run(both())
    assert states(office.store) == ["new", "done"]


# The database is held by somebody else, or full.


@contextmanager
def locked(store: Store) -> Iterator[sqlite3.Connection]:
    """Another program holds the file of the store."""
    connection = sqlite3.connect(str(store.engine.url.database), isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    finally:
        connection.close()


@pytest.fixture
def impatient(store: Store, library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallOffice]:
    """An office that waits only a moment for a lock."""
    SmallOffice(store, library, people=("PR-01",))
    quick = Store(open_engine(str(store.engine.url), busy_seconds=0.05))
    monkeypatch.setattr(together, "RETRY_SECONDS", 0.05)
    yield SmallOffice(quick, library)
    quick.close()


def test_an_update_waits_for_the_lock_to_end_and_keeps_its_place(impatient: SmallOffice) -> None:
    async def talk() -> None:
        house = impatient.house
        for update in (says(1, PERSON, "/solieu"), says(2, PERSON, "/huy")):
            await house.turns.receive(update)
        with locked(impatient.store) as other:
            worker = asyncio.ensure_future(house.turns.run())
            await asyncio.sleep(0.4)
            # Who holds the file may look into it; afterwards the answer is there at any moment.
            assert other.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
            other.rollback()
            await asyncio.wait_for(house.turns.queue.join(), 5)
            worker.cancel()

    asyncio.run(talk())
    assert [text_of(letter) for letter in impatient.letters(PERSON)][-1] == PHRASES.say(
        "checkin-cancelled", month="tháng 3/2025"
    )
    assert set(states(impatient.store)) == {"done"}


def test_what_was_written_later_is_not_answered_first_because_the_database_was_busy(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals, real = [StoreBusy("locked")], turns.take_lot

    def busy_once(*arguments: Any, **named: Any) -> tuple[Outcome, ...]:
        if refusals:
            raise refusals.pop()
        return real(*arguments, **named)

    monkeypatch.setattr(turns, "take_lot", busy_once)

    async def talk() -> None:
        async with running(office.house):
            await office.house.turns.receive(says(1, PERSON, "/solieu"))
            await office.house.turns.receive(says(2, PERSON, "/huy"))
            await asyncio.wait_for(office.house.turns.queue.join(), 5)

    asyncio.run(talk())
    assert [letter.answers for letter in office.letters(PERSON)] == [1, 2]


def test_what_cannot_be_stored_is_not_confirmed(impatient: SmallOffice) -> None:
    with locked(impatient.store), pytest.raises(StoreError, match="locked"):
        asyncio.run(impatient.house.turns.receive(says(1, PERSON, "/menu")))
    assert states(impatient.store) == []


def test_a_ring_during_a_lock_is_made_up_for_by_the_next_one(impatient: SmallOffice) -> None:
    with locked(impatient.store):
        asyncio.run(impatient.house.turns.ring())
    asyncio.run(impatient.house.turns.ring())
    assert len(impatient.letters(PERSON)) == 1


def test_on_a_full_disk_an_update_is_not_confirmed_and_goes_on_when_there_is_room(office: SmallOffice) -> None:
    room = limit_pages(office.store)
    room(2)
    update = says(1, PERSON, "x" * 100_000)
    with pytest.raises(StoreError, match="disk is full"):
        asyncio.run(office.house.turns.receive(update))
    assert states(office.store) == []
    room(100_000)
    office.hears(update)
    assert text_of(office.letters(PERSON)[0]) == PHRASES.say("too-long", most=2000)


def test_a_turn_that_finds_the_disk_full_is_taken_when_there_is_room(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = keep(office.tools, says(1, PERSON, "/menu"))
    assert number is not None
    monkeypatch.setattr(PHRASES.__class__, "say", lambda *_, **__: "x" * 200_000)
    room = limit_pages(office.store)
    room(2)
    with pytest.raises(StoreError, match="disk is full"):
        take(office.tools, number)
    assert states(office.store) == ["new"] and office.letters(PERSON) == ()
    room(100_000)
    take(office.tools, number)
    assert states(office.store) == ["done"] and len(office.letters(PERSON)) == 1


# The process ends in the middle.


def test_what_was_stored_but_not_answered_is_taken_up_by_the_next_process(
    office: SmallOffice, library: Library
) -> None:
    assert keep(office.tools, says(1, PERSON, "/menu")) is not None
    assert keep(office.tools, taps(2, PERSON, "menu:report")) is not None
    following = SmallOffice(office.store, library)

    async def work() -> None:
        async with running(following.house):
            await asyncio.wait_for(following.house.turns.queue.join(), 5)
            await following.house.delivery.deliver()

    asyncio.run(work())
    assert len(following.channel.texts(PERSON)) == 2 and office.channel.sent == []
    assert states(office.store) == ["done", "done"]


def test_what_was_answered_but_not_sent_is_sent_by_the_next_process(office: SmallOffice, library: Library) -> None:
    office.says(PERSON, "/menu")
    following = SmallOffice(office.store, library)
    assert (following.deliver(), office.deliver()) == (1, 0)
    assert len(following.channel.texts(PERSON)) == 1


def test_updates_of_a_channel_that_this_process_does_not_have_are_left_for_the_other(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        inbox.store(connection, "elsewhere", "1", {"text": "x"}, THURSDAY)
    assert asyncio.run(office.house.turns.take_up()) == 0
    assert states(office.store) == ["new"]


def test_a_form_survives_the_end_of_the_process(office: SmallOffice, library: Library) -> None:
    office.taps(PERSON, "checkin:start:2025-03")
    office.says(PERSON, "130")
    following = SmallOffice(office.store, library)
    following.number = office.number
    following.says(PERSON, "2")
    state = kept(office.store, PERSON)["wait"]["data"]
    assert state["answers"] == {"members": 130, "admitted": 2} and state["at"] == "workers"
