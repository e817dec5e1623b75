"""A message or a date on its way through the house: one function call, one transaction."""

import asyncio
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from bot.channels import Channel, DeliveryError, Update
from bot.clock import Clock
from db import InboxRow, Letter, conversations, inbox, officers, outbox
from db.engine import StoreError
from db.store import Connection, Store
from handlers import Attachment, Incoming, Reply, digests, join, reminders
from handlers.conversation import Doorstep, desk_of, from_json, to_json
from handlers.phrasebook import Phrases
from handlers.replies import to_json as reply_to_json
from handlers.respond import respond
from handlers.timetable import Timetable
from knowledge.index import Library

log = structlog.get_logger()

FETCH_TRIES = 3
RETRY_SECONDS = 2.0
"""Pause before the work is tried again when the database could not be used."""


@dataclass(frozen=True)
class Tools:
    """What a turn works with; put together in `app.py`."""

    store: Store
    library: Library
    clock: Clock
    channels: Mapping[str, Channel]
    timetable: Timetable


def keep(tools: Tools, update: Update) -> int | None:
    """Store a raw update before anything else happens; `None` when it was stored before.

    Raises `StoreError` when it cannot be stored: then the channel must not confirm it to its server.
    """
    with tools.store.transaction() as connection:
        return inbox.store(connection, update.channel, update.key, update.payload, tools.clock.now())


def file_of(tools: Tools, number: int) -> tuple[str, Attachment] | None:
    """The file of a stored update that its channel still holds, with the name of the channel."""
    with tools.store.transaction() as connection:
        row = inbox.take(connection, number)
    incoming = _read(tools, row) if row else None
    if row is None or incoming is None or incoming.file is None or not incoming.file.reference:
        return None
    return row.channel, incoming.file


def take(tools: Tools, number: int, content: bytes = b"") -> None:
    """The turn of one stored update: answer, new state and letters, committed together. Does nothing if it was done.

    `content` is what its channel handed over of the file that came with it.

    A turn that fails on our own mistake is set aside with where it happened, and the person is told; a database that
    cannot be used raises `StoreError`, and the update waits.
    """
    incoming: Incoming | None = None
    try:
        with tools.store.transaction() as connection:
            row = inbox.take(connection, number)
            if row is None:
                return
            incoming = _read(tools, row, content)
            if incoming is not None:
                _answer(tools, connection, number, incoming)
            inbox.settle(connection, number, tools.clock.now(), None if incoming else "nothing to answer")
    except StoreError:
        raise
    except Exception as error:
        _set_aside(tools, number, incoming, error)


def _read(tools: Tools, row: InboxRow, content: bytes = b"") -> Incoming | None:
    incoming = tools.channels[row.channel].read(row.payload)
    if incoming is None or incoming.file is None or not content:
        return incoming
    return replace(incoming, file=replace(incoming.file, content=content))


def _answer(tools: Tools, connection: Connection, number: int, incoming: Incoming) -> None:
    now, channel, address = tools.clock.now(), incoming.channel, incoming.address
    doorstep = Doorstep(now, connection, Phrases("vi"), channel, address)
    posts = officers.posts_at(connection, channel, address)
    post = posts[0].id if posts else conversations.NO_POST
    conversation = from_json(conversations.load(connection, channel, address, post))
    officers.heard(connection, channel, address, now)
    if posts:
        turn = respond(desk_of(doorstep, posts, tools.library, tools.timetable), conversation, incoming)
    else:
        turn = join.respond(doorstep, conversation, incoming)
    there = post if turn.post is None else turn.post
    conversations.save(connection, channel, address, to_json(turn.conversation), now, there)
    _write(connection, number, incoming, turn.replies, tools)
    outbox.write(connection, turn.letters, now)


def _write(connection: Connection, number: int, incoming: Incoming, replies: tuple[Reply, ...], tools: Tools) -> None:
    now = tools.clock.now()
    letters = (
        Letter(
            key=f"reply:{number}:{place}",
            kind="reply",
            channel=incoming.channel,
            address=incoming.address,
            body=reply_to_json(reply),
            due_at=now,
            answers=number,
        )
        for place, reply in enumerate(replies)
    )
    outbox.write(connection, letters, now)


