"""`congdoan invite …`: invitations from the command line, for the first staff and for a whole organisation at once."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from bot.app import OfficeError, read_settings
from bot.clock import Clock
from bot.serving import open_office
from bot.settings import Settings
from db import Role, officers, unions
from db.store import Connection
from handlers.inviting import GOOD_FOR, Offer, invite
from handlers.phrasebook import Phrases
from handlers.spreadsheets import Page, workbook
from knowledge import Union

ROLES: dict[str, Role] = {"officer": "officer", "staff": "staff", "administrator": "administrator"}


def command(
    union: Annotated[str, typer.Argument(help="Code of the union to invite somebody for.")] = "",
    role: Annotated[str, typer.Option(help="officer, staff or administrator.")] = "officer",
    everybody: Annotated[bool, typer.Option("--all", help="Every grassroots union without an officer.")] = False,
    below: Annotated[str, typer.Option(help="With --all: only unions below this one.")] = "",
    xlsx: Annotated[
        Path | None, typer.Option(dir_okay=False, writable=True, help="With --all: the workbook to write.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=365, help="How long the codes are good for.")] = GOOD_FOR.days,
) -> None:
    """Make invitations: one for UNION, or one for every grassroots union that has no officer yet."""
    found = read_settings()
    if everybody == bool(union):
        raise OfficeError("Name one union, such as `congdoan invite PR-01`, or write --all --xlsx FILE.")
    if everybody and xlsx is None:
        raise OfficeError("--all needs --xlsx FILE: the codes are shown nowhere else.")
    wanted = ROLES.get(role)
    if wanted is None:
        raise OfficeError(f"{role!r} is no role; there are {', '.join(ROLES)}.")
    if xlsx is None:
        _one(found, union, wanted, timedelta(days=days))
    else:
        _everybody(found, below, xlsx, timedelta(days=days))


def _one(found: Settings, code: str, role: Role, good_for: timedelta) -> None:
    now = Clock(found.start()).now()
    store = open_office(found)
    with store.transaction() as connection:
        union = unions.get(connection, code, now.date())
        if union is None:
            raise OfficeError(f"There is no union {code!r}; import it first with `congdoan org import`.")
        offer = _offer(connection, found, code, role, now, good_for)
    store.close()
    typer.echo(offer.in_words(union.name, Phrases("vi")))


def _everybody(found: Settings, below: str, xlsx: Path, good_for: timedelta) -> None:
    """Write the workbook before anything is kept: codes that nobody has seen are of no use."""
    now = Clock(found.start()).now()
    store = open_office(found)
    with store.transaction() as connection:
        lacking = lacking_officer(connection, below, now)
        offers = [
            (union, _offer(connection, found, union.code, "officer", now, good_for))
            for union in track(lacking, "Making invitations", transient=True)
        ]
        xlsx.write_bytes(workbook([page_of(offers, Phrases("vi"))]))
    store.close()
    typer.echo(f"{len(offers)} invitations written to {xlsx}")


def lacking_officer(connection: Connection, below: str, now: datetime) -> tuple[Union, ...]:
    """The open grassroots unions without an officer, all or those below one; raises `OfficeError` for a wrong one."""
    if below and unions.get(connection, below, now.date()) is None:
        raise OfficeError(f"There is no union {below!r}.")
    inside = unions.below(connection, below, now.date()) if below else None
    held = officers.responsible(connection, "officer")
    return tuple(
        union
        for union in unions.of_level(connection, "grassroots", now.date())
        if union.code not in held and (inside is None or union.code in inside)
    )


def page_of(offers: Sequence[tuple[Union, Offer]], phrases: Phrases) -> Page:
    """The sheet that is handed out: union, code, link, last day."""
    columns = tuple(phrases.say(f"invite-column-{name}") for name in ("code", "union", "typed", "link", "day"))
    return Page(phrases.say("invite-sheet"), columns, _rows(offers), (16, 48, 16, 56, 14))


def _rows(offers: Sequence[tuple[Union, Offer]]) -> Iterator[tuple[str, ...]]:
    for union, offer in offers:
        yield union.code, union.name, offer.code, offer.link, f"{offer.expires_at:%d/%m/%Y}"


def _offer(
    connection: Connection, found: Settings, union: str, role: Role, now: datetime, good_for: timedelta
) -> Offer:
    name = (found.telegram_bot_name or "").removeprefix("@")
    return invite(connection, union, role, invited_by=None, bot_name=name, now=now, good_for=good_for)
