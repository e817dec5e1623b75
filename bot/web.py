"""The demonstration page and its JSON interface; what lies behind it is an `Office`."""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, Template

from bot.channels import Button, Message
from bot.handed_out import handed_out, picture_type
from bot.office import Office, Refused
from bot.rendering import clean
from bot.web_guard import guard, phrases
from handlers import Attachment
from scheduler import ZONE

PAGES = Path(__file__).parent / "pages"
LONGEST_TEXT = 64 * 1024
LARGEST_FILE = 10 * 1024 * 1024
LONGEST_BODY = 16 * 1024 * 1024
"""Bytes: of a text in UTF-8, of a file, and of a request, which writes three bytes of a file as four."""
KEPT_FILES = 100


def demonstration_app(office: Office) -> web.Application:
    """The page, its files and its JSON interface. Answers requests to a loopback name only; see `web_guard`."""
    interface = Interface(office)
    app = web.Application(middlewares=[guard], client_max_size=LONGEST_BODY)
    app.add_routes(
        [
            web.get("/", interface.page),
            web.get("/api/personas", interface.personas),
            web.get("/api/transcript", interface.transcript),
            web.post("/api/say", interface.say),
            web.get("/api/letters", interface.letters),
            web.get("/api/clock", interface.clock),
            web.post("/api/clock", interface.move_clock),
            web.get("/files/{key}", interface.file),
            *(web.get(f"/{name}", _static) for name in ("page.css", "page.js", "icon.svg")),
        ]
    )
    return app


class Interface:
    """The request handlers; `files` keeps the latest files the bot sent, under the hash of their content."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.files: dict[str, Attachment] = {}

    async def page(self, request: web.Request) -> web.Response:
        """GET / - the page itself."""
        words = phrases(request)
        text = _template().render(say=words.say, language=words.language)
        return web.Response(text=text, content_type="text/html", charset="utf-8")

    async def personas(self, request: web.Request) -> web.Response:
        """GET /api/personas - everybody the visitor can be, with the number of letters each has got."""
        return web.json_response(
            {
                "personas": [
                    {
                        "id": persona.id,
                        "name": persona.name,
                        "role": persona.role,
                        "union": persona.union,
                        "letters": len(self.office.letters(persona.id)),
                    }
                    for persona in self.office.personas()
                ]
            }
        )

    async def say(self, request: web.Request) -> web.Response:
        """POST /api/say {"persona", "text" or "choice" or "file": {"name", "media_type", "content"}} - the replies.

        The content of a file is base64.
        """
        body = await _body(request, "page-error-request")
        persona = self._persona(request, body.get("persona"))
        replies = await self.office.say(persona, *_said(request, body))
        return web.json_response({"replies": [self._message(reply) for reply in replies]})

    async def letters(self, request: web.Request) -> web.Response:
        """GET /api/letters?persona= - what the bot sent unprompted."""
        letters = self.office.letters(self._persona(request, request.query.get("persona")))
        return web.json_response(
            {
                "letters": [
                    {
                        "at": letter.at.isoformat(),
                        "kind": letter.kind,
                        "text": letter.text,
                        "choices": _choices(letter.choices),
                    }
                    for letter in letters
                ]
            }
        )

    async def transcript(self, request: web.Request) -> web.Response:
        """GET /api/transcript?persona= - both sides, so that a page that was loaded again shows them."""
        lines = self.office.transcript(self._persona(request, request.query.get("persona")))
        return web.json_response(
            {
                "lines": [
                    {
                        "by": line.by,
                        "at": line.at.isoformat(),
                        "unprompted": line.unprompted,
                        **self._message(Message(line.text, line.choices, line.file)),
                    }
                    for line in lines
                ]
            }
        )

    async def clock(self, request: web.Request) -> web.Response:
        """GET /api/clock - the demonstration's time and where it can be moved."""
        targets = [{"label": label, "to": to.isoformat()} for label, to in self.office.clock_targets()]
        return web.json_response({"now": self.office.now().isoformat(), "targets": targets})

    async def move_clock(self, request: web.Request) -> web.Response:
        """POST /api/clock {"to": ISO time} - moves the clock forward; a time without offset is Viet Nam time."""
        body = await _body(request, "page-error-time")
        try:
            to = datetime.fromisoformat(str(body.get("to")))
            to = to.astimezone(ZONE) if to.tzinfo else to.replace(tzinfo=ZONE)
        except (ValueError, OverflowError):
            raise Refused(phrases(request).say("page-error-time")) from None
        now = self.office.now()
        if to < now:
            raise Refused(phrases(request).say("page-error-backward", now=now))
        await self.office.move_clock(to)
        return await self.clock(request)

    async def file(self, request: web.Request) -> web.Response:
        """GET /files/<key> - a file that the bot sent."""
        file = self.files.get(request.match_info["key"])
        if file is None:
            raise web.HTTPNotFound
        return handed_out(file)

    def _persona(self, request: web.Request, persona: object) -> str:
        if isinstance(persona, str) and any(persona == known.id for known in self.office.personas()):
            return persona
        named = clean(str(persona or ""))[:40]
        raise Refused(phrases(request).say("page-error-persona", persona=named), status=404)

    def _message(self, message: Message) -> dict[str, Any]:
        return {"text": message.text, "choices": _choices(message.buttons), "file": self._link(message.file)}

    def _link(self, file: Attachment | None) -> dict[str, str | bool] | None:
        if file is None:
            return None
        key = hashlib.sha256(file.name.encode() + b"\0" + file.content).hexdigest()[:32]
        self.files.pop(key, None)
        self.files[key] = file
        while len(self.files) > KEPT_FILES:
            del self.files[next(iter(self.files))]
        return {"name": file.name, "url": f"/files/{key}", "picture": picture_type(file) is not None}


