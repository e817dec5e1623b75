"""A digest in words: the counts first, then the names, the worst first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from handlers import Choice, Reply
from handlers.months import month_name, period_name
from handlers.phrasebook import Phrases
from knowledge import Union
from scheduler import Owed

MOST_NAMED = 15
"""More names than this do not fit a phone; the rest is counted."""


@dataclass(frozen=True)
class Late:
    """A report that did not come: whose, for which period, since when (the day after the due day), why not reached."""

    union: Union
    owed: Owed
    days: int
    unreachable: str | None


@dataclass(frozen=True)
class State:
    """How a federation's unions stand today; every tuple holds the worst first."""

    late: tuple[Late, ...]
    silent: tuple[tuple[Union, str], ...]
    unreachable: tuple[tuple[Union, str], ...]
    questions: tuple[str, ...] = ()

    def facts(self) -> dict[str, list[str]]:
        """What the digest says, without the days that pass: unchanged facts are not repeated the next day."""
        return {
            "late": sorted(f"{each.union.code} {each.owed.obligation} {each.owed.period.code}" for each in self.late),
            "silent": sorted(f"{union.code} {period}" for union, period in self.silent),
            "unreachable": sorted(union.code for union, _ in self.unreachable),
            "questions": sorted(self.questions),
        }


def in_words(union: Union, state: State, titles: Mapping[str, str], today: date, phrases: Phrases) -> Reply:
    """The digest for the staff of `union`; `titles` names the obligations."""
    late = len({each.union.code for each in state.late})
    parts = [
        phrases.say("digest-head", union=union.name, day=today, late=late),
        *_late(state, titles, phrases),
        *_silent(state, phrases),
        *_unreachable(state, phrases),
        *([phrases.say("digest-questions", count=len(state.questions))] if state.questions else []),
    ]
    if len(parts) == 1:
        parts.append(phrases.say("digest-all-well"))
    asked = (Choice("menu:cauhoi", phrases.say("menu-cauhoi")),) if state.questions else ()
    return Reply("\n\n".join(parts), asked)


def _late(state: State, titles: Mapping[str, str], phrases: Phrases) -> Iterable[str]:
    """A list for each report and due day, so that what the unions have in common is said once."""

    def what(late: Late) -> tuple[int, date, str, str]:
        return -late.days, late.owed.due, titles[late.owed.obligation], late.owed.period.code

    for (_, due, title, _), group in groupby(sorted(state.late, key=what), key=what):
        each = list(group)
        head = phrases.say(
            "digest-late",
            title=title,
            period=period_name(each[0].owed.period, phrases),
            due=due,
            days=each[0].days,
            count=len(each),
        )
        reasons = [f" ({phrases.say(one.unreachable)})" if one.unreachable else "" for one in each]
        yield _list(head, [_named(one.union, phrases, note) for one, note in zip(each, reasons, strict=True)], phrases)


def _silent(state: State, phrases: Phrases) -> Iterable[str]:
    for period, group in groupby(state.silent, key=_month):
        silent = [union for union, _ in group]
        head = phrases.say("digest-silent", month=month_name(period, phrases), count=len(silent))
        yield _list(head, [_named(union, phrases) for union in silent], phrases)


def _month(silent: tuple[Union, str]) -> str:
    return silent[1]


def _unreachable(state: State, phrases: Phrases) -> Iterable[str]:
    """Who cannot be reached and is not named among the late ones already."""
    listed = {each.union.code for each in state.late}
    lost = [(union, reason) for union, reason in state.unreachable if union.code not in listed]
    if lost:
        head = phrases.say("digest-unreachable", count=len(lost))
        yield _list(head, [_named(union, phrases, f": {phrases.say(reason)}") for union, reason in lost], phrases)


def _named(union: Union, phrases: Phrases, note: str = "") -> str:
    return phrases.say("digest-line", code=union.code, union=union.name, note=note)


def _list(head: str, lines: list[str], phrases: Phrases) -> str:
    more = len(lines) - MOST_NAMED
    tail = [phrases.say("digest-more", count=more)] if more > 0 else []
    return "\n".join([head, *lines[:MOST_NAMED], *tail])
