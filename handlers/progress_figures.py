"""The progress of unions as the shelves hold it: goals and monthly figures put together."""

from collections.abc import Collection
from datetime import date

from db import figures
from db.store import Connection
from handlers.branches import branches
from handlers.goals import Goal, goals_of
from handlers.phrasebook import Phrases
from handlers.progress_measures import Progress, measure, together
from handlers.progress_words import line
from knowledge.index import Library


def progress_lines(
    connection: Connection, library: Library, union: str, today: date, phrases: Phrases
) -> tuple[str, ...]:
    """What this year's figures of a union (by its code) say about its targets, a short line each; empty without any.

    What the check-ins do not ask for is left out.
    """
    each = progress_of(connection, library, (union,), today.year, today).get(union, ())
    return tuple(line(progress, phrases) for progress in each if progress.measurable)


def progress_of(
    connection: Connection, library: Library, codes: Collection[str], year: int, today: date
) -> dict[str, tuple[Progress, ...]]:
    """The progress of each of these unions that has goals for the year, in the order of the indicator table.

    The figures of a union with others below it are those of all of them together.
    """
    tree = branches(connection, codes, today)
    goals = goals_of(connection, library, tree, year, today)
    counted = frozenset(code for union in goals for code in tree.below[union])
    told = figures.of_year(connection, year, counted)
    opened = figures.opened(connection, counted)

    def measured(goal: Goal) -> Progress:
        inside = tree.below[goal.union]
        each = (measure(goal, told.get(code, ()), today, opened.get(code)) for code in sorted(inside) if code in told)
        return (
            together(goal, each, today)
            if len(inside) > 1
            else measure(goal, told.get(goal.union, ()), today, opened.get(goal.union))
        )

    return {code: tuple(map(measured, listed)) for code, listed in goals.items()}
