"""The Zalo channel against a Bot API on loopback that answers as its documents and live bots do, doubts included."""

import asyncio
import contextlib
import io
import json
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, MutableMapping
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot.channels import ChannelRefused, DeliveryError, Message, Update
from bot.channels.webhooks import LARGEST_BODY, Webhook
from bot.channels.zalo import LARGEST_DOWNLOAD, Zalo
from bot.channels.zalo_updates import read_event, update_key
from bot.channels.zalo_webhook import PATH, SECRET_HEADER
from handlers import Attachment, Incoming
from tests.fake_zalo import CHAT, SENT_AT, TOKEN, FakeZalo, event, wrapped

SECRET_HALF = TOKEN.partition(":")[2]
SECRET = "a-word-between-Zalo-and-us_32"
WORDS = Message("Nội dung riêng")
NOWHERE = "http://127.0.0.1:1"


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
async def opened(base: str, **options: Any) -> AsyncIterator[Zalo]:
    channel = Zalo(TOKEN, api_base=base, **{"poll_seconds": 1, "answer_seconds": 2.0, **options})
    try:
        yield channel
    finally:
        await channel.close()


@contextlib.asynccontextmanager
async def listening(channel: Zalo, receive: Callable[[Update], Awaitable[None]]) -> AsyncIterator[None]:
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


def refusal(code: int | str, description: str = "") -> tuple[int, dict[str, Any]]:
    """As Zalo refuses: HTTP 200, and the body says that it did not work."""
    return 200, {"ok": False, "error_code": code, "description": description}


# Sending


def test_a_message_is_plain_text_and_nothing_else() -> None:
    async def talk() -> None:
        async with FakeZalo() as server, opened(server.base) as channel:
            identity = await channel.send(CHAT, Message("Đơn vị đã nộp báo cáo <quý 2> *chưa*?\n\n1. Rồi\n2. Chưa"))
            (call,) = server.called("sendMessage")
            assert identity
            text = "Đơn vị đã nộp báo cáo <quý 2> *chưa*?\n\n1. Rồi\n2. Chưa"
            assert call.fields == {"chat_id": CHAT, "text": text}

    bounded(talk())


@pytest.mark.parametrize("answer", [{"ok": True}, {"ok": True, "result": None}, {"ok": True, "result": {"date": 1}}])
def test_a_success_without_a_message_id_is_one(answer: dict[str, Any]) -> None:
    async def talk() -> None:
        async with FakeZalo() as server, opened(server.base) as channel:
            server.answers["sendMessage"].append((200, answer))
            assert await channel.send(CHAT, Message("Chào anh/chị")) == ""

    bounded(talk())


TEMPORARY = {"retryable": True}
GONE = {"address_gone": True}
UNKNOWN = {"unknown": True}
FAILURES = [
    ("token", refusal(401, "Unauthorized"), {"reason": "token refused"}),
    ("a fault that Zalo calls 403", refusal(403, "Internal server error"), TEMPORARY),
    ("the code as a string", refusal("403", "Internal server error"), TEMPORARY),
    ("the code with an HTTP status", (403, {"ok": False, "error_code": 403, "description": "x"}), TEMPORARY),
    ("a success by its status, a refusal by its body", refusal(400, "Bad request"), {}),
    ("wrong path", refusal(404, "Not found"), {}),
    ("no such chat", refusal(404, "Chat not found"), GONE),
    ("invalid user", refusal(400, "Bad request: user_id is invalid or User invalid"), GONE),
    ("timeout of a send", refusal(408, "Request timeout"), UNKNOWN),
    ("fault", refusal(500, "x"), TEMPORARY),
    ("unheard of", refusal(418, "x"), {}),
    ("gateway page", (502, f"<html>Bad Gateway for /bot{TOKEN}/</html>"), TEMPORARY),
    ("refused by a firewall", (403, f"<html>{TOKEN}</html>"), TEMPORARY),
    ("gateway that gave up waiting", (504, "<html></html>"), UNKNOWN),
    ("no JSON", (200, "%%% " + TOKEN), UNKNOWN),
    ("no envelope", (200, {"message": TOKEN}), UNKNOWN),
    ("a list", (200, [TOKEN]), UNKNOWN),
    ("a code that is none", (200, {"ok": False, "error_code": {"x": 1}}), TEMPORARY),
    ("no code", (200, {"ok": False}), TEMPORARY),
    ("connection dropped", "drop", UNKNOWN),
    ("no answer in time", "hang", UNKNOWN),
]


