"""The webhook of the Zalo channel: what it answers, and that Zalo is told of it."""

import asyncio
import io
import json

import pytest
from structlog.testing import capture_logs

from bot.channels import Update
from bot.channels.webhooks import LARGEST_BODY, Webhook
from bot.channels.zalo_webhook import PATH, SECRET_HEADER
from tests.channel_room import NOWHERE, Pauses, answering, bounded, listening, until
from tests.fake_zalo import TOKEN, FakeZalo, event, wrapped
from tests.zalo_room import SECRET, SECRET_HALF, nothing, opened, refusal

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
            answering(channel, receive) as visitor,
        ):
            response = await visitor.post(PATH, data=io.BytesIO(body), headers=headers)
            assert (response.status, len(received)) == (status, stored)

    with capture_logs():
        bounded(talk())


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
