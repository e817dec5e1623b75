"""Answers about who does what, and who reports to whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge import Answer, Duty, Finding, Obligation
from knowledge.inquiry import Inquiry, holds_required, shortened
from knowledge.search import coverage, heading_words, title_words
from knowledge.sections import item_text
from knowledge.terms import Term

_ENOUGH, _CLOSE = 0.6, 0.06
_MOST_ITEMS, _ITEM, _BUDGET, _MOST_ACTORS = 10, 110, 560, 2
_FIRST, _OWN_REPORT = 0.3, 0.1
_LONGEST = 480
_CYCLES = re.compile(r"tháng|quý|năm|tuần|ngày \d")
_DAY = re.compile(r"ngày|trước|chậm nhất|tháng \d", re.IGNORECASE)
_OF_LEVEL = {
    "grassroots": ("công đoàn cơ sở",),
    "district": ("công đoàn cấp trên trực tiếp cơ sở", "liên đoàn lao động huyện", "liên đoàn lao động quận"),
    "province": ("liên đoàn lao động tỉnh", "liên đoàn lao động thành phố"),
}


@dataclass(frozen=True)
class Rated:
    """A duty and how well it answers the question (0 to 1)."""

    duty: Duty
    score: float


def who_answer(inquiry: Inquiry) -> Answer | None:
    """Who has to do what the question describes; two when the plans name two that fit as well."""
    terms = inquiry.question.subject
    if not terms:
        return None
    rated = []
    for duty in _duties(inquiry):
        if duty.actor is None:
            continue
        near, far = inquiry.library.spelled(duty.quote), _around(inquiry, duty)
        held = coverage(terms, near, far)
        if held >= _ENOUGH and holds_required(terms, near, far) and _of_reports(inquiry, near):
            rated.append(Rated(duty, held + _extra(inquiry, near, duty)))
    if not rated:
        return None
    rated.sort(key=lambda entry: -entry.score)
    close = [entry.duty for entry in rated if entry.score >= rated[0].score - _CLOSE]
    return inquiry.answer("who", [_finding(inquiry, duty, 400) for duty in _by_actor(close)[:_MOST_ACTORS]])


def duty_answer(inquiry: Inquiry) -> Answer | None:
    """What the one that the question names has to do: all items of theirs, in the order of the plan."""
    terms = inquiry.question.subject
    if not terms:
        return None
    rated = []
    for duty in _duties(inquiry):
        actor = inquiry.library.spelled(duty.actor or "")
        named = [term for term in terms if term.stands_in(actor)]
        rest = [term for term in terms if term not in named]
        near = inquiry.library.spelled(duty.quote) + title_words(inquiry.library, duty.document)
        if named and (not rest or coverage(rest, near) >= _ENOUGH) and _of_reports(inquiry, near):
            first = _FIRST if terms[0] in named else 0.0
            rated.append(Rated(duty, first + _actor_fits(inquiry, actor, named) + _soft(inquiry, duty)))
    if not rated:
        return None
    best = max(entry.score for entry in rated)
    chosen = [entry.duty for entry in rated if entry.score >= best - 0.1]
    chosen = _distinct(chosen)
    limit = max(_ITEM, min(400, _BUDGET // len(chosen)))
    findings = [_finding(inquiry, duty, limit) for duty in chosen]
    return inquiry.answer("duty", findings[:_MOST_ITEMS], more=findings[_MOST_ITEMS:])


def report_answer(inquiry: Inquiry) -> Answer | None:
    """Who reports to whom, through whom and how often, as the plan says it; not restated when a day is asked for and
    the plan gives none."""
    obligations = [entry for key in inquiry.keys for entry in inquiry.library.obligations(key)]
    if not obligations:
        return None
    scored = sorted(((_report_score(inquiry, entry), -at, entry) for at, entry in enumerate(obligations)), reverse=True)
    best = scored[0][2]
    if not _holds_subject(inquiry, best):
        return None
    finding = inquiry.finding(best.document, best.position, _report_words(inquiry, best), None)
    silent = _asks_day(inquiry) and not (best.due and _DAY.search(best.due))
    return inquiry.answer("report", [finding], outcome="not_restated" if silent else "found")


def _asks_day(inquiry: Inquiry) -> bool:
    return inquiry.question.wants("due") and not inquiry.question.wants("often")


def _report_words(inquiry: Inquiry, entry: Obligation) -> str:
    """The clause of the report, with the clause before it where that one names the reporter."""
    quote = entry.quote
    reporter = inquiry.library.spelled(entry.reporter or "").strip()
    if reporter and reporter not in inquiry.library.spelled(quote):
        passage = item_text(inquiry.library.passage(entry.document, entry.position).text)
        if len(passage) <= _LONGEST and reporter in inquiry.library.spelled(passage):
            return passage
        return f"{entry.reporter}: {shortened(quote, _LONGEST)}"
    return shortened(quote, _LONGEST)


def _report_score(inquiry: Inquiry, entry: Obligation) -> float:
    """How well an obligation fits: what the question says of it, else whether it is the asker's own."""
    question, library = inquiry.question, inquiry.library
    terms = [term for term in question.terms if term.said != "báo cáo"]
    words = library.spelled(f"{entry.reporter or ''} {entry.recipient or ''} {entry.via or ''} {entry.quote}")
    far = heading_words(library, library.passage(entry.document, entry.position))
    score = coverage(terms, words, far) if terms else 0.0
    union = library.unions.get(inquiry.asker.union)
    reporter = library.spelled(entry.reporter or "")
    own = bool(union) and any(f" {name} " in reporter for name in _OF_LEVEL.get(union.level if union else "", ()))
    names = [term for term in question.subject if term.stands_in(reporter)]
    return (
        score
        + (0.0 if not own or names else _OWN_REPORT if question.subject else 3 * _OWN_REPORT)
        + (0.2 if names else 0.0)
        + _ways(inquiry, entry)
    )


def _ways(inquiry: Inquiry, entry: Obligation) -> float:
    question = inquiry.question
    asked = {"quarterly": "quý", "monthly": "tháng", "annual": "năm", "semiannual": "6 tháng"}
    named = [name for name, said in asked.items() if f" {said} " in question.words]
    fits = 0.15 * any(name in entry.frequency for name in named)
    fits += 0.1 * (question.wants("via") and entry.via is not None)
    return fits + 0.1 * (question.wants("often") and bool(_CYCLES.search(entry.quote)))


def _holds_subject(inquiry: Inquiry, entry: Obligation) -> bool:
    library = inquiry.library
    terms = inquiry.question.subject
    near = library.spelled(f"{entry.reporter or ''} {entry.recipient or ''} {entry.quote}")
    passage = library.passage(entry.document, entry.position)
    far = heading_words(library, passage) + library.spelled(passage.text)
    enough = not terms or coverage(terms, near, far) >= 0.5
    return enough and holds_required(terms, near, far)


def _of_reports(inquiry: Inquiry, near: str) -> bool:
    """Whether a clause speaks of a report where the question does."""
    return not inquiry.question.wants("report") or " báo cáo " in near


def _duties(inquiry: Inquiry) -> list[Duty]:
    reached = inquiry.reached()
    return [
        duty for key in inquiry.keys for duty in inquiry.library.duties(key) if reached(duty.document, duty.position)
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
    actor = inquiry.library.spelled(duty.actor or "").strip()
    if limit == 400 and actor and actor not in inquiry.library.spelled(words):
        words = f"{duty.actor}: {words}"
    return inquiry.finding(duty.document, duty.position, words)
