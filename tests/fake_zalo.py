"""Zalo's Bot API on loopback as its documents and the captures of live bots describe it, doubtful shapes included."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

TOKEN = "1459232241454765289:JsBeTheSecretHalfOfTheToken"
CHAT = "6ede9afa66b88fe6d6a9"
SENT_AT = 1_790_000_000_000


@dataclass(frozen=True)
class Call:
    """One request of the bot."""

    method: str
    fields: dict[str, Any]


@dataclass
class FakeZalo:
    """`async with FakeZalo() as server:` - `server.base` is what `api_base` must be.

    `answers[method]` holds prepared answers, used before the real ones: (status, body), "hang" or "drop". `idle` is
    what an unanswered question for events ends with.
    """

    calls: list[Call] = field(default_factory=list)
    answers: defaultdict[str, deque[Any]] = field(default_factory=lambda: defaultdict(deque))
    webhook: dict[str, str] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    idle: tuple[int, Any] = (200, {"ok": False, "description": "Request timeout", "error_code": 408})
    polls: int = 0
    base: str = ""

    async def __aenter__(self) -> Self:
        self.events: asyncio.Queue[Any] = asyncio.Queue()
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._take)
        app.router.add_get("/media/{name}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def called(self, *methods: str) -> list[Call]:
        """The calls of these methods, in order."""
        return [call for call in self.calls if call.method in methods]

    def texts(self) -> list[str]:
        """What was sent, in order."""
        return [call.fields["text"] for call in self.called("sendMessage")]

    async def _take(self, request: web.Request) -> web.StreamResponse:
        call = Call(request.match_info["method"], await request.json())
        self.calls.append(call)
        if request.match_info["token"] != TOKEN:
            return refused(401, "Unauthorized")
        if self.answers[call.method]:
            return await self._prepared(request, self.answers[call.method].popleft())
        known = {
            "getMe": self._me,
            "getUpdates": self._updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "sendMessage": self._send,
        }
        return await known[call.method](call) if call.method in known else refused(404, "Not found")

    async def _prepared(self, request: web.Request, answer: Any) -> web.StreamResponse:
        if answer == "hang":
            await asyncio.sleep(5)
        if answer in ("drop", "hang"):
            assert request.transport
            request.transport.close()
            return web.Response()
        status, body = answer
        if isinstance(body, str):
            return web.Response(status=status, text=body, content_type="text/html")
        return web.json_response(body, status=status)

    async def _me(self, call: Call) -> web.Response:
        bot = {
            "id": "1459232241454765289",
            "account_name": "bot.mau",
            "account_type": "BASIC",
            "can_join_groups": False,
        }
        return done(bot)

    async def _updates(self, call: Call) -> web.Response:
        """One event, gone once it was handed out; nothing while a webhook is set."""
        if self.webhook:
            return refused(400, "Bad request: webhook is active")
        self.polls += 1
        try:
            async with asyncio.timeout(float(call.fields.get("timeout", 30))):
                return done(await self.events.get())
        except TimeoutError:
            return web.json_response(self.idle[1], status=self.idle[0])

    async def _set_webhook(self, call: Call) -> web.Response:
        if not 8 <= len(call.fields.get("secret_token", "")) <= 256:
            return refused(400, "Bad request: secret_token")
        self.webhook = call.fields
        return done({"url": call.fields["url"], "updated_at": SENT_AT})

    async def _delete_webhook(self, call: Call) -> web.Response:
        self.webhook = {}
        return done({"url": "", "updated_at": SENT_AT})

    async def _send(self, call: Call) -> web.Response:
        text = call.fields.get("text", "")
        if not 1 <= len(text.encode("utf-16-le")) // 2 <= 2000:
            return refused(400, "Bad request: text must have 1 to 2000 characters")
        if call.fields.get("chat_id") != CHAT:
            return refused(404, "Chat not found")
        return done({"message_id": f"9f{len(self.calls):04x}e1", "date": SENT_AT})

    async def _download(self, request: web.Request) -> web.Response:
        content = self.media.get(request.match_info["name"])
        return web.Response(status=404) if content is None else web.Response(body=content)


def done(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def refused(code: int, description: str) -> web.Response:
    """A refusal, as Zalo answers one: with HTTP 200."""
    return web.json_response({"ok": False, "description": description, "error_code": code})


def event(number: int, name: str = "text", chat: str = CHAT, kind: str = "PRIVATE", **content: Any) -> dict[str, Any]:
    """An event in its flat form; `name` is "text", "image", "voice", "sticker" or "unsupported"."""
    return {
        "event_name": f"message.{name}.received",
        "message": {
            "from": {"id": CHAT, "display_name": "Cán bộ", "is_bot": False},
            "chat": {"id": chat, "chat_type": kind},
            "message_id": f"2d{number:04x}35",
            "date": SENT_AT + number,
            **content,
        },
    }


def wrapped(flat: dict[str, Any]) -> dict[str, Any]:
    """The same event in the form of the documents."""
    return {"ok": True, "result": flat}
