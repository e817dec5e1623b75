"""`congdoan knowledge build` and `check`: an index for any organisation and its files, and a look at what was read."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console as Screen
from rich.progress import Progress
from rich.table import Table

from bot.app import OfficeError
from bot.asking import warm
from knowledge import Document, Union
from knowledge.index import Library, build_index, open_index
from knowledge.reading import read_file
from knowledge.review import Row, review

INDEX_FILE = "knowledge.sqlite"
"""The name of the index inside the directory that `knowledge build` writes."""

_COLUMNS = ("code", "name", "level", "parent", "documents")


@dataclass(frozen=True)
class Listing:
    """The unions of an organisation file, and whose each document is (code of the union, name of the file)."""

    unions: tuple[Union, ...]
    documents: tuple[tuple[str, str], ...]


def build(
    organisation: Annotated[Path, typer.Option(help="CSV: code,name,level,parent,sector,documents.", exists=True)],
    documents: Annotated[Path, typer.Option(help="Directory of the documents.", exists=True, file_okay=False)],
    out: Annotated[Path, typer.Option(help="Directory for the index.", file_okay=False)],
) -> None:
    """Build an index for an organisation: a document is seen by its union and by all below it."""
    listing = read_listing(organisation)
    missing = sorted({name for _, name in listing.documents if not (documents / name).is_file()})
    if missing:
        raise OfficeError(f"{organisation.name} lists files that are not in {documents.name}: {', '.join(missing)}")
    screen = Screen(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("Building the knowledge index", total=None)
        write_index(listing, documents, out, lambda done: progress.update(task, advance=done))
    with open_built(out) as library:
        counts = f"{len(library.documents)} documents, {library.size} passages, {len(library.unions)} unions"
    typer.echo(f"{counts}: {out / INDEX_FILE}")


def check(files: list[Path]) -> None:
    """Show what was read out of documents beside their text, the doubtful rows first."""
    screen = Screen(soft_wrap=False)
    for file in files:
        for document in read_file(file):
            screen.print(_table(document, review(document)))


def read_listing(file: Path) -> Listing:
    """The organisation in a CSV file; raises `OfficeError` that names the row and column of a mistake."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        absent = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if absent:
            raise OfficeError(f"{file.name}: the columns {', '.join(absent)} are missing")
        rows = list(enumerate(reader, start=2))
    codes = [row["code"].strip() for _, row in rows]
    for number, row in rows:
        _refuse_mistakes(file, number, row, codes)
    unions = tuple(
        Union(row["code"].strip(), row["name"].strip(), row["level"], row["parent"].strip(), row.get("sector") or "")
        for _, row in rows
    )
    return Listing(unions, tuple((row["code"].strip(), name) for _, row in rows for name in _names(row["documents"])))


def write_index(listing: Listing, folder: Path, out: Path, progress: Callable[[int], None] = lambda _: None) -> None:
    """Read the listed documents and write their index into the directory `out`."""
    build_index(out / INDEX_FILE, tuple(_read(listing.documents, folder)), listing.unions, progress)


def open_built(folder: Path) -> Library:
    """The index that `knowledge build` wrote into a directory; raises `LibraryError` in words."""
    library = open_index(folder / INDEX_FILE)
    warm(library)
    return library


def _read(listed: Sequence[tuple[str, str]], folder: Path) -> Iterator[Document]:
    for code, name in listed:
        yield from (replace(document, scope=code) for document in read_file(folder / name))


def _refuse_mistakes(file: Path, number: int, row: dict[str, str], codes: Sequence[str]) -> None:
    problems = (
        (not row["code"].strip(), "code", "is empty"),
        (codes.count(row["code"].strip()) > 1, "code", f"{row['code']!r} stands there twice"),
        (bool(row["parent"].strip()) and row["parent"].strip() not in codes, "parent", f"{row['parent']!r} is unknown"),
    )
    for wrong, column, what in problems:
        if wrong:
            raise OfficeError(f"{file.name}, row {number}, column {column}: {what}")


def _names(listed: str | None) -> list[str]:
    return [name.strip() for name in (listed or "").split(";") if name.strip()]


def _table(document: Document, rows: Sequence[Row]) -> Table:
    table = Table(title=f"{document.file}: {document.kind} {document.number or ''}", show_lines=True)
    for title in ("Check", "Section", "Read", "Text"):
        table.add_column(title, overflow="fold")
    for row in rows:
        doubts = ", ".join(doubt.replace("_", " ") for doubt in row.doubts)
        table.add_row(f"{row.sort}: {doubts}" if doubts else row.sort, row.section, row.read, row.text)
    return table
