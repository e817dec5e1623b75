"""Answers about who does what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge import Answer, Duty, Finding
from knowledge.inquiry import OF_LEVEL, Inquiry, holds_required, is_named_in, shortened
from knowledge.search import coverage, heading_words, title_words
from knowledge.terms import Term
from knowledge.weighing import Evidence, clause_evidence, likelihood

_ENOUGH, _CLOSE = 0.6, 0.06
SURE, LEAST = 0.3, 0.4
"""How likely a duty must be the one that is asked for to be given as such, and how much of a question it must hold."""
_WEIGHED = 8
_MOST_ITEMS, _ITEM, _BUDGET, _MOST_ACTORS = 10, 110, 560, 2
_FIRST = 0.3
_WHOLE = 400
_PLACE_ASKED = re.compile(r" (?:ở|tại) (?:chỗ|nơi|địa điểm) nào | số (?:điện thoại|đường dây nóng|máy|tài khoản|zalo) ")
"""What asks for a place or a number to call, not for somebody who does a thing."""
_AREA = re.compile(r"^ (xã|phường|thị trấn|huyện|quận|tỉnh) (?!mình|em|tôi)")


@dataclass(frozen=True)
class Rated:
    """A duty and how well it answers the question (0 to 1)."""

    duty: Duty
    score: float


def who_answer(inquiry: Inquiry) -> Answer | None:
    """Who has to do what the question describes; two when the plans name two that fit as well."""
    terms = inquiry.question.subject
    if not terms or _PLACE_ASKED.search(inquiry.question.words):
        return None
    sure = [rated for rated, evidence in who_weighed(inquiry) if likelihood(evidence, "who") >= SURE]
    if not sure:
        return None
    close = [entry.duty for entry in sure if entry.score >= sure[0].score - _CLOSE]
    return inquiry.answer("who", [_finding(inquiry, duty, _WHOLE) for duty in _by_actor(close)[:_MOST_ACTORS]])


def who_weighed(inquiry: Inquiry) -> list[tuple[Rated, Evidence]]:
    """The duties of somebody that speak of the question, the fittest first, each with what speaks for it."""
    terms = inquiry.question.subject
    rated: list[tuple[Rated, str, str]] = []
    for duty in _duties(inquiry):
        near, far = inquiry.library.spelled(duty.quote), _around(inquiry, duty)
        held = coverage(terms, near, far) if duty.actor else 0.0
        if held >= LEAST and holds_required(terms, near, far) and _of_reports(inquiry, near):
            rated.append((Rated(duty, held + _extra(inquiry, near, duty)), near, far))
    rated.sort(key=lambda entry: -entry[0].score)
    best = rated[0][0] if rated else None
    rival = next((entry.score for entry, _, _ in rated if best and entry.duty.position != best.duty.position), 0.0)
    return [
        (entry, _who_evidence(inquiry, entry, near, far, rival if entry is best else best.score if best else 0.0))
        for entry, near, far in rated[:_WEIGHED]
    ]


def _who_evidence(inquiry: Inquiry, entry: Rated, near: str, far: str, rival: float) -> Evidence:
    return {
        **clause_evidence(inquiry, near, far, entry.score - rival),
        "says_rarest": float(_says_rarest(inquiry.question.subject, near)),
        "leads": float(entry.duty.leads),
    }


def duty_answer(inquiry: Inquiry) -> Answer | None:
    """What the one that the question names has to do: all items of theirs, in the order of the plan."""
    terms = inquiry.question.subject or _level_as_actor(inquiry) or _asker_as_actor(inquiry)
    if not terms:
        return None
    rated = []
    for duty in _duties(inquiry):
        actor = inquiry.library.spelled(duty.actor or "")
        named = [term for term in terms if term.stands_in(actor)]
        rest = [term for term in terms if term not in named]
        near = inquiry.library.spelled(duty.quote) + title_words(inquiry.library, duty.document)
        if named and " chủ trì " in inquiry.question.words and _only_helps(duty):
            continue
        if named and (not rest or coverage(rest, near) >= _ENOUGH) and _of_reports(inquiry, near):
            first = _FIRST if terms[0] in named else 0.0
            rated.append(Rated(duty, first + _actor_fits(inquiry, actor, named) + _soft(inquiry, duty)))
    if not rated:
        return None
    best = max(entry.score for entry in rated)
    chosen = [entry.duty for entry in rated if entry.score >= best - 0.1]
    chosen = _distinct(chosen)
    limit = max(_ITEM, min(_WHOLE, _BUDGET // len(chosen)))
    findings = [_finding(inquiry, duty, limit) for duty in chosen]
    return inquiry.answer("duty", findings[:_MOST_ITEMS], more=findings[_MOST_ITEMS:])


def _only_helps(duty: Duty) -> bool:
    """Whether the one who has a duty takes part in what another one leads."""
    own = duty.quote.removeprefix(duty.actor or "").strip().lower()
    return not duty.leads and (" | " in duty.quote or own.startswith("phối hợp"))


def _says_rarest(terms: Sequence[Term], near: str) -> bool:
    """Whether a duty says the telling word of several as the question does; then less of the others is enough."""
    return len(terms) > 1 and max(terms, key=lambda term: term.weight).spoken in near


def _level_as_actor(inquiry: Inquiry) -> tuple[Term, ...]:
    """The authority of a level as plans call it, for "phường phải làm gì"."""
    named = _AREA.search(inquiry.question.words)
    if named is None or inquiry.question.wants("own_unit"):
        return ()
    area = named[1]
    names = (f"ủy ban nhân dân {area}", f"ủy ban nhân dân các {area}", f"liên đoàn lao động {area}", f"đảng ủy {area}")
    return (Term(area, names, 1.0),)


def _asker_as_actor(inquiry: Inquiry) -> tuple[Term, ...]:
    """The asker's own union as plans call those of its level, for "bên mình phải làm gì"."""
    union = inquiry.library.unions.get(inquiry.asker.union)
    names = OF_LEVEL.get(union.level, ()) if union and inquiry.question.wants("own_unit") else ()
    return (Term(names[0], names, 1.0),) if names else ()


