"""Work of which one process does all: it moves to another one within a minute, and is never done twice for long."""

import asyncio
from collections.abc import Callable

import pytest

from bot.clock import Clock
from bot.leasing import LEASE_SECONDS, RENEW_SECONDS, Leased, by_lease
from db.store import Store

LEASE, RENEW = 0.6, 0.1

pytestmark = pytest.mark.both_engines


async def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


class Worker:
    """A process that works whenever the lease is its own; `at_work` says whether it does."""

    def __init__(self, store: Store) -> None:
        self.leased = Leased(store, Clock(), "ring", lease=LEASE, renew=RENEW)
        self.at_work = False
        self.begun = 0
        self.task: asyncio.Task[None] | None = None

    def start(self) -> "Worker":
        self.task = asyncio.create_task(self.leased.run(self.work))
        return self

    async def work(self) -> None:
        self.at_work, self.begun = True, self.begun + 1
        try:
            await asyncio.Event().wait()
        finally:
            self.at_work = False

    async def stop(self) -> None:
        assert self.task
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


def test_another_process_follows_within_a_minute() -> None:
    assert LEASE_SECONDS + RENEW_SECONDS < 60 and RENEW_SECONDS * 2 < LEASE_SECONDS


def test_one_of_two_works_and_the_other_follows_when_it_leaves(store: Store) -> None:
    async def life() -> None:
        one = Worker(store).start()
        await until(lambda: one.at_work)
        two = Worker(store).start()
        await asyncio.sleep(3 * RENEW)
        assert one.at_work and not two.at_work
        await one.stop()
        await until(lambda: two.at_work, LEASE + 10 * RENEW)
        assert not one.at_work and one.begun == two.begun == 1
        await two.stop()

    asyncio.run(life())


def test_the_lease_of_a_process_that_was_killed_runs_out(store: Store) -> None:
    async def life() -> None:
        killed = Leased(store, Clock(), "ring", lease=LEASE, renew=RENEW)
        assert killed._take()
        two = Worker(store).start()
        await asyncio.sleep(RENEW)
        assert not two.at_work
        await until(lambda: two.at_work)
        await two.stop()

    asyncio.run(life())


def test_who_can_hold_the_lease_no_longer_stops_before_it_runs_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def life() -> None:
        one = Worker(store).start()
        await until(lambda: one.at_work)

        async def cannot(_: Leased) -> bool:
            return False

        monkeypatch.setattr(Leased, "_hold", cannot)
        began = asyncio.get_running_loop().time()
        await until(lambda: not one.at_work)
        assert asyncio.get_running_loop().time() - began < LEASE + 5 * RENEW
        await one.stop()

    asyncio.run(life())


def test_work_that_ends_ends_the_waiting_and_its_failure_is_heard(store: Store) -> None:
    async def failing() -> None:
        raise ValueError("of its own")

    with pytest.raises(ValueError, match="of its own"):
        asyncio.run(Leased(store, Clock(), "ring", lease=LEASE, renew=RENEW).run(failing))
    assert Leased(store, Clock(), "ring")._take(), "given back"


def test_only_where_other_processes_can_be_is_a_lease_waited_for(store: Store) -> None:
    begun: list[bool] = []

    async def work() -> None:
        begun.append(True)

    async def life() -> None:
        assert Leased(store, Clock(), "ring", lease=60)._take(), "another process has it"
        task = asyncio.ensure_future(by_lease(store, Clock(), "ring", work)())
        await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(life())
    assert begun == ([True] if store.engine.dialect.name == "sqlite" else [])
