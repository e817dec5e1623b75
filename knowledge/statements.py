"""The statements of a document's body and who each is for: what duties and reporting obligations are read from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge import Document, Passage
from knowledge.actors import (
    Assigned,
    actor_of_heading,
    assigned,
    calls,
    calls_only,
    done_by,
    sends_its_own,
    told_plainly,
)
from knowledge.clauses import Stretch, sentences
from knowledge.layout import BULLET, mostly_capital, starts_foot
from knowledge.sections import item_text
from knowledge.vietnamese import fold

_LONGEST_OPENING = 200
_ONLY_DUE = re.compile(r"(?:hoàn thành|xong)\s+(?:xong\s+)?(?:trước|trong|vào|chậm nhất)\b[^,;]*", re.IGNORECASE)
_WORKS = re.compile(r"nhiem vu|giai phap|noi dung|hoat dong|cong tac|bien phap")
_TASKS = re.compile(r"to chuc thuc hien|phan cong|trach nhiem (?:cua|thuc hien)|to chuc trien khai")
"""The parts of a plan that say who does what."""


@dataclass(frozen=True)
class Statement:
    """A sentence, or a part of one between semicolons, and who it is for.

    `named` says where the statement itself names its actor; `goes_on` that one was named before it in the paragraph,
    `inside` that it was in the same sentence, before a semicolon; `among_tasks` that the part gives out work.
    """

    start: int
    text: str
    actor: str | None
    named: Assigned | None
    goes_on: bool
    inside: bool
    among_tasks: bool


def is_body(passage: Passage) -> bool:
    """Whether a passage can ask for something: in a section, or the closing words; no head, no foot."""
    closing = passage.section == "" and re.match(
        r"Trên đây|Nhận được|Yêu cầu|Trong quá trình|Kế hoạch này", passage.text
    )
    return bool(passage.section or closing) and not starts_foot(passage.text)


def heading_actor(passage: Passage) -> str | None:
    """The actor named by the nearest heading above a passage, itself excluded."""
    own = item_text(passage.text).rstrip(".:")
    for heading in reversed(passage.heading.split(" / ")):
        if heading and heading != own:
            actor = actor_of_heading(heading)
            if actor:
                return actor
    return None


def addressed(document: Document) -> Iterable[tuple[Passage, str | None]]:
    """The passages of a body, each with the actor above it.

    That is the one of the line ending in ":" that opens its list, else of the nearest heading; below the lettered items
    of such a list the nearest heading comes first.
    """
    lead: tuple[str, str, str] | None = None
    for passage in document.passages:
        if not is_body(passage):
            lead = None
            continue
        bullet = BULLET.match(passage.text)
        mark = bullet.group().strip() if bullet else ""
        lettered = lead is not None and re.fullmatch(rf"{re.escape(lead[1])}\.[a-zđ]", passage.section) is not None
        apart = lead and (lead[1:] == (passage.section, mark) or lead[1] != passage.section or not bullet)
        lead = None if apart and not lettered else lead
        headed = heading_actor(passage) if lettered or not lead else None
        yield passage, headed or (lead[0] if lead else None)
        opening = _list_actor(passage.text)
        lead = (opening, passage.section, mark) if opening else lead


def is_heading(passage: Passage) -> bool:
    """Whether a passage is the heading of its section and gives nobody work itself."""
    own = item_text(passage.text).rstrip(".:")
    return passage.heading.split(" / ")[-1] == own and (mostly_capital(own) or not assigned(own))


def _list_actor(text: str) -> str | None:
    """The actor of a line that opens a list ("Các công đoàn cơ sở:")."""
    if not text.endswith(":") or len(text) > _LONGEST_OPENING:
        return None
    words = item_text(text).rstrip(":")
    here = assigned(words)
    return here.actor if here else actor_of_heading(words)


def statements(passage: Passage, above: str | None) -> Iterable[Statement]:
    """The statements of a passage and who each is for: named in it, before it in the paragraph, or `above` it."""
    body = item_text(passage.text)
    actor, before, inside = above, False, False
    called = above is None
    tasks = _gives_out_work(passage)
    works = tasks or bool(_WORKS.search(fold(passage.heading)))
    for sentence in _whole(body, sentences(body)):
        proposes = sentence.text.startswith("đề nghị ") and actor is not None and not called
        own = proposes or (sends_its_own(sentence.text) and (actor is not None or sentence.text[:1].islower()))
        here = None if own else _actor_here(sentence, works)
        actor = here.actor if here else actor
        called = called and (here is None or calls(sentence.text))
        listed = body[: sentence.start].rstrip().endswith(";") and (
            sentence.text[:1].islower() or sentence.text[:1].isdigit()
        )
        inside = inside and listed
        yield Statement(sentence.start, sentence.text, actor, here, before, inside, tasks)
        before, inside = before or here is not None, inside or here is not None


def _actor_here(sentence: Stretch, works: bool) -> Assigned | None:
    return assigned(sentence.text) or done_by(sentence.text) or told_plainly(sentence.text, works)


def _gives_out_work(passage: Passage) -> bool:
    return bool(_TASKS.search(fold(passage.heading)))


def _whole(body: str, found: Sequence[Stretch]) -> list[Stretch]:
    """Sentences, joined again: a list of names that a semicolon had cut, and a task with what only says by when."""
    whole: list[Stretch] = []
    for sentence in found:
        if whole and (calls_only(whole[-1].text) or _ONLY_DUE.fullmatch(sentence.text)):
            start = whole[-1].start
            whole[-1] = Stretch(start, body[start : sentence.start + len(sentence.text)])
        else:
            whole.append(sentence)
    return whole
