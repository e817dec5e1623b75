"""The draft of a report from what the shelves hold: a union's from its check-ins, a federation's from the reports of
the unions below it. Every figure names what it was made of, and what is missing is said to be missing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from db import CheckIn, ReportRule, checkins, figures
from handlers.branches import branches
from handlers.conversation import Desk
from handlers.drafting import figure_of, goal_months, months_of, told
from handlers.forms import NUMBERS, Field, form_for
from handlers.gathering import Gathering, gather
from handlers.goals import goals_of
from handlers.months import month_name
from handlers.owing import FORM
from handlers.phrasebook import Phrases
from handlers.progress_measures import Progress, measure, together
from handlers.report_lines import Line, figure_line, from_json, goal_line, label_of, word_lines
from scheduler import Period
from scheduler.report_calendar import previous


@dataclass(frozen=True)
class Drafted:
    """A draft: its lines, the numbers of the check-ins or reports they were made of, and the months without figures.

    `gathering` is there for a federation, whose report puts others together.
    """

    lines: tuple[Line, ...]
    sources: tuple[str, ...]
    missing: tuple[str, ...]
    gathering: Gathering | None = None


def drafted(desk: Desk, rule: ReportRule, period: Period) -> Drafted:
    """What the report of the union at the desk says before anybody edits it."""
    if desk.union.level == "grassroots":
        return _from_check_ins(desk, period)
    return from_reports(desk, gather(desk.connection, desk.union, rule, period))


def sent_in(desk: Desk, months: tuple[str, ...]) -> dict[str, CheckIn]:
    """What stands for each of these months at the union, where figures came."""
    found = {month: checkins.get(desk.connection, desk.union.code, FORM, month) for month in months}
    return {month: each for month, each in found.items() if each is not None}


def _from_check_ins(desk: Desk, period: Period) -> Drafted:
    months, before = months_of(period), months_of(previous(period))
    sent, sent_before = sent_in(desk, months), sent_in(desk, before)
    numbers = {month: each.number for month, each in sent.items()}
    lines: list[Line] = []
    words: list[Line] = []
    for field in form_for(FORM, desk.union.sector).fields:
        now = told(field, sent.values(), months)
        line = figure_line(now, told(field, sent_before.values(), before), numbers, desk.phrases)
        lines += [line] if line else []
        words += word_lines(now, numbers, desk.phrases)
    year, until = goal_months(period)
    counted = sent_in(desk, tuple(f"{year}-{month:02d}" for month in range(1, 13) if date(year, month, 1) < until))
    receipts = [each.number for each in counted.values()]
    lines += [goal_line(progress, receipts, desk.phrases) for progress in _progress(desk, period)[0]]
    missing = tuple(month for month in months if month not in sent)
    return Drafted((*lines, *words), tuple(numbers.values()), missing)


def _progress(desk: Desk, period: Period) -> tuple[tuple[Progress, ...], int]:
    """How far the goals of the year were reached with the months that count for the period and those before, and how
    many unions sent figures for them."""
    year, until = goal_months(period)
    tree = branches(desk.connection, (desk.union.code,), desk.today)
    inside = tree.below.get(desk.union.code, frozenset((desk.union.code,)))
    goals = goals_of(desk.connection, desk.library, tree, year, desk.today).get(desk.union.code, ())
    opened = figures.opened(desk.connection, inside)
    sent = {
        code: counted
        for code, found in figures.of_year(desk.connection, year, inside).items()
        if (counted := tuple(month for month in found if month.period < until.strftime("%Y-%m")))
    }
    if len(inside) == 1:
        own = desk.union.code
        return tuple(measure(goal, sent.get(own, ()), until, opened.get(own)) for goal in goals), len(sent)
    each = {code: opened.get(code) for code in sorted(sent)}
    return tuple(
        together(goal, [measure(goal, sent[code], until, day) for code, day in each.items()], until) for goal in goals
    ), len(sent)


def from_reports(desk: Desk, found: Gathering) -> Drafted:
    """What a federation's report says of the reports that came to it."""
    before = gather(desk.connection, desk.union, found.rule, previous(found.period))
    phrases = desk.phrases
    receipts = tuple(row.submission.number for row in found.rows if row.submission)
    came = phrases.say("report-line-came", came=found.came, count=len(found.rows))
    lines = [Line("c-came", "results", phrases.say("report-label-came"), came, sources=receipts)]
    totals = (_total(field, found, before, phrases) for field in found.fields)
    lines += [line for line in totals if line is not None]
    goals, told_by = _progress(desk, found.period)
    lines += [_of_unions(goal_line(progress, (), phrases), told_by, phrases) for progress in goals]
    return Drafted((*lines, *_said_below(found, phrases)), receipts, (), found)


