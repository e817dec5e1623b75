"""The statements of a document's body and who each is for: what duties and reporting obligations are read from."""

import re
from collections.abc import Iterable, Sequence

from knowledge import Document, Passage
from knowledge.actors import actor_of_heading, assigned, calls_only
from knowledge.clauses import Stretch, sentences
from knowledge.layout import BULLET, mostly_capital, starts_foot
from knowledge.sections import item_text

_LONGEST_OPENING = 200


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

    That is the one of the line ending in ":" that opens its list, else of the nearest heading.
    """
    lead: tuple[str, str, str] | None = None
    for passage in document.passages:
        if not is_body(passage):
            lead = None
            continue
        bullet = BULLET.match(passage.text)
        mark = bullet.group().strip() if bullet else ""
        if lead and (lead[1:] == (passage.section, mark) or lead[1] != passage.section or not bullet):
            lead = None
        yield passage, lead[0] if lead else heading_actor(passage)
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


def statements(passage: Passage, above: str | None) -> Iterable[tuple[Stretch, str | None]]:
    """The statements of a passage and who each is for: named in it, before it in the paragraph, or `above` it."""
    body = item_text(passage.text)
    actor = above
    for sentence in _whole(body, sentences(body)):
        here = assigned(sentence.text)
        actor = here.actor if here else actor
        yield sentence, actor


def _whole(body: str, found: Sequence[Stretch]) -> list[Stretch]:
    """Sentences, those joined again that a semicolon inside a list of names had cut."""
    whole: list[Stretch] = []
    for sentence in found:
        if whole and calls_only(whole[-1].text):
            start = whole[-1].start
            whole[-1] = Stretch(start, body[start : sentence.start + len(sentence.text)])
        else:
            whole.append(sentence)
    return whole
