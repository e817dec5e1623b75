"""How the Zalo channel starts and asks for events, against a Bot API on loopback, doubts included."""

import asyncio
import contextlib
import json
import traceback
from collections.abc import MutableMapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels import ChannelRefused, Update
from bot.channels.zalo import Zalo
from bot.channels.zalo_updates import update_key
from tests.channel_room import NOWHERE, Pauses, bounded, listening, until
from tests.fake_zalo import TOKEN, FakeZalo, event, wrapped
from tests.zalo_room import SECRET_HALF, nothing, opened, refusal

# Starting


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


# Listening


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
        assert [update.key for update in received] == [update_key(event(1, text="xin chào"))]

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
            assert [call.method for call in server.calls][:2] == ["deleteWebhook", "getUpdates"]

    bounded(talk())
