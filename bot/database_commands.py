"""`congdoan db …`: bring the database to the newest shape, move an office from one database to another."""

from typing import Annotated

import typer
from rich.console import Console as Screen
from rich.progress import Progress

from bot.app import OfficeError, read_settings
from db import engine, moving
from db.store import Store

database_app = typer.Typer(no_args_is_help=True, help="The database: bring it up to date, move it to another engine.")

Source = Annotated[str, typer.Argument(help="SQLAlchemy address of the office as it is, such as sqlite:///FILE.")]
Target = Annotated[
    str | None, typer.Argument(help="Address of an empty database; by default DATABASE_URL, which keeps it secret.")
]


@database_app.command("upgrade")
def upgrade() -> None:
    """Bring the tables to the newest shape; the bot does the same when it starts."""
    found, newest = engine.upgrade(read_settings().database())
    if found == newest:
        typer.echo(f"The database is at the newest revision, {newest}, already.")
    elif found is None:
        typer.echo(f"The database was empty; it now has the tables of revision {newest}.")
    else:
        typer.echo(f"The database was at revision {found}; it is now at {newest}.")


@database_app.command("copy")
def copy(source: Source, target: Target = None) -> None:
    """Copy an office into an empty database, such as from SQLite to PostgreSQL; stop the bot before.

    All of it or nothing: the rows are counted and compared on both sides.
    """
    if engine.revision_of(source) is None:
        raise OfficeError(f"There is no office at {engine.shown(source)}. Name the database that the bot uses now.")
    address = target or read_settings().database()
    office, empty = Store.open(source), Store.open(address)
    try:
        copied = _copied(office, empty)
    finally:
        office.close()
        empty.close()
    for table in copied:
        typer.echo(f"{table.table}: {table.rows}")
    typer.echo(
        f"{sum(table.rows for table in copied)} rows in {len(copied)} tables were copied; counts and checksums are "
        f"the same on both sides. Set DATABASE_URL to {engine.shown(address)} and start the bot."
    )


def _copied(office: Store, empty: Store) -> tuple[moving.Copied, ...]:
    screen = Screen(stderr=True)
    with (
        office.transaction(commit=False) as source,
        empty.transaction() as target,
        Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress,
    ):
        task = progress.add_task("Copying", total=sum(moving.rows_of(source).values()))
        return moving.copy(source, target, lambda rows: progress.update(task, advance=rows))
