"""What the levels of unions are called, from `levels.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge import Language


def level_names(language: Language) -> dict[str, str]:
    """Every level that has a name, the highest first; a level of another word is called by that word."""
    return {level: names[language] for level, names in _levels().items()}


@cache
def _levels() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("levels.toml").read_text(encoding="utf-8"))
