"""What the bot says unasked to the unions: reminders of reports and the monthly check-in, decided at a ring; and what
an officer does with a reminder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from db import ReportRule, rungs
from db.store import Connection
from handlers import Reply
from handlers.chasing_words import in_words, prompt, steps
from handlers.conversation import Conversation, Desk, Turn
from handlers.form_letters import Filled
from handlers.holders import Holders
from handlers.months import period_name
from handlers.owing import CHECK_IN, check_in_closes
from handlers.own_reports import found
from handlers.pending import Pending, place
from handlers.phrasebook import Phrases
from handlers.reminder_letters import KIND, Decided, Due, Words, chased_of, message
from handlers.standing import ladder_of, report_of
from handlers.timetable import Timetable
from handlers.unasked_letters import Tree, Unasked
from scheduler import Owed, Reminder, Rung
from scheduler.policy import MOST_PUT_OFF, day_put_off_to, days_late, decide

__all__ = ["KIND", "SUBJECT", "chased_of", "message", "prompt", "tapped", "unasked"]

SUBJECT = "remind"


def unasked(
    connection: Connection,
    timetable: Timetable,
    phrases: Phrases,
    now: datetime,
    owed: Pending,
    tree: Tree,
    holders: Holders,
) -> Iterator[Unasked | Filled]:
    """The reminders of this moment: one letter to a person, whatever they owe in whichever post."""
    decided = _decided(owed, timetable, now)
    one, several = _by_person(decided, tree, holders)
    words = Words(connection, timetable, phrases, now, tree, decided)
    for person, (officer, what) in one.items():
        if person in several:
            yield words.letter(person, sorted(several[person], key=_place))
        else:
            yield words.alike(officer, what)


def _decided(owed: Pending, timetable: Timetable, now: datetime) -> Sequence[Decided]:
    """Reports before check-ins, the latest first."""
    found = [
        Decided(reminder, alike.unions)
        for alike in (*owed.reports, *owed.check_ins)
        if (reminder := _decide(alike.owed, timetable, now))
    ]
    return sorted(found, key=lambda each: _urgency(each.reminder))


def _decide(owed: Owed, timetable: Timetable, now: datetime) -> Reminder | None:
    figures = owed.obligation == CHECK_IN
    if figures and check_in_closes(owed.period, timetable) < now.date():
        return None  # a month that is closed is the staff's affair; the officer is asked for the next one
    ladder = timetable.check_in_ladder if figures else timetable.ladder
    return decide(owed, now, ladder, timetable.calendar, timetable.hours)


def _urgency(reminder: Reminder) -> tuple[bool, int]:
    return reminder.owed.obligation == CHECK_IN, -reminder.days_late


def _place(due: Due) -> tuple[object, ...]:
    officer, decided = due
    return *_urgency(decided.reminder), *place(decided.reminder.owed)[:2], officer.union


def _by_person(
    decided: Iterable[Decided], tree: Tree, holders: Holders
) -> tuple[Mapping[int, Due], Mapping[int, list[Due]]]:
    """What each person is reminded of first; and all of it, where that is more than one thing."""
    one: dict[int, Due] = {}
    several: dict[int, list[Due]] = {}
    for each in decided:
        for code in each.unions:
            officer = holders.alone(code) or holders.responsible(tree[code])
            if officer is not None and officer.reachable:
                due = officer, each
                first = one.setdefault(officer.person, due)
                if first is not due:
                    several.setdefault(officer.person, [first]).append(due)
    return one, several


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A button of a reminder: put it off, or see everything that can be done with one of several reports."""
    duty = found(desk, *(*words, "", "")[:2])
    if duty is None:
        return Turn((Reply(desk.phrases.say("old-button")),), conversation)
    rule, period = duty
    owed = report_of(desk.connection, desk.timetable, rule, desk.union.code, period)
    if owed.settled:
        said = desk.phrases.say("chasing-settled", period=period_name(period, desk.phrases))
        return Turn((Reply(said),), conversation)
    reply = _put_off(desk, owed) if action == "later" else _one(desk, rule, owed)
    return Turn((reply,), conversation)


def _put_off(desk: Desk, owed: Owed) -> Reply:
    """To the next working day, twice at most, and never past the day on which the staff are told."""
    ladder, name = ladder_of(owed), period_name(owed.period, desk.phrases)
    before = rungs.days_put_off_to(desk.connection, ladder)
    if before and before[-1] > desk.today:
        return Reply(desk.phrases.say("chasing-put-off", day=before[-1], period=name))
    day = day_put_off_to(owed, desk.today, desk.timetable.ladder, desk.timetable.calendar, len(before))
    if day is None:
        why = "often" if len(before) >= MOST_PUT_OFF else "told"
        return Reply(desk.phrases.say("chasing-no-later", period=name, why=why))
    rungs.put_off(desk.connection, ladder, day)
    return Reply(desk.phrases.say("chasing-put-off", day=day, period=name))


def _one(desk: Desk, rule: ReportRule, owed: Owed) -> Reply:
    late = days_late(owed, desk.today, desk.timetable.calendar)
    times = len(rungs.days_put_off_to(desk.connection, ladder_of(owed)))
    reminder = Reminder(owed, Rung("", 0), late)
    tree, rules = {desk.union.code: desk.union}, {rule.id: rule}
    chased = chased_of(desk.connection, desk.timetable, reminder, tree, rules, times, desk.now)
    (part,) = in_words([chased], desk.phrases)
    return Reply(part.text, steps(chased, rule, desk.phrases))
