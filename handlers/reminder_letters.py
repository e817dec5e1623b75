"""Reminders in letters: what one person reads of all that they owe, and the same letter for all who owe the same."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from db import Letter, Officer, ReportRule, checkins, report_rules, rungs
from db.store import Connection
from handlers import Reply
from handlers.chasing_words import Chased, in_words, may_be_unchanged
from handlers.form_letters import HERE, NAME, Filled, FormLetter
from handlers.owing import CHECK_IN, FORM
from handlers.phrasebook import Phrases
from handlers.replies import for_post, to_json
from handlers.standing import ladder_of, to_check
from handlers.timetable import Timetable
from handlers.unasked_letters import Tree, Unasked, letter_key, said_rung
from knowledge import Union
from scheduler import Reminder
from scheduler.policy import day_put_off_to

KIND = "reminder"

Told = tuple[Officer, Chased]
"""Whom to remind of what."""


@dataclass(frozen=True)
class Decided:
    """The reminder of the first of the unions that stand alike with a thing: the others hear the same."""

    reminder: Reminder
    unions: Sequence[str]

    def of(self, code: str) -> Reminder:
        """The reminder of one of them."""
        return replace(self.reminder, owed=replace(self.reminder.owed, union=code))


Due = tuple[Officer, Decided]
"""Whom to remind, for the union in which they hold that post, of what."""


class Words:
    """What the reminders of one moment say; those that say the same are put in words once."""

    def __init__(
        self,
        connection: Connection,
        timetable: Timetable,
        phrases: Phrases,
        now: datetime,
        tree: Tree,
        decided: Collection[Decided],
    ) -> None:
        self._timetable = timetable
        self._phrases = phrases
        self._now = now
        self._tree = tree
        self._rules = {rule.id: rule for rule in report_rules.rules(connection)}
        self._times = rungs.times_put_off(connection, {each.reminder.owed.period.code for each in decided})
        self._before = _figures_before(connection, decided)
        self._known: dict[object, FormLetter] = {}

    def letter(self, person: int, due: Sequence[Due]) -> Unasked:
        """The letter to a person about one or several things."""
        told = [(officer, self._chased(decided.of(officer.union))) for officer, decided in due]
        said = tuple(said_rung(chased.owed, chased.rung) for _, chased in told)
        return Unasked(_letter(told, self._phrases, self._now), person, said)

    def alike(self, officer: Officer, decided: Decided) -> Filled:
        """The letter about one thing, as to all others who stand alike with it."""
        figures = decided.reminder.owed.obligation == CHECK_IN
        known = (id(decided), *self._differs(officer.union, decided)) if figures or self._times else id(decided)
        if known not in self._known:
            self._known[known] = _form(self._chased(decided.of(officer.union)), self._phrases, self._now)
        return self._known[known].to(officer, self._tree[officer.union].name if figures else "")

    def _differs(self, code: str, decided: Decided) -> tuple[object, ...]:
        """What else the words for a union depend on: how often it put the report off, which figures it has."""
        owed = decided.reminder.owed
        if owed.obligation != CHECK_IN:
            return (self._times.get(ladder_of(replace(owed, union=code)), 0),)
        union, last = self._tree[code], self._before.get((code, owed.period.code), {})
        return union.sector, may_be_unchanged(union, last)

    def _chased(self, reminder: Reminder) -> Chased:
        owed = reminder.owed
        return _chased(
            self._timetable,
            reminder,
            self._tree[owed.union],
            self._rules.get(owed.obligation),
            self._times.get(ladder_of(owed), 0),
            self._before.get((owed.union, owed.period.code), {}),
            self._now,
        )


def _figures_before(connection: Connection, decided: Iterable[Decided]) -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """The figures of the month before by union and the month that is asked for."""
    asked: dict[str, set[str]] = {}
    for each in decided:
        if each.reminder.owed.obligation == CHECK_IN:
            asked.setdefault(each.reminder.owed.period.code, set()).update(each.unions)
    return {
        (code, period): answers
        for period, codes in asked.items()
        for code, answers in checkins.all_before(connection, FORM, period, codes).items()
    }


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


def _letter(told: Sequence[Told], phrases: Phrases, now: datetime) -> Letter:
    """The letter to one person."""
    officer, first = told[0]
    body = to_json(message(told, phrases))
    items = [to_check(chased.owed, chased.rung, chased.days_late) for _, chased in told]
    return Letter(
        letter_key(first.owed, first.rung), KIND, officer.channel, officer.address, body, now, about={"items": items}
    )


def _form(chased: Chased, phrases: Phrases, now: datetime) -> FormLetter:
    """The letter to one person about one thing, as to everybody who is to read the same."""
    called = replace(chased, union=replace(chased.union, name=NAME))
    body = to_json(in_words([called], phrases)[0])
    anywhere = replace(chased, owed=replace(chased.owed, union=HERE))
    key, rung = letter_key(anywhere.owed, chased.rung), said_rung(anywhere.owed, chased.rung)
    return FormLetter(KIND, key, body, to_check(anywhere.owed, anywhere.rung, anywhere.days_late), rung, now)


def message(told: Sequence[Told], phrases: Phrases) -> Reply:
    """All that one person is reminded of, in one message."""
    parts = in_words([chased for _, chased in told], phrases)
    marked = [for_post(part, officer.id) for part, (officer, _) in zip(parts, told, strict=True)]
    if len(marked) == 1:
        return marked[0]
    head = phrases.say("chasing-several", count=len(marked))
    text = "\n\n".join([head, *(part.text for part in marked)])
    return Reply(text, tuple(choice for part in marked for choice in part.choices))
