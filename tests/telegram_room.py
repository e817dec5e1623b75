"""What tests of the Telegram channel share: a channel with the token of the fake Telegram, and its refusals."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from bot.channels.telegram import Telegram
from tests.fake_telegram import TOKEN

SECRET_HALF = TOKEN.partition(":")[2]
SECRET = "a-word-between-Telegram-and-us_32"


@contextlib.asynccontextmanager
async def opened(base: str, **options: Any) -> AsyncIterator[Telegram]:
    """A channel of the fake Telegram at `base`, closed in the end; it asks for a second at a time."""
    channel = Telegram(TOKEN, api_base=base, **{"poll_seconds": 1, **options})
    try:
        yield channel
    finally:
        await channel.close()


def refusal(code: int, description: str, **parameters: int) -> tuple[int, dict[str, Any]]:
    """As Telegram refuses: the HTTP status says so too."""
    return code, {"ok": False, "error_code": code, "description": description, "parameters": parameters}
