"""Slips of the finger in an English question, mended from the words that such questions are made of.

Only a token that is no English word we know and can be no Vietnamese syllable is mended, and only where one word is a
single slip away: an unknown word may be the very subject of which the documents are silent.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.joined import is_a_slip
from knowledge.lexicon import lexicon, read_table
from knowledge.vietnamese import is_syllable

_WORD = re.compile(r"[a-z]{3,}")
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "al")
_ASKING = ("who", "how", "what", "when", "which", "where", "why")
_SHORTEST = 3


def mended_english(tokens: Sequence[str], kept: Sequence[str]) -> list[str]:
    """The tokens of an English question without slips; those in `kept` (names of places, short forms) stay."""
    begun = [_asking(tokens[0]), *tokens[1:]] if tokens else []
    return [token if token in kept else _mended(token) for token in begun]


def _asking(token: str) -> str:
    """The first word of a question, which asks: "ho" for "who", "hiw" for "how"."""
    if token in _known() or len(token) < _SHORTEST - 1:
        return token
    near = [word for word in _ASKING if _is_near(token, word)]
    return near[0] if near else token


@lru_cache(maxsize=20_000)
def _mended(token: str) -> str:
    if len(token) < _SHORTEST or not token.isascii() or not token.isalpha() or token in _known() or is_syllable(token):
        return token
    if any(token.removesuffix(end) in _known() for end in _ENDINGS if token.endswith(end)):
        return token
    found = process.extract(token, _known().keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
    near = [word for word, _, _ in found if is_a_slip(token, word)]
    stems = {word.removesuffix("s") for word in near}
    return near[0] if len(stems) == 1 else token


def _is_near(token: str, word: str) -> bool:
    return OSA.distance(token, word) == 1 and is_a_slip(token, word)


@cache
def _known() -> dict[str, str]:
    """The English words of questions, with the plural of each."""
    patterns = read_table("question_words.toml")["en"]
    assert isinstance(patterns, dict)
    words = {word for listed in patterns.values() for pattern in listed for word in _WORD.findall(pattern)}
    words |= {word for said in lexicon().english for word in _WORD.findall(said)}
    words |= {word for word in lexicon().english_fillers if word.isalpha()}
    listed = sorted(words | {f"{word}s" for word in words if not word.endswith("s")})
    return dict(zip(listed, listed, strict=True))
