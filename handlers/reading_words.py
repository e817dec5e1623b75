"""Why a file could not be read, as an officer is told."""

from handlers.phrasebook import Phrases
from knowledge.reading import ReadingError


def refusal(error: ReadingError, phrases: Phrases) -> str:
    """What is wrong with the file and what the officer can do next, with the name of the file."""
    return phrases.say(f"reading-refused-{error.reason.replace('_', '-')}", file=error.file)
