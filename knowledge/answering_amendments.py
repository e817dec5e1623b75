"""Answers about what a later plan changed in an earlier one: its points one by one, and that a point was repealed."""

import re
from dataclasses import replace

from knowledge import Answer, Finding, Outcome, Passage
from knowledge.amendments import Amendment
from knowledge.inquiry import Inquiry, shortened
from knowledge.pointing import paths, pointed
from knowledge.search import find
from knowledge.sections import item_text

_MARK = re.compile(r"[ivxlc]+|[a-hđ]|[\w.]*\d[\w.]*")
_SURE, _POINT, _FEW = 0.78, 200, 6
_KINDS = frozenset(
    {
        "điểm",
        "khoản",
        "mục",
        "phần",
        "tiết",
        "điều",
        "kế hoạch",
        "văn bản",
        "nghị quyết",
        "chương trình",
        "hiệu lực",
        "hiệu",
        "lực",
        "áp dụng",
    }
)


def changes_answer(inquiry: Inquiry) -> Answer | None:
    """What plans in scope changed in earlier ones, a line for each change; `None` where nothing was changed."""
    made = [
        place
        for place, change in inquiry.in_force.made.items()
        if place == change.places[0] and change.document in inquiry.keys
    ]
    ordered = sorted(made, key=lambda place: (inquiry.keys.index(place[0]), place[1]))
    changes = [inquiry.in_force.made[place] for place in ordered]
    # Each line names the point that it changes.
    listed = [replace(_change(inquiry, change), replaces=None) for change in changes]
    return inquiry.answer("items", listed) if listed else None


def _change(inquiry: Inquiry, change: Amendment) -> Finding:
    """The words of one change, with those of the paragraphs that bear the new wording."""
    library = inquiry.library
    texts = [library.passage(key, position).text for key, position in change.places]
    words = shortened(" ".join([item_text(texts[0]), *texts[1:]]), _POINT)
    return inquiry.finding(change.document, change.position, words, " ".join(texts))


def repealed_answer(inquiry: Inquiry) -> Answer | None:
    """That what the question is about was repealed, where nothing in force answers it."""
    if not any(change.repeals for change in inquiry.in_force.gone.values()):
        return None
    found = find(inquiry.library, inquiry.question.terms, inquiry.keys)
    hit = next((hit for hit in found if hit.coverage >= _SURE), None)
    change = inquiry.in_force.gone.get((hit.document, hit.passage.position)) if hit else None
    if change is None or not change.repeals or not inquiry.holds(change.document, change.position):
        return None
    words = shortened(item_text(inquiry.library.passage(change.document, change.position).text))
    return inquiry.answer("repealed", [inquiry.finding(change.document, change.position, words)], outcome="repealed")


def point_answer(inquiry: Inquiry) -> Answer | None:
    """What stands in the point that a question names by its number, or what took its place."""
    question, library = inquiry.question, inquiry.library
    if not paths(question.text) or any(term.said[:1].isalpha() for term in question.subject if not _is_kind(term.said)):
        return None
    for key in inquiry.keys:
        place = next((point.passages[0] for point in pointed(library.passages(key), question.text, "")), None)
        if place is None:
            continue
        change = inquiry.in_force.gone.get((key, place.position))
        if change is None or not inquiry.holds(change.document, change.position):
            below = [each for each in library.passages(key) if each.section.startswith(place.section)][:_FEW]
            return inquiry.answer("items", [_of(inquiry, key, each) for each in below])
        outcome: Outcome = "repealed" if change.repeals else "found"
        return inquiry.answer("items", [_change(inquiry, change)], outcome=outcome)
    return None


def _of(inquiry: Inquiry, key: str, passage: Passage) -> Finding:
    return inquiry.finding(key, passage.position, shortened(item_text(passage.text), _POINT))


def _is_kind(said: str) -> bool:
    """Whether a term only says that a point or a document is meant, its mark, or that it holds."""
    return said in _KINDS or all(word in _KINDS or _MARK.fullmatch(word) for word in said.split())
