"""The command line: `congdoan …`."""

import asyncio
import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console as Screen
from rich.progress import Progress

from bot import (
    asking,
    audit_commands,
    backup_commands,
    doctor,
    invite_commands,
    knowledge_build,
    knowledge_commands,
    messengers,
    ring_bench,
    ring_commands,
    serving,
    simulation,
    speed_bench,
    talk_bench,
    trial,
)
from bot.app import OfficeError, open_library, read_settings
from bot.channels import ChannelRefused
from bot.clock import Clock
from bot.database_commands import database_app
from bot.library_commands import library_app
from bot.logs import log_to_stderr
from bot.office_commands import officers_app, organisation_app
from bot.outbox_commands import outbox_app
from bot.seed import default_start
from bot.settings import Settings
from bot.talks import TalkError, moment_of
from bot.target_commands import targets_app
from db.engine import StoreError
from knowledge.extraction import extraction
from knowledge.index import Library, LibraryError
from knowledge.reading import ReadingError, read_file
from scheduler import ZONE

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A chat assistant for officers of Vietnamese grassroots trade unions.",
)
knowledge_app = typer.Typer(no_args_is_help=True, help="Read documents, check what was read, build an index of them.")
knowledge_app.command("build")(knowledge_build.build)
knowledge_app.command("check")(knowledge_build.check)
app.add_typer(knowledge_app, name="knowledge")
app.command("index")(knowledge_commands.index)
app.command("search")(knowledge_commands.search)
knowledge_commands.bench_app.command("talk")(talk_bench.bench_talk)
knowledge_commands.bench_app.command("speed")(speed_bench.bench_speed)
knowledge_commands.bench_app.command("ring")(ring_bench.bench_ring)
app.add_typer(knowledge_commands.bench_app, name="bench")
app.add_typer(organisation_app, name="org")
app.add_typer(officers_app, name="officers")
app.add_typer(targets_app, name="targets")
app.add_typer(library_app, name="library")
app.add_typer(database_app, name="db")
app.add_typer(outbox_app, name="outbox")
app.command("invite")(invite_commands.command)
app.command("simulate")(simulation.command)
app.command("audit")(audit_commands.command)
app.command("doctor")(doctor.command)
app.command("backup")(backup_commands.backup)
app.command("restore")(backup_commands.restore)

Files = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Documents to read.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings(*, quiet: bool = False) -> Settings:
    """The settings of this process, with logging set up; an unusable setting ends the program in words.

    `quiet` is for commands at which somebody looks: they show what goes wrong, not what goes on.
    """
    found = read_settings()
    log_to_stderr(found, "warning" if quiet else found.log_level)
    return found


def library(found: Settings) -> Library:
    """The knowledge index, built with a progress bar when it has to be."""
    screen = Screen(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("Building the knowledge index", total=None)
        opened = open_library(found, lambda done: progress.update(task, advance=done))
    asking.warm(opened)
    return opened


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=0, max=65535)] = 8080,
    database: Annotated[
        str | None, typer.Option(help="SQLAlchemy address of the demonstration's own database.")
    ] = None,
) -> None:
    """Serve the demonstration: a chat page with a clock that can be moved."""
    found = settings()
    asyncio.run(serving.demonstrate(found, library(found), port, database))


@app.command()
def run() -> None:
    """Run the bot on the channels that are configured."""
    # What is loaded now is no garbage; to look for some takes a fifth of the start. `serve` goes on looking.
    gc.disable()
    try:
        found = settings()
        channels = messengers.channels_of(found)
        if not channels:
            raise OfficeError(
                "No channel is configured. Set ZALO_BOT_TOKEN or TELEGRAM_BOT_TOKEN (see .env.example), "
                "or type `make run` to try the demonstration without any."
            )
        asyncio.run(serving.serve(found, library(found), channels))
    finally:
        gc.enable()


@app.command()
def chat(
    person: Annotated[str, typer.Option("--as", help="Code of the union to speak for, such as PR-01.")],
    record: Annotated[
        Path | None, typer.Option(dir_okay=False, writable=True, help="Write the talk to this file, as a golden talk.")
    ] = None,
    at: Annotated[str | None, typer.Option(help="Where the clock stands first, such as '2025-03-25 08:00'.")] = None,
) -> None:
    """Talk in the terminal, in a small office of its own; `@ 2025-03-25 08:00` moves its clock."""
    found = settings(quiet=True)
    start = moment_of(at) if at else found.start() or default_start()
    noted: list[str] = []
    asyncio.run(trial.chat(found, library(found), person, start, typer.echo, noted.append))
    if record:
        record.write_text("\n".join(noted) + "\n", encoding="utf-8")


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Vietnamese or English.")] = None,
    unit: Annotated[str | None, typer.Option(help="Code of the asker's union, such as PR-01.")] = None,
    batch: Annotated[Path | None, typer.Option(help="A JSONL file of questions.", exists=True, dir_okay=False)] = None,
    index_dir: Annotated[
        Path | None,
        typer.Option("--index", help="Directory of an index that `knowledge build` wrote.", file_okay=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Answer one question, or a file of them."""
    found = settings(quiet=True)
    today = Clock(found.start()).now().date()
    with knowledge_build.open_built(index_dir) if index_dir else library(found) as index:
        if batch:
            for answer in asking.batch(index, batch, today):
                typer.echo(json.dumps(answer, ensure_ascii=False) if as_json else answer["text"])
            return
        if question is None or unit is None:
            raise OfficeError('Ask like this: congdoan ask --unit PR-01 "what is our 2025 target?"')
        if as_json:
            typer.echo(json.dumps(asking.as_json(index, unit, question, (), today), ensure_ascii=False))
        else:
            typer.echo(asking.as_text(asking.ask(index, unit, question, (), today)))


@app.command()
def ring(
    at: Annotated[str | None, typer.Option(help="ISO moment; by default now.")] = None,
    dry_run: Annotated[bool, typer.Option(help="List the letters and write none.")] = False,
    database: Annotated[str | None, typer.Option(help="SQLAlchemy address; by default that of the settings.")] = None,
    as_json: Json = False,
) -> None:
    """Decide at a moment who is to hear what; list the letters that are (or would be) written."""
    found = settings(quiet=True)
    moment = _iso(at) if at else Clock(found.start()).now()
    letters = ring_commands.ring_once(found, library(found), moment, database, dry_run=dry_run)
    ring_commands.show(letters, as_json=as_json)


@knowledge_app.command("read")
def knowledge_read(files: Files, as_json: Json = False) -> None:
    """Print what is read out of documents: targets, duties, reporting obligations."""
    read = extraction([document for file in files for document in read_file(file)])
    if as_json:
        typer.echo(json.dumps(read, ensure_ascii=False, indent=1))
        return
    for kind, rows in read.items():
        typer.echo(f"{kind}: {len(rows)}")


def _iso(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise OfficeError(f"{text!r} is no moment. Write it like 2026-07-16T08:00:00+07:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


@contextmanager
def in_words() -> Iterator[None]:
    """What an operator can do something about is said in one sentence, with exit code 2, never as a traceback."""
    try:
        with suppress(KeyboardInterrupt):
            yield
    except (OfficeError, StoreError, LibraryError, ReadingError, ChannelRefused, TalkError) as error:
        Screen(stderr=True, soft_wrap=True, highlight=False, markup=False).print(str(error))
        sys.exit(2)


def main() -> None:
    """Run the command line."""
    with in_words():
        app()


if __name__ == "__main__":
    main()
