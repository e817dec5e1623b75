"""`congdoan bench speed`: how fast `congdoan run` is beside a bare echo bot on the same machine, in the same minute.

Both run as processes of their own, against a Telegram on loopback that has no limits. Ratios say something anywhere;
the figures beside them only about this machine at this moment.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Any

import typer
from rich.console import Console as Screen
from rich.table import Table

from bot.app import OfficeError, open_library, read_settings
from bot.benchmark import Measure
from bot.seed import PURPOSE, seed
from bot.settings import environment_with
from bot.speed_peer import SECRET, TOKEN, Peer, bring, free_port, peer, update_of
from db import Letter, notes, officers, outbox
from db.store import Store
from handlers import Reply
from handlers.phrasebook import Phrases
from handlers.replies import to_json
from scheduler import ZONE

SUNDAY = datetime(2025, 3, 23, 10, 0, tzinfo=ZONE)
"""Nothing is said unasked: only answers are counted."""
TUESDAY = datetime(2025, 3, 25, 9, 1, tzinfo=ZONE)
FIRST_CHAT, FIRST_STRANGER = 9_000, 1_000_000
PATIENCE = 240.0
"""Seconds that one part of the measurement may take."""
SETTLED_SECONDS = 3.0
"""After the first answer a process goes on loading for a moment; so long afterwards it is idle."""
QUESTIONS = ("bench-question-1", "bench-question-2", "bench-question-3", "bench-question-4")


@dataclass(frozen=True)
class Run:
    """What was measured of one process: seconds from its start to its first answer, idle memory in MB, and updates
    answered in a second (0 where none were brought)."""

    start: float
    memory: float
    rate: float


@dataclass(frozen=True)
class Bench:
    """What the parts of one measurement share; `library` is a folder with a finished index of the documents."""

    server: Peer
    folder: Path
    library: Path
    chats: tuple[int, ...]
    updates: int

    @property
    def url(self) -> str:
        """The database of the office."""
        return f"sqlite:///{self.folder / 'bench.sqlite'}"

    def brought(self, first: int, number: int) -> list[dict[str, Any]]:
        """Questions from everybody in turn, as updates."""
        phrases = Phrases("vi")
        asked = [phrases.say(name) for name in QUESTIONS]
        return [
            update_of(first + place, self.chats[place % len(self.chats)], asked[place % len(asked)])
            for place in range(number)
        ]


async def measures(library: Path, updates: int, letters: int) -> tuple[Measure, ...]:
    """All figures of one run."""
    with TemporaryDirectory() as folder:
        async with peer() as server:
            bench = Bench(server, Path(folder), library, _office(f"sqlite:///{folder}/bench.sqlite"), updates)
            echo = await _run(bench, _echo)
            office = await _run(bench, _bot)
            rate = await _drained(bench, letters)
    return (
        Measure("updates answered a second", f"{office.rate / echo.rate:.0%}", "at least 50 % of the echo"),
        Measure("of them: echo, office", f"{echo.rate:.0f}, {office.rate:.0f}", ""),
        Measure("letters sent a second", f"{rate:.0f}", "at least 500"),
        Measure("start to first answer", f"{office.start / echo.start:.2f} times the echo's", "at most 1.5 times"),
        Measure("of it: echo, office", f"{echo.start:.1f} s, {office.start:.1f} s", ""),
        Measure("idle memory", f"{office.memory - echo.memory:+.0f} MB beside the echo's", "at most +60 MB"),
        Measure("of it: echo, office", f"{echo.memory:.0f} MB, {office.memory:.0f} MB", ""),
    )


def _office(url: str) -> tuple[int, ...]:
    """Fill an empty database with the demonstration's officers; gives the chats in which they write."""
    store = Store.open(url)
    with store.transaction() as connection:
        seed(connection, SUNDAY, "bench")
        notes.write(connection, PURPOSE, "bench")
        everyone = [each for each in officers.everyone(connection) if each.role == "officer"]
        for place, each in enumerate(everyone):
            officers.add_address(connection, each.person, "telegram", str(FIRST_CHAT + place))
            officers.speak_for(connection, "telegram", str(FIRST_CHAT + place), each.id)
    store.close()
    return tuple(range(FIRST_CHAT, FIRST_CHAT + len(everyone)))


