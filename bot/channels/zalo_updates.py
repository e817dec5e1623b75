"""What a raw Zalo event says to us. Pure: whatever JSON arrives, reading it never fails.

Source: docs.zaloplatforms.com/docs/BOT (webhook), and payloads captured from live bots, which differ from it: the event
comes wrapped in `result` or flat, a picture as `photo` or `photo_url`.
"""

import hashlib
import json
from typing import Any

from bot.rendering import clean
from handlers import Attachment, Incoming

CHANNEL = "zalo"
UNSUPPORTED = "message.unsupported.received"
"""The event for what Zalo does not hand to bots (files, links, protected senders): it has no content at all."""

# Where an event has the address of a file, how the file is called, and its media type.
MEDIA = (
    ("photo_url", "photo.jpg", "image/jpeg"),
    ("photo", "photo.jpg", "image/jpeg"),
    ("voice_url", "voice.aac", "audio/aac"),
)
LONGEST_ID = 120
DEEPEST = 20
"""Levels of nesting: what goes deeper is no event of Zalo's and might not be stored."""


def event_of(body: object) -> dict[str, Any]:
    """The event that a body carries, wrapped or flat; empty where it carries none."""
    fields = _fields(body)
    return fields["result"] if fields.get("ok") is True and isinstance(fields.get("result"), dict) else fields


def update_key(body: object) -> str | None:
    """The same for the same event however often it arrives; `None` where the body is no event.

    An event without a message id is known by all that it says.
    """
    event = event_of(body)
    message = _fields(event.get("message"))
    name = event.get("event_name")
    if not isinstance(name, str) or not message or not _shallow(event, DEEPEST):
        return None
    parts = [name, _id(_fields(message.get("chat")).get("id")), _id(message.get("message_id"))]
    whole = parts if parts[-1] else [name, message]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def read_event(body: object) -> Incoming | None:
    """A private message as `Incoming`; `None` for groups, other bots and everything else.

    What Zalo does not hand over comes as a message without text, so that the sender hears of it.
    """
    event = event_of(body)
    message, key = _fields(event.get("message")), update_key(body)
    address = _private_chat(message)
    if key is None or address is None or _fields(message.get("from")).get("is_bot") is True:
        return None
    text, file = _text(message.get("text")) or _text(message.get("caption")), _file(message)
    if not text and file is None and event["event_name"] != UNSUPPORTED:
        return None
    return Incoming(CHANNEL, _id(message.get("message_id")) or key, address, text, file=file)


def _private_chat(message: dict[str, Any]) -> str | None:
    """The chat to answer in. In a private chat its id is the sender's."""
    chat, sender = _fields(message.get("chat")), _id(_fields(message.get("from")).get("id"))
    identity, kind = _id(chat.get("id")) or sender, chat.get("chat_type")
    private = kind.upper() == "PRIVATE" if isinstance(kind, str) else identity == sender
    return identity if identity and private else None


def _file(message: dict[str, Any]) -> Attachment | None:
    for field, name, media_type in MEDIA:
        value = message.get(field)
        if isinstance(value, str) and value:
            return Attachment(name, media_type, reference=value)
    return None


def _shallow(value: object, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_shallow(each, levels - 1) for each in inner)


def _fields(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _id(value: object) -> str:
    """An id, which Zalo calls an opaque string; empty where there is none."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return str(value)
    usable = isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isascii() and value.isprintable()
    return str(value) if usable else ""
