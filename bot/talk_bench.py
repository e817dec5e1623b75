"""`congdoan bench talk`: how many messages and taps a monthly check-in takes, counted by doing it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Any

import typer
from rich.console import Console as Screen
from rich.table import Table

from bot.app import OfficeError, open_library, read_settings
from bot.benchmark import percentile
from bot.seed import seed
from db import checkins, conversations, officers
from db.store import Connection, Store
from handlers import Choice, Incoming
from handlers.conversation import Desk, Doorstep, desk_of, from_json, offer, to_json
from handlers.owing import FORM
from handlers.phrasebook import Phrases
from handlers.reminders import prompt
from handlers.respond import respond
from handlers.timetable import Timetable
from knowledge.index import Library
from scheduler import ZONE

PERSON = "PR-01"
CHANNEL = "bench"
MONTH = "2025-03"
NOW = datetime(2025, 3, 25, 9, 0, tzinfo=ZONE)

THREE = {"members": 131, "admitted": 3, "visited": 2}


@dataclass(frozen=True)
class Scenario:
    """One way to send a month's figures: what the officer types (`says`) or taps, beginning from the letter that asks
    for them or from nothing, what must be stored at the end, and how many steps it may take."""

    what: str
    steps: tuple[str, ...]
    most: int
    prompted: bool = True
    changed: dict[str, Any] = field(default_factory=dict)


SCENARIOS = (
    Scenario("no change, from the letter", ("tap unchanged", "tap send"), 2),
    Scenario("no change, unprompted", ("/solieu", "tap same"), 2, prompted=False),
    Scenario("no change, in words", ("khong phat sinh", "ok"), 2, prompted=False),
    Scenario(
        "three changed figures, step by step",
        ("tap start", "131", "3", "tap pick workers", "tap pick agreement", "2", "tap skip", "tap send"),
        8,
        changed=THREE,
    ),
    Scenario(
        "three changed figures, the rest in one tap",
        ("tap start", "131", "3", "145", "tap rest", "tap send"),
        8,
        changed={"members": 131, "admitted": 3, "workers": 145},
    ),
    Scenario(
        "three changed figures, in one message", ("dv 131, moi 3, tham hoi 2", "ok"), 8, prompted=False, changed=THREE
    ),
)


@dataclass(frozen=True)
class Counted:
    """What one scenario took: typed messages, taps, and how long the slowest turn was (milliseconds)."""

    what: str
    messages: int
    taps: int
    most: int
    slowest: float


class _Talk:
    """One officer's talk in an office of its own, without a channel."""

    def __init__(self, store: Store, library: Library, timetable: Timetable) -> None:
        self.store, self.library, self.timetable = store, library, timetable
        self.offered: tuple[Choice, ...] = ()

    def prompt(self) -> None:
        """The letter that asks for the month's figures arrives."""
        with self.store.transaction() as connection:
            desk = self._desk(connection)
            before = checkins.before(connection, PERSON, FORM, MONTH)
            letter = prompt(desk.union, MONTH, before.answers if before else {}, again=False, phrases=desk.phrases)
            offer(connection, CHANNEL, PERSON, letter, NOW)
            self.offered = letter.choices

    def take(self, step: str) -> None:
        """One typed message, or a tap on the first button whose id says what the step says."""
        incoming = Incoming(CHANNEL, "", PERSON, text=step)
        if step.startswith("tap "):
            incoming = Incoming(CHANNEL, "", PERSON, choice=self._button(step.removeprefix("tap ").split()))
        with self.store.transaction() as connection:
            desk = self._desk(connection)
            state = from_json(conversations.load(connection, CHANNEL, PERSON, desk.officer.id))
            turn = respond(desk, state, incoming)
            conversations.save(connection, CHANNEL, PERSON, to_json(turn.conversation), NOW, desk.officer.id)
        self.offered = turn.replies[-1].choices

    def _button(self, words: list[str]) -> str:
        for choice in self.offered:
            if set(words) <= set(choice.id.split(":")):
                return choice.id
        raise OfficeError(f"The talk no longer offers a button for {' '.join(words)!r}: read bot/talk_bench.py.")

    def _desk(self, connection: Connection) -> Desk:
        doorstep = Doorstep(NOW, connection, Phrases("vi"), CHANNEL, PERSON)
        return desk_of(doorstep, officers.posts_at(connection, CHANNEL, PERSON), self.library, self.timetable)


def counted(library: Library, scenario: Scenario) -> Counted:
    """Go through a scenario and count; raises `OfficeError` when it does not end in the figures it should."""
    with _office(library) as talk:
        if scenario.prompted:
            talk.prompt()
        spent = []
        for step in scenario.steps:
            began = perf_counter()
            talk.take(step)
            spent.append((perf_counter() - began) * 1000)
        with talk.store.transaction() as connection:
            sent = checkins.get(connection, PERSON, FORM, MONTH)
            before = checkins.before(connection, PERSON, FORM, MONTH)
    if sent is None or before is None or sent.answers != {**before.answers, **scenario.changed}:
        raise OfficeError(f"The talk {scenario.what!r} does not end with its figures sent: read bot/talk_bench.py.")
    taps = sum(step.startswith("tap ") for step in scenario.steps)
    return Counted(scenario.what, len(scenario.steps) - taps, taps, scenario.most, round(percentile(spent, 1), 1))


@contextmanager
def _office(library: Library) -> Iterator[_Talk]:
    with TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        try:
            with store.transaction() as connection:
                seed(connection, NOW, CHANNEL, people=[PERSON])
            yield _Talk(store, library, Timetable(began=NOW.date().replace(day=1)))
        finally:
            store.close()


def bench_talk(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Print how many messages and taps a monthly check-in takes, beside what is asked for."""
    library = open_library(read_settings(), lambda _: None)
    rows = [counted(library, scenario) for scenario in SCENARIOS]
    if as_json:
        typer.echo(json.dumps([vars(row) for row in rows], ensure_ascii=False, indent=1))
        return
    table = Table(title="congdoan bench talk")
    for name in ("a month's figures", "messages", "taps", "together", "asked for", "slowest turn"):
        table.add_column(name)
    for row in rows:
        together = row.messages + row.taps
        table.add_row(
            row.what, str(row.messages), str(row.taps), str(together), f"at most {row.most}", f"{row.slowest} ms"
        )
    Screen().print(table)
