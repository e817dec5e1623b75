"""The webhooks of a running process, as the messengers' servers knock at them."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientSession

from tests import fake_telegram
from tests.faults.peers import Peer, event_from
from tests.faults.process import free_port

AT_ONCE = 16
SECRETS = {"telegram": "the-word-of-telegram", "zalo": "the-word-of-zalo"}
HEADERS = {"telegram": "X-Telegram-Bot-Api-Secret-Token", "zalo": "X-Bot-Api-Secret-Token"}

Request = tuple[bytes, dict[str, str]]
"""A body, and the headers beside the secret."""


@dataclass
class Door:
    """Where one channel's server brings updates; `answers` counts the answers by status."""

    channel: str
    port: int
    session: ClientSession
    answers: Counter[int] = field(default_factory=Counter)

    async def bring(self, body: bytes, headers: dict[str, str], secret: str | None = None) -> int:
        """One request, with the right secret unless another one (or an empty one: none) is given; gives the status."""
        word = SECRETS[self.channel] if secret is None else secret
        known = {HEADERS[self.channel]: word} if word else {}
        place = f"http://127.0.0.1:{self.port}/{self.channel}/webhook"
        async with self.session.post(place, data=body, headers={**known, **headers}) as answer:
            self.answers[answer.status] += 1
            return answer.status

    async def bring_all(self, requests: Iterable[Request]) -> None:
        """Many at a time; what could not be stored is brought again, as messengers do."""
        waiting = iter(requests)

        async def carry() -> None:
            for body, headers in waiting:
                while await self.bring(body, headers) == 503:
                    await asyncio.sleep(0.5)

        await asyncio.gather(*(carry() for _ in range(AT_ONCE)))


def written(channel: str, number: int, address: str, text: str) -> bytes:
    """The body that says that somebody wrote."""
    if channel == "telegram":
        return json.dumps(fake_telegram.said(number, text, chat=int(address))).encode()
    return json.dumps(event_from(number, address, text)).encode()


def settings_of(folder: Path, shelf: Path, *peers: Peer) -> dict[str, str]:
    """The settings of a bot to whose webhooks these servers bring updates, each with a word of its own."""
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / 'office.sqlite'}",
        "VAR_DIR": str(shelf),
        "WEBHOOK_BASE_URL": "https://bot.example.org",
        "WEBHOOK_PORT": str(free_port()),
        "TELEGRAM_WEBHOOK_SECRET": SECRETS["telegram"],
        "ZALO_WEBHOOK_SECRET": SECRETS["zalo"],
    }
    for peer in peers:
        settings |= peer.settings()
    return settings
