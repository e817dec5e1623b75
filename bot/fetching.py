"""Files that people send: fetched and read before the turn that answers them, while others get theirs."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import structlog

from bot.channels import DeliveryError
from bot.lines import Arrival
from bot.taking import Tools, say_to
from bot.turning import place_of
from db import officers
from db.engine import StoreError
from handlers import Attachment, Reading
from handlers.intake_reading import reading_of

log = structlog.get_logger()

FETCH_TRIES = 3
FETCH_PAUSE = 2.0
"""Seconds between two tries, where the channel does not say how long."""
SHORT_SILENCE = 3.0
"""Whoever sent a file is told after so many seconds that it is being read."""
READERS = 2
"""So many files are read at a time."""


class Fetching:
    """Fetches and reads files; `wake` is called when something was written that is to be sent."""

    def __init__(self, tools: Tools, wake: Callable[[], None]) -> None:
        self.tools = tools
        self.wake = wake
        self.readers = asyncio.Semaphore(READERS)

    async def prepared(self, arrival: Arrival) -> Attachment | None:
        """The file of an arrival as far as it can be had: its content, and what it says where staff sent it."""
        file = arrival.file
        if file is None:
            return None
        if file.reference:
            file = replace(file, content=await self._fetched(arrival, file))
        if not file.content or not await asyncio.to_thread(_from_staff, self.tools, arrival):
            return file
        async with self.readers:
            return await self._read(arrival, file)

    async def _read(self, arrival: Arrival, file: Attachment) -> Attachment:
        reading = asyncio.create_task(asyncio.to_thread(_read_ahead, self.tools, file))
        await asyncio.wait((reading,), timeout=SHORT_SILENCE)
        if not reading.done():
            await asyncio.to_thread(_say_reading, self.tools, arrival.number, file.name)
            self.wake()
        try:
            return replace(file, reading=await reading)
        except Exception as error:
            # Its turn will fail in the same way, and say so.
            log.error("file not read", inbox=arrival.number, where=place_of(error))
            return file

    async def _fetched(self, arrival: Arrival, file: Attachment) -> bytes:
        """The content of the file; empty where the channel does not hand it over."""
        channel = arrival.sender[0]
        for attempt in range(FETCH_TRIES):
            try:
                return await self.tools.channels[channel].fetch(file)
            except DeliveryError as error:
                log.warning("file not fetched", inbox=arrival.number, channel=channel, reason=error.reason)
                if not (error.retryable or error.unknown) or attempt == FETCH_TRIES - 1:
                    return b""
                await asyncio.sleep(error.retry_after or FETCH_PAUSE)
        return b""


def _from_staff(tools: Tools, arrival: Arrival) -> bool:
    """Whether the sender may give documents to the library, so that what they send has to be read."""
    try:
        with tools.store.transaction() as connection:
            return any(post.role != "officer" for post in officers.posts_at(connection, *arrival.sender))
    except StoreError as error:
        # Without it the turn itself reads the file, which only takes longer for the others.
        log.error("database cannot be used", reason=str(error))
        return False


def _read_ahead(tools: Tools, file: Attachment) -> Reading:
    """What a file says, before the turn that shows it."""
    reading = reading_of(file)
    tools.shelf.remember(file, reading)
    return reading


def _say_reading(tools: Tools, number: int, name: str) -> None:
    """Tell who sent a file that it is being read."""
    try:
        say_to(tools, number, "reading", "intake-reading", file=name)
    except StoreError as error:
        log.error("database cannot be used", reason=str(error))
