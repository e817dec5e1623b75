"""Figures that one passage gives for the same thing and period: shown together, none of them chosen."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge import Finding, Target
from knowledge.inquiry import Inquiry, shortened


def with_rivals(inquiry: Inquiry, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those put together for which one passage gives two figures for the same thing and period.

    Clauses that share a predicate ("90% A và 85% B được …") hold each other's figures in their labels: two things.
    """
    together: dict[tuple[object, ...], list[Finding]] = {}
    for place, finding in enumerate(findings):
        target = finding.target
        same: tuple[object, ...] = (place,)
        if target and target.value is not None and not re.search(r"\d+ ?%", target.label):
            same = (target.document, target.position, target.label.casefold(), target.period, target.unit_name)
        together.setdefault(same, []).append(finding)
    return [_rivalling(inquiry, group) for group in together.values()]


def _rivalling(inquiry: Inquiry, group: Sequence[Finding]) -> Finding:
    first = group[0]
    others: dict[object, Target] = {}
    for finding in group[1:]:
        if finding.target and first.target and _figure(finding.target) != _figure(first.target):
            others.setdefault(_figure(finding.target), finding.target)
    if not others:
        return first
    assert first.target is not None
    # The clause that leans on the one before ("… đạt tỷ lệ trên 75%") is shown together with what it belongs to.
    passage = inquiry.library.passage(first.target.document, first.target.position).text
    quotes = [quote for quote in (first.target.quote, *(each.quote for each in others.values())) if quote in passage]
    start = min((passage.find(quote) for quote in quotes), default=0)
    end = max((passage.find(quote) + len(quote) for quote in quotes), default=len(passage))
    together = passage[start:end].strip(" ;")
    cited = replace(first.citation, quote=together)
    return replace(first, words=shortened(together), citation=cited, rivals=tuple(others.values()))


def _figure(target: Target) -> tuple[object, object]:
    return (target.comparator, target.value)
