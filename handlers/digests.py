"""What the staff of a federation hear: who is late, since when, who has not checked in, who cannot be reached."""

from collections.abc import Iterator
from datetime import date, datetime

from db import Letter, Officer, officers, outbox, reports, unions
from db.store import Connection
from handlers import Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.digest_words import Late, State, in_words
from handlers.owing import Owing, check_in_closes, owing
from handlers.phrasebook import Phrases
from handlers.replies import letter
from handlers.rulings import waiting_at
from handlers.timetable import Timetable
from scheduler.policy import digest_due
from scheduler.report_calendar import working_days_between

KIND = "digest"


def state_of(connection: Connection, timetable: Timetable, officer: Officer, owed: Owing, today: date) -> State:
    """The state of the officer's subtree; nothing outside it is looked at."""
    mine = unions.below(connection, officer.union, today)
    holders = officers.responsible(connection, "officer")
    named = {union.code: union for union in unions.every(connection, today) if union.code in mine}
    dead = outbox.undelivered(connection)
    lost = {code: reason for code in named if (reason := _lost(holders.get(code), dead)) is not None}
    late = [
        Late(named[each.union], each, working_days_between(each.due, today, timetable.calendar), lost.get(each.union))
        for each in owed.reports
        if each.union in mine and not each.settled and each.due < today
    ]
    silent = [
        (named[each.union], each.period.code)
        for each in owed.check_ins
        if each.union in mine and not each.settled and check_in_closes(each.period, timetable) < today
    ]
    grassroots = [union for union in named.values() if union.level == "grassroots"]
    return State(
        late=tuple(sorted(late, key=lambda each: (-each.days, each.union.code))),
        silent=tuple(sorted(silent, key=lambda each: (each[1], each[0].code))),
        unreachable=tuple((union, lost[union.code]) for union in grassroots if union.code in lost),
        questions=tuple(str(each.id) for each in waiting_at(connection, officer.union, today)),
    )


def _lost(officer: Officer | None, dead: frozenset[tuple[str, str]]) -> str | None:
    """Why a union's officer cannot be reached, as the name of a phrase; `None` when they can."""
    if officer is None:
        return "digest-no-officer"
    if not officer.reachable:
        return "digest-blocked"
    return "digest-undelivered" if (officer.channel, officer.address) in dead else None


def on_request(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """Staff ask how their unions stand."""
    if desk.officer.role == "officer":
        return Turn((Reply(desk.phrases.say("digest-not-staff")),), conversation)
    owed = owing(desk.connection, desk.timetable, desk.now)
    state = state_of(desk.connection, desk.timetable, desk.officer, owed, desk.now.date())
    return Turn((in_words(desk.union, state, _titles(desk.connection), desk.now.date(), desk.phrases),), conversation)


def letters(connection: Connection, timetable: Timetable, phrases: Phrases, now: datetime) -> tuple[Letter, ...]:
    """The digests to write at this ring: at most one a day and officer, only when something changed or on Mondays."""
    due = [(officer, before) for officer, before in _readers(connection) if _due(before, timetable, now)]
    if not due:
        return ()
    owed = owing(connection, timetable, now)
    written = []
    for officer, before in due:
        state = state_of(connection, timetable, officer, owed, now.date())
        facts = state.facts()
        repeated = before is not None and before.about == facts and now.weekday() != 0
        if any(facts.values()) and not repeated:
            written.append(_letter(connection, phrases, officer, state, now))
    return tuple(written)


def _titles(connection: Connection) -> dict[str, str]:
    return {rule.id: rule.title for rule in reports.rules(connection)}


def _readers(connection: Connection) -> Iterator[tuple[Officer, Letter | None]]:
    """Everybody who gets digests, with the last one they got."""
    for officer in officers.everyone(connection):
        if officer.role != "officer" and officer.reachable:
            yield officer, outbox.latest_to(connection, KIND, officer.channel, officer.address)


def _due(before: Letter | None, timetable: Timetable, now: datetime) -> bool:
    return digest_due(before.due_at if before else None, now, timetable.hours, timetable.calendar)


def _letter(connection: Connection, phrases: Phrases, officer: Officer, state: State, now: datetime) -> Letter:
    union = unions.get(connection, officer.union, now.date())
    assert union is not None
    said = in_words(union, state, _titles(connection), now.date(), phrases)
    return letter(officer, f"digest:{officer.id}:{now.date().isoformat()}", KIND, said, now, state.facts())