@pytest.mark.parametrize(("answer", "meaning"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES])
def test_what_a_failed_send_means(answer: Any, meaning: dict[str, Any]) -> None:
    async def talk() -> None:
        async with FakeZalo() as server, opened(server.base, answer_seconds=0.5) as channel:
            server.answers["sendMessage"].append(answer)
            with pytest.raises(DeliveryError) as failure:
                await channel.send(CHAT, WORDS)
            error = failure.value
            wanted = {"retryable": False, "retry_after": None, "address_gone": False, "unknown": False}
            found = {name: getattr(error, name) for name in wanted}
            assert found == {**wanted, **{name: value for name, value in meaning.items() if name != "reason"}}
            assert meaning.get("reason", error.reason) == error.reason
            shown = "".join(traceback.format_exception(error)) + repr(vars(error))
            assert SECRET_HALF not in shown and WORDS.text not in shown

    bounded(talk())


def test_out_of_reach_is_tried_again_and_names_no_token() -> None:
    async def talk() -> None:
        async with opened(NOWHERE) as channel:
            with pytest.raises(DeliveryError) as failure:
                await channel.send(CHAT, Message("Chào"))
            assert failure.value.retryable and not failure.value.unknown
            assert SECRET_HALF not in "".join(traceback.format_exception(failure.value))

    bounded(talk())


def test_a_quota_that_is_used_up_silences_the_channel_longer_each_time() -> None:
    async def talk() -> None:
        async with FakeZalo() as server, opened(server.base) as channel:
            server.answers["sendMessage"].extend([refusal(429, "Quota exceeded")] * 9)
            silences = []
            for _ in range(9):
                with pytest.raises(DeliveryError, match="quota") as failure:
                    await channel.send(CHAT, Message("Chào"))
                silences.append(failure.value.retry_after)
            assert silences[0] is not None and silences[1] is not None and silences[-1] is not None
            assert 30 <= silences[0] <= 36 and 60 <= silences[1] <= 72 and 3600 <= silences[-1] <= 4320
            await channel.send(CHAT, Message("Chào"))
            server.answers["sendMessage"].append(refusal(429, "Quota exceeded"))
            with pytest.raises(DeliveryError) as failure:
                await channel.send(CHAT, Message("Chào"))
            assert failure.value.retry_after is not None and failure.value.retry_after <= 36, "it began anew"

    bounded(talk())


# Asking for events


def test_events_are_received_once_each_and_an_idle_question_is_no_fault() -> None:
    async def talk() -> None:
        received: list[Update] = []

        async def receive(update: Update) -> None:
            received.append(update)

        async with FakeZalo() as server, opened(server.base, poll_seconds=0.3, pause=Pauses(1)) as channel:
            with capture_logs() as logs:
                async with listening(channel, receive):
                    await until(lambda: server.polls == 2)
                    await server.events.put(event(1, text="xin chào"))
                    await server.events.put(wrapped(event(2, text="chỉ tiêu?")))
                    await until(lambda: len(received) == 2)
            assert [incoming.text for update in received if (incoming := channel.read(update.payload))] == [
                "xin chào",
                "chỉ tiêu?",
            ]
            assert logs == []
            assert isinstance(server.called("getUpdates")[0].fields["timeout"], str)

    bounded(talk())


@pytest.mark.parametrize(
    "idle",
    [
        (200, {"ok": False, "error_code": "408", "description": "Request timeout"}),
        (408, {"ok": False, "error_code": 408, "description": "x"}),
        (200, {"ok": True, "result": None}),
        (200, {"ok": True}),
        (200, {"ok": True, "result": []}),
    ],
)
def test_every_way_to_say_that_nothing_came(idle: tuple[int, Any]) -> None:
    async def talk() -> None:
        received: list[Update] = []

        async def receive(update: Update) -> None:
            received.append(update)

        async with (
            FakeZalo(idle=idle) as server,
            opened(server.base, poll_seconds=0.3, pause=Pauses(1)) as channel,
            listening(channel, receive),
        ):
            await until(lambda: server.polls == 2)
            await server.events.put(event(1, text="xin chào"))
            await until(lambda: received)

    bounded(talk())


