"""Retrieval over any collection of texts with the engine of the library: the same tokens, pairs, repaired questions.

A collection is a folder with one index file. Texts are written as they come; memory does not grow with them.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from knowledge.index import ADD_WORDS, WORDS_TABLE, OpenFile, open_file, write_file
from knowledge.lexicon import lexicon, spell_out
from knowledge.ranking import Text, length_of, parts_of, query_of, score, text_of
from knowledge.search import matching
from knowledge.spelling import Spelling, learn, restore
from knowledge.vietnamese import pairs, syllables
from knowledge.vocabulary import VOCABULARY_TABLES, write_vocabulary

FILE = "collection.sqlite"
_TABLES = f"""
CREATE TABLE texts (id INTEGER PRIMARY KEY, key TEXT NOT NULL, title TEXT, body TEXT);
{WORDS_TABLE}
{VOCABULARY_TABLES}
"""
_ADD_TEXT = "INSERT INTO texts VALUES (?, ?, ?, ?)"
_MATCH = "SELECT rowid FROM words WHERE words MATCH ? AND rank MATCH 'bm25(0.0, 2.0, 1.0, 1.5)' ORDER BY rank LIMIT ?"
_MEASURES = ("texts", "usual_length", "usual_part_length")
_PART = "\n"
_BATCH = 500
_CANDIDATES = 100
_HEADING_WORDS = 30
_MOST_PAIRS = 1_000_000
_KEPT = 20_000


@dataclass(frozen=True)
class Entry:
    """A text of a collection with the name by which it is found."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Found:
    """A text that answers a question, and its score (comparable within one question only)."""

    key: str
    score: float


class Collection:
    """An open collection; what is read often is kept."""

    def __init__(self, file: OpenFile) -> None:
        self.close = file.close
        self._rows = file.rows
        self._size, self._usual, self._usual_part = (float(file.meta[name]) for name in _MEASURES)
        self._text = lru_cache(maxsize=_KEPT)(self._read_text)
        self._pair_spread = lru_cache(maxsize=_KEPT)(self._read_pair_spread)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def frequencies(self) -> Mapping[str, int]:
        """In how many texts each syllable stands."""
        return dict(self._rows("SELECT word, passages FROM vocabulary"))

    @cached_property
    def spelling(self) -> Spelling:
        """The model that restores accents, from this collection alone."""
        counts = dict(self._rows("SELECT word, count FROM vocabulary"))
        rows = self._rows("SELECT left, right, count FROM neighbours ORDER BY count DESC LIMIT ?", _MOST_PAIRS)
        return learn(counts, {(left, right): count for left, right, count in rows})

    def search(self, question: str, limit: int = 10) -> list[Found]:
        """The texts that answer a question, best first; none where no word of it stands in the collection."""
        tokens = self.understood(question)
        query = query_of(tokens, self._spread, int(self._size))
        expression = matching({term: self._spread(term) for term in query}, int(self._size))
        rows = self._rows(_MATCH, f"{{title body pairs}} : ({expression})", _CANDIDATES) if expression else []
        scored = ((score(query, text, self._usual, self._usual_part), key) for key, text in map(self._text_at, rows))
        best = heapq.nlargest(limit, scored, key=lambda entry: entry[0])
        return [Found(key, round(points, 4)) for points, key in best]

    def understood(self, question: str) -> list[str]:
        """The tokens of a question with accents and slips repaired; an abbreviation is spelled out where the
        collection does not use it."""
        return restore(spell_out(syllables(question), self._short_forms), self.spelling, bold=True)

    @cached_property
    def _short_forms(self) -> Mapping[str, str]:
        return {short: full for short, full in lexicon().typed.items() if short not in self.spelling.counts}

    def _spread(self, term: str) -> int:
        return self._pair_spread(term) if "_" in term else self.frequencies.get(term, 0)

    def _read_pair_spread(self, term: str) -> int:
        rows = self._rows("SELECT doc FROM terms WHERE term = ? AND col = 'pairs'", term)
        return int(rows[0][0]) if rows else 0

    def _text_at(self, row: tuple[int]) -> tuple[str, Text]:
        return self._text(row[0])

    def _read_text(self, number: int) -> tuple[str, Text]:
        ((key, title, body),) = self._rows("SELECT key, title, body FROM texts WHERE id = ?", number)
        return key, text_of(title.split(), [part.split() for part in body.split(_PART)])


def build_collection(folder: Path, entries: Iterable[Entry], progress: Callable[[int], None] = lambda _: None) -> int:
    """Write the index of these texts into `folder`, replacing one that is there; `progress` hears texts done, the
    answer is how many there are."""
    measures = Counter[str]()
    with write_file(folder / FILE, _TABLES) as database:
        rows = (_row(number, entry) for number, entry in enumerate(entries, start=1))
        while batch := list(islice(rows, _BATCH)):
            _write(database.conn.executemany, batch)
            for _, _, title, parts in batch:
                above, body = length_of(title, ()), sum(map(len, parts))
                measures.update(texts=1, words=above + body, parts=len(parts), part_words=above * len(parts) + body)
            progress(len(batch))
        write_vocabulary(database.conn.execute, database.conn.executemany, ("title", "body"))
        database.conn.executemany("INSERT INTO meta VALUES (?, ?)", _as_meta(measures))
    return measures["texts"]


def open_collection(folder: Path) -> Collection:
    """The collection in `folder`, read-only; raises `LibraryError` when it is missing, broken or of another version."""
    return Collection(open_file(folder / FILE, "index"))


Row = tuple[int, str, list[str], list[list[str]]]
"""A text as tokens: its number, its key, its title, its parts."""


def _row(number: int, entry: Entry) -> Row:
    """A text as tokens; a first line that is a heading belongs to the title, as in a book of laws."""
    title = syllables(entry.title)
    heading, _, rest = entry.text.strip().partition("\n")
    if rest.strip() and not heading.rstrip().endswith((".", ";", ":", ",")):
        above = syllables(heading)
        if len(above) <= _HEADING_WORDS and " ".join(above) not in " ".join(title):
            title = [*title, *above]
    return number, entry.key, title, parts_of(entry.text)


def _write(add: Callable[[str, Iterable[tuple[object, ...]]], object], batch: Sequence[Row]) -> None:
    add(
        _ADD_TEXT,
        ((number, key, " ".join(title), _PART.join(map(" ".join, parts))) for number, key, title, parts in batch),
    )
    add(
        ADD_WORDS,
        (_words(number, title, [token for part in parts for token in part]) for number, _, title, parts in batch),
    )


def _words(number: int, title: Sequence[str], body: Sequence[str]) -> tuple[int, str, str, str, str]:
    return number, "", " ".join(title), " ".join(body), " ".join((*pairs(title), *pairs(body)))


def _as_meta(measures: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    texts, parts = measures["texts"] or 1, measures["parts"] or 1
    values = (measures["texts"], measures["words"] / texts, measures["part_words"] / parts)
    yield from zip(_MEASURES, map(str, values), strict=True)
