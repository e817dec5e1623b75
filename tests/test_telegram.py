"""The Telegram channel against a Bot API on loopback; python-telegram-bot reads and writes as the second opinion."""

import asyncio
import contextlib
import io
import json
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, MutableMapping
from typing import Any

import pytest
import telegram as ptb
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.channels import Button, ChannelRefused, DeliveryError, Message, Update
from bot.channels.telegram import Telegram
from bot.channels.telegram_updates import read_update
from bot.channels.telegram_webhook import PATH, SECRET_HEADER
from bot.channels.webhooks import LARGEST_BODY, Webhook
from handlers import Attachment, Incoming
from tests.fake_telegram import SENT_AT, TOKEN, FakeTelegram, said, tapped

SECRET_HALF = TOKEN.partition(":")[2]
SECRET = "a-word-between-Telegram-and-us_32"
REPORT = Attachment("Báo cáo quý 2.docx", "application/octet-stream", b"PK\x03\x04 content")


def bounded(talk: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(talk, 15))


class Pauses(list[float]):
    """How long the channel wanted to wait; it waits no time, and ends listening after `most` pauses."""

    def __init__(self, most: int = 50) -> None:
        self.most = most

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)
        if len(self) >= self.most:
            raise asyncio.CancelledError
        await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def opened(base: str, **options: Any) -> AsyncIterator[Telegram]:
    channel = Telegram(TOKEN, api_base=base, **{"poll_seconds": 1, **options})
    try:
        yield channel
    finally:
        await channel.close()


@contextlib.asynccontextmanager
async def listening(channel: Telegram, receive: Callable[[Update], Awaitable[None]]) -> AsyncIterator[None]:
    task = asyncio.create_task(channel.listen(receive))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.01)


def refusal(code: int, description: str, **parameters: int) -> tuple[int, dict[str, Any]]:
    return code, {"ok": False, "error_code": code, "description": description, "parameters": parameters}


# Sending


def test_a_message_with_buttons_reads_as_telegram_means_it() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            buttons = (Button("checkin:yes", "Rồi"), Button("checkin:no", "Chưa"), Button("later", "Để sau"))
            identity = await channel.send("77", Message("Đơn vị đã nộp báo cáo <quý 2> chưa?", buttons))
            (call,) = server.called("sendMessage")
            assert identity == "1"
            assert call.fields["chat_id"] == "77"
            assert call.fields["text"] == "Đơn vị đã nộp báo cáo <quý 2> chưa?"
            assert "parse_mode" not in call.fields
            assert call.labels() == [["Rồi", "Chưa"], ["Để sau"]]
            keyboard = call.keyboard()
            assert keyboard and keyboard.inline_keyboard[0][1].callback_data == "checkin:no"

    bounded(talk())


def test_long_labels_stand_one_below_the_other() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            await channel.send("77", Message("?", (Button("a", "Có"), Button("b", "Xem toàn bộ các chỉ tiêu năm"))))
            assert server.calls[-1].labels() == [["Có"], ["Xem toàn bộ các chỉ tiêu năm"]]

    bounded(talk())


def test_a_file_goes_as_a_document_with_its_caption_and_buttons() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            await channel.send("77", Message("Bản nháp báo cáo", (Button("ok", "Gửi"),), REPORT))
            (call,) = server.called("sendDocument")
            assert list(call.files.values()) == [(REPORT.name, REPORT.content)]
            assert call.fields["caption"] == "Bản nháp báo cáo"
            assert call.labels() == [["Gửi"]]

    bounded(talk())


TEMPORARY = {"retryable": True}
GONE = {"address_gone": True}
UNKNOWN = {"unknown": True}
FAILURES = [
    ("429 with a time", refusal(429, "Too Many Requests: retry after 7", retry_after=7), {**TEMPORARY, "wait": 7.0}),
    ("429 without a time", refusal(429, "Too Many Requests"), {**TEMPORARY, "wait": 30.0}),
    ("blocked", refusal(403, "Forbidden: bot was blocked by the user"), GONE),
    ("never started", refusal(403, "Forbidden: bot can't initiate conversation with a user"), GONE),
    ("chat not found", refusal(400, "Bad Request: chat not found"), GONE),
    ("chat moved", refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100), GONE),
    ("text too long", refusal(400, "Bad Request: message is too long"), {}),
    ("button id", refusal(400, "Bad Request: BUTTON_DATA_INVALID"), {}),
    ("file too large", refusal(413, "Request Entity Too Large"), {}),
    ("token", refusal(401, "Unauthorized"), {"reason": "token refused"}),
    ("token of a deleted bot", refusal(404, "Not Found"), {"reason": "token refused"}),
    ("server fault", refusal(500, "Internal Server Error: restart"), TEMPORARY),
    ("gateway page", (502, "<html><body>Bad Gateway for /bot" + TOKEN + "/</body></html>"), TEMPORARY),
    ("fault without words", (500, {"ok": False}), TEMPORARY),
    ("no JSON", (200, "%%% " + TOKEN), TEMPORARY),
    ("connection dropped", "drop", UNKNOWN),
    ("no answer in time", "hang", UNKNOWN),
]


