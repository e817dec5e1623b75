"""The channel of a terminal: one person, one line per message, choices as numbered lines."""

import asyncio
import sys
import threading
import uuid
from collections.abc import AsyncIterator, Callable
from typing import Any

from bot.channels import DeliveryError, Limits, Message, Receive, Update
from handlers import Attachment, Incoming


class Console:
    """The talk of the person at `address`. `lines` are what is typed, `write` shows a text."""

    name = "console"
    limits = Limits(characters=4000, buttons=0, files=True, markup=False, edits=False, captions=4000)

    def __init__(
        self,
        address: str,
        lines: AsyncIterator[str] | None = None,
        write: Callable[[str], object] = print,
    ) -> None:
        self._address = address
        self._lines = lines
        self._write = write
        self._sent = 0

    async def listen(self, receive: Receive) -> None:
        """Hand every line that is not blank to `receive`, one after the other; returns at the end of the input."""
        async for line in self._lines or typed_lines():
            if line.strip():
                key = uuid.uuid4().hex
                await receive(Update(self.name, key, {"id": key, "address": self._address, "text": line.strip()}))

    def read(self, payload: dict[str, Any]) -> Incoming | None:
        """What a stored line says; `None` for anything that `listen` would not have made."""
        key, address, text = payload.get("id"), payload.get("address"), payload.get("text")
        if not (isinstance(key, str) and isinstance(address, str) and isinstance(text, str)):
            return None
        return Incoming(self.name, key, address, text)

    async def send(self, address: str, message: Message) -> str:
        """Show the message; of a file only its name and size."""
        if address != self._address:
            raise DeliveryError("nobody else sits at this terminal", address_gone=True)
        if message.text:
            self._write(message.text)
        if message.file:
            self._write(f"[{message.file.name}, {len(message.file.content)} bytes]")
        self._sent += 1
        return str(self._sent)

    async def fetch(self, file: Attachment) -> bytes:
        """Nothing to fetch: nobody can send a file at a terminal."""
        return file.content

    async def acknowledge(self, payload: dict[str, Any]) -> None:
        """Nothing to do: there is nothing that would wait."""


async def typed_lines() -> AsyncIterator[str]:
    """The lines of the terminal until its end.

    A thread of its own reads them: the end of the process does not wait for a line that nobody types.
    """
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line
