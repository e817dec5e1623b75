"""Staff decide on single reports of their subtree: more time, no report at all, came on paper; and who is away."""

import re
from collections.abc import Callable
from datetime import date

from db import Exemption, ExemptionKind, Letter, ReportRule, Way, audit, exemptions, officers, report_rules, reports
from handlers import Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.exempting_pages import (
    DAYS,
    days_page,
    owed_by,
    report_page,
    reporters,
    requests_page,
    union_marked,
    union_page,
)
from handlers.months import period_name
from handlers.reasons import asked_once_more
from handlers.replies import letter
from handlers.sayings import meanings
from handlers.staff_pages import matching
from handlers.staff_scope import below, union_of
from handlers.standing import report_of
from handlers.typed_days import typed_days
from knowledge import Union
from scheduler import Owed, Period
from scheduler.report_calendar import add_working_days, parse_period

SUBJECT = "exempt"
KIND = "notice"
LONGEST_REASON = 500
LONGEST_LEAVE = 366

Report = tuple[Union, ReportRule, Period, Owed]

CAME: dict[str, tuple[ExemptionKind, Way]] = {
    "paper": ("paper", "paper"),
    "system": ("other_system", "paper"),
    "nothing": ("nothing", "nothing"),
}
"""How a report came that staff enter, and the way under which it is kept."""


def open_now(desk: Desk, conversation: Conversation, rest: str = "") -> Turn:
    """`/giahan`: the requests that wait; with a code or a name what that union owes."""
    waiting = conversation.put_off().waiting_for(SUBJECT, {"for": "union"})
    if rest:
        return typed(desk, waiting, rest) or problem(desk, waiting, rest)
    return Turn((requests_page(desk),), waiting)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice was tapped; whatever is not of the subtree, or was settled since, is an old button."""
    step = STEPS.get(action)
    turn = step(desk, conversation, words) if step and words else None
    return turn or Turn((Reply(desk.phrases.say("old-button")),), conversation)


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """A union's code or name, the reason of a decision, or the days of a leave."""
    data = conversation.wait.data if conversation.wait and conversation.wait.subject == SUBJECT else {}
    if data.get("for") == "reason":
        return _with_reason(desk, conversation, " ".join(text.split())[:LONGEST_REASON])
    if data.get("for") == "leave":
        return _sent_away(desk, conversation, text)
    found = () if meanings(text) else matching(desk, text)
    return Turn((union_page(desk, found[0]),), conversation.at_rest()) if len(found) == 1 else None


def problem(desk: Desk, conversation: Conversation, _: str) -> Turn:
    """What was typed is no union of the subtree, or names no days."""
    leave = conversation.wait is not None and conversation.wait.data.get("for") == "leave"
    said = desk.phrases.say("exempt-which-days" if leave else "staff-no-union")
    return Turn((Reply(said),), conversation)


def again(desk: Desk, conversation: Conversation) -> Reply:
    """What was asked, after something else was talked about."""
    asked = conversation.wait.data.get("for") if conversation.wait else None
    if asked in ("reason", "leave"):
        return Reply(desk.phrases.say("exempt-why" if asked == "reason" else "exempt-which-days"))
    return Reply(desk.phrases.say("exempt-other"))


def takes_text(conversation: Conversation) -> bool:
    """Whether any text is an answer: a reason is."""
    return conversation.wait is not None and conversation.wait.data.get("for") == "reason"


def _report(desk: Desk, words: tuple[str, ...]) -> Report | None:
    """The report that a choice means, where it is owed by a union of the subtree."""
    union = union_marked(desk, words[0]) if len(words) >= 3 else None
    if union is None:
        return None
    duties = owed_by(desk, union)
    return next(((union, *duty) for duty in duties if (duty[0].id, duty[1].code) == words[1:3]), None)