@pytest.mark.parametrize(("answer", "expected"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES])
@pytest.mark.parametrize("file", [None, REPORT], ids=["text", "document"])
def test_what_a_failed_send_means(
    answer: Any, expected: dict[str, Any], file: Attachment | None, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base, poll_seconds=0, answer_seconds=0.3) as channel:
            server.answers["sendDocument" if file else "sendMessage"].append(answer)
            with pytest.raises(DeliveryError) as caught:
                await channel.send("77", Message("Chỉ mình anh/chị đọc câu này", file=file))
            error = caught.value
            assert error.retryable is expected.get("retryable", False)
            assert error.retry_after == expected.get("wait")
            assert error.address_gone is expected.get("address_gone", False)
            assert error.unknown is expected.get("unknown", False)
            assert expected.get("reason", error.reason) == error.reason
            shown = "".join(traceback.format_exception(error)) + repr(vars(error)) + caplog.text
            assert SECRET_HALF not in shown
            assert "Chỉ mình" not in error.reason
            assert error.__context__ is None and error.__cause__ is None, "the original would carry the address along"

    caplog.set_level(logging.DEBUG)
    bounded(talk())


def test_a_refusal_that_quotes_the_message_is_not_passed_on() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            server.answers["sendMessage"].append(refusal(400, "Bad Request: strange thing near 'lương của tôi'"))
            with pytest.raises(DeliveryError) as caught:
                await channel.send("77", Message("lương của tôi"))
            assert caught.value.reason == "Telegram refused the message"

    bounded(talk())


def test_nobody_listens_at_the_other_end() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server:
            base = server.base
        async with opened(base) as channel:
            with pytest.raises(DeliveryError) as caught:
                await channel.send("77", Message("Chào anh/chị"))
            assert (caught.value.retryable, caught.value.unknown) == (True, False)

    bounded(talk())


def test_what_telegram_took_is_sent_even_if_its_answer_is_new_to_us() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            server.answers["sendMessage"].append((200, {"ok": True, "result": {"message_id": 9, "chat": "new form"}}))
            assert await channel.send("77", Message("Chào anh/chị")) == "9"

    bounded(talk())


# Starting


@pytest.mark.parametrize("token", ["", "abc", "123456:", "123 456:ABC", "123456:wrong-half"])
def test_a_wrong_token_says_what_to_set(token: str) -> None:
    async def talk() -> None:
        async with FakeTelegram() as server:
            with pytest.raises(ChannelRefused, match="TELEGRAM_BOT_TOKEN") as caught:
                channel = Telegram(token, api_base=server.base)
                try:
                    await channel.check()
                finally:
                    await channel.close()
            assert caught.value.__context__ is None
            assert "wrong-half" not in "".join(traceback.format_exception(caught.value))

    bounded(talk())


def test_the_right_token_passes_and_an_unreachable_telegram_is_no_wrong_token() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            await channel.check()
            assert [call.method for call in server.calls] == ["getMe"]
        with capture_logs() as logs:
            async with opened(server.base) as channel:
                await channel.check()
        assert [entry["event"] for entry in logs] == ["telegram_unreachable"]

    bounded(talk())


# Listening


def test_an_update_is_confirmed_only_after_it_was_stored() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base, pause=Pauses()) as channel:
            server.updates = [said(number, f"câu {number}") for number in (501, 502, 503)]
            stored: list[str] = []
            fails = [502, 502]

            async def receive(update: Update) -> None:
                assert int(update.key) in {u["update_id"] for u in server.updates}, "confirmed before it was stored"
                if int(update.key) in fails:
                    fails.remove(int(update.key))
                    raise OSError("disk is full")
                stored.append(update.key)

            with capture_logs() as logs:
                async with listening(channel, receive):
                    await until(lambda: not server.updates)
            assert stored == ["501", "502", "503"]
            (entry,) = logs
            assert (entry["event"], "disk" in str(entry)) == ("telegram_update_not_stored", False)

    bounded(talk())


