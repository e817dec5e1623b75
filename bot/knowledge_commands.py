"""`congdoan index`, `search` and `bench`: the retrieval engine on any collection, and how fast it all is."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer
from rich.console import Console as Screen
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from bot.app import OfficeError
from bot.benchmark import Measure, measures
from knowledge.collection import Collection, Entry, build_collection, open_collection

bench_app = typer.Typer(no_args_is_help=True, help="Measure speed and memory on this machine.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def index(
    corpus: Annotated[Path, typer.Option(help="JSONL: id, title, text.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option(help="Directory for the index.", file_okay=False)],
) -> None:
    """Index a collection of texts for `congdoan search`."""
    with corpus.open("rb") as lines:
        total = sum(1 for _ in lines)
    began = perf_counter()
    with _bar("Indexing", total) as advance:
        done = build_collection(out, _entries(corpus), advance)
    typer.echo(f"{done} texts in {perf_counter() - began:.1f} s: {out}")


def search(
    question: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    index_dir: Annotated[
        Path | None, typer.Option("--index", help="Directory that `congdoan index` wrote.", file_okay=False)
    ] = None,
    batch: Annotated[Path | None, typer.Option(help="JSONL: id, text.", exists=True, dir_okay=False)] = None,
    limit: Annotated[int, typer.Option(help="Hits for each question.", min=1, max=100)] = 10,
    as_json: Json = False,
) -> None:
    """Search a collection of texts for one question, or for a file of them."""
    if index_dir is None or (question is None) == (batch is None):
        raise OfficeError("Search like this: congdoan search --index DIR --batch queries.jsonl --json")
    with open_collection(index_dir) as collection:
        queries = _queries(batch) if batch else iter([("", question or "")])
        for identity, text in queries:
            found = _search(collection, identity, text, limit)
            typer.echo(json.dumps(found, ensure_ascii=False) if as_json else _plain(found))


@bench_app.command("knowledge")
def bench_knowledge(
    passages: Annotated[int, typer.Option(help="Passages in the large library.", min=1_000)] = 20_000,
    as_json: Json = False,
) -> None:
    """Print how fast answers come and indexes are built, and the memory that takes, beside what is asked for."""
    with _bar("Building a large library", passages) as advance:
        rows = list(measures(passages, date(2026, 7, 16), advance))
    if as_json:
        typer.echo(json.dumps([vars(row) for row in rows], ensure_ascii=False, indent=1))
    else:
        Screen().print(_table(rows))


@contextmanager
def _bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on the terminal (nothing where nobody looks); yields what moves it on."""
    screen = Screen(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task(title, total=total)
        yield lambda done: progress.advance(task, done)


def _entries(corpus: Path) -> Iterator[Entry]:
    """The texts of a collection as they stand in its file; the title may be missing."""
    for number, row in _rows(corpus):
        match row:
            case {"id": str() | int() as key, "text": str() as text} if isinstance(row.get("title") or "", str):
                yield Entry(key, row.get("title") or "", text)
            case _:
                raise OfficeError(
                    f"{corpus.name}, line {number}: expected a JSON object with id (text or whole number), title, text"
                )


def _queries(file: Path) -> Iterator[tuple[Any, str]]:
    for number, row in _rows(file):
        match row:
            case {"id": identity, "text": str() as text}:
                yield identity, text
            case _:
                raise OfficeError(f"{file.name}, line {number}: expected a JSON object with id, text")


def _rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSONL file with their line numbers; raises `OfficeError` for a line that is none."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                if not (text := line.decode("utf-8-sig").strip()):
                    continue
                row = json.loads(text)
            except ValueError as error:
                raise OfficeError(f"{file.name}, line {number}: this is no JSON in UTF-8") from error
            if not isinstance(row, dict):
                raise OfficeError(f"{file.name}, line {number}: expected a JSON object")
            yield number, row


def _search(collection: Collection, identity: object, text: str, limit: int) -> dict[str, Any]:
    began = perf_counter()
    hits = [{"id": found.key, "score": found.score} for found in collection.search(text, limit)]
    return {"id": identity, "hits": hits, "ms": round((perf_counter() - began) * 1000, 2)}


def _plain(found: dict[str, Any]) -> str:
    hits = "  ".join(f"{hit['id']} ({hit['score']})" for hit in found["hits"])
    return f"{found['id']}: {hits or 'nothing found'}".removeprefix(": ")


def _table(rows: list[Measure]) -> Table:
    table = Table(title="congdoan bench knowledge")
    for name in ("what", "measured", "asked for"):
        table.add_column(name)
    for row in rows:
        table.add_row(row.what, row.measured, row.bar)
    return table
