"""A message or a date on its way through the house: one function call, one transaction."""

import asyncio
import traceback
from collections import deque
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import structlog

from bot.channels import Channel, DeliveryError, Update
from bot.clock import Clock
from bot.shelf import Shelf
from db import InboxRow, Letter, conversations, inbox, officers, outbox, retention
from db.engine import StoreError
from db.store import Connection, Store
from handlers import Attachment, Incoming, Reading, Reply, join, unasked
from handlers.conversation import Conversation, Doorstep, desk_of, from_json, to_json
from handlers.intake_reading import reading_of
from handlers.phrasebook import Phrases
from handlers.replies import to_json as reply_to_json
from handlers.respond import respond
from handlers.tidying import tidy
from handlers.timetable import Timetable, with_swapped_days
from knowledge.index import Library

log = structlog.get_logger()

FETCH_TRIES = 3
SHORT_SILENCE = 3.0
"""Whoever sent a file is told after so many seconds that it is being read."""
READERS = 2
"""So many files are read at a time."""
RETRY_SECONDS = 2.0
"""Pause before the work is tried again when the database could not be used."""


@dataclass(frozen=True)
class Tools:
    """What a turn works with; put together in `app.py`."""

    store: Store
    shelf: Shelf
    clock: Clock
    channels: Mapping[str, Channel]
    timetable: Timetable

    @property
    def library(self) -> Library:
        """The library that answers now."""
        return self.shelf.library


def keep(tools: Tools, update: Update) -> int | None:
    """Store a raw update before anything else happens; `None` when it was stored before.

    Raises `StoreError` when it cannot be stored: then the channel must not confirm it to its server.
    """
    with tools.store.transaction() as connection:
        return inbox.store(connection, update.channel, update.key, update.payload, tools.clock.now())


@dataclass(frozen=True)
class Arrival:
    """An update before its turn: who sent it (channel and address), the file that came with it, and whether that file
    is to be `read`, because it may be a document of the staff."""

    number: int
    sender: tuple[str, str] = ("", "")
    file: Attachment | None = None
    read: bool = False


def arrival_of(tools: Tools, number: int) -> Arrival:
    """What has to be known of a stored update before its turn."""
    with tools.store.transaction() as connection:
        row = inbox.take(connection, number)
        incoming = _read(tools, row) if row else None
        if incoming is None:
            return Arrival(number)
        posts = officers.posts_at(connection, incoming.channel, incoming.address) if incoming.file else ()
    read = any(post.role != "officer" for post in posts)
    return Arrival(number, (incoming.channel, incoming.address), incoming.file, read)


def read_ahead(tools: Tools, file: Attachment) -> Reading:
    """What a file says, before the turn that shows it."""
    reading = reading_of(file)
    tools.shelf.remember(file, reading)
    return reading


def say_reading(tools: Tools, number: int, name: str) -> None:
    """Tell who sent a file that it is being read."""
    try:
        with tools.store.transaction() as connection:
            row = inbox.take(connection, number)
            incoming = _read(tools, row) if row else None
            if incoming is not None:
                said = Reply(Phrases("vi").say("intake-reading", file=name))
                outbox.write(
                    connection, [_reply(number, "reading", incoming, said, tools.clock.now())], tools.clock.now()
                )
    except StoreError as error:
        log.error("database cannot be used", reason=str(error))


def take(tools: Tools, number: int, file: Attachment | None = None) -> None:
    """The turn of one stored update: answer, new state and letters, committed together. Does nothing if it was done.

    `file` is the file that came with it, as far as it was fetched and read beforehand.

    A turn that fails on our own mistake is set aside with where it happened, and the person is told; a database that
    cannot be used raises `StoreError`, and the update waits.
    """
    incoming: Incoming | None = None
    try:
        with tools.store.transaction() as connection:
            row = inbox.take(connection, number)
            if row is None:
                return
            incoming = _read(tools, row, file)
            if incoming is not None:
                with tools.shelf.lent() as library:
                    _answer(tools, connection, number, incoming, library)
                tools.shelf.hear(connection)
            inbox.settle(connection, number, tools.clock.now(), None if incoming else "nothing to answer")
    except StoreError:
        raise
    except Exception as error:
        _set_aside(tools, number, incoming, error)


def _read(tools: Tools, row: InboxRow, file: Attachment | None = None) -> Incoming | None:
    incoming = tools.channels[row.channel].read(row.payload)
    return replace(incoming, file=file) if incoming and incoming.file and file else incoming


