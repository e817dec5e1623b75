"""`congdoan backup` and `congdoan restore`: the whole office in one file, while it works."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console as Screen
from rich.progress import Progress

from bot.app import read_settings
from db import backup as backups
from db.moving import Copied


def backup(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The file to write; an older backup there is replaced.")],
) -> None:
    """Write everything the office has into one file, while the bot runs, and check it.

    Not in it: settings (.env), the layout of reports (REPORT_TEMPLATE), and the knowledge index, which is built anew.
    """
    with _shown("Writing the backup") as tell:
        copied = backups.write(read_settings().database(), file, tell)
    typer.echo(f"{file} holds the whole office and was read again: {_counted(copied)}.")


def restore(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="A file that `congdoan backup` wrote.")],
) -> None:
    """Put a backup into the empty database of DATABASE_URL, on whichever engine, and compare both.

    Letters that were sent after the backup was made are sent again where they are still true.
    """
    with _shown("Restoring") as tell:
        copied = backups.restore(file, read_settings().database(), tell)
    typer.echo(f"The office is back and was compared: {_counted(copied)}. Start the bot with `congdoan run`.")


def _counted(copied: tuple[Copied, ...]) -> str:
    rows = {each.table: each.rows for each in copied}
    named = ", ".join(f"{rows[name]:,} {name}" for name in ("unions", "people", "checkins", "reports", "files"))
    return f"{sum(rows.values()):,} rows, among them {named}"


@contextmanager
def _shown(what: str) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal; gives what hears how many rows were written."""
    screen = Screen(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda rows: progress.update(task, advance=rows)
