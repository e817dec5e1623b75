"""The Zalo channel: plain text in and out. Zalo has no buttons, no files to people, no edits, no menu of commands.

Zalo hands out each event once and forgets it: while it is asked for events, what it gave is stored before anything
else, also when the process is told to stop meanwhile.
"""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import structlog
from aiohttp import web

from bot.channels import ChannelRefused, DeliveryError, Limits, Message, Receive, Update
from bot.channels.webhooks import Webhook, route
from bot.channels.zalo_client import API_BASE, TOKEN, CallFailed, Client, TooLarge
from bot.channels.zalo_errors import FLOOD, IDLE, NOT_STORED, TOKEN_HINT, NotStored, advice_on, delivery_error
from bot.channels.zalo_updates import CHANNEL, read_event, update_key
from bot.channels.zalo_webhook import DOOR, PATH
from handlers import Attachment, Incoming

Result = TypeVar("Result")
Pause = Callable[[float], Awaitable[None]]

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
FIRST_SILENCE, LONGEST_SILENCE = 30.0, 3600.0
"""Seconds of silence after a 429, which never says how long: doubled each time it comes again."""
DOWNLOAD_SECONDS = 60
LARGEST_DOWNLOAD = 20 * 1024 * 1024
AT_ONCE = 0.2
"""Seconds: an idle answer that comes sooner did not wait, and is not asked for again without a pause."""


