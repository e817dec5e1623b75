"""The vocabulary of an index: its syllables and pairs with their counts, drawn from what was matched.

It is read off the full-text table in the order of its terms when everything is in, so that memory does not grow with
the collection.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from types import TracebackType
from typing import Any, Self

from knowledge.spelling import Spelling, as_seen, learn

VOCABULARY_TABLES = """
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, count INTEGER, passages INTEGER) WITHOUT ROWID;
CREATE TABLE neighbours (left TEXT, right TEXT, count INTEGER);
"""

_ADD_WORD = (
    "INSERT INTO vocabulary VALUES (?, ?, ?)"
    " ON CONFLICT (word) DO UPDATE SET count = count + excluded.count, passages = max(passages, excluded.passages)"
)
_ADD_PAIR = "INSERT INTO neighbours VALUES (?, ?, ?)"
_LARGE = 500_000

Ask = Callable[..., Iterable[Any]]
Add = Callable[[str, Iterable[tuple[Any, ...]]], object]


class OpenIndex:
    """An index that is open: asked with `rows` (an SQL statement and its values), closed at the end of a `with`."""

    def __init__(self, rows: Callable[..., list[Any]], close: Callable[[], None]) -> None:
        self.close = close
        self._rows = rows

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def frequencies(self) -> Mapping[str, int]:
        """In how many passages each syllable stands."""
        return dict(self._rows("SELECT word, passages FROM vocabulary"))

    def learned(self, pairs: int, spoken: Iterable[str] = ()) -> Spelling:
        """The model that restores accents, from this many of the commonest pairs and from everyday phrases."""
        counts = dict(self._rows("SELECT word, count FROM vocabulary"))
        rows = self._rows("SELECT left, right, count FROM neighbours ORDER BY count DESC LIMIT ?", pairs)
        return learn(counts, {(left, right): count for left, right, count in rows}, spoken)


def write_vocabulary(ask: Ask, add: Add, columns: Sequence[str] = ("body",)) -> None:
    """Fill the vocabulary tables from these columns of the full-text table and its pairs; of a large collection without
    pairs that stand there once.

    `passages` counts under the word as it stands, `count` under the word as the pair model sees it (all numbers one).
    """
    for column in columns:
        add(_ADD_WORD, _words(ask("SELECT term, cnt, doc FROM terms WHERE col = ?", (column,))))
    ((pairs,),) = ask("SELECT count(*) FROM terms WHERE col = 'pairs'")
    least = 2 if pairs > _LARGE else 1
    add(_ADD_PAIR, _pairs(ask("SELECT term, cnt FROM terms WHERE col = 'pairs'"), least))


def _words(rows: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    for word, count, passages in rows:
        seen = as_seen(word)
        if seen == word:
            yield word, count, passages
        else:
            yield seen, count, 0
            yield word, 0, passages


def _pairs(rows: Iterable[tuple[str, int]], least: int) -> Iterator[tuple[str, str, int]]:
    # Sorted terms: the pairs of one left word, hence all that differ in a number on the right, stand together.
    parted = ((*term.partition("_"), count) for term, count in rows if term.count("_") == 1)
    for left, group in groupby(parted, key=lambda pair: as_seen(pair[0])):
        counts: dict[str, int] = {}
        for _, _, right, count in group:
            counts[as_seen(right)] = counts.get(as_seen(right), 0) + count
        yield from ((left, right, count) for right, count in counts.items() if count >= least)
