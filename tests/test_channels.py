"""The contract of a channel: one class of tests that every channel passes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import Channel, DeliveryError, Limits, Message, Update
from bot.channels.console import Console
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.channels.zalo import Zalo
from bot.rendering import render, units
from handlers import Attachment, Choice, Incoming, Reply
from scheduler import ZONE
from tests import fake_zalo
from tests.fake_telegram import TOKEN, FakeTelegram, said
from tests.fake_zalo import FakeZalo

NOW = datetime(2026, 7, 16, 8, 0, tzinfo=ZONE)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@dataclass(frozen=True)
class Line:
    """A channel with a person at its other end: `say` is what they write, `shown` what they have read so far."""

    channel: Channel
    address: str
    say: Callable[[str], Awaitable[None]]
    shown: Callable[[], list[str]]


def bounded(talk: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(talk, 10))


@contextlib.asynccontextmanager
async def webchat() -> AsyncIterator[Line]:
    channel = WebChat(lambda: NOW)

    async def say(text: str) -> None:
        await channel.say("PR-01", text)

    yield Line(channel, "PR-01", say, lambda: [sent.message.text for sent in channel.sent("PR-01")])


@contextlib.asynccontextmanager
async def console() -> AsyncIterator[Line]:
    typed: asyncio.Queue[str] = asyncio.Queue()
    shown: list[str] = []

    async def lines() -> AsyncIterator[str]:
        while True:
            yield await typed.get()

    yield Line(Console("PR-01", lines(), shown.append), "PR-01", typed.put, lambda: shown)


@contextlib.asynccontextmanager
async def telegram() -> AsyncIterator[Line]:
    async with FakeTelegram() as server:
        channel = Telegram(TOKEN, api_base=server.base, poll_seconds=1)
        numbers = iter(range(1, 100))

        async def say(text: str) -> None:
            server.updates.append(said(next(numbers), text))

        def shown() -> list[str]:
            return [c.fields.get("text") or c.fields["caption"] for c in server.called("sendMessage", "sendDocument")]

        yield Line(channel, "77", say, shown)
        await channel.close()


@contextlib.asynccontextmanager
async def zalo() -> AsyncIterator[Line]:
    async with FakeZalo() as server:
        channel = Zalo(fake_zalo.TOKEN, api_base=server.base, poll_seconds=1)
        numbers = iter(range(1, 100))

        async def say(text: str) -> None:
            await server.events.put(fake_zalo.event(next(numbers), text=text))

        yield Line(channel, fake_zalo.CHAT, say, server.texts)
        await channel.close()


async def hear(line: Line, *texts: str) -> list[Update]:
    """What the channel hands over when these texts are said, until as many updates came."""
    received: list[Update] = []
    complete = asyncio.Event()

    async def receive(update: Update) -> None:
        received.append(update)
        if len(received) == len(texts):
            complete.set()

    listening = asyncio.create_task(line.channel.listen(receive))
    for text in texts:
        await line.say(text)
    await complete.wait()
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening
    return received


@pytest.mark.parametrize("opened", [webchat, console, telegram, zalo])
class TestChannel:
    """Every test gets a function that opens the channel."""

    def test_what_is_said_is_received_and_read(self, opened: Callable[[], AbstractAsyncContextManager[Line]]) -> None:
        async def talk() -> None:
            async with opened() as line:
                updates = await hear(line, "Chỉ tiêu năm nay?", "Chỉ tiêu năm nay?", "đạt 80%")
                read = [line.channel.read(update.payload) for update in updates]
                assert [(i.channel, i.address, i.text, i.choice) for i in read if i] == [
                    (line.channel.name, line.address, text, None)
                    for text in ("Chỉ tiêu năm nay?", "Chỉ tiêu năm nay?", "đạt 80%")
                ]
                assert {update.channel for update in updates} == {line.channel.name}
                assert len({update.key for update in updates}) == 3, "the same words twice are two updates"

        bounded(talk())

    def test_a_rendered_reply_arrives_whole_and_in_order(
        self, opened: Callable[[], AbstractAsyncContextManager[Line]]
    ) -> None:
        reply = Reply(
            "\n\n".join(f"Mục {number}. " + "Công đoàn cơ sở báo cáo. " * 30 for number in range(12)),
            (Choice("yes", "Đúng"), Choice("no", "Chưa đúng")),
            file=Attachment("Báo cáo.docx", "application/octet-stream", b"content"),
        )

        async def talk() -> None:
            async with opened() as line:
                messages = render(reply, line.channel.limits)
                ids = [await line.channel.send(line.address, message) for message in messages]
                assert all(isinstance(identity, str) and identity for identity in ids)
                assert len(set(ids)) == len(ids)
                texts = [text for text in line.shown() if not text.startswith("[Báo cáo.docx")]
                assert texts == [message.text for message in messages]
                assert len(texts) > 1
                assert max(map(units, texts)) <= line.channel.limits.characters

        bounded(talk())

    def test_a_failed_send_is_a_delivery_error(self, opened: Callable[[], AbstractAsyncContextManager[Line]]) -> None:
        async def talk() -> None:
            async with opened() as line:
                sends = [line.channel.send(to, Message("Chào anh/chị")) for to in ("", "nobody", "12 34", "9" * 30)]
                ends = await asyncio.gather(*sends, return_exceptions=True)
                assert [end for end in ends if not isinstance(end, str | DeliveryError)] == []

        bounded(talk())

    def test_acknowledging_never_fails(self, opened: Callable[[], AbstractAsyncContextManager[Line]]) -> None:
        async def talk() -> None:
            async with opened() as line:
                for payload in ({}, {"id": "1"}, {"callback_query": {"id": "gone"}}, {"callback_query": 3}):
                    await line.channel.acknowledge(payload)
                await line.channel.send(line.address, Message("Chào anh/chị"))
                assert line.shown() == ["Chào anh/chị"]

        bounded(talk())

    def test_limits_can_be_rendered_for(self, opened: Callable[[], AbstractAsyncContextManager[Line]]) -> None:
        async def talk() -> None:
            async with opened() as line:
                limits: Limits = line.channel.limits
                assert limits.characters >= 1000
                assert limits.labels >= 20
                assert limits.captions <= limits.characters

        bounded(talk())


CHANNELS: list[Channel] = [
    WebChat(lambda: NOW),
    Console("PR-01"),
    Telegram(TOKEN),
    Zalo(fake_zalo.TOKEN),
]
NAMES = ["id", "address", "text", "choice", "message", "callback_query", "update_id", "event_name", "ok", "result"]
FIELDS = st.sampled_from(NAMES)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
@settings(deadline=None)
@given(payload=st.dictionaries(FIELDS, JSON, max_size=5))
def test_reading_never_fails(channel: Channel, payload: dict[str, Any]) -> None:
    incoming = channel.read(payload)
    assert incoming is None or (isinstance(incoming, Incoming) and incoming.channel == channel.name)


def test_a_page_hears_that_storing_failed() -> None:
    async def talk() -> None:
        channel = WebChat(lambda: NOW)

        async def receive(update: Update) -> None:
            if update.payload["text"] == "một":
                raise OSError("the disk is full")

        listening = asyncio.create_task(channel.listen(receive))
        with pytest.raises(OSError, match="disk is full"):
            await channel.say("PR-01", "một")
        await channel.say("PR-01", "hai")
        listening.cancel()

    bounded(talk())


def test_a_waiting_page_gets_what_is_sent_later_and_only_its_own() -> None:
    async def talk() -> None:
        channel = WebChat(lambda: NOW)
        waiting = asyncio.create_task(channel.wait("PR-01"))
        await asyncio.sleep(0)
        await channel.send("BD-02", Message("cho người khác"))
        assert not waiting.done()
        await channel.send("PR-01", Message("nhắc báo cáo"))
        (sent,) = await waiting
        assert (sent.number, sent.at, sent.message.text) == (1, NOW, "nhắc báo cáo")
        assert channel.sent("PR-01", after=1) == ()

    bounded(talk())


def test_a_tapped_choice_of_a_page_is_read_as_one() -> None:
    payload = {"id": "1", "address": "PR-01", "text": "", "choice": "checkin:yes"}
    assert WebChat(lambda: NOW).read(payload) == Incoming("webchat", "1", "PR-01", choice="checkin:yes")


def test_a_terminal_shows_numbered_choices_and_ends_with_its_input(capsys: pytest.CaptureFixture[str]) -> None:
    async def lines() -> AsyncIterator[str]:
        for line in ("1\n", "  \n", "thôi\n"):
            yield line

    async def talk() -> None:
        channel = Console("PR-01", lines())
        for message in render(Reply("Đã nộp chưa?", (Choice("y", "Rồi"), Choice("n", "Chưa"))), channel.limits):
            await channel.send("PR-01", message)
        received: list[Incoming | None] = []

        async def receive(update: Update) -> None:
            received.append(channel.read(update.payload))

        await channel.listen(receive)
        assert [incoming.text for incoming in received if incoming] == ["1", "thôi"]

    bounded(talk())
    assert capsys.readouterr().out == "Đã nộp chưa?\n\n1. Rồi\n2. Chưa\n"
