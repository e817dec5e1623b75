"""Sends what lies in the outbox: claim, check again, render, send, settle."""

import asyncio
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.channels import Channel, DeliveryError, Message
from bot.clock import Clock
from bot.links import NO_LINKS, Links
from bot.rendering import render
from bot.turns import place_of
from db import Letter, officers, outbox
from db.engine import StoreError
from db.store import Connection, Store
from handlers.conversation import busy, offer
from handlers.phrasebook import Phrases
from handlers.reminders import KIND as REMINDER
from handlers.replies import from_json
from handlers.sending_check import checked
from handlers.timetable import Timetable, with_swapped_days
from scheduler.policy import next_moment_to_speak

log = structlog.get_logger()

BATCH = 25
MOST_ATTEMPTS = 14
"""Over these a channel may be out of reach for about three hours before its letters are given up."""
LONGEST_PAUSE = timedelta(hours=1)
IDLE_SECONDS = 5.0
ANEW = ":anew"
"""At the end of the key of a letter that went to another address first."""
SETTLE_TRIES = 5
SETTLE_PAUSE = 1.0
"""How often, and after how many seconds, it is tried again to keep what became of a send."""


class Delivery:
    """One process's share of sending. `spacing` is the least time in seconds between two sends of a channel,
    `timetable` holds the hours in which the bot speaks unasked, `links` lead to files on channels that take none."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock,
        spacing: Mapping[str, float],
        timetable: Timetable,
        links: Links = NO_LINKS,
    ) -> None:
        self.store = store
        self.channels = channels
        self.clock = clock
        self.spacing = spacing
        self.timetable = timetable
        self.links = links
        self.stopping = False
        self.wake = asyncio.Event()
        self.paused: dict[str, datetime] = {}
        self._round = asyncio.Lock()

    async def run(self) -> None:
        """Send until cancelled; a send under way is finished and settled first."""
        while True:
            self.wake.clear()
            work = asyncio.ensure_future(self.deliver())
            try:
                await asyncio.shield(work)
            except StoreError as error:
                log.error("database cannot be used", reason=str(error))
            except asyncio.CancelledError:
                self.stopping = True
                await asyncio.gather(work, return_exceptions=True)
                raise
            except Exception as error:
                log.error("delivery failed", where=place_of(error))
            # Not `wait_for`: before Python 3.12 it swallows a cancellation that comes together with the wake-up.
            with suppress(TimeoutError):
                async with asyncio.timeout(IDLE_SECONDS):
                    await self.wake.wait()

    async def deliver(self) -> int:
        """Send everything that is due now; gives the number of letters settled, one way or the other."""
        done = 0
        async with self._round:
            while not self.stopping and (letters := await asyncio.to_thread(self._claim)):
                names = {letter.channel for letter in letters}
                rounds = (self._channel_round(name, letters) for name in names)
                for failure in await asyncio.gather(*rounds, return_exceptions=True):
                    if failure is not None:
                        raise failure
                done += len(letters)
        return done

    def _claim(self) -> tuple[Letter, ...]:
        now = self.clock.now()
        silent = frozenset(name for name, until in self.paused.items() if until > now)
        with self.store.transaction() as connection:
            return outbox.claim(connection, now, BATCH, channels=frozenset(self.channels) - silent)

    async def _channel_round(self, name: str, letters: tuple[Letter, ...]) -> None:
        """The letters of one channel, one after the other, at the pace the channel bears."""
        for letter in letters:
            if letter.channel != name:
                continue
            now = self.clock.now()
            silent_until = now if self.stopping else self.paused.get(name, now)
            if self.stopping or silent_until > now:
                await asyncio.to_thread(self._give_back, letter, silent_until)
                continue
            await self._one(letter)
            await asyncio.sleep(self.spacing.get(name, 0))

    async def _one(self, letter: Letter) -> None:
        wanted = await asyncio.to_thread(self._wanted, letter)
        if wanted is None:
            return
        try:
            await self._send(wanted)
        except DeliveryError as error:
            await self._kept(self._failed, letter, error)
        except StoreError:
            raise
        except Exception as error:
            await self._kept(self._failed, letter, DeliveryError(f"a mistake of ours: {place_of(error)}"))

    def _wanted(self, letter: Letter) -> Letter | None:
        """Check a letter again at the moment of sending: it may be another process's by now, no longer true or true in
        part only, or too late in the day to speak unasked. Gives what is to be sent."""
        now = self.clock.now()
        with self.store.transaction() as connection:
            if not outbox.renew(connection, letter, now):
                return None
            timetable = with_swapped_days(connection, self.timetable)
            if letter.kind == REMINDER and letter.about:
                found = checked(connection, timetable, Phrases("vi"), letter, now)
                if isinstance(found, str):
                    outbox.drop(connection, letter.id, found)
                    log.info("letter dropped", key=letter.key, reason=found)
                    return None
                letter = found
            speak = next_moment_to_speak(now, timetable.hours, timetable.calendar)
            if letter.answers is None and speak > now:
                outbox.give_back(connection, letter.id, speak)
                return None
        return letter

    async def _send(self, letter: Letter) -> None:
        """Send the parts of a letter that were not sent by an earlier attempt."""
        channel = self.channels[letter.channel]
        sent = list(letter.message_ids)
        parts = await asyncio.to_thread(self._rendered, letter, channel)
        for message in parts[len(sent) :]:
            sent.append(await channel.send(letter.address, message))
            if len(sent) < len(parts):
                await self._kept(self._progress, letter, sent)
                await asyncio.sleep(self.spacing.get(letter.channel, 0))
        await self._kept(self._settle, letter, sent)

    def _rendered(self, letter: Letter, channel: Channel) -> tuple[Message, ...]:
        """The messages of a letter; where the channel takes no files, with the way to the letter's file.

        Where choices would have to be typed while a form is open they are left out: there a number is an answer.
        """
        reply, limits = from_json(letter.body), channel.limits
        listed = letter.answers is None and len(reply.choices) > limits.buttons
        linked = reply.file is not None and not limits.files
        if not (listed or linked):
            return render(reply, limits)
        with self.store.transaction() as connection:
            words = self.links.words(connection, letter, self.clock.now()) if linked else ""
            if listed and busy(connection, letter.channel, letter.address):
                reply = replace(reply, text=f"{reply.text}\n\n{Phrases('vi').say('choose-later')}", choices=())
        return render(reply, limits, words)

    async def _kept(self, work: Callable[..., None], *arguments: object) -> None:
        """Keep what became of a send. Not kept, it would be sent again: a busy database is waited for."""
        for _ in range(SETTLE_TRIES):
            try:
                return await asyncio.to_thread(work, *arguments)
            except StoreError as error:
                log.error("database cannot be used", reason=str(error))
                await asyncio.sleep(SETTLE_PAUSE)
        return await asyncio.to_thread(work, *arguments)

    def _progress(self, letter: Letter, sent: list[str]) -> None:
        with self.store.transaction() as connection:
            outbox.progress(connection, letter.id, sent)

    def _settle(self, letter: Letter, sent: list[str]) -> None:
        now = self.clock.now()
        with self.store.transaction() as connection:
            outbox.settle(connection, letter.id, now, sent)
            if letter.answers is None:
                offer(connection, letter.channel, letter.address, from_json(letter.body), now)

    def _give_back(self, letter: Letter, moment: datetime) -> None:
        with self.store.transaction() as connection:
            outbox.give_back(connection, letter.id, moment)

    def _failed(self, letter: Letter, error: DeliveryError) -> None:
        """What a failed send means for the letter, for its address and for the whole channel."""
        log.warning("send failed", key=letter.key, channel=letter.channel, reason=error.reason)
        now = self.clock.now()
        with self.store.transaction() as connection:
            if error.address_gone:
                officers.lose(connection, letter.channel, letter.address, error.reason)
                outbox.bury(connection, letter.id, error.reason)
                self._write_anew(connection, letter, now)
            elif error.unknown:
                outbox.bury(connection, letter.id, error.reason, unknown=True)
            elif error.retry_after is not None and letter.attempts < MOST_ATTEMPTS:
                self.paused[letter.channel] = now + timedelta(seconds=error.retry_after)
                outbox.later(connection, letter.id, self.paused[letter.channel], error.reason)
            elif error.retryable and letter.attempts < MOST_ATTEMPTS:
                outbox.later(connection, letter.id, now + backoff(letter.attempts), error.reason)
            else:
                outbox.bury(connection, letter.id, error.reason)

    def _write_anew(self, connection: Connection, letter: Letter, now: datetime) -> None:
        """What could not be said at an address that is gone is said once more at another one of the same person."""
        if letter.answers is not None or letter.key.endswith(ANEW):
            return
        person = officers.person_at(connection, letter.channel, letter.address)
        others = officers.addresses_of(connection, person) if person is not None else ()
        within = [each for each in others if each.open and each.channel in self.channels]
        if within:
            there = max(within, key=lambda each: each.heard_at.timestamp() if each.heard_at else 0)
            key = letter.key + ANEW
            again = replace(letter, key=key, channel=there.channel, address=there.address, due_at=now)
            outbox.write(connection, (again,), now)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: doubling from two seconds, with jitter, an hour at most."""
    return min(timedelta(seconds=2**attempts), LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
