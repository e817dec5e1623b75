"""Events of Zalo are read in both their forms, and the pictures in them are fetched."""

from typing import Any

import pytest

from bot.channels import DeliveryError
from bot.channels.zalo import LARGEST_DOWNLOAD
from bot.channels.zalo_updates import read_event, update_key
from handlers import Attachment, Incoming
from tests.channel_room import NOWHERE, bounded
from tests.fake_zalo import CHAT, SENT_AT, FakeZalo, event, wrapped
from tests.zalo_room import opened

PICTURE = Attachment("photo.jpg", "image/jpeg", reference="https://media.example/1")
VOICE = Attachment("voice.aac", "audio/aac", reference="https://media.example/2")
READ = [
    ("text", event(1, text="xin chào"), Incoming("zalo", "2d000135", CHAT, "xin chào")),
    ("wrapped", wrapped(event(1, text="xin chào")), Incoming("zalo", "2d000135", CHAT, "xin chào")),
    ("decomposed", event(1, text="cha\u0300o"), Incoming("zalo", "2d000135", CHAT, "chào")),
    (
        "picture of live bots",
        event(1, "image", photo_url=PICTURE.reference, caption="ảnh họp", message_type="CHAT_PHOTO"),
        Incoming("zalo", "2d000135", CHAT, "ảnh họp", file=PICTURE),
    ),
    (
        "picture of the documents",
        event(1, "image", photo=PICTURE.reference),
        Incoming("zalo", "2d000135", CHAT, file=PICTURE),
    ),
    ("voice", event(1, "voice", voice_url=VOICE.reference), Incoming("zalo", "2d000135", CHAT, file=VOICE)),
    ("what Zalo keeps from bots", event(1, "unsupported"), Incoming("zalo", "2d000135", CHAT)),
    ("the same in a group", event(1, "unsupported", kind="GROUP", chat="g1"), None),
    ("sticker", event(1, "sticker", sticker="x", url="https://media.example/3"), None),
    ("group", event(1, text="xin chào", kind="GROUP", chat="g1"), None),
    ("an event that nobody knows yet", event(1, "poll"), None),
    ("another bot", {**event(1), "message": {**event(1)["message"], "text": "x", "from": {"is_bot": True}}}, None),
    ("numbers for ids", event(1, text="x", chat=42, message_id=7), Incoming("zalo", "7", "42", "x")),  # type: ignore[arg-type]
    (
        "no chat",
        {"event_name": "message.text.received", "message": {"from": {"id": CHAT}, "text": "x", "message_id": "7"}},
        Incoming("zalo", "7", CHAT, "x"),
    ),
    ("no message", {"event_name": "message.text.received"}, None),
    ("nothing", {}, None),
]


@pytest.mark.parametrize(("body", "incoming"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_what_an_event_says(body: dict[str, Any], incoming: Incoming | None) -> None:
    read = read_event(body)
    assert read == incoming
    assert (read and read.file and read.file.reference) == (incoming and incoming.file and incoming.file.reference)


def test_the_same_event_has_one_key_in_both_forms_and_another_one_another() -> None:
    same = {update_key(event(1, text="a")), update_key(wrapped(event(1, text="a")))}
    others = {
        update_key(event(2, text="a")),
        update_key(event(1, "image", text="a")),
        update_key(event(1, text="a", chat="b")),
    }
    assert len(same) == 1 and len(same | others) == 4


def test_events_without_a_message_id_are_known_by_what_they_say() -> None:
    first, second = event(1, text="a", message_id=""), event(1, text="a", message_id=None, date=SENT_AT + 9)
    assert update_key(first) == update_key(wrapped(first)) != update_key(second)
    read = read_event(first)
    assert read is not None and read.message_id == update_key(first)


# Files that people send


def test_a_picture_is_fetched_from_where_zalo_says_it_lies() -> None:
    async def talk() -> None:
        media = {"1": b"\xff\xd8\xff", "2": b"x" * (LARGEST_DOWNLOAD + 1)}
        async with FakeZalo(media=media) as server, opened(server.base) as channel:
            assert await channel.fetch(attachment(server.base + "/media/1")) == b"\xff\xd8\xff"
            for url, retryable in ((server.base + "/media/2", False), (server.base + "/media/3", True)):
                with pytest.raises(DeliveryError) as failure:
                    await channel.fetch(attachment(url))
                assert failure.value.retryable == retryable

    bounded(talk())


@pytest.mark.parametrize("url", ["", "http://169.254.169.254/latest", "file:///etc/passwd", "https://", "ftp://x/y"])
def test_no_other_address_is_asked(url: str) -> None:
    async def talk() -> None:
        async with opened(NOWHERE) as channel:
            with pytest.raises(DeliveryError):
                await channel.fetch(attachment(url))

    bounded(talk())


def attachment(url: str) -> Attachment:
    return Attachment("photo.jpg", "image/jpeg", reference=url)
