"""Of which reports and figures something may have to be said: what is settled, or was said, is left in the database.

`pending` and `overdue` give parts of what `owing.owing` gives, for offices of any size: unions that stand alike with
the same thing are held together, as what is decided of one of them holds for all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db import ReportRule, rungs, unsettled
from db.exemptions import Report
from db.unsettled import Asked, Open, Rhythm, Step
from handlers.owing import CHECK_IN, FORM, PERIODS_BACK, check_in_closes, check_in_periods, owed_of_closed
from handlers.standing import Records, first_due, owed_report
from handlers.view import View
from scheduler import Owed, Period, Rung, Standing
from scheduler.policy import rungs_reached
from scheduler.report_calendar import period_of, previous


@dataclass(frozen=True)
class Alike:
    """A report or a month's figures, and the `unions` that owe it and stand alike with it, as `owed` says of the
    first of them."""

    owed: Owed
    unions: Sequence[str]

    def __iter__(self) -> Iterator[Owed]:
        """What each of them owes."""
        return (replace(self.owed, union=code) for code in self.unions)


@dataclass(frozen=True)
class Pending:
    """What unions owe at one moment: reports, the newest period of each obligation first, and monthly check-ins."""

    reports: tuple[Alike, ...]
    check_ins: tuple[Alike, ...]

    @property
    def unions(self) -> frozenset[str]:
        """The codes of the unions of whom this speaks."""
        return frozenset(code for each in (*self.reports, *self.check_ins) for code in each.unions)


def pending(view: View) -> Pending:
    """All of which a reminder or a word to the staff may be due at the moment of the view."""
    return Pending(_reports(view, due=True), _figures(view, due=True))


def overdue(view: View) -> Pending:
    """All that has not come by its day, whatever was said of it."""
    return Pending(_reports(view, due=False), _figures(view, due=False))


@dataclass(frozen=True)
class _Period:
    """A period of some rules, with the day on which its reports are due at first."""

    period: Period
    first_due: date


def _reports(view: View, *, due: bool) -> tuple[Alike, ...]:
    known = {rhythm: tuple(_periods(of_it, view)) for rhythm, of_it in _rhythms(view.rules).items()}
    codes = {each.period.code for periods in known.values() for each in periods}
    exceptional = unsettled.periods_with_exceptions(view.connection, codes, view.today)
    records = _records(view, exceptional)
    found = list(_alike(owed_of_closed(view)))
    for rhythm, periods in known.items():
        by_code = {each.period.code: each for each in periods}
        for day, asked in _by_tree(view, periods, exceptional, due=due):
            for row in unsettled.reports_to_come(view.connection, rhythm, asked, day, view.today):
                found += _of_report(row, by_code[row.period], records, view)
    if not due:
        found = [each for each in found if each.owed.due < view.today and not each.owed.settled]
    return tuple(sorted(found, key=lambda each: place(each.owed)))


def place(owed: Owed) -> tuple[str, int, str]:
    """Where a report stands among others: those of one obligation together, the newest first."""
    return owed.obligation, -owed.period.last.toordinal(), owed.union


def _alike(owed: Iterable[Owed]) -> Iterator[Alike]:
    found: dict[Owed, list[str]] = {}
    for each in owed:
        found.setdefault(replace(each, union=""), []).append(each.union)
    return (Alike(replace(each, union=codes[0]), codes) for each, codes in found.items())


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
        reached = _steps(each.first_due, view, view.timetable.ladder) if due else ()
        steps = None if not due and each.first_due < view.today else reached
        if steps or steps is None or code in exceptional:
            found[view.trees.since(last)].append(Asked(code, last, steps, steps is not None and code in exceptional))
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


def _of_report(row: Open, period: _Period, records: Records, view: View) -> Iterator[Alike]:
    """The unions of which nothing special is known all stand alike; each of the others by itself."""
    apart = _apart(row, records) | view.away
    others = [code for code in row.unions if code in apart] if apart else []
    plain = sorted(code for code in row.unions if code not in apart)
    if plain:
        owed = Owed(row.obligation, plain[0], period.period, period.first_due, "missing", row.said, row.told)
        yield Alike(owed, plain)
    rules = {rule.id: rule for rule in view.rules}
    yield from _alike(_owed(row, code, rules[row.obligation], period, records, view) for code in others)


def _apart(row: Open, records: Records) -> frozenset[str]:
    """The unions of whose report of that period something is known that does not hold for the others."""
    report = row.obligation, row.period
    decided = (
        union for known in (records.granted, records.due_again) for rule, union, code in known if (rule, code) == report
    )
    again = (union for rule, union, code, _ in records.again if (rule, code) == report)
    return frozenset((*decided, *again))


def _owed(row: Open, code: str, rule: ReportRule, period: _Period, records: Records, view: View) -> Owed:
    report: Report = (row.obligation, code, row.period)
    away = code in view.away
    if report in records.granted or report in records.due_again:
        return owed_report(rule, code, period.period, period.first_due, records, away=away)
    again = records.again.get((*report, ""))
    standing: Standing = "leave" if away else "missing"
    return Owed(row.obligation, code, period.period, period.first_due, standing, row.said, row.told, again=again)


def _figures(view: View, *, due: bool) -> tuple[Alike, ...]:
    return tuple(
        owed
        for period, asked_on in check_in_periods(view.timetable, view.today)
        if asked_on >= view.timetable.began
        for owed in _of_month(view, period, asked_on, due=due)
    )


def _of_month(view: View, period: Period, asked_on: date, *, due: bool) -> Iterator[Alike]:
    """The figures of a month; once it is closed nobody is asked for them, and they count as missing."""
    closed = check_in_closes(period, view.timetable) < view.today
    steps = _steps(asked_on, view, view.timetable.check_in_ladder) if due else None
    if closed == due or steps == ():
        return
    asked = Asked(period.code, period.last, steps)
    for row in unsettled.figures_to_come(view.connection, CHECK_IN, FORM, asked, view.today):
        for away in (False, True):
            codes = [code for code in row.unions if (code in view.away) == away]
            if codes:
                standing: Standing = "leave" if away else "missing"
                yield Alike(Owed(CHECK_IN, codes[0], period, asked_on, standing, row.said), codes)
