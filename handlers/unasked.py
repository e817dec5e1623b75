"""One message a day and person, out of all that could be said unasked: reminders, late reports for staff, digests."""

import gc
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice

from db import Letter, SaidRung, bulk, exemptions, outbox, rungs, unasked
from db.store import Connection
from handlers import digests, escalations, group_letters, reminders
from handlers.form_letters import Filled
from handlers.pending import pending
from handlers.phrasebook import Phrases
from handlers.replies import from_json, to_json
from handlers.snapshot import Snapshot
from handlers.timetable import Timetable, with_swapped_days
from handlers.unasked_letters import Unasked
from handlers.view import View
from scheduler.policy import may_speak

KINDS = (reminders.KIND, escalations.KIND, digests.KIND)
"""The letters of which a person gets one a day."""

AT_ONCE = 2000
"""So many letters are held at a time."""

Said = Unasked | Filled

NOBODY = 0
"""Whom a letter to a group is for: no person."""


def write(connection: Connection, timetable: Timetable, phrases: Phrases, now: datetime) -> tuple[Letter, ...]:
    """Decide at this moment who is to hear what, and write it; ringing again writes nothing twice."""
    return tuple(each.letter for each in _written(connection, timetable, phrases, now))


def count(connection: Connection, timetable: Timetable, phrases: Phrases, now: datetime) -> Counter[str]:
    """The same for offices of any size, whose letters would fill the memory: only how many there are by channel."""
    return Counter(each.channel for each in _written(connection, timetable, phrases, now))


def _written(connection: Connection, timetable: Timetable, phrases: Phrases, now: datetime) -> Iterator[Said]:
    timetable = with_swapped_days(connection, timetable)
    chosen = _chosen(connection, timetable, phrases, now)
    # Two members of the staff may hear of the same: it is noted once.
    noted: set[SaidRung] = set()
    with _unexamined(), bulk.wave(connection):
        while some := tuple(islice(chosen, AT_ONCE)):
            new = frozenset(outbox.write_ready(connection, some, now))
            kept = [each for each in some if each.key in new]
            said = [rung for each in kept for rung in each.rungs]
            told = dict.fromkeys(rung for rung in said if rung.told and rung not in noted)
            rungs.say(connection, (*(rung for rung in said if not rung.told), *told), now)
            noted.update(told)
            yield from kept


@contextmanager
def _unexamined() -> Iterator[None]:
    """Nothing is looked through for garbage while very many letters are made: none of them refers to itself."""
    examined = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if examined:
            gc.enable()


def _chosen(connection: Connection, timetable: Timetable, phrases: Phrases, now: datetime) -> Iterator[Said]:
    """A person's own reports come first, then what they hear as staff: the late reports together with the digest."""
    if not may_speak(now, timetable.hours, timetable.calendar):
        return
    told = set(unasked.people_told(connection, KINDS, now))
    view = View(connection, timetable, now)
    owed = pending(view)
    tree, holders = view.around({*owed.unions, *exemptions.who_waits(connection)})
    for each in reminders.unasked(connection, timetable, phrases, now, owed, tree, holders):
        if each.person not in told:
            told.add(each.person)
            yield each
    yield from _to_staff(
        Snapshot(view), phrases, told, escalations.unasked(connection, timetable, phrases, now, owed, tree, holders)
    )


def _to_staff(known: Snapshot, phrases: Phrases, told: Collection[int], late: Iterable[Unasked]) -> Iterator[Unasked]:
    staff: dict[int, Unasked] = {}
    for each in late:
        if each.person not in told:
            staff.setdefault(each.person, each)
    for person, letter in digests.letters(known, phrases, told).items():
        staff[person] = _together(staff.get(person), Unasked(letter, person), phrases)
    yield from staff.values()
    for letter in group_letters.letters(known, phrases):
        yield Unasked(letter, NOBODY)


def _together(late: Unasked | None, digest: Unasked, phrases: Phrases) -> Unasked:
    """The digest, beginning with the reports that are late; a second digest of the same person waits."""
    if late is None:
        return digest
    if late.letter.kind == digests.KIND:
        return late
    told = late.letter.about or {}
    both = escalations.before_digest(told, late.brief, from_json(digest.letter.body), phrases)
    letter = replace(digest.letter, body=to_json(both), about={**(digest.letter.about or {}), "told": told})
    return Unasked(letter, digest.person, late.rungs)
