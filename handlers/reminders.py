"""What the bot says unasked to the unions: reminders of reports and the monthly check-in, decided at a ring; and what
an officer does with a reminder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from db import Letter, Officer, ReportRule, checkins, report_rules, rungs
from db.store import Connection
from handlers import Reply
from handlers.chasing_words import Chased, in_words, prompt, steps
from handlers.conversation import Conversation, Desk, Turn
from handlers.holders import Holders
from handlers.months import period_name
from handlers.owing import CHECK_IN, FORM, Owing, check_in_closes
from handlers.own_reports import found
from handlers.phrasebook import Phrases
from handlers.replies import body_for_post, for_post, to_json
from handlers.standing import ladder_of, report_of
from handlers.timetable import Timetable
from handlers.unasked_letters import Tree, Unasked, letter_key, said_rung
from knowledge import Union
from scheduler import Owed, Reminder, Rung
from scheduler.policy import MOST_PUT_OFF, day_put_off_to, days_late, decide

__all__ = ["KIND", "SUBJECT", "chased_of", "message", "prompt", "tapped", "unasked"]

KIND = "reminder"
SUBJECT = "remind"

Alike = tuple[object, ...]
"""What reminders have in common that are put in the same words."""

Told = tuple[Officer, Chased]
"""Whom to remind of what."""


def unasked(
    connection: Connection,
    timetable: Timetable,
    phrases: Phrases,
    now: datetime,
    owed: Owing,
    tree: Tree,
    holders: Holders,
) -> Iterator[Unasked]:
    """The reminders of this moment: one letter to a person, whatever they owe in whichever post."""
    of_person: dict[int, list[tuple[Officer, Reminder]]] = {}
    for reminder in _decided(owed, timetable, now):
        union = tree[reminder.owed.union]
        officer = holders.responsible(union)
        if officer is not None and officer.reachable:
            of_person.setdefault(officer.person, []).append((officer, reminder))
    every = [each for some in of_person.values() for _, each in some]
    times = rungs.times_put_off(connection, {ladder_of(each.owed) for each in every})
    before = _figures_before(connection, every)
    rules = {rule.id: rule for rule in report_rules.rules(connection)}
    alike: dict[Alike, dict[str, Any]] = {}
    for person, reminders in of_person.items():
        told = [
            (
                officer,
                _chased(
                    timetable,
                    each,
                    tree[each.owed.union],
                    rules.get(each.owed.obligation),
                    times.get(ladder_of(each.owed), 0),
                    before.get((each.owed.union, each.owed.period.code), {}),
                    now,
                ),
            )
            for officer, each in reminders
        ]
        yield Unasked(
            _letter(told, phrases, now, alike), person, tuple(said_rung(each.owed, each.rung) for _, each in told)
        )


def _figures_before(
    connection: Connection, reminders: Sequence[Reminder]
) -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """The figures of the month before by union and the month that is asked for."""
    asked: dict[str, set[str]] = {}
    for each in reminders:
        if each.owed.obligation == CHECK_IN:
            asked.setdefault(each.owed.period.code, set()).add(each.owed.union)
    return {
        (code, period): answers
        for period, codes in asked.items()
        for code, answers in checkins.all_before(connection, FORM, period, codes).items()
    }


def _decided(owed: Owing, timetable: Timetable, now: datetime) -> list[Reminder]:
    """Reports before check-ins, the latest first."""
    reminders = _decide((*owed.reports, *owed.check_ins), timetable, now)
    return sorted(reminders, key=lambda each: (each.owed.obligation == CHECK_IN, -each.days_late))


def _decide(owed: Iterable[Owed], timetable: Timetable, now: datetime) -> Iterator[Reminder]:
    # Thousands of unions owe the same report, and most of them stand alike with it.
    known: dict[Alike, Reminder | None] = {}
    for each in owed:
        if each.obligation == CHECK_IN and check_in_closes(each.period, timetable) < now.date():
            continue  # a month that is closed is the staff's affair; the officer is asked for the next one
        figures = each.obligation == CHECK_IN
        alike = (figures, each.due, each.standing, each.said, each.again)
        if alike not in known:
            ladder = timetable.check_in_ladder if figures else timetable.ladder
            known[alike] = decide(each, now, ladder, timetable.calendar, timetable.hours)
        if found := known[alike]:
            yield Reminder(each, found.rung, found.days_late)


def chased_of(
    connection: Connection,
    timetable: Timetable,
    reminder: Reminder,
    tree: Tree,
    rules: Mapping[str, ReportRule],
    times: int,
    now: datetime,
) -> Chased:
    """A decision with all that its words need; the report was put off so many `times`."""
    owed = reminder.owed
    figures = owed.obligation == CHECK_IN
    before = checkins.before(connection, owed.union, FORM, owed.period.code) if figures else None
    last = before.answers if before else {}
    return _chased(timetable, reminder, tree[owed.union], rules.get(owed.obligation), times, last, now)


def _chased(
    timetable: Timetable,
    reminder: Reminder,
    union: Union,
    rule: ReportRule | None,
    times: int,
    last: Mapping[str, Any],
    now: datetime,
) -> Chased:
    """The same where all is at hand: the `last` figures, and the rule unless figures are asked for."""
    owed, today = reminder.owed, now.date()
    tomorrow = day_put_off_to(owed, today, timetable.ladder, timetable.calendar, times)
    return Chased(
        union,
        owed,
        reminder.rung.name,
        reminder.days_late,
        rule,
        begun=owed.period.last < today,
        may_wait=tomorrow is not None,
        again=bool(owed.said) or reminder.rung.offset > 0,
        last=last,
    )


def _letter(told: Sequence[Told], phrases: Phrases, now: datetime, alike: dict[Alike, dict[str, Any]]) -> Letter:
    """The letter to one person; what was put in words for others before is taken from there."""
    officer, first = told[0]
    kind = _alike(first) if len(told) == 1 else None
    if kind is None:
        body = to_json(message(told, phrases))
    elif kind in alike:
        body = alike[kind]
    else:
        body = alike[kind] = to_json(in_words([first], phrases)[0])
    items = [_item(chased) for _, chased in told]
    key = letter_key(first.owed, first.rung)
    return Letter(
        key, KIND, officer.channel, officer.address, body_for_post(body, officer.id), now, about={"items": items}
    )


def _alike(chased: Chased) -> Alike | None:
    """By what the words of a report's reminder differ; `None` where figures are asked for, which every union has its
    own of."""
    owed = chased.owed
    if chased.rule is None:
        return None
    return chased.rule.id, owed.period.code, owed.due, owed.standing, chased.days_late, chased.may_wait


def message(told: Sequence[Told], phrases: Phrases) -> Reply:
    """All that one person is reminded of, in one message."""
    parts = in_words([chased for _, chased in told], phrases)
    marked = [for_post(part, officer.id) for part, (officer, _) in zip(parts, told, strict=True)]
    if len(marked) == 1:
        return marked[0]
    head = phrases.say("chasing-several", count=len(marked))
    text = "\n\n".join([head, *(part.text for part in marked)])
    return Reply(text, tuple(choice for part in marked for choice in part.choices))


def _item(chased: Chased) -> dict[str, Any]:
    """What is needed to check one thing again at the moment of sending."""
    obligation, union, period, due = ladder_of(chased.owed)
    return {
        "obligation": obligation,
        "union": union,
        "period": period,
        "due": due,
        "rung": chased.rung,
        "days_late": chased.days_late,
    }


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
