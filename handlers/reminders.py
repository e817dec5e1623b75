"""What the bot says unasked to the unions: reminders of reports and the monthly check-in, decided at a ring."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from db import Letter, Officer, ReportRule, checkins, officers, outbox, reports, unions
from db.store import Connection
from handlers import Choice, Reply
from handlers.drafts import can_be_unchanged
from handlers.forms import load_form
from handlers.months import month_name
from handlers.owing import CHECK_IN, FORM, check_in_closes, letter_key, owing
from handlers.phrasebook import Phrases
from handlers.replies import letter
from handlers.report_words import details, lateness
from handlers.timetable import Timetable
from knowledge import Union
from scheduler import Owed, Reminder
from scheduler.policy import decide

KIND = "reminder"


def letters(connection: Connection, timetable: Timetable, phrases: Phrases, now: datetime) -> tuple[Letter, ...]:
    """The letters to write at this ring: at most one to an address a day, reports before check-ins."""
    holders = officers.responsible(connection, "officer")
    told = set(outbox.told_on(connection, KIND, now))
    written = []
    for reminder in _decided(connection, timetable, now):
        officer = holders.get(reminder.owed.union)
        if officer is None or not officer.reachable or (officer.channel, officer.address) in told:
            continue
        told.add((officer.channel, officer.address))
        written.append(_letter(connection, timetable, phrases, reminder, officer, now))
    return tuple(written)


def _decided(connection: Connection, timetable: Timetable, now: datetime) -> Iterator[Reminder]:
    owed = owing(connection, timetable, now)
    reminders = _decide((*owed.reports, *owed.check_ins), timetable, now)
    return iter(sorted(reminders, key=lambda each: (each.owed.obligation == CHECK_IN, -each.days_late)))


def _decide(owed: Iterable[Owed], timetable: Timetable, now: datetime) -> Iterator[Reminder]:
    for each in owed:
        if each.obligation == CHECK_IN and check_in_closes(each.period, timetable) < now.date():
            continue  # a month that is closed is the staff's affair; the officer is asked for the next one
        ladder = timetable.check_in_ladder if each.obligation == CHECK_IN else timetable.ladder
        reminder = decide(each, now, ladder, timetable.calendar, timetable.hours)
        if reminder:
            yield reminder


def _letter(
    connection: Connection,
    timetable: Timetable,
    phrases: Phrases,
    reminder: Reminder,
    officer: Officer,
    now: datetime,
) -> Letter:
    owed = reminder.owed
    about = {
        "obligation": owed.obligation,
        "union": owed.union,
        "period": owed.period.code,
        "rung": reminder.rung.name,
        "days_late": reminder.days_late,
    }
    said = _said(connection, timetable, phrases, reminder, now.date())
    return letter(officer, letter_key(owed, reminder.rung.name), KIND, said, now, about)


def _said(connection: Connection, timetable: Timetable, phrases: Phrases, reminder: Reminder, today: date) -> Reply:
    owed = reminder.owed
    union = unions.get(connection, owed.union, today)
    assert union is not None
    if owed.obligation == CHECK_IN:
        before = checkins.before(connection, union.code, FORM, owed.period.code)
        return prompt(union, owed.period.code, before.answers if before else {}, bool(owed.said), phrases)
    rule = reports.rule(connection, owed.obligation)
    assert rule is not None
    return reminder_of(rule, reminder, timetable, phrases)


def prompt(union: Union, period: str, last: dict[str, Any], again: bool, phrases: Phrases) -> Reply:
    """The letter that asks for a month's figures."""
    phrase = "checkin-prompt-again" if again else "checkin-prompt"
    text = phrases.say(phrase, union=union.name, month=month_name(period, phrases))
    choices = [Choice(f"checkin:start:{period}", phrases.say("checkin-start"))]
    if can_be_unchanged(load_form(FORM), last):
        choices.append(Choice(f"checkin:unchanged:{period}", phrases.say("checkin-unchanged")))
    choices.append(Choice(f"checkin:later:{period}", phrases.say("checkin-later")))
    return Reply(text, tuple(choices))


def reminder_of(rule: ReportRule, reminder: Reminder, timetable: Timetable, phrases: Phrases) -> Reply:
    """The letter that reminds of a report, with the next step as buttons."""
    period = reminder.owed.period
    text = phrases.say(
        "report-reminder",
        details=details(rule, period, timetable, phrases),
        lateness=lateness(reminder.days_late, phrases),
    )
    choices = tuple(
        Choice(f"report:{action}:{rule.id}:{period.code}", phrases.say(phrase))
        for action, phrase in (("done", "report-done"), ("later", "report-later"), ("why", "report-why-me"))
    )
    return Reply(text, choices)


def no_longer_wanted(connection: Connection, about: dict[str, Any]) -> str | None:
    """Why a reminder written before must not be sent any more; `None` when it still holds."""
    union, period = about["union"], about["period"]
    ladder = f"remind:{about['obligation']}:{union}:{period}:"
    if outbox.newest_key(connection, ladder) != ladder + about["rung"]:
        return "a later reminder was written"
    if about["obligation"] == CHECK_IN:
        return "the figures came in" if checkins.get(connection, union, FORM, period) else None
    rule = reports.rule(connection, about["obligation"])
    if rule is None:
        return "the report is no longer asked for"
    return "the report came in" if reports.submitted(connection, rule.id, union, period) else None
