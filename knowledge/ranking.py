"""BM25 over what a collection counts: syllables, pairs of neighbouring syllables, titles that weigh more.

A text is scored in parts (a clause or a few) and as a whole, because a long text that answers in one place should not
lose to a short one that answers nothing. The constants were chosen on 730 questions about 2,249 Vietnamese legal
articles (ALQAC), so what they give there is no forecast for other collections.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.vietnamese import syllables

_TITLE = 4
_SYLLABLE, _PAIR = (1.2, 0.65), (0.1, 0.2)
_PAIR_WEIGHT = 0.8
_WHOLE = 0.5
_PART_WORDS = 25
_PART_END = re.compile(r"\n+|(?<=[.;:?!])\s+")

Query = Mapping[str, tuple[float, float, float]]
"""What is looked for: each term with its weight, and BM25's k1 and b for its kind."""


@dataclass(frozen=True)
class Bag:
    """The terms of a text with how often they stand there (those of the title several times), and its length."""

    counts: Mapping[str, int]
    length: int


@dataclass(frozen=True)
class Text:
    """A text as it is scored: as a whole and in parts."""

    whole: Bag
    parts: tuple[Bag, ...]


def terms_in(tokens: Sequence[str]) -> Counter[str]:
    """Tokens and pairs of neighbouring tokens (joined by `_`) with how often they stand there."""
    counts = Counter(tokens)
    counts.update(f"{left}_{right}" for left, right in pairwise(tokens))
    return counts


def text_of(title: Sequence[str], parts: Sequence[Sequence[str]]) -> Text:
    """A text by the tokens of its title and of its parts; every part bears the title."""
    above = Counter({term: _TITLE * count for term, count in terms_in(title).items()})
    whole = [token for part in parts for token in part]
    return Text(_bag(above, title, whole), tuple(_bag(above, title, part) for part in parts))


def parts_of(text: str) -> list[list[str]]:
    """The tokens of a text in parts that end with a line or a clause and have at least 25 tokens (the last may have
    fewer); an empty text is one empty part."""
    parts: list[list[str]] = [[]]
    for piece in _PART_END.split(text):
        if len(parts[-1]) >= _PART_WORDS:
            parts.append([])
        parts[-1] += syllables(piece)
    return parts


def query_of(tokens: Sequence[str], spread: Callable[[str], int], size: int) -> Query:
    """A question's tokens as a query: `spread` says in how many of the `size` texts a term stands."""
    query = {}
    for term in terms_in(tokens):
        if stands := spread(term):
            rarity = math.log(1 + (size - stands + 0.5) / (stands + 0.5))
            pair = "_" in term
            query[term] = (_PAIR_WEIGHT * rarity, *_PAIR) if pair else (rarity, *_SYLLABLE)
    return query


def score(query: Query, text: Text, usual: float, usual_part: float) -> float:
    """How well a text answers: its best part and half of its whole, each beside the usual length (in tokens)."""
    held = [(term, *weights) for term, weights in query.items() if term in text.whole.counts]
    best = max(_bm25(held, part, usual_part) for part in text.parts)
    return best + _WHOLE * _bm25(held, text.whole, usual)


def length_of(title: Sequence[str], body: Sequence[str]) -> int:
    """The length of a text in tokens, those of the title counted as often as they weigh."""
    return len(body) + _TITLE * len(title)


def _bag(above: Counter[str], title: Sequence[str], body: Sequence[str]) -> Bag:
    return Bag(above + terms_in(body), length_of(title, body))


def _bm25(query: Sequence[tuple[str, float, float, float]], bag: Bag, usual: float) -> float:
    total, share = 0.0, bag.length / usual
    for term, weight, k1, b in query:
        count = bag.counts.get(term)
        if count:
            total += weight * count * (k1 + 1) / (count + k1 * (1 - b + b * share))
    return total
