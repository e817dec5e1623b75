"""One turn: what it begins with, what is said in it, and what it leaves behind. Plain functions.

What turns begin with is read, and what they leave is written, by one statement for a whole lot of them.
"""

import traceback
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.channels import Channel
from db import InboxRow, Letter, Officer, answers, conversations, inbox, officers, outbox, retention
from db.conversations import NO_POST, Key, State
from db.store import Connection
from handlers import Attachment, Incoming, Reply, groups, join
from handlers.conversation import Conversation, Doorstep, desk_of, from_json, to_json
from handlers.phrasebook import Phrases
from handlers.replies import to_json as reply_to_json
from handlers.respond import respond
from handlers.timetable import Timetable, with_swapped_days
from knowledge.index import Library


@dataclass(frozen=True)
class Begun:
    """What a turn begins with: a stored update, what it says (`None` for nothing), the posts of who sent it, the one
    they speak for first, and the state of their conversation."""

    row: InboxRow
    incoming: Incoming | None
    posts: tuple[Officer, ...] = ()
    state: State | None = None


@dataclass(frozen=True)
class Left:
    """What a turn leaves behind. `word` is what became of the update: answered, ignored or failed; `outcome` how a
    question about the documents was answered. `forgotten`: of the update nothing is kept but that it came."""

    begun: Begun
    word: str
    replies: tuple[Reply, ...] = ()
    letters: tuple[Letter, ...] = ()
    states: Mapping[Key, State | None] | None = None
    outcome: str = ""
    forgotten: bool = False

    @property
    def number(self) -> int:
        """The number of the update."""
        return self.begun.row.id


def begin(
    connection: Connection,
    channels: Mapping[str, Channel],
    rows: Sequence[tuple[InboxRow, Attachment | None]],
    now: datetime,
) -> list[Begun]:
    """What the turns of these updates begin with, each with the file that was fetched for it; who wrote was heard."""
    said = [(row, _with(channels[row.channel].read(row.payload), file)) for row, file in rows]
    places = {(each.channel, each.address) for _, each in said if each and not each.group}
    posts = officers.posts_at_each(connection, places) if places else {}
    keys = {(*place, posts[place][0].id if place in posts else NO_POST) for place in places}
    states = conversations.load_all(connection, keys) if keys else {}
    officers.heard_all(connection, places, now)
    begun = []
    for row, incoming in said:
        place = (incoming.channel, incoming.address) if incoming else ("", "")
        mine = tuple(posts.get(place, ()))
        begun.append(Begun(row, incoming, mine, states.get((*place, mine[0].id if mine else NO_POST))))
    return begun


def _with(incoming: Incoming | None, file: Attachment | None) -> Incoming | None:
    return replace(incoming, file=file) if incoming and incoming.file and file else incoming


def turn(connection: Connection, begun: Begun, library: Library, timetable: Timetable, now: datetime) -> Left:
    """What is said to who wrote, and to others."""
    incoming = begun.incoming
    if incoming is None:
        return Left(begun, "ignored", forgotten=True)
    channel, address = incoming.channel, incoming.address
    doorstep = Doorstep(now, connection, Phrases("vi"), channel, address)
    if incoming.group:
        # Nothing that is said in a group is kept.
        return Left(begun, "answered", groups.in_group(doorstep, incoming), forgotten=True)
    conversation = from_json(begun.state)
    if begun.posts:
        desk = desk_of(doorstep, begun.posts, library, with_swapped_days(connection, timetable))
        taken, post = respond(desk, conversation, incoming), begun.posts[0].id
    else:
        taken, post = join.respond(doorstep, conversation, incoming), NO_POST
    there = post if taken.post is None else taken.post
    # Of somebody who has not agreed nothing is kept, but what they were asked.
    stranger = there == NO_POST
    state = None if stranger and taken.conversation == Conversation() else to_json(taken.conversation)
    states = {(channel, address, there): state}
    return Left(begun, "answered", taken.replies, taken.letters, states, taken.outcome, forgotten=stranger)


def set_aside(connection: Connection, begun: Begun, error: Exception, now: datetime) -> Left:
    """Keep an update whose turn failed with where it failed; who sent it is told."""
    inbox.set_aside(connection, begun.row.id, now, place_of(error))
    told = begun.incoming is not None and not begun.incoming.group
    return Left(begun, "failed", (Reply(Phrases("vi").say("trouble")),) if told else ())


def kept(
    connection: Connection, lefts: Sequence[Left], now: datetime, leased: Collection[int] | None
) -> dict[int, tuple[Letter, ...]]:
    """Write what turns left: their answers, letters and states, and that they are done.

    With `leased`, the numbers of the answers that this process is sending, their answers are leased to it too: those
    that it is to send are returned, by the numbers of the updates.
    """
    states = {key: state for left in lefts for key, state in (left.states or {}).items()}
    conversations.save_all(connection, {key: state for key, state in states.items() if state is not None}, now)
    for key in (key for key, state in states.items() if state is None):
        conversations.discard(connection, *key)
    replies = [letter for left in lefts for letter in _letters(left, now)]
    sending: dict[int, list[Letter]] = {}
    if leased is None:
        outbox.write(connection, replies, now)
    else:
        for letter in answers.write_leased(connection, replies, now, leased):
            sending.setdefault(letter.answers or 0, []).append(letter)
    letters = [letter for left in lefts for letter in left.letters]
    if letters:
        outbox.write(connection, letters, now)
    retention.empty_updates(connection, [left.number for left in lefts if left.forgotten])
    done = [(left.number, _note(left)) for left in lefts if left.word != "failed"]
    inbox.settle_all(connection, done, now)
    return {number: tuple(found) for number, found in sending.items()}


def _note(left: Left) -> str | None:
    return None if left.begun.incoming else "nothing to answer"


def _letters(left: Left, now: datetime) -> list[Letter]:
    incoming = left.begun.incoming
    if incoming is None:
        return []
    return [letter_of(left.number, str(place), incoming, reply, now) for place, reply in enumerate(left.replies)]


def letter_of(number: int, name: str, incoming: Incoming, reply: Reply, now: datetime) -> Letter:
    """A reply to an update as a letter, which is written once for each `name`."""
    return Letter(
        key=f"reply:{number}:{name}",
        kind="reply",
        channel=incoming.channel,
        address=incoming.address,
        body=reply_to_json(reply),
        due_at=now,
        answers=number,
    )


def place_of(error: Exception) -> str:
    """Where a mistake of ours happened. Its message is left out: it may quote what somebody wrote."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name} ({Path(frame.filename).name}, line {frame.lineno})"
