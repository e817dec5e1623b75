"""`congdoan library …`: the documents from which an office answers."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import OfficeError, open_library, read_settings, shelf_of
from bot.clock import Clock
from bot.serving import open_office
from bot.settings import Settings
from db import KeptDocument, files, library, unions
from db.library import digest_of
from db.store import Connection, Store
from handlers.shelving import add, alike, called, head_of, withdraw
from knowledge.inquiry import label
from knowledge.reading import read_file

library_app = typer.Typer(no_args_is_help=True, help="The documents from which an office answers.")

Source = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A .docx, .pdf, .txt or .md file.")]
Scope = Annotated[str, typer.Option("--scope", help="Code of the union for which it holds, with all below it.")]
Replace = Annotated[bool, typer.Option("--replace", help="Take out documents with the same content or number.")]
Both = Annotated[bool, typer.Option("--both", help="Keep documents with the same content or number beside it.")]
Number = Annotated[int, typer.Argument(help="Number of the document, as `library list` shows it.")]


@library_app.command("list")
def list_documents() -> None:
    """List the documents that the office added; those that come with the program are not among them."""
    with open_office(read_settings()).transaction() as connection:
        standing = library.standing(connection)
    for each in standing:
        typer.echo(f"{_line(each)}, added {each.since:%Y-%m-%d}")
    typer.echo(f"{len(standing)} documents")


@library_app.command("add")
def add_document(file: Source, scope: Scope, replace: Replace = False, both: Both = False) -> None:
    """Add a file to the library; a bot that runs answers from it within a few minutes, or after the next message."""
    if replace and both:
        raise OfficeError("--replace and --both exclude each other: choose one.")
    found = read_settings()
    now = Clock(found.start()).now()
    heads = tuple(head_of(each) for each in read_file(file))
    content = file.read_bytes()
    digest = digest_of(content)
    store = open_office(found)
    with store.transaction() as connection:
        if not unions.is_open(connection, scope, now.date()):
            raise OfficeError(
                f"There is no union {scope!r} on {now:%Y-%m-%d}: see its code with `congdoan org export`."
            )
        same = alike(connection, heads, digest, unions.below(connection, scope, now.date()))
        if same and not (replace or both):
            listed = "\n".join(map(_line, same))
            raise OfficeError(f"{listed}\nThe same is there already: use --replace or --both. Nothing was written.")
        withdraw(connection, same if replace else (), None, now)
        number = files.put(connection, scope, None, file.name, "", content, now)
        numbers = add(connection, number, digest, heads, scope, None, now)
    store.close()
    for each, head in zip(numbers, heads, strict=True):
        typer.echo(f"{each}: {label(head)}: {head.title}")
    typer.echo(f"{len(numbers)} documents added for {scope}" + (f", {len(same)} taken out" if replace else ""))


@library_app.command("withdraw")
def withdraw_document(number: Number) -> None:
    """Take a document out of the library; its file is kept."""
    found = read_settings()
    with open_office(found).transaction() as connection:
        document = _standing(connection, number)
        withdraw(connection, [document], None, Clock(found.start()).now())
    typer.echo(f"taken out: {_line(document)}")


@library_app.command("rebuild")
def rebuild() -> None:
    """Build the index of this office anew; only needed when its file was damaged."""
    found = read_settings()
    store = open_office(found)
    if not _rebuilt(store, found):
        raise OfficeError("The library could not be built: see the log above. The one that was there still answers.")
    store.close()


def _rebuilt(store: Store, found: Settings) -> bool:
    with open_library(found) as shipped:
        shelf = shelf_of(store, found.var_dir, shipped)
        done = shelf.catch_up(Clock(found.start()).now(), anew=True)
        if done:
            typer.echo(f"{len(shelf.library.documents)} documents, {shelf.library.size} passages")
        shelf.close()
    return done


def _standing(connection: Connection, number: int) -> KeptDocument:
    document = library.get(connection, number)
    if document is None or document.withdrawn_at is not None:
        raise OfficeError(f"There is no document {number} in the library: see `congdoan library list`.")
    return document


def _line(document: KeptDocument) -> str:
    return f"{document.id}: {document.union}, {called(document)}: {document.title}"
