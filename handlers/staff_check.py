"""What staff hear of late reports is checked again at the moment of sending: whoever has submitted, got more time or
was excused meanwhile is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from db import Letter, Officer, arrivals, exemptions, officers, report_rules
from db.store import Connection
from handlers.debtors import Trees
from handlers.digest_pages import digest_of
from handlers.digest_state import state_of
from handlers.escalations import Heard, Scene, before_digest, brief, in_words
from handlers.holders import Holders
from handlers.phrasebook import Phrases
from handlers.replies import for_post, to_json
from handlers.snapshot import look
from handlers.still_owed import CLOSED, late_now
from handlers.timetable import Timetable
from scheduler import ZONE, Escalation, Rung
from scheduler.policy import days_late

ANOTHER = "somebody else answers for it now"
NOTHING = "nothing of it is late or asked for any more"


def escalation(
    connection: Connection, timetable: Timetable, phrases: Phrases, letter: Letter, now: datetime
) -> Letter | str:
    """A letter of late reports and requests, with those that are still late or wait still."""
    about = letter.about or {}
    post = _post(connection, letter, about)
    if post is None:
        return ANOTHER
    heard = _heard(connection, timetable, post, about, now)
    if not heard.late and not heard.asked:
        return NOTHING
    if _days(heard) == [item["days"] for item in about["late"]] and len(heard.asked) == len(about["asked"]):
        return letter
    return replace(letter, body=to_json(for_post(in_words(heard, _scene(connection, phrases, now)), post.id)))


def _post(connection: Connection, letter: Letter, about: Mapping[str, Any]) -> Officer | None:
    """The post for which it was written, where its holder is still reached there."""
    posts = officers.posts_at(connection, letter.channel, letter.address)
    return next((each for each in posts if each.id == about["post"]), None)


def _days(heard: Heard) -> list[int]:
    return [each.days_late for each in heard.late]


def _heard(
    connection: Connection, timetable: Timetable, post: Officer, about: Mapping[str, Any], now: datetime
) -> Heard:
    """What of a letter still holds."""
    asked = [exemptions.get(connection, number) for number in about["asked"]]
    waiting = [each for each in asked if each is not None and each.state == "asked"]
    return Heard(post, list(_late(connection, timetable, about, now)), waiting)


def _late(
    connection: Connection, timetable: Timetable, about: Mapping[str, Any], now: datetime
) -> Iterator[Escalation]:
    for item in about["late"]:
        rule, union, period = item["report"]
        owed = late_now(connection, timetable, (rule, union, period), now.date())
        if not isinstance(owed, str):
            name, offset, tells = item["rung"]
            yield Escalation(owed, Rung(name, offset, tells), days_late(owed, now.date(), timetable.calendar))


def _scene(connection: Connection, phrases: Phrases, now: datetime) -> Scene:
    tree = Trees(connection).on(now.date()).unions
    rules = {rule.id: rule for rule in report_rules.rules(connection)}
    asked = {(each.rule, each.union, each.period): each for each in exemptions.waiting(connection, tree)}
    return Scene(tree, Holders(connection, now.date()), rules, asked, phrases)


def digest(
    connection: Connection, timetable: Timetable, phrases: Phrases, letter: Letter, now: datetime
) -> Letter | str:
    """A digest as it was written, or written anew where something of those it names has changed or a day has passed."""
    about = letter.about or {}
    if "at" not in about:
        return letter  # of a version that did not note what a digest is about
    post = _post(connection, letter, about)
    if post is None:
        return ANOTHER
    if not _stale(connection, about, now):
        return letter
    known, since = look(connection, timetable, now), datetime.fromisoformat(about["since"])
    union = known.tree.unions.get(post.union)
    if union is None:
        return CLOSED
    state = state_of(known, union.code, since)
    told = _heard(connection, timetable, post, about["told"], now) if "told" in about else Heard(post, [], [])
    if not (any(state.facts().values()) or told.late or told.asked):
        return NOTHING
    reply = for_post(digest_of(known, union, state, since, phrases), post.id)
    if told.late or told.asked:
        reply = before_digest(about["told"], brief(told, phrases), reply, phrases)
    return replace(letter, body=to_json(for_post(reply, post.id)))


def _stale(connection: Connection, about: Mapping[str, Any], now: datetime) -> bool:
    """Whether a digest may say what is not so any more."""
    written = datetime.fromisoformat(about["at"])
    if written.astimezone(ZONE).date() != now.astimezone(ZONE).date():
        return True
    touched = arrivals.touched_since(connection, written)
    late, silent = about.get("late", ()), about.get("silent", ())
    named = {fact.split(" ")[0] for fact in (*late, *silent)}
    return not touched.isdisjoint(named)
