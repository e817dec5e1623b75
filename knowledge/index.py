"""The knowledge index: one SQLite file with documents, passages, what was read out of them, and their vocabulary.

The only file of this room that opens a database. An index is built beside its place and moved there when it is whole;
a `Library` reads it and never writes.
"""

import hashlib
import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import sqlite_utils

from knowledge import Document, Duty, Obligation, Target, Union
from knowledge.duties import read_duties, read_obligations
from knowledge.lexicon import parted, searchable
from knowledge.library import Library
from knowledge.sentences import clauses_of
from knowledge.spelling import as_seen
from knowledge.targets import read_targets
from knowledge.vietnamese import pairs as joined

__all__ = ["Library", "LibraryError", "build_index", "fingerprint", "open_index"]

FORMAT = 1
_BATCH = 1_000

Progress = Callable[[int], None]

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE unions (code TEXT PRIMARY KEY, name TEXT, level TEXT, parent TEXT, sector TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, key TEXT UNIQUE, scope TEXT, head TEXT NOT NULL);
CREATE TABLE passages (id INTEGER PRIMARY KEY, document INTEGER, position INTEGER, section TEXT, heading TEXT,
  text TEXT, original TEXT, first_line INTEGER, last_line INTEGER, UNIQUE (document, position));
CREATE TABLE clauses (passage INTEGER, ordinal INTEGER, text TEXT, words TEXT, PRIMARY KEY (passage, ordinal))
  WITHOUT ROWID;
CREATE TABLE facts (document INTEGER, position INTEGER, sort TEXT, body TEXT);
CREATE INDEX facts_by_place ON facts (document, sort, position);
CREATE VIRTUAL TABLE words USING fts5 (document, title, body, pairs, content='',
  tokenize="unicode61 remove_diacritics 0 tokenchars '_-/.,%'");
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, count INTEGER, passages INTEGER) WITHOUT ROWID;
CREATE TABLE neighbours (left TEXT, right TEXT, count INTEGER, PRIMARY KEY (left, right)) WITHOUT ROWID;
"""


class LibraryError(Exception):
    """The index file cannot be used; the message says what to do."""


def fingerprint(documents: Iterable[Document], unions: Iterable[Union]) -> str:
    """A digest of everything that an index is made of: documents, unions, and the code and tables of this room."""
    digest = hashlib.sha256()
    for part in (*documents, *unions):
        digest.update(repr(part).encode())
    for file in sorted(Path(__file__).parent.iterdir()):
        if file.suffix in {".py", ".toml"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def build_index(
    path: Path, documents: Iterable[Document], unions: Iterable[Union], progress: Progress = lambda _: None
) -> None:
    """Write the index of these documents to `path`, replacing one that is there; `progress` hears passages done."""
    listed, known = tuple(documents), tuple(unions)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        database = sqlite_utils.Database(connection)
        _write(database, _told_apart(listed), known, progress)
        database.table("meta").insert_all(
            {"name": name, "value": value}
            for name, value in (("format", str(FORMAT)), ("fingerprint", fingerprint(listed, known)))
        )
        connection.commit()
    unfinished.replace(path)


def open_index(path: Path) -> Library:
    """The library at `path`, read-only; raises `LibraryError` when it is missing, broken or of another version."""
    if not path.exists():
        raise LibraryError(f"There is no knowledge index at {path.name}: build it with `congdoan knowledge build`.")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise LibraryError(f"The knowledge index {path.name} cannot be opened: check its permissions.") from error
    try:
        meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    except sqlite3.Error as error:
        connection.close()
        raise LibraryError(f"The knowledge index {path.name} is broken: build it again.") from error
    if meta.get("format") != str(FORMAT):
        connection.close()
        raise LibraryError(f"The knowledge index {path.name} was made by another version: build it again.")
    lock = threading.Lock()

    def rows(statement: str, *values: object) -> list[Any]:
        with lock:
            return connection.execute(statement, values).fetchall()

    library = Library(rows, connection.close, meta["fingerprint"])
    library.warm()
    return library


def _told_apart(documents: Iterable[Document]) -> tuple[Document, ...]:
    """The documents with keys that differ: two plans without a number may bear the same title."""
    seen: Counter[str] = Counter()
    named = []
    for document in documents:
        seen[document.key] += 1
        number = seen[document.key]
        named.append(document if number == 1 else replace(document, key=f"{document.key}-{number}"))
    return tuple(named)


def _write(
    database: sqlite_utils.Database, documents: Sequence[Document], unions: Sequence[Union], progress: Progress
) -> None:
    database.table("unions").insert_all(asdict(union) for union in unions)
    counts: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    neighbours: Counter[tuple[str, str]] = Counter()
    first = 1
    for number, document in enumerate(documents, start=1):
        _write_head(database, number, document)
        _write_facts(database, number, document)
        for tokens in _write_passages(database, number, document, first):
            seen = [as_seen(token) for token in tokens]
            counts.update(seen)
            spread.update(set(tokens))
            neighbours.update(pairwise(seen))
        first += len(document.passages)
        progress(len(document.passages))
    database.table("vocabulary").insert_all(
        {"word": word, "count": counts[word], "passages": spread[word]} for word in sorted(counts | spread)
    )
    database.table("neighbours").insert_all(
        {"left": left, "right": right, "count": count} for (left, right), count in sorted(neighbours.items())
    )


def _write_head(database: sqlite_utils.Database, number: int, document: Document) -> None:
    head = asdict(replace(document, passages=()))
    head.pop("passages")
    text = json.dumps(head | {"passages": []}, ensure_ascii=False, default=str)
    database.table("documents").insert({"id": number, "key": document.key, "scope": document.scope, "head": text})


def _write_facts(database: sqlite_utils.Database, number: int, document: Document) -> None:
    facts: tuple[tuple[str, Target | Duty | Obligation], ...] = (
        *(("target", target) for target in read_targets(document)),
        *(("duty", duty) for duty in read_duties(document)),
        *(("obligation", obligation) for obligation in read_obligations(document)),
    )
    database.table("facts").insert_all(
        {
            "document": number,
            "position": fact.position,
            "sort": sort,
            "body": json.dumps(asdict(fact) | {"document": document.key}, ensure_ascii=False),
        }
        for sort, fact in facts
    )


def _write_passages(
    database: sqlite_utils.Database, number: int, document: Document, first: int
) -> Iterator[list[str]]:
    """Write the passages of one document in batches; yields the tokens of each for the vocabulary."""
    title = " ".join(searchable(f"{document.kind} {document.number or ''} {document.title} {document.issuer or ''}"))
    for start in range(0, len(document.passages), _BATCH):
        batch = list(enumerate(document.passages[start : start + _BATCH], start=first + start))
        database.table("passages").insert_all(
            {"id": row, "document": number, **asdict(passage)} for row, passage in batch
        )
        database.table("clauses").insert_all(
            {"passage": row, "ordinal": place, "text": text, "words": parted(text)}
            for row, passage in batch
            for place, text in enumerate(clauses_of(passage.text))
        )
        for row, passage in batch:
            tokens = searchable(passage.text)
            heading = " ".join(searchable(passage.heading))
            database.execute(
                "INSERT INTO words (rowid, document, title, body, pairs) VALUES (?, ?, ?, ?, ?)",
                [row, f"d{number}", f"{title} {heading}", " ".join(tokens), " ".join(joined(tokens))],
            )
            yield tokens
