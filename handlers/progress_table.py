"""A subtree's progress as a table, the laggards first: in chat, as a picture, as a workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from db.store import Connection
from handlers.branches import inside
from handlers.goals import Goal
from handlers.phrasebook import Phrases
from handlers.pictures import MOST_BARS, Bar, Chart, progress_bars
from handlers.progress_figures import progress_of
from handlers.progress_measures import MONTHS, Progress
from handlers.progress_words import as_of, figures_of, indicator_name, missing, number, source, state
from handlers.spreadsheets import Page, workbook
from knowledge import Union
from knowledge.index import Library

ROWS = 10
"""Lines of a page in chat: more do not fit a phone."""


@dataclass(frozen=True)
class Standing:
    """How the unions of a subtree stand on one indicator: their progress, the laggards first, and all together.

    `whole` is measured against the federation's own goal (`own`), else against the sum of the goals given below it;
    `leaves` is how many unions there are that have none below them, which send the figures.
    """

    indicator: str
    unit: str
    year: int
    rows: tuple[tuple[Union, Progress], ...]
    whole: Progress | None
    own: bool
    leaves: int

    @property
    def months(self) -> tuple[int, str | None]:
        """How many months of the year are over, and the latest month with figures."""
        each = [progress for _, progress in self.rows] + ([self.whole] if self.whole else [])
        left = min((progress.months_left for progress in each), default=MONTHS)
        return MONTHS - left, max((one.as_of for one in each if one.as_of), default=None)


def standings(connection: Connection, library: Library, union: Union, year: int, today: date) -> tuple[Standing, ...]:
    """Every indicator on which the union or one below it has a goal; those that can be measured, with most unions,
    come first."""
    names = inside(connection, union.code, today)
    found = progress_of(connection, library, tuple(names), year, today)
    groups: dict[tuple[str, str], list[tuple[Union, Progress]]] = {}
    for code, listed in found.items():
        for progress in listed:
            groups.setdefault((progress.goal.indicator, progress.goal.unit), []).append((names[code], progress))
    parents = {each.parent for each in names.values()}
    leaves = sum(code not in parents for code in names)
    made = [_standing(union, key, rows, year, leaves) for key, rows in groups.items()]
    return tuple(sorted(made, key=lambda each: (not _measured(each), -len(each.rows), each.indicator)))


def _standing(
    union: Union, key: tuple[str, str], rows: Sequence[tuple[Union, Progress]], year: int, leaves: int
) -> Standing:
    own = next((progress for each, progress in rows if each.code == union.code), None)
    below = [row for row in rows if row[0].code != union.code]
    ordered = tuple(sorted(below, key=_laggards_first))
    return Standing(*key, year, ordered, own or _sum(union, ordered), own is not None, leaves)


def _laggards_first(row: tuple[Union, Progress]) -> tuple[bool, Fraction, str]:
    """Nothing known comes before little done, and that before much."""
    union, progress = row
    share = share_of(progress)
    return share is not None, share if share is not None else Fraction(0), union.code


def share_of(progress: Progress) -> Fraction | None:
    """How much of a goal is done, of 1; `None` where no figures came."""
    return None if progress.reached is None else progress.reached / Fraction(str(progress.goal.value))


def _sum(union: Union, rows: Sequence[tuple[Union, Progress]]) -> Progress | None:
    """The goals of the uppermost unions put together, for shares there is no such thing."""
    codes = {each.code for each, _ in rows}
    top = [progress for each, progress in rows if each.parent not in codes]
    if not top or top[0].goal.unit == "percent" or not top[0].measurable:
        return None
    told = [each for each in top if each.done is not None]
    first = top[0].goal
    goal = Goal(union.code, first.indicator, first.year, sum(each.goal.value for each in top), first.unit)
    return Progress(
        goal=goal,
        measurable=True,
        done=sum((each.done for each in told if each.done is not None), Fraction(0)) if told else None,
        as_of=max((each.as_of for each in told if each.as_of), default=None),
        months_left=min(each.months_left for each in top),
    )


def _measured(standing: Standing) -> bool:
    return any(progress.measurable for _, progress in standing.rows) or bool(
        standing.whole and standing.whole.measurable
    )


def in_words(standing: Standing, page: int, union: Union, origin: str, phrases: Phrases) -> str:
    """A page of the table; `origin` says where the federation's own goal comes from."""
    parts = [
        phrases.say("progress-table", indicator=indicator_name(standing.indicator, phrases), year=str(standing.year))
    ]
    if standing.whole is not None:
        said = state(standing.whole, phrases)
        parts.append(phrases.say("progress-table-whole", union=union.name, state=said, origin=origin))
    parts.append(_coverage(standing, phrases))
    shown = standing.rows[page * ROWS : (page + 1) * ROWS]
    if shown:
        parts += ["", phrases.say("progress-table-laggards", page=page + 1, pages=pages_of(standing))]
    parts += [
        phrases.say(
            "progress-table-line",
            code=each.code,
            union=each.name,
            state=brief(progress, phrases) + missing(progress, phrases),
        )
        for each, progress in shown
    ]
    return "\n".join(parts)


