"""`congdoan chat`: one person's conversation in a terminal, in a small office of its own, with a clock they set."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import House, OfficeError, build_house, running, timetable_of, walk
from bot.channels import Message
from bot.channels.console import Console, typed_lines
from bot.clock import StandingClock
from bot.seed import seed
from bot.settings import Settings
from bot.talks import Script, Step, TalkError, bot_says, head, moment_of, written
from db import unions
from db.store import Store
from knowledge.index import Library

Note = Callable[[str], object]


class TrialConsole(Console):
    """A console that also notes what the bot says, as a golden talk; `answering` tells answers from letters."""

    def __init__(self, address: str, lines: AsyncIterator[str], write: Callable[[str], object], note: Note) -> None:
        super().__init__(address, lines, write)
        self.person = address
        self.note = note
        self.answering = False

    async def send(self, address: str, message: Message) -> str:
        """Show the message and note it."""
        for line in bot_says(message, None if self.answering else address):
            self.note(line)
        return await super().send(address, message)


async def chat(
    settings: Settings, library: Library, person: str, start: datetime, write: Callable[[str], object], note: Note
) -> None:
    """Talk as the officer or staff of the union `person` until the input ends.

    A line `@ 2025-03-25 08:00` moves the clock. Raises `OfficeError` for a union that the organisation does not have.
    """
    with TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'trial.sqlite'}")
        with store.transaction() as connection:
            seed(connection, start, Console.name, people=[person])
            if unions.get(connection, person) is None:
                known = ", ".join(union.code for union in unions.every(connection))
                raise OfficeError(f"There is no union {person!r} in the demonstration. There are: {known}")
        clock = StandingClock(start)
        house: House
        lines = _lines(lambda: house, lambda: console, write)
        console = TrialConsole(person, lines, write, note)
        house = build_house(store, library, clock, {console.name: console}, timetable_of(store, settings, clock))
        for line in head(Script((), (person,), ())):
            note(line)
        async with running(house) as listening:
            await listening
        store.close()


async def _lines(
    house: Callable[[], House], console: Callable[[], TrialConsole], write: Callable[[str], object]
) -> AsyncIterator[str]:
    """What is typed, line by line; a line is given only after everything said about the one before was shown."""
    await _move(house(), console(), house().tools.clock.now(), write)
    async for line in typed_lines():
        if line.startswith("@"):
            try:
                await _move(house(), console(), moment_of(line.removeprefix("@")), write)
            except (TalkError, ValueError) as error:
                write(str(error))
            continue
        if line.strip():
            console().note(written(Step("says", console().person, line.strip())))
        console().answering = True
        yield line
        await house().turns.queue.join()
        await house().delivery.deliver()


async def _move(house: House, console: TrialConsole, to: datetime, write: Callable[[str], object]) -> None:
    console.answering = False
    stamp = written(Step("clock", "", to.strftime("%Y-%m-%d %H:%M")))
    write(stamp)
    console.note(stamp)
    await walk(house, to)
