"""Who owes which report and which check-in at a moment: what the shelves hold, as the scheduler's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from db import ReportRule, checkins, outbox, reports, unions
from db.store import Connection
from handlers.timetable import Timetable
from knowledge import Union
from scheduler import Owed, Period
from scheduler.policy import check_in_day
from scheduler.report_calendar import add_working_days, due_day, period_of, previous

PERIODS_BACK = 4
"""How far back an unsubmitted report is still listed: a year of quarters."""

CHECK_IN = "checkin"
"""The name of the monthly check-in among the obligations; its form is `forms/monthly.toml`."""

FORM = "monthly"

Said = dict[tuple[str, str, str], frozenset[str]]
"""The names of the rungs already written, by obligation, union and period."""


def report_periods(rule: ReportRule, today: date) -> Iterator[Period]:
    """The periods of a rule that matter today, newest first: the running one and those before, since the rule began."""
    period = period_of(rule.profile, rule.cycle, today)
    for _ in range(PERIODS_BACK + 1):
        if period.last < rule.since:
            return
        yield period
        period = previous(period)


@dataclass(frozen=True)
class Owing:
    """All that unions owe or have settled at one moment: reports, and monthly check-ins."""

    reports: tuple[Owed, ...]
    check_ins: tuple[Owed, ...]


def owing(connection: Connection, timetable: Timetable, now: datetime) -> Owing:
    """Who owes what at `now`, for the periods that matter then; a few queries, however many unions there are."""
    everyone = unions.every(connection, now.date())
    said = _said(connection)
    return Owing(
        tuple(_owed_reports(connection, timetable, now, everyone, said)),
        tuple(_owed_check_ins(connection, timetable, now, everyone, said)),
    )


def _owed_reports(
    connection: Connection, timetable: Timetable, now: datetime, everyone: tuple[Union, ...], said: Said
) -> Iterator[Owed]:
    parents = {union.code: union.parent for union in everyone}
    for rule in reports.rules(connection):
        inside = [each.code for each in everyone if each.level == rule.level and _below(each.code, rule.scope, parents)]
        for period in report_periods(rule, now.date()):
            due = due_day(period, rule.working_days, timetable.calendar)
            came = reports.who_submitted(connection, rule.id, period.code)
            for code in inside:
                rungs = said.get((rule.id, code, period.code), frozenset())
                yield Owed(rule.id, code, period, due, code in came, rungs)


def _below(code: str, scope: str, parents: dict[str, str]) -> bool:
    for _ in parents:  # no chain is longer than there are unions
        if code in ("", scope):
            break
        code = parents.get(code, "")
    return code == scope


def _owed_check_ins(
    connection: Connection, timetable: Timetable, now: datetime, everyone: tuple[Union, ...], said: Said
) -> Iterator[Owed]:
    """Every grassroots union's check-in for the running month and the one before, since the office began."""
    for period, asked_on in check_in_periods(timetable, now.date()):
        if asked_on < timetable.began:
            continue
        came = checkins.who_sent(connection, FORM, period.code)
        for union in everyone:
            if union.level == "grassroots":
                rungs = said.get((CHECK_IN, union.code, period.code), frozenset())
                yield Owed(CHECK_IN, union.code, period, asked_on, union.code in came, rungs)


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


def letter_key(owed: Owed, rung: str) -> str:
    """The unique key of a reminder: one letter per obligation, union, period and rung, whoever rings."""
    return f"remind:{owed.obligation}:{owed.union}:{owed.period.code}:{rung}"


def _said(connection: Connection) -> Said:
    """The rungs already written."""
    found: Said = {}
    for key in outbox.with_keys(connection, "remind:"):
        _, obligation, union, period, rung = key.split(":")
        at = (obligation, union, period)
        found[at] = found.get(at, frozenset()) | {rung}
    return found
