"""Every sentence the bot says, looked up by name in `phrases/<language>/*.ftl` (Project Fluent)."""

from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser

from knowledge import Language

FOLDER = Path(__file__).parent / "phrases"


class PhraseError(LookupError):
    """A phrase is missing or lacks an argument: a mistake of ours, found by the tests before any officer sees it."""


@cache
def _bundle(language: Language) -> FluentBundle:
    # Isolation marks would be invisible characters inside numbers that people copy.
    bundle = FluentBundle([language], use_isolating=False)
    # Where each part stands in its file is not noted: nobody asks, and it takes a fifth of the memory.
    parser = FluentParser(with_spans=False)
    for file in sorted((FOLDER / language).glob("*.ftl")):
        bundle.add_resource(parser.parse(file.read_text(encoding="utf-8")))
    return bundle


@lru_cache(maxsize=2048)
def _said(language: Language, phrase: str, filled: tuple[tuple[str, str | int], ...]) -> str:
    """The labels of buttons, and what a wave of letters says again and again, are put together once."""
    bundle = _bundle(language)
    if not bundle.has_message(phrase):
        raise PhraseError(f"phrases/{language}/ has no phrase {phrase!r}: add it in both languages")
    pattern = bundle.get_message(phrase).value
    if pattern is None:
        raise PhraseError(f"the phrase {phrase!r} has no text")
    text, errors = bundle.format_pattern(pattern, dict(filled))
    if errors:
        raise PhraseError(f"the phrase {phrase!r} could not be filled: {errors}")
    return str(text)


class Phrases:
    """The sentences of one language; numbers and dates are written as people in Viet Nam write them."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, phrase: str, **arguments: str | float | date | None) -> str:
        """The sentence `phrase` with its arguments filled in; raises `PhraseError` when something is missing."""
        filled = ((name, self.write(value)) for name, value in arguments.items() if value is not None)
        return _said(self.language, phrase, tuple(filled))

    def write(self, value: str | float | date) -> str | int:
        """A value as it stands in a sentence: 1.250 · 98,5 · 18/03/2025 · 08:05 ngày 18/03/2025.

        Small whole numbers (below 1000) stay numbers, so that a phrase can choose by them.
        """
        if isinstance(value, datetime):
            return value.strftime("%H:%M %d/%m/%Y")
        if isinstance(value, date):
            return value.strftime("%d/%m/%Y")
        if isinstance(value, str):
            return value
        if isinstance(value, int) and abs(value) < 1000:
            return value
        grouped = f"{value:,}"
        return grouped.translate(str.maketrans(",.", ".,")) if self.language == "vi" else grouped
