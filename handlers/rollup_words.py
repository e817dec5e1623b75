"""A federation seen from above, in words and as a picture: counts by branch; names are behind a tap."""

from datetime import date, datetime

from handlers import Attachment, Choice, Reply
from handlers.digest_state import State
from handlers.digest_words import footer, short, units
from handlers.months import period_name
from handlers.phrasebook import Phrases
from handlers.pictures import MOST_BARS, RateChart, RateRow, rate_bars
from handlers.rollup import Branch, RollUp
from knowledge import Union

CAPTION = 820
"""UTF-16 units that every channel carries beside a picture, also when what staff are told of late reports stands
before them."""


def in_words(
    union: Union,
    found: RollUp,
    state: State,
    today: date,
    since: datetime,
    phrases: Phrases,
    choices: tuple[Choice, ...] = (),
) -> Reply:
    """The roll-up for the staff of `union`, with its picture where a period was due."""
    head = [phrases.say("rollup-head", late=state.unions_late, union=short(union.name), day=today)]
    head += _whole(found, phrases)
    foot = [phrases.say("rollup-silent", count=len(state.silent))] if state.silent else []
    foot += footer(state, since, phrases)
    room = CAPTION - units("\n".join((*head, *foot))) - 4
    lines = _lines(found, room, phrases)
    text = "\n\n".join(part for part in ("\n".join(head), "\n".join(lines), "\n".join(foot)) if part)
    return Reply(text, choices, file=picture(union, found, phrases) if found.periods else None)


def _whole(found: RollUp, phrases: Phrases) -> list[str]:
    """The federation as a whole: the last period, and the trend."""
    if not found.periods:
        return []
    rate, period = found.whole[-1], period_name(found.periods[-1], phrases)
    said = [
        phrases.say(
            "rollup-whole",
            period=period,
            on_time=rate.on_time,
            owed=rate.owed,
            percent=rate.percent or 0,
            came_late=rate.came_late,
            missing=rate.missing,
        )
    ]
    rates = [
        phrases.say("rollup-rate", period=period_name(period, phrases), percent=rate.percent)
        for period, rate in zip(found.periods, found.whole, strict=True)
        if rate.percent is not None
    ]
    return [*said, phrases.say("rollup-trend", rates=", ".join(rates))] if len(rates) > 1 else said


def _lines(found: RollUp, room: int, phrases: Phrases) -> list[str]:
    """A line for each branch, as many as there is room for; the others are counted."""
    more = units(phrases.say("digest-more", count="000.000")) + 1
    lines: list[str] = []
    for place, branch in enumerate(found.branches):
        line = _line(branch, phrases)
        needed = units(line) + 1
        if needed + (more if place + 1 < len(found.branches) else 0) > room:
            return [*lines, phrases.say("digest-more", count=len(found.branches) - place)]
        lines.append(line)
        room -= needed
    return lines


def _line(branch: Branch, phrases: Phrases) -> str:
    rate = branch.rates[-1] if branch.rates else None
    code, name = _called(branch, phrases)
    if rate is None or not rate.owed:
        return phrases.say("rollup-line-none", code=code, union=short(name, 40))
    return phrases.say(
        "rollup-line",
        code=code,
        union=short(name, 40),
        on_time=rate.on_time,
        owed=rate.owed,
        came_late=rate.came_late,
        missing=rate.missing,
    )


def _called(branch: Branch, phrases: Phrases) -> tuple[str, str]:
    return (branch.union.code, branch.union.name) if branch.union else ("–", phrases.say("rollup-direct"))


def picture(union: Union, found: RollUp, phrases: Phrases) -> Attachment:
    """The branches as bars, each with its trend; those with the lowest share in time come first."""
    rate = found.whole[-1]
    shown = sorted(
        (each for each in found.branches if each.rates[-1].owed),
        key=lambda each: (each.rates[-1].percent or 0, -each.late, _called(each, phrases)),
    )
    first, last = (period_name(found.periods[place], phrases) for place in (0, -1))
    chart = RateChart(
        title=phrases.say("rollup-picture-title", union=union.name, period=last),
        note=phrases.say(
            "rollup-picture-note",
            on_time=rate.on_time,
            owed=rate.owed,
            percent=rate.percent or 0,
            more=max(len(shown) - MOST_BARS, 0),
        ),
        rows=tuple(_row(each, phrases) for each in shown[:MOST_BARS]),
        names=(
            phrases.say("rollup-picture-on-time"),
            phrases.say("rollup-picture-came-late"),
            phrases.say("rollup-picture-missing"),
        ),
        trend=phrases.say("rollup-picture-trend", first=first, last=last) if len(found.periods) > 1 else "",
    )
    return Attachment(phrases.say("rollup-picture-file"), "image/png", rate_bars(chart))


def _row(branch: Branch, phrases: Phrases) -> RateRow:
    rate = branch.rates[-1]
    said = phrases.say("rollup-picture-said", on_time=rate.on_time, owed=rate.owed, percent=rate.percent or 0)
    trend = tuple(None if each.percent is None else each.percent / 100 for each in branch.rates)
    return RateRow(_called(branch, phrases)[1], said, (rate.on_time, rate.came_late, rate.missing), trend)
