"""One message a day and person, out of all that could be said unasked: reminders, late reports for staff, digests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from db import Letter, outbox, rungs, unasked
from db.store import Connection
from handlers import digests, escalations, reminders
from handlers.debtors import Trees
from handlers.holders import Holders
from handlers.owing import Owing, owing
from handlers.phrasebook import Phrases
from handlers.replies import from_json, to_json
from handlers.timetable import Timetable, with_swapped_days
from handlers.unasked_letters import Unasked
from scheduler.policy import may_speak

KINDS = (reminders.KIND, escalations.KIND, digests.KIND)
"""The letters of which a person gets one a day."""


def write(connection: Connection, timetable: Timetable, phrases: Phrases, now: datetime) -> tuple[Letter, ...]:
    """Decide at this moment who is to hear what, and write it; ringing again writes nothing twice."""
    timetable = with_swapped_days(connection, timetable)
    chosen = tuple(_chosen(connection, timetable, phrases, now))
    new = frozenset(outbox.write(connection, [each.letter for each in chosen], now))
    written = tuple(each for each in chosen if each.letter.key in new)
    # Two members of the staff may hear of the same: it is noted once.
    rungs.say(connection, dict.fromkeys(rung for each in written for rung in each.rungs), now)
    return tuple(each.letter for each in written)


def _chosen(connection: Connection, timetable: Timetable, phrases: Phrases, now: datetime) -> Iterator[Unasked]:
    """A person's own reports come first, then what they hear as staff: the late reports together with the digest."""
    if not may_speak(now, timetable.hours, timetable.calendar):
        return
    told = set(unasked.people_told(connection, KINDS, now))
    owed, tree = owing(connection, timetable, now), Trees(connection).on(now.date()).unions
    holders = Holders(connection, now.date())
    for each in reminders.unasked(connection, timetable, phrases, now, owed, tree, holders):
        if each.person not in told:
            told.add(each.person)
            yield each
    staff: dict[int, Unasked] = {}
    for each in escalations.unasked(connection, timetable, phrases, now, owed, tree, holders):
        if each.person not in told:
            staff.setdefault(each.person, each)
    for each in _digests(connection, timetable, phrases, now, owed, holders):
        if each.person not in told:
            staff[each.person] = _together(staff.get(each.person), each)
    yield from staff.values()


def _digests(
    connection: Connection, timetable: Timetable, phrases: Phrases, now: datetime, owed: Owing, holders: Holders
) -> Iterator[Unasked]:
    for letter in digests.letters(connection, timetable, phrases, now, owed):
        person = holders.people.get((letter.channel, letter.address))
        if person is not None:
            yield Unasked(letter, person)


def _together(late: Unasked | None, digest: Unasked) -> Unasked:
    """The digest, beginning with the reports that are late; a second digest of the same person waits."""
    if late is None:
        return digest
    if late.letter.kind == digests.KIND:
        return late
    first, then = from_json(late.letter.body), from_json(digest.letter.body)
    # The digest has buttons of its own for its late unions; a request for more time is decided elsewhere.
    asked = any(rung.rung.startswith(escalations.ASKED) for rung in late.rungs)
    own = [choice for choice in first.choices if asked and choice.id.startswith("menu:giahan")]
    choices = (*own, *then.choices)
    both = replace(then, text=f"{late.brief}\n\n{then.text}", choices=choices)
    return Unasked(replace(digest.letter, body=to_json(both)), digest.person, late.rungs)
