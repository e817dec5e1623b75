"""Telegram and Zalo in bad weather: the fakes of the other tests, which also fail, and note what reached whom."""

import asyncio
import re
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp import web

from tests import fake_telegram, fake_zalo
from tests.fake_telegram import FakeTelegram
from tests.fake_zalo import FakeZalo, done, refused
from tests.faults.weather import TAKEN, Fault, Weather

BUTTON_ID = re.compile(r'"callback_data": ?"([^"]+)"')
REMEMBERED = 100
"""So many calls are kept; what was sent is kept for good."""


@dataclass(frozen=True)
class Send:
    """A message that arrived; `heard` says whether the bot could know it."""

    address: str
    text: str
    heard: bool = True


class Peer(Protocol):
    """What a scenario needs of a messenger's server, whichever it is."""

    channel: str
    weather: Weather
    sends: list[Send]
    contacts: int
    base: str

    def settings(self) -> dict[str, str]:
        """The settings that lead a bot here."""

    def hears(self, number: int, address: str, text: str) -> None:
        """Somebody writes to the bot, which asks for updates."""


class StormyTelegram(FakeTelegram):
    """A Telegram in this weather; `shown` are the ids of all buttons that it was given to show."""

    channel = "telegram"

    def __init__(self, weather: Weather) -> None:
        super().__init__()
        self.weather = weather
        self.sends: list[Send] = []
        self.shown: list[str] = []
        self.contacts = 0

    def settings(self) -> dict[str, str]:
        return {"TELEGRAM_BOT_TOKEN": fake_telegram.TOKEN, "TELEGRAM_API_BASE": self.base}

    def hears(self, number: int, address: str, text: str) -> None:
        self.updates.append(fake_telegram.said(number, text, chat=int(address)))

    async def _take(self, request: web.Request) -> web.StreamResponse:
        self.contacts += 1
        del self.calls[:-REMEMBERED]
        if request.match_info["method"] not in ("sendMessage", "sendDocument"):
            return await super()._take(request)
        fields = await fake_telegram.fields_of(request)
        address, text = str(fields.get("chat_id")), str(fields.get("text", fields.get("caption", "")))
        self.shown += BUTTON_ID.findall(str(fields.get("reply_markup", "")))
        fault = self.weather.fault(address)
        refusal = {
            "flood": _telegram_error(429, "Too Many Requests: retry after 1", retry_after=1),
            "wordless flood": _telegram_error(429, "Too Many Requests"),
            "fault": _telegram_error(500, "Internal Server Error"),
            "blocked": _telegram_error(403, "Forbidden: bot was blocked by the user"),
        }.get(fault)
        return refusal or await _sent(self, request, fault, Send(address, text, fault not in TAKEN), super()._take)


class StormyZalo(FakeZalo):
    """A Zalo in this weather. An event is handed out once, to whoever asks at that moment; `handed` notes each with the
    number of the question, `events_of` the numbers of the questions by process."""

    channel = "zalo"

    def __init__(self, weather: Weather) -> None:
        super().__init__()
        self.weather = weather
        self.sends: list[Send] = []
        self.contacts = 0
        self.handed: list[str] = []

    def settings(self) -> dict[str, str]:
        return {"ZALO_BOT_TOKEN": fake_zalo.TOKEN, "ZALO_API_BASE": self.base, "ZALO_SPACING": "0.04"}

    def hears(self, number: int, address: str, text: str) -> None:
        self.events.put_nowait(event_from(number, address, text))

    async def _take(self, request: web.Request) -> web.StreamResponse:
        self.contacts += 1
        del self.calls[:-REMEMBERED]
        method = request.match_info["method"]
        if method == "getUpdates" and not self.webhook:
            return await self._handed_out(request)
        if method != "sendMessage":
            return await super()._take(request)
        fields = await request.json()
        fault = self.weather.fault(fields["chat_id"])
        if fault in ("flood", "wordless flood", "fault", "blocked"):
            code, words = {"fault": (500, "Internal server error"), "blocked": (400, "Chat not found")}.get(
                fault, (429, "Quota exceeded")
            )
            return refused(code, words)
        return await _sent(
            self, request, fault, Send(fields["chat_id"], fields["text"], fault not in TAKEN), super()._take
        )

    async def _handed_out(self, request: web.Request) -> web.StreamResponse:
        """The next event, for a process that is still there when it comes."""
        fields = await request.json()
        waits = min(float(fields.get("timeout", 30)), 5.0)
        loop = asyncio.get_running_loop()
        end = loop.time() + waits
        while loop.time() < end and request.transport is not None and not request.transport.is_closing():
            if not self.events.empty():
                event = self.events.get_nowait()
                self.handed.append(event["message"]["chat"]["id"])
                return done(event)
            await asyncio.sleep(0.01)
        return web.json_response(self.idle[1], status=self.idle[0])

    async def _send(self, call: fake_zalo.Call) -> web.Response:
        """As its parent's, for any chat."""
        if not 1 <= len(call.fields.get("text", "").encode("utf-16-le")) // 2 <= 2000:
            return refused(400, "Bad request: text must have 1 to 2000 characters")
        return done({"message_id": f"9f{len(self.sends):06x}", "date": fake_zalo.SENT_AT})


def event_from(number: int, address: str, text: str) -> dict[str, Any]:
    """What Zalo brings when somebody writes."""
    event = fake_zalo.event(number, chat=address, text=text)
    event["message"]["from"]["id"] = address
    return event


async def _sent(peer: Any, request: web.Request, fault: Fault, send: Send, take: Any) -> web.StreamResponse:
    """Take a message, or lose it, or lose the answer to it."""
    weather: Weather = peer.weather
    await asyncio.sleep(weather.delay())
    if fault == "reset":
        return _broken(request)
    answer: web.StreamResponse = await take(request)
    peer.sends.append(send)
    await asyncio.sleep(weather.hang_seconds if fault == "hang" else weather.delay())
    if fault == "garbage":
        return web.Response(text=weather.garbage(), content_type="application/json")
    return _broken(request) if fault in TAKEN else answer


def _broken(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def _telegram_error(status: int, words: str, **parameters: int) -> web.Response:
    body = {"ok": False, "error_code": status, "description": words}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=status)
