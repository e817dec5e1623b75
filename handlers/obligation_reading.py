"""The reporting obligations that documents hold, as far as they can be chased: proposals for the staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from db import report_rules
from handlers.conversation import Desk
from knowledge import Frequency, Obligation
from knowledge.inquiry import label
from knowledge.vietnamese import fold
from scheduler import Cycle

CYCLES: dict[Frequency, Cycle] = {"monthly": "month", "quarterly": "quarter", "semiannual": "half", "annual": "year"}

CHASED: frozenset[Frequency] = frozenset({*CYCLES, "periodic_unspecified"})
"""What comes round; a report on occasion or on request has no due day."""


@dataclass(frozen=True)
class Proposal:
    """A reporting obligation of a document, with the clause as people cite it; `token` names it in a choice."""

    token: str
    source: str
    obligation: Obligation
    document: str
    clause: str

    @property
    def cycles(self) -> tuple[Cycle, ...]:
        """The rhythms that the document names; empty where it leaves that open."""
        return tuple(CYCLES[each] for each in self.obligation.frequency if each in CYCLES)


def proposals(desk: Desk) -> tuple[Proposal, ...]:
    """What the documents of the union at the desk and of those above it ask for and nobody has confirmed for it yet."""
    confirmed = report_rules.sources(desk.connection)
    clauses = [fold(rule.clause or "") for rule in report_rules.rules(desk.connection) if rule.scope == desk.union.code]
    return tuple(
        each
        for each in _all(desk)
        if f"{desk.union.code} {each.source}" not in confirmed
        and not any(fold(each.obligation.quote) in clause for clause in clauses)
    )


def proposal(desk: Desk, token: str) -> Proposal | None:
    """One of them."""
    return next((each for each in proposals(desk) if each.token == token), None)


def _all(desk: Desk) -> Iterator[Proposal]:
    for key, document in desk.library.documents.items():
        if document.scope not in desk.chain:
            continue
        seen: dict[int, int] = {}
        for obligation in desk.library.obligations(key):
            nth = seen[obligation.position] = seen.get(obligation.position, 0) + 1
            if CHASED.isdisjoint(obligation.frequency):
                continue
            source = f"{key[:150]}#{obligation.position}.{nth}"
            named = label(document)
            place = desk.phrases.say("obligation-section", section=obligation.section) if obligation.section else ""
            clause = desk.phrases.say("obligation-clause", document=named, place=place, quote=obligation.quote)
            yield Proposal(sha256(source.encode()).hexdigest()[:8], source, obligation, named, clause)