def pages_of(standing: Standing) -> int:
    """How many pages the table has."""
    return max(1, -(-len(standing.rows) // ROWS))


def _coverage(standing: Standing, phrases: Phrases) -> str:
    """How many unions the figures are of, and until when."""
    told = sum(progress.done is not None for _, progress in standing.rows)
    month = as_of(standing.months[1], phrases)
    if standing.own and standing.whole:
        return phrases.say("progress-table-coverage", told=standing.whole.told, count=standing.leaves, month=month)
    return phrases.say("progress-table-coverage", told=told, count=len(standing.rows), month=month)


def brief(progress: Progress, phrases: Phrases) -> str:
    """How far a goal is, as short as it can be said: 3/25 · 12%."""
    if not progress.measurable or progress.done is None:
        return phrases.say("progress-brief-none", target=number(Fraction(str(progress.goal.value)), phrases))
    if progress.goal.unit == "percent":
        return figures_of(progress, phrases)
    return phrases.say("progress-brief", figures=figures_of(progress, phrases), percent=progress.percent)


def picture(standing: Standing, union: Union, phrases: Phrases) -> bytes:
    """The laggards as bars, below them the whole in words."""
    over, last = standing.months
    name = indicator_name(standing.indicator, phrases)
    note = brief(standing.whole, phrases) if standing.whole else ""
    more = len(standing.rows) - MOST_BARS
    chart = Chart(
        title=phrases.say("progress-picture-title", union=union.name, indicator=name, year=str(standing.year)),
        note=phrases.say("progress-picture-note", whole=note or name, month=as_of(last, phrases), more=max(more, 0)),
        bars=tuple(_bar(each.name, progress, phrases) for each, progress in standing.rows[:MOST_BARS]),
        mark=over / MONTHS,
        mark_name=phrases.say("progress-picture-mark", months=over),
        names=_names(phrases),
    )
    return progress_bars(chart)


def own_picture(union: Union, year: int, each: Iterable[Progress], phrases: Phrases) -> bytes:
    """The goals of one union as bars."""
    told = [progress for progress in each if progress.measurable]
    over = MONTHS - min(progress.months_left for progress in told)
    last = max((progress.as_of for progress in told if progress.as_of), default=None)
    chart = Chart(
        title=phrases.say("progress-picture-own", union=union.name, year=str(year)),
        note=phrases.say("progress-picture-until", month=as_of(last, phrases)),
        bars=tuple(_bar(indicator_name(progress.goal.indicator, phrases), progress, phrases) for progress in told),
        mark=over / MONTHS,
        mark_name=phrases.say("progress-picture-mark", months=over),
        names=_names(phrases),
    )
    return progress_bars(chart)


def _names(phrases: Phrases) -> tuple[str, str, str, str]:
    return (
        phrases.say("progress-picture-reached"),
        phrases.say("progress-picture-going"),
        phrases.say("progress-picture-behind"),
        phrases.say("progress-picture-unknown"),
    )


def _bar(label: str, progress: Progress, phrases: Phrases) -> Bar:
    share = share_of(progress)
    return Bar(label, brief(progress, phrases), None if share is None else float(share))


def sheet(connection: Connection, listed: Iterable[Standing], union: Union, today: date, phrases: Phrases) -> bytes:
    """All targets of the subtree as a workbook, a line for each union and indicator."""
    columns = ("code", "union", "indicator", "year", "target", "done", "percent", "left", "month", "missing", "source")
    lines = [
        _sheet_line(connection, each, progress, today, phrases)
        for standing in listed
        for each, progress in (*(((union, standing.whole),) if standing.whole and standing.own else ()), *standing.rows)
    ]
    titles = tuple(phrases.say(f"progress-sheet-{column}") for column in columns)
    page = Page(phrases.say("progress-sheet"), titles, lines, (12, 40, 36, 8, 12, 12, 10, 12, 14, 18, 50))
    return workbook((page,))


def _sheet_line(
    connection: Connection, union: Union, progress: Progress, today: date, phrases: Phrases
) -> tuple[str | float | None, ...]:
    goal = progress.goal

    def plain(value: Fraction | None) -> float | None:
        return None if value is None else int(value) if value.denominator == 1 else round(float(value), 2)

    return (
        union.code,
        union.name,
        indicator_name(goal.indicator, phrases),
        goal.year,
        goal.value,
        plain(progress.reached),
        progress.percent,
        plain(progress.left),
        progress.as_of or "",
        ", ".join(progress.missing),
        source(connection, goal, today, phrases),
    )