def _answer(tools: Tools, connection: Connection, number: int, incoming: Incoming, library: Library) -> None:
    now, channel, address = tools.clock.now(), incoming.channel, incoming.address
    doorstep = Doorstep(now, connection, Phrases("vi"), channel, address)
    posts = officers.posts_at(connection, channel, address)
    post = posts[0].id if posts else conversations.NO_POST
    conversation = from_json(conversations.load(connection, channel, address, post))
    officers.heard(connection, channel, address, now)
    if posts:
        timetable = with_swapped_days(connection, tools.timetable)
        turn = respond(desk_of(doorstep, posts, library, timetable), conversation, incoming)
    else:
        turn = join.respond(doorstep, conversation, incoming)
    there = post if turn.post is None else turn.post
    if there == conversations.NO_POST:
        # Of somebody who has not agreed nothing is kept, but what they were asked.
        retention.empty_update(connection, number)
    if there == conversations.NO_POST and turn.conversation == Conversation():
        conversations.discard(connection, channel, address, there)
    else:
        conversations.save(connection, channel, address, to_json(turn.conversation), now, there)
    _write(connection, number, incoming, turn.replies, tools)
    outbox.write(connection, turn.letters, now)


def _write(connection: Connection, number: int, incoming: Incoming, replies: tuple[Reply, ...], tools: Tools) -> None:
    now = tools.clock.now()
    letters = (_reply(number, str(place), incoming, reply, now) for place, reply in enumerate(replies))
    outbox.write(connection, letters, now)


def _reply(number: int, name: str, incoming: Incoming, reply: Reply, now: datetime) -> Letter:
    return Letter(
        key=f"reply:{number}:{name}",
        kind="reply",
        channel=incoming.channel,
        address=incoming.address,
        body=reply_to_json(reply),
        due_at=now,
        answers=number,
    )


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
        letters = unasked.write(connection, tools.timetable, phrases, now)
        tidy(connection, tools.timetable, now)
    return letters


class Turns:
    """Takes stored updates one after the other, in the order in which they came.

    Who sends a file waits for it to be fetched and read, and so does what they send after it; nobody else does.
    """

    def __init__(self, tools: Tools, wake: asyncio.Event) -> None:
        self.tools = tools
        self.wake = wake
        self.queue: asyncio.Queue[int] = asyncio.Queue()
        self.lines: dict[tuple[str, str], deque[Arrival]] = {}
        self.work: set[asyncio.Task[None]] = set()
        self.one_at_a_time = asyncio.Lock()
        self.readers = asyncio.Semaphore(READERS)
        self.catching_up = False

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
        try:
            while True:
                arrival = await self._arrival(await self.queue.get())
                if arrival.sender in self.lines:
                    self.lines[arrival.sender].append(arrival)
                elif arrival.file:
                    self.lines[arrival.sender] = deque([arrival])
                    self._begin(self._in_line(arrival.sender))
                else:
                    await self._finished(arrival)
        finally:
            for task in self.work:
                task.cancel()
            await asyncio.gather(*self.work, return_exceptions=True)

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        """Have something done beside the turns."""
        task = asyncio.create_task(work)
        self.work.add(task)
        task.add_done_callback(self.work.discard)

    async def _arrival(self, number: int) -> Arrival:
        while True:
            try:
                return await asyncio.to_thread(arrival_of, self.tools, number)
            except StoreError as error:
                log.error("database cannot be used", reason=str(error))
                await asyncio.sleep(RETRY_SECONDS)

    async def _in_line(self, sender: tuple[str, str]) -> None:
        """The turns of somebody who sent a file, until nothing of theirs waits any more."""
        line = self.lines[sender]
        while line:
            file = line[0].file and await self._prepared(line[0].number, line[0].sender[0], line[0].file, line[0].read)
            await self._finished(line[0], file)
            line.popleft()
        del self.lines[sender]

    async def _finished(self, arrival: Arrival, file: Attachment | None = None) -> None:
        """Take a turn, and again until the database can be used."""
        try:
            async with self.one_at_a_time:
                # Tried again before the next one: what somebody wrote later must not be answered first.
                while not await self._taken(arrival.number, file):
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            self.queue.task_done()
        self.wake.set()
        if self.tools.shelf.is_behind and not self.catching_up:
            self._begin(self._catch_up())

    async def _taken(self, number: int, file: Attachment | None) -> bool:
        """Take one turn; false while the database cannot be used."""
        work = asyncio.ensure_future(asyncio.to_thread(take, self.tools, number, file))
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

    async def _prepared(self, number: int, channel: str, file: Attachment, read: bool) -> Attachment:
        """The file as far as it can be had: its content, and what it says."""
        if file.reference:
            file = replace(file, content=await self._fetched(number, channel, file))
        if not read or not file.content:
            return file
        async with self.readers:
            reading = asyncio.create_task(asyncio.to_thread(read_ahead, self.tools, file))
            await asyncio.wait((reading,), timeout=SHORT_SILENCE)
            if not reading.done():
                await asyncio.to_thread(say_reading, self.tools, number, file.name)
                self.wake.set()
            try:
                return replace(file, reading=await reading)
            except Exception as error:
                # Its turn will fail in the same way, and say so.
                log.error("file not read", inbox=number, where=place_of(error))
                return file

    async def _fetched(self, number: int, channel: str, file: Attachment) -> bytes:
        """The content of the file that came with an update; empty where the channel does not hand it over."""
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
        self.wake.set()
