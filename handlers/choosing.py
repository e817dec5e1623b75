"""How the choices of a message are called where people type: numbers, letters, or only their own words."""

import re
from collections.abc import Sequence

from handlers import Choice, Keys
from knowledge.vietnamese import fold

KEY = re.compile(r"(\d{1,2}|[a-z])[.)]?", re.IGNORECASE)
"""What people type to choose from a list: "1", "1.", "a)"."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def key_of(place: int, keys: Keys) -> str:
    """What a person types for the choice at this place (from 0): 1, 2, … or a, b, …, z, aa, ab, …; empty where only
    its words choose it."""
    if keys == "words":
        return ""
    if keys == "digits":
        return str(place + 1)
    return (key_of(place // 26 - 1, "letters") if place >= 26 else "") + LETTERS[place % 26]


def chosen(offered: Sequence[Choice], keys: Keys, text: str) -> str | None:
    """The id of the choice that a typed key or label means, whatever its case, accents and full stop; none where the
    last message offered none."""
    key, said = KEY.fullmatch(text), _words(text)
    for place, choice in enumerate(offered):
        if (key and key.group(1).lower() == key_of(place, keys)) or (said and said == _words(choice.label)):
            return choice.id
    return None


def _words(text: str) -> str:
    return " ".join(fold(text).split()).rstrip(" .")
