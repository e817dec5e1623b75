"""All that is known of an office when its digests are written, each thing read once and only when it is asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

from db import Exemption, Officer, arrivals, exemptions, officers, questions, reach
from db.exemptions import Report
from db.store import Connection
from handlers.debtors import Tree
from handlers.holders import Holders
from handlers.owing import all_reports
from handlers.pending import Pending, overdue
from handlers.timetable import Timetable
from handlers.view import View
from knowledge import Union
from scheduler import Owed

LOOK_BACK = timedelta(days=120)
"""Reminders and arrivals that are older than this say nothing about today."""

QUOTA = "quota"
"""The word in a channel's reason by which it says that no more messages may be sent."""

Why = Literal["asked", "no-officer", "blocked", "quota", "undelivered", "returned", "unopened", "unanswered", "seen"]
"""Why a report may be missing: more time was asked for; nobody holds the post; the bot is blocked; the channel lets
nothing more through; the last message was not delivered; what came was returned; the person never wrote; never since
the last reminder; has written since."""


@dataclass(frozen=True)
class Arrivals:
    """The moments at which reports and figures came of each union."""

    reports: Mapping[str, Sequence[datetime]]
    figures: Mapping[str, Sequence[datetime]]


class Snapshot:
    """An office at one moment; what changes after it was read is not seen."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.today = view.today
        self.timetable = view.timetable
        self._came: tuple[datetime, Arrivals] = (view.now, Arrivals({}, {}))

    @property
    def tree(self) -> Tree:
        """All unions of today."""
        return self.view.tree

    @cached_property
    def everything(self) -> Mapping[str, Sequence[Owed]]:
        """For each union all reports that it owes or has settled."""
        return _by_union(all_reports(self.view))

    @cached_property
    def _overdue(self) -> Pending:
        return overdue(self.view)

    @cached_property
    def overdue(self) -> Mapping[str, Sequence[Owed]]:
        """For each union the reports that have not come by their due day."""
        return _by_union(each for alike in self._overdue.reports for each in alike)

    @cached_property
    def silent(self) -> Mapping[str, Sequence[Owed]]:
        """For each union the months that were closed without its figures; nothing of a union on leave."""
        here = (alike for alike in self._overdue.check_ins if alike.owed.standing != "leave")
        return _by_union(each for alike in here for each in alike)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What the reports of each rule are called."""
        return {rule.id: rule.title for rule in self.view.rules}

    @cached_property
    def _in_doubt(self) -> frozenset[str]:
        return reach.in_doubt(self.view.connection, self.today)

    @cached_property
    def _near(self) -> tuple[Mapping[str, Union], Holders]:
        return self.view.around(self._in_doubt | self.overdue.keys())

    @cached_property
    def people(self) -> Mapping[str, Officer]:
        """The person to speak to for each union that is late or hard to reach: somebody who is here and can be reached,
        else any."""
        found: dict[str, Officer] = {}
        unions, holders = self._near
        for code in self._in_doubt | self.overdue.keys():
            if (union := unions.get(code)) is None:
                continue
            person = holders.responsible(union) or next(iter(holders.reporting(union)), None)
            if person is not None:
                found[code] = person
        return found

    @cached_property
    def lost(self) -> Mapping[str, Why]:
        """The grassroots unions with whose person no word comes through."""
        near = (self._near[0].get(code) for code in self._in_doubt)
        unions = (union for union in near if union is not None and union.level == "grassroots")
        why = ((union.code, why_lost(self, self.people.get(union.code))) for union in unions)
        return {code: reason for code, reason in why if reason is not None}

    @cached_property
    def concerned(self) -> frozenset[str]:
        """The unions whose staff have something to hear: of a union below them, or what waits for themselves."""
        below = self.overdue.keys() | self.silent.keys() | self.lost.keys()
        unions, above = self.view.branch(below), set[str]()
        for code in below & unions.keys():
            parent = unions[code].parent
            while parent in unions and parent not in above:
                above.add(parent)
                parent = unions[parent].parent
        return frozenset(above.union(self.questions, self.requests, self.waiting))

    @cached_property
    def staffed(self) -> frozenset[str]:
        """The unions with staff."""
        return officers.staffed(self.view.connection)

    @cached_property
    def heard(self) -> Mapping[int, datetime]:
        """When each person wrote last."""
        return reach.heard(self.view.connection)

    @cached_property
    def reminded(self) -> Mapping[reach.Place, datetime]:
        """When each address was reminded last."""
        return reach.reminded(self.view.connection, self.view.now - LOOK_BACK)

    @cached_property
    def given_up(self) -> Mapping[reach.Place, str]:
        """Why the newest letter to an address did not arrive."""
        return reach.given_up(self.view.connection)

    @cached_property
    def _requests(self) -> tuple[Exemption, ...]:
        return exemptions.waiting(self.view.connection, self.view.unions)

    @cached_property
    def asked(self) -> frozenset[Report]:
        """The reports for which more time was asked."""
        return frozenset((each.rule, each.union, each.period) for each in self._requests)

    @cached_property
    def requests(self) -> Mapping[str, Sequence[int]]:
        """The requests for more time that wait for the staff of each union."""
        return self._nearest({each.id: each.union for each in self._requests})

    @cached_property
    def waiting(self) -> Mapping[str, Sequence[int]]:
        """The reports to be looked through by the staff of each union."""
        return self._nearest(arrivals.waiting(self.view.connection))

    @cached_property
    def questions(self) -> Mapping[str, Sequence[int]]:
        """The questions that wait for the staff of each union."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for each in questions.waiting(self.view.connection, self.view.unions):
            code = each.passed_up_to
            while code in self.view.unions and code not in self.staffed:
                code = self.view.unions[code].parent
            found[code].append(each.id)
        return found

    def _nearest(self, numbered: Mapping[int, str]) -> Mapping[str, Sequence[int]]:
        """What concerns unions by the union above each whose staff answer first; left out where nobody does."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, code in numbered.items():
            union = self.view.unions.get(code)
            while union is not None and union.parent not in self.staffed:
                union = self.view.unions.get(union.parent)
            if union is not None:
                found[union.parent].append(number)
        return found

    @cached_property
    def late(self) -> Mapping[Report, bool]:
        """Whether what came of the periods that matter came late."""
        codes = {each.period.code for some in self.everything.values() for each in some}
        return arrivals.came_late(self.view.connection, codes)

    def came(self, since: datetime) -> Arrivals:
        """What has come from that moment on, and maybe before it; no longer ago than anybody looks back."""
        since = max(since, self.view.now - LOOK_BACK)
        if since < self._came[0]:
            connection = self.view.connection
            reported = ((union, at) for (_, union, _), at in arrivals.reports_since(connection, since).items())
            counted = ((union, at) for (union, _), at in arrivals.check_ins_since(connection, since).items())
            self._came = since, Arrivals(_moments(reported), _moments(counted))
        return self._came[1]


def _moments(came: Iterable[tuple[str, datetime]]) -> Mapping[str, Sequence[datetime]]:
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for union, at in came:
        found[union].append(at)
    return found


def _by_union(owed: Iterable[Owed]) -> Mapping[str, Sequence[Owed]]:
    found: defaultdict[str, list[Owed]] = defaultdict(list)
    for each in owed:
        found[each.union].append(each)
    return found


def look(connection: Connection, timetable: Timetable, now: datetime) -> Snapshot:
    """What is known at `now`; a few queries, however many unions there are."""
    return Snapshot(View(connection, timetable, now))


def why_lost(known: Snapshot, person: Officer | None) -> Why | None:
    """Why the person responsible for a union cannot be reached; `None` when they can."""
    if person is None:
        return "no-officer"
    if not person.reachable:
        return "blocked"
    reason = known.given_up.get((person.channel, person.address))
    if reason is None:
        return None
    return "quota" if QUOTA in reason.casefold() else "undelivered"
