"""`congdoan targets …`: bring the figures that unions are to reach into an office, in a table."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import OfficeError, read_settings
from bot.clock import Clock
from bot.serving import open_office
from bot.sheet_files import MOST_SHOWN
from db import outbox, unions
from handlers.assigning import assign_all, before
from handlers.phrasebook import Phrases
from handlers.spreadsheets import in_words
from handlers.target_sheet import Plan, read_sheet, template

targets_app = typer.Typer(no_args_is_help=True, help="Targets: the figures that unions are to reach in a year.")

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
Source = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An .xlsx or .csv file with a header line.")]
Out = Annotated[Path, typer.Option("--out", dir_okay=False, help="The .xlsx file to write.")]
Below = Annotated[str | None, typer.Option("--below", help="Only unions below this one, by its code.")]


@targets_app.command("import")
def import_targets(file: Source, dry_run: DryRun = False) -> None:
    """Assign targets from a table; all of it or nothing. Officers of the unions are told. `template` shows its
    columns."""
    found = read_settings()
    now = Clock(found.start()).now()
    store = open_office(found)
    with store.transaction(commit=not dry_run) as connection:
        everyone = {union.code: union for union in unions.every(connection, now.date())}
        plan = read_sheet(file.name, file.read_bytes(), everyone)
        _refuse(file, plan)
        known = before(connection, plan.wanted)
        done = assign_all(connection, plan.wanted, None, now, Phrases("vi"))
        outbox.write(connection, done.letters, now)
    new = len(plan.wanted) - len(known)
    said = f"{new} targets added, {len(done.made) - new} changed, {done.unchanged} as before"
    typer.echo(said + (" (dry run: nothing was written)" if dry_run else ""))
    if plan.blank:
        typer.echo(f"{plan.blank} rows without a figure were passed over")


@targets_app.command("template")
def write_template(out: Out, below: Below = None) -> None:
    """Write a table to fill in, with a row for every union, and the names of the indicators, in Vietnamese."""
    if out.suffix.lower() != ".xlsx":
        raise OfficeError(f"{out.name}: the template is a workbook with three sheets; let its name end with .xlsx")
    found = read_settings()
    today = Clock(found.start()).now().date()
    with open_office(found).transaction() as connection:
        inside = unions.below(connection, below, today) - {below} if below else None
        listed = [each for each in unions.every(connection, today) if inside is None or each.code in inside]
    if not listed:
        raise OfficeError(f"There is no union below {below}: check its code." if below else "There are no unions yet.")
    out.write_bytes(template(listed, today.year, Phrases("vi")))
    typer.echo(f"{len(listed)} unions: {out}")


def _refuse(file: Path, plan: Plan) -> None:
    """Raise `OfficeError` with everything that is wrong in the table, by row."""
    if not plan.faults:
        return
    lines = [in_words(fault, Phrases("en")) for fault in plan.faults[:MOST_SHOWN]]
    if len(plan.faults) > MOST_SHOWN:
        lines.append(f"… and {len(plan.faults) - MOST_SHOWN} more")
    count = "1 mistake" if len(plan.faults) == 1 else f"{len(plan.faults)} mistakes"
    raise OfficeError("\n".join((f"{file.name}: {count}, nothing was written", *lines)))
