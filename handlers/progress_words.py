"""Progress in words: one short line for a goal, where the goal comes from, how fresh the figures are."""

from datetime import date
from fractions import Fraction

from db import unions
from db.store import Connection
from handlers.answer_words import source_of
from handlers.goals import Goal
from handlers.months import month_name
from handlers.phrasebook import Phrases
from handlers.progress_measures import Progress
from knowledge.indicators import indicators


def line(progress: Progress, phrases: Phrases) -> str:
    """One goal: 18/26, 69%, còn 8 trong 2 tháng; what cannot be said is said to be unknown."""
    return phrases.say(
        "progress-line", indicator=indicator_name(progress.goal.indicator, phrases), state=state(progress, phrases)
    )


def state(progress: Progress, phrases: Phrases) -> str:
    """How far a goal is, without its name."""
    target = counted(progress.goal.value, progress.goal.unit, phrases)
    if not progress.measurable:
        return phrases.say("progress-not-measured", target=target)
    if progress.done is None:
        return phrases.say("progress-no-figures", target=target, year=str(progress.goal.year))
    figures = figures_of(progress, phrases)
    share = "yes" if progress.goal.unit == "percent" else "no"
    if not progress.left:
        exact = "yes" if progress.percent == 100 else "no"
        return phrases.say("progress-reached", figures=figures, percent=progress.percent, share=share, exact=exact)
    said = phrases.say(
        "progress-under-way" if progress.months_left else "progress-fell-short",
        figures=figures,
        percent=progress.percent,
        share=share,
        left=number(progress.left, phrases),
        months=progress.months_left,
    )
    return said + missing(progress, phrases)


def missing(progress: Progress, phrases: Phrases) -> str:
    """The months that brought no figures and so are not counted; empty where all did."""
    if not progress.missing:
        return ""
    months = phrases.say("progress-and").join(str(int(code[5:])) for code in progress.missing)
    return phrases.say("progress-missing", months=months)


def figures_of(progress: Progress, phrases: Phrases) -> str:
    """What is done of what: 18/26, or for a share 91,4% (128/140), chỉ tiêu 80%."""
    assert progress.done is not None
    if progress.goal.unit != "percent":
        return phrases.say(
            "progress-of", done=number(progress.done, phrases), target=number(Fraction(progress.goal.value), phrases)
        )
    reached = progress.reached
    assert reached is not None
    share = phrases.say("progress-percent", figure=number(_rounded_down(reached), phrases))
    if progress.whole is not None:
        parts = {"done": number(progress.done, phrases), "target": number(progress.whole, phrases)}
        share = phrases.say("progress-share", share=share, parts=phrases.say("progress-of", **parts))
    return phrases.say("progress-share-of", share=share, target=counted(progress.goal.value, "percent", phrases))


def _rounded_down(share: Fraction) -> Fraction:
    """A share with one decimal, never more than it is."""
    return Fraction(int(share * 10), 10)


def number(value: Fraction, phrases: Phrases) -> str:
    """A number as people write it: 1.250 · 98,5."""
    return str(phrases.write(int(value) if value.denominator == 1 else float(round(value, 2))))


def counted(value: float, unit: str, phrases: Phrases) -> str:
    """A figure with its unit: 26 đoàn viên · 310 triệu đồng · 80%."""
    return phrases.say("progress-counted", figure=number(Fraction(str(value)), phrases), unit=unit)


def indicator_name(key: str, phrases: Phrases) -> str:
    """An indicator as people call it."""
    row = indicators().get(key)
    if row is None:
        return key
    return row.label_vi if phrases.language == "vi" else row.label_en


def source(connection: Connection, goal: Goal, today: date, phrases: Phrases) -> str:
    """Where a goal comes from: the document and its clause, or who assigned it and when."""
    if goal.source is not None:
        return phrases.say("progress-source", source=source_of(goal.source, phrases))
    giver = unions.get(connection, goal.giver, today) if goal.giver else None
    assert goal.given_on is not None
    day = goal.given_on
    said = (
        phrases.say("progress-given-by", union=giver.name, day=day) if giver else phrases.say("progress-given", day=day)
    )
    return phrases.say("progress-given-clause", given=said, clause=goal.clause) if goal.clause else said


def as_of(code: str | None, phrases: Phrases) -> str:
    """Until which month the figures go."""
    return (
        phrases.say("progress-as-of", month=month_name(code, phrases)) if code else phrases.say("progress-as-of-none")
    )
