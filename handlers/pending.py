"""Of which reports and figures something may have to be said: what is settled, or was said, is left in the database.

`pending` and `to_come` give parts of what `owing.owing` gives, in the same order, for offices of any size.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db import ReportRule, rungs, unsettled
from db.exemptions import Report
from db.unsettled import Asked, Open, Rhythm, Step
from handlers.owing import CHECK_IN, FORM, PERIODS_BACK, Owing, check_in_closes, check_in_periods, owed_of_closed
from handlers.standing import Records, first_due, owed_report
from handlers.view import View
from scheduler import Owed, Period, Rung, Standing
from scheduler.policy import rungs_reached
from scheduler.report_calendar import period_of, previous


def pending(view: View) -> Owing:
    """All of which a reminder or a word to the staff may be due at the moment of the view."""
    return Owing(_reports(view, due=True), _figures(view, due=True))


def to_come(view: View) -> Owing:
    """All that has not come, whatever was said of it."""
    return Owing(_reports(view, due=False), _figures(view, due=False))


@dataclass(frozen=True)
class _Period:
    """A period of some rules, with the day on which its reports are due at first."""

    period: Period
    first_due: date


def _reports(view: View, *, due: bool) -> tuple[Owed, ...]:
    rules = {rule.id: rule for rule in view.rules}
    known = {rhythm: tuple(_periods(of_it, view)) for rhythm, of_it in _rhythms(view.rules).items()}
    codes = {each.period.code for periods in known.values() for each in periods}
    exceptional = unsettled.periods_with_exceptions(view.connection, codes, view.today)
    records = _records(view, exceptional)
    found = list(owed_of_closed(view))
    for rhythm, periods in known.items():
        by_code = {each.period.code: each for each in periods}
        for day, asked in _by_tree(view, periods, exceptional, due=due):
            for row in unsettled.reports_to_come(view.connection, rhythm, asked, day, view.today):
                found.append(_owed(row, rules[row.obligation], by_code[row.period], records, view))
    return tuple(sorted(found, key=lambda each: (each.obligation, -each.period.last.toordinal(), each.union)))


def _rhythms(rules: Sequence[ReportRule]) -> Mapping[Rhythm, Sequence[ReportRule]]:
    """The rules by what they have in common; those with cut-offs of their own each by itself."""
    found: defaultdict[Rhythm, list[ReportRule]] = defaultdict(list)
    for rule in rules:
        own = (rule.id,) if rule.cut_offs else ()
        found[Rhythm(rule.profile, rule.cycle, rule.cut_offs, rule.working_days, rule.by, own)].append(rule)
    return found


def _periods(rules: Sequence[ReportRule], view: View) -> Iterator[_Period]:
    """The periods that matter today, newest first, as far as one of the rules holds."""
    one, since = rules[0], min(rule.since for rule in rules)
    period = period_of(one.profile, one.cycle, view.today, one.cut_offs)
    for _ in range(PERIODS_BACK + 1):
        if period.last < since:
            return
        yield _Period(period, first_due(one, period, view.timetable))
        period = previous(period)


def _by_tree(
    view: View, periods: Sequence[_Period], exceptional: frozenset[str], *, due: bool
) -> Iterator[tuple[date, Sequence[Asked]]]:
    """What to ask for of the periods that end below the same tree, with a day of that tree."""
    found: defaultdict[date, list[Asked]] = defaultdict(list)
    for each in periods:
        code, last = each.period.code, each.period.last
        steps = _steps(each.first_due, view, view.timetable.ladder) if due else None
        if steps or steps is None or code in exceptional:
            found[view.trees.since(last)].append(Asked(code, last, steps, due and code in exceptional))
    for asked in found.values():
        yield asked[0].last, asked


def _steps(day: date, view: View, ladder: Sequence[Rung]) -> tuple[Step, ...]:
    """The rungs that have been reached towards a due day and may have to be written now."""
    reached = rungs_reached(day, view.now, ladder, view.timetable.calendar)
    telling = (Step(rung.name, told=True) for rung in reached if rung.tells != "nobody")
    return (*(Step(rung.name, told=False) for rung in reached[-1:]), *telling)


def _records(view: View, periods: frozenset[str]) -> Records:
    if not periods:
        return Records({}, {}, {}, {}, {}, {})
    found = unsettled.exceptions(view.connection, periods, view.today)
    again = rungs.put_off_to(view.connection, view.today)
    return Records({}, found.due_again, found.granted, found.said, found.told, again)


def _owed(row: Open, rule: ReportRule, period: _Period, records: Records, view: View) -> Owed:
    report: Report = (row.obligation, row.union, row.period)
    away = row.union in view.away
    if report in records.granted or report in records.due_again:
        return owed_report(rule, row.union, period.period, period.first_due, records, away=away)
    again = records.again.get((*report, "")) if records.again else None
    return Owed(
        row.obligation,
        row.union,
        period.period,
        period.first_due,
        "leave" if away else "missing",
        row.said,
        row.told,
        again=again,
    )


def _figures(view: View, *, due: bool) -> tuple[Owed, ...]:
    return tuple(
        owed
        for period, asked_on in check_in_periods(view.timetable, view.today)
        if asked_on >= view.timetable.began
        for owed in _of_month(view, period, asked_on, due=due)
    )


def _of_month(view: View, period: Period, asked_on: date, *, due: bool) -> Iterator[Owed]:
    """The figures of a month; once it is closed nobody is asked for them, and they count as missing."""
    closed = check_in_closes(period, view.timetable) < view.today
    steps = _steps(asked_on, view, view.timetable.check_in_ladder) if due else None
    if closed == due or steps == ():
        return
    asked = Asked(period.code, period.last, steps)
    for row in unsettled.figures_to_come(view.connection, CHECK_IN, FORM, asked, view.today):
        standing: Standing = "leave" if row.union in view.away else "missing"
        yield Owed(CHECK_IN, row.union, period, asked_on, standing, row.said)