def test_an_idle_answer_that_did_not_wait_is_not_asked_for_again_at_once() -> None:
    async def talk() -> None:
        pauses = Pauses(5)
        async with FakeZalo() as server, opened(server.base, pause=pauses) as channel:
            server.answers["getUpdates"].extend([refusal(408)] * 10)
            with contextlib.suppress(asyncio.CancelledError):
                await channel.listen(nothing)
            assert len(pauses) == 5 and len(server.called("getUpdates")) == 5

    bounded(talk())


async def nothing(update: Update) -> None:
    """Takes an update and forgets it."""


def test_faults_are_waited_out_and_logged_once() -> None:
    async def talk() -> None:
        received: list[Update] = []
        pauses = Pauses()

        async def receive(update: Update) -> None:
            received.append(update)

        async with FakeZalo() as server, opened(server.base, poll_seconds=0.3, pause=pauses) as channel:
            server.answers["getUpdates"].extend([refusal(403), (502, f"<html>{TOKEN}"), "drop", refusal(429)])
            await server.events.put(event(1, text="xin chào"))
            with capture_logs() as logs:
                async with listening(channel, receive):
                    await until(lambda: received)
            assert len(pauses) == 4 and pauses[-1] > pauses[0]
            assert [entry["event"] for entry in logs] == ["zalo_unreachable"]
            assert SECRET_HALF not in json.dumps(logs)

    bounded(talk())


def test_what_was_read_is_kept_until_it_could_be_stored() -> None:
    """Zalo has forgotten it by then."""

    async def talk() -> None:
        stored: list[Update] = []
        tries = iter(range(4))

        async def receive(update: Update) -> None:
            if next(tries) < 3:
                raise OSError("the disk is full")
            stored.append(update)

        async with FakeZalo() as server, opened(server.base, poll_seconds=0.3, pause=Pauses()) as channel:
            await server.events.put(event(1, text="xin chào"))
            with capture_logs() as logs:
                async with listening(channel, receive):
                    await until(lambda: stored)
            assert [entry["event"] for entry in logs] == ["zalo_event_not_stored"]

    bounded(talk())


def test_a_stop_waits_for_the_question_that_is_open_and_stores_what_it_brings() -> None:
    async def talk() -> None:
        stored: list[Update] = []

        async def receive(update: Update) -> None:
            await asyncio.sleep(0.05)
            stored.append(update)

        async with FakeZalo() as server, opened(server.base) as channel:
            task = asyncio.create_task(channel.listen(receive))
            await until(lambda: server.polls == 1)
            task.cancel()
            await server.events.put(event(1, text="xin chào"))
            with contextlib.suppress(asyncio.CancelledError):
                await task
            assert len(stored) == 1 and server.events.empty()

    bounded(talk())


def test_a_webhook_of_an_earlier_run_is_taken_back_before_asking() -> None:
    async def talk() -> None:
        async with FakeZalo(webhook={"url": "https://bot.example"}) as server, opened(server.base) as channel:
            server.answers["deleteWebhook"].append(refusal(403))
            async with listening(channel, nothing):
                await until(lambda: server.polls)
            assert server.webhook == {}

    bounded(talk())


def test_no_webhook_to_take_back_is_no_fault() -> None:
    async def talk() -> None:
        async with FakeZalo() as server, opened(server.base, pause=Pauses(1)) as channel:
            server.answers["deleteWebhook"].append(refusal(404, "Webhook not found"))
            async with listening(channel, nothing):
                await until(lambda: server.polls)

    bounded(talk())


# The token


@pytest.mark.parametrize("token", ["", "no-token", "123:", "123:a/b", ":abc", "123:a b"])
def test_a_token_that_cannot_be_right_says_what_to_set(token: str) -> None:
    with pytest.raises(ChannelRefused, match="ZALO_BOT_TOKEN"):
        Zalo(token)


