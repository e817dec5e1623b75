"""Updates of Telegram are read; python-telegram-bot writes them as the second opinion."""

import json
from typing import Any

import pytest
import telegram as ptb
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram_updates import read_update
from handlers import Attachment, Incoming
from tests.fake_telegram import SENT_AT, said, tapped

DOCUMENT = ptb.Document(file_id="F", file_unique_id="U", file_name="Kế hoạch.pdf", mime_type="application/pdf")
PHOTO = [ptb.PhotoSize(file_id="P", file_unique_id="Q", width=90, height=90)]
VOICE = ptb.Voice(file_id="V", file_unique_id="W", duration=3, mime_type="audio/ogg")
LOOK = ptb.User(id=77, first_name="Cán bộ", is_bot=False)
MEMBER = ptb.ChatMemberUpdated(
    chat=ptb.Chat(id=77, type="private"),
    from_user=LOOK,
    date=SENT_AT,
    old_chat_member=ptb.ChatMemberMember(user=LOOK),
    new_chat_member=ptb.ChatMemberBanned(user=LOOK, until_date=SENT_AT),
)


def incoming(number: int, text: str = "", **fields: Any) -> Incoming:
    return Incoming("telegram", str(number + 1000), "77", text, **fields)


UPDATES = [
    ("text", said(1, "chỉ tiêu 2025?"), incoming(1, "chỉ tiêu 2025?")),
    ("decomposed letters", said(1, "chi\u0309 tie\u0302u"), incoming(1, "chỉ tiêu")),
    ("start with payload", said(1, "/start PR-01_x9"), incoming(1, "/start PR-01_x9")),
    (
        "document",
        said(2, "", document=DOCUMENT),
        incoming(2, file=Attachment("Kế hoạch.pdf", "application/pdf")),
    ),
    (
        "photo with caption",
        said(3, "", photo=PHOTO, caption="ảnh kế hoạch"),
        incoming(3, "ảnh kế hoạch", file=Attachment("photo.jpg", "image/jpeg")),
    ),
    ("voice", said(3, "", voice=VOICE), incoming(3, file=Attachment("voice.ogg", "audio/ogg"))),
    ("tap", tapped(4, "checkin:yes"), Incoming("telegram", "tap4", "77", choice="checkin:yes")),
    ("group", said(5, "chào cả nhà", chat=-100, kind="supergroup"), None),
    ("nothing we read", said(6, "", new_chat_title="Tên mới"), None),
    ("blocked", ptb.Update(update_id=7, my_chat_member=MEMBER).to_dict(), None),
    ("edited", {"update_id": 8, "edited_message": said(8, "sửa")["message"]}, None),
]


@pytest.mark.parametrize(("update", "expected"), [row[1:] for row in UPDATES], ids=[row[0] for row in UPDATES])
def test_updates_of_python_telegram_bot_are_read(update: dict[str, Any], expected: Incoming | None) -> None:
    assert read_update(json.loads(json.dumps(update))) == expected


NAMES = (
    "update_id message callback_query message_id id chat type from is_bot text caption data document photo file_name"
)
FIELDS = st.sampled_from(NAMES.split())
HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("private") | st.just(2**70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=5),
    max_leaves=25,
)


@settings(deadline=None)
@given(update=HOSTILE)
def test_a_hostile_update_is_read_without_failing(update: Any) -> None:
    read = read_update(update)
    assert read is None or (read.text or read.choice or read.file)


@settings(deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), min_size=1), spoil=HOSTILE)
def test_a_spoiled_update_gives_text_that_can_be_stored(text: str, spoil: Any) -> None:
    update = said(1, "x")
    update["message"] |= {"text": text, "document": spoil, "from": spoil}
    read = read_update(update)
    if read:
        (read.text + (read.file.name if read.file else "")).encode()
        assert "\0" not in read.text
