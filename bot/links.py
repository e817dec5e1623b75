"""Files behind short-lived signed links, for channels that carry none: signed when a letter is sent, served from it.

A link names the letter that the file belongs to, until when it opens, and a signature with a key that only this
office's database knows. It serves as often as it is asked for: messengers look at links before people do.
"""

import asyncio
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from bot.clock import Clock
from bot.handed_out import handed_out
from db import Letter, notes, outbox
from db.store import Connection, Store
from handlers import Attachment
from handlers.phrasebook import Phrases
from handlers.replies import from_json
from scheduler import ZONE

PATH = "/files/"
KEY = "link key"
"""The note that holds the key of the signatures."""
LIFETIME = timedelta(days=2)
TOKEN = re.compile(r"([0-9]{1,18})-([0-9]{1,12})-([0-9a-f]{32})")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Links:
    """Links to this process at its public address `base_url`; without one there are none."""

    base_url: str | None = None

    def words(self, connection: Connection, letter: Letter, now: datetime) -> str:
        """How the person gets the file of a letter, in words; empty where it has none."""
        file = from_json(letter.body).file
        if file is None:
            return ""
        phrases = Phrases("vi")
        if self.base_url is None:
            return phrases.say("file-elsewhere", name=file.name)
        until = (now + LIFETIME).astimezone(ZONE)
        link = self.base_url.rstrip("/") + PATH + _token(connection, letter.id, int(until.timestamp()))
        return phrases.say("file-link", name=file.name, link=link, until=until)


NO_LINKS = Links()


def file_behind(connection: Connection, token: str, now: datetime) -> Attachment | None:
    """The file that a link opens; `None` where the link is none of ours or too old, or the words were forgotten."""
    found = TOKEN.fullmatch(token)
    if found is None or int(found[2]) < now.timestamp():
        return None
    if not hmac.compare_digest(token, _token(connection, int(found[1]), int(found[2]))):
        return None
    letter = outbox.find(connection, int(found[1]))
    return from_json(letter.body).file if letter else None


def _token(connection: Connection, letter: int, until: int) -> str:
    signed = f"{letter}-{until}"
    signature = hmac.new(_key(connection), signed.encode(), "sha256").hexdigest()
    return f"{signed}-{signature[:32]}"


def _key(connection: Connection) -> bytes:
    """The key of this office, made when it is first needed."""
    known = notes.read(connection, KEY)
    if known is None:
        known = secrets.token_hex(32)
        notes.write(connection, KEY, known)
    return bytes.fromhex(known)


def link_route(store: Store, clock: Clock) -> web.RouteDef:
    """Where the links lead: the file, or in words that the link does not open any more."""

    def look(token: str) -> Attachment | None:
        with store.transaction() as connection:
            return file_behind(connection, token, clock.now())

    async def open_link(request: web.Request) -> web.Response:
        file = await asyncio.to_thread(look, request.match_info["token"])
        if file:
            answer = handed_out(file, looked_at=True)
        else:
            answer = web.Response(text=Phrases("vi").say("file-link-over"), status=404)
        answer.headers.update(HEADERS)
        return answer

    return web.get(PATH + "{token}", open_link)
