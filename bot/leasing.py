"""What only one process of an office does at a time: asking a messenger for updates, ringing."""

import asyncio
import os
import secrets
import socket
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot.clock import Clock
from bot.turning import place_of
from db import leases
from db.engine import StoreError
from db.store import Store

log = structlog.get_logger()

LEASE_SECONDS = 24.0
RENEW_SECONDS = 8.0
"""A process that ended is followed by another one after both together at the latest, well within a minute."""


Work = Callable[[], Awaitable[None]]


def by_lease(store: Store, clock: Clock, name: str, work: Work) -> Work:
    """The work as one process at a time does it. An SQLite file has no other process, so nobody waits for the lease of
    one that was killed a moment ago."""
    return work if store.engine.dialect.name == "sqlite" else partial(Leased(store, clock, name).run, work)


def holder_name() -> str:
    """A name that no other holder of leases has, from which staff can tell the machine and the process."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(8)}"


class Leased:
    """Work that waits until this process holds the lease `name`, and ends when it holds it no longer.

    The work must bear to be cut off at any moment and to be begun again by another process.
    """

    def __init__(
        self, store: Store, clock: Clock, name: str, *, lease: float = LEASE_SECONDS, renew: float = RENEW_SECONDS
    ) -> None:
        self.store = store
        self.clock = clock
        self.name = name
        self.lease = lease
        self.renew = renew
        self.holder = holder_name()

    async def run(self, work: Work) -> None:
        """Do `work` whenever the lease is ours, until cancelled; ends when the work itself ends, and raises what it
        raises."""
        try:
            while True:
                while not await self._hold():
                    await asyncio.sleep(self.renew)
                log.info("lease taken", lease=self.name)
                if await self._work(work):
                    return
                log.warning("lease lost", lease=self.name)
        finally:
            await asyncio.shield(asyncio.to_thread(self._give_back))

    async def _work(self, work: Work) -> bool:
        """Work while the lease is ours; true when the work has ended by itself."""
        task = asyncio.ensure_future(work())
        held_until = asyncio.get_running_loop().time() + self.lease
        try:
            while True:
                await asyncio.wait((task,), timeout=self.renew)
                if task.done():
                    await task
                    return True
                now = asyncio.get_running_loop().time()
                if await self._hold():
                    held_until = now + self.lease
                elif now + self.renew >= held_until:
                    return False
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _hold(self) -> bool:
        """Take the lease or keep it; false where another process has it, or the database cannot say."""
        try:
            return await asyncio.to_thread(self._take)
        except StoreError as error:
            log.error("database cannot be used", reason=str(error))
            return False

    def _take(self) -> bool:
        with self.store.transaction(isolation="READ COMMITTED") as connection:
            return leases.take(connection, self.name, self.holder, self.clock.now(), self.lease)

    def _give_back(self) -> None:
        try:
            with self.store.transaction(isolation="READ COMMITTED") as connection:
                leases.give_back(connection, self.name, self.holder)
        except StoreError as error:
            # It runs out by itself.
            log.error("lease not given back", lease=self.name, where=place_of(error))
