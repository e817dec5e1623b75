"""Replays golden talks: a real database, closed and opened again between turns, a fake channel and a walking clock."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.app import build_house, shelf_of, timetable_of, walk
from bot.channels import DeliveryError, Limits, Message, Receive, Update
from bot.clock import StandingClock
from bot.organisation_file import COLUMNS, OPTIONAL, wanted
from bot.seed import seed
from bot.settings import Settings
from bot.talks import Script, Step, bot_says, head, moment_of, written
from bot.turns import keep, take
from db import Role, officers, unions
from db.store import Connection, Store
from handlers import Attachment, Incoming
from handlers.spreadsheets import read_rows
from knowledge.index import Library

CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
"""The code of an invitation."""

GROUP = "nhom"
"""With what the address of a group chat begins in a talk."""

FILES = Path(__file__).parent / "conversations" / "files"
"""What `PR-01: <name>` sends and `! imports name` brings in."""


class TalkChannel:
    """A channel with buttons that keeps what was sent, and to whom."""

    name = "talk"
    limits = Limits(characters=4000, buttons=100, files=True, markup=False, edits=False)

    def __init__(self, blocked: set[str]) -> None:
        self.sent: list[tuple[str, Message]] = []
        self.blocked = blocked

    async def listen(self, receive: Receive) -> None:
        """A talk speaks through `TalkRoom.says`."""

    def read(self, payload: dict[str, Any]) -> Incoming | None:
        text = payload["text"]
        if text.startswith("<") and text.endswith(">"):
            file = FILES / text[1:-1]
            return Incoming(
                self.name, payload["id"], payload["address"], file=Attachment(file.name, "", file.read_bytes())
            )
        if payload["address"].startswith(GROUP):
            return (
                Incoming(self.name, payload["id"], payload["address"], text, group="said") if text[0] == "/" else None
            )
        return Incoming(self.name, payload["id"], payload["address"], text)

    async def fetch(self, file: Attachment) -> bytes:
        return file.content

    async def send(self, address: str, message: Message) -> str:
        if address in self.blocked:
            raise DeliveryError("the person blocked the bot", address_gone=True)
        self.sent.append((address, message))
        return str(len(self.sent))

    async def acknowledge(self, payload: dict[str, Any]) -> None:
        """Nothing shows that a button was understood."""


class TalkRoom:
    """An office in which a talk takes place; every step opens the database anew."""

    def __init__(self, folder: Path, library: Library, script: Script, url: str | None = None) -> None:
        self.url = url or f"sqlite:///{folder / 'talk.sqlite'}"
        self.folder = folder
        self.library = library
        self.script = script
        first = script.steps[0]
        assert first.kind == "clock", "a talk begins with the clock: `@ 2025-03-25 08:00`"
        self.clock = StandingClock(moment_of(first.text))
        self.blocked: set[str] = set()
        self.codes: list[str] = []
        self.spoken = 0
        with self._opened() as connection:
            seed(connection, self.clock.now(), TalkChannel.name, people=script.people)

    @contextmanager
    def _opened(self) -> Iterator[Connection]:
        """The database, as somebody would open it beside the bot."""
        store = Store.open(self.url)
        try:
            with store.transaction() as connection:
                yield connection
        finally:
            store.close()

    def replay(self) -> str:
        """The whole talk as it went, in the format of the file."""
        lines = list(head(self.script))
        for step in self.script.steps:
            lines.append(written(step))
            lines += asyncio.run(self._step(step))
        return "\n".join(lines) + "\n"

    async def _step(self, step: Step) -> list[str]:
        if step.kind == "blocks":
            self.blocked.add(step.who)
            return []
        if step.kind in ("joins", "imports"):
            with self._opened() as connection:
                (self._joins if step.kind == "joins" else self._imports)(connection, step)
            return []
        store = Store.open(self.url)
        channel = TalkChannel(self.blocked)
        timetable = timetable_of(store, Settings(_env_file=None), self.clock)
        shelf = shelf_of(store, self.folder, self.library)
        shelf.catch_up(self.clock.now())
        house = build_house(store, shelf, self.clock, {channel.name: channel}, timetable)
        if step.kind == "clock":
            await walk(house, moment_of(step.text))
        else:
            self.spoken += 1
            payload = {"id": str(self.spoken), "address": step.who, "text": self._with_codes(step.text)}
            number = keep(house.tools, Update(channel.name, str(self.spoken), payload))
            assert number is not None
            take(house.tools, number)
            await house.delivery.deliver()
        shelf.close()
        store.close()
        return [self._without_codes(line) for line in self._lines(step, channel)]

    def _joins(self, connection: Connection, step: Step) -> None:
        """Somebody gets a post in a union, and is reached at its code."""
        union = unions.get(connection, step.who, self.clock.now().date())
        assert union is not None, step.who
        role: Role = "officer" if union.level == "grassroots" else "staff"
        officers.add(connection, union.code, role, TalkChannel.name, union.code, self.clock.now())

    def _imports(self, connection: Connection, step: Step) -> None:
        """The organisation changes as `congdoan org import` would change it today."""
        known = unions.histories(connection)
        table = read_rows(step.text, (FILES / step.text).read_bytes(), COLUMNS, OPTIONAL)
        asked = wanted(table, known, self.clock.now().date())
        assert asked.mistakes == ()
        unions.keep(connection, list(asked.unions.values()))

    @staticmethod
    def _lines(step: Step, channel: TalkChannel) -> Iterator[str]:
        for address, message in channel.sent:
            yield from bot_says(message, None if address == step.who else address)

    def _without_codes(self, line: str) -> str:
        """Codes differ at every replay: the talk calls the first {code 1}."""
        for code in CODE.findall(line):
            if code not in self.codes:
                self.codes.append(code)
            line = line.replace(code, f"{{code {self.codes.index(code) + 1}}}")
        return line

    def _with_codes(self, text: str) -> str:
        return re.sub(r"\{code (\d+)\}", lambda found: self.codes[int(found[1]) - 1], text)
