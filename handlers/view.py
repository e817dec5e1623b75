"""What one moment shows of an office: each thing is read once, and only when somebody asks for it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from db import ReportRule, branches, exemptions, officers, report_rules
from db.store import Connection
from handlers.debtors import Tree, Trees
from handlers.holders import Holders
from handlers.timetable import Timetable
from knowledge import Union

MOST_NEAR = 2000
"""Of more unions than this the whole office is read at once."""

MOST_SINGLY = 50
"""So many unions are read one by one before all are."""


class Everybody(Mapping[str, Union]):
    """All unions of today by their codes: those asked for first are read one by one, then all at once."""

    def __init__(self, view: "View") -> None:
        self._view = view
        self._found: dict[str, Union] = {}

    def __getitem__(self, code: str) -> Union:
        """The union with this code; raises KeyError."""
        if len(self._found) >= MOST_SINGLY:
            return self._view.tree.unions[code]
        if code not in self._found:
            self._found |= branches.open_among(self._view.connection, (code,), self._view.today)
        return self._found[code]

    def __iter__(self) -> Iterator[str]:
        """Their codes."""
        return iter(self._view.tree.unions)

    def __len__(self) -> int:
        """How many there are."""
        return branches.count(self._view.connection, self._view.today)


class View:
    """An office at the moment `now`, seen through one connection; what changes after it was read is not seen."""

    def __init__(self, connection: Connection, timetable: Timetable, now: datetime) -> None:
        self.connection = connection
        self.timetable = timetable
        self.now = now
        self.today = now.date()

    @cached_property
    def rules(self) -> tuple[ReportRule, ...]:
        """The confirmed obligations, those too that have ended."""
        return report_rules.rules(self.connection)

    @cached_property
    def trees(self) -> Trees:
        """The trees of all days."""
        return Trees(self.connection)

    @property
    def tree(self) -> Tree:
        """All unions of today."""
        return self.trees.on(self.today)

    @cached_property
    def unions(self) -> Mapping[str, Union]:
        """The same for who asks for few of them."""
        return Everybody(self)

    @cached_property
    def holders(self) -> Holders:
        """All who hold a post today."""
        return Holders(self.connection, self.today)

    @cached_property
    def away(self) -> frozenset[str]:
        """The codes of the unions where everybody who reports is away."""
        posts = exemptions.away(self.connection, self.today)
        codes = officers.unions_of(self.connection, posts) if posts else ()
        if not codes:
            return frozenset()
        holders = Holders(self.connection, self.today, codes)
        found = branches.some(self.connection, codes, self.today)
        return frozenset(code for code, union in found.items() if holders.all_away(union))

    def around(self, codes: Collection[str]) -> tuple[Mapping[str, Union], Holders]:
        """These unions with all above them, and the holders of their posts; of many unions simply everybody."""
        if len(codes) > MOST_NEAR:
            return self.unions, self.holders
        found = self.branch(codes)
        return found, Holders(self.connection, self.today, found.keys())

    def branch(self, codes: Collection[str]) -> Mapping[str, Union]:
        """These unions with all above them; of many unions simply all."""
        if len(codes) > MOST_NEAR:
            return self.tree.unions
        found: dict[str, Union] = {}
        wanted = frozenset(codes)
        while wanted:
            found |= branches.open_among(self.connection, wanted, self.today)
            wanted = frozenset(union.parent for union in found.values() if union.parent) - found.keys() - wanted
        return found
