"""Staff have somebody reminded once more: by the letters, keys and hours of every reminder, once a day a person."""

from collections.abc import Sequence

from db import Letter, Officer, ReportRule, audit, report_rules, rungs, unasked
from handlers import Reply
from handlers.chasing_words import Chased, in_words
from handlers.conversation import Desk
from handlers.digest_state import LOST, Late, Snapshot
from handlers.digest_words import fitted_names, short
from handlers.replies import for_post, letter
from handlers.standing import to_check
from handlers.unasked_letters import letter_key, said_rung
from scheduler.policy import may_speak, next_moment_to_speak

KIND = "reminder"
"""As for every reminder, so that it is checked again at the moment of sending."""

TOLD_BY = (KIND, "escalation", "digest")
"""The kinds of letters of which a person gets one a day."""

Told = tuple[Officer, Late]


def nudge(desk: Desk, known: Snapshot, chosen: Sequence[Late]) -> tuple[Reply, tuple[Letter, ...]]:
    """Remind those who are responsible for these late reports; gives what the staff read, and the letters."""
    hours, calendar = desk.timetable.hours, desk.timetable.calendar
    if not may_speak(desk.now, hours, calendar):
        moment = next_moment_to_speak(desk.now, hours, calendar)
        return Reply(desk.phrases.say("digest-nudge-quiet", moment=moment)), ()
    told = unasked.people_told(desk.connection, TOLD_BY, desk.now)
    of_person: dict[int, list[Told]] = {}
    refused: list[str] = []
    for late in chosen:
        person = known.people.get(late.union.code)
        if person is None or late.why in LOST or person.person in told or _rung(desk) in late.owed.said:
            reason = f"digest-{late.why}" if late.why in LOST else "digest-nudge-told"
            refused.append(_refused(desk, late, reason))
        else:
            of_person.setdefault(person.person, []).append((person, late))
    rules = {rule.id: rule for rule in report_rules.rules(desk.connection)}
    letters = tuple(_letter(desk, each, rules) for each in of_person.values())
    reached = [late for each in of_person.values() for _, late in each]
    _note(desk, reached)
    return _said(desk, reached, refused), letters


def _refused(desk: Desk, late: Late, reason: str) -> str:
    line = desk.phrases.say("digest-line", code=late.union.code, union=short(late.union.name))
    return desk.phrases.say("digest-line-why", line=line, why=desk.phrases.say(reason))


def _said(desk: Desk, reached: Sequence[Late], refused: Sequence[str]) -> Reply:
    parts = []
    if reached:
        names = ", ".join(dict.fromkeys(late.union.code for late in reached))
        parts.append(desk.phrases.say("digest-nudged", count=len(reached), unions=short(names, 600)))
    if refused:
        head = desk.phrases.say("digest-nudged-not", count=len(refused))
        parts.append(fitted_names(head, refused, desk.phrases))
    return Reply("\n\n".join(parts))


def _rung(desk: Desk) -> str:
    """The name under which a reminder that staff asked for today is noted."""
    return f"again{desk.today:%m%d}"


def _letter(desk: Desk, told: Sequence[Told], rules: dict[str, ReportRule]) -> Letter:
    """All that one person is reminded of, in one message."""
    chased = [
        Chased(
            union=late.union,
            owed=late.owed,
            rung=_rung(desk),
            days_late=late.days,
            rule=rules[late.owed.obligation],
            begun=True,
            may_wait=False,
            again=True,
            last={},
        )
        for _, late in told
    ]
    parts = in_words(chased, desk.phrases)
    marked = [for_post(part, officer.id) for part, (officer, _) in zip(parts, told, strict=True)]
    head = desk.phrases.say("digest-nudge-head", union=desk.union.name)
    text = "\n\n".join((head, *(part.text for part in marked)))
    reply = Reply(text, tuple(choice for part in marked for choice in part.choices))
    items = [to_check(each.owed, _rung(desk), each.days) for _, each in told]
    officer, first = told[0]
    return letter(officer, letter_key(first.owed, _rung(desk)), KIND, reply, desk.now, {"items": items})


def _note(desk: Desk, reached: Sequence[Late]) -> None:
    rungs.say(desk.connection, [said_rung(late.owed, _rung(desk)) for late in reached], desk.now)
    for late in reached:
        details = {"rule": late.owed.obligation, "period": late.owed.period.code}
        audit.note(desk.connection, desk.officer.id, "reminded-again", late.union.code, details, desk.now)
