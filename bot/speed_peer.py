"""A Telegram without limits on loopback, and the updates that it brings: what `congdoan bench speed` measures against.

It reads of a request only its path and its length, so that its own work weighs as little as it can.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, TCPConnector, web

from bot.channels.telegram_webhook import PATH, SECRET_HEADER

TOKEN = "123456:" + "A" * 35
SECRET = "of-the-bench-only"  # noqa: S105 - no secret
AT_ONCE = 64
"""So many updates are brought at the same time."""


@dataclass
class Peer:
    """Counts the messages that were sent to it; `base` is its address."""

    base: str = ""
    sent: int = 0
    more: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def until(self, sent: int, seconds: float) -> None:
        """Wait until so many messages were sent; raises `TimeoutError`."""
        async with asyncio.timeout(seconds), self.more:
            await self.more.wait_for(lambda: self.sent >= sent)

    async def take(self, request: web.Request) -> web.Response:
        """Answer any call of the Bot API."""
        method = request.match_info["method"]
        await request.read()
        result: Any = True
        if method == "getMe":
            result = {"id": 123456, "is_bot": True, "first_name": "bench", "username": "bench_bot"}
        elif method.startswith("send"):
            self.sent += 1
            result = {"message_id": self.sent, "date": 0, "chat": {"id": 1, "type": "private"}}
            async with self.more:
                self.more.notify_all()
        return web.json_response({"ok": True, "result": result})


@asynccontextmanager
async def peer() -> AsyncIterator[Peer]:
    """A peer that listens."""
    server = Peer()
    application = web.Application()
    application.router.add_post("/bot{token}/{method}", server.take)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def bring(port: int, updates: Iterable[dict[str, Any]], seconds: float) -> None:
    """Bring updates to the webhook at `port`, several at a time; one that is refused is brought again, as Telegram
    does. Raises `TimeoutError` after so many seconds."""
    waiting = iter(updates)
    async with asyncio.timeout(seconds), ClientSession(connector=TCPConnector(limit=AT_ONCE)) as session:

        async def carry() -> None:
            for update in waiting:
                while not await _brought(session, port, update):
                    await asyncio.sleep(0.02)

        await asyncio.gather(*(carry() for _ in range(AT_ONCE)))


async def _brought(session: ClientSession, port: int, update: dict[str, Any]) -> bool:
    headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
    try:
        async with session.post(f"http://127.0.0.1:{port}{PATH}", data=json.dumps(update), headers=headers) as answer:
            return answer.status == 200
    except ClientError:
        return False


def update_of(number: int, chat: int, text: str) -> dict[str, Any]:
    """A private message as Telegram brings it."""
    person = {"id": chat, "is_bot": False, "first_name": "bench"}
    message = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    return {"update_id": number, "message": message}
