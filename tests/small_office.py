"""A small office for tests: a real database, a clock that stands, and a channel that does what the test wants."""

import asyncio
import sqlite3
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import event, select

from bot.app import House, build_house, timetable_of
from bot.channels import Limits, Message, Receive, Update
from bot.clock import StandingClock
from bot.seed import seed
from bot.settings import Settings
from bot.turns import keep, ring, take
from db import Letter, conversations, officers, outbox, tables
from db.store import Connection, Store
from handlers import Attachment, Choice, Incoming
from handlers.replies import from_json
from knowledge.index import Library
from scheduler import ZONE

THURSDAY = datetime(2025, 3, 20, 9, 0, tzinfo=ZONE)
"""Two working days after the quarterly report was due, in speaking hours."""

CHANNEL = "fake"


class FakeChannel:
    """Keeps what was sent and to whom; `failures[address]` are raised first, one for each send."""

    name = CHANNEL
    limits = Limits(characters=4000, buttons=100, files=True, markup=False, edits=False)

    def __init__(self) -> None:
        self.sent: list[tuple[str, Message]] = []
        self.failures: defaultdict[str, deque[Exception | None]] = defaultdict(deque)
        self.contents: dict[str, bytes] = {}
        self.before_send: Callable[[], object] = lambda: None
        self.receive: asyncio.Future[Receive] | None = None

    async def listen(self, receive: Receive) -> None:
        """Nothing comes by itself: a test says what is received."""
        await asyncio.Event().wait()

    def read(self, payload: dict[str, Any]) -> Incoming | None:
        """A payload without an address is malformed."""
        if not isinstance(payload.get("address"), str):
            return None
        reference = payload.get("file")
        file = Attachment(reference, "image/jpeg", reference=reference) if reference else None
        text, choice, group = payload.get("text", ""), payload.get("choice"), payload.get("group")
        return Incoming(self.name, payload["id"], payload["address"], text, choice, file, group)

    async def fetch(self, file: Attachment) -> bytes:
        """The content that the test laid ready; each failure is raised once before it."""
        failure = self.failures[file.reference].popleft() if self.failures[file.reference] else None
        if failure is not None:
            raise failure
        return self.contents[file.reference]

    async def send(self, address: str, message: Message) -> str:
        """Keep the message, or fail as the test wants."""
        self.before_send()
        failure = self.failures[address].popleft() if self.failures[address] else None
        if failure is not None:
            raise failure
        self.sent.append((address, message))
        return str(len(self.sent))

    async def acknowledge(self, payload: dict[str, Any]) -> None:
        """Nothing shows it."""

    def texts(self, address: str) -> list[str]:
        """What one person read."""
        return [message.text for to, message in self.sent if to == address]


def says(number: int, address: str, text: str) -> Update:
    """Somebody writes."""
    return Update(CHANNEL, str(number), {"id": str(number), "address": address, "text": text})


def taps(number: int, address: str, choice: str) -> Update:
    """Somebody taps."""
    return Update(CHANNEL, str(number), {"id": str(number), "address": address, "choice": choice})


class SmallOffice:
    """One process on the database of `store`: the first one to open it fills it with the demonstration's people."""

    def __init__(self, store: Store, library: Library, now: datetime = THURSDAY, people: tuple[str, ...] = ()) -> None:
        self.store = store
        self.channel = FakeChannel()
        self.clock = StandingClock(now)
        if people:
            with store.transaction() as connection:
                seed(connection, now, CHANNEL, people=people)
        timetable = timetable_of(store, Settings(_env_file=None), self.clock)
        self.house: House = build_house(store, library, self.clock, {CHANNEL: self.channel}, timetable)
        self.tools = self.house.tools
        self.number = 0

    def hears(self, update: Update) -> None:
        """Store an update and take its turn."""
        number = keep(self.tools, update)
        if number is not None:
            take(self.tools, number)

    def says(self, address: str, text: str) -> Letter:
        """Somebody writes; gives the last reply."""
        self.number += 1
        self.hears(says(self.number, address, text))
        return self.letters(address)[-1]

    def taps(self, address: str, choice: str) -> Letter:
        """Somebody taps; gives the last reply."""
        self.number += 1
        self.hears(taps(self.number, address, choice))
        return self.letters(address)[-1]

    def ring(self, at: datetime | None = None) -> tuple[Letter, ...]:
        """Move the clock and ring."""
        if at is not None:
            self.clock.move_to(at)
        return ring(self.tools)

    def deliver(self) -> int:
        """Send what is due."""
        return asyncio.run(self.house.delivery.deliver())

    def letters(self, address: str) -> tuple[Letter, ...]:
        """Everything written to one person."""
        with self.store.transaction() as connection:
            return outbox.at_address(connection, CHANNEL, address)


def text_of(letter: Letter) -> str:
    """What a letter says."""
    return from_json(letter.body).text


def choices_of(letter: Letter) -> tuple[Choice, ...]:
    """What a letter lets people tap."""
    return from_json(letter.body).choices


def state_of(connection: Connection, person: str) -> dict[str, Any] | None:
    """What is remembered of the talk with somebody, speaking for the post they speak for now."""
    officer = officers.at_address(connection, CHANNEL, person)
    return conversations.load(connection, CHANNEL, person, officer.id if officer else conversations.NO_POST)


def states(store: Store) -> list[str]:
    """What became of the updates, in their order."""
    with store.transaction() as connection:
        return list(connection.scalars(select(tables.inbox.c.state).order_by(tables.inbox.c.id)))


def kept(store: Store, person: str) -> dict[str, Any]:
    """All that a tap could change: the open form, the figures, the reports."""
    with store.transaction() as connection:
        state = state_of(connection, person) or {}
        return {
            "wait": state.get("wait"),
            "parked": state.get("parked"),
            "figures": [
                tuple(row) for row in connection.execute(select(tables.checkins.c.union, tables.checkins.c.id))
            ],
            "reports": [tuple(row) for row in connection.execute(select(tables.reports))],
        }


def limit_pages(store: Store) -> Any:
    """A disk with room for so many pages more, for every new connection of the store."""
    allowed = {"pages": 0}

    @event.listens_for(store.engine, "connect")
    def small(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {allowed['pages']}")

    def room(pages: int) -> None:
        with store.transaction() as connection:
            used = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
        allowed["pages"] = used + pages
        store.engine.dispose()

    return room
