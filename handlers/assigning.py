"""Giving targets to unions, however staff said them: the row, the note in the audit, the letter to the officers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from db import AssignedTarget, Letter, Officer, audit, officers, targets, unions
from db.store import Connection
from handlers import Choice, Reply
from handlers.branches import inside
from handlers.phrasebook import Phrases
from handlers.progress_words import counted, indicator_name
from handlers.replies import letter
from knowledge import Union

LETTER = "target"
"""The kind of letter by which officers hear of a target."""

LARGEST = 1_000_000_000_000
"""A target above this is a slip."""


@dataclass(frozen=True)
class Assignment:
    """A figure that is to be given to a union (its code) for a year; `source` names the document and clause."""

    union: str
    indicator: str
    year: int
    value: float
    unit: str
    source: str | None = None


@dataclass(frozen=True)
class Assigned:
    """What was done: the targets that are new or changed, how many stood like that before, the letters to write."""

    made: tuple[AssignedTarget, ...]
    unchanged: int
    letters: tuple[Letter, ...]


def may_get(connection: Connection, officer: Officer, now: datetime) -> dict[str, Union]:
    """The open unions to which these staff may give targets: all below their own, by code."""
    below = inside(connection, officer.union, now.date())
    return {code: union for code, union in below.items() if code != officer.union}


def before(connection: Connection, wanted: Iterable[Assignment]) -> dict[Assignment, AssignedTarget]:
    """The target that stands now where another one is to come."""
    standing: dict[int, dict[tuple[str, str, str], AssignedTarget]] = {}
    found: dict[Assignment, AssignedTarget] = {}
    for each in wanted:
        if each.year not in standing:
            listed = targets.standing(connection, str(each.year))
            standing[each.year] = {(one.union, one.indicator, one.unit): one for one in listed}
        known = standing[each.year].get((each.union, each.indicator, each.unit))
        if known is not None:
            found[each] = known
    return found


def assign_all(
    connection: Connection, wanted: Sequence[Assignment], officer: Officer | None, now: datetime, phrases: Phrases
) -> Assigned:
    """Give all these targets; `officer` is the staff's post, `None` on the command line.

    A figure that stands as it is stays untouched, so that the same file may come twice.
    """
    known = before(connection, wanted)
    new = [each for each in wanted if each not in known or known[each].value != each.value]
    made = []
    for each in new:
        given = targets.assign(
            connection,
            each.union,
            each.indicator,
            str(each.year),
            each.value,
            each.unit,
            source=each.source,
            officer=officer.id if officer else None,
            now=now,
        )
        note(connection, officer, "target-assigned", given, now, known[each].value if each in known else None)
        made.append(given)
    return Assigned(tuple(made), len(wanted) - len(new), _letters(connection, made, officer, now, phrases))


def note(
    connection: Connection,
    officer: Officer | None,
    action: str,
    given: AssignedTarget,
    now: datetime,
    value_before: float | None = None,
) -> None:
    """Note an action upon a target in the audit."""
    details = {"target": given.id, "indicator": given.indicator, "year": given.period, "value": given.value}
    audit.note(
        connection, officer.id if officer else None, action, given.union, details | {"before": value_before}, now
    )


def target_line(indicator: str, year: str, value: float, unit: str, phrases: Phrases) -> str:
    """A target in one line: its indicator, its year, its figure."""
    return phrases.say(
        "target-line",
        indicator=indicator_name(indicator, phrases),
        year=year,
        figure=counted(value, unit, phrases),
    )


def _letters(
    connection: Connection,
    made: Sequence[AssignedTarget],
    officer: Officer | None,
    now: datetime,
    phrases: Phrases,
) -> tuple[Letter, ...]:
    """One letter to every officer of a union that got targets, with all of them."""
    return _told(connection, made, officer, "target-letter", now, phrases)


def withdrawn(
    connection: Connection, target: AssignedTarget, officer: Officer, now: datetime, phrases: Phrases
) -> tuple[Letter, ...]:
    """The letters by which officers hear that a target was taken back."""
    return _told(connection, (target,), officer, "target-letter-withdrawn", now, phrases)


def _told(
    connection: Connection,
    made: Sequence[AssignedTarget],
    officer: Officer | None,
    phrase: str,
    now: datetime,
    phrases: Phrases,
) -> tuple[Letter, ...]:
    given: dict[str, list[AssignedTarget]] = {}
    for each in made:
        given.setdefault(each.union, []).append(each)
    giver = unions.get(connection, officer.union, now.date()) if officer else None
    written = []
    for reader in officers.everyone(connection) if given else ():
        if reader.role == "officer" and reader.union in given and reader.reachable:
            listed = given[reader.union]
            union = unions.get(connection, reader.union, now.date())
            assert union is not None
            lines = [target_line(one.indicator, one.period, one.value, one.unit, phrases) for one in listed]
            text = phrases.say(
                phrase,
                named="yes" if giver else "no",
                giver=giver.name if giver else "",
                union=union.name,
                lines="\n".join(lines),
            )
            choices = (Choice("menu:tiendo", phrases.say("target-see-progress")),)
            written.append(letter(reader, f"{phrase}:{listed[0].id}:{reader.id}", LETTER, Reply(text, choices), now))
    return tuple(written)
