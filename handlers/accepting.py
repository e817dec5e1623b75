"""Whoever handed in a report hears that it was accepted: one letter for all that staff accept in one go."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from db import Letter, Officer, Submission, outbox, report_rules, reports
from db.store import Connection
from handlers import Reply
from handlers.months import period_name
from handlers.phrasebook import Phrases
from handlers.replies import letter, to_json
from handlers.report_words import in_sentence
from handlers.timetable import Timetable
from scheduler.report_calendar import parse_period

KIND = "accepted"

TOGETHER = timedelta(minutes=10)
"""So long a letter waits for the next report that the staff accept; they go through what waits one after the other."""


def letter_to(
    connection: Connection, author: Officer, came: Submission, staff: str, phrases: Phrases, now: datetime
) -> Letter:
    """The letter to `author` that the staff of the union named `staff` have accepted a report."""
    about = {"report": came.id, "staff": staff, "at": now.isoformat()}
    said = _in_words(connection, [came], staff, phrases)
    return replace(letter(author, f"accepted:{came.id}", KIND, said, now, about), due_at=now + TOGETHER)


def checked(connection: Connection, _: Timetable, phrases: Phrases, letter: Letter, now: datetime) -> Letter | str:
    """The letter with all that was accepted meanwhile; not sent where an earlier one has told it with its own."""
    about = letter.about or {}
    there = [each for each in outbox.at_address(connection, letter.channel, letter.address) if each.kind == KIND]
    if any(each.sent_at and each.sent_at >= datetime.fromisoformat(about["at"]) for each in there):
        return "told together with another report"
    waiting = [each for each in there if each.state in ("due", "sending") and each.about]
    came = [reports.get(connection, each.about["report"]) for each in waiting if each.about]
    accepted = [each for each in came if each is not None and each.state == "accepted"]
    if not accepted:
        return "the report was replaced"
    return replace(letter, body=to_json(_in_words(connection, accepted, about["staff"], phrases)))


def _in_words(connection: Connection, accepted: Sequence[Submission], staff: str, phrases: Phrases) -> Reply:
    if len(accepted) == 1:
        return Reply(phrases.say("review-told", staff=staff, report=_called(connection, accepted[0], phrases)))
    lines = [phrases.say("review-told-line", report=_called(connection, each, phrases)) for each in accepted]
    return Reply(phrases.say("review-told-several", count=len(accepted), lines="\n".join(lines)))


def _called(connection: Connection, came: Submission, phrases: Phrases) -> str:
    """A report inside a sentence, with the number of its receipt."""
    rule = report_rules.rule(connection, came.rule)
    if rule is None:
        return came.number
    period = parse_period(rule.profile, rule.cycle, came.period, rule.cut_offs)
    name = period_name(period, phrases)
    return phrases.say("review-told-report", title=in_sentence(rule), period=name, number=came.number)
