"""What is said unasked: one letter after the other, by one process of several, held for as long as that one lives."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot import delivery, holding, waves
from bot.channels import Message
from bot.clock import StandingClock
from bot.delivery import Delivery
from bot.waves import LEAD_SECONDS
from db import Letter, inbox, leases, outbox
from db.store import Store
from handlers import Reply
from handlers.replies import to_json
from handlers.timetable import Timetable
from scheduler import ZONE
from tests.postgres_room import PostgresServer
from tests.small_office import CHANNEL, FakeChannel

NOW = datetime(2025, 3, 20, 9, 0, tzinfo=ZONE)
SPACING = 0.05
BODY = to_json(Reply("hello"))


class Messenger(FakeChannel):
    """A channel whose answers take a while: it says when each send began, and how many were under way at most."""

    def __init__(self, takes: float = 0.0) -> None:
        super().__init__()
        self.takes = takes
        self.under_way = self.most_under_way = 0
        self.moments: list[float] = []
        self.released = asyncio.Event()

    async def send(self, address: str, message: Message) -> str:
        """Send as every fake does, after a while."""
        self.moments.append(asyncio.get_running_loop().time())
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.takes):
                    await self.released.wait()
            return await super().send(address, message)
        finally:
            self.under_way -= 1


def process(
    store: Store, messenger: Messenger, clock: StandingClock | None = None, *, at_once: int = 1, spacing: float = 0.0
) -> Delivery:
    """The delivery of one process."""
    clock = clock or StandingClock(NOW)
    return Delivery(store, {CHANNEL: messenger}, clock, {CHANNEL: spacing}, Timetable(NOW.date()), wave_at_once=at_once)


def wave(store: Store, letters: int) -> None:
    """Unasked letters to as many people."""
    with store.transaction() as connection:
        written = (Letter(f"wave:{n}", "notice", CHANNEL, f"person {n}", BODY, NOW) for n in range(letters))
        outbox.write(connection, written, NOW)


def answer(store: Store, address: str) -> None:
    """An answer that nobody handed over."""
    with store.transaction() as connection:
        update = inbox.store(connection, CHANNEL, address, {}, NOW)
        outbox.write(connection, [Letter(address, "reply", CHANNEL, address, BODY, NOW, answers=update)], NOW)


def states(store: Store, *addresses: str) -> list[str]:
    """What became of the letters to these people."""
    with store.transaction() as connection:
        return [letter.state for address in addresses for letter in outbox.at_address(connection, CHANNEL, address)]


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.005)


@asynccontextmanager
async def alive(*deliveries: Delivery) -> AsyncIterator[None]:
    """Processes that run."""
    tasks = [asyncio.create_task(delivery.run()) for delivery in deliveries]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def live(life: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        await asyncio.wait_for(life(), 60)

    asyncio.run(bounded())


# One after the other.


@pytest.mark.both_engines
def test_the_next_one_begins_when_what_became_of_the_one_before_is_kept(store: Store) -> None:
    messenger = Messenger(takes=0.002)
    wave(store, 30)
    unsettled: list[int] = []

    def look() -> None:
        found = states(store, *(f"person {n}" for n in range(30)))
        unsettled.append(len(messenger.sent) - found.count("sent"))

    messenger.before_send = look
    assert asyncio.run(process(store, messenger).deliver()) == 30
    assert unsettled == [0] * 30 and messenger.most_under_way == 1


def test_as_many_are_under_way_as_the_setting_allows(store: Store) -> None:
    messenger = Messenger(takes=0.05)
    wave(store, 12)
    assert asyncio.run(process(store, messenger, at_once=3).deliver()) == 12
    assert messenger.most_under_way == 3


def test_an_answer_does_not_wait_for_a_wave_that_is_held_up(store: Store) -> None:
    messenger = Messenger(takes=60)
    wave(store, 3)
    delivery = process(store, messenger)

    async def life() -> None:
        async with alive(delivery):
            await until(lambda: messenger.under_way == 1)
            messenger.takes = 0
            answer(store, "somebody")
            delivery.wake.set()
            await until(lambda: bool(messenger.texts("somebody")))
            assert messenger.under_way == 1, "the first of the wave is not through yet"
            messenger.released.set()

    live(life)


def test_a_letter_that_cannot_be_sent_does_not_hold_up_the_others(store: Store) -> None:
    messenger = Messenger()
    messenger.failures["person 1"].append(ZeroDivisionError("a mistake"))
    wave(store, 4)
    asyncio.run(process(store, messenger).deliver())
    assert states(store, *(f"person {n}" for n in range(4))) == ["sent", "dead", "sent", "sent"]


# One process at a time, at the pace of the channel.


def test_two_processes_together_keep_the_pace_of_the_channel(postgres: PostgresServer) -> None:
    url, messenger, letters = postgres.make(), Messenger(takes=0.01), 40
    stores = [Store.open(url) for _ in range(2)]
    wave(stores[0], letters)

    async def life() -> None:
        async with alive(*(process(store, messenger, spacing=SPACING) for store in stores)):
            await until(lambda: len(messenger.sent) == letters)

    live(life)
    assert sorted(to for to, _ in messenger.sent) == sorted(f"person {n}" for n in range(letters))
    assert messenger.moments[-1] - messenger.moments[0] >= SPACING * (letters - 1) * 0.9
    assert all(late - early >= SPACING * 0.5 for early, late in pairwise(messenger.moments))
    for store in stores:
        store.close()


def test_another_process_leads_the_waves_soon_after_one_ended(postgres: PostgresServer) -> None:
    store = Store.open(postgres.make())
    messenger, clock = Messenger(), StandingClock(NOW)
    wave(store, 5)
    answer(store, "somebody")
    with store.transaction() as connection:
        assert leases.take(connection, f"wave {CHANNEL}", "a process that was killed", NOW, LEAD_SECONDS)
    assert asyncio.run(process(store, messenger, clock).deliver()) == 1, "answers are anybody's"
    clock.move_to(NOW + timedelta(seconds=LEAD_SECONDS))
    assert asyncio.run(process(store, messenger, clock).deliver()) == 5
    store.close()
    assert LEAD_SECONDS < 60


def test_who_does_not_lead_any_more_gives_back_what_it_claimed(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(postgres.make())
    messenger, clock = Messenger(), StandingClock(NOW)
    delivery = process(store, messenger, clock)
    wave(store, 5)

    def stand_still() -> None:
        """So long that another one took over."""
        clock.move_to(clock.now() + timedelta(seconds=LEAD_SECONDS))
        with store.transaction() as connection:
            assert leases.take(connection, f"wave {CHANNEL}", "another process", clock.now(), LEAD_SECONDS)
        monkeypatch.setattr(waves, "monotonic", lambda: time.monotonic() + LEAD_SECONDS)

    messenger.before_send = stand_still
    asyncio.run(delivery.deliver())
    assert states(store, *(f"person {n}" for n in range(5))) == ["sent", "due", "due", "due", "due"]
    store.close()


def test_a_process_that_ends_lets_another_one_lead_at_once(postgres: PostgresServer) -> None:
    store = Store.open(postgres.make())
    messenger = Messenger()
    wave(store, 1)

    async def life() -> None:
        async with alive(process(store, messenger)):
            await until(lambda: bool(messenger.sent))

    live(life)
    with store.transaction() as connection:
        assert leases.take(connection, f"wave {CHANNEL}", "another process", NOW, LEAD_SECONDS)
    store.close()


# Held while the process lives.


@pytest.mark.both_engines
@pytest.mark.parametrize("renewing", [True, False])
def test_a_slow_send_is_kept_for_the_process_that_lives(
    store: Store, renewing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process finds the answer only where nobody renews the lease of the one that sends it."""
    monkeypatch.setattr(holding, "RENEW_SECONDS", 0.01 if renewing else 100)
    messenger, clock = Messenger(takes=60), StandingClock(NOW)
    answer(store, "somebody")

    async def life() -> None:
        async with alive(process(store, messenger, clock)):
            await until(lambda: messenger.under_way == 1)
            for _ in range(4):
                clock.move_to(clock.now() + outbox.LEASE / 2)
                await asyncio.sleep(0.3)
            with store.transaction(commit=False) as connection:
                found = outbox.claim(connection, clock.now(), 9, channels=frozenset({CHANNEL}))
            assert len(found) == (0 if renewing else 1)
            messenger.released.set()

    live(life)


def test_what_a_killed_process_had_leased_is_free_within_a_minute() -> None:
    assert timedelta(minutes=1) > outbox.LEASE + timedelta(seconds=delivery.IDLE_SECONDS)
    assert outbox.LEASE.total_seconds() > 3 * holding.RENEW_SECONDS
