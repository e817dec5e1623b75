"""The reports that the union at the desk owes: which, for which period, until when, and what came of them."""

from collections.abc import Iterator, Sequence
from datetime import date

from db import ReportRule, report_rules
from handlers.conversation import Desk
from handlers.debtors import owes
from handlers.owing import report_periods
from handlers.standing import report_of, reports_of
from scheduler import Owed, Period


def owed(desk: Desk, rule: ReportRule) -> Iterator[Period]:
    """The periods that matter today for which the union owes this report, the newest first."""
    return _owed(desk, report_rules.rules(desk.connection), rule)


def _owed(desk: Desk, rules: Sequence[ReportRule], rule: ReportRule) -> Iterator[Period]:
    for period in report_periods(rule, desk.today):
        if owes(desk.connection, rules, rule, desk.union.code, period.last):
            yield period


def found(desk: Desk, name: str, code: str) -> tuple[ReportRule, Period] | None:
    """One of them by the words of a button; `None` for any other."""
    rule = report_rules.rule(desk.connection, name)
    period = next((each for each in owed(desk, rule) if each.code == code), None) if rule else None
    return (rule, period) if rule and period else None


def begun(desk: Desk, period: Period) -> bool:
    """Whether there is something to report: the period has ended."""
    return period.last < desk.today


def standing(desk: Desk, rule: ReportRule, period: Period) -> Owed:
    """How the report stands, and the day on which it is due: a later one where it was extended or returned."""
    return report_of(desk.connection, desk.timetable, rule, desk.union.code, period)


def still_open(desk: Desk) -> list[tuple[ReportRule, Period]]:
    """What the union still owes, the first due first: of periods that have ended or, where there is none, of those that
    run."""
    return [(rule, period) for rule, period, _ in still_due(desk)]


def still_due(desk: Desk) -> list[tuple[ReportRule, Period, date]]:
    """The same, each with the day on which it is due."""
    rules = report_rules.rules(desk.connection)
    every = [(rule, period) for rule in rules for period in _owed(desk, rules, rule)]
    stand = reports_of(desk.connection, desk.timetable, desk.union.code, every)
    still = [(*duty, owed.due) for duty, owed in zip(every, stand, strict=True) if not owed.settled]
    first_due = sorted(still, key=lambda each: each[2])
    return [each for each in first_due if begun(desk, each[1])] or first_due


def is_late(desk: Desk, rule: ReportRule, period: Period) -> bool:
    """Whether a report that comes now comes after its day."""
    return desk.today > standing(desk, rule, period).due
