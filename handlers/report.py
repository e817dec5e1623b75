"""Reports that a union owes: what is due when, how each is settled, and what the level below has sent."""

from collections.abc import Callable
from datetime import date

from db import ReportRule, Submission, report_rules, reports
from handlers import Choice, Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.months import period_name
from handlers.own_reports import begun, found, is_late, owed, standing, still_open
from handlers.report_below import from_below, gathered
from handlers.report_sending import filed, open_files, other_ways
from handlers.report_talk import ACTIONS, again, open_draft, problem, takes_text, typed
from handlers.report_talk import tapped as tapped_in_draft
from handlers.report_words import details, lateness
from handlers.report_work import SUBJECT, Work, without
from scheduler import Period
from scheduler.report_calendar import working_days_between

__all__ = ["SUBJECT", "again", "already_sent", "filed", "overview", "problem", "takes_text", "tapped", "typed"]


def overview(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """Everything the union owes or has just submitted, and for a federation what came from below."""
    lines: list[str] = []
    choices: list[Choice] = []
    every = [(rule, period) for rule in report_rules.rules(desk.connection) for period in owed(desk, rule)]
    for rule, period in sorted(every, key=lambda duty: _place(desk, *duty)):
        lines.append(_line(desk, rule, period))
        choices += _choices(desk, rule, period)
    own = desk.phrases.say("report-overview", union=desk.union.name, lines="\n".join(lines)) if lines else ""
    below = from_below(desk) or Reply("")
    # One message, so that every choice can be typed by its number where there are no buttons.
    text = "\n\n".join(part for part in (own, below.text) if part)
    reply = Reply(text or desk.phrases.say("report-none"), (*choices, *below.choices))
    return Turn((reply,), conversation)


def already_sent(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """Somebody says that the report came in another way: it is asked which one where several could be meant."""
    ended = [(rule, period) for rule, period in still_open(desk) if begun(desk, period)]
    if len(ended) != 1:
        return overview(desk, conversation)
    return Turn((_confirm(desk, *ended[0]),), conversation)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice of a report was tapped: `words` are the rule and the period, or those of a draft."""
    if action in ACTIONS:
        return tapped_in_draft(desk, conversation, action, words)
    name, code = (*words, "", "")[:2]
    if action == "sum":
        return gathered(desk, conversation, name, code)
    duty = found(desk, name, code)
    if duty is None or (action in SETTLING and not begun(desk, duty[1])):
        return Turn((Reply(desk.phrases.say("old-button")),), conversation)
    known = reports.submitted(desk.connection, name, desk.union.code, code)
    if known and action in SETTLING and not (action == "again" and known.state == "received"):
        return Turn((_known(desk, *duty, known, action),), conversation)
    return _step(desk, conversation, action, *duty)


def _step(desk: Desk, conversation: Conversation, action: str, rule: ReportRule, period: Period) -> Turn:
    if action in ("draft", "again"):
        return open_draft(desk, conversation, rule, period, again=action == "again")
    if action == "file":
        return open_files(desk, conversation, rule, period)
    rest = without(conversation, Work(rule.id, period.code)) if action in ("yes", "nothing") else conversation
    return Turn((STEPS.get(action, _put_off)(desk, rule, period),), rest)


OPENING = ("draft", "again", "file", "other")
SETTLING = (*OPENING, "done", "yes", "none", "nothing")
"""The actions that lead to a report: they need a period that has ended, and a report that has not come."""


def _known(desk: Desk, rule: ReportRule, period: Period, known: Submission, action: str) -> Reply:
    """The report came before; whoever wants to draft or send it may send another version until the staff accept it."""
    text = _receipt("report-known", known.number, known.received_at, period, desk)
    if known.state == "accepted" or action not in OPENING:
        return Reply(text)
    label = desk.phrases.say("report-send-again")
    return Reply(text, (Choice(f"report:again:{rule.id}:{period.code}", label),))


def _confirm(desk: Desk, rule: ReportRule, period: Period) -> Reply:
    return _asked(desk, rule, period, "report-confirm", ("yes", "later"))


def _confirm_nothing(desk: Desk, rule: ReportRule, period: Period) -> Reply:
    return _asked(desk, rule, period, "report-confirm-nothing", ("nothing", "later"))


def _asked(desk: Desk, rule: ReportRule, period: Period, phrase: str, actions: tuple[str, ...]) -> Reply:
    text = desk.phrases.say(phrase, title=rule.title, period=period_name(period, desk.phrases))
    choices = (
        Choice(f"report:{action}:{rule.id}:{period.code}", desk.phrases.say(f"report-answer-{action}"))
        for action in actions
    )
    return Reply(text, tuple(choices))


def _mark(desk: Desk, rule: ReportRule, period: Period) -> Reply:
    """The officer says that it was submitted elsewhere."""
    late = is_late(desk, rule, period)
    made = reports.submit(
        desk.connection, rule.id, desk.union.code, period.code, officer=desk.officer.id, late=late, now=desk.now
    )
    return Reply(_receipt("report-receipt", made.number, made.received_at, period, desk))


def _nothing(desk: Desk, rule: ReportRule, period: Period) -> Reply:
    """There was nothing to report."""
    late = is_late(desk, rule, period)
    made = reports.submit(
        desk.connection,
        rule.id,
        desk.union.code,
        period.code,
        officer=desk.officer.id,
        late=late,
        now=desk.now,
        way="nothing",
    )
    return Reply(_receipt("report-receipt-nothing", made.number, made.received_at, period, desk))


def _why(desk: Desk, rule: ReportRule, period: Period) -> Reply:
    text = desk.phrases.say(
        "report-why",
        union=desk.union.name,
        details=details(rule, period, standing(desk, rule, period).due, desk.phrases),
        clause=rule.clause or desk.phrases.say("report-no-clause"),
    )
    names = ("draft", "done") if begun(desk, period) else ()
    return Reply(text, tuple(_choice(desk, rule, period, name) for name in names))


def _choice(desk: Desk, rule: ReportRule, period: Period, name: str) -> Choice:
    return Choice(f"report:{name}:{rule.id}:{period.code}", desk.phrases.say(f"report-way-{name}"))


def _put_off(desk: Desk, rule: ReportRule, period: Period) -> Reply:
    return Reply(desk.phrases.say("report-put-off", period=period_name(period, desk.phrases)))


def _receipt(phrase: str, number: str, moment: date, period: Period, desk: Desk) -> str:
    return desk.phrases.say(phrase, number=number, moment=moment, period=period_name(period, desk.phrases))


def _place(desk: Desk, rule: ReportRule, period: Period) -> tuple[int, int]:
    """What can be done now comes first, the first due before the others; then what runs, then what is done with, the
    newest before the others."""
    stands = standing(desk, rule, period)
    if stands.settled:
        return 2, -period.last.toordinal()
    return (0 if begun(desk, period) else 1), stands.due.toordinal()


def _line(desk: Desk, rule: ReportRule, period: Period) -> str:
    name, code = period_name(period, desk.phrases), desk.union.code
    known = reports.submitted(desk.connection, rule.id, code, period.code)
    if known:
        state = "accepted" if known.state == "accepted" else "received"
        return desk.phrases.say(
            "report-line-done", period=name, moment=known.received_at, number=known.number, state=state
        )
    stands = standing(desk, rule, period)
    if stands.standing == "excused":
        return desk.phrases.say("report-line-excused", period=name)
    day = stands.due
    late = lateness(working_days_between(day, desk.today, desk.timetable.calendar), desk.phrases)
    returned = reports.given_back(desk.connection, rule.id, code, period.code)
    if returned:
        reason = returned.reason or ""
        return desk.phrases.say("report-line-returned", period=name, due=day, lateness=late, reason=reason)
    return desk.phrases.say("report-line-owed", period=name, due=day, lateness=late)


def _choices(desk: Desk, rule: ReportRule, period: Period) -> tuple[Choice, ...]:
    """What can be done now about a report that has not come."""
    if not begun(desk, period) or standing(desk, rule, period).settled:
        return ()
    name = period_name(period, desk.phrases)
    return tuple(
        Choice(f"report:{action}:{rule.id}:{period.code}", desk.phrases.say(f"report-open-{action}", period=name))
        for action in ("draft", "other")
    )


STEPS: dict[str, Callable[[Desk, ReportRule, Period], Reply]] = {
    "done": _confirm,
    "yes": _mark,
    "none": _confirm_nothing,
    "nothing": _nothing,
    "other": other_ways,
    "why": _why,
}