def _set_aside(tools: Tools, number: int, incoming: Incoming | None, error: Exception) -> None:
    where = place_of(error)
    log.error("turn failed", inbox=number, where=where)
    with tools.store.transaction() as connection:
        inbox.set_aside(connection, number, tools.clock.now(), where)
        if incoming is not None:
            _write(connection, number, incoming, (Reply(Phrases("vi").say("trouble")),), tools)


def place_of(error: Exception) -> str:
    """Where a mistake of ours happened. Its message is left out: it may quote what somebody wrote."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name} ({Path(frame.filename).name}, line {frame.lineno})"


def ring(tools: Tools, *, dry_run: bool = False) -> tuple[Letter, ...]:
    """Decide at this moment who is to hear what, and write those letters; ringing again writes none of them twice."""
    now = tools.clock.now()
    phrases = Phrases("vi")
    with tools.store.transaction(commit=not dry_run) as connection:
        letters = (
            *reminders.letters(connection, tools.timetable, phrases, now),
            *digests.letters(connection, tools.timetable, phrases, now),
        )
        new = frozenset(outbox.write(connection, letters, now))
    return tuple(letter for letter in letters if letter.key in new)


class Turns:
    """Takes stored updates one after the other, in the order in which they came."""

    def __init__(self, tools: Tools, wake: asyncio.Event) -> None:
        self.tools = tools
        self.wake = wake
        self.queue: asyncio.Queue[int] = asyncio.Queue()

    async def receive(self, update: Update) -> None:
        """Store an update and have its turn taken soon; returns once it is stored."""
        number = await asyncio.to_thread(keep, self.tools, update)
        if number is None:
            return
        self.queue.put_nowait(number)
        await self.tools.channels[update.channel].acknowledge(update.payload)

    async def take_up(self) -> int:
        """Queue the updates whose turn was not finished when the last process ended; gives their number."""
        rows = await asyncio.to_thread(self._waiting)
        for number in rows:
            self.queue.put_nowait(number)
        return len(rows)

    def _waiting(self) -> tuple[int, ...]:
        with self.tools.store.transaction() as connection:
            return tuple(row.id for row in inbox.waiting(connection) if row.channel in self.tools.channels)

    async def run(self) -> None:
        """Take turns until cancelled; a turn under way is finished first."""
        while True:
            number = await self.queue.get()
            try:
                # Tried again before the next one: what somebody wrote later must not be answered first.
                while not await self._taken(number):
                    await asyncio.sleep(RETRY_SECONDS)
            finally:
                self.queue.task_done()
            self.wake.set()

    async def _taken(self, number: int) -> bool:
        """Take one turn; false while the database cannot be used."""
        work = asyncio.ensure_future(self._take(number))
        try:
            await asyncio.shield(work)
        except StoreError as error:
            log.error("database cannot be used", reason=str(error))
            return False
        except asyncio.CancelledError:
            await asyncio.gather(work, return_exceptions=True)
            raise
        except Exception as error:
            # Not even setting it aside worked. It stays in the inbox, and those behind it get their turn.
            log.error("turn lost its way", inbox=number, where=place_of(error))
        return True

    async def _take(self, number: int) -> None:
        content = await self._fetched(number)
        await asyncio.to_thread(take, self.tools, number, content)

    async def _fetched(self, number: int) -> bytes:
        """The content of the file that came with an update; empty where the channel does not hand it over."""
        found = await asyncio.to_thread(file_of, self.tools, number)
        if found is None:
            return b""
        channel, file = found
        for attempt in range(FETCH_TRIES):
            try:
                return await self.tools.channels[channel].fetch(file)
            except DeliveryError as error:
                log.warning("file not fetched", inbox=number, channel=channel, reason=error.reason)
                if not (error.retryable or error.unknown) or attempt == FETCH_TRIES - 1:
                    return b""
                await asyncio.sleep(error.retry_after or RETRY_SECONDS)
        return b""

    async def ring(self) -> None:
        """Ring once; what falls due is written and delivery wakes. A database that cannot be used is tried again at
        the next ring."""
        try:
            letters = await asyncio.to_thread(ring, self.tools)
        except StoreError as error:
            log.error("ring failed", reason=str(error))
            return
        if letters:
            log.info("ring", letters=len(letters))
            self.wake.set()
