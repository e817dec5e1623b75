"""What an open index holds, as the words of this room. `index.py` makes it; here is no database, only its questions."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

from knowledge import Document, Duty, Obligation, Passage, Target, Union
from knowledge.intents import patterns
from knowledge.lexicon import lexicon, parted, phrase
from knowledge.places import Place, find_places, union_places
from knowledge.sentences import clauses_of
from knowledge.spelling import Spelling, as_asked
from knowledge.vocabulary import OpenIndex

_MOST_PAIRS = 200_000
_KEPT_WARM = 20
_KEPT_PASSAGES, _KEPT_DOCUMENTS = 20_000, 2_000


Kept = TypeVar("Kept")

Rows = Callable[..., list[Any]]
"""Asks the index: an SQL statement and its values to rows; may be called from several threads."""


def document_token(number: int) -> str:
    """The term that every passage of a document bears in the index."""
    return f"d{number}"


def scope_token(code: str) -> str:
    """The term that every passage of a union's documents bears in the index."""
    return f"s{code.encode().hex()}"


class Library(OpenIndex):
    """An open index. Methods may be called from several threads; what is read often is kept."""

    def __init__(self, rows: Rows, close: Callable[[], None], fingerprint: str) -> None:
        super().__init__(rows, close)
        self.fingerprint = fingerprint
        self.passage = lru_cache(maxsize=_KEPT_PASSAGES)(self._passage)
        self.clauses = lru_cache(maxsize=_KEPT_PASSAGES)(self._clauses)
        self.targets = lru_cache(maxsize=_KEPT_DOCUMENTS)(self._targets)
        self.duties = lru_cache(maxsize=_KEPT_DOCUMENTS)(self._duties)
        self.obligations = lru_cache(maxsize=_KEPT_DOCUMENTS)(self._obligations)
        self.passages = lru_cache(maxsize=_KEPT_DOCUMENTS)(self._passages)
        self.spelled = lru_cache(maxsize=_KEPT_PASSAGES)(parted)
        self._within = lru_cache(maxsize=_KEPT_DOCUMENTS)(self._narrowed)
        self._kept: dict[object, Any] = {}

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

    def kept(self, make: "Callable[[Library], Kept]") -> Kept:
        """What `make` makes of this library: made once, and kept for as long as the library is."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return cast("Kept", self._kept[make])

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
        return dict(self._rows("SELECT key, passages FROM documents"))

    @cached_property
    def size(self) -> int:
        """How many passages there are."""
        return sum(self.lengths.values())

    @cached_property
    def spelling(self) -> Spelling:
        """The model that restores accents."""
        tables = lexicon()
        spoken = (
            *tables.spoken,
            *tables.wordings,
            *tables.subjects,
            *tables.typed.values(),
            *tables.fillers,
            *tables.soft,
        )
        return as_asked(self.learned(_MOST_PAIRS, spoken), tables.openings, tables.function_words)

    def chain(self, code: str) -> tuple[str, ...]:
        """A union's code and those of the levels above it, nearest first; just the code when it is not known."""
        codes = [code]
        while (union := self.unions.get(codes[-1])) and union.parent and union.parent not in codes:
            codes.append(union.parent)
        return tuple(codes)

    @cached_property
    def by_scope(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of the documents of each union that has some."""
        keys: dict[str, list[str]] = {}
        for document in self.documents.values():
            keys.setdefault(document.scope, []).append(document.key)
        return {scope: tuple(listed) for scope, listed in keys.items()}

    def scope(self, chain: Iterable[str]) -> tuple[str, ...]:
        """The keys of the documents of these unions, in the order of the unions."""
        return tuple(key for code in dict.fromkeys(chain) for key in self.by_scope.get(code, ()))

    def short_forms(self, keys: Iterable[str]) -> Mapping[str, str]:
        """The abbreviations that these documents define themselves, as `spell_out` takes them; the first one holds."""
        return {
            phrase(short): phrase(long) for key in reversed([*keys]) for short, long in self.documents[key].short_forms
        }

    def match(self, expression: str, keys: Sequence[str], limit: int) -> list[tuple[str, int, float]]:
        """The best passages for an FTS5 expression within these documents: (document, position, score), best first."""
        if not keys or not expression:
            return []
        rows = self._rows(
            "SELECT p.document, p.position, -w.rank FROM (SELECT rowid, rank FROM words WHERE words MATCH ?"
            " AND rank MATCH 'bm25(0.0, 2.0, 1.0, 1.5)' ORDER BY rank LIMIT ?) w"
            " JOIN passages p ON p.id = w.rowid ORDER BY w.rank",
            f"{self._within(tuple(keys))}{{title body pairs}} : ({expression})",
            limit,
        )
        return [(self._keys[number], position, score) for number, position, score in rows]

    @cached_property
    def _keys(self) -> Mapping[int, str]:
        return {number: key for key, number in self.numbers.items()}

    def _narrowed(self, keys: tuple[str, ...]) -> str:
        """The part of a match that keeps it to these documents: nothing for all, a union's key for all that it has.

        The cost of a match follows the rows that it leaves, so it is told first what may be seen.
        """
        left = set(keys)
        if len(left) == len(self.numbers):
            return ""
        whole = [scope for scope, listed in self.by_scope.items() if left.issuperset(listed)]
        left -= {key for scope in whole for key in self.by_scope[scope]}
        tokens = [*map(scope_token, whole), *(document_token(self.numbers[key]) for key in sorted(left))]
        return f"document : ({' OR '.join(tokens)}) AND "

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
        return tuple((text, parted(text)) for text in clauses_of(self.passage(key, position).text))

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
            "short_forms": tuple((short, long) for short, long in head["short_forms"]),
            "passages": (),
        }
    )


def _target(body: dict[str, Any]) -> Target:
    value = body["value"]
    return Target(**body | {"value": tuple(value) if isinstance(value, list) else value})
