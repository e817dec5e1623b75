"""Messages that are no questions: a command in plain words, thanks, what is only told; they stand in `sayings.toml`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from knowledge import Language
from knowledge.vietnamese import fold, normalize

LONGEST = 40
"""Characters of the longest message that is looked up; whoever writes more has something of their own to say."""
TOLD = "told"
"""The name of what is neither a command nor a promise, and only said."""
_LONGEST_TOLD = 120
_WORD = re.compile(r"\\.|[^\W\d_]+")


@dataclass(frozen=True)
class Saying:
    """What a message means: `name` is a command, or else ends the name of the phrase that answers it."""

    name: str
    language: Language
    command: bool


def meanings(text: str) -> tuple[Saying, ...]:
    """What a whole message means, the first that the asker may do being the right one; empty for anything else."""
    words = " ".join(re.findall(r"\w+", fold(text)))
    found = _meanings(words) if len(words) <= LONGEST else ()
    return found or tuple(each for each in _told(text) if each.name != TOLD)


def told(text: str) -> Language | None:
    """The language of a message that only tells something ("hôm nay mệt quá"); `None` for anything that may ask."""
    return next((each.language for each in _told(text) if each.name == TOLD), None)


def _meanings(words: str) -> tuple[Saying, ...]:
    """As they stand, else without a polite word at one end: one that looks polite may belong to what is said."""
    known = _sayings().get(words.replace(" ", ""))
    polite, shorter = next(((each, cut) for each in _polite() if (cut := _cut(words, each)) != words), ("", ""))
    if known or not shorter:
        return known or ()
    # "thanks em": who adds a Vietnamese word of courtesy wants to be answered so.
    found = _meanings(shorter)
    return found if polite in _polite_english() else tuple(replace(each, language="vi") for each in found)


def _told(text: str) -> tuple[Saying, ...]:
    """What a message tells without asking anything ("để mai chị gửi"); nothing where it may ask."""
    words = " ".join(re.findall(r"\w+", normalize(text).lower()))
    if len(words) > _LONGEST_TOLD or "?" in text or re.search(r"\d", words) or _asking().search(words):
        return ()
    return next(((saying,) for saying, pattern in _tellings() if pattern.search(words)), ())


def _cut(words: str, polite: str) -> str:
    return f" {words} ".removeprefix(f" {polite} ").removesuffix(f" {polite} ").strip()


@cache
def _asking() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_also_bare(_written()['asking']['words'].replace(chr(10), ''))})\b")


@cache
def _tellings() -> tuple[tuple[Saying, re.Pattern[str]], ...]:
    commands = _written()["command"]
    return tuple(
        (Saying(each["name"], each["language"], each["name"] in commands), re.compile(_also_bare(pattern)))
        for each in _written()["told"]
        for pattern in each["says"]
    )


def _also_bare(pattern: str) -> str:
    """A pattern whose words are also found where they are typed without their accents."""
    return _WORD.sub(lambda word: word[0] if fold(word[0]) == word[0] else f"(?:{word[0]}|{fold(word[0])})", pattern)


@cache
def _polite_english() -> frozenset[str]:
    return frozenset(_written()["polite_english"])


@cache
def _polite() -> tuple[str, ...]:
    return tuple(fold(words) for words in (*_written()["polite"], *_written()["polite_english"]))


@cache
def _sayings() -> Mapping[str, tuple[Saying, ...]]:
    found: dict[str, tuple[Saying, ...]] = {}
    for words, saying in _listed():
        key = "".join(re.findall(r"\w+", fold(words)))
        found[key] = (*found.get(key, ()), saying)
    return found


def _listed() -> Iterator[tuple[str, Saying]]:
    languages: tuple[Language, ...] = ("vi", "en")
    for kind in ("command", "reply"):
        for name, written in _written()[kind].items():
            for language in languages:
                yield from ((words, Saying(name, language, kind == "command")) for words in written[language])


@cache
def _written() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("sayings.toml").read_text(encoding="utf-8"))
