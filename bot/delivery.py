"""Sends what lies in the outbox: claim, check again, render, send, settle."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TypeVar

import structlog

from bot.channels import Channel, DeliveryError, Message
from bot.clock import Clock
from bot.lines import Sender
from bot.links import NO_LINKS, Links
from bot.metrics import Metrics
from bot.pacing import CHAT_SPACING, Pace
from bot.rendering import render
from bot.sending import failed, failure_of, needs_database, rendered, said, sent, wanted
from bot.taking import place_of
from bot.together import Together, pause_after
from bot.tracing import traced_letter
from db import Letter, outbox
from db.engine import StoreError
from db.store import Connection, Store
from handlers.timetable import Timetable, with_swapped_days

log = structlog.get_logger()

Result = TypeVar("Result")

BATCH = 25
"""So many letters are claimed at a time: about a second of sending, so that another process finds some too."""
MOST_HANDED = 200
"""While so many answers are under way, further ones wait in the outbox."""
IDLE_SECONDS = 5.0
LOOK_SECONDS = 1.0
"""So often it is looked for answers in the middle of a wave; most of them are handed over and need not be found."""
SETTLE_TRIES = 12
"""How often it is tried to keep what became of a send."""
ROUND_TRIP = 0.32
"""Seconds that a messenger may take to answer without slowing down the pace at which it is sent to."""
MOST_AT_ONCE = 8


def at_once(spacing: float | None) -> int:
    """So many unasked letters of a channel are under way at a time: what begins within one round trip. Those under way
    when a process is killed are said once more, so there are no more of them than the pace needs, and only one where
    the channel has no pace at all (`None`)."""
    if spacing is None:
        return 1
    return max(1, min(MOST_AT_ONCE, round(ROUND_TRIP / spacing))) if spacing else MOST_AT_ONCE


class Delivery:
    """One process's share of sending. `spacing` is the least time in seconds between two sends of a channel,
    `chat_spacing` that between two in one chat, `timetable` holds the hours in which the bot speaks unasked, `links`
    lead to files on channels that take none."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock,
        spacing: Mapping[str, float],
        timetable: Timetable,
        links: Links = NO_LINKS,
        *,
        chat_spacing: Mapping[str, float] = CHAT_SPACING,
        metrics: Metrics | None = None,
    ) -> None:
        self.store = store
        self.channels = channels
        self.clock = clock
        self.spacing = spacing
        self.chat_spacing = chat_spacing
        self.timetable = timetable
        self.links = links
        self.metrics = metrics
        self.running = False
        self.stopping = False
        self.wake = asyncio.Event()
        self.paused: dict[str, datetime] = {}
        self.handed: set[asyncio.Task[None]] = set()
        self.followed: set[Sender] = set()
        self._looked_at: dict[str, float] = {}
        self._paces: dict[str, Pace] = {}
        self._keeping: Together[Callable[[Connection], object], object] = Together(self._all_kept)
        self._round = asyncio.Lock()

    # The long-running loop, and what is handed over to it.

    async def run(self) -> None:
        """Send until cancelled; what is under way then is finished and settled first."""
        self.running = True
        while True:
            self.wake.clear()
            work = asyncio.ensure_future(self.deliver())
            try:
                await asyncio.shield(work)
            except StoreError as error:
                log.error("database cannot be used", reason=str(error))
            except asyncio.CancelledError:
                await self._stop(work)
                raise
            except Exception as error:
                log.error("delivery failed", where=place_of(error))
            try:
                # Not `wait_for`: before Python 3.12 it swallows a cancellation that comes together with the wake-up.
                with suppress(TimeoutError):
                    async with asyncio.timeout(IDLE_SECONDS):
                        await self.wake.wait()
            except asyncio.CancelledError:
                await self._stop()
                raise

    async def _stop(self, *work: asyncio.Future[int]) -> None:
        """Finish what is being sent, and give back the rest."""
        self.stopping = True
        for pace in self._paces.values():
            pace.let_go()
        await asyncio.gather(*work, *self.handed, return_exceptions=True)

    @property
    def has_room(self) -> bool:
        """Whether letters that are handed over would be sent soon."""
        return self.running and not self.stopping and len(self.handed) < MOST_HANDED

    def hand(self, letters: Sequence[Letter]) -> None:
        """Send letters that are leased to this process at once, each chat's in their order."""
        chats: dict[Sender, deque[Letter]] = {}
        for letter in letters:
            chats.setdefault((letter.channel, letter.address), deque()).append(letter)
        for chat, its_letters in chats.items():
            task = asyncio.create_task(self._chat(chat, its_letters))
            self.handed.add(task)
            task.add_done_callback(self.handed.discard)

    def follow(self, chat: Sender) -> None:
        """Answers wait in this chat behind one that is not sent yet: look for them once it is."""
        self.followed.add(chat)
        self.wake.set()

    async def _chat(self, chat: Sender, letters: deque[Letter]) -> None:
        """Send answers to one chat; those behind one that was not sent wait for it."""
        try:
            while letters and await self._one(letters.popleft()):
                pass
            for letter in letters:
                await self._give_back(letter, self.clock.now())
        except StoreError as error:
            # They are leased for a while, and then found again.
            log.error("database cannot be used", reason=str(error))
        if chat in self.followed:
            self.followed.discard(chat)
            self.wake.set()

    # A round through everything that is due.

    async def deliver(self) -> int:
        """Send everything that is due now; gives the number of letters settled, one way or the other."""
        done = 0
        async with self._round:
            while not self.stopping:
                found = await asyncio.gather(*map(self._channel, self.channels), return_exceptions=True)
                for failure in found:
                    if isinstance(failure, BaseException):
                        raise failure
                if not sum(number for number in found if isinstance(number, int)):
                    break
                done += sum(number for number in found if isinstance(number, int))
            while self.handed:
                await asyncio.gather(*self.handed, return_exceptions=True)
        return done

    async def _channel(self, name: str) -> int:
        """Send what is due on one channel, several letters at a time; gives their number."""
        claimed: deque[Letter] = deque()
        found, door = 0, asyncio.Lock()

        async def send_on() -> None:
            nonlocal found
            while True:
                async with door:
                    if not claimed and not self.stopping and self._silent_until(name) <= self.clock.now():
                        claimed.extend(await asyncio.to_thread(self._claim, name))
                        found += len(claimed)
                if not claimed:
                    return
                await self._one(claimed.popleft())

        lanes = range(at_once(self.spacing.get(name)))
        for failure in await asyncio.gather(*(send_on() for _ in lanes), return_exceptions=True):
            if failure is not None:
                raise failure
        return found

    def _claim(self, name: str) -> tuple[Letter, ...]:
        now, channels = self.clock.now(), frozenset((name,))
        looked_lately = not self.followed and time.monotonic() - self._looked_at.get(name, 0) < LOOK_SECONDS
        with self.store.transaction(isolation="READ COMMITTED") as connection:
            unasked = outbox.claim(connection, now, BATCH, channels=channels, answers=False) if looked_lately else ()
            if unasked:
                return unasked
            self._looked_at[name] = time.monotonic()
            return outbox.claim(connection, now, BATCH, channels=channels)

    # One letter.

    async def _one(self, letter: Letter) -> bool:
        """Send one letter when its channel bears it; true when it was sent, and kept as sent."""
        with traced_letter(letter):
            await self._pace(letter.channel).turn(letter.address, answer=letter.answers is not None)
            silent_until = self._silent_until(letter.channel)
            if self.stopping or silent_until > self.clock.now():
                await self._give_back(letter, silent_until)
                return False
            try:
                found = await self._prepared(letter)
                return found is not None and await self._send(*found)
            except DeliveryError as error:
                await self._failed(letter, error)
            except StoreError:
                raise
            except Exception as error:
                await self._failed(letter, DeliveryError(f"a mistake of ours: {place_of(error)}"))
            return False

    async def _prepared(self, letter: Letter) -> tuple[Letter, tuple[Message, ...]] | None:
        """What is to be sent of a letter at this moment; `None` where nothing is, or not by this process."""
        reply, channel = said(letter), self.channels[letter.channel]
        still_ours = outbox.LEASE / 2 < (letter.claimed_until or self.clock.now()) - self.clock.now() <= outbox.LEASE
        as_written = still_ours and letter.answers is not None and not letter.doubtful
        if as_written and not needs_database(reply, letter, channel):
            return letter, render(reply, channel.limits)
        return await self._kept(partial(self._looked_up, letter, still_ours))

    def _looked_up(
        self, letter: Letter, still_ours: bool, connection: Connection
    ) -> tuple[Letter, tuple[Message, ...]] | None:
        now = self.clock.now()
        if not still_ours and not outbox.renew(connection, letter, now):
            return None
        found = wanted(connection, with_swapped_days(connection, self.timetable), letter, now)
        if found is None:
            return None
        return found, rendered(connection, found, self.channels[letter.channel], self.links, now)

    async def _send(self, letter: Letter, parts: Sequence[Message]) -> bool:
        """Send the parts of a letter that were not sent by an earlier attempt."""
        ids = list(letter.message_ids)
        for message in parts[len(ids) :]:
            ids.append(await self.channels[letter.channel].send(letter.address, message))
            if len(ids) < len(parts):
                await self._kept(lambda connection: outbox.progress(connection, letter.id, ids))
                await self._pace(letter.channel).turn(letter.address, answer=letter.answers is not None)
        await self._kept(lambda connection: sent(connection, letter, ids, self.clock.now()))
        self._count(letter, "sent")
        return True

    async def _failed(self, letter: Letter, error: DeliveryError) -> None:
        """What a failed send means for the letter, for its address and for the whole channel."""
        log.warning("send failed", key=letter.key, channel=letter.channel, reason=error.reason)
        failure = failure_of(letter, error, self.clock.now())
        if failure.silent_until is not None:
            self.paused[letter.channel] = failure.silent_until
            self._pace(letter.channel).let_go()
        await self._kept(lambda connection: failed(connection, failure, self.channels, self.clock.now()))
        self._count(letter, failure.state)

    async def _give_back(self, letter: Letter, moment: datetime) -> None:
        await self._kept(lambda connection: outbox.give_back(connection, letter.id, moment))

    def _silent_until(self, name: str) -> datetime:
        """The end of the silence that a channel asked for; now or earlier where it asked for none."""
        return self.paused.get(name, self.clock.now())

    def _pace(self, name: str) -> Pace:
        if name not in self._paces:
            spacing = self.spacing.get(name, 0.0)
            self._paces[name] = Pace(spacing, self.chat_spacing.get(name, 0.0) if spacing else 0.0)
        return self._paces[name]

    def _count(self, letter: Letter, state: str) -> None:
        if self.metrics:
            self.metrics.letter(letter.channel, state)

    # Keeping what became of a send.

    async def _kept(self, work: Callable[[Connection], Result]) -> Result:
        """Do something in the database, together with what others want done. What became of a send, were it not kept,
        would be sent again: a busy database is waited for."""
        for attempt in range(1, SETTLE_TRIES):
            try:
                return await self._keeping.do(work)  # type: ignore[return-value]
            except StoreError as error:
                await asyncio.sleep(pause_after(error, attempt))
        return await self._keeping.do(work)  # type: ignore[return-value]

    def _all_kept(self, works: Sequence[Callable[[Connection], object]]) -> tuple[object, ...]:
        with self.store.transaction() as connection:
            return tuple(work(connection) for work in works)
