"""What every channel is to the rest of the house: the only interface with several implementations."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from handlers import Attachment, Incoming


@dataclass(frozen=True)
class Limits:
    """All that a renderer needs to know of a channel.

    `characters` counts UTF-16 units of one message; `buttons` is how many a message may carry (0: choices become
    lettered or numbered lines); `files`, `markup`, `edits`: whether the channel has them. `captions` is how many
    UTF-16 units may stand beside a file, `labels` how many on a button.
    """

    characters: int
    buttons: int
    files: bool
    markup: bool
    edits: bool
    captions: int = 1024
    labels: int = 64


@dataclass(frozen=True)
class Button:
    """A tappable choice of one message; `key` is what a person may type instead ("1", or "a" where digits answer)."""

    id: str
    label: str
    key: str = field(default="", compare=False)


@dataclass(frozen=True)
class Message:
    """What one send carries, made by `rendering` from a `Reply` for the limits of one channel."""

    text: str
    buttons: tuple[Button, ...] = ()
    file: Attachment | None = None


@dataclass(frozen=True)
class Update:
    """Something a channel received, raw, as it is stored before anything else happens.

    `key` is unique for the channel: the same update arriving again has the same key.
    """

    channel: str
    key: str
    payload: dict[str, Any]


class DeliveryError(Exception):
    """A send failed; the fields tell delivery what to do, `reason` tells staff in words (never a token, never text).

    `retryable`: trying later may help. `retry_after`: seconds during which the whole channel must be silent.
    `address_gone`: the person blocked the bot or the chat does not exist. `unknown`: it may have arrived.
    """

    def __init__(
        self,
        reason: str,
        *,
        retryable: bool = False,
        retry_after: float | None = None,
        address_gone: bool = False,
        unknown: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retryable = retryable
        self.retry_after = retry_after
        self.address_gone = address_gone
        self.unknown = unknown


TOKEN_SILENCE = 300.0
"""Seconds of silence after a channel refused the token: no letter is at fault, so all wait for the right token."""


class ChannelRefused(Exception):
    """A channel cannot start as it is configured; the text says which setting to change (never a secret)."""


Receive = Callable[[Update], Awaitable[None]]
"""Stores an update; a channel confirms it to its server only after this returned."""


class Channel(Protocol):
    """A way to people. `name` stands in every address, letter and inbox row."""

    name: str
    limits: Limits

    async def listen(self, receive: Receive) -> None:
        """Hand every update to `receive` until cancelled."""

    def read(self, payload: dict[str, Any]) -> Incoming | None:
        """What a stored update says; `None` where it says nothing to us. Never raises, whatever the payload holds."""

    async def send(self, address: str, message: Message) -> str:
        """Send one message and return the channel's id of it; raises `DeliveryError` and nothing else."""

    async def fetch(self, file: Attachment) -> bytes:
        """The content of a file that `read` gave a reference of; raises `DeliveryError` and nothing else."""

    async def acknowledge(self, payload: dict[str, Any]) -> None:
        """Tell the channel that an update was understood, where it shows that to the person (a button's spinner)."""
