"""`congdoan doctor`: looks at everything an installation needs, changes nothing, and says what to do."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.alerts import LATE_RING, LEAST_DISK, LONGEST_WAIT, MANY_GIVEN_UP, MANY_IN_VAIN, administrators
from bot.app import OfficeError, read_settings, shipped_fingerprint
from bot.clock import Clock
from bot.doctor_channels import channel_findings
from bot.finding import Finding, bad, ok, warn
from bot.rings import last_ring
from bot.settings import Settings
from db import queues
from db.engine import StoreError
from db.examination import Examined, examine
from db.store import Store
from knowledge.index import LibraryError, open_index

SECONDS = 5.0
MARKS = {"ok": "ok  ", "warn": "warn", "bad": "BAD "}


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check settings, tokens, webhooks, clock, database, disk, library and queues; say what to do. Changes nothing.

    Ends with 0 where all works, and with 1 where something does not.
    """
    found = findings()
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found:
            typer.echo(f"{MARKS[each.mark]}  {each.part:<17} {each.said}{'  → ' + each.advice if each.advice else ''}")
    if any(each.mark == "bad" for each in found):
        raise typer.Exit(1)


def findings() -> list[Finding]:
    """Everything that was found out, in the order in which an operator would go about it."""
    try:
        settings = read_settings()
    except OfficeError as error:
        return [bad("settings", str(error), "Correct them and try again.")]
    return [
        ok("settings", "All of them can be read."),
        *asyncio.run(_over_the_network(settings)),
        *_database(settings),
        _disk(settings.var_dir),
        _library(settings.var_dir / "knowledge.sqlite"),
    ]


async def _over_the_network(settings: Settings) -> list[Finding]:
    async with ClientSession() as session:
        return [*await channel_findings(settings, session), *await _process(settings, session)]


async def _process(settings: Settings, session: ClientSession) -> list[Finding]:
    """What the running bot says of itself, if one runs on this machine."""
    if not settings.operation_port:
        return []
    address = f"http://{settings.operation_host.replace('0.0.0.0', '127.0.0.1')}:{settings.operation_port}/readyz"  # noqa: S104
    try:
        async with session.get(address, timeout=ClientTimeout(total=SECONDS)) as response:
            said = await response.json()
    except (ClientError, OSError, ValueError):
        return [warn("process", "None answers at OPERATION_PORT.", "Start it: congdoan run.")]
    if said.get("ready"):
        return [ok("process", "It runs and is ready.")]
    return [bad("process", " ".join(said.get("reasons", [])), "See its log.")]


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        found = examine(settings.database())
    except StoreError as error:
        yield bad("database", str(error), "Nothing works without it.")
        return
    yield _shape(found)
    if found.damage:
        yield bad("database", f"It is damaged: {found.damage}", "Stop the bot and restore a backup: congdoan restore.")
    if found.locked_out:
        yield bad("database", found.locked_out, "See who may write there.")
    if found.revision == found.newest and not (found.damage or found.locked_out):
        yield from _office(settings)


def _shape(found: Examined) -> Finding:
    if found.revision is None:
        return warn("database", "There is none yet.", "It is made when the bot starts for the first time.")
    if found.revision == found.newest:
        return ok("database", f"{found.engine}, revision {found.revision}, the newest; it can be read.")
    if found.revision < found.newest:
        said = f"It has revision {found.revision}; this program works with {found.newest}."
        return warn("database", said, "Make a backup, then: congdoan db upgrade. `congdoan run` does so too.")
    return bad("database", f"A newer version of this program made it ({found.revision}).", "Install that version.")


def _office(settings: Settings) -> Iterator[Finding]:
    """How the office works: the clock that rings, what waits, who would be told."""
    now = Clock(settings.start()).now()
    store = Store.open(settings.database())
    try:
        with store.transaction(commit=False) as connection:
            rang, found = last_ring(connection), queues.look(connection, now)
            given_up = queues.given_up_since(connection, now - timedelta(hours=1))
            told = administrators(connection, now.date())
    except StoreError as error:
        yield bad("database", str(error), "Try again; if it stays, see which process holds it.")
        return
    finally:
        store.close()
    yield _ring(rang, now)
    yield from _queues(found, given_up)
    if told:
        yield ok("administrators", f"{len(told)} would be told of troubles.")
    else:
        yield warn("administrators", "Nobody would be told of troubles.", "Invite one: congdoan invite --help.")


def _ring(rang: datetime | None, now: datetime) -> Finding:
    if rang is None:
        return warn("ring", "The clock never rang.", "Start the bot: congdoan run.")
    if now - rang > LATE_RING:
        return warn("ring", f"The clock rang last at {rang:%H:%M %d/%m/%Y}.", "Start the bot, or see its log.")
    return ok("ring", f"The clock rang last at {rang:%H:%M %d/%m/%Y}.")


def _queues(found: queues.Queues, given_up: int) -> Iterator[Finding]:
    waiting = sum(number for (_, state), number in found.letters.items() if state in ("due", "sending"))
    said = f"{waiting} wait to be sent, the oldest that is due for {found.oldest_due.total_seconds() / 60:.0f} minutes."
    if found.oldest_due > LONGEST_WAIT or found.in_vain >= MANY_IN_VAIN:
        yield warn("letters", said, "See that the bot runs and reaches the messengers: congdoan outbox.")
    else:
        yield ok("letters", said)
    if given_up > MANY_GIVEN_UP:
        yield warn("letters", f"{given_up} were given up within an hour.", "See why: congdoan outbox.")
    if found.oldest_update > LONGEST_WAIT:
        yield warn("updates", f"{found.updates} wait for their turn.", "See that the bot runs, and its log.")
    else:
        yield ok("updates", f"{found.updates} wait for their turn.")


def _disk(folder: Path) -> Finding:
    while not folder.exists():
        folder = folder.absolute().parent
    free = shutil.disk_usage(folder).free
    said = f"{free // (1024 * 1024):,} MB are free where VAR_DIR is."
    return ok("disk", said) if free >= LEAST_DISK else bad("disk", said, "Make room: the database cannot grow.")


def _library(file: Path) -> Finding:
    with suppress(LibraryError), open_index(file) as library:
        if library.fingerprint == shipped_fingerprint():
            return ok("library", f"The index holds the {len(library.documents)} shipped documents as they are.")
    return warn("library", "The index does not match the shipped documents.", "It is built at the next start.")
