"""Asks a messenger's server one question, for `congdoan doctor`: both speak of `/bot<token>/<method>` and JSON.

The token is part of the URL: nothing that fails here is passed on with its own words.
"""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.clock import Clock

SECONDS = 10.0


@dataclass(frozen=True)
class Said:
    """What a server said. `offset_seconds` is how far its clock is ahead of ours (`None`: it told no time)."""

    state: Literal["well", "refused", "unknown method", "unreachable"]
    result: dict[str, Any] = field(default_factory=dict)
    offset_seconds: float | None = None


async def ask(session: ClientSession, api_base: str, token: str, method: str) -> Said:
    """Ask for `method`, one that takes nothing and changes nothing."""
    clock = Clock()
    asked = clock.now()
    try:
        url = f"{api_base.rstrip('/')}/bot{token}/{method}"
        async with session.post(url, json={}, timeout=ClientTimeout(total=SECONDS)) as response:
            answer = await response.json(content_type=None)
            date = response.headers.get("Date", "")
    except (ClientError, OSError, ValueError):
        return Said("unreachable")
    middle = asked + (clock.now() - asked) / 2
    offset = _offset(date, middle)
    if not isinstance(answer, dict) or "ok" not in answer:
        return Said("unreachable", offset_seconds=offset)
    if answer["ok"] is True:
        result = answer.get("result")
        return Said("well", result if isinstance(result, dict) else {}, offset)
    code = str(answer.get("error_code"))
    if code in ("401", "404"):
        return Said("refused" if method == "getMe" or code == "401" else "unknown method", offset_seconds=offset)
    return Said("unreachable", offset_seconds=offset)


def _offset(date: str, here: datetime) -> float | None:
    """Seconds by which the clock behind a Date header is ahead; it shows whole seconds, so half of one is added."""
    try:
        return (parsedate_to_datetime(date) - here).total_seconds() + 0.5
    except (ValueError, TypeError):
        return None
