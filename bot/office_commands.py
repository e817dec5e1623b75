"""`congdoan officers …`: bring officers whose addresses are known from another installation into a real office."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.app import read_settings
from bot.clock import Clock
from bot.organisation_commands import organisation_app
from bot.serving import open_office
from bot.sheet_files import Mistake, read_table, refuse
from db import Officer, Role, officers, unions
from db.store import Connection
from handlers.spreadsheets import Row, Table

__all__ = ["officers_app", "organisation_app"]

officers_app = typer.Typer(no_args_is_help=True, help="Officers and the addresses at which they are reached.")

COLUMNS = ("union", "role", "channel", "address")
CHANNELS = ("telegram", "zalo")
"""Where an imported address can lie; a misspelt channel would never be delivered to."""

LONGEST_ADDRESS = 120

ROLES: dict[str, Role] = {"officer": "officer", "staff": "staff", "administrator": "administrator"}

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
Source = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An .xlsx or .csv file with a header line.")]


@officers_app.command("import")
def import_officers(file: Source, dry_run: DryRun = False) -> None:
    """Add officers from a table (union, role, channel, address); all of it or nothing.

    The same address in several rows is one person with several posts.
    """
    table = read_table(file, COLUMNS)
    found = read_settings()
    store = open_office(found)
    now = Clock(found.start()).now()
    with store.transaction(commit=not dry_run) as connection:
        refuse(file, table, _mistakes(connection, table, now))
        added = [officer for row in table.rows if (officer := _add(connection, row, now))]
    people = len({officer.person for officer in added})
    typer.echo(f"{len(added)} officers added{' (dry run: nothing was written)' if dry_run else ''}")
    if people < len(added):
        typer.echo(f"Some hold several posts: they are {people} in all.")


def _mistakes(connection: Connection, table: Table, now: datetime) -> Iterator[Mistake]:
    """Everything that is wrong with the rows, one by one and beside each other."""
    roles: dict[tuple[str, str, str], tuple[str, str]] = {}
    for officer in officers.everyone(connection):
        roles[officer.channel, officer.address, officer.union] = (officer.role, "the office")
    for row in table.rows:
        yield from _mistakes_of(connection, row, now)
        post = (row["channel"], row["address"], row["union"])
        role, where = roles.setdefault(post, (row["role"], f"row {row.number}"))
        if role != row["role"]:
            yield Mistake(row.number, "role", f"{where} says {role} for the same person in {row['union']}")


def _mistakes_of(connection: Connection, row: Row, now: datetime) -> Iterator[Mistake]:
    for column in ("channel", "address"):
        if not row[column]:
            yield Mistake(row.number, column, "it is empty")
    if row["channel"] and row["channel"] not in CHANNELS:
        yield Mistake(row.number, "channel", f"{row['channel']!r} is none of {', '.join(CHANNELS)}")
    if len(row["address"]) > LONGEST_ADDRESS:
        yield Mistake(row.number, "address", f"it is longer than {LONGEST_ADDRESS} characters")
    if row["role"] not in ROLES:
        yield Mistake(row.number, "role", f"{row['role']!r} is none of {', '.join(ROLES)}")
    if unions.get(connection, row["union"], now.date()) is None:
        yield Mistake(row.number, "union", f"there is no union {row['union']!r}; import it first")
    elif not unions.is_open(connection, row["union"], now.date()):
        yield Mistake(row.number, "union", f"{row['union']} is closed; name the union that took over")


def _add(connection: Connection, row: Row, now: datetime) -> Officer | None:
    """Add one post; `None` where the same person holds it already. What a person speaks for does not change by it."""
    channel, address, role = row["channel"], row["address"], ROLES[row["role"]]
    held = officers.posts_at(connection, channel, address)
    if any(post.union == row["union"] for post in held):
        return None
    person = officers.person_at(connection, channel, address)
    if person is None:
        return officers.add(connection, row["union"], role, channel, address, now)
    made = officers.give_post(connection, person, row["union"], role, channel, address, now)
    if held:
        officers.speak_for(connection, channel, address, held[0].id)
    return made
