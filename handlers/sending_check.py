"""A letter is checked again at the moment of sending: what has been settled since then is not chased any more."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from db import Letter, Officer, checkins, exemptions, officers, report_rules, rungs, unions
from db.store import Connection
from handlers import accepting, digests, escalations, group_letters, staff_check
from handlers.owing import CHECK_IN, FORM, check_in_period
from handlers.phrasebook import Phrases
from handlers.reminders import KIND, chased_of, message
from handlers.replies import to_json
from handlers.standing import ladder_of
from handlers.still_owed import AWAY, CLOSED, report_now
from handlers.timetable import Timetable
from knowledge import Union
from scheduler import Owed, Reminder, Rung
from scheduler.policy import days_late

Told = tuple[Officer, Owed, Mapping[str, Any]]
"""Who is to be reminded, of what, and what was noted when the letter was written."""


Check = Callable[[Connection, Timetable, Phrases, Letter, datetime], Letter | str]


def checked(
    connection: Connection, timetable: Timetable, phrases: Phrases, letter: Letter, now: datetime
) -> Letter | str:
    """The letter as it is to be sent now, or why it is not to be sent at all; where a part of it has been settled, it
    speaks of the others only. A letter of a kind that nothing can settle is sent as it is."""
    check = CHECKS.get(letter.kind)
    return check(connection, timetable, phrases, letter, now) if check and letter.about else letter


def _reminder(
    connection: Connection, timetable: Timetable, phrases: Phrases, letter: Letter, now: datetime
) -> Letter | str:
    items: list[Mapping[str, Any]] = (letter.about or {}).get("items", [letter.about])
    found = [_still(connection, timetable, letter, item, now) for item in items]
    wanted = [each for each in found if not isinstance(each, str)]
    if not wanted:
        return next(each for each in found if isinstance(each, str))
    if len(wanted) == len(items):
        return letter
    rules = {rule.id: rule for rule in report_rules.rules(connection)}
    told = []
    for officer, owed, item in wanted:
        tree = {owed.union: _union(connection, owed.union, now.date())}
        late = days_late(owed, now.date(), timetable.calendar)
        reminder = Reminder(owed, Rung(item["rung"], int(item["days_late"])), late)
        times = len(rungs.days_put_off_to(connection, ladder_of(owed)))
        told.append((officer, chased_of(connection, timetable, reminder, tree, rules, times, now)))
    return replace(letter, body=to_json(message(told, phrases)))


def _union(connection: Connection, code: str, today: date) -> Union:
    union = unions.get(connection, code, today)
    assert union is not None
    return union


def _still(
    connection: Connection, timetable: Timetable, letter: Letter, item: Mapping[str, Any], now: datetime
) -> Told | str:
    """One thing of a letter with who is to be reminded of it now; or why nobody is."""
    code, today = item["union"], now.date()
    posts = officers.posts_at(connection, letter.channel, letter.address)
    officer = next((post for post in posts if post.union == code), None)
    if not unions.is_open(connection, code, today):
        return CLOSED
    if officer is None:
        return "somebody else answers for it now"
    if officer.id in exemptions.away(connection, today):
        return AWAY
    newest = rungs.newest(connection, item["obligation"], code, item["period"])
    if newest and (newest.due, newest.rung) != (item.get("due", ""), item["rung"]):
        return "a later reminder was written"
    if item["obligation"] == CHECK_IN:
        return _figures(connection, timetable, officer, item)
    return _report(connection, timetable, officer, item)


def _figures(connection: Connection, timetable: Timetable, officer: Officer, item: Mapping[str, Any]) -> Told | str:
    if checkins.get(connection, officer.union, FORM, item["period"]):
        return "the figures came in"
    period, asked_on = check_in_period(item["period"], timetable)
    return officer, Owed(CHECK_IN, officer.union, period, asked_on), item


def _report(connection: Connection, timetable: Timetable, officer: Officer, item: Mapping[str, Any]) -> Told | str:
    owed = report_now(connection, timetable, (item["obligation"], officer.union, item["period"]))
    if isinstance(owed, str):
        return owed
    if ladder_of(owed)[-1] != item.get("due", ""):
        return "the report is due on another day now"
    return officer, owed, item


CHECKS: Mapping[str, Check] = {
    KIND: _reminder,
    accepting.KIND: accepting.checked,
    digests.KIND: staff_check.digest,
    escalations.KIND: staff_check.escalation,
    group_letters.KIND: group_letters.checked,
}
"""How the letters of each kind are checked."""
