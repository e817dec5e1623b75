"""The life of unions in memory: who stood above whom and when, what a change makes of it, and what no tree may be.

A day on which something changes is the first day of the new state: a union closed on 1 July was last open on 30 June.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

ALWAYS = date(1900, 1, 1)
"""The first day of what was never said to have begun."""


@dataclass(frozen=True)
class UnionHistory:
    """One union from its first day to its last; `opened` and `closed` are `None` where nobody said so.

    `parents` are (first day, code of the union above; empty for none), `names` the former names with the first day on
    which they no longer held, both oldest first; `successors` took over on the day `closed`.
    """

    code: str
    name: str
    level: str
    sector: str = ""
    opened: date | None = None
    closed: date | None = None
    parents: tuple[tuple[date, str], ...] = ()
    names: tuple[tuple[date, str], ...] = ()
    successors: tuple[str, ...] = ()

    def parent_on(self, day: date) -> str:
        """The code of the union above on that day; empty where there was none."""
        return next((parent for since, parent in reversed(self.parents) if since <= day), "")

    @property
    def parent(self) -> str:
        """The union that stands, or is to stand, above in the end."""
        return self.parents[-1][1] if self.parents else ""


FlawKind = Literal[
    "unknown_parent",
    "own_parent",
    "circle",
    "order",
    "unknown_successor",
    "own_successor",
    "closed_successor",
    "days",
    "children",
    "unopened",
]


@dataclass(frozen=True)
class Flaw:
    """Why this cannot be a tree: what is wrong with which union, and the others that it concerns."""

    kind: FlawKind
    union: str
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        others = ", ".join(self.others[:10]) + (f" and {len(self.others) - 10} more" if len(self.others) > 10 else "")
        return _SAID[self.kind].format(union=self.union, others=others)


_SAID: dict[FlawKind, str] = {
    "unknown_parent": "there is no union {others!r}; add it or correct the code",
    "unknown_successor": "there is no union {others!r}; add it or correct the code",
    "own_parent": "{others!r} is the union itself",
    "own_successor": "{union} would take over from itself",
    "closed_successor": "{others} is closed itself by the day on which it would take over",
    "order": "the unions above {union} overlap: each must end after the one before it",
    "days": "{union} would close before it opens",
    "circle": "{others} stands below {union}",
    "children": "{union} still stands above {others}: close them or put them below another union first",
    "unopened": "{others} is not open yet on the day on which {union} would be put below it",
}


def history_of(parents: tuple[tuple[date, str], ...]) -> tuple[tuple[date, str], ...]:
    """The same parents said once each: nothing before the first, no parent that follows itself."""
    kept: list[tuple[date, str]] = []
    for since, parent in parents:
        if parent != (kept[-1][1] if kept else ""):
            kept.append((since, parent))
    return tuple(kept)


def moved(union: UnionHistory, parent: str, on: date) -> UnionHistory:
    """The union below `parent` (nobody where it is empty) from that day on; what was planned for later is dropped."""
    before = tuple(each for each in union.parents if each[0] < on)
    return replace(union, parents=history_of((*before, (on, parent))))


def renamed(union: UnionHistory, name: str, on: date) -> UnionHistory:
    """The union under a new name from that day on; of two changes on one day only the first name was ever borne."""
    if name == union.name:
        return union
    borne = any(until == on for until, _ in union.names)
    names = union.names if borne else tuple(sorted((*union.names, (on, union.name))))
    return replace(union, name=name, names=names)


def flaws(unions: Mapping[str, UnionHistory]) -> Iterator[Flaw]:
    """Everything that keeps these unions from being a tree on some day."""
    children: dict[str, list[tuple[str, date, date | None]]] = {}
    for code, union in unions.items():
        yield from _flaws_of(union, unions)
        for (since, parent), until in zip(union.parents, _ends(union), strict=True):
            if parent in unions and unions[parent].closed:
                children.setdefault(parent, []).append((code, since, until))
    for code, below in children.items():
        closed = unions[code].closed
        assert closed is not None
        left = [each for each, since, until in below if _stays(unions[each], max(since, closed), until, closed)]
        if left:
            yield Flaw("children", code, tuple(sorted(set(left))))


def _ends(union: UnionHistory) -> tuple[date | None, ...]:
    return (*(since for since, _ in union.parents[1:]), None)[: len(union.parents)]


def _stays(child: UnionHistory, since: date, until: date | None, closed: date) -> bool:
    """Whether an open child is still to be managed on or after the day its parent closes."""
    if until is not None and until <= closed:
        return False
    return child.closed is None or child.closed > since


def _flaws_of(union: UnionHistory, unions: Mapping[str, UnionHistory]) -> Iterator[Flaw]:
    if union.opened and union.closed and union.closed <= union.opened:
        yield Flaw("days", union.code)
    if any(later <= earlier for (earlier, _), (later, _) in pairwise(union.parents)):
        yield Flaw("order", union.code)
    for successor in union.successors:
        if kind := _wrong_successor(union, successor, unions):
            yield Flaw(kind, union.code, (successor,))
    for since, parent in union.parents:
        if kind := _wrong_parent(union, parent, since, unions):
            yield Flaw(kind, union.code, (parent,))


def _wrong_successor(union: UnionHistory, code: str, unions: Mapping[str, UnionHistory]) -> FlawKind | None:
    if code not in unions:
        return "unknown_successor"
    if code == union.code:
        return "own_successor"
    closes = unions[code].closed
    return "closed_successor" if closes and union.closed and closes <= union.closed else None


def _wrong_parent(union: UnionHistory, code: str, since: date, unions: Mapping[str, UnionHistory]) -> FlawKind | None:
    if code == union.code:
        return "own_parent"
    if code and code not in unions:
        return "unknown_parent"
    if _stands_below(code, union.code, since, unions):
        return "circle"
    opened = unions[code].opened if code else None
    return "unopened" if opened and ALWAYS < since < opened else None


def _stands_below(code: str, above: str, day: date, unions: Mapping[str, UnionHistory]) -> bool:
    """Whether `code` is, or stands below, `above` on that day."""
    seen: set[str] = set()
    while code and code not in seen and code in unions:
        if code == above:
            return True
        seen.add(code)
        code = unions[code].parent_on(day)
    return False
