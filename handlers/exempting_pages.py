"""What staff see when they decide on single reports: requests for more time, what a union owes, who is away."""

from collections.abc import Iterator
from zlib import crc32

from db import Exemption, Officer, ReportRule, exemptions, officers, report_rules
from handlers import Choice, Reply
from handlers.conversation import Desk
from handlers.debtors import owes
from handlers.months import period_name
from handlers.owing import report_periods
from handlers.staff_scope import below, union_list
from handlers.standing import report_of
from knowledge import Union
from scheduler import Owed, Period
from scheduler.policy import days_late
from scheduler.report_calendar import parse_period

MOST_REQUESTS = 8
DAYS = (2, 3, 5, 10)
"""How many working days more can be given."""


def mark(code: str) -> str:
    """A short sign of a union: a choice has no room for a long code."""
    return f"{crc32(code.encode()):08x}"


def union_marked(desk: Desk, sign: str) -> Union | None:
    """The union of the subtree with this sign; none where two have it."""
    found = [union for union in union_list(desk) if mark(union.code) == sign]
    return found[0] if len(found) == 1 else None


def requests_page(desk: Desk) -> Reply:
    """The requests that wait, and how to get to any other report."""
    waiting = exemptions.waiting(desk.connection, below(desk))
    say = desk.phrases.say
    lines, choices = [], []
    for request in waiting[:MOST_REQUESTS]:
        found = _line(desk, request)
        if found is not None:
            lines.append(found)
            choices.append(Choice(f"exempt:yes:{request.id}", say("exempt-grant-of", code=request.union)))
            choices.append(Choice(f"exempt:no:{request.id}", say("exempt-refuse-of", code=request.union)))
    head = say("exempt-requests", count=len(waiting), lines="\n".join(lines)) if lines else say("exempt-no-requests")
    return Reply(f"{head}\n\n{say('exempt-other')}", tuple(choices))


def _line(desk: Desk, request: Exemption) -> str | None:
    rule = report_rules.rule(desk.connection, request.rule)
    union = next((each for each in union_list(desk) if each.code == request.union), None)
    if rule is None or union is None:
        return None
    period = parse_period(rule.profile, rule.cycle, request.period, rule.cut_offs)
    return desk.phrases.say(
        "exempt-request",
        code=union.code,
        union=union.name,
        period=period_name(period, desk.phrases),
        due=report_of(desk.connection, desk.timetable, rule, union.code, period).due,
        until=request.until,
        reason=request.reason or "",
    )


def owed_by(desk: Desk, union: Union) -> Iterator[tuple[ReportRule, Period, Owed]]:
    """What a union owes, the newest period of each report first."""
    rules = report_rules.rules(desk.connection)
    for rule in rules:
        for period in report_periods(rule, desk.today):
            if owes(desk.connection, rules, rule, union.code, period.last):
                yield rule, period, report_of(desk.connection, desk.timetable, rule, union.code, period)


def union_page(desk: Desk, union: Union) -> Reply:
    """What a union owes, what is open of an ended period first, and who is away, each with what can be decided."""
    say = desk.phrases.say
    lines, choices = [], []
    for rule, period, owed in sorted(
        owed_by(desk, union), key=lambda each: each[2].settled or desk.today <= each[1].last
    ):
        name = period_name(period, desk.phrases)
        lines.append(_owed_line(desk, rule, name, owed))
        choices.append(
            Choice(f"exempt:of:{mark(union.code)}:{rule.id}:{period.code}", say("exempt-choose", period=name))
        )
    reporting = reporters(desk, union)
    for leave in exemptions.leaves_of(desk.connection, [each.id for each in reporting], desk.today):
        lines.append(say("exempt-away", since=leave.since, until=leave.until))
        choices.append(Choice(f"exempt:home:{leave.id}", say("exempt-home")))
    if reporting:
        choices.append(Choice(f"exempt:leave:{mark(union.code)}", say("exempt-leave")))
    text = "\n".join(lines) or say("exempt-owes-nothing")
    return Reply(say("exempt-union", union=union.name, code=union.code, lines=text), tuple(choices))


def reporters(desk: Desk, union: Union) -> tuple[Officer, ...]:
    """Those who report for a union: the officers of a grassroots union, the staff of one above."""
    held = officers.holders(desk.connection, union.code)
    return tuple(each for each in held if (each.role == "officer") == (union.level == "grassroots"))


def _owed_line(desk: Desk, rule: ReportRule, period: str, owed: Owed) -> str:
    late = 0 if owed.settled else max(0, days_late(owed, desk.today, desk.timetable.calendar))
    standing = desk.phrases.say(f"standing-{owed.standing.replace('_', '-')}")
    return desk.phrases.say("exempt-owed", title=rule.title, period=period, due=owed.due, standing=standing, late=late)


def report_page(desk: Desk, union: Union, rule: ReportRule, period: Period, owed: Owed) -> Reply:
    """One report of one union, and what can be decided of it."""
    say, sign = desk.phrases.say, mark(union.code)
    actions = [] if owed.settled else ["days", "excuse", "paper", "system", "nothing"]
    choices = [
        Choice(f"exempt:{action}:{sign}:{rule.id}:{period.code}", say(f"exempt-do-{action}")) for action in actions
    ]
    given = exemptions.granted_to(desk.connection, union.code).get((rule.id, union.code, period.code))
    if given and given.kind in ("extension", "excuse"):
        choices.append(Choice(f"exempt:back:{given.id}", say(f"exempt-back-{given.kind}")))
    line = _owed_line(desk, rule, period_name(period, desk.phrases), owed)
    return Reply(say("exempt-union", union=union.name, code=union.code, lines=line), tuple(choices))


def days_page(desk: Desk, union: Union, rule: ReportRule, period: Period, owed: Owed) -> Reply:
    """How many working days more."""
    text = desk.phrases.say("exempt-how-long", union=union.name, period=period_name(period, desk.phrases), due=owed.due)
    choices = tuple(
        Choice(
            f"exempt:more:{mark(union.code)}:{rule.id}:{period.code}:{days}", desk.phrases.say("exempt-days", days=days)
        )
        for days in DAYS
    )
    return Reply(text, choices)
