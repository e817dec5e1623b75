"""Where everything is put together, and the only such place."""

import asyncio
import csv
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import ValidationError

from bot.channels import Channel
from bot.clock import Clock
from bot.delivery import Delivery
from bot.links import NO_LINKS, Links
from bot.metrics import Metrics
from bot.settings import Settings
from bot.shelf import Shelf, Shipped, standing
from bot.turns import Tools, Turns
from db import notes, preferences
from db.store import Store
from handlers import paper
from handlers.timetable import Timetable, with_swapped_days
from knowledge import Union
from knowledge.index import Library, LibraryError, build_index, fingerprint, open_index
from knowledge.reading import read_corpus
from scheduler import Rung
from scheduler.policy import next_ring, parse_ladder

ORGANISATION = Path(__file__).parent.parent / "knowledge" / "documents" / "organisation.csv"
BEGAN = "began"
"""The note that holds the day on which an office began to use the bot."""

SPACING = {"telegram": 1 / 25, "zalo": 1.0}
"""Least time in seconds between two sends: Telegram bears about 30 a second over all chats (its FAQ); what Zalo bears
is not published."""


class OfficeError(Exception):
    """The office cannot be opened as asked; the message says what to do."""


def read_settings() -> Settings:
    """The settings of this process; raises `OfficeError` with their names where some cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        names = ", ".join(str(each["loc"][0]).upper() for each in error.errors())
    # Outside the clause, so that what was typed (a token in the wrong place) is not dragged along.
    raise OfficeError(f"These settings cannot be used: {names}. See .env.example for what they may hold.")


def read_organisation(file: Path) -> tuple[Union, ...]:
    """The unions of a CSV file with the columns code, name, level, parent, sector; parents come before children."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = tuple(csv.DictReader(lines))
    return tuple(Union(row["code"], row["name"], row["level"], row["parent"], row["sector"]) for row in rows)


def open_library(settings: Settings, progress: Callable[[int], None] = lambda _: None) -> Library:
    """The index of the shipped documents, built anew when they, the organisation or the reader changed."""
    mark, file = shipped_fingerprint(), settings.var_dir / "knowledge.sqlite"
    with suppress(LibraryError):
        library = open_index(file)
        if library.fingerprint == mark:
            return library
        library.close()
    build_index(file, read_corpus(), read_organisation(ORGANISATION), progress, mark=mark)
    return open_index(file)


def shipped_fingerprint() -> str:
    """What the index of the shipped documents is marked with: told from their files, none of which is read as a
    document."""
    files = (file.read_bytes() for file in sorted(ORGANISATION.parent.glob("*.md")))
    return fingerprint(files, read_organisation(ORGANISATION))


def timetable_of(store: Store, settings: Settings, clock: Clock, *, keep: bool = True) -> Timetable:
    """The timetable of this office; the first time, the office begins today (noted down unless `keep` is false)."""
    with store.transaction(commit=keep) as connection:
        began = notes.read(connection, BEGAN)
        if began is None:
            began = clock.now().date().isoformat()
            notes.write(connection, BEGAN, began)
    return Timetable(
        date.fromisoformat(began),
        check_in_day=settings.check_in_day,
        ladder=_ladder(settings.reminder_rungs),
        retention_days=settings.retention_days,
        bot_name=(settings.telegram_bot_name or "").removeprefix("@"),
        report_template=_template(settings.report_template),
    )


def _ladder(rungs: str) -> tuple[Rung, ...]:
    try:
        return parse_ladder(rungs)
    except ValueError as error:
        raise OfficeError(f"REMINDER_RUNGS cannot be used: {error}") from error


def _template(file: Path | None) -> Path | None:
    try:
        if file is not None:
            paper.check(file)
    except paper.PaperError as error:
        raise OfficeError(f"REPORT_TEMPLATE cannot be used: {error}") from error
    return file


@dataclass(frozen=True)
class House:
    """The parts of a running process."""

    tools: Tools
    turns: Turns
    delivery: Delivery


def shelf_of(store: Store, folder: Path, library: Library, name: str = "office") -> Shelf:
    """The shelf of an office, on which the shipped `library` lies until it has documents or an organisation of its own.

    Its indexes are files of `folder` that begin with `name`.
    """
    shipped = Shipped(library, read_corpus, frozenset(read_organisation(ORGANISATION)))
    return Shelf(store, shipped, folder, name)


def build_house(
    store: Store,
    library: Library | Shelf,
    clock: Clock,
    channels: Mapping[str, Channel],
    timetable: Timetable,
    spacing: Mapping[str, float] = SPACING,
    links: Links = NO_LINKS,
    metrics: Metrics | None = None,
    *,
    wave_at_once: int = 1,
) -> House:
    """Put the parts together; nothing runs yet. A library that is no shelf's stands for good."""
    shelf = library if isinstance(library, Shelf) else standing(store, library)
    tools = Tools(store, shelf, clock, channels, timetable, metrics)
    delivery = Delivery(store, channels, clock, spacing, timetable, links, metrics=metrics, wave_at_once=wave_at_once)
    return House(tools, Turns(tools, delivery), delivery)


@asynccontextmanager
async def running(house: House) -> AsyncIterator[asyncio.Future[list[None]]]:
    """Take up what the last process left, then take turns, send and listen until the block ends.

    Yields what ends when no channel listens any more. At the end a turn and a send that are under way are finished.
    """
    await house.turns.take_up()
    turns, delivery = (asyncio.ensure_future(work) for work in (house.turns.run(), house.delivery.run()))
    listening = asyncio.gather(*(channel.listen(house.turns.receive) for channel in house.tools.channels.values()))
    try:
        yield listening
    finally:
        # In this order: what a turn answers while it ends is still sent, or given back.
        for task in (listening, turns, delivery):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def _timetable_now(tools: Tools) -> Timetable:
    with tools.store.transaction() as connection:
        return with_swapped_days(connection, tools.timetable)


def _digest_hours(tools: Tools) -> frozenset[int]:
    """The hours of a day that staff chose for their digests."""
    with tools.store.transaction() as connection:
        return frozenset(choice.hour for choice in preferences.every(connection).values())


async def walk(house: House, to: datetime) -> None:
    """Move the clock to `to`, ringing and sending wherever something falls due on the way, so that nothing is missed.

    Nobody speaks on the way, so after the first ring of a day only those at which somebody wants their digest can find
    anything new; the others are passed over. Raises `ValueError` for a moment that has passed.
    """
    clock, timetable, hours = house.tools.clock, _timetable_now(house.tools), _digest_hours(house.tools)
    if to < clock.now():
        raise ValueError(f"the clock only moves forward; it is {clock.now():%Y-%m-%d %H:%M} already")
    moment = next_ring(clock.now(), timetable.hours, timetable.calendar)
    while moment < to:
        clock.move_to(moment)
        await house.turns.ring()
        await house.delivery.deliver()
        before, moment = moment, next_ring(moment, timetable.hours, timetable.calendar)
        while moment.date() == before.date() and not any(before.hour < hour <= moment.hour for hour in hours):
            moment = next_ring(moment, timetable.hours, timetable.calendar)
    if to > clock.now():
        clock.move_to(to)
    await house.turns.ring()
    await house.delivery.deliver()