def _of(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    report = _report(desk, words)
    return Turn((report_page(desk, *report),), conversation) if report else None


def _days(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    report = _report(desk, words)
    return Turn((days_page(desk, *report),), conversation) if report and not report[3].settled else None


def _more(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    if len(words) != 4 or words[3] not in map(str, DAYS):
        return None
    return _ask_reason(desk, conversation, words[:3], "extension", int(words[3]))


def _excuse(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    return _ask_reason(desk, conversation, words, "excuse", 0)


def _ask_reason(
    desk: Desk, conversation: Conversation, words: tuple[str, ...], kind: ExemptionKind, days: int
) -> Turn | None:
    report = _report(desk, words)
    if report is None or report[3].settled:
        return None
    data = {"for": "reason", "report": list(words[:3]), "kind": kind, "days": days}
    waiting = conversation.put_off().waiting_for(SUBJECT, data)
    return Turn((Reply(desk.phrases.say("exempt-why")),), waiting)


def _with_reason(desk: Desk, conversation: Conversation, reason: str) -> Turn:
    """The decision with its reason: it holds now, and the officer hears of it."""
    assert conversation.wait is not None
    data = conversation.wait.data
    report = _report(desk, tuple(data["report"]))
    if report is None or report[3].settled:
        return Turn((Reply(desk.phrases.say("old-button")),), conversation.at_rest())
    if once_more := asked_once_more(conversation, reason):
        return Turn((Reply(desk.phrases.say("exempt-why-once-more")),), once_more)
    union, rule, period, owed = report
    until = None
    if data["kind"] == "extension":
        until = add_working_days(max(owed.due, desk.today), data["days"], desk.timetable.calendar)
    given = exemptions.give(
        desk.connection,
        (rule.id, union.code, period.code),
        data["kind"],
        desk.officer.id,
        desk.now,
        until=until,
        reason=reason,
    )
    return _decided(desk, conversation.at_rest(), given, union, period)


def _decided(desk: Desk, conversation: Conversation, given: Exemption, union: Union, period: Period) -> Turn:
    """What staff read, and the letters to those who report for the union."""
    details = {"rule": given.rule, "period": given.period, "exemption": given.id}
    audit.note(desk.connection, desk.officer.id, f"gave-{given.kind}", union.code, details, desk.now)
    name = period_name(period, desk.phrases)
    until, reason, kind = given.until or desk.today, given.reason or "", given.kind.replace("_", "-")
    said = desk.phrases.say(f"exempt-gave-{kind}", union=union.name, period=name, until=until)
    told = desk.phrases.say(f"exempt-told-{kind}", period=name, until=until, reason=reason)
    return Turn((Reply(said),), conversation, _letters(desk, union, f"exemption:{given.id}", told))


def _letters(desk: Desk, union: Union, key: str, said: str) -> tuple[Letter, ...]:
    return tuple(
        letter(each, f"{key}:{each.id}", KIND, Reply(said), desk.now)
        for each in reporters(desk, union)
        if each.id != desk.officer.id
    )


def _came(action: str) -> Callable[[Desk, Conversation, tuple[str, ...]], Turn | None]:
    """Staff enter that a report came without us: it counts as accepted."""

    def entered(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
        report = _report(desk, words)
        if report is None or report[3].settled:
            return None
        union, rule, period, owed = report
        kind, way = CAME[action]
        late = desk.today > owed.due
        made = reports.submit(
            desk.connection,
            rule.id,
            union.code,
            period.code,
            officer=desk.officer.id,
            late=late,
            now=desk.now,
            way=way,
        )
        reports.accept(desk.connection, made.id, desk.officer.id, desk.now)
        given = exemptions.give(desk.connection, (rule.id, union.code, period.code), kind, desk.officer.id, desk.now)
        return _decided(desk, conversation, given, union, period)

    return entered


def _answer(*, granted: bool) -> Callable[[Desk, Conversation, tuple[str, ...]], Turn | None]:
    """Staff answer a request for more time."""

    def answered(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
        request = _exemption(desk, words[0])
        rule = report_rules.rule(desk.connection, request.rule) if request else None
        if request is None or rule is None or request.until is None:
            return None
        # Asked for on Monday and granted on Friday, the days would be gone: then they are counted from today.
        until = max(request.until, add_working_days(desk.today, 1, desk.timetable.calendar))
        if not exemptions.decide(
            desk.connection, request.id, granted=granted, officer=desk.officer.id, now=desk.now, until=until
        ):
            return None
        period = parse_period(rule.profile, rule.cycle, request.period, rule.cut_offs)
        return _answered(desk, conversation, request, period, until, granted=granted)

    return answered


def _answered(
    desk: Desk, conversation: Conversation, request: Exemption, period: Period, until: date, *, granted: bool
) -> Turn:
    union = union_of(desk, request.union)
    assert union is not None
    word = "granted" if granted else "refused"
    details = {"rule": request.rule, "period": request.period, "exemption": request.id}
    audit.note(desk.connection, desk.officer.id, f"extension-{word}", union.code, details, desk.now)
    name = period_name(period, desk.phrases)
    said = desk.phrases.say(f"exempt-{word}", union=union.name, period=name, until=until)
    told = desk.phrases.say(f"extend-{word}", period=name, until=until)
    letters = _letters(desk, union, f"extension:{request.id}", told)
    more = (requests_page(desk),) if exemptions.waiting(desk.connection, below(desk)) else ()
    return Turn((Reply(said), *more), _at_rest(conversation), letters)


def _at_rest(conversation: Conversation) -> Conversation:
    """Nothing more is waited for here; what another subject waits for stays."""
    mine = conversation.wait is not None and conversation.wait.subject == SUBJECT
    return conversation.at_rest() if mine else conversation


def _exemption(desk: Desk, number: str) -> Exemption | None:
    """An exemption of a union of the subtree."""
    found = exemptions.get(desk.connection, int(number)) if re.fullmatch(r"[0-9]{1,9}", number) else None
    return found if found and found.union in below(desk) else None


def _back(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """Take back what was given: the report is owed again."""
    given = _exemption(desk, words[0])
    rule = report_rules.rule(desk.connection, given.rule) if given else None
    if given is None or rule is None or given.kind not in ("extension", "excuse"):
        return None
    if not exemptions.withdraw(desk.connection, given.id, desk.officer.id, desk.now):
        return None
    union = union_of(desk, given.union)
    assert union is not None
    details = {"rule": given.rule, "period": given.period, "exemption": given.id}
    audit.note(desk.connection, desk.officer.id, "exemption-withdrawn", union.code, details, desk.now)
    period = parse_period(rule.profile, rule.cycle, given.period, rule.cut_offs)
    owed = report_of(desk.connection, desk.timetable, rule, union.code, period)
    said = desk.phrases.say(
        "exempt-withdrawn", union=union.name, period=period_name(period, desk.phrases), due=owed.due
    )
    return Turn((Reply(said),), conversation, _letters(desk, union, f"withdrawn:{given.id}", said))


def _leave(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    union = union_marked(desk, words[0])
    if union is None or not reporters(desk, union):
        return None
    waiting = conversation.put_off().waiting_for(SUBJECT, {"for": "leave", "union": union.code})
    return Turn((Reply(desk.phrases.say("exempt-which-days")),), waiting)


def _sent_away(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """From the first day that was typed to the last: whoever reports for the union is away."""
    assert conversation.wait is not None
    union = union_of(desk, conversation.wait.data["union"])
    days = typed_days(text, desk.today)
    if union is None or not 1 <= len(days) <= 2 or not _sane(days[0], days[-1], desk.today):
        return None
    for post in reporters(desk, union):
        exemptions.send_away(desk.connection, post.id, days[0], days[-1], desk.officer.id, desk.now)
    span = {"since": days[0].isoformat(), "until": days[-1].isoformat()}
    audit.note(desk.connection, desk.officer.id, "leave", union.code, span, desk.now)
    said = desk.phrases.say("exempt-gone", union=union.name, since=days[0], until=days[-1])
    return Turn((Reply(said),), conversation.at_rest())


def _sane(since: date, until: date, today: date) -> bool:
    return since <= until and until >= today and (until - since).days <= LONGEST_LEAVE


def _home(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """The leave ends today."""
    leave = exemptions.leave(desk.connection, int(words[0])) if re.fullmatch(r"[0-9]{1,9}", words[0]) else None
    post = officers.any_post(desk.connection, leave.post) if leave else None
    if leave is None or post is None or post.union not in below(desk):
        return None
    exemptions.call_back(desk.connection, leave.id, desk.now)
    audit.note(desk.connection, desk.officer.id, "leave-ended", post.union, {"leave": leave.id}, desk.now)
    return Turn((Reply(desk.phrases.say("exempt-back-home")),), conversation)


STEPS: dict[str, Callable[[Desk, Conversation, tuple[str, ...]], Turn | None]] = {
    "of": _of,
    "days": _days,
    "more": _more,
    "excuse": _excuse,
    "paper": _came("paper"),
    "system": _came("system"),
    "nothing": _came("nothing"),
    "yes": _answer(granted=True),
    "no": _answer(granted=False),
    "back": _back,
    "leave": _leave,
    "home": _home,
}
