"""Rings at fixed moments and knows nothing: the only APScheduler in the house.

It runs on the machine's clock. What a ring means, and what time it is in the house, is the business of the callback.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler import ZONE

MIDNIGHT = datetime(2020, 1, 1, tzinfo=ZONE)
"""Rings are counted from a midnight, so that every five minutes means 08:00 and 08:05, not 08:03 and 08:08."""


@dataclass(frozen=True)
class Ticker:
    """A ticker that was started; it rings until it is stopped."""

    _scheduler: AsyncIOScheduler

    def stop(self) -> None:
        """Ring no more. A ring under way is cancelled where it waits; stopping again changes nothing."""
        # APScheduler shuts down a step of the loop later, and complains of a second call in between; jobs go at once.
        if self._scheduler.get_jobs():
            self._scheduler.remove_all_jobs()
            self._scheduler.shutdown(wait=False)


def start(ring: Callable[[], Awaitable[None]], every_minutes: float) -> Ticker:
    """Await `ring` now (what fell due while we were down) and then every so many minutes, never twice at a time.

    Needs a running event loop. `ring` logs its own failures; one that raises nevertheless is logged by APScheduler
    and the next ring comes all the same. Raises ValueError where the minutes are not above zero.
    """
    if every_minutes <= 0:
        raise ValueError(f"the ticker needs more than 0 minutes between two rings, not {every_minutes}")

    async def once() -> None:
        # APScheduler awaits only what it recognises as a coroutine function, which a callable need not be.
        await ring()

    trigger = IntervalTrigger(minutes=every_minutes, start_date=MIDNIGHT, timezone=ZONE)
    scheduler = AsyncIOScheduler(timezone=ZONE)
    scheduler.start(paused=True)
    job = scheduler.add_job(once, trigger, misfire_grace_time=None, coalesce=True, max_instances=1)
    # The ring before the next one has just passed: due, so it happens at once, and the grid stays where it is.
    job.modify(next_run_time=job.next_run_time - trigger.interval)
    scheduler.resume()
    return Ticker(scheduler)
