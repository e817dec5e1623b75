"""A reminder in words: each thing that is owed, with its next steps as buttons; several become one message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db import ReportRule
from handlers import Choice, Reply
from handlers.drafts import can_be_unchanged
from handlers.forms import form_for
from handlers.months import month_name, period_name
from handlers.owing import FORM
from handlers.phrasebook import Phrases
from handlers.report_words import lateness
from knowledge import Union
from scheduler import Owed


@dataclass(frozen=True)
class Chased:
    """One thing of which a person is reminded: of a report by its `rule`, else of the month's figures.

    `begun`: its period is over, so that it can be written; `may_wait`: it may be put off to tomorrow; `again`: it was
    asked for before; `last` are the figures of the month before.
    """

    union: Union
    owed: Owed
    rung: str
    days_late: int
    rule: ReportRule | None
    begun: bool
    may_wait: bool
    again: bool
    last: Mapping[str, Any]


def in_words(chased: Sequence[Chased], phrases: Phrases) -> tuple[Reply, ...]:
    """What one person reads, in parts that go into one message; each part belongs to the union at the same place."""
    if len(chased) == 1:
        only = chased[0]
        return (_report(only, only.rule, phrases) if only.rule else _figures(only, phrases),)
    mixed = len({each.union.code for each in chased}) > 1
    return tuple(
        _report_of_several(each, each.rule, phrases, named=mixed) if each.rule else _figures(each, phrases)
        for each in chased
    )


def _report(chased: Chased, rule: ReportRule, phrases: Phrases) -> Reply:
    return Reply(_report_text(chased, rule, phrases), steps(chased, rule, phrases))


def steps(chased: Chased, rule: ReportRule, phrases: Phrases) -> tuple[Choice, ...]:
    """The next steps with one report."""
    actions = [("extend:ask", "chasing-extend"), ("report:why", "report-why-me")]
    if chased.may_wait:
        actions.insert(1, ("remind:later", "chasing-later"))
    if chased.begun:
        actions[:0] = [("report:draft", "chasing-draft"), ("report:done", "chasing-paper")]
    code = chased.owed.period.code
    return tuple(Choice(f"{action}:{rule.id}:{code}", phrases.say(phrase)) for action, phrase in actions)


def _report_of_several(chased: Chased, rule: ReportRule, phrases: Phrases, *, named: bool) -> Reply:
    text = _report_text(chased, rule, phrases)
    if named:
        text = phrases.say("chasing-for-union", union=chased.union.name) + "\n" + text
    code, name = chased.owed.period.code, period_name(chased.owed.period, phrases)
    draft = (Choice(f"report:draft:{rule.id}:{code}", phrases.say("chasing-draft-of", period=name)),)
    more = Choice(f"remind:more:{rule.id}:{code}", phrases.say("chasing-more-of", period=name))
    return Reply(text, (*(draft if chased.begun else ()), more))


def _report_text(chased: Chased, rule: ReportRule, phrases: Phrases) -> str:
    owed = chased.owed
    return phrases.say(
        "chasing-report",
        title=rule.title,
        period=period_name(owed.period, phrases),
        first=owed.period.first,
        last=owed.period.last,
        due=owed.due,
        standing=owed.standing,
        lateness=lateness(chased.days_late, phrases),
        clause=rule.clause or phrases.say("report-no-clause"),
    )


def _figures(chased: Chased, phrases: Phrases) -> Reply:
    return prompt(chased.union, chased.owed.period.code, dict(chased.last), chased.again, phrases)


def prompt(union: Union, period: str, last: dict[str, Any], again: bool, phrases: Phrases) -> Reply:
    """The letter that asks for a month's figures."""
    phrase = "checkin-prompt-again" if again else "checkin-prompt"
    text = phrases.say(phrase, union=union.name, month=month_name(period, phrases))
    choices = [Choice(f"checkin:start:{period}", phrases.say("checkin-start"))]
    if may_be_unchanged(union, last):
        choices.append(Choice(f"checkin:unchanged:{period}", phrases.say("checkin-unchanged")))
    choices.append(Choice(f"checkin:later:{period}", phrases.say("checkin-later")))
    return Reply(text, tuple(choices))


def may_be_unchanged(union: Union, last: Mapping[str, Any]) -> bool:
    """Whether the figures of the month before suffice to say that nothing has changed."""
    return can_be_unchanged(form_for(FORM, union.sector), dict(last))
