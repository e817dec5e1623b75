"""Texts as a question sees them: only its own terms are counted, so that nothing but their tokens need be kept."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from knowledge.ranking import Bag, Query, Text, length_of

_TITLE = length_of(("",), ())

Tally = Callable[[Sequence[str], Sequence[Sequence[str]]], Text]
"""Counts a text by the tokens of its title and of its parts."""


def tally_of(tokens: Sequence[str], query: Query) -> Tally:
    """What counts the terms of a query in a text, where `tokens` are those the query was made of; its scores are those
    of `text_of`."""
    single = {token for token in tokens if token in query}
    joined = {pair: name for pair in pairwise(tokens) if (name := "_".join(pair)) in query}

    def count(words: Sequence[str]) -> dict[str, int]:
        counts: dict[str, int] = {}
        before = ""
        for word in words:
            if word not in single:
                before = ""
                continue
            counts[word] = counts.get(word, 0) + 1
            if before and (pair := joined.get((before, word))):
                counts[pair] = counts.get(pair, 0) + 1
            before = word
        return counts

    def tally(title: Sequence[str], parts: Sequence[Sequence[str]]) -> Text:
        above = {term: _TITLE * number for term, number in count(title).items()}
        counted = [count(part) for part in parts]
        # A pair over the end of a part is the whole's alone.
        seams = [
            {pair: 1} for left, right in pairwise(filter(None, parts)) if (pair := joined.get((left[-1], right[0])))
        ]
        whole = _sum(_sum(above, *counted), *seams)
        bags = [Bag(_sum(above, own), length_of(title, part)) for own, part in zip(counted, parts, strict=True)]
        return Text(Bag(whole, length_of(title, ()) + sum(map(len, parts))), tuple(bags))

    return tally


def _sum(*counted: dict[str, int]) -> dict[str, int]:
    total: dict[str, int] = dict(counted[0])
    for counts in counted[1:]:
        for term, number in counts.items():
            total[term] = total.get(term, 0) + number
    return total