def test_a_token_that_zalo_refuses_says_what_to_set_and_is_not_shown() -> None:
    async def talk() -> None:
        async with FakeZalo() as server:
            channel = Zalo("99:wrong-secret", api_base=server.base)
            with pytest.raises(ChannelRefused, match="ZALO_BOT_TOKEN") as refused:
                await channel.check()
            await channel.close()
            assert "wrong-secret" not in "".join(traceback.format_exception(refused.value))

    bounded(talk())


def test_a_zalo_that_cannot_be_reached_is_only_logged() -> None:
    async def talk() -> None:
        with capture_logs() as logs:
            async with FakeZalo() as server, opened(server.base) as channel:
                await channel.check()
            async with opened(NOWHERE) as channel:
                await channel.check()
        found: list[MutableMapping[str, Any]] = logs
        assert [entry["event"] for entry in found] == ["zalo_unreachable"]
        assert SECRET_HALF not in str(found)

    bounded(talk())


# The webhook

KNOWN = {SECRET_HEADER: SECRET}
FLAT = json.dumps(event(1, text="xin chào")).encode()
REQUESTS = [
    ("flat", KNOWN, FLAT, 200, 1),
    ("wrapped", KNOWN, json.dumps(wrapped(event(1, text="xin chào"))).encode(), 200, 1),
    ("no content type, a Java client", {**KNOWN, "User-Agent": "Java/17", "Content-Type": ""}, FLAT, 200, 1),
    ("an empty trial", KNOWN, b"", 200, 0),
    ("no secret", {}, FLAT, 401, 0),
    ("wrong secret", {SECRET_HEADER: SECRET + "x"}, FLAT, 401, 0),
    ("an empty trial without the secret", {}, b"", 401, 0),
    ("no JSON", KNOWN, b"{", 400, 0),
    ("no event", KNOWN, b'{"ok": true, "result": {}}', 400, 0),
    ("too large", KNOWN, b" " * (LARGEST_BODY + 1), 413, 0),
    ("deep", KNOWN, b"[" * 100_000, 400, 0),
    ("an event with something deep in it", KNOWN, FLAT[:-1] + b', "x": ' + b"[" * 400 + b"]" * 400 + b"}", 400, 0),
]


@pytest.mark.parametrize(
    ("headers", "body", "status", "stored"), [row[1:] for row in REQUESTS], ids=[row[0] for row in REQUESTS]
)
def test_what_a_request_to_the_webhook_gets(headers: dict[str, str], body: bytes, status: int, stored: int) -> None:
    async def talk() -> None:
        received: list[Update] = []

        async def receive(update: Update) -> None:
            received.append(update)

        async with (
            opened(NOWHERE, webhook=Webhook("https://bot.example", SECRET)) as channel,
            client(channel, receive) as visitor,
        ):
            response = await visitor.post(PATH, data=io.BytesIO(body), headers=headers)
            assert (response.status, len(received)) == (status, stored)

    with capture_logs():
        bounded(talk())


@contextlib.asynccontextmanager
async def client(channel: Zalo, receive: Callable[[Update], Awaitable[None]]) -> AsyncIterator[TestClient[Any, Any]]:
    application = web.Application()
    application.add_routes(channel.routes(receive))
    async with TestClient(TestServer(application)) as visitor:
        yield visitor


def test_a_webhook_is_announced_with_its_secret_and_nobody_asks_for_events() -> None:
    async def talk() -> None:
        async with (
            FakeZalo() as server,
            opened(server.base, webhook=Webhook("https://bot.example/", SECRET), pause=Pauses()) as channel,
        ):
            trial = {"ok": False, "outcome": "HTTP_ERROR", "status_code": 403, "hint": TOKEN}
            result = {"url": "https://bot.example" + PATH, "verification": trial}
            server.answers["setWebhook"].extend([refusal(403), (200, {"ok": True, "result": result})])
            with capture_logs() as logs:
                async with listening(channel, nothing):
                    await until(lambda: len(server.called("setWebhook")) == 2)
                    await asyncio.sleep(0.05)
            assert server.called("setWebhook")[-1].fields == {
                "url": "https://bot.example" + PATH,
                "secret_token": SECRET,
            }
            assert not server.called("getUpdates")
            assert [entry["event"] for entry in logs] == ["zalo_unreachable", "zalo_webhook_not_reached"]
            assert SECRET_HALF not in str(logs) and SECRET not in str(logs)

    bounded(talk())


# Reading

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
