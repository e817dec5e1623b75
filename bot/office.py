"""What the demonstration page needs to know of the demonstration: its words, and the one interface between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.channels import Button, Message
from handlers import Attachment


class Refused(Exception):
    """A request cannot be done; `sentence` tells the visitor what to do instead, `status` is the HTTP status (4xx)."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


@dataclass(frozen=True)
class Persona:
    """Somebody the visitor can be. `id` is what scripts write ("PR-01"), `name` what the page shows: role and union in
    words; `role` and `union` are codes."""

    id: str
    name: str
    role: str
    union: str


@dataclass(frozen=True)
class LetterShown:
    """A message that the bot sent unprompted; `kind` is the kind of letter ("reminder", "digest", "checkin", …)."""

    at: datetime
    text: str
    choices: tuple[Button, ...]
    kind: str


@dataclass(frozen=True)
class Line:
    """One bubble of a talk; a tapped choice stands there as its label. `unprompted` marks letters."""

    by: Literal["person", "bot"]
    at: datetime
    text: str
    choices: tuple[Button, ...] = ()
    file: Attachment | None = None
    unprompted: bool = False


class Office(Protocol):
    """The demonstration behind the page; `persona` is the id of one of `personas()`, moments are aware.

    Every method may raise `Refused` with a sentence for the visitor.
    """

    def personas(self) -> Sequence[Persona]:
        """Everybody the visitor can be, in the order of the list."""

    async def say(
        self, persona: str, text: str | None, choice: str | None, file: Attachment | None = None
    ) -> Sequence[Message]:
        """Say a text, tap a choice or send a file, one of the three; gives the bot's replies to it."""

    def letters(self, persona: str) -> Sequence[LetterShown]:
        """What the bot sent unprompted, oldest first."""

    def transcript(self, persona: str) -> Sequence[Line]:
        """Everything so far, both sides, oldest first."""

    def now(self) -> datetime:
        """The demonstration's time."""

    def clock_targets(self) -> Sequence[tuple[str, datetime]]:
        """Where the clock can be moved with one tap: label and moment."""

    async def move_clock(self, to: datetime) -> None:
        """Move the clock forward; returns when all that falls due on the way was sent."""
