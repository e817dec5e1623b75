"""`congdoan org …`: bring the organisation into a real office, and out of it again."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.app import OfficeError, read_settings
from bot.clock import Clock
from bot.organisation_file import COLUMNS, OPTIONAL, WIDTHS, changes, page, wanted
from bot.serving import open_office
from bot.sheet_files import read_table, refuse, write
from db import unions
from handlers.levels import level_names
from handlers.phrasebook import Phrases
from handlers.spreadsheets import Page, day_of

organisation_app = typer.Typer(no_args_is_help=True, help="The organisation: unions and who stands above whom.")

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
Source = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An .xlsx or .csv file with a header line.")]
Out = Annotated[Path, typer.Option("--out", dir_okay=False, help="The file to write, .xlsx or .csv.")]
On = Annotated[str | None, typer.Option("--on", help="The day on which the changes hold, such as 2025-07-01; today.")]

MOST_LINES = 300
"""After so many lines of what is changed, the rest is counted."""


@organisation_app.command("import")
def import_organisation(file: Source, dry_run: DryRun = False, on: On = None) -> None:
    """Add, change, move or close unions from a table; all of it or nothing. `org template` shows its columns."""
    found = read_settings()
    store = open_office(found)
    table = read_table(file, COLUMNS, OPTIONAL)
    day = _day(on) if on else Clock(found.start()).now().date()
    with store.transaction(commit=not dry_run) as connection:
        known = unions.histories(connection)
        asked = wanted(table, known, day)
        refuse(file, table, asked.mistakes)
        unions.keep(connection, [union for code, union in asked.unions.items() if known.get(code) != union])
    said, *lines = changes(known, asked.unions)
    typer.echo(said + (" (dry run: nothing was written)" if dry_run else ""))
    for line in lines[:MOST_LINES]:
        typer.echo(line)
    if len(lines) > MOST_LINES:
        typer.echo(f"… and {len(lines) - MOST_LINES} more")
    if table.ignored:
        typer.echo(f"Columns that were passed over: {', '.join(table.ignored)}")


@organisation_app.command("export")
def export_organisation(out: Out) -> None:
    """Write every union that is or was there, in the shape that `org import` reads."""
    store = open_office(read_settings())
    with store.transaction() as connection:
        known = unions.histories(connection)
    write(out, [page(Phrases("vi").say("organisation-sheet"), list(known.values()))])
    typer.echo(f"{len(known)} unions: {out}")


@organisation_app.command("template")
def template(out: Out) -> None:
    """Write an empty table with its columns, an example, and what the columns mean, in Vietnamese."""
    if out.suffix.lower() != ".xlsx":
        raise OfficeError(f"{out.name}: the template is a workbook with three sheets; let its name end with .xlsx")
    phrases = Phrases("vi")
    columns = (*COLUMNS, *OPTIONAL)
    write(
        out,
        [
            Page(phrases.say("organisation-sheet"), columns, (), WIDTHS),
            Page(phrases.say("organisation-sheet-example"), columns, _example(phrases), WIDTHS),
            _explanations(phrases),
        ],
    )
    typer.echo(f"The template: {out}")


def _example(phrases: Phrases) -> list[tuple[str | date, ...]]:
    """A province whose district was abolished: its grassroots union stands below the commune's union since then."""
    day = date(2025, 7, 1)
    names = {level: phrases.say(f"organisation-example-{level}") for level in ("province", "district", "commune")}
    grassroots = phrases.say("organisation-example-grassroots")
    return [
        ("TINH", names["province"], "province", ""),
        ("HUYEN", names["district"], "district", "TINH", "", "", day, "XA"),
        ("XA", names["commune"], "commune", "TINH", "", day),
        ("XA-01", grassroots, "grassroots", "XA", "enterprise", "", "", "", f"HUYEN until {day.isoformat()}"),
    ]


def _explanations(phrases: Phrases) -> Page:
    rows = [
        (column, phrases.say(f"organisation-column-{column.replace('_', '-')}")) for column in (*COLUMNS, *OPTIONAL)
    ]
    rows += [("", phrases.say("organisation-levels"))]
    rows += list(level_names("vi").items())
    columns = (phrases.say("organisation-explained-column"), phrases.say("organisation-explained-meaning"))
    return Page(phrases.say("organisation-sheet-explained"), columns, rows, (20, 100))


def _day(text: str) -> date:
    day = day_of(text)
    if day is None:
        raise OfficeError(f"--on {text!r} is no day. Write it like 2025-07-01.")
    return day
