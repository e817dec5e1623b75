"""The digest of the staff: written at rings when they chose and something is new, and shown whenever they ask."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from db import DigestChoice, Letter, Officer, SentDigest, audit, officers, outbox, preferences
from db.store import Connection
from handlers import Choice, Reply, digest_pages
from handlers.conversation import Conversation, Desk, Turn
from handlers.digest_pages import PICKED, branch_page, digest_of, list_page, pick_page, rolled_up
from handlers.digest_sheet import sheet
from handlers.digest_state import Late, Snapshot, look, state_of
from handlers.digest_times import HOURS, has_news, wanted
from handlers.ended import ended
from handlers.exempting_pages import mark
from handlers.nudging import nudge
from handlers.phrasebook import Phrases
from handlers.replies import letter
from handlers.rollup import has_levels
from handlers.timetable import Timetable
from knowledge import Union

SUBJECT = digest_pages.SUBJECT
KIND = "digest"

FIRST = timedelta(days=1)
"""How far back a first digest tells what has come."""

EVERY = ("daily", "weekly")
NUMBER = re.compile(r"[0-9]{1,4}")


def letters(known: Snapshot, phrases: Phrases, told: Collection[int] = ()) -> Mapping[int, Letter]:
    """The digests to write at this ring by person: at most one a day, only when something changed or in a new week.

    Nobody who was `told` something today hears more.
    """
    now, written = known.view.now, dict[int, Letter]()
    for post, last in _due(known.view.connection, known.timetable, now):
        if post.person in written or post.person in told or post.union not in known.concerned:
            continue
        union = known.tree.unions.get(post.union)
        if union is None:
            continue
        since = last.at if last else now - FIRST
        state = state_of(known, union.code, since)
        if has_news(state, last, now):
            reply, key = digest_of(known, union, state, since, phrases), f"{_keys(post)}{now.date().isoformat()}"
            about = {**state.facts(), "post": post.id, "since": since.isoformat(), "at": now.isoformat()}
            written[post.person] = letter(post, key, KIND, reply, now, about)
    return written


def _due(connection: Connection, timetable: Timetable, now: datetime) -> Iterator[tuple[Officer, SentDigest | None]]:
    """The staff who may get a digest now, each with the last one they got."""
    chosen, today = preferences.every(connection), outbox.told_on(connection, KIND, now)
    posts = [
        post
        for post in officers.all_staff(connection)
        if post.reachable
        and (post.channel, post.address) not in today
        and wanted(chosen.get(post.id, DigestChoice()), None, timetable, now)
    ]
    lasts = preferences.last_digests(connection) if posts else {}
    for post in posts:
        last = lasts.get(post.id)
        if wanted(chosen.get(post.id, DigestChoice()), last.at if last else None, timetable, now):
            yield post, last


def _keys(post: Officer) -> str:
    """With what the keys of a post's digests begin; the day follows."""
    return f"digest:{post.id}:"


