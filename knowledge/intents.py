"""What shows which kind of answer a question wants; the patterns are `question_words.toml`."""

import re
from collections.abc import Mapping
from functools import cache

from knowledge import Language
from knowledge.lexicon import read_table


@cache
def patterns(language: Language) -> Mapping[str, re.Pattern[str]]:
    """For each intent the pattern that shows it in the words of a question."""
    rows = read_table("question_words.toml")[language]
    assert isinstance(rows, dict)
    # The longest first: of "hạn" and "hạn chót" the whole phrase is meant.
    ordered = {name: sorted(listed, key=len, reverse=True) for name, listed in rows.items()}
    # One look whether a word begins here serves all the phrases.
    return {name: re.compile(rf"(?<!\S)(?:{'|'.join(map(_bounded, listed))})") for name, listed in ordered.items()}


def _bounded(said: str) -> str:
    start, end = said.startswith("^"), said.endswith("$")
    body = said.removeprefix("^").removesuffix("$")
    return (r"^\s*" if start else "") + f"(?:{body})" + (r"\s*$" if end else r"(?!\S)")
