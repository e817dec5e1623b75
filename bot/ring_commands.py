"""`congdoan ring`: one ring at a moment, for those who look ahead."""

import json
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer

from bot.app import timetable_of
from bot.clock import StandingClock
from bot.seed import seed
from bot.serving import open_office
from bot.settings import Settings
from bot.shelf import standing
from bot.turns import Tools, ring
from db import Letter, Officer, officers, unions
from db.store import Store
from handlers.replies import from_json
from knowledge.index import Library
from scheduler import ZONE


def ring_once(
    settings: Settings, library: Library, at: datetime, database: str | None, *, dry_run: bool
) -> list[dict[str, Any]]:
    """The letters of one ring at `at`, as JSON. Where no office exists yet, a fresh demonstration is looked at."""
    at = at.astimezone(ZONE)
    with TemporaryDirectory() as folder:
        store = Store.open(database) if database else _office_or_trial(settings, Path(folder), at)
        tools = Tools(
            store,
            standing(store, library),
            StandingClock(at),
            {},
            timetable_of(store, settings, StandingClock(at), keep=not dry_run),
        )
        letters = ring(tools, dry_run=dry_run)
        with store.transaction() as connection:
            people = {(each.channel, each.address): each for each in officers.everyone(connection)}
        listed = [_as_json(letter, people.get((letter.channel, letter.address))) for letter in letters]
        store.close()
    return listed


def show(letters: list[dict[str, Any]], *, as_json: bool) -> None:
    """Print the letters of a ring, for people or as JSON."""
    if as_json:
        typer.echo(json.dumps(letters, ensure_ascii=False, indent=2))
        return
    for letter in letters:
        typer.echo(
            f"{letter['key']}  →  {letter['union']} ({letter['channel']} {letter['address']})\n{letter['text']}\n"
        )
    typer.echo(f"{len(letters)} letters")


def _office_or_trial(settings: Settings, folder: Path, at: datetime) -> Store:
    store = open_office(settings)
    with store.transaction() as connection:
        if unions.count(connection):
            return store
    store.close()
    typer.echo("No organisation was imported yet: these are the letters of a fresh demonstration.", err=True)
    store = Store.open(f"sqlite:///{folder / 'trial.sqlite'}")
    with store.transaction() as connection:
        seed(connection, at, "webchat")
    return store


def _as_json(letter: Letter, officer: Officer | None) -> dict[str, Any]:
    reply = from_json(letter.body)
    return {
        "key": letter.key,
        "kind": letter.kind,
        "union": officer.union if officer else None,
        "channel": letter.channel,
        "address": letter.address,
        "due_at": letter.due_at.isoformat(),
        "text": reply.text,
        "choices": [{"id": choice.id, "label": choice.label} for choice in reply.choices],
    }