def _echo(bench: Bench, port: int, _: datetime) -> subprocess.Popen[bytes]:
    order = [sys.executable, "-m", "bot.speed_echo", bench.server.base, TOKEN, SECRET, str(port)]
    return subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def _bot(bench: Bench, port: int, now: datetime) -> subprocess.Popen[bytes]:
    values = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": bench.server.base,
        "TELEGRAM_SPACING": "0",
        "ZALO_BOT_TOKEN": "",
        "WEBHOOK_BASE_URL": "https://bench.example",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_PORT": str(port),
        "OPERATION_PORT": "0",
        "DATABASE_URL": bench.url,
        "VAR_DIR": str(bench.library),
        "CONGDOAN_NOW": now.isoformat(),
        "LOG_LEVEL": "error",
    }
    order, silent = [sys.executable, "-m", "bot", "run"], subprocess.DEVNULL
    return subprocess.Popen(order, env=environment_with(values), stdout=silent, stderr=silent)  # noqa: S603


Begin = Callable[[Bench, int, datetime], "subprocess.Popen[bytes]"]


@asynccontextmanager
async def _started(bench: Bench, begin: Begin, port: int, now: datetime) -> AsyncIterator[subprocess.Popen[bytes]]:
    """A process, ended politely at the end of the block."""
    process = begin(bench, port, now)
    try:
        yield process
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)


async def _run(bench: Bench, begin: Begin) -> Run:
    """Start a process, have it answer once, let it rest, and have it answer as much as it can."""
    port, server = free_port(), bench.server
    began, before = perf_counter(), server.sent
    async with _started(bench, begin, port, SUNDAY) as process:
        await bring(port, bench.brought(1, 1), PATIENCE)
        await server.until(before + 1, PATIENCE)
        start = perf_counter() - began
        await asyncio.sleep(SETTLED_SECONDS)
        memory = _resident(process.pid)
        warm = bench.updates // 4
        await bring(port, bench.brought(10, warm), PATIENCE)
        await server.until(before + 1 + warm, PATIENCE)
        began = perf_counter()
        await bring(port, bench.brought(10 + warm, bench.updates), PATIENCE)
        await server.until(before + 1 + warm + bench.updates, PATIENCE)
        return Run(start, memory, bench.updates / (perf_counter() - began))


async def _drained(bench: Bench, letters: int) -> float:
    """Letters sent a second out of an outbox that holds so many unasked ones."""
    store = Store.open(bench.url)
    body = to_json(Reply(Phrases("vi").say("perhaps-known")))
    with store.transaction() as connection:
        outbox.write(
            connection,
            (Letter(f"bench:{n}", "notice", "telegram", str(FIRST_STRANGER + n), body, SUNDAY) for n in range(letters)),
            SUNDAY,
        )
    store.close()
    before = bench.server.sent
    async with _started(bench, _bot, free_port(), TUESDAY):
        await bench.server.until(before + 1, PATIENCE)
        began, first = perf_counter(), bench.server.sent
        await bench.server.until(before + letters, PATIENCE)
        return (before + letters - first) / (perf_counter() - began)


def _resident(pid: int) -> float:
    """The memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OfficeError("Memory can be measured on Linux only.")


def bench_speed(
    updates: Annotated[int, typer.Option(min=8, help="So many questions are brought to each bot.")] = 600,
    letters: Annotated[int, typer.Option(min=10, help="So many letters are drained.")] = 2000,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print how fast the bot is beside a bare echo bot, and what is asked for. Takes some minutes."""
    found = read_settings()
    open_library(found).close()
    try:
        rows = asyncio.run(measures(found.var_dir.absolute(), updates, letters))
    except TimeoutError as error:
        raise OfficeError("A bot under measurement gave no answer: see whether `congdoan run` starts.") from error
    if as_json:
        typer.echo(json.dumps([vars(row) for row in rows], ensure_ascii=False, indent=1))
        return
    table = Table(title="congdoan bench speed")
    for name in ("what", "measured", "asked for"):
        table.add_column(name)
    for row in rows:
        table.add_row(row.what, row.measured, row.bar)
    Screen().print(table)