def test_no_update_is_skipped_that_comes_while_another_is_stored() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            server.updates = [said(1, "một")]
            received: list[str] = []

            async def receive(update: Update) -> None:
                received.append(update.key)
                if update.key == "1":
                    server.updates.append(said(2, "hai"))

            async with listening(channel, receive):
                await until(lambda: not server.updates)
            assert received == ["1", "2"]

    bounded(talk())


def test_a_poison_update_does_not_hold_up_the_others() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            strange = {"update_id": 2, "message": {"chat": [], "date": "yesterday"}, "new_kind": {"x": None}}
            server.updates = ["no object", {"update_id": "two"}, said(1, "một"), strange, said(3, "ba")]
            received: list[Update] = []

            async def receive(update: Update) -> None:
                received.append(update)

            async with listening(channel, receive):
                await until(lambda: len(received) >= 3)
            assert [update.key for update in received] == ["1", "2", "3"]
            texts = [incoming and incoming.text for incoming in map(channel.read, [u.payload for u in received])]
            assert texts == ["một", None, "ba"]

    bounded(talk())


def test_after_a_quiet_time_no_old_offset_swallows_new_numbers() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server, opened(server.base) as channel:
            received: list[str] = []

            async def receive(update: Update) -> None:
                received.append(update.key)

            async with listening(channel, receive):
                server.updates.append(said(900_000, "trước"))
                await until(lambda: received and not server.updates)
                polls = len(server.called("getUpdates"))
                await until(lambda: len(server.called("getUpdates")) > polls + 2)
                server.updates.append(said(12, "sau"))
                await until(lambda: len(received) >= 2)
            assert received == ["900000", "12"]

    bounded(talk())


def test_an_unreachable_telegram_is_asked_again_after_growing_pauses() -> None:
    async def nothing(update: Update) -> None:
        raise AssertionError

    async def talk() -> None:
        async with FakeTelegram() as server:
            base = server.base
        pauses = Pauses(most=9)
        async with opened(base, pause=pauses) as channel:
            with capture_logs() as logs, contextlib.suppress(asyncio.CancelledError):
                await channel.listen(nothing)
        for pause, longest in zip(pauses, [1, 2, 4, 8, 16, 32, 60, 60, 60], strict=True):
            assert longest / 2 <= pause <= longest
        assert [entry["event"] for entry in logs] == ["telegram_unreachable"], "said once, not nine times"
        assert SECRET_HALF not in str(logs)

    bounded(talk())


@pytest.mark.parametrize(
    ("answer", "event", "advice"),
    [
        (refusal(401, "Unauthorized"), "telegram_token_refused", "TELEGRAM_BOT_TOKEN"),
        (refusal(409, "Conflict: terminated by other getUpdates request"), "telegram_conflict", "other process"),
        ((502, "<html>" + TOKEN), "telegram_unreachable", "TELEGRAM_API_BASE"),
        (refusal(429, "Too Many Requests: retry after 90", retry_after=90), "telegram_unreachable", "again"),
    ],
    ids=["401", "409", "502", "429"],
)
def test_a_refusal_while_listening_is_logged_once_with_what_to_do(answer: Any, event: str, advice: str) -> None:
    async def talk() -> None:
        pauses = Pauses()
        async with FakeTelegram() as server, opened(server.base, pause=pauses) as channel:
            server.answers["getUpdates"].extend([answer] * 5)
            server.updates = [said(1, "còn đó không?")]
            received: list[MutableMapping[str, Any]] = []

            async def receive(update: Update) -> None:
                received.append(update.payload)

            with capture_logs() as logs:
                async with listening(channel, receive):
                    await until(lambda: received)
            (entry,) = logs
            assert entry["event"] == event
            assert advice in entry["advice"]
            assert SECRET_HALF not in str(logs)
            assert all(pause >= answer[1]["parameters"].get("retry_after", 0) for pause in pauses if answer[0] == 429)

    bounded(talk())


def test_a_webhook_of_an_earlier_run_is_removed_before_asking() -> None:
    async def talk() -> None:
        async with FakeTelegram(webhook={"url": "https://old.example"}) as server, opened(server.base) as channel:
            server.updates = [said(1, "xin chào")]
            received: list[str] = []

            async def receive(update: Update) -> None:
                received.append(update.key)

            async with listening(channel, receive):
                await until(lambda: received)

    bounded(talk())


# The webhook

