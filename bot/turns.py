"""Stored updates on their way to an answer, fairly and in order; and dates on their way to letters."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Protocol, TypeVar

import structlog

from bot.channels import Update
from bot.fetching import Fetching
from bot.forecasting import forecasts
from bot.lines import MINUTE, Arrival, Lines, Sender
from bot.rings import planned_before, rang
from bot.taking import (
    Outcome,
    Tools,
    arrival_of,
    arrivals,
    keep,
    keep_all,
    say_to,
    take,
    take_lot,
    turn_away,
)
from bot.together import Together, pause_after
from bot.turning import place_of
from db import Letter, inbox
from db.engine import StoreError
from db.store import Connection
from handlers import unasked
from handlers.phrasebook import Phrases
from handlers.tidying import tidy
from handlers.timetable import Timetable

__all__ = ["Tools", "Turns", "keep", "place_of", "ring", "take"]

log = structlog.get_logger()

Result = TypeVar("Result")

AT_ONCE = 16
"""Turns of so many senders are committed together at most: enough to share the cost of a commit, few enough that the
first of them hardly waits for the last."""
LOOK_SECONDS = 5.0
LEFT_FOR = timedelta(seconds=10)
"""What another process has stored and not answered for so long is taken up by this one: that one may have ended."""


class Outlet(Protocol):
    """What sends letters: `wake` tells it that some were written, `hand` gives it those that are leased to this process
    and to be sent at once, as long as it `has_room` for them. `in_hand` are the numbers of the answers that it is
    sending, each chat's one after the other. `spacing` is its pace: seconds a letter, by channel."""

    wake: asyncio.Event
    spacing: Mapping[str, float]

    @property
    def has_room(self) -> bool:
        """Whether letters that are handed over would be sent soon."""

    @property
    def in_hand(self) -> frozenset[int]:
        """The answers that were handed over and are not sent yet."""

    def hand(self, letters: Sequence[Letter]) -> None:
        """Send leased letters at once, each chat's in their order."""

    def follow(self, chat: Sender) -> None:
        """Answers wait in this chat behind one that is not sent yet."""


def ring(tools: Tools, *, dry_run: bool = False) -> tuple[Letter, ...]:
    """Decide at this moment who is to hear what, and write those letters; ringing again writes none of them twice."""
    return _rung(tools, unasked.write, dry_run=dry_run)


def _counted(tools: Tools) -> Counter[str]:
    """Ring, and count the letters by channel: of a large office they would fill the memory."""
    return _rung(tools, unasked.count)


def _rung(
    tools: Tools, written: Callable[[Connection, Timetable, Phrases, datetime], Result], *, dry_run: bool = False
) -> Result:
    now = tools.clock.now()

    def work(connection: Connection) -> Result:
        found = written(connection, tools.timetable, Phrases("vi"), now)
        tidy(connection, tools.timetable, now)
        rang(connection, now)
        return found

    # A long ring that had to be alone would begin again at every turn that is taken meanwhile.
    return tools.store.retrying(work, commit=not dry_run, isolation="REPEATABLE READ")