async def _body(request: web.Request, refusal: str) -> dict[str, Any]:
    """The JSON object of a request; raises `Refused` with the phrase `refusal` for anything else."""
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Refused(phrases(request).say(refusal))
    return body


def _said(request: web.Request, body: dict[str, Any]) -> tuple[str | None, str | None, Attachment | None]:
    """The text, the choice or the file of a request, exactly one of them; raises `Refused` for anything else."""
    said = {name: body[name] for name in ("text", "choice", "file") if body.get(name) is not None}
    if len(said) != 1:
        raise Refused(phrases(request).say("page-error-request"))
    if "file" in said:
        return None, None, _sent_file(request, said["file"])
    if not all(isinstance(value, str) and clean(value).strip() for value in said.values()):
        raise Refused(phrases(request).say("page-error-request"))
    if any(len(value.encode("utf-8", "surrogatepass")) > LONGEST_TEXT for value in said.values()):
        raise Refused(phrases(request).say("page-error-long"), status=413)
    text, choice = said.get("text"), said.get("choice")
    return clean(text) if text else None, clean(choice) if choice else None, None


def _sent_file(request: web.Request, file: object) -> Attachment:
    """A file that the visitor sends; raises `Refused` for one that cannot be read or is too large."""
    fields = file if isinstance(file, dict) else {}
    name, media_type, content = (fields.get(key) for key in ("name", "media_type", "content"))
    try:
        raw = base64.b64decode(content, validate=True) if isinstance(content, str) else b""
    except binascii.Error:
        raw = b""
    if not (isinstance(name, str) and isinstance(media_type, str) and raw):
        raise Refused(phrases(request).say("page-error-file"))
    if len(raw) > LARGEST_FILE:
        raise Refused(phrases(request).say("page-error-file-large"), status=413)
    return Attachment(clean(name)[:200], clean(media_type)[:100], raw)


async def _static(request: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGES / request.path.removeprefix("/"))


def _choices(buttons: Sequence[Button]) -> list[dict[str, str]]:
    return [{"id": button.id, "label": button.label} for button in buttons]


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(PAGES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("page.html")
