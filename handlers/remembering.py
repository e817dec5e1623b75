"""Answers that were given before: who asks the same again, after the same, is told the same without a search."""

from collections.abc import Callable
from functools import lru_cache, partial

from handlers.answering import Spoken, spoken
from handlers.conversation import Conversation, Desk
from handlers.phrasebook import Phrases
from knowledge import Answer
from knowledge.answers import answer
from knowledge.index import Library

KEPT_ANSWERS = 1_000
"""So many answers are kept with a library, those that were asked for last: a few MB."""


def remembered(desk: Desk, conversation: Conversation, question: str) -> tuple[Answer, Spoken]:
    """What the documents answer, and how that is said; both rest on nothing but the question, what was asked before,
    where the asker stands, and the day."""
    return desk.library.kept(_memory)(
        question, union=desk.union.code, chain=desk.documents, history=conversation.asked, today=desk.today
    )


def _memory(library: Library) -> Callable[..., tuple[Answer, Spoken]]:
    return lru_cache(maxsize=KEPT_ANSWERS)(partial(_answered, library))


def _answered(library: Library, question: str, **asker: object) -> tuple[Answer, Spoken]:
    found = answer(library, question, **asker)  # type: ignore[arg-type]  # those that `remembered` names
    return found, spoken(found, Phrases(found.language))
