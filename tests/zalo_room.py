"""What tests of the Zalo channel share: a channel with the token of the fake Zalo, and its refusals."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from bot.channels import Update
from bot.channels.zalo import Zalo
from tests.fake_zalo import TOKEN

SECRET_HALF = TOKEN.partition(":")[2]
SECRET = "a-word-between-Zalo-and-us_32"


@contextlib.asynccontextmanager
async def opened(base: str, **options: Any) -> AsyncIterator[Zalo]:
    """A channel of the fake Zalo at `base`, closed in the end; it asks for a second at a time."""
    channel = Zalo(TOKEN, api_base=base, **{"poll_seconds": 1, "answer_seconds": 2.0, **options})
    try:
        yield channel
    finally:
        await channel.close()


def refusal(code: int | str, description: str = "") -> tuple[int, dict[str, Any]]:
    """As Zalo refuses: HTTP 200, and the body says that it did not work."""
    return 200, {"ok": False, "error_code": code, "description": description}


async def nothing(update: Update) -> None:
    """Takes an update and forgets it."""
