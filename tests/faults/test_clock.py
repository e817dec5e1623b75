"""The machine's clock jumps: nothing is said twice, nothing is lost, and who writes now is answered now."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.app import build_house, timetable_of
from bot.clock import StandingClock
from bot.settings import Settings
from db import leases, outbox
from db.store import Store
from knowledge.index import Library
from tests.faults import town
from tests.small_office import CHANNEL, FakeChannel, says

JUMPS = [timedelta(minutes=-5), timedelta(hours=-1), timedelta(days=-1), timedelta(minutes=5), timedelta(hours=1)]


class JumpingClock(StandingClock):
    """A clock that is set anew, also to what has passed."""

    def jump(self, by: timedelta) -> None:
        """Tell another time from now on."""
        self._moment += by


class Place:
    """A house whose clock can be set."""

    def __init__(self, store: Store, library: Library, people: int) -> None:
        self.store, self.channel, self.clock = store, FakeChannel(), JumpingClock(town.MORNING)
        self.people = town.founded(store, (CHANNEL,), people)
        timetable = timetable_of(store, Settings(_env_file=None), self.clock)
        self.house = build_house(store, library, self.clock, {CHANNEL: self.channel}, timetable)

    async def answers(self, number: int, person: str, text: str) -> None:
        """Somebody writes and gets an answer."""
        before = len(self.channel.texts(person))
        turns = asyncio.create_task(self.house.turns.run())
        await self.house.turns.receive(says(number, person, text))
        await self.house.turns.queue.join()
        turns.cancel()
        await asyncio.gather(turns, return_exceptions=True)
        await self.house.delivery.deliver()
        assert len(self.channel.texts(person)) > before, f"{person} got no answer at {self.clock.now()}"

    def served(self) -> Counter[str]:
        """How many messages each person got."""
        return Counter(address for address, _ in self.channel.sent)


@pytest.mark.parametrize("jump", JUMPS, ids=str)
@pytest.mark.parametrize("sent_before", [0, 3])
def test_a_jump_in_the_middle_of_a_wave(jump: timedelta, sent_before: int, store: Store, library: Library) -> None:
    place = Place(store, library, 6)

    async def scenario() -> None:
        await place.house.turns.ring()
        with store.transaction() as connection:
            for letter in outbox.claim(connection, place.clock.now(), sent_before, channels=frozenset({CHANNEL})):
                outbox.settle(connection, letter.id, place.clock.now(), ["1"])
                place.channel.sent.append((letter.address, None))
        place.clock.jump(jump)
        await place.house.turns.ring()
        await place.house.delivery.deliver()
        await place.answers(1, "a stranger", "Xin chào")
        # When the old time has come again, if it had not, all has been said, once.
        place.clock.jump(max(-jump, timedelta()) + timedelta(minutes=1))
        await place.house.turns.ring()
        await place.house.delivery.deliver()

    asyncio.run(scenario())
    served = place.served()
    assert served.pop("a stranger") == 1
    assert served == Counter(place.people)


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_what_a_killed_process_had_taken_is_sent_though_the_clock_was_set(
    jump: timedelta, store: Store, library: Library
) -> None:
    place = Place(store, library, 4)

    async def scenario() -> None:
        await place.house.turns.ring()
        with store.transaction() as connection:
            assert outbox.claim(connection, place.clock.now(), 4, channels=frozenset({CHANNEL}))
        place.clock.jump(jump)
        place.clock.jump(max(-jump, timedelta()) + outbox.LEASE)
        await place.house.delivery.deliver()

    asyncio.run(scenario())
    assert place.served() == Counter(place.people)


@pytest.mark.parametrize("ahead", [timedelta(hours=2), timedelta(days=400)], ids=str)
def test_a_lease_from_a_clock_that_was_wrong_does_not_last(ahead: timedelta, store: Store) -> None:
    now: datetime = town.MORNING
    with store.transaction() as connection:
        assert leases.take(connection, "ring", "a process with a wrong clock", now + ahead, 24)
        assert leases.take(connection, "ring", "another one", now, 24)
