"""The knowledge index: one SQLite file with documents, passages, what was read out of them, and their vocabulary.

The only file of this room that opens a database. An index is built beside its place and moved there when it is whole;
a `Library` reads it and never writes.
"""

import hashlib
import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlite_utils

from knowledge import Document, Duty, Obligation, Passage, Target, Union
from knowledge.sentences import clauses_of
from knowledge.duties import read_duties, read_obligations
from knowledge.lexicon import lexicon, parted, searchable
from knowledge.places import Place, union_places
from knowledge.spelling import Spelling, as_seen, learn
from knowledge.targets import read_targets
from knowledge.vietnamese import pairs as joined

FORMAT = 1
_MOST_PAIRS = 200_000
_BATCH = 1_000
_KEPT_WARM = 20

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
        _write(database, listed, known, progress)
        database["meta"].insert_all(
            {"name": name, "value": value}
            for name, value in (("format", str(FORMAT)), ("fingerprint", fingerprint(listed, known)))
        )
        connection.commit()
    unfinished.replace(path)


def open_index(path: Path) -> "Library":
    """The library at `path`, read-only; raises `LibraryError` when it is missing, older than this program, or broken."""
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
    library = Library(connection, meta["fingerprint"])
    library.warm()
    return library


class Library:
    """An open index. Methods may be called from several threads; what is read often is kept."""

    def __init__(self, connection: sqlite3.Connection, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._connection = connection
        self._lock = threading.Lock()
        self.passage = lru_cache(maxsize=20_000)(self._passage)
        self.clauses = lru_cache(maxsize=20_000)(self._clauses)
        self.targets = lru_cache(maxsize=500)(self._targets)
        self.duties = lru_cache(maxsize=500)(self._duties)
        self.obligations = lru_cache(maxsize=500)(self._obligations)
        self.passages = lru_cache(maxsize=500)(self._passages)
        self.spelled = lru_cache(maxsize=20_000)(parted)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Read what every question needs, so that the first one is not slower than the others."""
        for _ in (self.spelling, self.frequencies, self.numbers, self.places, self.size):
            pass
        for key in list(self.documents)[:_KEPT_WARM]:
            for passage in self.passages(key):
                self.passage(key, passage.position)
                self.clauses(key, passage.position)
            for read in (self.targets, self.duties, self.obligations):
                read(key)

    def close(self) -> None:
        """Close the file; nothing can be asked afterwards."""
        self._connection.close()

    @cached_property
    def unions(self) -> Mapping[str, Union]:
        """All unions by their code."""
        rows = self._rows("SELECT code, name, level, parent, sector FROM unions")
        return {row[0]: Union(*row) for row in rows}

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """All documents by their key, without their passages."""
        rows = self._rows("SELECT head FROM documents ORDER BY id")
        return {document.key: document for document in (_document(json.loads(head)) for (head,) in rows)}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places that unions and documents are named after."""
        return union_places(self.unions.values(), self.documents.values())

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The row number of each document in the index."""
        return dict(self._rows("SELECT key, id FROM documents"))

    @cached_property
    def size(self) -> int:
        """How many passages there are."""
        return int(self._rows("SELECT count(*) FROM passages")[0][0])

    @cached_property
    def frequencies(self) -> Mapping[str, int]:
        """In how many passages each syllable stands."""
        return dict(self._rows("SELECT word, passages FROM vocabulary"))

    @cached_property
    def spelling(self) -> Spelling:
        """The model that restores accents."""
        counts = dict(self._rows("SELECT word, count FROM vocabulary"))
        rows = self._rows("SELECT left, right, count FROM neighbours ORDER BY count DESC LIMIT ?", _MOST_PAIRS)
        tables = lexicon()
        spoken = (*tables.spoken, *tables.wordings, *tables.subjects, *tables.typed.values(), *tables.fillers, *tables.soft)
        return learn(counts, {(left, right): count for left, right, count in rows}, spoken)

    def neighbours(self, left: str, right: str) -> int:
        """How often two syllables stand next to each other in the collection."""
        rows = self._rows("SELECT count FROM neighbours WHERE left = ? AND right = ?", left, right)
        return int(rows[0][0]) if rows else 0

    def chain(self, code: str) -> tuple[str, ...]:
        """A union's code and those of the levels above it, nearest first; just the code when it is not known."""
        codes = [code]
        while (union := self.unions.get(codes[-1])) and union.parent and union.parent not in codes:
            codes.append(union.parent)
        return tuple(codes)

    def scope(self, chain: Iterable[str]) -> tuple[str, ...]:
        """The keys of the documents of these unions, in the order of the unions."""
        order = {code: place for place, code in enumerate(chain)}
        seen = [document for document in self.documents.values() if document.scope in order]
        return tuple(document.key for document in sorted(seen, key=lambda document: order[document.scope]))

    def match(self, expression: str, keys: Sequence[str], limit: int) -> list[tuple[str, int, float]]:
        """The best passages for an FTS5 expression within these documents: (document, position, score), best first."""
        if not keys or not expression:
            return []
        within = " OR ".join(f"d{self.numbers[key]}" for key in keys)
        rows = self._rows(
            "SELECT d.key, p.position, -w.rank FROM (SELECT rowid, rank FROM words WHERE words MATCH ?"
            " AND rank MATCH 'bm25(0.0, 2.0, 1.0, 1.5)' ORDER BY rank LIMIT ?) w"
            " JOIN passages p ON p.id = w.rowid JOIN documents d ON d.id = p.document ORDER BY w.rank",
            f"document : ({within}) AND {{title body pairs}} : ({expression})",
            limit,
        )
        return [(key, position, score) for key, position, score in rows]

    def _rows(self, statement: str, *values: object) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def _passages(self, key: str) -> tuple[Passage, ...]:
        rows = self._rows(
            "SELECT position, section, heading, text, original, first_line, last_line FROM passages"
            " WHERE document = ? ORDER BY position",
            self.numbers[key],
        )
        return tuple(Passage(*row) for row in rows)

    def _passage(self, key: str, position: int) -> Passage:
        (row,) = self._rows(
            "SELECT position, section, heading, text, original, first_line, last_line FROM passages"
            " WHERE document = ? AND position = ?",
            self.numbers[key],
            position,
        )
        return Passage(*row)

    def _clauses(self, key: str, position: int) -> tuple[tuple[str, str], ...]:
        rows = self._rows(
            "SELECT c.text, c.words FROM clauses c JOIN passages p ON p.id = c.passage"
            " WHERE p.document = ? AND p.position = ? ORDER BY c.ordinal",
            self.numbers[key],
            position,
        )
        return tuple((text, words) for text, words in rows)

    def _targets(self, key: str) -> tuple[Target, ...]:
        return tuple(_target(body) for body in self._facts(key, "target"))

    def _duties(self, key: str) -> tuple[Duty, ...]:
        return tuple(Duty(**body) for body in self._facts(key, "duty"))

    def _obligations(self, key: str) -> tuple[Obligation, ...]:
        return tuple(
            Obligation(**body | {"frequency": tuple(body["frequency"])}) for body in self._facts(key, "obligation")
        )

    def _facts(self, key: str, sort: str) -> list[dict[str, Any]]:
        rows = self._rows(
            "SELECT body FROM facts WHERE document = ? AND sort = ? ORDER BY position, rowid", self.numbers[key], sort
        )
        return [json.loads(body) for (body,) in rows]


def _document(head: dict[str, Any]) -> Document:
    issued = head["issued_on"]
    return Document(
        **head
        | {
            "issued_on": date.fromisoformat(issued) if issued else None,
            "legal_bases": tuple(head["legal_bases"]),
            "recipients": tuple(head["recipients"]),
            "passages": (),
        }
    )


def _target(body: dict[str, Any]) -> Target:
    value = body["value"]
    return Target(**body | {"value": tuple(value) if isinstance(value, list) else value})


def _write(
    database: sqlite_utils.Database, documents: Sequence[Document], unions: Sequence[Union], progress: Progress
) -> None:
    database["unions"].insert_all(asdict(union) for union in unions)
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
    database["vocabulary"].insert_all(
        {"word": word, "count": counts[word], "passages": spread[word]} for word in sorted(counts | spread)
    )
    database["neighbours"].insert_all(
        {"left": left, "right": right, "count": count} for (left, right), count in sorted(neighbours.items())
    )


def _write_head(database: sqlite_utils.Database, number: int, document: Document) -> None:
    head = asdict(replace(document, passages=()))
    head.pop("passages")
    text = json.dumps(head | {"passages": []}, ensure_ascii=False, default=str)
    database["documents"].insert({"id": number, "key": document.key, "scope": document.scope, "head": text})


def _write_facts(database: sqlite_utils.Database, number: int, document: Document) -> None:
    facts = (
        *(("target", target) for target in read_targets(document)),
        *(("duty", duty) for duty in read_duties(document)),
        *(("obligation", obligation) for obligation in read_obligations(document)),
    )
    database["facts"].insert_all(
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
        database["passages"].insert_all({"id": row, "document": number, **asdict(passage)} for row, passage in batch)
        for row, passage in batch:
            tokens = searchable(passage.text)
            clauses = clauses_of(passage.text)
            database["clauses"].insert_all(
                {"passage": row, "ordinal": place, "text": text, "words": parted(text)}
                for place, text in enumerate(clauses)
            )
            heading = " ".join(searchable(passage.heading))
            database.execute(
                "INSERT INTO words (rowid, document, title, body, pairs) VALUES (?, ?, ?, ?, ?)",
                [row, f"d{number}", f"{title} {heading}", " ".join(tokens), " ".join(joined(tokens))],
            )
            yield tokens