def _total(field: Field, found: Gathering, before: Gathering, phrases: Phrases) -> Line | None:
    """The line of a field over all reports that came: a sum, or how many unions chose what; shares have no sum."""
    label = label_of(field, phrases)
    receipts = tuple(row.submission.number for row in found.rows if row.submission and field.key in row.figures)
    if field.type == "choice":
        chosen = found.chosen(field)
        if not chosen:
            return None
        parts = [
            phrases.say("report-chosen", option=option.label.said_in(phrases.language), count=chosen[option.key])
            for option in field.options
            if option.key in chosen
        ]
        text = phrases.say("report-line-typed", label=label, value="; ".join(parts))
        return Line(f"f-{field.key}", "results", label, text, sources=receipts)
    total, of = found.total(field.key)
    if field.type not in NUMBERS or field.type == "percent" or not of:
        return None
    text = phrases.say(
        "report-line-total",
        label=label,
        value=phrases.write(total),
        of=of,
        count=len(found.rows),
        before=_before(field.key, before, phrases),
    )
    return Line(f"f-{field.key}", "results", label, text, total, sources=receipts)


def _of_unions(line: Line, count: int, phrases: Phrases) -> Line:
    """The line of a federation's goal, with the number of unions whose figures it is made of."""
    return replace(line, text=phrases.say("report-line-of-unions", text=line.text, count=count))


def _before(key: str, before: Gathering, phrases: Phrases) -> str:
    total, of = before.total(key)
    if not of:
        return ""
    return phrases.say("report-total-before", value=phrases.write(total), of=of, count=len(before.rows))


def _said_below(found: Gathering, phrases: Phrases) -> tuple[Line, ...]:
    """What the reports say in words, with the union that says it."""
    lines: list[Line] = []
    for row in found.rows:
        content: Mapping[str, list[dict[str, object]]] = (row.submission.content or {}) if row.submission else {}
        for line in from_json(content.get("lines", ())):
            if line.part in ("difficulties", "proposals"):
                text = phrases.say("report-line-below", union=row.union.name, text=line.text)
                number = row.submission.number if row.submission else ""
                lines.append(Line(f"w-{len(lines)}", "difficulties", row.union.name, text, sources=(number,)))
    return tuple(lines)


def origins(desk: Desk, rule: ReportRule, period: Period) -> str:
    """Where every figure of the draft comes from, month by month or union by union."""
    phrases = desk.phrases
    if desk.union.level != "grassroots":
        found = gather(desk.connection, desk.union, rule, period)
        said = (
            phrases.say(f"report-origin-{row.origin}", union=row.union.name, number=row.submission.number)
            if row.submission
            else phrases.say("report-origin-missing", union=row.union.name)
            for row in found.rows
        )
        return phrases.say("report-origins-below", lines="\n".join(said))
    months = months_of(period)
    sent = sent_in(desk, months)
    lines = [_month_in_words(desk, month, sent.get(month)) for month in months]
    return phrases.say("report-origins", lines="\n".join(lines))


def _month_in_words(desk: Desk, month: str, sent: CheckIn | None) -> str:
    phrases = desk.phrases
    name = month_name(month, phrases)
    if sent is None:
        return phrases.say("report-origin-no-month", month=name)
    fields = (told(field, (sent,), (month,)) for field in form_for(FORM, desk.union.sector).fields)
    values = [
        phrases.say("report-line-typed", label=label_of(each.field, phrases), value=phrases.write(figure))
        for each in fields
        if isinstance(figure := figure_of(each), int | float)
    ]
    return phrases.say(
        "report-origin-month", month=name, number=sent.number, day=sent.received_at.date(), values="; ".join(values)
    )
