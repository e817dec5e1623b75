"""The knowledge index: one SQLite file with documents, passages, what was read out of them, and their vocabulary.

The only file of this room that opens a database. A file is built beside its place and moved there when it is whole;
a `Library` reads it and never writes.
"""

import hashlib
import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge import Document, Union
from knowledge.amendments import amendments
from knowledge.facts import batches, fact_reader
from knowledge.lexicon import phrase, searchable
from knowledge.library import Library, Rows, document_token, scope_token
from knowledge.vietnamese import pairs as joined
from knowledge.vocabulary import VOCABULARY_TABLES, write_vocabulary

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["Library", "LibraryError", "OpenFile", "build_index", "fingerprint", "open_file", "open_index", "write_file"]

FORMAT = 3
_CACHE = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"

Progress = Callable[[int], None]

WORDS_TABLE = """
CREATE VIRTUAL TABLE words USING fts5 (document, title, body, pairs, content='',
  tokenize="unicode61 remove_diacritics 0 tokenchars '_-/.,%'");
CREATE VIRTUAL TABLE terms USING fts5vocab (words, 'col');
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);
"""
"""What is matched. `document` holds the keys of scopes, `pairs` neighbouring tokens of the body joined by `_`."""

ADD_WORDS = "INSERT INTO words (rowid, document, title, body, pairs) VALUES (?, ?, ?, ?, ?)"

_TABLES = f"""
CREATE TABLE unions (code TEXT PRIMARY KEY, name TEXT, level TEXT, parent TEXT, sector TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, key TEXT UNIQUE, scope TEXT, passages INTEGER, head TEXT NOT NULL);
CREATE TABLE passages (id INTEGER PRIMARY KEY, document INTEGER, position INTEGER, section TEXT, heading TEXT,
  text TEXT, original TEXT, first_line INTEGER, last_line INTEGER, UNIQUE (document, position));
CREATE TABLE facts (document INTEGER, position INTEGER, sort TEXT, body TEXT);
CREATE INDEX facts_by_place ON facts (document, sort, position);
{WORDS_TABLE}
{VOCABULARY_TABLES}
"""

_ADD_DOCUMENT = "INSERT INTO documents (id, key, scope, passages, head) VALUES (?, ?, ?, ?, ?)"
_ADD_PASSAGE = "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_FACT = "INSERT INTO facts (document, position, sort, body) VALUES (?, ?, ?, ?)"


class LibraryError(Exception):
    """The index file cannot be used; the message says what to do."""


@dataclass(frozen=True)
class OpenFile:
    """An index file that is open: ask it with `rows` (from several threads), `close` it; `meta` says what it is."""

    rows: Rows
    close: Callable[[], None]
    meta: dict[str, str]


def fingerprint(sources: Iterable[Document | bytes], unions: Iterable[Union]) -> str:
    """A digest of everything that an index is made of: documents (or the files that they are read from), unions, and
    the code and tables of this room."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(repr(source).encode())
    return _with_house(digest, unions)


def build_index(
    path: Path,
    documents: Iterable[Document],
    unions: Iterable[Union],
    progress: Progress = lambda _: None,
    *,
    mark: str | None = None,
) -> None:
    """Write the index of these documents to `path`, replacing one that is there; `progress` hears passages done.

    The documents are taken as they come and not held, so that a generator of them keeps memory flat. `mark` becomes the
    fingerprint of the library; by default it is that of the documents.
    """
    known, digest = tuple(unions), hashlib.sha256()
    with write_file(path, _TABLES) as database, fact_reader() as read:
        database.table("unions").insert_all(asdict(union) for union in known)
        number = first = 1
        for batch in batches(_told_apart(_noted(documents, digest))):
            under_way = read(batch)
            start = number
            for document in batch:
                _write_document(database.conn, number, document, first)
                number, first = number + 1, first + len(document.passages)
            for place, (document, facts) in enumerate(zip(batch, under_way, strict=True), start=start):
                database.conn.executemany(_ADD_FACT, ((place, *fact) for fact in facts))
                progress(len(document.passages))
        write_vocabulary(database.conn.execute, database.conn.executemany)
        database.conn.execute("INSERT INTO meta VALUES ('fingerprint', ?)", (mark or _with_house(digest, known),))


def _noted(documents: Iterable[Document], digest: "hashlib._Hash") -> Iterator[Document]:
    """The documents as they come, each added to the digest of the index."""
    for document in documents:
        digest.update(repr(document).encode())
        yield document


def _with_house(digest: "hashlib._Hash", unions: Iterable[Union]) -> str:
    for union in unions:
        digest.update(repr(union).encode())
    for file in sorted(Path(__file__).parent.iterdir()):
        if file.suffix in {".py", ".toml"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()


@contextmanager
def write_file(path: Path, tables: str) -> "Iterator[sqlite_utils.Database]":
    """A new index file with these tables, which is at `path` once the block ends well and never half of it."""
    import sqlite_utils  # noqa: PLC0415 - a process that only answers builds no index

    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as connection:
        connection.executescript(_CACHE + "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);" + tables)
        connection.execute("INSERT INTO meta VALUES ('format', ?)", (str(FORMAT),))
        yield sqlite_utils.Database(connection)
        connection.commit()
    unfinished.replace(path)


def open_index(path: Path) -> Library:
    """The library at `path`, read-only; raises `LibraryError` when it is missing, broken or of another version."""
    file = open_file(path, "knowledge build")
    library = Library(file.rows, file.close, file.meta["fingerprint"])
    library.warm()
    amendments(library)
    return library


def open_file(path: Path, command: str) -> OpenFile:
    """The index file at `path`, read-only; raises `LibraryError` naming the `command` that makes it when it cannot be
    used."""
    if not path.exists():
        raise LibraryError(f"There is no knowledge index at {path.name}: build it with `congdoan {command}`.")
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

    return OpenFile(rows, connection.close, meta)


def _told_apart(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents with keys that differ: two plans without a number may bear the same title."""
    seen: Counter[str] = Counter()
    for document in documents:
        seen[document.key] += 1
        number = seen[document.key]
        yield document if number == 1 else replace(document, key=f"{document.key}-{number}")


def _write_document(connection: sqlite3.Connection, number: int, document: Document, first: int) -> None:
    head = asdict(replace(document, passages=())) | {"passages": []}
    body = json.dumps(head, ensure_ascii=False, default=str)
    connection.execute(_ADD_DOCUMENT, (number, document.key, document.scope, len(document.passages), body))
    connection.executemany(
        _ADD_PASSAGE,
        ((row, number, *vars(passage).values()) for row, passage in enumerate(document.passages, start=first)),
    )
    connection.executemany(ADD_WORDS, _words(number, document, first))


def _words(number: int, document: Document, first: int) -> Iterator[tuple[int, str, str, str, str]]:
    """What is matched of each passage: whose it is, its titles, its tokens and its pairs.

    The words that a document's own short forms stand for follow the tokens.
    """
    title = " ".join(searchable(f"{document.kind} {document.number or ''} {document.title} {document.issuer or ''}"))
    heading = lru_cache(maxsize=100)(searchable)
    scope = f"{document_token(number)} {scope_token(document.scope)}"
    own = {phrase(short): searchable(long) for short, long in document.short_forms}
    for row, passage in enumerate(document.passages, start=first):
        tokens = searchable(passage.text)
        tokens += [word for short in own.keys() & set(tokens) for word in own[short]] if own else []
        above = " ".join(heading(passage.heading))
        yield row, scope, f"{title} {above}", " ".join(tokens), " ".join(joined(tokens))
