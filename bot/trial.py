"""`congdoan chat`: one person's conversation in a terminal, in a small office of its own, with a clock they set."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import House, OfficeError, build_house, running, shelf_of, timetable_of, walk
from bot.channels import Limits
from bot.channels.console import Console, typed_lines
from bot.clock import StandingClock
from bot.rendering import render
from bot.seed import seed
from bot.settings import Settings
from bot.shelf import Shelf
from bot.talks import Script, Step, TalkError, bot_says, head, moment_of, written
from db import outbox, unions
from db.store import Store
from handlers.replies import from_json
from knowledge.index import Library
from scheduler import ZONE

Note = Callable[[str], object]

PAPER = Limits(characters=4000, buttons=100, files=True, markup=False, edits=False)
"""A golden talk shows choices as buttons, although the terminal shows them as lines."""


class Recorder:
    """Notes both sides of the talk with `person`, as a golden talk; what the bot said is read from the outbox."""

    def __init__(self, store: Store, person: str, note: Note) -> None:
        self.store = store
        self.person = person
        self.note = note
        self.noted = 0

    def step(self, kind: str, text: str) -> None:
        """Note what makes something happen: the clock is set, the person speaks."""
        self.note(written(Step("clock", "", text) if kind == "clock" else Step("says", self.person, text)))

    def bot_spoke(self) -> None:
        """Note what was sent since the last time."""
        with self.store.transaction() as connection:
            letters = outbox.at_address(connection, Console.name, self.person)
        for letter in letters:
            if letter.id <= self.noted or letter.state != "sent":
                continue
            self.noted = letter.id
            for message in render(from_json(letter.body), PAPER):
                for line in bot_says(message, self.person if letter.answers is None else None):
                    self.note(line)


async def chat(
    settings: Settings, library: Library, person: str, start: datetime, write: Callable[[str], object], note: Note
) -> None:
    """Talk as the officer or staff of the union `person` until the input ends.

    A line `@ 2025-03-25 08:00` moves the clock. Raises `OfficeError` for a union that the organisation does not have.
    """
    start = start.astimezone(ZONE).replace(second=0, microsecond=0)
    with TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'trial.sqlite'}")
        try:
            with store.transaction() as connection:
                seed(connection, start, Console.name, people=[person])
                if unions.get(connection, person, start.date()) is None:
                    known = ", ".join(union.code for union in unions.every(connection, start.date()))
                    raise OfficeError(f"There is no union {person!r} in the demonstration. There are: {known}")
            for line in head(Script((), (person,), ())):
                note(line)
            shelf = shelf_of(store, Path(folder), library)
            await _talk(settings, shelf, Recorder(store, person, note), StandingClock(start), write)
            shelf.close()
        finally:
            store.close()


async def _talk(
    settings: Settings, shelf: Shelf, recorder: Recorder, clock: StandingClock, write: Callable[[str], object]
) -> None:
    house: House
    console = Console(recorder.person, _lines(lambda: house, recorder, write), write)
    timetable = timetable_of(recorder.store, settings, clock)
    house = build_house(recorder.store, shelf, clock, {console.name: console}, timetable)
    async with running(house) as listening:
        await listening


async def _lines(house: Callable[[], House], recorder: Recorder, write: Callable[[str], object]) -> AsyncIterator[str]:
    """What is typed, line by line; a line is given only after everything said about the one before was shown."""
    await _move(house(), recorder, house().tools.clock.now(), write)
    async for line in typed_lines():
        if line.startswith("@"):
            try:
                await _move(house(), recorder, moment_of(line.removeprefix("@")), write)
            except TalkError as error:
                write(str(error))
        elif line.strip():
            recorder.step("says", line.strip())
            yield line
            await house().turns.queue.join()
            await house().delivery.deliver()
            recorder.bot_spoke()


async def _move(house: House, recorder: Recorder, to: datetime, write: Callable[[str], object]) -> None:
    now, stamp = house.tools.clock.now(), to.strftime("%Y-%m-%d %H:%M")
    if to < now:
        raise TalkError(f"the clock only moves forward; it is {now:%Y-%m-%d %H:%M} already")
    write(f"@ {stamp}")
    recorder.step("clock", stamp)
    await walk(house, to)
    recorder.bot_spoke()
