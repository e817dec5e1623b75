"""Nobody waits for one who floods, and processes that share an office answer everybody once and in order."""

import asyncio
import random
from datetime import timedelta

import pytest

from bot import turns
from bot.app import running
from bot.lines import MOST_WAITING
from bot.taking import TURNED_AWAY, keep
from db import Letter, inbox, outbox
from db.store import Store
from handlers.phrasebook import Phrases
from knowledge.index import Library
from tests.small_office import CHANNEL, SmallOffice, says, states, text_of

PERSON = "PR-01"
OTHERS = ("PR-02", "PR-03", "PR-04")
PHRASES = Phrases("vi")


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    return SmallOffice(store, library, people=("PR", PERSON, *OTHERS))


def all_letters(store: Store) -> list[Letter]:
    """Every answer, in the order in which they were written."""
    with store.transaction() as connection:
        found = [each for who in ("PR", PERSON, *OTHERS) for each in outbox.at_address(connection, CHANNEL, who)]
    return sorted(found, key=lambda letter: letter.id)


def test_a_flood_of_one_delays_nobody_else_and_is_answered_once_in_words(office: SmallOffice) -> None:
    async def flood() -> None:
        receive = office.house.turns.receive
        await asyncio.gather(*(receive(says(number, PERSON, "/menu")) for number in range(1000)))
        for number, who in enumerate(OTHERS):
            await receive(says(2000 + number, who, "/menu"))
        async with running(office.house):
            async with asyncio.timeout(60):
                await office.house.turns.queue.join()

    asyncio.run(flood())
    letters = all_letters(office.store)
    places = [place for place, letter in enumerate(letters) if letter.address in OTHERS]
    assert places[-1] <= len(OTHERS) + 1, "one turn of the flood, and perhaps the words to it, go before them"
    mine = [text_of(letter) for letter in letters if letter.address == PERSON]
    assert mine.count(PHRASES.say("too-many")) == 1 and len(mine) == MOST_WAITING + 1
    assert set(states(office.store)) == {"done"}
    with office.store.transaction() as connection:
        assert inbox.count_noted(connection, TURNED_AWAY) == 1000 - MOST_WAITING


def test_many_messages_of_a_person_are_all_answered(office: SmallOffice) -> None:
    async def album() -> None:
        async with running(office.house):
            receive = office.house.turns.receive
            await asyncio.gather(*(receive(says(number, PERSON, "/menu")) for number in range(MOST_WAITING)))
            await asyncio.wait_for(office.house.turns.queue.join(), 60)

    asyncio.run(album())
    assert [letter.answers for letter in office.letters(PERSON)] == list(range(1, MOST_WAITING + 1))


def test_what_is_turned_away_does_not_hold_up_what_comes_later(office: SmallOffice) -> None:
    async def life() -> None:
        async with running(office.house):
            receive = office.house.turns.receive
            await asyncio.gather(*(receive(says(number, PERSON, "/menu")) for number in range(100)))
            await asyncio.wait_for(office.house.turns.queue.join(), 60)
            await receive(says(500, PERSON, "/menu"))
            await asyncio.wait_for(office.house.turns.queue.join(), 60)

    asyncio.run(life())
    assert office.letters(PERSON)[-1].answers == 101


# Several processes.


def test_what_another_process_stored_first_is_answered_first(office: SmallOffice, library: Library) -> None:
    other = SmallOffice(office.store, library)
    assert keep(other.tools, says(1, PERSON, "/solieu")) is not None

    async def life() -> None:
        async with running(office.house):
            await office.house.turns.receive(says(2, PERSON, "/huy"))
            await asyncio.wait_for(office.house.turns.queue.join(), 20)

    asyncio.run(life())
    assert [letter.answers for letter in office.letters(PERSON)] == [1, 2]


def test_what_a_process_left_is_taken_up_while_another_one_runs(
    office: SmallOffice, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LOOK_SECONDS", 0.05)
    ended = SmallOffice(office.store, library)

    async def life() -> None:
        async with running(office.house):
            assert keep(ended.tools, says(1, PERSON, "/menu")) is not None
            await asyncio.sleep(0.3)
            assert not office.letters(PERSON), "the other one may still be at it"
            office.clock.move_to(office.clock.now() + turns.LEFT_FOR + timedelta(seconds=1))
            async with asyncio.timeout(20):
                while not office.channel.texts(PERSON):
                    await asyncio.sleep(0.01)

    asyncio.run(life())


@pytest.mark.both_engines
def test_two_processes_answer_everybody_once_and_in_their_order(store: Store, library: Library) -> None:
    """Each update comes to one of them or to both, as a messenger repeats what was not confirmed in time."""
    office = SmallOffice(store, library, people=("PR", PERSON, *OTHERS))
    two = SmallOffice(store, library)
    dice = random.Random(7)
    updates = [says(number, dice.choice((PERSON, *OTHERS)), f"/menu {number}") for number in range(60)]

    async def life() -> None:
        async with running(office.house), running(two.house):
            for update in updates:
                for house in dice.choice(((office.house,), (two.house,), (office.house, two.house))):
                    await house.turns.receive(update)
            async with asyncio.timeout(90):
                await office.house.turns.queue.join()
                await two.house.turns.queue.join()
                while any(letter.state != "sent" for letter in all_letters(store)):
                    await asyncio.sleep(0.05)

    asyncio.run(life())
    for who in (PERSON, *OTHERS):
        answered = [letter.answers for letter in office.letters(who)]
        assert answered == sorted(set(answered))
    assert len(all_letters(store)) == len(updates) == len(office.channel.sent) + len(two.channel.sent)
