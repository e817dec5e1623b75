"""Who owes which report and which check-in at a moment: what the shelves hold, as the scheduler's words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import ReportRule, checkins, rungs, unions
from db.store import Connection
from handlers.debtors import debtors
from handlers.standing import first_due, owed_report, records
from handlers.timetable import Timetable
from handlers.view import View
from scheduler import Owed, Period, Standing
from scheduler.policy import check_in_day
from scheduler.report_calendar import add_working_days, parse_period, period_of, previous

PERIODS_BACK = 4
"""How far back an unsubmitted report is still listed: a year of quarters."""

CHECK_IN = "checkin"
"""The name of the monthly check-in among the obligations; its form is `forms/monthly.toml`."""

FORM = "monthly"


def report_periods(rule: ReportRule, today: date) -> Iterator[Period]:
    """The periods of a rule that matter today, newest first: the running one and those before, as long as it holds."""
    period = period_of(rule.profile, rule.cycle, today, rule.cut_offs)
    for _ in range(PERIODS_BACK + 1):
        if period.last < rule.since:
            return
        if rule.until is None or period.last <= rule.until:
            yield period
        period = previous(period)


@dataclass(frozen=True)
class Owing:
    """All that unions owe or have settled at one moment: reports, and monthly check-ins."""

    reports: tuple[Owed, ...]
    check_ins: tuple[Owed, ...]

    @property
    def unions(self) -> frozenset[str]:
        """The codes of the unions of whom this speaks."""
        return frozenset(each.union for each in (*self.reports, *self.check_ins))


def owing(connection: Connection, timetable: Timetable, now: datetime) -> Owing:
    """Who owes what at `now`, for the periods that matter then; a few queries, however many unions there are."""
    return all_owed(View(connection, timetable, now))


def all_owed(view: View) -> Owing:
    """All that is owed or settled at the moment of a view."""
    return Owing(all_reports(view), tuple(_owed_check_ins(view)))


def all_reports(view: View) -> tuple[Owed, ...]:
    """The reports that are owed or settled: of a whole country many, so only for who reads them all."""
    return tuple(
        _owed_reports(view, [(rule, each) for rule in view.rules for each in report_periods(rule, view.today)])
    )


def owed_of_closed(view: View) -> tuple[Owed, ...]:
    """The reports that a closed union was owed, by those to whom they were handed down."""
    closed = unions.days_closed(view.connection)
    pairs = [
        (rule, period)
        for rule in view.rules
        if rule.scope in closed
        for period in report_periods(rule, view.today)
        if closed[rule.scope] <= period.last
    ]
    return tuple(_owed_reports(view, pairs)) if pairs else ()


def _owed_reports(view: View, periods: Sequence[tuple[ReportRule, Period]]) -> Iterator[Owed]:
    """What the tree of the last day of each period says; a union that has closed since is not chased any more."""
    here, holders = view.tree.unions, view.holders
    known = records(view.connection, {period.code for _, period in periods}, view.today)
    owed: dict[date, Mapping[str, frozenset[str]]] = {}
    for rule, period in periods:
        if period.last not in owed:
            owed[period.last] = debtors(view.connection, view.trees, view.rules, period.last)
        due = first_due(rule, period, view.timetable)
        for code in sorted(owed[period.last][rule.id] & here.keys()):
            yield owed_report(rule, code, period, due, known, away=holders.all_away(here[code]))


def _owed_check_ins(view: View) -> Iterator[Owed]:
    """The check-in for the running month and the one before, since the office began, of every grassroots union that is
    there on the last day of the month and still there today: after a merger only the successor is asked."""
    here = view.tree.unions
    periods = check_in_periods(view.timetable, view.today)
    said = rungs.said(view.connection, {period.code for period, _ in periods}, told=False)
    for period, asked_on in periods:
        if asked_on < view.timetable.began:
            continue
        came = checkins.who_sent(view.connection, FORM, period.code)
        for code, union in view.trees.on(period.last).unions.items():
            if union.level == "grassroots" and code in here:
                standing = _of_check_in(code in came, view.holders.all_away(here[code]))
                yield Owed(
                    CHECK_IN,
                    code,
                    period,
                    asked_on,
                    standing,
                    said.get((CHECK_IN, code, period.code, ""), frozenset()),
                )


def _of_check_in(came: bool, away: bool) -> Standing:
    if came:
        return "submitted"
    return "leave" if away else "missing"


def check_in_periods(timetable: Timetable, today: date) -> tuple[tuple[Period, date], ...]:
    """The running month and the one before, each with the day on which its figures are asked for."""
    month = period_of("calendar", "month", today)
    return tuple(
        (each, check_in_day(each.year, each.number, timetable.calendar, timetable.check_in_day))
        for each in (month, previous(month))
    )


def check_in_closes(period: Period, timetable: Timetable) -> date:
    """The day after which a month's figures count as late: five working days after they were asked for."""
    asked_on = check_in_day(period.year, period.number, timetable.calendar, timetable.check_in_day)
    return add_working_days(asked_on, 5, timetable.calendar)


def check_in_period(code: str, timetable: Timetable) -> tuple[Period, date]:
    """A month by its code, with the day on which its figures are asked for."""
    period = parse_period("calendar", "month", code)
    return period, check_in_day(period.year, period.number, timetable.calendar, timetable.check_in_day)
