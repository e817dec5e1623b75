"""The webhook of the Telegram channel: what it takes, and that Telegram is told of it."""

import asyncio
import io
import json

import pytest
from structlog.testing import capture_logs

from bot.channels import ChannelRefused, Update
from bot.channels.telegram_webhook import PATH, SECRET_HEADER
from bot.channels.webhooks import LARGEST_BODY, Webhook
from tests.channel_room import NOWHERE, Pauses, answering, bounded, listening, until
from tests.fake_telegram import FakeTelegram, said
from tests.telegram_room import SECRET, opened

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

        async with opened(NOWHERE, webhook=Webhook("https://bot.example", SECRET)) as channel:
            with capture_logs() as logs:
                async with answering(channel, receive) as client:
                    response = await client.post(PATH, data=io.BytesIO(body), headers=headers)
                    assert (response.status, await response.text()) == (status, "")
        assert [update.key for update in received] == (["31"] if status == 200 else [])
        assert len(logs) == (0 if status == 200 else 1)
        assert "bi mat" not in str(logs) and SECRET not in str(logs)

    bounded(talk())


def test_a_webhook_update_that_could_not_be_stored_is_brought_again() -> None:
    async def talk() -> None:
        async def receive(update: Update) -> None:
            raise OSError(f"disk is full while writing {update.payload}")

        async with opened(NOWHERE, webhook=Webhook("https://bot.example", SECRET)) as channel:
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
            assert json.loads(server.webhook["allowed_updates"]) == ["message", "callback_query", "my_chat_member"]
            assert not server.called("getUpdates")

    bounded(talk())


@pytest.mark.parametrize("secret", ["", "có dấu", "with space", "x" * 257])
def test_a_secret_that_telegram_would_not_take_says_what_to_set(secret: str) -> None:
    with pytest.raises(ChannelRefused, match="WEBHOOK_SECRET"):
        Webhook("https://bot.example", secret)
    assert SECRET not in repr(Webhook("https://bot.example", SECRET))
