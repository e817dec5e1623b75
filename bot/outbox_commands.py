"""`congdoan outbox`: what was not delivered and why, sending it again, and how long a wave of letters will take."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console as Screen
from rich.table import Table

from bot.app import OfficeError, read_settings, timetable_of
from bot.clock import Clock, StandingClock
from bot.forecasting import forecasts
from bot.serving import open_office
from bot.talks import TalkError, moment_of
from db import audit, officers, undelivered, unions
from db.store import Connection, Store
from db.undelivered import MAY_BE_RETRIED, NOT_DELIVERED, Which
from handlers import unasked
from handlers.phrasebook import Phrases

MOST = 50
AUDITED = "letters-retried"

outbox_app = typer.Typer(help="What was not delivered, and why.", invoke_without_command=True)

State = Annotated[str | None, typer.Option(help=f"One of {', '.join(NOT_DELIVERED)}; by default all of these.")]
Channel = Annotated[str | None, typer.Option(help="Only letters of this channel, such as zalo.")]
Reason = Annotated[str | None, typer.Option(help="Only letters with exactly this reason.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@outbox_app.callback()
def overview(
    context: typer.Context,
    state: State = None,
    channel: Channel = None,
    reason: Reason = None,
    every: Annotated[bool, typer.Option("--each", help=f"List the newest {MOST} letters one by one.")] = False,
    as_json: Json = False,
) -> None:
    """Count the letters that were not delivered, by channel, state and reason; never what they say."""
    if context.invoked_subcommand:
        return
    which = _which(state, channel, reason, NOT_DELIVERED)
    with _office() as store, store.transaction() as connection:
        rows = undelivered.listed(connection, which)[:MOST] if every else undelivered.groups(connection, which)
    _print("congdoan outbox", [asdict(row) for row in rows], as_json=as_json)


@outbox_app.command()
def retry(
    numbers: Annotated[list[int] | None, typer.Argument(metavar="[ID]...", help="Numbers of letters.")] = None,
    state: State = None,
    channel: Channel = None,
    reason: Reason = None,
) -> None:
    """Have letters that were given up sent again: those with these numbers, or all in a state (dead, unknown)."""
    if bool(numbers) == bool(state):
        raise OfficeError("Name the letters: `congdoan outbox retry 17 18`, or `congdoan outbox retry --state dead`.")
    with _office() as store:
        now = Clock(read_settings().start()).now()
        which = _which(state, channel, reason, MAY_BE_RETRIED)
        again = store.retrying(lambda connection: _retried(connection, numbers, which, now))
    typer.echo(f"{again} letters will be sent again.")


def _retried(connection: Connection, numbers: list[int] | None, which: Which, now: datetime) -> int:
    asked = numbers or [each.id for each in undelivered.listed(connection, which)]
    again = undelivered.retry(connection, asked, now)
    top = next((each.code for each in unions.every(connection, now.date()) if not each.parent), None)
    reached: Counter[str] = Counter()
    for channel, address in again:
        officer = officers.at_address(connection, channel, address)
        if union := officer.union if officer else top:
            reached[union] += 1
    for union, letters in sorted(reached.items()):
        audit.note(connection, None, AUDITED, union, {"letters": letters}, now)
    return len(again)


@outbox_app.command()
def forecast(
    at: Annotated[str | None, typer.Option(help="A moment such as '2025-03-25 08:00'; by default now.")] = None,
    as_json: Json = False,
) -> None:
    """Say how many letters a ring at a moment would write beside those that wait, and how long sending them takes."""
    found = read_settings()
    try:
        moment = moment_of(at) if at else Clock(found.start()).now()
    except TalkError as error:
        raise OfficeError(str(error)) from error
    with _office() as store:
        timetable = timetable_of(store, found, StandingClock(moment), keep=False)
        with store.transaction(commit=False) as connection:
            waiting = undelivered.waiting(connection, moment)
            wave = unasked.count(connection, timetable, Phrases("vi"), moment)
    rows = [asdict(each) | {"duration": str(each.duration)} for each in forecasts(wave, waiting, found.spacing())]
    _print(f"congdoan outbox forecast {moment:%Y-%m-%d %H:%M}", rows, as_json=as_json)


def _which(state: str | None, channel: str | None, reason: str | None, states: tuple[str, ...]) -> Which:
    if state is not None and state not in states:
        raise OfficeError(f"--state can be {', '.join(states)}, not {state!r}.")
    return Which((state,) if state else states, channel, reason)


@contextmanager
def _office() -> Iterator[Store]:
    """The office's database, closed at the end of the block."""
    store = open_office(read_settings())
    try:
        yield store
    finally:
        store.close()


def _print(title: str, rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif not rows:
        typer.echo("Nothing: every letter was delivered.")
    else:
        table = Table(title=title)
        for name in rows[0]:
            table.add_column(name.replace("_", " "))
        for row in rows:
            table.add_row(*(_shown(value) for value in row.values()))
        Screen().print(table)


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
