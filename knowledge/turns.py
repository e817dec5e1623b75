"""Turns of speech that say in a roundabout way what plans have a word for, put into that word."""

import re
from collections.abc import Sequence
from functools import cache

from knowledge import Language
from knowledge.lexicon import read_table

Turn = tuple[re.Pattern[str], str]
"""What is said, as a pattern over the words of a question, and what stands for it (a replacement of `re`)."""


def plainly_put(words: str, language: Language) -> str:
    """The words of a question (one space between and at both ends) with its turns of speech in the words of plans:
    "bao nhiêu người vào công đoàn" asks for đoàn viên."""
    for said, written in _turns()[language]:
        words = said.sub(written, words)
    return re.sub(" {2,}", " ", words)


@cache
def _turns() -> dict[str, Sequence[Turn]]:
    table = read_table("turns.toml")
    macros = table["macros"]
    assert isinstance(macros, dict)
    return {language: [_turn(row, macros) for row in _rows(table[language])] for language in ("vi", "en")}


def _rows(listed: object) -> list[dict[str, str]]:
    assert isinstance(listed, list)
    return listed


def _turn(row: dict[str, str], macros: dict[str, str]) -> Turn:
    said = re.sub(r"\{(\w+)\}", lambda name: f"(?:{macros[name[1]]})", row["said"])
    return re.compile(rf"(?<= )(?:{said})(?= )"), row["written"]
