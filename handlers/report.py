"""Reports that a union owes: what is due when, and the officer's word that one was submitted."""

from datetime import date

from db import ReportRule, reports
from handlers import Choice, Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.months import period_name
from handlers.owing import report_periods
from handlers.report_words import details, lateness
from scheduler import Period
from scheduler.report_calendar import due_day, working_days_between

SUBJECT = "report"


def overview(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """Everything the union owes or has just submitted."""
    lines: list[str] = []
    choices: list[Choice] = []
    for rule in reports.rules(desk.connection):
        if not _owes(desk, rule):
            continue
        for period in report_periods(rule, desk.now.date()):
            lines.append(_line(desk, rule, period))
            if not reports.submitted(desk.connection, rule.id, desk.union.code, period.code) and _begun(period, desk):
                label = desk.phrases.say("report-mark", period=period_name(period, desk.phrases))
                choices.append(Choice(f"report:done:{rule.id}:{period.code}", label))
    if not lines:
        return Turn((Reply(desk.phrases.say("report-none")),), conversation)
    text = desk.phrases.say("report-overview", union=desk.union.name, lines="\n".join(lines))
    return Turn((Reply(text, tuple(choices)),), conversation)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice of a report was tapped: `words` are the rule and the period."""
    name, code = (*words, "", "")[:2]
    rule = reports.rule(desk.connection, name)
    period = _period(rule, code, desk.now.date()) if rule else None
    if rule is None or period is None or not _owes(desk, rule):
        return Turn((Reply(desk.phrases.say("old-button")),), conversation)
    known = reports.submitted(desk.connection, rule.id, desk.union.code, code)
    if known and action in ("done", "yes"):
        said = _receipt("report-known", known.number, known.received_at, period, desk)
        return Turn((Reply(said),), conversation)
    reply = {"done": _confirm, "yes": _submit, "why": _why}.get(action, _put_off)(desk, rule, period)
    return Turn((reply,), conversation)


def _confirm(desk: Desk, rule: ReportRule, period: Period) -> Reply:
    name = period_name(period, desk.phrases)
    text = desk.phrases.say("report-confirm", title=rule.title, period=name)
    choices = (
        Choice(f"report:yes:{rule.id}:{period.code}", desk.phrases.say("report-confirm-yes")),
        Choice(f"report:later:{rule.id}:{period.code}", desk.phrases.say("report-confirm-no")),
    )
    return Reply(text, choices)


def _submit(desk: Desk, rule: ReportRule, period: Period) -> Reply:
    late = desk.now.date() > due_day(period, rule.working_days, desk.timetable.calendar)
    made = reports.submit(
        desk.connection, rule.id, desk.union.code, period.code, officer=desk.officer.id, late=late, now=desk.now
    )
    return Reply(_receipt("report-receipt", made.number, made.received_at, period, desk))


def _why(desk: Desk, rule: ReportRule, period: Period) -> Reply:
    text = desk.phrases.say(
        "report-why",
        union=desk.union.name,
        details=details(rule, period, desk.timetable, desk.phrases),
        clause=rule.clause or desk.phrases.say("report-no-clause"),
    )
    done = Choice(f"report:done:{rule.id}:{period.code}", desk.phrases.say("report-done"))
    return Reply(text, (done,))


def _put_off(desk: Desk, rule: ReportRule, period: Period) -> Reply:
    return Reply(desk.phrases.say("report-put-off", period=period_name(period, desk.phrases)))


def _receipt(phrase: str, number: str, moment: date, period: Period, desk: Desk) -> str:
    return desk.phrases.say(phrase, number=number, moment=moment, period=period_name(period, desk.phrases))


def _line(desk: Desk, rule: ReportRule, period: Period) -> str:
    due = due_day(period, rule.working_days, desk.timetable.calendar)
    name = period_name(period, desk.phrases)
    known = reports.submitted(desk.connection, rule.id, desk.union.code, period.code)
    if known:
        return desk.phrases.say("report-line-done", period=name, moment=known.received_at, number=known.number)
    late = working_days_between(due, desk.now.date(), desk.timetable.calendar)
    return desk.phrases.say("report-line-owed", period=name, due=due, lateness=lateness(late, desk.phrases))


def _owes(desk: Desk, rule: ReportRule) -> bool:
    return rule.level == desk.union.level and rule.scope in desk.chain


def _begun(period: Period, desk: Desk) -> bool:
    """Whether a report can be marked: its period has ended, so there is something to report."""
    return period.last < desk.now.date()


def _period(rule: ReportRule, code: str, today: date) -> Period | None:
    return next((period for period in report_periods(rule, today) if period.code == code), None)
