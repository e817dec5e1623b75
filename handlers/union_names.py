"""Unions as people and tables call them: an inexact name is matched to one union, or to none; nothing is guessed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from knowledge import Union
from knowledge.vietnamese import fold, syllables

SURE = 90
"""How alike two names must be (of 100) to mean one union."""

NEARER = 4
"""How much more alike the best one must be than the next."""

MOST_OFFERED = 8

_KIND = re.compile(
    r"\b(?:cong doan co so thanh vien|cong doan co so|cong doan bo phan|cong doan|cdcstv|cdcs|cdbp|"
    r"lien doan lao dong|ldld)\b"
)
_LONG = {"cty": "cong ty", "ct": "cong ty", "th": "tieu hoc", "mn": "mam non", "tt": "trung tam", "bv": "benh vien"}


@lru_cache(maxsize=200_000)
def core(name: str) -> str:
    """What tells a union's name from others: folded, without the kind of union and without marks."""
    words = [_LONG.get(word, word) for word in fold(" ".join(syllables(name))).split()]
    return " ".join(_KIND.sub(" ", " ".join(words)).split())


@dataclass(frozen=True)
class Names:
    """Some unions by what they may be called: their codes in lower case, and the core of their names (by code)."""

    by_code: Mapping[str, Union]
    cores: Mapping[str, str]
    by_core: Mapping[str, tuple[str, ...]]
    unions: Mapping[str, Union]

    def find(self, text: str) -> Union | None:
        """The one union that a text means: its code, its name, or a name that is surely meant; `None` for none or
        several."""
        if (known := self.by_code.get(text.strip().casefold())) is not None:
            return known
        asked = core(text)
        same = self.by_core.get(asked, ())
        if same or not asked:
            return self.unions[same[0]] if len(same) == 1 and asked else None
        alike = _alike(asked, self.cores, SURE - NEARER)
        if not alike or alike[0][1] < SURE or (len(alike) > 1 and alike[0][1] - alike[1][1] < NEARER):
            return None
        return self.unions[alike[0][0]]

    def held_in(self, text: str) -> Union | None:
        """The one union whose whole name stands in a longer text; the longest where one name holds another."""
        words = core(text).split()
        spans = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
        held = sorted(
            ((name, codes) for name in spans if (codes := self.by_core.get(name))), key=lambda each: -len(each[0])
        )
        return self.unions[held[0][1][0]] if held and len(held[0][1]) == 1 else None


def names_of(candidates: Mapping[str, Union]) -> Names:
    """The names of these unions (by code), ready to be looked up."""
    cores = {code: core(union.name) for code, union in candidates.items()}
    by_core: dict[str, tuple[str, ...]] = {}
    for code, name in cores.items():
        if name:
            by_core[name] = (*by_core.get(name, ()), code)
    return Names({code.casefold(): union for code, union in candidates.items()}, cores, by_core, candidates)


def _alike(asked: str, cores: Mapping[str, str], least: float) -> list[tuple[str, float]]:
    """The codes whose names are like the one asked for and bear the same numbers (school 1 is not school 2)."""
    numbers = sorted(re.findall(r"\d+", asked))
    found = process.extract(asked, cores, scorer=fuzz.token_sort_ratio, score_cutoff=least, limit=MOST_OFFERED)
    return [(code, score) for name, score, code in found if sorted(re.findall(r"\d+", name)) == numbers]


def search(text: str, candidates: Iterable[Union]) -> tuple[Union, ...]:
    """The unions that a few typed words may mean, the likeliest first."""
    asked = core(text) or fold(text).strip()
    if not asked:
        return ()
    names = {union.code: core(union.name) for union in candidates}
    listed = {union.code: union for union in candidates}
    codes = [code for code in names if fold(code).startswith(fold(text).strip())]
    holding = [code for code, name in names.items() if f" {asked}" in f" {name}"]
    near = process.extract(asked, names, scorer=fuzz.token_set_ratio, score_cutoff=70, limit=MOST_OFFERED)
    return tuple(listed[code] for code in dict.fromkeys((*codes, *holding, *(code for _, _, code in near))))
