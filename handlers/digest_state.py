"""How the unions of a federation stand: who is late and why, who is silent, who cannot be reached, what has come.

All that the shelves hold is read once (`look`), however many people get a digest; a `State` is one subtree of it.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from db import Officer
from handlers.snapshot import Snapshot, Why, look, why_lost
from knowledge import Union
from scheduler import Owed
from scheduler.policy import days_late

__all__ = ["LOST", "Late", "Snapshot", "State", "Why", "look", "state_of", "why"]

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


def state_of(known: Snapshot, reader: str, since: datetime, scope: str | None = None) -> State:
    """The state of the unions below `reader` (a union's code), or only of those in its part `scope`; nothing outside is
    looked at. What came is counted from the moment `since` on."""
    mine = known.tree.inside((scope or reader,)) - {reader}
    late = sorted(_late(known, mine), key=lambda each: (-each.days, each.union.code, each.owed.period.code))
    silent = sorted(_silent(known, mine), key=lambda each: (each[1], each[0].code))
    own, came = scope in (None, reader), known.came(since)
    return State(
        late=tuple(each for each in late if each.owed.standing != "leave"),
        away=tuple(each for each in late if each.owed.standing == "leave"),
        silent=tuple(silent),
        unreachable=tuple((known.tree.unions[code], known.lost[code]) for code in sorted(mine & known.lost.keys())),
        questions=tuple(sorted(known.questions.get(reader, ()))) if own else (),
        requests=tuple(sorted(known.requests.get(reader, ()))) if own else (),
        waiting=tuple(sorted(known.waiting.get(reader, ()))) if own else (),
        new_reports=_since(since, mine, came.reports),
        new_figures=_since(since, mine, came.figures),
    )


def _since(since: datetime, mine: Set[str], came: Mapping[str, Sequence[datetime]]) -> int:
    return sum(at > since for code in mine & came.keys() for at in came[code])


def _late(known: Snapshot, mine: Set[str]) -> Iterator[Late]:
    for code in mine & known.overdue.keys():
        for owed in known.overdue[code]:
            days = days_late(owed, known.today, known.timetable.calendar)
            if days > 0:
                person = known.people.get(code)
                heard = known.heard.get(person.person) if person else None
                yield Late(known.tree.unions[code], owed, days, why(known, owed, person), heard)


def why(known: Snapshot, owed: Owed, person: Officer | None) -> Why:
    """Why a report of a union may be missing, what the staff can mend first."""
    if (owed.obligation, owed.union, owed.period.code) in known.asked:
        return "asked"
    lost = why_lost(known, person)
    if lost is not None or person is None:
        return lost or "no-officer"
    if owed.standing == "returned":
        return "returned"
    heard, reminded = known.heard.get(person.person), known.reminded.get((person.channel, person.address))
    if heard is None:
        return "unopened"
    return "unanswered" if reminded and heard < reminded else "seen"


def _silent(known: Snapshot, mine: Set[str]) -> Iterator[tuple[Union, str]]:
    for code in mine & known.silent.keys():
        for owed in known.silent[code]:
            yield known.tree.unions[code], owed.period.code
