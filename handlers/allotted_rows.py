"""The figures that a sent document gives to unions of a subtree, to be confirmed one by one; nothing is guessed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handlers.assigning import Assignment
from handlers.goals import UPWARD
from handlers.union_names import names_of
from knowledge import Target, Union
from knowledge.indicators import OTHER

_YEAR = re.compile(r"20[1-9]\d")


@dataclass(frozen=True)
class Left:
    """A figure that cannot be assigned, and why: the name of a reason (`union`, `indicator`, `year`, `figure`,
    `twice`)."""

    unit_name: str
    label: str
    value_text: str
    why: str


@dataclass(frozen=True)
class Allotment:
    """What a document gives to single unions: the figures that can become targets, and those that cannot."""

    rows: tuple[Assignment, ...]
    left: tuple[Left, ...]


def allotment(found: Iterable[tuple[Target, str]], candidates: Mapping[str, Union]) -> Allotment:
    """Match the figures of a document (each with the clause it stands in, as people cite it) to these unions.

    Two different figures for the same union, indicator and year are both left out.
    """
    rows: dict[tuple[str, str, int, str], list[tuple[Assignment, Target]]] = {}
    left: list[Left] = []
    names = names_of(candidates)
    for target, source in found:
        union = names.find(target.unit_name or "")
        why = _why_not(target, union)
        if why or union is None:
            left.append(Left(target.unit_name or "", target.label, target.value_text, why))
            continue
        assert isinstance(target.value, int | float)
        row = Assignment(union.code, target.indicator, int(target.period or 0), target.value, target.unit, source)
        rows.setdefault((row.union, row.indicator, row.year, row.unit), []).append((row, target))
    taken: list[Assignment] = []
    for same in rows.values():
        if len({row.value for row, _ in same}) == 1:
            taken.append(same[0][0])
        else:
            left += [Left(target.unit_name or "", target.label, target.value_text, "twice") for _, target in same]
    return Allotment(tuple(taken), tuple(left))


def _why_not(target: Target, union: Union | None) -> str:
    """Why a figure cannot become a target; empty where it can."""
    if union is None:
        return "union"
    if target.indicator == OTHER:
        return "indicator"
    if not _YEAR.fullmatch(target.period or ""):
        return "year"
    plain = isinstance(target.value, int | float) and target.value > 0 and target.comparator in UPWARD
    return "" if plain else "figure"
