"""What tests of the messengers share: a bound on every talk, a channel that listens, a visitor of its webhook."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels import Channel, Update
from bot.channels.telegram import Telegram
from bot.channels.zalo import Zalo

NOWHERE = "http://127.0.0.1:1"
"""An address at which nobody listens."""

Receive = Callable[[Update], Awaitable[None]]


def bounded(talk: Coroutine[Any, Any, None]) -> None:
    """Run a talk to its end; one that hangs is a failure."""
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
async def listening(channel: Channel, receive: Receive) -> AsyncIterator[None]:
    """The channel listens as long as this is open."""
    task = asyncio.create_task(channel.listen(receive))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@contextlib.asynccontextmanager
async def answering(channel: Telegram | Zalo, receive: Receive) -> AsyncIterator[TestClient[Any, Any]]:
    """Somebody who can post to the webhook of the channel."""
    application = web.Application()
    application.add_routes(channel.routes(receive))
    async with TestClient(TestServer(application)) as visitor:
        yield visitor


async def until(true: Callable[[], object]) -> None:
    """Wait until it holds; seconds without it are a failure."""
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.01)
