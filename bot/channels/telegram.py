"""The Telegram channel: aiogram as transport only, raw updates in, text with inline buttons and documents out.

The bot token is part of every URL. No exception and no log line of this file carries one: failures are described anew,
outside the `except` clause, so that they do not drag the original along.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import structlog
from aiogram import Bot, exceptions, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientConnectorError, ClientTimeout, ConnectionTimeoutError, web

from bot.channels import TOKEN_SILENCE, ChannelRefused, DeliveryError, Limits, Message, Receive, Update
from bot.channels.telegram_calls import RawUpdates, Session, Unreadable, order_of
from bot.channels.telegram_updates import CHANNEL, WANTED, callback_id, read_update, update_key
from bot.channels.telegram_webhook import DOOR, PATH
from bot.channels.webhooks import Webhook, route
from handlers import Attachment, Incoming

Result = TypeVar("Result")
Pause = Callable[[float], Awaitable[None]]

API_BASE = "https://api.telegram.org"
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
CONNECT_SECONDS = 10
DOWNLOAD_SECONDS = 60
LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Bytes: Telegram hands bots nothing larger (core.telegram.org/bots/api#getfile)."""
FLOOD_PAUSE = 30.0
"""Seconds of silence after a 429 that does not say how long."""


# What a failed send means, where aiogram's kind of exception says it all.
FAILURES: tuple[tuple[type[Exception], str, dict[str, Any]], ...] = (
    (exceptions.TelegramUnauthorizedError, "token refused", {"retryable": True, "retry_after": TOKEN_SILENCE}),
    (exceptions.TelegramNotFound, "token refused", {"retryable": True, "retry_after": TOKEN_SILENCE}),
    (exceptions.TelegramForbiddenError, "the person blocked the bot or never started it", {"address_gone": True}),
    (exceptions.TelegramMigrateToChat, "the chat moved to another id", {"address_gone": True}),
    (exceptions.TelegramEntityTooLarge, "the file is too large for Telegram", {}),
    (exceptions.TelegramServerError, "Telegram has a fault of its own", {"retryable": True}),
    (Unreadable, "the answer of Telegram cannot be read", {"unknown": True}),
)
# What Telegram says when a chat cannot be written to, in lower case.
GONE = (
    "chat not found",
    "user is deactivated",
    "peer_id_invalid",
    "user not found",
    "chat_write_forbidden",
    "rights to send",
)
# Its other refusals, as staff may read them; its own sentence is not shown, it may quote the message.
REFUSALS = {
    "too long": "the text is too long for Telegram",
    "text is empty": "the text is empty",
    "button_data_invalid": "the id of a button does not fit 64 bytes",
    "must be non-empty": "the file is empty",
    "can't parse": "Telegram cannot read the text",
}
TOKEN_HINT = "set TELEGRAM_BOT_TOKEN to the token that @BotFather gives"  # noqa: S105  # a sentence, no token


class NotStored(Exception):
    """`receive` failed; the update is asked for again."""


