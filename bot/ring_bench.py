"""`congdoan bench ring`: what a ring costs over a whole country: a quiet one, and one in which every union is due."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Annotated, ParamSpec, TypeVar

import typer

from bot.app import OfficeError
from bot.benchmark import peak_memory
from db import ReportRule, officers, report_rules, unions
from db.store import Store
from handlers import unasked
from handlers.phrasebook import Phrases
from handlers.timetable import Timetable
from knowledge import Union
from scheduler import ZONE

P = ParamSpec("P")
T = TypeVar("T")

CHANNEL = "bench"
COUNTRY = 126_000
"""So many grassroots unions there are in Viet Nam."""

PROVINCES = 34
BELOW_ONE = 40
"""So many grassroots unions stand below one federation."""

FOUNDED = datetime(2026, 1, 2, 8, tzinfo=ZONE)
TIMETABLE = Timetable(date(2026, 3, 1))
RINGS = {
    "a quiet ring": datetime(2026, 3, 9, 10, tzinfo=ZONE),
    "a ring in which every union is due": datetime(2026, 3, 10, 8, tzinfo=ZONE),
    "the ring after it": datetime(2026, 3, 10, 8, 5, tzinfo=ZONE),
}
"""The report of the first quarter is due on 17 March; it is spoken of first five working days before."""


@dataclass(frozen=True)
class Ring:
    """One ring: its letters, the seconds that passed and those that the processor worked, and the most memory that was
    held beyond what was held before (MB)."""

    letters: int
    seconds: float
    worked: float
    memory: int


def bench_ring(
    count: Annotated[int, typer.Option("--unions", min=1, max=1_000_000, help="So many unions.")] = COUNTRY,
    database: Annotated[
        str | None, typer.Option(help="SQLAlchemy address of an empty database; by default a file that is deleted.")
    ] = None,
) -> None:
    """Measure rings over a made-up country: time, statements, memory."""
    with TemporaryDirectory() as folder:
        url = database or f"sqlite:///{Path(folder) / 'ring.sqlite'}"
        begun = perf_counter()
        _alone(settle, url, count)
        typer.echo(f"{count:,} unions settled in {perf_counter() - begun:.1f} s")
        for name, moment in RINGS.items():
            ring = _alone(measure, url, moment)
            typer.echo(
                f"{name}: {ring.seconds:.2f} s ({ring.worked:.2f} s of the processor), {ring.letters:,} letters, "
                f"{ring.memory} MB more"
            )


def _alone(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Do it in a process of its own, so that its memory is its own."""
    # Here, because every command imports this file.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments, **named).result()


def country(count: int) -> Iterator[Union]:
    """A confederation, its provinces, their federations, and `count` grassroots unions."""
    yield Union("VN", "Confederation", "country", "", "")
    for number in range(PROVINCES):
        yield Union(f"P{number:02d}", f"Province {number}", "province", "VN", "")
    federations = -(-count // BELOW_ONE)
    for number in range(federations):
        yield Union(f"F{number:05d}", f"Federation {number}", "district", f"P{number % PROVINCES:02d}", "")
    for number in range(count):
        yield Union(f"U{number:06d}", f"Union {number}", "grassroots", f"F{number % federations:05d}", "enterprise")


def settle(url: str, count: int) -> None:
    """Fill an empty database: the country, somebody in every post, a quarterly report owed to every province."""
    store = Store.open(url)
    with store.transaction() as connection:
        if unions.count(connection):
            raise OfficeError("There are unions in this database already. Name an empty one.")
        organisation = tuple(country(count))
        unions.put(connection, organisation)
        posts: list[officers.NewPost] = [
            (each.code, "officer" if each.level == "grassroots" else "staff", CHANNEL, each.code)
            for each in organisation
        ]
        officers.add_all(connection, posts, FOUNDED)
        for each in organisation:
            if each.level == "province":
                rule = ReportRule(
                    f"q-{each.code}",
                    "Report",
                    each.code,
                    "grassroots",
                    "administrative",
                    "quarter",
                    2,
                    FOUNDED.date(),
                    None,
                )
                report_rules.keep(connection, rule, None, None, FOUNDED)
    store.close()


def measure(url: str, moment: datetime) -> Ring:
    """Ring at a moment, and see what it costs; the letters are written and stay due."""
    store, phrases = Store.open(url), Phrases("vi")
    phrases.say("old-button")  # a process that rings has read its phrases long ago
    before, begun, worked = peak_memory(), perf_counter(), process_time()
    # As the clock of an office rings.
    with store.transaction(isolation="REPEATABLE READ") as connection:
        letters = unasked.count(connection, TIMETABLE, phrases, moment).total()
    seconds, worked = perf_counter() - begun, process_time() - worked
    store.close()
    return Ring(letters, seconds, worked, peak_memory() - before)
