"""The indicator table: what targets are about, and how documents call it. The data is `indicators.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.vietnamese import fold, syllables

OTHER = "other"


@dataclass(frozen=True)
class Indicator:
    """A row of the table.

    `unit` is that of its counts, `share` the key that stands for its percentages, `words` the alternatives: folded
    phrases that must all occur.
    """

    key: str
    label_vi: str
    label_en: str
    unit: str
    share: str | None
    words: tuple[tuple[str, ...], ...]


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by its key, in the order of the table."""
    table = tomllib.loads((Path(__file__).parent / "indicators.toml").read_text(encoding="utf-8"))
    return {
        key: Indicator(
            key, row["label_vi"], row["label_en"], row["unit"], row.get("share"), tuple(map(_phrases, row["words"]))
        )
        for key, row in table.items()
    }


def recognise(clause: str, percent: bool = False) -> str:
    """The key of the indicator that a clause is about, by the longest words that occur in it; "other" where none do."""
    spaced = f" {_bare(clause)} "
    best = next((key for phrases, key in _longest_first() if all(phrase in spaced for phrase in phrases)), OTHER)
    share = indicators()[best].share if percent and best != OTHER else None
    return share or best


@cache
def _longest_first() -> tuple[tuple[tuple[str, ...], str], ...]:
    """The words of all indicators with their keys, the longest first; phrases stand between spaces."""
    rows = [(phrases, key) for key, indicator in indicators().items() for phrases in indicator.words]
    rows.sort(key=lambda row: -sum(map(len, row[0])))
    return tuple((tuple(f" {phrase} " for phrase in phrases), key) for phrases, key in rows)


def _phrases(words: str) -> tuple[str, ...]:
    return tuple(_bare(phrase) for phrase in words.split("+"))


def _bare(text: str) -> str:
    return fold(" ".join(syllables(text)))