class Zalo:
    """A bot at `api_base`: asks for events (`webhook` is None) or lets Zalo bring them to `routes`.

    Raises `ChannelRefused` at once for a token that cannot be right. `poll_seconds` is how long one question for
    events may stay open, and so how long a stop may take; `answer_seconds` how long Zalo may take beyond that; `pause`
    how to wait after a failure.
    """

    name = CHANNEL
    limits = Limits(characters=2000, buttons=0, files=False, markup=False, edits=False, captions=2000)

    def __init__(
        self,
        token: str,
        *,
        api_base: str = API_BASE,
        webhook: Webhook | None = None,
        poll_seconds: int = 8,
        answer_seconds: float = 7.0,
        pause: Pause = asyncio.sleep,
    ) -> None:
        if not TOKEN.fullmatch(token.strip()):
            raise ChannelRefused(f"The bot token does not have the form 123456:abc…: {TOKEN_HINT}")
        self._client = Client(token.strip(), api_base, answer_seconds)
        self._webhook = webhook
        self._poll_seconds = poll_seconds
        self._longest_poll = poll_seconds + answer_seconds
        self._pause = pause
        self._last_problem: str | None = None
        self._silence = FIRST_SILENCE

    async def check(self) -> bool:
        """Ask Zalo whether it knows the token; raises `ChannelRefused` if not. False where Zalo cannot be reached,
        which is only logged: `listen` keeps trying."""
        try:
            await self._client.call("getMe")
        except CallFailed as error:
            if error.code not in (401, 404):
                self._complain(error)
                return False
        else:
            return True
        raise ChannelRefused(f"Zalo refused the bot token: {TOKEN_HINT}")

    async def close(self) -> None:
        """Close the connections; the channel cannot be used afterwards."""
        await self._client.close()

    def routes(self, receive: Receive) -> list[web.RouteDef]:
        """Where Zalo brings events; empty without a webhook."""
        return [route(DOOR, self._webhook, receive)] if self._webhook else []

    async def listen(self, receive: Receive) -> None:
        """Hand every event to `receive` until cancelled; a question for events that is open then is seen to its end.

        With a webhook the events come through `routes`; this only tells Zalo where, and waits.
        """
        if self._webhook:
            await self._insist(partial(self._announce, self._webhook))
            await asyncio.Event().wait()
        # Zalo answers no question for events while a webhook of an earlier run is set.
        await self._insist(self._retire)
        while True:
            work = asyncio.ensure_future(self._insist(partial(self._poll, receive)))
            try:
                await asyncio.shield(work)
            except asyncio.CancelledError:
                await self._end(work)
                raise

    def read(self, payload: dict[str, Any]) -> Incoming | None:
        """What a stored event says; see `zalo_updates`."""
        return read_event(payload)

    async def send(self, address: str, message: Message) -> str:
        """Send one message and return its id (empty where Zalo gives none); raises `DeliveryError` and nothing else."""
        if not re.fullmatch(r"[!-~]{1,120}", address):
            raise DeliveryError("the address is no Zalo chat id", address_gone=True)
        try:
            sent = await self._client.call("sendMessage", {"chat_id": address, "text": message.text})
        except CallFailed as error:
            failure = self._flooded() if error.code == FLOOD else delivery_error(error)
        else:
            self._silence = FIRST_SILENCE
            return str(sent.get("message_id") or "") if isinstance(sent, dict) else ""
        raise failure

    async def fetch(self, file: Attachment) -> bytes:
        """Download a picture or a voice that somebody sent; raises `DeliveryError` and nothing else.

        Only from https addresses, and from the address of the Bot API itself.
        """
        if not file.reference.startswith(("https://", self._client.base + "/")):
            raise DeliveryError("the file lies at no address that may be asked")
        try:
            return await self._client.download(file.reference, DOWNLOAD_SECONDS, LARGEST_DOWNLOAD)
        except TooLarge:
            failure = DeliveryError("the file is too large")
        except CallFailed:
            failure = DeliveryError("the file cannot be fetched", retryable=True)
        raise failure

    async def acknowledge(self, payload: dict[str, Any]) -> None:
        """Nothing to do: Zalo has nothing that would wait."""

    async def _announce(self, webhook: Webhook) -> None:
        """Tell Zalo where to bring events. It keeps the address also where its own trial of it failed."""
        url = webhook.base_url.rstrip("/") + PATH
        said = await self._client.call("setWebhook", {"url": url, "secret_token": webhook.secret})
        trial = said.get("verification") if isinstance(said, dict) else None
        if isinstance(trial, dict) and trial.get("ok") is False:
            advice = "let requests without a browser's headers through to WEBHOOK_BASE_URL"
            structlog.get_logger().error("zalo_webhook_not_reached", channel=self.name, advice=advice)

    async def _retire(self) -> None:
        """Take back the webhook of an earlier run, if there was one."""
        try:
            await self._client.call("deleteWebhook")
        except CallFailed as error:
            if error.code not in (400, 404):
                raise

    async def _poll(self, receive: Receive) -> None:
        """One question for events; what it brings is stored before this returns."""
        loop = asyncio.get_running_loop()
        asked = loop.time()
        try:
            answer = await self._client.call(
                "getUpdates", {"timeout": str(self._poll_seconds)}, waits=self._poll_seconds
            )
        except CallFailed as error:
            if error.code != IDLE:
                raise
            answer = None
            if loop.time() - asked < AT_ONCE:
                await self._pause(FIRST_PAUSE)
        for event in answer if isinstance(answer, list) else [answer] if answer else []:
            key = update_key(event)
            if key is None:
                structlog.get_logger().warning("zalo_event_without_name")
                continue
            await self._insist(partial(_hand_over, receive, key, event))

    async def _end(self, work: asyncio.Future[None]) -> None:
        """See a question for events to its end, and what it brought into the database."""
        out_of_reach = self._last_problem not in (None, NOT_STORED)
        await asyncio.wait({work}, timeout=0 if out_of_reach else self._longest_poll)
        if not work.done() and self._last_problem == NOT_STORED:
            structlog.get_logger().error("zalo_event_lost", channel=self.name, advice="ask the sender to write again")
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)

    async def _insist(self, action: Callable[[], Awaitable[Result]]) -> Result:
        """Try until it works, with growing pauses that differ from process to process."""
        longest = FIRST_PAUSE
        while True:
            try:
                result = await action()
            except (CallFailed, NotStored) as error:
                self._complain(error)
            else:
                self._last_problem = None
                return result
            await self._pause(random.uniform(longest / 2, longest))  # noqa: S311 - no secret
            longest = min(longest * 2, LONGEST_PAUSE)

    def _complain(self, error: CallFailed | NotStored) -> None:
        """Log a failure with what to do, once until something works again or fails differently."""
        problem, advice = advice_on(error)
        if problem != self._last_problem:
            self._last_problem = problem
            structlog.get_logger().error(problem, channel=self.name, error=str(error), advice=advice)

    def _flooded(self) -> DeliveryError:
        """The plan's quota is used up, or too much was sent at once; Zalo says neither which nor until when."""
        silence = random.uniform(self._silence, self._silence * 1.2)  # noqa: S311 - no secret
        self._silence = min(self._silence * 2, LONGEST_SILENCE)
        return DeliveryError("the quota of Zalo is used up", retryable=True, retry_after=silence)


async def _hand_over(receive: Receive, key: str, event: dict[str, Any]) -> None:
    try:
        await receive(Update(CHANNEL, key, event))
    except Exception as error:
        kind = type(error).__name__
    else:
        return
    raise NotStored(kind)
