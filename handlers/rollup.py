"""A federation seen from above: how many reports came in time, branch by branch, over the last four periods."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from db.exemptions import Report
from handlers.digest_state import Snapshot
from knowledge import Union
from scheduler import Owed, Period

PERIODS = 4
"""So many periods show a trend."""


@dataclass(frozen=True)
class Rate:
    """Of the reports of one period that are due: how many came in time, how many later, how many are missing.

    What was excused, or is extended to a day that has not passed, is none of these.
    """

    on_time: int = 0
    came_late: int = 0
    missing: int = 0

    @property
    def owed(self) -> int:
        """How many reports were due."""
        return self.on_time + self.came_late + self.missing

    @property
    def percent(self) -> int | None:
        """How many of a hundred came in time; `None` where none was due."""
        return round(100 * self.on_time / self.owed) if self.owed else None


@dataclass(frozen=True)
class Branch:
    """One part of a federation (`None`: the unions directly below it), its rates with the oldest period first, and how
    many of its unions are late now."""

    union: Union | None
    rates: tuple[Rate, ...]
    late: int


@dataclass(frozen=True)
class RollUp:
    """The periods, the rates of the whole federation over them, and its parts, those with most late unions first."""

    periods: tuple[Period, ...]
    whole: tuple[Rate, ...]
    branches: tuple[Branch, ...]


def has_levels(known: Snapshot, reader: str) -> bool:
    """Whether further staff stand below these: then they read counts, and names behind a tap."""
    return bool((known.tree.inside((reader,)) - {reader}) & known.staffed)


def roll_up(known: Snapshot, reader: str, late: Collection[str]) -> RollUp:
    """The reports owed below `reader` of the kind that most unions owe; `late` are the codes of those late now."""
    parts = _parts(known, reader)
    mine = frozenset(chain.from_iterable(codes for _, codes in parts))
    every = (each for code in mine & known.everything.keys() for each in known.everything[code])
    due = [each for each in every if each.due < known.today]
    kinds = Counter(_kind(known, each) for each in due)
    kind = max(kinds, key=lambda each: (kinds[each], each), default=None)
    chosen = [each for each in due if _kind(known, each) == kind]
    periods = tuple(sorted({each.period for each in chosen}, key=lambda period: period.last))[-PERIODS:]
    by_union: dict[str, list[Owed]] = {}
    for each in chosen:
        by_union.setdefault(each.union, []).append(each)
    branches = [
        Branch(union, _rates(known.late, periods, _of(by_union, codes)), len(codes.intersection(late)))
        for union, codes in parts
    ]
    return RollUp(
        periods,
        _rates(known.late, periods, chosen),
        tuple(sorted(branches, key=lambda each: (-each.late, _name(each)))),
    )


def _parts(known: Snapshot, reader: str) -> Sequence[tuple[Union | None, frozenset[str]]]:
    """The parts of a federation with the codes of their unions: what stands directly below it and has others below
    itself, then all that stands directly below it without."""
    children = [known.tree.unions[code] for code in known.tree.children.get(reader, ())]
    parts: list[tuple[Union | None, frozenset[str]]] = [
        (union, known.tree.inside((union.code,))) for union in children if union.level != "grassroots"
    ]
    direct = frozenset(union.code for union in children if union.level == "grassroots")
    return [*parts, *([(None, direct)] if direct else [])]


def _kind(known: Snapshot, owed: Owed) -> tuple[str, str, str]:
    return known.tree.unions[owed.union].level, owed.period.profile, owed.period.cycle


def _of(by_union: Mapping[str, Sequence[Owed]], codes: frozenset[str]) -> Iterator[Owed]:
    for code in codes:
        yield from by_union.get(code, ())


def _rates(
    late: Mapping[Report, bool], periods: Sequence[Period], owed: Sequence[Owed] | Iterator[Owed]
) -> tuple[Rate, ...]:
    counted: Counter[tuple[Period, str]] = Counter()
    for each in owed:
        if each.standing == "excused":
            continue
        came_late = late.get((each.obligation, each.union, each.period.code), False)
        counted[each.period, "missing" if not each.settled else "late" if came_late else "in time"] += 1
    return tuple(
        Rate(counted[period, "in time"], counted[period, "late"], counted[period, "missing"]) for period in periods
    )


def _name(branch: Branch) -> tuple[bool, str]:
    return branch.union is None, branch.union.code if branch.union else ""
