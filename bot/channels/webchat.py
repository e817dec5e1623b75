"""The channel of a web page: what is said comes in by `say`, what the bot sends waits in memory until the page asks."""

import asyncio
import base64
import binascii
import uuid
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels import Limits, Message, Receive, Update
from handlers import Attachment, Incoming

KEPT = 500
"""How many messages of one address are kept; older ones are forgotten."""


@dataclass(frozen=True)
class Sent:
    """A message that the bot sent; `number` counts the messages of its address from 1."""

    number: int
    at: datetime
    message: Message


class WebChat:
    """Every address is a name that the page chose; nothing is lost but by ending the process."""

    name = "webchat"
    limits = Limits(characters=4000, buttons=100, files=True, markup=False, edits=False, captions=4000, labels=120)

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._said: asyncio.Queue[tuple[Update, asyncio.Future[None]]] = asyncio.Queue()
        self._sent: dict[str, deque[Sent]] = defaultdict(lambda: deque(maxlen=KEPT))
        self._arrived = asyncio.Condition()

    async def listen(self, receive: Receive) -> None:
        """Hand over what `say` brings until cancelled; where storing fails, `say` raises what `receive` raised."""
        while True:
            update, stored = await self._said.get()
            try:
                await receive(update)
            except Exception as error:
                if not stored.done():
                    stored.set_exception(error)
            else:
                if not stored.done():
                    stored.set_result(None)

    async def say(self, address: str, text: str = "", choice: str | None = None, file: Attachment | None = None) -> str:
        """Say something as the person at `address`; returns the key of the update once it is stored."""
        key = uuid.uuid4().hex
        payload: dict[str, Any] = {"id": key, "address": address, "text": text, "choice": choice}
        if file:
            content = base64.b64encode(file.content).decode()
            payload["file"] = {"name": file.name, "media_type": file.media_type, "content": content}
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        await self._said.put((Update(self.name, key, payload), stored))
        await stored
        return key

    def read(self, payload: dict[str, Any]) -> Incoming | None:
        """What a stored update says; `None` for anything that `say` would not have made."""
        key, address = payload.get("id"), payload.get("address")
        text, choice = payload.get("text"), payload.get("choice")
        if not (isinstance(key, str) and isinstance(address, str) and isinstance(text, str)):
            return None
        file = _file(payload.get("file"))
        if not isinstance(choice, str | None) or not (text or choice or file):
            return None
        return Incoming(self.name, key, address, text, choice, file)

    async def fetch(self, file: Attachment) -> bytes:
        """Nothing to fetch: the content comes with the update."""
        return file.content

    async def send(self, address: str, message: Message) -> str:
        """Keep the message for the page and wake whoever waits for it; the id is its number on that address."""
        async with self._arrived:
            kept = self._sent[address]
            sent = Sent(kept[-1].number + 1 if kept else 1, self._now(), message)
            kept.append(sent)
            self._arrived.notify_all()
        return str(sent.number)

    async def acknowledge(self, payload: dict[str, Any]) -> None:
        """Nothing to do: the page sees that its request was answered."""

    def sent(self, address: str, after: int = 0) -> tuple[Sent, ...]:
        """What the bot sent to `address` with a number above `after`."""
        return tuple(sent for sent in self._sent.get(address, ()) if sent.number > after)

    async def wait(self, address: str, after: int = 0) -> tuple[Sent, ...]:
        """The same, but not before there is something; the caller sets the time limit (`asyncio.timeout`)."""
        async with self._arrived:
            await self._arrived.wait_for(lambda: self.sent(address, after))
        return self.sent(address, after)


def _file(payload: object) -> Attachment | None:
    """The file of a stored update; `None` for anything that `say` would not have made."""
    if not isinstance(payload, dict):
        return None
    name, media_type, content = (payload.get(key) for key in ("name", "media_type", "content"))
    if not (isinstance(name, str) and isinstance(media_type, str) and isinstance(content, str)):
        return None
    try:
        return Attachment(name, media_type, base64.b64decode(content, validate=True))
    except binascii.Error:
        return None
