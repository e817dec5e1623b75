"""What is said unasked, one letter after the other: the next begins when what became of the one before is kept.

So a process that is killed has at most one letter under way on a channel that may have arrived although nobody knows;
the setting WAVE_AT_ONCE allows more of them where a messenger answers slowly.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic

from bot.clock import Clock
from bot.leasing import holder_name
from db import Letter, leases, outbox
from db.store import Connection, Store

BATCH = 25
"""So many letters are claimed at a time: about a second of sending, so that another process finds some too."""
LEAD_SECONDS = 30.0
"""Whoever leads the waves of a channel is followed by another process so long after it ended, at the latest."""


class Lead:
    """Which channels' waves this process sends: of several processes one at a time does, at the pace of the channel.

    An SQLite file has no other process, which could do so too.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._alone = store.engine.dialect.name == "sqlite"
        self._holder = holder_name()
        self._until: dict[str, float] = {}

    def claimed(self, name: str) -> tuple[Letter, ...]:
        """The next letters of a channel's wave, leased to this process; none where another one leads."""
        began, now = monotonic(), self.clock.now()
        with self.store.transaction(isolation="READ COMMITTED") as connection:
            ours = self._taken(connection, name)
            found = outbox.claim(connection, now, BATCH, channels=frozenset((name,)), answers=False) if ours else ()
        self._until[name] = began + LEAD_SECONDS if ours else began
        return found

    def _taken(self, connection: Connection, name: str) -> bool:
        return self._alone or leases.take(connection, f"wave {name}", self._holder, self.clock.now(), LEAD_SECONDS)

    def _renewed(self, name: str) -> bool:
        began = monotonic()
        with self.store.transaction(isolation="READ COMMITTED") as connection:
            ours = self._taken(connection, name)
        self._until[name] = began + LEAD_SECONDS if ours else began
        return ours

    async def holds(self, name: str) -> bool:
        """Whether a letter may be sent now; renewed where that will not be so for long. Raises `StoreError`."""
        left = self._until.get(name, 0.0) - monotonic()
        return self._alone or left > LEAD_SECONDS / 2 or await asyncio.to_thread(self._renewed, name)

    def give_back(self) -> None:
        """Another process may lead at once. Raises `StoreError`."""
        if self._alone or not self._until:
            return
        with self.store.transaction(isolation="READ COMMITTED") as connection:
            for name in self._until:
                leases.give_back(connection, f"wave {name}", self._holder)
        self._until.clear()


class Turnstile:
    """The place of a letter in its lane: it passes when the one `before` it is kept, and tells the one behind when its
    own send is over and only remains to be kept."""

    def __init__(self, before: "asyncio.Task[bool] | None" = None) -> None:
        self._before = before
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def passed(self) -> None:
        """Wait for the one before; raises what kept that one from being kept."""
        if self._before is not None:
            await self._before

    def leave(self) -> None:
        """The send is over."""
        if not self.over.done():
            self.over.set_result(None)


Claim = Callable[[], Awaitable[tuple[Letter, ...]]]
Send = Callable[[Letter, Turnstile], Awaitable[bool]]


class Wave:
    """A wave of one channel under way: letters are claimed when none are left, and handed to the lanes one by one."""

    def __init__(self, claim: Claim, send: Send) -> None:
        self._claim = claim
        self._send = send
        self.left: deque[Letter] = deque()
        """Claimed, and not begun."""
        self._door = asyncio.Lock()
        self.found = 0

    async def run(self, lanes: int) -> int:
        """Send until nothing is left, in so many lanes; gives the number of letters. What a lane raises ends the
        wave."""
        for failure in await asyncio.gather(*(self._lane() for _ in range(lanes)), return_exceptions=True):
            if failure is not None:
                raise failure
        return self.found

    async def _lane(self) -> None:
        before: asyncio.Task[bool] | None = None
        while True:
            if before is not None and not self.left:
                await before
            letter = await self._next()
            if letter is None:
                break
            place = Turnstile(before)
            before = asyncio.create_task(self._one(letter, place))
            # What became of it is kept in the same transaction in which the next one is looked at.
            await place.over
        if before is not None:
            await before

    async def _one(self, letter: Letter, place: Turnstile) -> bool:
        try:
            return await self._send(letter, place)
        finally:
            place.leave()

    async def _next(self) -> Letter | None:
        async with self._door:
            if not self.left:
                self.left.extend(await self._claim())
                self.found += len(self.left)
            return self.left.popleft() if self.left else None
