"""How the officers of a simulated year behave, as a behaviour file says it: shares, delays, a seed.

`docs/behaviour.toml` is such a file and explains every key.
"""

import random
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.app import OfficeError
from scheduler import Owed, WorkingCalendar
from scheduler.report_calendar import add_working_days

MANNERS = ("on_time", "late", "very_late", "silent")
EVENTS = ("blocks", "changes", "leaves")
HABITS = ("on_paper", "asks", "puts_off")


@dataclass(frozen=True)
class Behaviour:
    """A behaviour file: `shares` of officers by manner and by habit, `days` from the due day on which they report."""

    seed: int
    shares: dict[str, float]
    days: dict[str, tuple[int, int]]

    def weekly(self, code: str) -> bool:
        """Whether the staff of a union have chosen to get their digest once a week."""
        return random.Random(f"{self.seed} digest {code}").random() < self.shares["weekly_digests"]  # noqa: S311


@dataclass(frozen=True)
class Nature:
    """One officer: how they report, and the days on which something happens to them (None: never)."""

    manner: str
    blocks: date | None
    changes: date | None
    leaves: date | None
    on_paper: bool
    asks: bool
    puts_off: bool


def read_behaviour(file: Path | None) -> Behaviour:
    """Read a behaviour file; without one, the usual behaviour. Raises `OfficeError` with the key that is wrong."""
    try:
        data = tomllib.loads(file.read_text("utf-8")) if file else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OfficeError(f"{file} is no behaviour file: {error}. See docs/behaviour.toml.") from error
    shares = {**USUAL_SHARES, **_checked(data.get("shares", {}), USUAL_SHARES)}
    days = {**USUAL_DAYS, **_checked(data.get("days", {}), USUAL_DAYS)}
    if any(not isinstance(share, int | float) or not 0 <= share <= 1 for share in shares.values()):
        raise OfficeError("Every share of a behaviour file is a number from 0 to 1.")
    if sum(shares[manner] for manner in MANNERS[1:]) > 1:
        raise OfficeError("The shares late, very_late and silent are more than 1 together.")
    spans = {name: (int(first), int(last)) for name, (first, last) in days.items()}
    if any(first > last for first, last in spans.values()):
        raise OfficeError("Days of a behaviour file are [first, last], the first one not after the last.")
    return Behaviour(int(data.get("seed", 1)), shares, spans)


USUAL_SHARES: dict[str, Any] = {
    "late": 0.2,
    "very_late": 0.08,
    "silent": 0.05,
    "blocks": 0.03,
    "changes": 0.05,
    "leaves": 0.05,
    "on_paper": 0.05,
    "asks": 0.05,
    "puts_off": 0.1,
    "answers_figures": 0.8,
    "weekly_digests": 0.8,
}

USUAL_DAYS: dict[str, Any] = {"on_time": [-4, 0], "late": [1, 6], "very_late": [8, 20]}


def _checked(table: Any, usual: dict[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(table) - set(usual)) if isinstance(table, dict) else ["?"]
    if unknown:
        raise OfficeError(f"A behaviour file knows {', '.join(usual)}; not {', '.join(unknown)}.")
    return dict(table)


def nature_of(behaviour: Behaviour, code: str, first: date, last: date) -> Nature:
    """The officer of one union; the same seed gives the same officer, whatever else is in the organisation."""
    chance = random.Random(f"{behaviour.seed} {code}")  # noqa: S311 - no secret
    drawn, manner = chance.random(), "on_time"
    for each in MANNERS[1:]:
        if drawn < behaviour.shares[each]:
            manner = each
            break
        drawn -= behaviour.shares[each]
    length = (last - first).days
    events: list[date | None] = []
    for event in EVENTS:
        happens, when = chance.random() < behaviour.shares[event], chance.randint(0, length)
        events.append(first + timedelta(days=when) if happens else None)
    blocks, changes, leaves = events
    on_paper, asks, puts_off = (chance.random() < behaviour.shares[habit] for habit in HABITS)
    return Nature(manner, blocks, changes, leaves, on_paper, asks, puts_off)


def reports_on(behaviour: Behaviour, nature: Nature, owed: Owed, calendar: WorkingCalendar) -> date | None:
    """The day on which a report comes in (None: never), drawn anew for every period, never before the cut-off."""
    if nature.manner == "silent":
        return None
    chance = random.Random(f"{behaviour.seed} {owed.union} {owed.obligation} {owed.period.code}")  # noqa: S311
    first, last = behaviour.days[nature.manner]
    day = add_working_days(owed.due, chance.randint(first, last), calendar)
    return max(day, owed.period.last + timedelta(days=1))
