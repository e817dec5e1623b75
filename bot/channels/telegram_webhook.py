"""Where Telegram brings updates when it does not have to be asked for them."""

import hmac
import json
import re
from dataclasses import dataclass, field

import structlog
from aiohttp import web

from bot.channels import ChannelRefused, Receive, Update
from bot.channels.telegram_updates import CHANNEL, update_key

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header
LARGEST_BODY = 1024 * 1024


@dataclass(frozen=True)
class Webhook:
    """The public https address that leads to `routes`, and the word by which Telegram's requests are known.

    Raises `ChannelRefused` for a secret that Telegram would not take (setWebhook, `secret_token`).
    """

    base_url: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.secret):
            raise ChannelRefused("set WEBHOOK_SECRET to 32 to 64 characters out of A-Z, a-z, 0-9, _ and -")


def webhook_route(webhook: Webhook, receive: Receive) -> web.RouteDef:
    """The route: 200 only after `receive` stored the update; 401, 413, 400 for what is not an update of ours.

    Telegram repeats what was not answered with 200, so a failing database (503) loses nothing.
    """

    async def take(request: web.Request) -> web.Response:
        if not _known(request, webhook.secret):
            return _refuse("wrong_secret", 401)
        body = await _body(request)
        if body is None:
            return _refuse("too_large", 413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            update = None
        key = update_key(update)
        if key is None:
            return _refuse("malformed", 400)
        try:
            await receive(Update(CHANNEL, key, update))
        except Exception as error:
            return _refuse("not_stored", 503, error=type(error).__name__)
        return web.Response()

    return web.post(PATH, take)


def _known(request: web.Request, secret: str) -> bool:
    given = request.headers.get(SECRET_HEADER, "")
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


async def _body(request: web.Request) -> bytes | None:
    """The body, or `None` as soon as it is seen to be too large."""
    body = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _refuse(reason: str, status: int, **fields: str) -> web.Response:
    structlog.get_logger().warning("telegram_webhook_refused", reason=reason, status=status, **fields)
    return web.Response(status=status)
