"""What a raw Telegram update says to us. Pure: whatever JSON arrives, reading it never fails.

Source: core.telegram.org/bots/api, types Update, Message, CallbackQuery, ChatMemberUpdated, Document, PhotoSize.
"""

from typing import Any

from bot.rendering import clean
from handlers import Attachment, Incoming

CHANNEL = "telegram"
WANTED = ["message", "callback_query", "my_chat_member"]
"""The kinds of updates that we ask Telegram for."""

GROUPS = ("group", "supergroup")
GONE = ("left", "kicked")
"""What the bot is in a group where it has no place any more."""

# How a file without a name of its own is called, and its media type where Telegram says none.
MEDIA = {
    "document": ("document", "application/octet-stream"),
    "photo": ("photo.jpg", "image/jpeg"),
    "voice": ("voice.ogg", "audio/ogg"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "video": ("video.mp4", "video/mp4"),
    "video_note": ("video.mp4", "video/mp4"),
}


def update_key(update: object) -> str | None:
    """The `update_id` of a raw update; `None` where it has none and thus is no update."""
    number = _number(_fields(update).get("update_id"))
    return None if number is None else str(number)


def callback_id(update: object) -> str | None:
    """The id to answer, where the update is a tapped button."""
    identity = _fields(_fields(update).get("callback_query")).get("id")
    return identity if isinstance(identity, str) and identity else None


def read_update(update: object) -> Incoming | None:
    """A private message, a tapped button or a command in a group as `Incoming`; `None` for all else that is said in
    groups, for other bots and everything else.

    The text of a message is kept as it stands ("/start <payload>" too), a caption counts as text.
    """
    fields = _fields(update)
    if "callback_query" in fields:
        return _read_tap(_fields(fields["callback_query"]))
    if "my_chat_member" in fields:
        return _read_place(_fields(fields["my_chat_member"]), str(_number(fields.get("update_id"))))
    message = _fields(fields.get("message"))
    return _read_group(message) if _group_chat(message) else _read_message(message)


def _read_group(message: dict[str, Any]) -> Incoming | None:
    """A command, also of an administrator who writes in the group's own name; or that the group moved away."""
    address, number, text = _group_chat(message), _number(message.get("message_id")), _text(message.get("text"))
    if address is None or number is None:
        return None
    if message.get("migrate_to_chat_id"):
        return Incoming(CHANNEL, str(number), address, group="over")
    for_the_group = _fields(message.get("sender_chat")).get("id") == _fields(message.get("chat")).get("id")
    from_bot = _fields(message.get("from")).get("is_bot") is True and not for_the_group
    return (
        Incoming(CHANNEL, str(number), address, text, group="said") if text.startswith("/") and not from_bot else None
    )


def _read_place(change: dict[str, Any], number: str) -> Incoming | None:
    """Whether the bot was taken out of a group."""
    address, status = _group_chat(change), _fields(change.get("new_chat_member")).get("status")
    return Incoming(CHANNEL, number, address, group="over") if address and status in GONE else None


def _read_message(message: dict[str, Any]) -> Incoming | None:
    address, number = _private_chat(message), _number(message.get("message_id"))
    if address is None or number is None or _fields(message.get("from")).get("is_bot") is True:
        return None
    text = _text(message.get("text")) or _text(message.get("caption"))
    file = _file(message)
    if not text and file is None:
        return None
    return Incoming(CHANNEL, str(number), address, text, file=file)


def _read_tap(query: dict[str, Any]) -> Incoming | None:
    address, choice = _private_chat(_fields(query.get("message"))), _text(query.get("data"))
    identity = _text(query.get("id"))
    if address is None or not choice or not identity:
        return None
    return Incoming(CHANNEL, identity, address, choice=choice)


def _private_chat(message: dict[str, Any]) -> str | None:
    chat = _fields(message.get("chat"))
    number = _number(chat.get("id"))
    return str(number) if number is not None and chat.get("type") == "private" else None


def _group_chat(message: dict[str, Any]) -> str | None:
    chat = _fields(message.get("chat"))
    number = _number(chat.get("id"))
    return str(number) if number is not None and chat.get("type") in GROUPS else None


def _file(message: dict[str, Any]) -> Attachment | None:
    for kind, (name, media_type) in MEDIA.items():
        if message.get(kind):
            fields = _fields(_largest(message[kind]))
            called, media = _text(fields.get("file_name")) or name, _text(fields.get("mime_type")) or media_type
            return Attachment(called, media, reference=_text(fields.get("file_id")))
    return None


def _largest(file: object) -> object:
    """A photo comes in several sizes, the largest last."""
    return file[-1] if isinstance(file, list) and file else file


def _fields(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    """An id: Telegram's have at most 52 significant bits."""
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else None
