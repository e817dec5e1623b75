"""Sends what lies in the outbox: claim, check again, render, send, settle."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import structlog

from bot.channels import Channel, DeliveryError, Message
from bot.clock import Clock
from bot.holding import InHand
from bot.lines import Sender
from bot.links import NO_LINKS, Links
from bot.metrics import Metrics
from bot.pacing import CHAT_SPACING, Pace
from bot.rendering import render
from bot.sending import Sent, failed, failure_of, keep_sent, needs_database, rendered, said, wanted
from bot.together import Together, pause_after
from bot.tracing import traced_letter
from bot.turning import place_of
from bot.waves import Lead, Turnstile, Wave
from db import Letter, outbox
from db.engine import StoreError
from db.leases import WRONG_CLOCK
from db.store import Connection, Store
from handlers.timetable import Timetable, with_swapped_days

log = structlog.get_logger()

Result = TypeVar("Result")

MOST_HANDED = 200
"""While so many answers are under way, further ones wait in the outbox."""
IDLE_SECONDS = 5.0
SETTLE_TRIES = 12
"""How often it is tried to keep what became of a send."""


class Delivery:
    """One process's share of sending. `spacing` is the least time in seconds between two sends of a channel,
    `chat_spacing` that between two in one chat, `timetable` holds the hours in which the bot speaks unasked, `links`
    lead to files on channels that take none; `wave_at_once` unasked letters of a channel are under way at a time."""

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
        wave_at_once: int = 1,
    ) -> None:
        self.store = store
        self.channels = channels
        self.clock = clock
        self.spacing = spacing
        self.chat_spacing = chat_spacing
        self.timetable = timetable
        self.links = links
        self.metrics = metrics
        self.wave_at_once = wave_at_once
        self.running = False
        self.stopping = False
        self.wake = asyncio.Event()
        self.paused: dict[str, datetime] = {}
        self._looked_at = clock.now()
        self.handed: set[asyncio.Task[None]] = set()
        self.followed: set[Sender] = set()
        self.leases = InHand(store, clock)
        self._queues: dict[Sender, deque[Letter]] = {}
        self._answers: set[int] = set()
        self._held_up: set[Sender] = set()
        self.lead = Lead(store, clock)
        self._waves: dict[str, asyncio.Task[int]] = {}
        self._again: set[str] = set()
        self._looking = asyncio.Lock()
        self._paces: dict[str, Pace] = {}
        self._keeping: Together[Sent | Callable[[Connection], object], object] = Together(self._all_kept)

    # The long-running loop, and what is handed over to it.

    async def run(self) -> None:
        """Send until cancelled; what is under way then is finished and settled first."""
        self.running = True
        renewing = asyncio.create_task(self.leases.keep())
        try:
            while True:
                self.wake.clear()
                await self._insist(self._begin)
                # Not `wait_for`: before Python 3.12 it swallows a cancellation that comes together with the wake-up.
                with suppress(TimeoutError):
                    async with asyncio.timeout(IDLE_SECONDS):
                        await self.wake.wait()
        finally:
            await asyncio.shield(self._stop())
            renewing.cancel()

    async def _stop(self) -> None:
        """Finish what is being sent, and give back the rest."""
        self.stopping = True
        for pace in self._paces.values():
            pace.let_go()
        await asyncio.gather(*self._waves.values(), *self.handed, return_exceptions=True)
        await self._insist(partial(asyncio.to_thread, self.lead.give_back))

    async def _insist(self, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Do work that is done again later where it fails now; finished also when this is cancelled."""
        under_way = asyncio.ensure_future(work())
        try:
            await asyncio.shield(under_way)
        except asyncio.CancelledError:
            await asyncio.gather(under_way, return_exceptions=True)
            raise
        except Exception as error:
            _tell(error)

    @property
    def has_room(self) -> bool:
        """Whether letters that are handed over would be sent soon."""
        return self.running and not self.stopping and len(self._answers) < MOST_HANDED

    @property
    def in_hand(self) -> frozenset[int]:
        """The answers that were handed over and are not sent yet; those of a chat are sent one after the other."""
        return frozenset(self._answers)

    def hand(self, letters: Sequence[Letter]) -> None:
        """Send answers that are leased to this process at once, each chat's in their order."""
        self.leases.take(letters)
        for letter in letters:
            self._answers.add(letter.id)
            chat = (letter.channel, letter.address)
            if chat in self._queues:
                self._queues[chat].append(letter)
            else:
                self._queues[chat] = deque((letter,))
                task = asyncio.create_task(self._chat(chat))
                self.handed.add(task)
                task.add_done_callback(self.handed.discard)

    def follow(self, chat: Sender) -> None:
        """Answers wait in this chat behind one that is not sent yet: look for them once it is."""
        self.followed.add(chat)
        self.wake.set()

    async def _chat(self, chat: Sender) -> None:
        """Send answers to one chat until none is left; those behind one that was not sent wait for it."""
        letters, sent = self._queues[chat], chat not in self._held_up
        try:
            while letters:
                letter = letters[0]
                sent = await self._one(letter) if sent else await self._give_back(letter, self.clock.now())
                self._leave(letters.popleft())
        except StoreError as error:
            # They are leased for a while, and then found again.
            log.error("database cannot be used", reason=str(error))
            sent = False
        finally:
            for letter in letters:
                self._leave(letter)
            del self._queues[chat]
        if not sent:
            # Until a look has found that nothing is to be sent before it, what comes next may not be sent at once.
            self._held_up.add(chat)
        if not sent or chat in self.followed:
            self.followed.discard(chat)
            self.wake.set()

    def _leave(self, letter: Letter) -> None:
        self._answers.discard(letter.id)
        self.leases.leave((letter,))

    # A look at everything that is due.

    async def deliver(self) -> int:
        """Send everything that is due now; gives the number of letters settled, one way or the other."""
        done = 0
        while not self.stopping:
            answers, waves = await self._begin()
            found = await asyncio.gather(*waves, return_exceptions=True)
            for failure in found:
                if isinstance(failure, BaseException):
                    raise failure
            done += answers + sum(number for number in found if isinstance(number, int))
            if not answers and not any(found) and not self.handed:
                break
            await asyncio.gather(*self.handed, return_exceptions=True)
        if not self.running:
            await asyncio.to_thread(self.lead.give_back)
        return done

    async def _begin(self) -> tuple[int, tuple[asyncio.Task[int], ...]]:
        """Hand over the answers that wait, and have a wave under way on every channel; gives the number of answers."""
        async with self._looking:
            answers = await asyncio.to_thread(self._answers_due)
            self._held_up.difference_update((letter.channel, letter.address) for letter in answers)
            self.hand(answers)
            self.followed.update((letter.channel, letter.address) for letter in answers)
            for name in self.channels:
                if name in self._waves:
                    self._again.add(name)
                elif not self.stopping:
                    self._waves[name] = asyncio.create_task(self._wave(name))
                    self._waves[name].add_done_callback(_told)
            return len(answers), tuple(self._waves.values())

    def _answers_due(self) -> tuple[Letter, ...]:
        """Answers that were not handed over, leased to this process; as many as it has room for."""
        open_ = frozenset(name for name in self.channels if self._silent_until(name) <= self.clock.now())
        room = MOST_HANDED - len(self._answers)
        if room <= 0 or not open_ or self.stopping:
            return ()
        with self.store.transaction(isolation="READ COMMITTED") as connection:
            return outbox.claim(connection, self.clock.now(), room, channels=open_, answers=True)

    async def _wave(self, name: str) -> int:
        """Send what is due unasked on one channel; gives the number of letters."""
        wave = Wave(partial(self._unasked_due, name), self._one)
        try:
            return await wave.run(self.wave_at_once)
        finally:
            self.leases.leave(wave.left)
            del self._waves[name]
            if name in self._again:
                self._again.discard(name)
                self.wake.set()

    async def _unasked_due(self, name: str) -> tuple[Letter, ...]:
        if self.stopping or self._silent_until(name) > self.clock.now():
            return ()
        claimed = await asyncio.to_thread(self.lead.claimed, name)
        self.leases.take(claimed)
        return claimed

    # One letter.

    async def _one(self, letter: Letter, place: Turnstile | None = None) -> bool:
        """Send one letter when its channel bears it; true when it was sent, and kept as sent."""
        with traced_letter(letter):
            try:
                await self._pace(letter.channel).turn(letter.address, answer=letter.answers is not None)
                silent_until = self._silent_until(letter.channel)
                if self.stopping or silent_until > self.clock.now():
                    return await self._give_back(letter, silent_until)
                if letter.answers is None and not await self.lead.holds(letter.channel):
                    return await self._give_back(letter, self.clock.now())
                found = await self._prepared(letter)
                if place is not None:
                    await place.passed()
                return found is not None and await self._send(*found, place)
            except DeliveryError as error:
                await self._failed(letter, error)
            except StoreError:
                raise
            except Exception as error:
                await self._failed(letter, DeliveryError(f"a mistake of ours: {place_of(error)}"))
            finally:
                self.leases.leave((letter,))
            return False

    async def _prepared(self, letter: Letter) -> tuple[Letter, tuple[Message, ...]] | None:
        """What is to be sent of a letter at this moment; `None` where nothing is, or not by this process."""
        reply, channel = said(letter), self.channels[letter.channel]
        still_ours = self.leases.is_safe(letter)
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

    async def _send(self, letter: Letter, parts: Sequence[Message], place: Turnstile | None) -> bool:
        """Send the parts of a letter that were not sent by an earlier attempt."""
        ids = list(letter.message_ids)
        for message in parts[len(ids) :]:
            ids.append(await self.channels[letter.channel].send(letter.address, message))
            if len(ids) < len(parts):
                await self._kept(lambda connection: outbox.progress(connection, letter.id, ids))
                await self._pace(letter.channel).turn(letter.address, answer=letter.answers is not None)
        if place is not None:
            place.leave()
        await self._kept(Sent(letter, ids, self.clock.now()))
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

    async def _give_back(self, letter: Letter, moment: datetime) -> bool:
        """The letter waits until then; false, as it was not sent."""
        await self._kept(lambda connection: outbox.give_back(connection, letter.id, moment))
        return False

    def _silent_until(self, name: str) -> datetime:
        """The end of the silence that a channel asked for; now or earlier where it asked for none. Silences that were
        reckoned by a clock far ahead, which was set right since, are over."""
        before, self._looked_at = self._looked_at, self.clock.now()
        if self._looked_at < before - WRONG_CLOCK:
            self.paused.clear()
        return self.paused.get(name, self._looked_at)

    def _pace(self, name: str) -> Pace:
        if name not in self._paces:
            spacing = self.spacing.get(name, 0.0)
            self._paces[name] = Pace(spacing, self.chat_spacing.get(name, 0.0) if spacing else 0.0)
        return self._paces[name]

    def _count(self, letter: Letter, state: str) -> None:
        if self.metrics:
            self.metrics.letter(letter.channel, state)

    # Keeping what became of a send.

    async def _kept(self, work: Sent | Callable[[Connection], Result]) -> Result:
        """Do something in the database, together with what others want done, or keep that a letter was sent. What
        became of a send, were it not kept, would be sent again: a busy database is waited for."""
        for attempt in range(1, SETTLE_TRIES):
            try:
                return await self._keeping.do(work)  # type: ignore[return-value]
            except StoreError as error:
                await asyncio.sleep(pause_after(error, attempt))
        return await self._keeping.do(work)  # type: ignore[return-value]

    def _all_kept(self, works: Sequence[Sent | Callable[[Connection], object]]) -> tuple[object, ...]:
        # A killed process leaves what it had committed; after a power cut the last letters may come twice.
        with self.store.transaction(lasting=False) as connection:
            keep_sent(connection, [work for work in works if isinstance(work, Sent)])
            return tuple(None if isinstance(work, Sent) else work(connection) for work in works)


def _told(task: asyncio.Future[int]) -> None:
    """A task ended that nobody may be waiting for."""
    error = None if task.cancelled() else task.exception()
    if isinstance(error, Exception):
        _tell(error)


def _tell(error: Exception) -> None:
    if isinstance(error, StoreError):
        log.error("database cannot be used", reason=str(error))
    else:
        log.error("delivery failed", where=place_of(error))
