"""`congdoan ask`: one question, one answer, or a file of them; and what a file says, as JSON."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.app import OfficeError
from handlers.answering import answer_json, answer_reply
from handlers.phrasebook import Phrases
from knowledge import Answer
from knowledge.amendments import amendments
from knowledge.answers import answer
from knowledge.index import Library


def ask(library: Library, unit: str, question: str, history: Iterable[str], today: date) -> Answer:
    """The answer to a question of the union `unit`; raises `OfficeError` for a union the index does not know."""
    if unit not in library.unions:
        known = ", ".join(sorted(library.unions))
        raise OfficeError(f"There is no union {unit!r} in the knowledge index. It knows: {known}")
    return answer(library, question, union=unit, chain=library.chain(unit), history=tuple(history), today=today)


def warm(library: Library) -> None:
    """Read the Vietnamese phrases and what documents change in each other, so that the first answer is not slow.

    The English ones are read when somebody first writes in English; most offices never do.
    """
    Phrases("vi").say("ask-not-found")
    amendments(library)


def as_text(found: Answer) -> str:
    """The answer as an officer reads it."""
    return answer_reply(found, Phrases(found.language)).text


def as_json(library: Library, unit: str, question: str, history: Iterable[str], today: date) -> dict[str, Any]:
    """The answer as one JSON object, with the milliseconds it took."""
    began = perf_counter()
    found = ask(library, unit, question, history, today)
    reply = answer_json(found, Phrases(found.language), 0.0)
    return {**reply, "ms": round((perf_counter() - began) * 1000, 2)}


def batch(library: Library, file: Path, today: date) -> Iterator[dict[str, Any]]:
    """The answers to a JSONL file of questions (`id`, `unit`, `question`, `history`), in its order.

    Raises `OfficeError` for a line that is no such question.
    """
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            identity, unit, question = asked["id"], asked["unit"], asked["question"]
        except (ValueError, KeyError, TypeError) as error:
            raise OfficeError(f"{file.name}, line {number}: expected a JSON object with id, unit, question") from error
        yield {"id": identity, **as_json(library, unit, question, asked.get("history") or (), today)}
