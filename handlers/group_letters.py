"""What is said in a group chat: the names of the unions whose report is missing, and never a figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import accumulate, groupby
from typing import Any

from db import DigestChoice, GroupChat, Letter, SentDigest, groups, officers, preferences, report_rules, unions
from db.store import Connection
from handlers import Reply
from handlers.digest_times import new_week, wanted
from handlers.digest_words import LONGEST_TITLE, short, units
from handlers.months import period_name
from handlers.phrasebook import Phrases
from handlers.replies import to_json
from handlers.snapshot import Snapshot
from handlers.still_owed import late_now
from handlers.timetable import Timetable
from knowledge import Union
from scheduler import Owed
from scheduler.policy import days_late

KIND = "group"

ROOM = 3000
"""UTF-16 units of one message, whatever the channel."""

Missing = tuple[Union, Owed]
"""A union, and its report that is late."""


def letters(known: Snapshot, phrases: Phrases) -> Iterator[Letter]:
    """The letters to groups at this ring: when whoever linked the group gets their digest."""
    connection, now = known.view.connection, known.view.now
    for group in _due(connection, known.timetable, now):
        union = known.tree.unions.get(group.union)
        missing = _missing(known, union.code) if union else []
        late = sorted(f"{each.obligation} {each.union} {each.period.code}" for _, each in missing)
        if union and _unheard(late, preferences.last_digest(connection, group, _keys(group)), now):
            said = to_json(_in_words(union, missing, known.titles, phrases))
            key, about = f"{_keys(group)}{now.date().isoformat()}", {"late": late, "group": group.id}
            yield Letter(key, KIND, group.channel, group.address, said, now, about)


def _unheard(late: Sequence[str], before: SentDigest | None, now: datetime) -> bool:
    """Whether somebody is late who was not named the last time, or not this week; that others have submitted meanwhile
    is no reason to name the rest again."""
    if before is None or new_week(before, now):
        return bool(late)
    return not set(late) <= set(before.facts.get("late", ()))


def _due(connection: Connection, timetable: Timetable, now: datetime) -> Iterator[GroupChat]:
    """The groups in which something may be said now; a union without staff has nobody who answers for it."""
    linked = groups.every(connection)
    chosen, staffed = (preferences.every(connection), officers.staffed(connection)) if linked else ({}, frozenset())
    for group in linked:
        last = preferences.last_digest(connection, group, _keys(group))
        choice = chosen.get(group.officer, DigestChoice())
        if group.union in staffed and wanted(choice, last.at if last else None, timetable, now):
            yield group


def _keys(group: GroupChat) -> str:
    """With what the keys of a group's letters begin; the day follows."""
    return f"group:{group.id}:"


def _missing(known: Snapshot, union: str) -> list[Missing]:
    """What is late below a union; whoever is on leave is not named."""
    below = known.tree.inside((union,)) - {union}
    late = (each for code in below & known.overdue.keys() for each in known.overdue[code] if each.standing != "leave")
    calendar = known.timetable.calendar
    return [(known.tree.unions[each.union], each) for each in late if days_late(each, known.today, calendar) > 0]


def _in_words(union: Union, missing: Sequence[Missing], titles: Mapping[str, str], phrases: Phrases) -> Reply:
    """A list for each report and period; where there is no more room the rest is not counted either."""

    def what(each: Missing) -> tuple[date, str, str]:
        return each[1].period.last, each[1].obligation, each[1].period.code

    lines = [phrases.say("group-missing", union=short(union.name))]
    for _, group in groupby(sorted(missing, key=lambda each: (what(each), each[0].code)), key=what):
        same = list(group)
        owed = same[0][1]
        title = short(titles[owed.obligation], LONGEST_TITLE)
        lines += ["", phrases.say("group-missing-report", title=title, period=period_name(owed.period, phrases))]
        lines += [phrases.say("group-missing-union", union=short(each.name)) for each, _ in same]
    more, foot = phrases.say("group-missing-more"), phrases.say("group-missing-foot")
    room = ROOM - units(more) - units(foot) - 4
    taken = accumulate(units(line) + 1 for line in lines)
    shown = [line for line, used in zip(lines, taken, strict=True) if used <= room]
    rest = [] if len(shown) == len(lines) else [more]
    return Reply("\n".join((*shown, *rest, "", foot)))


def checked(
    connection: Connection, timetable: Timetable, phrases: Phrases, letter: Letter, now: datetime
) -> Letter | str:
    """The letter with those who are still late, or why it is not sent."""
    about: Mapping[str, Any] = letter.about or {}
    group = groups.get(connection, about["group"])
    if group is None or (group.channel, group.address) != (letter.channel, letter.address):
        return "the group was switched off"
    union = unions.get(connection, group.union, now.date())
    if union is None:
        return "the union is closed"
    found = list(_still(connection, timetable, about["late"], now.date()))
    missing = [each for each in found if not isinstance(each, str)]
    if not missing:
        return next(each for each in found if isinstance(each, str))
    if len(missing) == len(found):
        return letter
    titles = {rule.id: rule.title for rule in report_rules.rules(connection)}
    return replace(letter, body=to_json(_in_words(union, missing, titles, phrases)))


def _still(connection: Connection, timetable: Timetable, facts: Sequence[str], today: date) -> Iterator[Missing | str]:
    for fact in facts:
        rule, code, period = fact.split(" ")
        owed = late_now(connection, timetable, (rule, code, period), today)
        if isinstance(owed, str):
            yield owed
        else:
            union = unions.get(connection, code, today)
            assert union is not None
            yield union, owed