UPDATE = json.dumps(said(31, "xin chào")).encode()
KNOWN = {SECRET_HEADER: SECRET}
REQUESTS = [
    ("ours", KNOWN, UPDATE, 200),
    ("no secret", {}, UPDATE, 401),
    ("wrong secret", {SECRET_HEADER: SECRET[:-1]}, UPDATE, 401),
    ("wrong secret, malformed", {SECRET_HEADER: "x"}, b"{", 401),
    ("secret out of ASCII", {SECRET_HEADER: "mật-khẩu"}, UPDATE, 401),
    ("too large", KNOWN, b'{"update_id": 1, "x": "' + b"a" * LARGEST_BODY + b'"}', 413),
    ("no JSON", KNOWN, b'{"update_id": 31, "text": "bi mat', 400),
    ("no UTF-8", KNOWN, b'{"update_id": "\xff\xfe"}', 400),
    ("nested without end", KNOWN, b"[" * 100_000, 400),
    ("no object", KNOWN, b"[1, 2]", 400),
    ("no number", KNOWN, b'{"update_id": true}', 400),
    ("empty", KNOWN, b"", 400),
]


@pytest.mark.parametrize(("headers", "body", "status"), [row[1:] for row in REQUESTS], ids=[row[0] for row in REQUESTS])
def test_what_a_webhook_takes(headers: dict[str, str], body: bytes, status: int) -> None:
    async def talk() -> None:
        received: list[Update] = []

        async def receive(update: Update) -> None:
            received.append(update)

        async with opened("http://127.0.0.1:1", webhook=Webhook("https://bot.example", SECRET)) as channel:
            with capture_logs() as logs:
                async with answering(channel, receive) as client:
                    response = await client.post(PATH, data=io.BytesIO(body), headers=headers)
                    assert (response.status, await response.text()) == (status, "")
        assert [update.key for update in received] == (["31"] if status == 200 else [])
        assert len(logs) == (0 if status == 200 else 1)
        assert "bi mat" not in str(logs) and SECRET not in str(logs)

    bounded(talk())


@contextlib.asynccontextmanager
async def answering(channel: Telegram, receive: Callable[[Update], Awaitable[None]]) -> AsyncIterator[TestClient]:  # type: ignore[type-arg]
    app = web.Application()
    app.add_routes(channel.routes(receive))
    async with TestClient(TestServer(app)) as client:
        yield client


def test_a_webhook_update_that_could_not_be_stored_is_brought_again() -> None:
    async def talk() -> None:
        async def receive(update: Update) -> None:
            raise OSError(f"disk is full while writing {update.payload}")

        async with opened("http://127.0.0.1:1", webhook=Webhook("https://bot.example", SECRET)) as channel:
            with capture_logs() as logs:
                async with answering(channel, receive) as client:
                    assert (await client.post(PATH, data=UPDATE, headers=KNOWN)).status == 503
        assert "xin chào" not in str(logs)

    bounded(talk())


def test_telegram_is_told_where_the_webhook_is() -> None:
    async def talk() -> None:
        async with FakeTelegram() as server:
            webhook = Webhook("https://bot.example/", SECRET)
            async with opened(server.base, webhook=webhook, pause=Pauses()) as channel:
                server.answers["setWebhook"].append((502, "<html>"))
                async with listening(channel, lambda update: asyncio.sleep(0)):
                    await until(lambda: server.webhook)
            assert server.webhook["url"] == "https://bot.example" + PATH
            assert server.webhook["secret_token"] == SECRET
            assert json.loads(server.webhook["allowed_updates"]) == ["message", "callback_query"]
            assert not server.called("getUpdates")

    bounded(talk())


@pytest.mark.parametrize("secret", ["", "có dấu", "with space", "x" * 257])
def test_a_secret_that_telegram_would_not_take_says_what_to_set(secret: str) -> None:
    with pytest.raises(ChannelRefused, match="WEBHOOK_SECRET"):
        Webhook("https://bot.example", secret)
    assert SECRET not in repr(Webhook("https://bot.example", SECRET))


# Reading

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


# Answering a tap


def test_a_tap_is_answered_once_and_a_late_answer_is_forgiven() -> None:
    async def talk() -> None:
        async with FakeTelegram(open_taps={"tap4"}) as server, opened(server.base) as channel:
            await channel.acknowledge(tapped(4, "checkin:yes"))
            assert not server.open_taps
            await channel.acknowledge(tapped(4, "checkin:yes"))
            await channel.acknowledge(said(5, "không phải nút"))
            assert len(server.called("answerCallbackQuery")) == 2
            server.answers["answerCallbackQuery"].append((502, "<html>"))
            await channel.acknowledge(tapped(6, "later"))

    bounded(talk())
