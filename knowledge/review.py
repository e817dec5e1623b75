"""What was read out of a document beside its text, for a person to check: the doubtful rows first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge import Document, Duty, Obligation, Passage, Target
from knowledge.duties import read_duties
from knowledge.figures import figures_in
from knowledge.indicators import OTHER
from knowledge.obligations import read_obligations
from knowledge.sections import item_text
from knowledge.statements import is_body
from knowledge.targets import read_targets

Sort = Literal["head", "target", "duty", "report", "unread"]
Doubt = Literal[
    "no_number",
    "no_issuer",
    "no_date",
    "no_signer",
    "unknown_indicator",
    "no_period",
    "unit_unknown",
    "two_figures",
    "nobody_named",
    "no_recipient",
    "figure_not_read",
]
_AIMS = re.compile(r"chỉ tiêu|mục tiêu", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One thing that was read (`read`, in the document's words), the `text` it was read from, and what is doubtful."""

    sort: Sort
    section: str
    read: str
    text: str
    doubts: tuple[Doubt, ...] = ()


def review(document: Document) -> tuple[Row, ...]:
    """Everything read out of a document, the rows with most doubts first, then in the order of the text."""
    targets = read_targets(document)
    rows = [
        _head(document),
        *(_target(target, targets) for target in targets),
        *(_report(obligation) for obligation in read_obligations(document)),
        *(_duty(duty) for duty in read_duties(document)),
        *_unread(document, targets),
    ]
    return tuple(sorted(rows, key=lambda row: -len(row.doubts)))


def _head(document: Document) -> Row:
    known: tuple[tuple[object, Doubt], ...] = (
        (document.number, "no_number"),
        (document.issuer, "no_issuer"),
        (document.issued_on, "no_date"),
        (document.signer, "no_signer"),
    )
    said = (document.kind, document.number, document.issuer, document.issued_on, document.signer)
    doubts = tuple(doubt for value, doubt in known if not value)
    return Row("head", "", " · ".join(str(part) for part in said if part), document.title, doubts)


def _target(target: Target, others: Iterable[Target]) -> Row:
    doubted: tuple[tuple[bool, Doubt], ...] = (
        (target.indicator == OTHER, "unknown_indicator"),
        (target.period is None, "no_period"),
        (target.unit == "count", "unit_unknown"),
        (any(_rivals(target, other) for other in others), "two_figures"),
    )
    said = (target.unit_name, target.label, target.value_text, target.period, target.condition)
    read = " · ".join(part for part in said if part)
    return Row("target", target.section, read, target.quote, tuple(doubt for holds, doubt in doubted if holds))


def _rivals(one: Target, other: Target) -> bool:
    same = (one.position, one.label, one.period, one.unit_name) == (
        other.position,
        other.label,
        other.period,
        other.unit_name,
    )
    return same and (one.comparator, one.value) != (other.comparator, other.value)


def _duty(duty: Duty) -> Row:
    read = " · ".join(part for part in (duty.actor, duty.due) if part)
    return Row("duty", duty.section, read, duty.quote, () if duty.actor else ("nobody_named",))


def _report(obligation: Obligation) -> Row:
    said = (obligation.reporter, obligation.recipient, obligation.via, ", ".join(obligation.frequency), obligation.due)
    doubted: tuple[tuple[str | None, Doubt], ...] = (
        (obligation.reporter, "nobody_named"),
        (obligation.recipient, "no_recipient"),
    )
    doubts = tuple(doubt for value, doubt in doubted if not value)
    return Row("report", obligation.section, " · ".join(part for part in said if part), obligation.quote, doubts)


def _unread(document: Document, targets: Iterable[Target]) -> Iterator[Row]:
    """The figures in the chapters of aims that no target was read from."""
    read = {target.position for target in targets}
    for passage in document.passages:
        if passage.position not in read and _holds_figure(passage):
            yield Row("unread", passage.section, "", passage.text, ("figure_not_read",))


def _holds_figure(passage: Passage) -> bool:
    aimed = is_body(passage) and _AIMS.search(passage.heading)
    return bool(aimed) and bool(figures_in(item_text(passage.text)))
