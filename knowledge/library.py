"""What an open index holds, as the words of this room. `index.py` makes it; here is no database, only its questions."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from types import TracebackType
from typing import Any, Self

from knowledge import Document, Duty, Obligation, Passage, Target, Union
from knowledge.intents import patterns
from knowledge.lexicon import lexicon, parted
from knowledge.places import Place, find_places, union_places
from knowledge.spelling import Spelling, learn

_MOST_PAIRS = 200_000
_KEPT_WARM = 20

Rows = Callable[..., list[Any]]
"""Asks the index: an SQL statement and its values to rows; may be called from several threads."""


class Library:
    """An open index. Methods may be called from several threads; what is read often is kept."""

    def __init__(self, rows: Rows, close: Callable[[], None], fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self.close = close
        self._rows = rows
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
        for _ in (
            self.spelling,
            self.frequencies,
            self.numbers,
            self.places,
            self.size,
            patterns("vi"),
            patterns("en"),
        ):
            pass
        find_places("", (), self.places)
        for key in list(self.documents)[:_KEPT_WARM]:
            for passage in self.passages(key):
                self.passage(key, passage.position)
                self.clauses(key, passage.position)
                self.spelled(passage.heading)
            for target in self.targets(key):
                self.spelled(target.quote)
            for read in (self.duties, self.obligations):
                read(key)

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
    def lengths(self) -> Mapping[str, int]:
        """How many passages each document has."""
        rows = self._rows("SELECT d.key, count(*) FROM passages p JOIN documents d ON d.id = p.document GROUP BY d.key")
        return dict.fromkeys(self.numbers, 0) | dict(rows)

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
        spoken = (
            *tables.spoken,
            *tables.wordings,
            *tables.subjects,
            *tables.typed.values(),
            *tables.fillers,
            *tables.soft,
        )
        return learn(counts, {(left, right): count for left, right, count in rows}, spoken)

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
