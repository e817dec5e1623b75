"""How the Telegram channel starts and asks for updates, against a Bot API on loopback."""

import asyncio
import contextlib
import traceback
from collections.abc import MutableMapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels import ChannelRefused, Update
from bot.channels.telegram import Telegram
from tests.channel_room import Pauses, bounded, listening, until
from tests.fake_telegram import TOKEN, FakeTelegram, said
from tests.telegram_room import SECRET_HALF, opened, refusal

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
            assert (received, server.webhook) == (["1"], {})

    bounded(talk())
