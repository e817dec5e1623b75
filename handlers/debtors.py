"""Which unions owe a report for a period: those below its scope on the last day of the period.

A scope that was closed hands its reports down: the unions that stood below it go on owing them, now to whoever took
over, until the staff there confirm a report of the same kind. Nobody owes the same kind twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db import ReportRule, lineage, unions
from db.standing import standing
from db.store import Connection
from knowledge import Union


@dataclass(frozen=True)
class Tree:
    """The unions that are open on a day by their codes, and the codes of those directly below each."""

    unions: Mapping[str, Union]
    children: Mapping[str, Sequence[str]]

    def inside(self, scopes: Iterable[str]) -> frozenset[str]:
        """The codes of the unions that are, or stand below, one of the `scopes`."""
        found: set[str] = set()
        waiting = [scope for scope in scopes if scope in self.unions]
        while waiting:
            code = waiting.pop()
            if code not in found:
                found.add(code)
                waiting += self.children.get(code, ())
        return frozenset(found)

    def of_level(self, codes: Iterable[str], level: str) -> frozenset[str]:
        """Those of the `codes` that are of this level."""
        return frozenset(code for code in codes if self.unions[code].level == level)


class Trees:
    """The unions that are open on a day, by their codes; read again only where something changed in between."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changes = unions.days_of_change(connection)
        self._kept: dict[date, Tree] = {}

    def since(self, day: date) -> date:
        """The first day on which the tree was what it is on that day."""
        return max((change for change in self._changes if change <= day), default=unions.ALWAYS)

    def on(self, day: date) -> Tree:
        """The tree of that day."""
        since = self.since(day)
        if since not in self._kept:
            everyone = unions.every(self._connection, day)
            children: defaultdict[str, list[str]] = defaultdict(list)
            for union in everyone:
                children[union.parent].append(union.code)
            self._kept[since] = Tree({union.code: union for union in everyone}, children)
        return self._kept[since]


def debtors(
    connection: Connection, trees: Trees, rules: Sequence[ReportRule], day: date
) -> Mapping[str, frozenset[str]]:
    """For each rule the codes of the unions that owe it for a period that ends on `day`."""
    tree = trees.on(day)
    owed = {rule.id: tree.of_level(tree.inside((rule.scope,)), rule.level) for rule in rules}
    for rule in rules:
        if rule.scope not in tree.unions:
            taken = [owed[other.id] for other in rules if other.id != rule.id and _same_kind(rule, other)]
            owed[rule.id] = _handed_down(connection, trees, rule, day).difference(*taken)
    return owed


def owes(connection: Connection, rules: Sequence[ReportRule], rule: ReportRule, code: str, day: date) -> bool:
    """Whether one union owes this one of the `rules` for a period that ends on `day`."""
    there = standing(connection, code, day)
    if there is None or not there.is_open or there.union.level != rule.level:
        return False
    same = [each for each in rules if _same_kind(each, rule)]
    direct = [each for each in same if each.scope in there.chain]
    if direct:
        return rule in direct
    return rule == next((each for each in same if _reaches(connection, each.scope, code, day)), None)


def _same_kind(one: ReportRule, other: ReportRule) -> bool:
    return (one.level, one.profile, one.cycle) == (other.level, other.profile, other.cycle)


def _handed_down(connection: Connection, trees: Trees, rule: ReportRule, day: date) -> frozenset[str]:
    """Who stood below the closed scope of a rule, or took over from such a union, and stands below its heirs now."""
    last = lineage.last_day(connection, rule.scope)
    heirs = lineage.successors(connection, rule.scope, day)
    if last is None or last >= day or not heirs:
        return frozenset()
    tree, before = trees.on(day), trees.on(last)
    stood = set(before.inside((rule.scope,)))
    gone = [code for code in stood if code not in tree.unions]
    stood.update(after for code in gone for after in lineage.successors(connection, code, day))
    return tree.of_level(tree.inside(heirs) & stood, rule.level)


def _reaches(connection: Connection, scope: str, code: str, day: date) -> bool:
    """Whether the reports of a closed scope were handed down to this union by that day."""
    last = lineage.last_day(connection, scope)
    heirs = lineage.successors(connection, scope, day)
    if last is None or last >= day or not set(heirs) & set(unions.chain(connection, code, day)):
        return False
    own = (code, *(old for old, _ in lineage.predecessors(connection, code, day)))
    return any(unions.is_open(connection, each, last) and scope in unions.chain(connection, each, last) for each in own)