class Turns:
    """Takes the turns of this process: one after the other for each sender, in the order in which they wrote.

    Who sends a file waits for it to be fetched and read, and so does what they send after it; nobody else does.
    """

    def __init__(self, tools: Tools, outlet: Outlet) -> None:
        self.tools = tools
        self.outlet = outlet
        self.queue = Lines()
        self.fetching = Fetching(tools, outlet.wake.set)
        self.storing: Together[Update, int | None] = Together(lambda updates: keep_all(tools, updates))
        self.surplus: dict[Sender, list[int]] = {}
        self.told: dict[Sender, float] = {}
        self.lost: set[int] = set()
        self.work: set[asyncio.Future[None]] = set()
        self.one_at_a_time = asyncio.Lock()
        self.catching_up = False

    async def receive(self, update: Update) -> None:
        """Store an update and have its turn taken soon; returns once it is stored."""
        number = await self.storing.do(update)
        if number is None:
            return
        self._line_up(arrival_of(self.tools, number, update.channel, update.payload))
        # Beside the rest: the next update need not wait until a spinner stands still.
        self._begin(self.tools.channels[update.channel].acknowledge(update.payload))

    def _line_up(self, arrival: Arrival) -> None:
        if self.queue.add(arrival):
            return
        refused = self.surplus.setdefault(arrival.sender, [])
        refused.append(arrival.number)
        if len(refused) == 1:
            self.queue.beside(1)
            self._begin(self._turned_away(arrival.sender))

    async def _turned_away(self, sender: Sender) -> None:
        """Say to who sent too much at once, once a minute, that not all of it is answered, and settle it."""
        try:
            first, now = self.surplus[sender][0], monotonic()
            # A flood comes in several heaps, of which each is turned away by itself.
            self.told = {who: at for who, at in self.told.items() if at > now - MINUTE}
            if sender not in self.told:
                self.told[sender] = now
                await self._insisting(partial(say_to, self.tools, first, "many", "too-many"))
            while numbers := tuple(self.surplus[sender]):
                await self._insisting(partial(turn_away, self.tools, sender, numbers))
                del self.surplus[sender][: len(numbers)]
            self.outlet.wake.set()
        finally:
            del self.surplus[sender]
            self.queue.beside(-1)

    async def take_up(self, left_for: timedelta = timedelta()) -> int:
        """Line up the updates whose turn was not finished by the process that stored them, so long ago at least; gives
        their number."""
        found = await asyncio.to_thread(self._left, left_for)
        for arrival in found:
            self._line_up(arrival)
        return len(found)

    def _left(self, left_for: timedelta) -> tuple[Arrival, ...]:
        until, channels = self.tools.clock.now() - left_for, frozenset(self.tools.channels)
        with self.tools.store.transaction() as connection:
            waiting = inbox.numbers_waiting(connection, channels, until)
        known = self.lost.union(*self.surplus.values())
        return arrivals(self.tools, [each for each in waiting if each not in self.queue and each not in known])

    async def run(self) -> None:
        """Take turns until cancelled; turns under way are finished first."""
        self._begin(self._look_around())
        try:
            while True:
                lot = await self.queue.next(AT_ONCE)
                for arrival in lot:
                    if arrival.file:
                        self._begin(self._with_file(arrival))
                if plain := [arrival for arrival in lot if not arrival.file]:
                    await self._finished(plain)
        finally:
            for task in self.work:
                task.cancel()
            await asyncio.gather(*self.work, return_exceptions=True)

    async def _look_around(self) -> None:
        """From time to time, take up what a process that ended has left."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.take_up(LEFT_FOR)
            except StoreError as error:
                log.error("database cannot be used", reason=str(error))

    def _begin(self, work: Awaitable[None]) -> None:
        """Have something done beside the turns."""
        task = asyncio.ensure_future(work)
        self.work.add(task)
        task.add_done_callback(self.work.discard)

    async def _with_file(self, arrival: Arrival) -> None:
        """The turn of somebody who sent a file, after the file is there."""
        await self._finished([replace(arrival, file=await self.fetching.prepared(arrival))], arrival)

    async def _finished(self, lot: Sequence[Arrival], lined_up: Arrival | None = None) -> None:
        """Take the turns of a lot; `lined_up` is the only one of it as it stands in its line."""
        outcomes: Sequence[Outcome] = (Outcome(),)
        async with self.one_at_a_time:
            try:
                loop, in_hand = asyncio.get_running_loop(), self.outlet.in_hand
                outcomes = await self._insisting(partial(self._taken, lot, loop, in_hand))
            except Exception as error:
                if len(lot) == 1:
                    # Not even setting it aside worked. It stays in the inbox, and those behind it get their turn.
                    log.error("turn lost its way", inbox=lot[0].number, where=place_of(error))
                    self.lost.add(lot[0].number)
        if len(outcomes) < len(lot):
            for arrival in lot:
                await self._finished([arrival])
            return
        for arrival, outcome in zip(lot, outcomes, strict=True):
            await self._after(lined_up or arrival, outcome)
        if self.tools.shelf.is_behind and not self.catching_up:
            self._begin(self._catch_up())

    def _taken(
        self, lot: Sequence[Arrival], loop: asyncio.AbstractEventLoop, in_hand: frozenset[int]
    ) -> tuple[Outcome, ...]:
        """Take the turns in one transaction, in a thread; what they answer is handed over once it is committed."""
        passed_over = {each.number: self.lost.union(self.surplus.get(each.sender, ())) for each in lot}
        outcomes = take_lot(self.tools, lot, passed_over, lease=self.outlet.has_room, in_hand=in_hand)
        letters = [letter for outcome in outcomes for letter in outcome.letters]
        # From here, so that it happens also when nobody waits for the outcome any more.
        loop.call_soon_threadsafe(self.outlet.hand, letters)
        return outcomes

    async def _after(self, arrival: Arrival, outcome: Outcome) -> None:
        """Go on in the line of an arrival: with what comes next, or first with an older one of another process."""
        if outcome.behind is None:
            self.queue.done(arrival)
            if outcome.held:
                self.outlet.follow(arrival.sender)
            if outcome.others:
                self.outlet.wake.set()
            return
        for older in await self._insisting(partial(arrivals, self.tools, (outcome.behind,))):
            self.queue.before(replace(older, sender=arrival.sender), arrival)
        self.queue.again(arrival.sender)

    async def _insisting(self, work: Callable[[], Result]) -> Result:
        """Do work on the database in a thread, and again until it can be used; finished also when this is cancelled.

        Tried again before anything else is: what somebody wrote later must not be answered first.
        """
        attempt = 0
        while True:
            under_way = asyncio.ensure_future(asyncio.to_thread(work))
            try:
                return await asyncio.shield(under_way)
            except StoreError as error:
                attempt += 1
                await asyncio.sleep(pause_after(error, attempt))
            except asyncio.CancelledError:
                await asyncio.gather(under_way, return_exceptions=True)
                raise

    async def ring(self) -> None:
        """Ring once; what falls due is written and delivery wakes. A database that cannot be used is tried again at
        the next ring."""
        planned = planned_before(self.tools.clock.now())
        try:
            letters = await asyncio.to_thread(_counted, self.tools)
        except StoreError as error:
            log.error("ring failed", reason=str(error))
            return
        if self.tools.metrics:
            self.tools.metrics.ring((self.tools.clock.now() - planned).total_seconds(), letters.total())
        if letters:
            lasts = {each.channel: str(each.duration) for each in forecasts(letters, {}, self.outlet.spacing)}
            log.info("ring", letters=letters.total(), lasts=lasts)
            self.outlet.wake.set()
        await self._catch_up()

    async def _catch_up(self) -> None:
        """Exchange the library where it is not that of the office any more; others' turns go on meanwhile."""
        self.catching_up = True
        try:
            changed = await asyncio.to_thread(self.tools.shelf.catch_up, self.tools.clock.now())
            while self.tools.shelf.is_behind:
                changed = await asyncio.to_thread(self.tools.shelf.catch_up, self.tools.clock.now())
        except StoreError as error:
            log.error("library not looked after", reason=str(error))
            return
        finally:
            self.catching_up = False
        if changed:
            log.info("library exchanged")
        self.outlet.wake.set()
