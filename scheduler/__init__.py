"""The scheduler room: dates in, dates and reminders out. These are its words.

Everything here is pure but `ticker.py`, the only place that knows a timer. Moments are aware datetimes in Viet Nam
time (`ZONE`); days are plain dates. Who owes what lies in the database; this room only decides when to speak.
"""

from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Profile = Literal["administrative", "calendar", "union_forms", "custom"]
"""Which days a reporting period covers: `administrative` follows Decree 09/2019/NĐ-CP (a quarter runs from the 15th of
the month before it begins to the 14th of its last month), `calendar` the months of the calendar, `union_forms` the
statistical forms of the unions (as of 31/5 and 30/11), `custom` the cut-offs that staff gave."""

Cycle = Literal["month", "quarter", "half", "year", "custom"]
"""How long a period is; one of a `custom` profile lasts from one of its cut-offs to the next."""

CutOffs = tuple[tuple[int, int], ...]
"""The cut-offs of a custom profile, the same every year: (month, day); a day that a month lacks is its last one."""


@dataclass(frozen=True)
class Period:
    """A reporting period: the `number`-th month, quarter or half of `year` (a year has number 1), first and last day
    included. The last day is the cut-off: what happened later belongs to the next report. A custom one knows all
    `cut_offs` of its profile, so that its neighbours can be found."""

    profile: Profile
    cycle: Cycle
    year: int
    number: int
    first: date
    last: date
    cut_offs: CutOffs = ()

    @property
    def code(self) -> str:
        """A short name that sorts by time within one cycle: `2025-03`, `2025-Q1`, `2025-H1`, `2025-K1`, `2025`."""
        if self.cycle == "year":
            return f"{self.year}"
        letter = {"month": "", "quarter": "Q", "half": "H", "custom": "K"}[self.cycle]
        return f"{self.year}-{self.number:02d}" if not letter else f"{self.year}-{letter}{self.number}"


@dataclass(frozen=True)
class DueBy:
    """A due day that does not count from the cut-off: no later than this day of the month, the first one after the
    cut-off; with `month`, no later than that day of the year."""

    day: int
    month: int | None = None


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days people work, beyond what is known: Saturdays, Sundays and the public holidays of Viet Nam are off.

    Staff add what the government decides from year to year: `extra_days_off` (a Friday swapped for a Saturday, a
    storm), `extra_working_days` (that Saturday). A day in both is off: to be silent is the smaller mistake.
    """

    extra_days_off: frozenset[date] = frozenset()
    extra_working_days: frozenset[date] = frozenset()


@dataclass(frozen=True)
class SpeakingHours:
    """The hours of a working day, in Viet Nam time, in which the assistant may speak first: spans of (from, until).

    `until` itself is quiet again. Raises ValueError where the spans are missing, empty, or not in the day's order.
    """

    spans: tuple[tuple[time, time], ...] = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))

    def __post_init__(self) -> None:
        """Refuse hours in which nobody could ever be spoken to."""
        edges = [edge for span in self.spans for edge in span]
        if not edges or any(edge >= later for edge, later in pairwise(edges)):
            raise ValueError("speaking hours need at least one span, each ending after it begins, in the day's order")


Tells = Literal["nobody", "staff", "senior"]


@dataclass(frozen=True)
class Rung:
    """One step of the ladder on which an owed report is chased.

    `offset` is in working days from the due day (negative: before it). `tells` says who hears of it beside the
    reporting union: nobody, the level above (`staff`), or the level above that (`senior`).
    """

    name: str
    offset: int
    tells: Tells = "nobody"


Standing = Literal[
    "missing", "extended", "returned", "leave", "submitted", "nothing", "paper", "other_system", "excused"
]
"""How a report stands: `missing` as long as nothing is known of it; `extended` and `returned` are owed on another day;
`leave`: whoever answers for it is away, and the chasing waits; the others are settled."""

SETTLED: frozenset[Standing] = frozenset({"submitted", "nothing", "paper", "other_system", "excused"})


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that one union owes for one period, as `policy.decide` needs to know it.

    `due` is the day it is due, extensions included, `first_due` where that has moved the day it was due at first.
    `said` holds the names of the rungs that were written towards `due`, `told` those of which the staff heard. `again`
    is the day to which the officer put off the last reminder.
    """

    obligation: str
    union: str
    period: Period
    due: date
    standing: Standing = "missing"
    said: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    first_due: date | None = None
    again: date | None = None

    @property
    def settled(self) -> bool:
        """Whether nobody is to be chased any more."""
        return self.standing in SETTLED


@dataclass(frozen=True, slots=True)
class Reminder:
    """The decision to speak now: which rung of the ladder, and how many working days late (negative: early)."""

    owed: Owed
    rung: Rung
    days_late: int


@dataclass(frozen=True, slots=True)
class Escalation:
    """The decision to tell the staff above (or, `senior`, those above them) of a report that is late."""

    owed: Owed
    rung: Rung
    days_late: int
