"""Short messages that are no questions: a command in plain words, thanks, a greeting; they stand in `sayings.toml`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from knowledge import Language
from knowledge.vietnamese import fold

LONGEST = 40
"""Characters of the longest message that is looked up; whoever writes more has something of their own to say."""


@dataclass(frozen=True)
class Saying:
    """What a message means: `name` is a command, or else ends the name of the phrase that answers it."""

    name: str
    language: Language
    command: bool


def meanings(text: str) -> tuple[Saying, ...]:
    """What a whole message means, the first that the asker may do being the right one; empty for anything else."""
    words = " ".join(re.findall(r"\w+", fold(text)))
    return _meanings(words) if len(words) <= LONGEST else ()


def _meanings(words: str) -> tuple[Saying, ...]:
    """As they stand, else without a polite word at one end: one that looks polite may belong to what is said."""
    known = _sayings().get(words.replace(" ", ""))
    shorter = next((cut for each in _polite() if (cut := _cut(words, each)) != words), "")
    return known or (_meanings(shorter) if shorter else ())


def _cut(words: str, polite: str) -> str:
    return f" {words} ".removeprefix(f" {polite} ").removesuffix(f" {polite} ").strip()


@cache
def _polite() -> tuple[str, ...]:
    return tuple(fold(words) for words in _written()["polite"])


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
