"""Keys that an input method should have turned into accents: Telex "thuwowngr", VNI "thu7o7ng3" for "thưởng".

They are left in a question when the method was off, or gave up within a word.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from knowledge.lexicon import lexicon
from knowledge.vietnamese import is_syllable, place_tone, split_tone

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300\u0301\u0309\u0303\u0323"
_TONES = dict(zip("fsrxj21345", (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT) * 2, strict=True))
_CIRCUMFLEX, _HORN, _BREVE = {"a": "â", "e": "ê", "o": "ô"}, {"o": "ơ", "u": "ư"}, {"a": "ă"}
_MARKS = {
    **{vowel: {vowel: marked} for vowel, marked in _CIRCUMFLEX.items()},
    "w": _HORN | _BREVE,
    "6": _CIRCUMFLEX,
    "7": _HORN,
    "8": _BREVE,
}
_TOKEN = re.compile(r"[^\W_]+")
_KEYED = 0.3
_VOWELS = "aeiouyăâêôơư"
_LONGEST = 12


def without_keys(tokens: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    """The tokens with typed keys read as the syllables they stand for, where the collection has these (`counts`).

    What the collection writes stays; but beside a token that can only be keys, the commoner reading is taken ("car" is
    cả, not a car).
    """
    read = [(token, typed) if (typed := typed_keys(token)) in counts else (token, None) for token in tokens]
    keyed = any(typed and token not in counts for token, typed in read)
    return [typed if keyed and typed and counts[typed] > counts.get(token, 0) else token for token, typed in read]


def retyped(text: str) -> str:
    """A whole text typed while the method was off ("chir tieeu 2025"), with its accents; any other text as it is."""
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    known = lexicon()
    english = [each for each in tokens if each in known.english or each in known.english_fillers]
    keyed = [each for each in tokens if typed_keys(each) and each not in english and each not in known.typed]
    if len(keyed) < max(2, _KEYED * len(tokens), len(english)):
        return text
    return _TOKEN.sub(lambda token: typed_keys(token[0].lower()) or _short_form(token[0]), text)


def _short_form(token: str) -> str:
    """An abbreviation with the keys of đ ("CDDCS") as it is written; any other token as it stands."""
    marked = token.lower().replace("dd", "đ").replace("d9", "đ")
    return marked if marked in lexicon().typed else token


@lru_cache(maxsize=20_000)
def typed_keys(token: str) -> str | None:
    """The syllable that these keys stand for, in lower case and the house spelling; `None` where they stand for none.

    Marks and the tone may come anywhere behind their vowel, and some may be there already ("lươngj").
    """
    if len(token) > _LONGEST or (token.isalpha() and is_syllable(token)):
        return None
    bare, tone = split_tone(token)
    marked, typed = bool(tone), ""
    for key in bare:
        if key in _TONES and _has_vowel(typed) and not marked:
            tone = _TONES[key]
        else:
            typed = _marked(typed, key) or typed + key
    syllable = _toned(typed.replace("ưo", "ươ"), tone)
    return syllable if syllable != token and syllable.isalpha() and is_syllable(syllable) else None


def _has_vowel(typed: str) -> bool:
    return any(letter in _VOWELS for letter in typed)


def _marked(typed: str, key: str) -> str | None:
    """What has been typed so far with the mark of this key on it; `None` where the key is a letter of its own."""
    if key in "d9" and typed[:1] == "d":
        return f"đ{typed[1:]}"
    if key in "w7" and "uo" in typed:
        return typed.replace("uo", "ươ")
    marks = _MARKS.get(key, {})
    place = max(typed.rfind(letter) for letter in marks) if marks else -1
    return f"{typed[:place]}{marks[typed[place]]}{typed[place + 1 :]}" if place >= 0 else None


def _toned(typed: str, tone: str) -> str:
    place = next((place for place, letter in enumerate(typed, start=1) if letter in _VOWELS), 0)
    return place_tone(unicodedata.normalize("NFC", typed[:place] + tone + typed[place:]))
