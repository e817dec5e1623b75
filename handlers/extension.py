"""An officer asks for more time with one report: how many days, and why. The staff above decide."""

from datetime import date

from db import ReportRule, exemptions
from handlers import Choice, Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.months import period_name
from handlers.own_reports import found, still_open
from handlers.reasons import asked_once_more
from handlers.standing import report_of
from scheduler import Owed, Period
from scheduler.report_calendar import add_working_days

SUBJECT = "extend"
DAYS = (2, 3, 5, 10)
"""How many working days more can be asked for."""

LONGEST_REASON = 500


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A button was tapped: `words` are the rule, the period, and the working days asked for."""
    duty = found(desk, *(*words, "", "")[:2])
    if duty is None:
        return _said(desk, conversation, "old-button")
    owed = _owed(desk, *duty)
    if owed.settled:
        said = desk.phrases.say("chasing-settled", period=period_name(duty[1], desk.phrases))
        return Turn((Reply(said),), conversation)
    if action == "days" and len(words) == 3 and words[2] in map(str, DAYS):
        waiting = conversation.waiting_for(SUBJECT, {"rule": words[0], "period": words[1], "days": int(words[2])})
        return Turn((again(desk, waiting),), waiting)
    return Turn((_how_long(desk, *duty, owed),), conversation)


def open_now(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """More time is asked for without a button: for what is due first."""
    duty = next(iter(still_open(desk)), None)
    if duty is None:
        return _said(desk, conversation, "report-none-open")
    return Turn((_how_long(desk, *duty, _owed(desk, *duty)),), conversation)


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """The reason was typed: the request goes to the staff. One that says nothing is asked for once more."""
    reason = " ".join(text.split())[:LONGEST_REASON]
    asked = _asked(desk, conversation)
    if asked is None:
        return Turn((Reply(desk.phrases.say("old-button")),), conversation.at_rest())
    if once_more := asked_once_more(conversation, text):
        return Turn((Reply(desk.phrases.say("extend-why-once-more")),), once_more)
    rule, period, until = asked
    report = (rule.id, desk.union.code, period.code)
    exemptions.ask(desk.connection, report, until, reason, desk.officer.id, desk.now)
    said = desk.phrases.say("extend-asked", period=period_name(period, desk.phrases), until=until)
    return Turn((Reply(said),), conversation.at_rest())


def problem(desk: Desk, conversation: Conversation, _: str) -> Turn:
    """Anything typed is a reason; here only what was said is no longer about anything."""
    return Turn((again(desk, conversation),), conversation)


def again(desk: Desk, conversation: Conversation) -> Reply:
    """The question for the reason."""
    asked = _asked(desk, conversation)
    if asked is None:
        return Reply(desk.phrases.say("old-button"))
    _, period, until = asked
    return Reply(desk.phrases.say("extend-why", period=period_name(period, desk.phrases), until=until))


def takes_text(_: Conversation) -> bool:
    """Every text is a reason."""
    return True


def new_day(owed: Owed, days: int, today: date, desk: Desk) -> date:
    """So many working days after the due day or, where that has passed, after today."""
    return add_working_days(max(owed.due, today), days, desk.timetable.calendar)


def _owed(desk: Desk, rule: ReportRule, period: Period) -> Owed:
    return report_of(desk.connection, desk.timetable, rule, desk.union.code, period)


def _how_long(desk: Desk, rule: ReportRule, period: Period, owed: Owed) -> Reply:
    text = desk.phrases.say("extend-how-long", title=rule.title, period=period_name(period, desk.phrases), due=owed.due)
    choices = tuple(
        Choice(
            f"extend:days:{rule.id}:{period.code}:{days}",
            desk.phrases.say("extend-until", days=days, until=new_day(owed, days, desk.today, desk)),
        )
        for days in DAYS
    )
    return Reply(text, choices)


def _asked(desk: Desk, conversation: Conversation) -> tuple[ReportRule, Period, date] | None:
    """What waits for its reason; `None` where it is not owed any more."""
    if conversation.wait is None or conversation.wait.subject != SUBJECT:
        return None
    data = conversation.wait.data
    duty = found(desk, data["rule"], data["period"])
    if duty is None:
        return None
    owed = _owed(desk, *duty)
    return None if owed.settled else (*duty, new_day(owed, data["days"], desk.today, desk))


def _said(desk: Desk, conversation: Conversation, phrase: str) -> Turn:
    return Turn((Reply(desk.phrases.say(phrase)),), conversation)
