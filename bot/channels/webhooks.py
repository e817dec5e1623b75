"""What the webhooks of the messengers have in common: a word that proves who asks, and storing before answering."""

import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from aiohttp import web

from bot.channels import ChannelRefused, Receive, Update

LARGEST_BODY = 1024 * 1024


@dataclass(frozen=True)
class Webhook:
    """The public https address that leads to `routes`, and the word by which a messenger's requests are known.

    Raises `ChannelRefused` for a secret that the messengers would not take (setWebhook, `secret_token`).
    """

    base_url: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_-]{8,256}", self.secret):
            raise ChannelRefused("set WEBHOOK_SECRET to 32 to 64 characters out of A-Z, a-z, 0-9, _ and -")


@dataclass(frozen=True)
class Door:
    """Where one channel's updates come in: the path, the header with the secret, and what is unique to an update
    (`None` for what is none). `tried` says whether an empty body is how the messenger tries the address."""

    channel: str
    path: str
    secret_header: str
    key_of: Callable[[object], str | None]
    tried: bool = False


def route(door: Door, webhook: Webhook, receive: Receive) -> web.RouteDef:
    """The route: 200 only after `receive` stored the update; 401, 413, 400 for what is not an update of ours.

    What was not answered with 200 comes again, so a failing database (503) loses nothing.
    """

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(door.secret_header, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), webhook.secret.encode()):
            return _refuse(door, "wrong_secret", 401)
        body = await _body(request)
        if body is None:
            return _refuse(door, "too_large", 413)
        if door.tried and not body.strip():
            return web.Response()
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            update = None
        key = door.key_of(update)
        if key is None:
            return _refuse(door, "malformed", 400)
        try:
            await receive(Update(door.channel, key, update))
        except Exception as error:
            return _refuse(door, "not_stored", 503, error=type(error).__name__)
        return web.Response()

    return web.post(door.path, take)


async def _body(request: web.Request) -> bytes | None:
    """The body, or `None` as soon as it is seen to be too large."""
    body = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _refuse(door: Door, reason: str, status: int, **fields: str) -> web.Response:
    structlog.get_logger().warning(f"{door.channel}_webhook_refused", reason=reason, status=status, **fields)
    return web.Response(status=status)
