"""`congdoan audit`: what staff did, as a workbook for those who answer for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.app import OfficeError, read_settings
from bot.clock import Clock
from bot.serving import open_office
from db import Noted, audit, officers, unions
from db.store import Connection
from handlers.phrasebook import Phrases
from handlers.spreadsheets import Page, workbook

MOST = 100_000


def command(
    xlsx: Annotated[Path, typer.Option(dir_okay=False, writable=True, help="The workbook to write.")],
    below: Annotated[str, typer.Option(help="Only what was done upon this union and those below it.")] = "",
) -> None:
    """Write down what staff did, the newest first: who, when, upon which union; never what anybody wrote."""
    found = read_settings()
    today = Clock(found.start()).now().date()
    store = open_office(found)
    with store.transaction() as connection:
        if below and unions.get(connection, below, today) is None:
            raise OfficeError(f"There is no union {below!r}.")
        wanted = unions.below(connection, below, today) if below else None
        entries = audit.entries(connection, wanted, MOST)
        xlsx.write_bytes(workbook([_page(connection, entries, Phrases("vi"))]))
    store.close()
    typer.echo(f"{len(entries)} actions written to {xlsx}")


def _page(connection: Connection, entries: tuple[Noted, ...], phrases: Phrases) -> Page:
    columns = tuple(
        phrases.say(f"log-column-{name}") for name in ("moment", "post", "of", "action", "union", "details")
    )
    return Page(phrases.say("log-sheet"), columns, _rows(connection, entries), (20, 10, 20, 24, 20, 48))


def _rows(connection: Connection, entries: tuple[Noted, ...]) -> Iterator[tuple[str, ...]]:
    for each in entries:
        post = officers.any_post(connection, each.officer) if each.officer else None
        details = ", ".join(f"{name} {value}" for name, value in each.details.items())
        held = (str(post.id), f"{post.union} ({post.role})") if post else ("", "")
        yield f"{each.at:%Y-%m-%d %H:%M:%S}", *held, each.action, each.union, details