class Telegram:
    """A bot at `api_base`: asks for updates (`webhook` is None) or lets Telegram bring them to `routes`.

    Raises `ChannelRefused` at once for a token that cannot be right. `poll_seconds` is how long one question for
    updates may stay open, `answer_seconds` how long Telegram may take beyond that, `pause` how to wait after a failure.
    """

    name = CHANNEL
    limits = Limits(characters=4096, buttons=100, files=True, markup=False, edits=True, captions=1024, labels=64)

    def __init__(
        self,
        token: str,
        *,
        api_base: str = API_BASE,
        webhook: Webhook | None = None,
        poll_seconds: int = 25,
        answer_seconds: float = 10.0,
        pause: Pause = asyncio.sleep,
    ) -> None:
        timeout = ClientTimeout(total=poll_seconds + answer_seconds, connect=CONNECT_SECONDS)
        session = Session(api=TelegramAPIServer.from_base(api_base), timeout=timeout)
        self._bot = _bot(token.strip(), session)
        self._webhook = webhook
        self._poll_seconds = poll_seconds
        self._pause = pause
        self._last_problem: str | None = None
        # aiogram makes the type of an answer anew, which takes milliseconds, whenever nobody holds the last one.
        self._answers = methods.Response[dict[str, Any]]

    async def check(self) -> bool:
        """Ask Telegram whether it knows the token; raises `ChannelRefused` if not. False where Telegram cannot be
        reached, which is only logged: `listen` keeps trying."""
        try:
            await self._bot(methods.GetMe())
        except (exceptions.TelegramUnauthorizedError, exceptions.TelegramNotFound):
            pass
        except Exception as error:
            self._complain(error)
            return False
        else:
            return True
        raise ChannelRefused(f"Telegram refused the bot token: {TOKEN_HINT}")

    async def close(self) -> None:
        """Close the connections; the channel cannot be used afterwards."""
        await self._bot.session.close()

    def routes(self, receive: Receive) -> list[web.RouteDef]:
        """Where Telegram brings updates; empty without a webhook."""
        return [route(DOOR, self._webhook, receive)] if self._webhook else []

    async def listen(self, receive: Receive) -> None:
        """Hand every update to `receive` until cancelled; an update is confirmed only after `receive` returned.

        With a webhook the updates come through `routes`; this only tells Telegram where, and waits.
        """
        if self._webhook:
            url = self._webhook.base_url.rstrip("/") + PATH
            order = methods.SetWebhook(url=url, secret_token=self._webhook.secret, allowed_updates=WANTED)
            await self._insist(partial(self._bot, order))
            await asyncio.Event().wait()
        # Telegram answers no question for updates while a webhook of an earlier run is set.
        await self._insist(partial(self._bot, methods.DeleteWebhook()))
        offset: int | None = None
        while True:
            offset = await self._poll(receive, offset)

    def read(self, payload: dict[str, Any]) -> Incoming | None:
        """What a stored update says; see `telegram_updates`."""
        return read_update(payload)

    async def send(self, address: str, message: Message) -> str:
        """Send one message and return its message_id; raises `DeliveryError` and nothing else."""
        try:
            sent = await self._bot(order_of(address, message))
            return str(sent.get("message_id", ""))
        except DeliveryError:
            raise
        except Exception as error:
            failure = delivery_error(error)
        raise failure

    async def fetch(self, file: Attachment) -> bytes:
        """Download a file that somebody sent; raises `DeliveryError` and nothing else."""
        try:
            found = await self._bot(methods.GetFile(file_id=file.reference))
            content = await self._bot.download_file(found.file_path or "", timeout=DOWNLOAD_SECONDS)
            return content.read(LARGEST_DOWNLOAD) if content else b""
        except Exception as error:
            failure = delivery_error(error)
        raise failure

    async def acknowledge(self, payload: dict[str, Any]) -> None:
        """Stop the spinner of a tapped button. Telegram takes late answers for errors: nothing depends on them."""
        identity = callback_id(payload)
        if identity is None:
            return
        try:
            await self._bot(methods.AnswerCallbackQuery(callback_query_id=identity))
        except Exception as error:
            structlog.get_logger().debug("telegram_tap_not_answered", error=type(error).__name__)

    async def _poll(self, receive: Receive, offset: int | None) -> int | None:
        """One question for updates; gives the next offset.

        After an empty answer all is confirmed and no offset is sent: after a quiet week Telegram numbers anew, and
        an old offset would confirm what was never seen.
        """
        question = RawUpdates(offset=offset, timeout=self._poll_seconds, allowed_updates=WANTED)
        updates = await self._insist(partial(self._bot, question))
        following: int | None = None
        for update in updates or ():
            key = update_key(update)
            if key is None:
                structlog.get_logger().warning("telegram_update_without_id")
                continue
            await self._insist(partial(_hand_over, receive, key, update))
            following = int(key) + 1
        return following

    async def _insist(self, action: Callable[[], Awaitable[Result]]) -> Result:
        """Try until it works, with growing pauses that differ from process to process."""
        longest = FIRST_PAUSE
        while True:
            try:
                result = await action()
            except Exception as error:
                self._complain(error)
                retry_after = getattr(error, "retry_after", 0)
            else:
                self._last_problem = None
                return result
            await self._pause(max(retry_after, random.uniform(longest / 2, longest)))  # noqa: S311
            longest = min(longest * 2, LONGEST_PAUSE)

    def _complain(self, error: Exception) -> None:
        """Log a failure with what to do, once until something works again or fails differently."""
        problem, advice = _advice(error)
        if problem != self._last_problem:
            self._last_problem = problem
            structlog.get_logger().error(problem, channel=self.name, error=type(error).__name__, advice=advice)


def _bot(token: str, session: AiohttpSession) -> Bot:
    try:
        return Bot(token, session=session)
    except TokenValidationError:
        pass
    raise ChannelRefused(f"The bot token does not have the form 123456:ABC…: {TOKEN_HINT}")


async def _hand_over(receive: Receive, key: str, update: dict[str, Any]) -> None:
    try:
        await receive(Update(CHANNEL, key, update))
    except Exception as error:
        kind = type(error).__name__
    else:
        return
    raise NotStored(kind)


def _advice(error: Exception) -> tuple[str, str]:
    """The name of a problem while listening, and what the operator can do."""
    match error:
        case NotStored():
            return "telegram_update_not_stored", f"see why the database refuses it ({error}); it is tried again"
        case exceptions.TelegramUnauthorizedError() | exceptions.TelegramNotFound():
            return "telegram_token_refused", TOKEN_HINT
        case exceptions.TelegramConflictError():
            return "telegram_conflict", "stop the other process that uses this bot token, or remove its webhook"
        case exceptions.TelegramBadRequest():
            return "telegram_refused", "check WEBHOOK_BASE_URL: a public https address on port 443, 80, 88 or 8443"
    return "telegram_unreachable", "check the route to TELEGRAM_API_BASE (a proxy may be needed); it is tried again"


def delivery_error(error: Exception) -> DeliveryError:
    """What a failed send means for delivery. Nothing of the original's text goes over: it may hold the token."""
    for kind, reason, meaning in FAILURES:
        if isinstance(error, kind):
            return DeliveryError(reason, **meaning)
    match error:
        case exceptions.TelegramRetryAfter():
            return DeliveryError("Telegram asks to wait", retryable=True, retry_after=float(error.retry_after))
        case exceptions.TelegramBadRequest():
            return _refusal(str(error).lower())
        case exceptions.TelegramNetworkError():
            return _network_failure(error.__cause__)
        case exceptions.TelegramAPIError() if "too many requests" in str(error).lower():
            return DeliveryError("Telegram asks to wait", retryable=True, retry_after=FLOOD_PAUSE)
    return DeliveryError(f"Telegram gave an answer that cannot be read ({type(error).__name__})", retryable=True)


def _refusal(description: str) -> DeliveryError:
    if any(sign in description for sign in GONE):
        return DeliveryError("the chat does not exist or may not be written to", address_gone=True)
    known = (reason for sign, reason in REFUSALS.items() if sign in description)
    return DeliveryError(next(known, "Telegram refused the message"))


def _network_failure(cause: BaseException | None) -> DeliveryError:
    """Nothing was sent where no connection came about; after that nobody knows."""
    if isinstance(cause, ClientConnectorError | ConnectionTimeoutError):
        return DeliveryError("Telegram cannot be reached", retryable=True)
    return DeliveryError("the connection broke before Telegram answered", unknown=True)
