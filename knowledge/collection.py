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

from knowledge.index import ADD_WORDS, WORDS_TABLE, OpenFile, open_file, write_file
from knowledge.keystrokes import without_keys
from knowledge.lexicon import lexicon, spell_out
from knowledge.naming import naming, numbers_by_folded, with_accents
from knowledge.ranking import length_of, parts_of, query_of, score
from knowledge.search import matching
from knowledge.spelling import Spelling, restore
from knowledge.tally import tally_of
from knowledge.vietnamese import pairs, syllables
from knowledge.vocabulary import VOCABULARY_TABLES, OpenIndex, write_vocabulary

FILE = "collection.sqlite"
_TABLES = f"""
CREATE TABLE texts (id INTEGER PRIMARY KEY, key NOT NULL, title TEXT, body TEXT);
{WORDS_TABLE}
{VOCABULARY_TABLES}
"""
_ADD_TEXT = "INSERT INTO texts VALUES (?, ?, ?, ?)"
_MATCH = "SELECT rowid FROM words WHERE words MATCH ? AND rank MATCH 'bm25(0.0, 2.0, 1.0, 1.5)' ORDER BY rank LIMIT ?"
_MEASURES = ("texts", "usual_length", "usual_part_length")
_PART = "\n"
_BATCH = 500
_CANDIDATES = 60
_NAMED = 1.5
_HEADING_WORDS = 30
_MOST_PAIRS = 1_000_000
_KEPT = 20_000


Key = str | int
"""The name of a text: a number stays a number, so that what is found can be compared with what was handed in."""


@dataclass(frozen=True)
class Entry:
    """A text of a collection with the name by which it is found; texts that share one are found as one."""

    key: Key
    title: str
    text: str


@dataclass(frozen=True)
class Found:
    """A text that answers a question, and its score (comparable within one question only)."""

    key: Key
    score: float


class Collection(OpenIndex):
    """An open collection; what is read often is kept."""

    def __init__(self, file: OpenFile) -> None:
        super().__init__(file.rows, file.close)
        self._size, self._usual, self._usual_part = (float(file.meta[name]) for name in _MEASURES)
        self._text = lru_cache(maxsize=_KEPT)(self._read_text)
        self._pair_spread = lru_cache(maxsize=_KEPT)(self._read_pair_spread)

    @cached_property
    def spelling(self) -> Spelling:
        """The model that restores accents, from this collection alone."""
        return self.learned(_MOST_PAIRS)

    def search(self, question: str, limit: int = 10) -> list[Found]:
        """The texts that answer a question, best first; none where no word of it stands in the collection."""
        tokens = self.understood(question)
        query = query_of(tokens, self._spread, int(self._size))
        terms = matching({term: self._spread(term) for term in query}, int(self._size))
        if not terms:
            return []
        expression = f"{{title body pairs}} : ({terms})"
        rows = self._match(expression, limit)
        named = set(self._match(f"({name}) AND {expression}", limit)) if (name := naming(tokens)) else set()
        tally, best = tally_of(tokens, query), dict[Key, float]()
        for row in sorted({*rows, *named}):
            key, title, body = self._text(row)
            text = tally(title.split(), [part.split() for part in body.split(_PART)])
            points = score(query, text, self._usual, self._usual_part) * (_NAMED if row in named else 1)
            best[key] = max(points, best.get(key, 0.0))
        first = heapq.nlargest(limit, best.items(), key=lambda entry: entry[1])
        return [Found(key, round(points, 4)) for key, points in first]

    def _match(self, expression: str, limit: int) -> list[int]:
        """The rows of the best candidates for an FTS5 expression, no fewer than this many where there are more."""
        return [row for (row,) in self._rows(_MATCH, expression, max(_CANDIDATES, limit))]

    def understood(self, question: str) -> list[str]:
        """The tokens of a question with accents, slips and stray keys of an input method repaired; an abbreviation is
        spelled out where the collection does not use it."""
        tokens = without_keys(syllables(question), self.spelling.counts)
        return with_accents(restore(spell_out(tokens, self._short_forms), self.spelling, bold=True), self._numbers)

    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        return numbers_by_folded(self.frequencies)

    @cached_property
    def _short_forms(self) -> Mapping[str, str]:
        return {short: full for short, full in lexicon().typed.items() if short not in self.spelling.counts}

    def _spread(self, term: str) -> int:
        return self._pair_spread(term) if "_" in term else self.frequencies.get(term, 0)

    def _read_pair_spread(self, term: str) -> int:
        rows = self._rows("SELECT doc FROM terms WHERE term = ? AND col = 'pairs'", term)
        return int(rows[0][0]) if rows else 0

    def _read_text(self, number: int) -> tuple[Key, str, str]:
        ((key, title, body),) = self._rows("SELECT key, title, body FROM texts WHERE id = ?", number)
        return key, title, body


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


Row = tuple[int, Key, list[str], list[list[str]]]
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
