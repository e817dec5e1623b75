"""How officers speak: abbreviations, everyday wordings, English terms, words without a subject. All of it is data."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.vietnamese import fold, is_syllable, syllables

FOLDER = Path(__file__).parent
LONGEST_PHRASE = 8
_COMMA = re.compile(r"[,;:()“”]+(?=\s|$)|(?<=\s)[(“]")

Wordings = dict[str, tuple[str, ...]]
Table = Mapping[str, str]
"""Phrases (tokens joined by spaces) and what stands for them."""


@dataclass(frozen=True)
class Lexicon:
    """The tables of this folder, every phrase as tokens joined by single spaces.

    `formal` abbreviations also stand in documents, `typed` are those of a chat besides. `wordings` and `english` lead
    from what is said to what plans write. `subjects` are terms that an answer must hold.
    `openings` are how questions begin, `function_words` what they are made of: both teach which accents were meant.
    `persons` are sorts of people, of whom plans speak as members or workers. `everyday_syllables` bear accents and are
    no slips, whether or not a collection writes them.
    """

    formal: Table
    typed: Table
    wordings: Mapping[str, tuple[str, ...]]
    english: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]
    soft: frozenset[str]
    english_fillers: frozenset[str]
    subjects: frozenset[str]
    spoken: tuple[str, ...]
    openings: tuple[str, ...]
    function_words: tuple[str, ...]
    persons: frozenset[str]
    everyday_syllables: frozenset[str]


def read_table(name: str) -> dict[str, object]:
    """One of the TOML files of this folder."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def lexicon() -> Lexicon:
    """The tables, read once."""
    short = tomllib.loads((FOLDER / "abbreviations.toml").read_text(encoding="utf-8"))
    said = tomllib.loads((FOLDER / "paraphrases.toml").read_text(encoding="utf-8"))
    everyday = tomllib.loads((FOLDER / "everyday.toml").read_text(encoding="utf-8"))
    formal = {phrase(key): phrase(value) for key, value in short["formal"].items()}
    chat = {phrase(key): phrase(value) for key, value in short["chat"].items()}
    return Lexicon(
        formal=formal,
        typed=_with_folded_keys(formal | chat),
        wordings=_wordings_of(said["words"], said["group"], everyday["group"]),
        english=_english(_wordings([*said["group"], *everyday["group"]], ("english",))),
        fillers=_listed(said["fillers"]),
        soft=_listed(said["soft"]),
        english_fillers=frozenset(said["english_fillers"].split()),
        subjects=_listed(said["subjects"]["phrases"]),
        spoken=tuple(sorted(_listed(said["spoken"]))),
        openings=tuple(sorted(_listed(said["openings"]))),
        function_words=tuple(sorted(_listed(said["function_words"]))),
        persons=_listed(said["persons"]),
        everyday_syllables=frozenset(everyday["syllables"].split()),
    )


def phrase(text: str) -> str:
    """A text as its tokens joined by single spaces, which is how phrases are looked up and compared."""
    return " ".join(syllables(text))


def spell_out(tokens: Sequence[str], table: Table) -> list[str]:
    """The tokens with the abbreviations of `table` replaced by the words they stand for, the longest first."""
    spelled: list[str] = []
    position = 0
    while position < len(tokens):
        for length in (2, 1):
            full = table.get(" ".join(tokens[position : position + length]))
            if full is not None and position + length <= len(tokens):
                spelled.extend(full.split())
                position += length
                break
        else:
            spelled.append(tokens[position])
            position += 1
    return spelled


def searchable(text: str) -> list[str]:
    """The tokens of a document's text as they are searched: formal abbreviations spelled out."""
    tokens = syllables(text)
    return tokens if _formal_starts().isdisjoint(tokens) else spell_out(tokens, lexicon().formal)


@cache
def _formal_starts() -> frozenset[str]:
    """The first tokens of the formal abbreviations: most texts hold none of them."""
    return frozenset(key.split()[0] for key in lexicon().formal)


def parted(text: str) -> str:
    """The searchable tokens of a text with one space between and at both ends, its commas kept as boundaries."""
    parts = (" ".join(searchable(part)) for part in _COMMA.split(text))
    return f" {' , '.join(part for part in parts if part)} "


def _english(grouped: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    table = tomllib.loads((FOLDER / "english.toml").read_text(encoding="utf-8"))["words"]
    for said, written in table.items():
        options = tuple(phrase(words) for words in written.split("|"))
        for words in said.split("|"):
            key = phrase(words)
            grouped[key] = tuple(dict.fromkeys((*grouped.get(key, ()), *options)))
    return grouped


def _listed(phrases: str) -> frozenset[str]:
    return frozenset(phrase(words) for words in phrases.split("|"))


def _with_folded_keys(table: dict[str, str]) -> dict[str, str]:
    # "cdcs" for "cđcs"; a folded key that is itself a possible syllable would swallow ordinary words.
    folded = {fold(key): full for key, full in table.items() if not any(map(is_syllable, fold(key).split()))}
    return folded | table


def _wordings_of(words: str, groups: list[dict[str, list[str]]], everyday: list[dict[str, list[str]]]) -> Wordings:
    """What is said with what plans write for it; the written wordings of a group stand for each other, but not those
    of the everyday ones."""
    wordings = {said: (said,) for said in _listed(words)} | _wordings(groups, ("said", "written"))
    for said, written in _wordings(everyday, ("said",)).items():
        wordings[said] = tuple(dict.fromkeys((*wordings.get(said, (said,)), *written)))
    return wordings


def _wordings(groups: Iterable[Mapping[str, list[str]]], sides: Sequence[str]) -> dict[str, tuple[str, ...]]:
    wordings: dict[str, tuple[str, ...]] = {}
    for group in groups:
        written = tuple(phrase(words) for words in group["written"])
        for side in sides:
            for words in group.get(side, ()):
                key = phrase(words)
                # What plans write is also found as it was said: the same words first.
                own = (key,) if side != "english" else ()
                wordings[key] = tuple(dict.fromkeys((*own, *wordings.get(key, ()), *written)))
    return wordings
