"""Indicators as people call them in passing: "kết nạp mới", "thăm hỏi", "thu đoàn phí"."""

from collections import Counter
from collections.abc import Collection
from functools import cache

from rapidfuzz import fuzz

from handlers.forms import load_form
from handlers.owing import FORM
from knowledge.indicators import OTHER, indicators, recognise
from knowledge.vietnamese import fold, pairs, syllables

FEW = 3
"""Neighbouring words in the names of more indicators than this name none of them."""

SURE = 88
"""How much of an everyday name (of 100) must stand in an indicator's own words."""


def find_indicators(text: str, percent: bool = False) -> tuple[str, ...]:
    """The keys of the indicators that a few words may mean: one where it is clear, several where it is not.

    With `percent` an indicator that has its own key for shares is given by that key.
    """
    key = recognise(text, percent)
    if key != OTHER:
        return (key,)
    asked = _bare(text)
    if not asked:
        return ()
    scored = {key: max(fuzz.token_set_ratio(asked, name) for name in names) for key, names in _names().items()}
    sure = [key for key, score in scored.items() if score >= SURE]
    shares = {key: row.share or key for key, row in indicators().items()}
    return tuple(dict.fromkeys(shares[key] if percent else key for key in sure))


def told_apart(text: str, among: Collection[str]) -> tuple[str, ...]:
    """Those of `among` that a sentence names by two neighbouring words which stand in the names of no other.

    Words that name many things of the whole table ("đoàn viên", "lao động") say nothing.
    """
    listed = _pairs_of()
    often = Counter(pair for each in listed.values() for pair in each)
    pairs_of = {key: {pair for pair in listed[key] if often[pair] <= FEW} for key in among if key in listed}
    said = _pairs(_bare(text))
    return tuple(
        key
        for key, own in pairs_of.items()
        if said & own - set().union(*(pairs for other, pairs in pairs_of.items() if other != key))
    )


def _pairs(text: str) -> set[str]:
    return set(pairs(text.split()))


@cache
def _pairs_of() -> dict[str, set[str]]:
    """The neighbouring words of each indicator's names, and of the words by which documents are recognised."""
    return {
        key: set().union(*map(_pairs, (*names, *(part for each in indicators()[key].words for part in each))))
        for key, names in _names().items()
    }


def counted_monthly() -> tuple[str, ...]:
    """The indicators that the monthly form asks for, in its order: those that progress can be told of."""
    return tuple(field.indicator for field in load_form(FORM).fields if field.indicator in indicators())


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Every name of each indicator, folded: those of the table and those under which the form asks for it."""
    asked = {field.indicator: field.label for field in load_form(FORM).fields}
    return {
        key: tuple(map(_bare, (row.label_vi, row.label_en, *((asked[key].vi, asked[key].en) if key in asked else ()))))
        for key, row in indicators().items()
    }


def _bare(text: str) -> str:
    return fold(" ".join(syllables(text)))
