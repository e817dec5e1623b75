"""The statements of a document's body and who each is for: what duties and reporting obligations are read from."""

import re
from collections.abc import Iterable

from knowledge import Passage
from knowledge.actors import actor_of_heading, assigned, calls_only
from knowledge.clauses import Stretch, sentences
from knowledge.layout import starts_foot
from knowledge.sections import item_text


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


def statements(passage: Passage) -> Iterable[tuple[Stretch, str | None]]:
    """The statements of a passage and who each is for: named in it, before it in the paragraph, or by the heading."""
    body = item_text(passage.text)
    actor = heading_actor(passage)
    for sentence in _whole(body, sentences(body)):
        here = assigned(sentence.text)
        actor = here.actor if here else actor
        yield sentence, actor


def _whole(body: str, found: list[Stretch]) -> list[Stretch]:
    """Sentences, those joined again that a semicolon inside a list of names had cut."""
    whole: list[Stretch] = []
    for sentence in found:
        if whole and calls_only(whole[-1].text):
            start = whole[-1].start
            whole[-1] = Stretch(start, body[start : sentence.start + len(sentence.text)])
        else:
            whole.append(sentence)
    return whole