def _of_reports(inquiry: Inquiry, near: str) -> bool:
    """Whether a clause speaks of a report where the question does."""
    return not inquiry.question.wants("report") or " báo cáo " in near


def _duties(inquiry: Inquiry) -> list[Duty]:
    reached = inquiry.reached()
    return [
        duty
        for key in inquiry.keys_reached
        for duty in inquiry.library.duties(key)
        if reached(key, duty.position) and inquiry.holds(key, duty.position, duty.quote)
    ]


def _around(inquiry: Inquiry, duty: Duty) -> str:
    passage = inquiry.library.passage(duty.document, duty.position)
    return heading_words(inquiry.library, passage)


def _extra(inquiry: Inquiry, near: str, duty: Duty) -> float:
    soft = [term for term in inquiry.question.terms if term.soft]
    together = _in_order(inquiry.question.words, near)
    timely = inquiry.question.cycle == "annual" and bool(re.search(r" (?:hàng|hằng|mỗi) năm ", near))
    return (
        0.1 * timely + 0.1 * coverage(soft, near) + 0.08 * together + 0.02 * duty.leads - 0.02 * min(len(near) / 600, 1)
    )


def _in_order(question: str, near: str) -> float:
    """The share of the question's neighbouring words that are neighbours in the clause too."""
    words = question.split()
    pairs = [f" {left} {right} " for left, right in pairwise(words)]
    return sum(pair in near for pair in pairs) / len(pairs) if pairs else 0.0


def _actor_fits(inquiry: Inquiry, actor: str, named: Sequence[Term]) -> float:
    """1 for an actor that is just the one named, less for one with a longer name."""
    held = {word for term in named for option in term.written if f" {option} " in actor for word in option.split()}
    level = [word for word in inquiry.question.words.split() if word in actor.split()]
    words = [word for word in actor.split() if word not in ("các", "và", "giao", "đề", "nghị")]
    return len({*held, *level} & set(words)) / len(words) if words else 0.0


def _soft(inquiry: Inquiry, duty: Duty) -> float:
    soft = [term for term in inquiry.question.terms if term.soft]
    return 0.3 * coverage(soft, _around(inquiry, duty)) if soft else 0.0


def _distinct(duties: Sequence[Duty]) -> list[Duty]:
    """The duties without those whose words are a part of another's."""
    return [
        duty for duty in duties if not any(duty.quote in other.quote and duty.quote != other.quote for other in duties)
    ]


def _by_actor(duties: Sequence[Duty]) -> list[Duty]:
    """The first duty of each actor."""
    seen: dict[tuple[str, str | None], Duty] = {}
    for duty in duties:
        seen.setdefault((duty.document, duty.actor), duty)
    return list(seen.values())


def _finding(inquiry: Inquiry, duty: Duty, limit: int) -> Finding:
    words = shortened(duty.quote, limit)
    unnamed = limit >= _WHOLE and not is_named_in(inquiry, duty.actor, words)
    return inquiry.finding(duty.document, duty.position, words, actor=duty.actor if unnamed else None)
