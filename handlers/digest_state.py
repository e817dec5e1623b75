"""How the unions of a federation stand: who is late and why, who is silent, who cannot be reached, what has come.

All that the shelves hold is read once (`look`), however many people get a digest; a `State` is one subtree of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from db import Officer, arrivals, exemptions, officers, questions, reach, report_rules
from db.exemptions import Report
from db.store import Connection
from handlers.debtors import Tree, Trees
from handlers.holders import Holders
from handlers.owing import Owing, check_in_closes, owing
from handlers.timetable import Timetable
from knowledge import Union
from scheduler import Owed
from scheduler.policy import days_late

LOOK_BACK = timedelta(days=120)
"""Reminders and arrivals that are older than this say nothing about today."""

QUOTA = "quota"
"""The word in a channel's reason by which it says that no more messages may be sent."""

Why = Literal["asked", "no-officer", "blocked", "quota", "undelivered", "returned", "unopened", "unanswered", "seen"]
"""Why a report may be missing: more time was asked for; nobody holds the post; the bot is blocked; the channel lets
nothing more through; the last message was not delivered; what came was returned; the person never wrote; never since
the last reminder; has written since."""

LOST: frozenset[Why] = frozenset({"no-officer", "blocked", "quota", "undelivered"})
"""With these nobody reads a reminder."""


@dataclass(frozen=True)
class Late:
    """A report that did not come: whose, for which period, how many working days late, and why that may be. `heard` is
    when whoever answers for it wrote last."""

    union: Union
    owed: Owed
    days: int
    why: Why
    heard: datetime | None = None


@dataclass(frozen=True)
class State:
    """How the unions of a subtree stand today; every tuple holds the worst first.

    `away` are late reports whose writers are on leave, which nobody is chased for. `questions`, `requests` (for more
    time) and `waiting` (reports to be looked through) are numbers of what waits for the reader and nobody nearer.
    """

    late: tuple[Late, ...] = ()
    away: tuple[Late, ...] = ()
    silent: tuple[tuple[Union, str], ...] = ()
    unreachable: tuple[tuple[Union, Why], ...] = ()
    questions: tuple[int, ...] = ()
    requests: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    new_reports: int = 0
    new_figures: int = 0

    @property
    def unions_late(self) -> int:
        """How many unions are late with at least one report."""
        return len({each.union.code for each in self.late})

    def facts(self) -> dict[str, list[str]]:
        """What the digest says, without the days that pass: unchanged facts are not repeated the next day."""
        return {
            "late": sorted(f"{each.union.code} {each.owed.obligation} {each.owed.period.code}" for each in self.late),
            "silent": sorted(f"{union.code} {period}" for union, period in self.silent),
            "unreachable": sorted(union.code for union, _ in self.unreachable),
            "questions": sorted(map(str, self.questions)),
            "requests": sorted(map(str, self.requests)),
            "waiting": sorted(map(str, self.waiting)),
        }


@dataclass(frozen=True)
class Snapshot:
    """All that is known at one moment. `people` are those to speak to for each union, `staffed` the unions with staff,
    `asked` the reports for which more time was asked, `late` whether what came came late; the other words are those of
    the shelves."""

    today: date
    timetable: Timetable
    tree: Tree
    owed: Owing
    titles: Mapping[str, str]
    people: Mapping[str, Officer]
    staffed: frozenset[str]
    heard: Mapping[int, datetime]
    reminded: Mapping[reach.Place, datetime]
    given_up: Mapping[reach.Place, str]
    asked: frozenset[Report]
    requests: Mapping[int, str]
    waiting: Mapping[int, str]
    questions: Mapping[int, str]
    late: Mapping[Report, bool]
    new_reports: Mapping[Report, datetime]
    new_figures: Mapping[tuple[str, str], datetime]

    def nearest(self, code: str) -> str:
        """The union above this one whose staff answer first; empty where nobody does."""
        union = self.tree.unions.get(code)
        while union is not None and union.parent not in self.staffed:
            union = self.tree.unions.get(union.parent)
        return union.parent if union else ""


def look(connection: Connection, timetable: Timetable, now: datetime, owed: Owing | None = None) -> Snapshot:
    """Read all that is known at `now`; a few queries, however many unions there are. `owed` need not be read again."""
    today, since = now.date(), now - LOOK_BACK
    tree = Trees(connection).on(today)
    owed = owed or owing(connection, timetable, now)
    posts = officers.everyone(connection)
    requests = exemptions.waiting(connection, tree.unions.keys())
    staffed = frozenset(post.union for post in posts if post.role != "officer")
    return Snapshot(
        today=today,
        timetable=timetable,
        tree=tree,
        owed=owed,
        titles={rule.id: rule.title for rule in report_rules.rules(connection)},
        people=_people(Holders(connection, today), tree),
        staffed=staffed,
        heard=reach.heard(connection),
        reminded=reach.reminded(connection, since),
        given_up=reach.given_up(connection),
        asked=frozenset((each.rule, each.union, each.period) for each in requests),
        requests={each.id: each.union for each in requests},
        waiting=arrivals.waiting(connection),
        questions=_questions(connection, tree, staffed),
        late=arrivals.came_late(connection, {each.period.code for each in owed.reports}),
        new_reports=arrivals.reports_since(connection, since),
        new_figures=arrivals.check_ins_since(connection, since),
    )


