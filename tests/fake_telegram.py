"""Telegram's Bot API on loopback, as far as the bot uses it; python-telegram-bot says how its objects look."""

import asyncio
import json
import re
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import telegram
from aiohttp import web

TOKEN = "123456:AAE-the-secret-half-of-the-token_xyz"
SENT_AT = datetime(2026, 7, 16, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Call:
    """One request of the bot: the method, its fields, the files by field name."""

    method: str
    fields: dict[str, str]
    files: dict[str, tuple[str, bytes]]

    def keyboard(self) -> telegram.InlineKeyboardMarkup | None:
        """The buttons as python-telegram-bot understands them."""
        raw = self.fields.get("reply_markup")
        return telegram.InlineKeyboardMarkup.de_json(json.loads(raw), None) if raw else None

    def labels(self) -> list[list[str]]:
        keyboard = self.keyboard()
        return [[button.text for button in row] for row in keyboard.inline_keyboard] if keyboard else []


@dataclass
class FakeTelegram:
    """`async with FakeTelegram() as server:` - `server.base` is what `api_base` must be.

    `answers[method]` holds prepared answers, used before the real ones: (status, body), "hang" or "drop".
    """

    updates: list[Any] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    answers: defaultdict[str, deque[Any]] = field(default_factory=lambda: defaultdict(deque))
    webhook: dict[str, str] = field(default_factory=dict)
    open_taps: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    base: str = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_post("/bot{token}/{method}", self._take)
        app.router.add_get("/file/bot{token}/{path:.*}", self._download)
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

    async def _take(self, request: web.Request) -> web.StreamResponse:
        call = await _call(request)
        self.calls.append(call)
        if request.match_info["token"] != TOKEN:
            return _error(401, "Unauthorized")
        if self.answers[call.method]:
            return await self._prepared(request, self.answers[call.method].popleft())
        answer = getattr(self, re.sub("([A-Z])", r"_\1", f"_{call.method}").lower(), None)
        return await answer(call) if answer else _error(404, "Not Found")

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

    async def _get_me(self, call: Call) -> web.Response:
        return _ok(telegram.User(id=123456, first_name="Công đoàn", is_bot=True, username="sample_bot").to_dict())

    async def _get_updates(self, call: Call) -> web.Response:
        if self.webhook:
            return _error(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        self._confirm(call)
        if not self.updates:
            await asyncio.sleep(0.02)
            self._confirm(call)
        return _ok(self.updates[:100])

    def _confirm(self, call: Call) -> None:
        if offset := int(call.fields.get("offset", 0)):
            self.updates = [update for update in self.updates if _number(update) >= offset]

    async def _send_message(self, call: Call) -> web.Response:
        if not call.fields.get("text", "").strip():
            return _error(400, "Bad Request: message text is empty")
        if _units(call.fields["text"]) > 4096:
            return _error(400, "Bad Request: message is too long")
        return self._sent(call, text=call.fields["text"])

    async def _send_document(self, call: Call) -> web.Response:
        key = call.fields["document"].removeprefix("attach://")
        name, content = call.files[key]
        if not content:
            return _error(400, "Bad Request: file must be non-empty")
        if _units(call.fields.get("caption", "")) > 1024:
            return _error(400, "Bad Request: message caption is too long")
        document = telegram.Document(file_id="F", file_unique_id="U", file_name=name, file_size=len(content))
        return self._sent(call, document=document, caption=call.fields.get("caption"))

    def _sent(self, call: Call, **content: Any) -> web.Response:
        for row in keyboard.inline_keyboard if (keyboard := call.keyboard()) else ():
            for button in row:
                if not 1 <= len(str(button.callback_data).encode()) <= 64:
                    return _error(400, "Bad Request: BUTTON_DATA_INVALID")
        number = len(self.called("sendMessage", "sendDocument"))
        chat = telegram.Chat(id=int(call.fields["chat_id"]), type="private")
        return _ok(telegram.Message(message_id=number, date=SENT_AT, chat=chat, **content).to_dict())

    async def _get_file(self, call: Call) -> web.Response:
        if call.fields["file_id"] not in self.files:
            return _error(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        path = f"documents/{call.fields['file_id']}"
        return _ok(telegram.File(file_id=call.fields["file_id"], file_unique_id="U", file_path=path).to_dict())

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            return _error(401, "Unauthorized")
        return web.Response(body=self.files[request.match_info["path"].removeprefix("documents/")])

    async def _answer_callback_query(self, call: Call) -> web.Response:
        if call.fields["callback_query_id"] not in self.open_taps:
            return _error(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.open_taps.remove(call.fields["callback_query_id"])
        return _ok(True)

    async def _set_webhook(self, call: Call) -> web.Response:
        self.webhook = call.fields
        return _ok(True)

    async def _delete_webhook(self, call: Call) -> web.Response:
        self.webhook = {}
        return _ok(True)


async def _call(request: web.Request) -> Call:
    files = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            with value.file:
                files[name] = (value.filename, value.file.read())
    return Call(request.match_info["method"], await fields_of(request), files)


async def fields_of(request: web.Request) -> dict[str, str]:
    """The fields of a form or of a JSON body, as Telegram takes both; what is no string, as JSON."""
    if request.content_type == "application/json":
        found = json.loads(await request.read())
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in found.items()}
    return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


def _ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _error(status: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, "description": description}, status=status)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _number(update: Any) -> int:
    return update.get("update_id", 0) if isinstance(update, dict) else 0


def said(number: int, text: str, chat: int = 77, kind: str = "private", **content: Any) -> dict[str, Any]:
    """An update with a message, made by python-telegram-bot."""
    person = telegram.User(id=chat, first_name="Cán bộ", is_bot=False)
    where = telegram.Chat(id=chat, type=kind)
    message = telegram.Message(
        message_id=number + 1000, date=SENT_AT, chat=where, from_user=person, text=text or None, **content
    )
    return telegram.Update(update_id=number, message=message).to_dict()


def tapped(number: int, data: str, chat: int = 77) -> dict[str, Any]:
    """An update with a tapped button, made by python-telegram-bot."""
    person = telegram.User(id=chat, first_name="Cán bộ", is_bot=False)
    message = telegram.Message(message_id=5, date=SENT_AT, chat=telegram.Chat(id=chat, type="private"))
    query = telegram.CallbackQuery(id=f"tap{number}", from_user=person, chat_instance="1", data=data, message=message)
    return telegram.Update(update_id=number, callback_query=query).to_dict()
