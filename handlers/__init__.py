"""The handlers room: one message in, one Turn out, whatever the channel. These are its words.

Nothing here has heard of Telegram or Zalo, sends anything, or reads a clock. A subject (`ask`, `checkin`, `report`, …)
is a function from what lies on the desk and what was said to a `Turn`; subjects do not import each other.
"""

from dataclasses import dataclass, field
from typing import Literal

from knowledge import Citation, Document, Target
from knowledge.reading import ReadingError
from knowledge.review import Row


@dataclass(frozen=True)
class ReadDocument:
    """A document of a sent file: itself, the targets that it sets, and all that was read of it, doubtful rows first."""

    document: Document
    targets: tuple[Target, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Reading:
    """What was read of a sent file: its documents, or why it was refused."""

    documents: tuple[ReadDocument, ...] = ()
    refused: ReadingError | None = None


Keys = Literal["digits", "letters", "words"]
"""How choices are called where people type: by digits; by letters, where digits are answers; only by their own words,
where it is asked whether really. A step that nobody can take back is never called by a key, see `choosing`."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message; `content` is empty where it could not be fetched.

    `reference` is what the channel calls a file whose content it has not handed over yet; `reading` is there where the
    file was read before its turn.
    """

    name: str
    media_type: str
    content: bytes = b""
    reference: str = field(default="", compare=False)
    reading: Reading | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Choice:
    """Something a person can tap. `id` names the action and fits 64 bytes of UTF-8; `label` is what they read."""

    id: str
    label: str


GroupNews = Literal["said", "over"]
"""What comes from a group chat: a command, or that the bot has no place there any more."""


@dataclass(frozen=True)
class Incoming:
    """What somebody said, as every channel hands it over: typed `text`, the id of a tapped `choice`, or a `file`.

    `address` names the person on the `channel`, `message_id` the message on that address. With `group` it names a group
    chat, where nobody is known.
    """

    channel: str
    message_id: str
    address: str
    text: str = ""
    choice: str | None = None
    file: Attachment | None = None
    group: GroupNews | None = None


@dataclass(frozen=True)
class Reply:
    """One message to a person; `keys` says how choices are called where there are no buttons."""

    text: str
    choices: tuple[Choice, ...] = ()
    citations: tuple[Citation, ...] = field(default=())
    file: Attachment | None = None
    keys: Keys = "digits"