def _people(holders: Holders, tree: Tree) -> Mapping[str, Officer]:
    """The person to speak to for each union: somebody who is here and can be reached, else any."""
    found: dict[str, Officer] = {}
    for code, union in tree.unions.items():
        person = holders.responsible(union) or next(iter(holders.reporting(union)), None)
        if person is not None:
            found[code] = person
    return found


def _questions(connection: Connection, tree: Tree, staffed: frozenset[str]) -> Mapping[int, str]:
    """The questions that wait, each with the union whose staff are to answer it."""
    found = {}
    for each in questions.waiting(connection, tree.unions.keys()):
        code = each.passed_up_to
        while code in tree.unions and code not in staffed:
            code = tree.unions[code].parent
        found[each.id] = code
    return found


def state_of(known: Snapshot, reader: str, since: datetime, scope: str | None = None) -> State:
    """The state of the unions below `reader` (a union's code), or only of those in its part `scope`; nothing outside is
    looked at. What came is counted from the moment `since` on."""
    mine = known.tree.inside((scope or reader,)) - {reader}
    late = sorted(_late(known, mine), key=lambda each: (-each.days, each.union.code, each.owed.period.code))
    silent = sorted(_silent(known, mine), key=lambda each: (each[1], each[0].code))
    own = known if scope in (None, reader) else None
    return State(
        late=tuple(each for each in late if each.owed.standing != "leave"),
        away=tuple(each for each in late if each.owed.standing == "leave"),
        silent=tuple(silent),
        unreachable=tuple(_unreachable(known, mine)),
        questions=tuple(sorted(n for n, code in own.questions.items() if code == reader)) if own else (),
        requests=_mine(own, own.requests, reader) if own else (),
        waiting=_mine(own, own.waiting, reader) if own else (),
        new_reports=sum(union in mine and at > since for (_, union, _), at in known.new_reports.items()),
        new_figures=sum(union in mine and at > since for (union, _), at in known.new_figures.items()),
    )


def _mine(known: Snapshot, numbered: Mapping[int, str], reader: str) -> tuple[int, ...]:
    """What waits for the staff of `reader` because nobody stands nearer to the union it is of."""
    return tuple(sorted(number for number, union in numbered.items() if known.nearest(union) == reader))


def _late(known: Snapshot, mine: frozenset[str]) -> Iterator[Late]:
    for owed in known.owed.reports:
        if owed.union not in mine or owed.settled or owed.due >= known.today:
            continue
        days = days_late(owed, known.today, known.timetable.calendar)
        if days > 0:
            person = known.people.get(owed.union)
            heard = known.heard.get(person.person) if person else None
            yield Late(known.tree.unions[owed.union], owed, days, why(known, owed, person), heard)


def why(known: Snapshot, owed: Owed, person: Officer | None) -> Why:
    """Why a report of a union may be missing, what the staff can mend first."""
    if (owed.obligation, owed.union, owed.period.code) in known.asked:
        return "asked"
    lost = _lost(known, person)
    if lost is not None or person is None:
        return lost or "no-officer"
    if owed.standing == "returned":
        return "returned"
    heard, reminded = known.heard.get(person.person), known.reminded.get((person.channel, person.address))
    if heard is None:
        return "unopened"
    return "unanswered" if reminded and heard < reminded else "seen"


def _lost(known: Snapshot, person: Officer | None) -> Why | None:
    """Why the person responsible for a union cannot be reached; `None` when they can."""
    if person is None:
        return "no-officer"
    if not person.reachable:
        return "blocked"
    reason = known.given_up.get((person.channel, person.address))
    if reason is None:
        return None
    return "quota" if QUOTA in reason.casefold() else "undelivered"


def _silent(known: Snapshot, mine: frozenset[str]) -> Iterator[tuple[Union, str]]:
    closes: dict[str, date] = {}
    for owed in known.owed.check_ins:
        if owed.union in mine and not owed.settled and owed.standing != "leave":
            period = owed.period
            closed = closes.setdefault(period.code, check_in_closes(period, known.timetable))
            if closed < known.today:
                yield known.tree.unions[owed.union], period.code


def _unreachable(known: Snapshot, mine: frozenset[str]) -> Iterator[tuple[Union, Why]]:
    for code in sorted(mine):
        union = known.tree.unions[code]
        lost = _lost(known, known.people.get(code)) if union.level == "grassroots" else None
        if lost is not None:
            yield union, lost
