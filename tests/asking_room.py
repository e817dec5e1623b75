"""What tests share that ask questions of several organisations, each of its own documents."""

from datetime import date

from handlers.answering import answer_json
from handlers.phrasebook import Phrases
from knowledge import Answer
from knowledge.answers import answer
from knowledge.index import Library

NOTHING = ""
"""What is told where the documents do not say it."""


def asked(library: Library, union: str, question: str, today: date) -> Answer:
    """What the documents that a union sees answer it on a day."""
    return answer(library, question, union=union, chain=library.chain(union), today=today)


def tells(library: Library, union: str, question: str, today: date, expected: str) -> bool:
    """Whether the words of the answer hold what is expected; for `NOTHING`, whether it says that nothing was found."""
    found = asked(library, union, question, today)
    said = answer_json(found, Phrases(found.language), 0.0)
    return expected in str(said["text"]) and bool(said["abstained"]) is (expected == NOTHING)