def on_request(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """Staff ask how their unions stand."""
    if desk.officer.role == "officer":
        return _said(desk, conversation, "digest-not-staff")
    if over := ended(desk):
        return Turn((over,), conversation)
    known, since = look(desk.connection, desk.timetable, desk.now), _since(desk)
    reply = digest_of(known, desk.union, state_of(known, desk.union.code, since), since, desk.phrases)
    change = Choice("menu:bantin", desk.phrases.say("digest-button-settings"))
    return Turn((replace(reply, choices=(*reply.choices, change)),), conversation)


def _since(desk: Desk) -> datetime:
    """The moment since which news is counted: that of the last digest."""
    last = preferences.last_digest(desk.connection, desk.officer, _keys(desk.officer))
    return last.at if last else desk.now - FIRST


def settings(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """`/bantin`: how often and from which hour on the digest comes, to be changed by a tap."""
    return Turn((_settings(desk),), conversation)


def _settings(desk: Desk) -> Reply:
    choice = preferences.every(desk.connection).get(desk.officer.id, DigestChoice())
    text = desk.phrases.say("bantin-settings", every=choice.every, hour=choice.hour)
    often = [Choice(f"{SUBJECT}:every:{each}", desk.phrases.say(f"bantin-{each}")) for each in EVERY]
    hours = [Choice(f"{SUBJECT}:hour:{hour}", desk.phrases.say("bantin-hour", hour=hour)) for hour in HOURS]
    group = Choice("menu:nhom", desk.phrases.say("menu-nhom"))
    return Reply(text, (*often, *hours, group))


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A button of a digest; whatever is not of the subtree, or not late any more, is an old button."""
    if action in ("every", "hour"):
        return _chose(desk, conversation, action, words)
    step = STEPS.get(action)
    known = look(desk.connection, desk.timetable, desk.now) if step else None
    turn = step(desk, conversation, known, words) if step and known else None
    return turn or _said(desk, conversation, "old-button")


def _chose(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    before = preferences.every(desk.connection).get(desk.officer.id, DigestChoice())
    word = words[0] if words else ""
    if action == "every" and word in EVERY:
        choice = DigestChoice("weekly" if word == "weekly" else "daily", before.hour)
    elif action == "hour" and word in map(str, HOURS):
        choice = DigestChoice(before.every, int(word))
    else:
        return _said(desk, conversation, "old-button")
    preferences.choose(desk.connection, desk.officer.id, choice)
    audit.note(desk.connection, desk.officer.id, "digest-chosen", desk.union.code, asdict(choice), desk.now)
    shown = _settings(desk)
    text = f"{desk.phrases.say('bantin-saved')}\n{shown.text}"
    return Turn((replace(shown, text=text),), conversation)


def _said(desk: Desk, conversation: Conversation, phrase: str) -> Turn:
    return Turn((Reply(desk.phrases.say(phrase)),), conversation)


def _scope(desk: Desk, known: Snapshot, sign: str) -> Union | None:
    """The union whose part is meant by a sign: the reader's own where there is none; `None` for one outside."""
    if not sign:
        return known.tree.unions.get(desk.union.code)
    inside = known.tree.inside((desk.union.code,))
    found = [code for code in inside if mark(code) == sign]
    return known.tree.unions[found[0]] if len(found) == 1 else None


def _of(desk: Desk, conversation: Conversation, known: Snapshot, words: tuple[str, ...]) -> Turn | None:
    """One branch by name."""
    branch = _scope(desk, known, words[0]) if words else None
    if branch is None:
        return None
    return Turn((branch_page(known, desk.union.code, branch, _since(desk), desk.phrases),), conversation)


def _list(desk: Desk, conversation: Conversation, known: Snapshot, words: tuple[str, ...]) -> Turn | None:
    page, sign = (*words, "", "")[:2]
    scope = _scope(desk, known, sign)
    if scope is None or not NUMBER.fullmatch(page):
        return None
    state = state_of(known, desk.union.code, _since(desk), scope.code)
    return Turn((list_page(known, state, int(page), sign, desk.phrases),), conversation)


def _pick(desk: Desk, conversation: Conversation, known: Snapshot, words: tuple[str, ...]) -> Turn | None:
    mode, page, sign = (*words, "", "", "")[:3]
    scope = _scope(desk, known, sign)
    if scope is None or mode not in PICKED or not NUMBER.fullmatch(page):
        return None
    state = state_of(known, desk.union.code, _since(desk), scope.code)
    return Turn((pick_page(state, mode, int(page), sign, desk.phrases),), conversation)


def _sheet(desk: Desk, conversation: Conversation, known: Snapshot, words: tuple[str, ...]) -> Turn | None:
    scope = _scope(desk, known, words[0] if words else "")
    if scope is None:
        return None
    state = state_of(known, desk.union.code, _since(desk), scope.code)
    found = rolled_up(known, scope, state) if has_levels(known, scope.code) else None
    file = sheet(scope, known, state, found, desk.phrases)
    return Turn(
        (Reply(desk.phrases.say("digest-sheet-sent", union=scope.name, day=desk.today), file=file),), conversation
    )


def _one(desk: Desk, conversation: Conversation, known: Snapshot, words: tuple[str, ...]) -> Turn | None:
    """Remind one union of one report."""
    return _nudged(desk, conversation, known, lambda each: (mark(each.union.code), *_report(each)) == words)


def _all(desk: Desk, conversation: Conversation, known: Snapshot, words: tuple[str, ...]) -> Turn | None:
    """Remind all who are late with one report, in one branch where its sign is given."""
    scope = _scope(desk, known, words[2] if len(words) > 2 else "")
    if scope is None:
        return None
    inside = known.tree.inside((scope.code,))
    return _nudged(desk, conversation, known, lambda each: each.union.code in inside and _report(each) == words[:2])


def _report(late: Late) -> tuple[str, str]:
    return late.owed.obligation, late.owed.period.code


def _nudged(desk: Desk, conversation: Conversation, known: Snapshot, meant: Callable[[Late], bool]) -> Turn | None:
    chosen = [each for each in state_of(known, desk.union.code, desk.now).late if meant(each)]
    if not chosen:
        return None
    reply, letters = nudge(desk, known, chosen)
    return Turn((reply,), conversation, letters)


STEPS: dict[str, Callable[[Desk, Conversation, Snapshot, tuple[str, ...]], Turn | None]] = {
    "of": _of,
    "list": _list,
    "pick": _pick,
    "sheet": _sheet,
    "nudge": _one,
    "all": _all,
}
