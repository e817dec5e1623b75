"""The ticker on a real loop: it rings at once, goes on whatever a ring does, never twice at a time, and stops."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from scheduler import ticker

TENTH_OF_A_SECOND = 1 / 600
WEEK = 7.0 * 24 * 60


class Bell:
    """Counts rings, so that a test can wait for one; `does` is what else happens at each."""

    def __init__(self, does: Callable[[], Awaitable[None]] | None = None) -> None:
        self.rings = 0
        self._does = does
        self._rung = asyncio.Event()

    async def ring(self) -> None:
        self.rings += 1
        self._rung.set()
        if self._does is not None:
            await self._does()

    async def heard(self, times: int) -> None:
        async with asyncio.timeout(10):
            while self.rings < times:
                self._rung.clear()
                await self._rung.wait()


async def fail() -> None:
    raise RuntimeError("the ring failed")


def test_it_rings_at_once_and_not_again_before_its_time() -> None:
    async def talk() -> int:
        bell = Bell()
        running = ticker.start(bell.ring, WEEK)
        await bell.heard(1)
        await asyncio.sleep(0.2)
        running.stop()
        return bell.rings

    assert asyncio.run(talk()) == 1


def test_it_goes_on_ringing() -> None:
    async def talk() -> int:
        bell = Bell()
        running = ticker.start(bell.ring, TENTH_OF_A_SECOND)
        await bell.heard(4)
        running.stop()
        return bell.rings

    assert asyncio.run(talk()) == 4


def test_a_ring_that_fails_is_logged_and_the_next_one_comes(caplog: pytest.LogCaptureFixture) -> None:
    async def talk() -> None:
        bell = Bell(fail)
        running = ticker.start(bell.ring, TENTH_OF_A_SECOND)
        await bell.heard(3)
        running.stop()

    with caplog.at_level(logging.ERROR):
        asyncio.run(talk())
    assert "the ring failed" in caplog.text


def test_a_callable_that_only_returns_an_awaitable_is_awaited() -> None:
    async def talk() -> int:
        bell = Bell()
        running = ticker.start(partial(lambda ring: ring(), bell.ring), WEEK)
        await bell.heard(1)
        running.stop()
        return bell.rings

    assert asyncio.run(talk()) == 1


def test_a_slow_ring_is_never_rung_over() -> None:
    async def talk() -> tuple[int, int]:
        under_way, most = 0, 0

        async def slow() -> None:
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.35)
            under_way -= 1

        bell = Bell(slow)
        running = ticker.start(bell.ring, TENTH_OF_A_SECOND)
        await bell.heard(3)
        running.stop()
        return bell.rings, most

    assert asyncio.run(talk()) == (3, 1)


def test_a_stopped_ticker_is_silent_and_may_be_stopped_again(caplog: pytest.LogCaptureFixture) -> None:
    async def talk() -> tuple[int, int]:
        bell = Bell()
        running = ticker.start(bell.ring, TENTH_OF_A_SECOND)
        await bell.heard(2)
        running.stop()
        running.stop()
        await asyncio.sleep(0)
        running.stop()
        before = bell.rings
        await asyncio.sleep(0.4)
        return before, bell.rings

    with caplog.at_level(logging.ERROR):
        before, after = asyncio.run(talk())
    assert before == after
    assert not caplog.text


def test_stopping_cancels_the_ring_under_way() -> None:
    async def talk() -> bool:
        ended = asyncio.Event()

        async def long() -> None:
            try:
                await asyncio.sleep(WEEK)
            finally:
                ended.set()

        bell = Bell(long)
        running = ticker.start(bell.ring, WEEK)
        await bell.heard(1)
        running.stop()
        return await asyncio.wait_for(ended.wait(), 10)

    assert asyncio.run(talk())


@pytest.mark.parametrize("minutes", [0, -5])
def test_an_interval_without_length_is_refused(minutes: int) -> None:
    async def talk() -> None:
        ticker.start(Bell().ring, minutes)

    with pytest.raises(ValueError, match="more than 0 minutes"):
        asyncio.run(talk())


def test_rings_fall_on_the_round_minute() -> None:
    async def talk() -> list[tuple[int, int]]:
        bell = Bell()
        running = ticker.start(bell.ring, 5)
        await bell.heard(1)
        await asyncio.sleep(0)
        jobs = running._scheduler.get_jobs()
        running.stop()
        return [(job.next_run_time.minute % 5, job.next_run_time.second) for job in jobs]

    assert asyncio.run(talk()) == [(0, 0)]
