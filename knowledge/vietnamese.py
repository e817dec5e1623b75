"""Vietnamese writing: one spelling for what looks the same, folding for what is typed without accents, syllables.

The house spelling puts the tone where most plans put it: hòa, thủy, đoàn (not hoà, thuỷ, đòan).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MODIFIED_VOWELS = "ăâêôơư"
_VOWELS = "aeiouy" + _MODIFIED_VOWELS
_ONSETS = "ngh ng gh gi kh nh ph qu th tr ch b c d đ g h k l m n p r s t v x"
_OPEN_RHYMES = (
    "a e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iu iêu oa oai oao oay oe oeo oi ôi ơi ua uê uơ uy uya uyu uôi ưa "
    "ưi ưu ươi ươu ui uây yêu ươ uâ"
)
_CLOSED_RHYMES = (
    "a:c ch m n ng nh p t|ă:c m n ng p t|â:c m n ng p t|e:c m n ng p t|ê:ch m n nh p t|i:ch m n nh p t|"
    "o:c m n ng p t|ô:c m n ng p t|ơ:m n p t|u:c m n ng p t|ư:c m n ng t|iê:c m n ng p t|yê:m n ng t|"
    "oa:c ch m n ng nh p t|oă:c m n ng t|oe:n t|"
    "uâ:n ng t|uê:ch nh|uô:c m n ng t|uy:ch n nh p t|uyê:n t|ươ:c m n ng p t|oo:c ng|ue:n t"
)
_STOPPED = ("c", "ch", "p", "t")

_LETTERS = r"[^\W\d_]"
_DOCUMENT_NUMBER = rf"\d+(?:/\d{{4}})?\s?[-/]\s?{_LETTERS}+(?:[-/]{_LETTERS}+)+"
_DATE = r"\d{1,2}/\d{1,2}/\d{4}"
_FRACTION = r"\d+/\d+"
_NUMBER = r"\d+(?:[.,]\d+)*(?:\s?%)?"
# Words first: most tokens are words, and no other kind of token begins with a letter.
_TOKEN = re.compile(rf"[^\W\d]\w*|{_DOCUMENT_NUMBER}|{_DATE}|{_FRACTION}|{_NUMBER}|\w+")
_WORD = re.compile(rf"{_LETTERS}+")
_MARKS = re.compile("[\u0300-\u036f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")


def normalize(text: str) -> str:
    """One spelling: NFC, one tone placement, plain spaces, no invisible characters. Case and punctuation stay."""
    return _WORD.sub(lambda word: place_tone(word.group()), _composed(text))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _INVISIBLE.sub("", text)))


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d: what is left when somebody types without accents."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.casefold().replace("đ", "d")))


def syllables(text: str) -> list[str]:
    """The tokens of a text in order, lower case, accents kept.

    A document number (43-kh/đu), a date (07/9/2021), a fraction (2/3), a number (3.100) and a percentage (98,5%) are
    one token each, written without spaces.
    """
    return [token for found in _TOKEN.findall(_composed(text).lower()) if (token := _token(found))]


@lru_cache(maxsize=50_000)
def _token(found: str) -> str:
    """What was found as one token, in the house spelling and without spaces; empty where it is only a line to fill."""
    return "".join(_WORD.sub(lambda word: place_tone(word.group()), found).split()) if found.strip("_") else ""


def pairs(tokens: Sequence[str]) -> list[str]:
    """Neighbouring tokens joined by `_`, which does for retrieval what word segmentation does."""
    return [f"{left}_{right}" for left, right in pairwise(tokens)]


@lru_cache(maxsize=50_000)
def place_tone(word: str) -> str:
    """The same word with its tone mark where the house spelling puts it; a word that is no syllable stays as it is."""
    bare, tone = split_tone(word)
    if not tone:
        return word
    position = _tone_position(bare.lower())
    if position is None:
        return word
    return bare[:position] + unicodedata.normalize("NFC", bare[position] + tone) + bare[position + 1 :]


def split_tone(word: str) -> tuple[str, str]:
    """A syllable without its tone (but with ă â ê ô ơ ư đ), and the combining mark of the tone (empty for level)."""
    parts = unicodedata.normalize("NFD", word)
    tones = [letter for letter in parts if letter in _TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in parts if letter not in _TONES))
    return (bare, tones[0]) if len(tones) == 1 else (bare if not tones else word, "")


def _tone_position(bare: str) -> int | None:
    match = re.fullmatch(rf"((?:gi|qu)(?=[{_VOWELS}])|[^\W{_VOWELS}]*)([{_VOWELS}]{{1,3}})([^\W{_VOWELS}]*)", bare)
    if match is None:
        return None
    start, nucleus, closed = match.start(2), match.group(2), bool(match.group(3))
    modified = [index for index, vowel in enumerate(nucleus) if vowel in _MODIFIED_VOWELS]
    if modified:
        return start + modified[-1] if nucleus != "ưu" else start
    if len(nucleus) == 3:
        return start + 1
    return start + (1 if len(nucleus) == 2 and closed else 0)


@cache
def _rhymes() -> frozenset[str]:
    closed = (
        vowel + ending
        for vowel, endings in (group.split(":") for group in _CLOSED_RHYMES.split("|"))
        for ending in endings.split()
    )
    return frozenset([*_OPEN_RHYMES.split(), *closed])


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Whether a word can be a Vietnamese syllable: a known onset, a known rhyme, a tone that it can carry."""
    bare, tone = split_tone(word.lower())
    stopped = bare.endswith(_STOPPED) and not bare.endswith(("nh", "ng"))
    if stopped and tone not in ("\u0301", "\u0323"):
        return False
    return any(bare[len(onset) :] in _rhymes() for onset in _onsets_of(bare))


def _onsets_of(bare: str) -> Iterable[str]:
    yield ""
    for onset in _ONSETS.split():
        if bare.startswith(onset):
            yield "g" if onset == "gi" and len(bare) == 2 else onset
            if onset == "gi":
                yield "g"
