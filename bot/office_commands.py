"""`congdoan org …` and `congdoan officers …`: bring the organisation and its officers into a real office."""

import csv
import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.app import OfficeError, read_settings
from bot.clock import Clock
from bot.serving import open_office
from db import Role, officers, unions
from db.store import Connection
from knowledge import Union

organisation_app = typer.Typer(no_args_is_help=True, help="The organisation: unions and who stands above whom.")
officers_app = typer.Typer(no_args_is_help=True, help="Officers and the addresses at which they are reached.")

CODE = re.compile(r"[\w.-]+")
"""Codes stand in the keys of letters and in the ids of buttons, which are taken apart at colons."""

UNION_COLUMNS = ("code", "name", "level", "parent", "sector")
OFFICER_COLUMNS = ("union", "role", "channel", "address")
CHANNELS = ("telegram",)
"""Where an imported address can lie; a misspelt channel would never be delivered to."""

ROLES: dict[str, Role] = {"officer": "officer", "staff": "staff", "administrator": "administrator"}

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV file with a header line.")]


@organisation_app.command("import")
def import_organisation(file: File, dry_run: DryRun = False) -> None:
    """Add or change unions from a CSV file (code, name, level, parent, sector); all of it or nothing."""
    rows = _rows(file, UNION_COLUMNS)
    found = read_settings()
    store = open_office(found)
    today = Clock(found.start()).now().date()
    with store.transaction(commit=not dry_run) as connection:
        known = {union.code: union for union in unions.every(connection, today)}
        wanted = [_union(number, row) for number, row in rows]
        _check_tree(rows, {code: union.parent for code, union in known.items()})
        unions.put(connection, wanted, today)
        added = sum(union.code not in known for union in wanted)
        changed = sum(union.code in known and known[union.code] != union for union in wanted)
    typer.echo(f"{added} unions added, {changed} changed{' (dry run: nothing was written)' if dry_run else ''}")


@officers_app.command("import")
def import_officers(file: File, dry_run: DryRun = False) -> None:
    """Add officers from a CSV file (union, role, channel, address); all of it or nothing."""
    rows = _rows(file, OFFICER_COLUMNS)
    found = read_settings()
    store = open_office(found)
    now = Clock(found.start()).now()
    with store.transaction(commit=not dry_run) as connection:
        added = sum(_add(connection, number, row, now) for number, row in rows)
    typer.echo(f"{added} officers added{' (dry run: nothing was written)' if dry_run else ''}")


def _add(connection: Connection, number: int, row: dict[str, str], now: datetime) -> bool:
    """Add one officer; false where the same person holds the same post already."""
    for column in ("channel", "address"):
        if not row[column]:
            raise OfficeError(f"row {number}, column {column}: it is empty")
    if row["channel"] not in CHANNELS:
        raise OfficeError(f"row {number}, column channel: {row['channel']!r} is none of {', '.join(CHANNELS)}")
    role = ROLES.get(row["role"])
    if role is None:
        raise OfficeError(f"row {number}, column role: {row['role']!r} is none of {', '.join(ROLES)}")
    if unions.get(connection, row["union"], now.date()) is None:
        raise OfficeError(f"row {number}, column union: there is no union {row['union']!r}; import it first")
    holder = officers.at_address(connection, row["channel"], row["address"])
    if holder is None:
        officers.add(connection, row["union"], role, row["channel"], row["address"], now)
        return True
    if (holder.union, holder.role) != (row["union"], role):
        raise OfficeError(f"row {number}, column address: it belongs to an officer of {holder.union} already")
    return False


def _union(number: int, row: dict[str, str]) -> Union:
    for column in ("code", "name", "level"):
        if not row[column]:
            raise OfficeError(f"row {number}, column {column}: it is empty")
    if not CODE.fullmatch(row["code"]):
        raise OfficeError(f"row {number}, column code: {row['code']!r} holds more than letters, digits, - . and _")
    return Union(row["code"], row["name"], row["level"], row["parent"], row["sector"])


def _check_tree(rows: list[tuple[int, dict[str, str]]], parents: dict[str, str]) -> None:
    """Every union stands once in the file, below one that is known by then and not below itself."""
    seen: dict[str, int] = {}
    for number, row in rows:
        code, parent = row["code"], row["parent"]
        if code in seen:
            raise OfficeError(f"row {number}, column code: {code} stands in row {seen[code]} already")
        if parent and parent not in parents:
            raise OfficeError(f"row {number}, column parent: there is no union {parent!r} above this row")
        seen[code], parents[code] = number, parent
        while parent:
            if parent == code:
                raise OfficeError(f"row {number}, column parent: {row['parent']} stands below {code}")
            parent = parents[parent]


def _rows(file: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their line numbers; raises `OfficeError` for missing columns."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = [(reader.line_num, {name: (row.get(name) or "").strip() for name in columns}) for row in reader]
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
    except csv.Error as error:
        raise OfficeError(f"{file.name}, row {reader.line_num} cannot be read as CSV ({error})") from error
    except UnicodeDecodeError as error:
        raise OfficeError(f"{file.name} is not UTF-8 text: save it as CSV UTF-8") from error
    if missing:
        raise OfficeError(f"{file.name} lacks the columns {', '.join(missing)}")
    return rows
