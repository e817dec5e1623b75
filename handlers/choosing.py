"""How the choices of a message are called where people type: numbers, letters, or only their own words."""

import re
from collections.abc import Sequence
from itertools import count

from handlers import Choice, Keys
from knowledge.vietnamese import fold

KEY = re.compile(r"(\d{1,2}|[a-z])[.)]?", re.IGNORECASE)
"""What people type to choose from a list: "1", "1.", "a)"."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"

BY_WORD = frozenset(
    {
        "exempt:nothing",  # counts as accepted: the union's own report is not taken any more
        "exempt:paper",
        "exempt:system",
        "group:off",  # the group has to be linked anew, with a code, by somebody in it
        "intake:gone",  # questions of all unions below are no longer answered from the document
        "obligation:stop",  # the period that runs is not owed any more
        "privacy:yes",  # posts, addresses and messages are gone
        "question:close",  # who asked is told that no answer comes
        "report:cancel",  # what the officer wrote into the draft stands nowhere else
        "review:accept",  # no other version is taken any more
        "staff:drop",  # somebody may hold the code already
        "staff:stop",  # whoever held the post loses access at once
        "staff:swap",
    }
)
"""The steps that nobody can take back, by subject and action: a number typed by mistake never takes one."""


def keys_of(choices: Sequence[Choice], keys: Keys) -> tuple[str, ...]:
    """What a person types for each choice: 1, 2, … or a, b, …, z, aa, ab, …; empty for one that only its words choose:
    all of them where `keys` says so, else those that cannot be undone."""
    free = map(_letters if keys == "letters" else _number, count())
    return tuple("" if keys == "words" or by_word(choice) else next(free) for choice in choices)


def by_word(choice: Choice) -> bool:
    """Whether a choice is a step that nobody can take back."""
    return ":".join(choice.id.partition("@")[0].split(":")[:2]) in BY_WORD


def _number(place: int) -> str:
    return str(place + 1)


def _letters(place: int) -> str:
    return (_letters(place // 26 - 1) if place >= 26 else "") + LETTERS[place % 26]


def chosen(offered: Sequence[Choice], keys: Keys, text: str) -> str | None:
    """The id of the choice that a typed key or label means, whatever its case, accents and full stop; none where the
    last message offered none."""
    key, said = KEY.fullmatch(text), _words(text)
    for choice, typed in zip(offered, keys_of(offered, keys), strict=True):
        if (key and key.group(1).lower() == typed) or (said and said == _words(choice.label)):
            return choice.id
    return None


def _words(text: str) -> str:
    """What is compared of a label: nobody types its commas and quotation marks; in a bare figure they count."""
    plain = fold(text)
    return " ".join((re.sub(r"\W+", " ", plain) if re.search(r"[a-z]", plain) else plain).split()).rstrip(" .")
