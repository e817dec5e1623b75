"""One turn: a stored update becomes an answer, a new state and letters, committed together. Plain functions."""

import traceback
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import structlog

from bot.channels import Channel, Update
from bot.clock import Clock
from bot.lines import Arrival, Sender
from bot.metrics import Metrics
from bot.shelf import Shelf
from bot.tracing import traced
from db import Arrived, InboxRow, Letter, conversations, inbox, officers, outbox, retention
from db.engine import StoreError
from db.nested import nested
from db.store import Connection, Store
from handlers import Attachment, Incoming, Reply, groups, join
from handlers.conversation import Conversation, Doorstep, desk_of, from_json, to_json
from handlers.phrasebook import Phrases
from handlers.replies import to_json as reply_to_json
from handlers.respond import respond
from handlers.timetable import Timetable, with_swapped_days
from knowledge.index import Library

log = structlog.get_logger()

TURNED_AWAY = "too many at once"


@dataclass(frozen=True)
class Tools:
    """What a turn works with; put together in `app.py`."""

    store: Store
    shelf: Shelf
    clock: Clock
    channels: Mapping[str, Channel]
    timetable: Timetable
    metrics: Metrics | None = None

    @property
    def library(self) -> Library:
        """The library that answers now."""
        return self.shelf.library


@dataclass(frozen=True)
class Outcome:
    """What became of a turn. `letters` are leased to this process, to be sent at once; `held`: the answers wait
    behind earlier ones, `others` that letters to somebody else were written. `behind` is the number of an older update
    of the same sender, whose turn comes first: then nothing was done."""

    letters: tuple[Letter, ...] = ()
    held: bool = False
    others: bool = False
    behind: int | None = None


def keep(tools: Tools, update: Update) -> int | None:
    """Store a raw update before anything else happens; `None` when it was stored before.

    Raises `StoreError` when it cannot be stored: then the channel must not confirm it to its server.
    """
    return keep_all(tools, (update,))[0]


def keep_all(tools: Tools, updates: Sequence[Update]) -> tuple[int | None, ...]:
    """Store raw updates in one transaction, in their order; see `keep`."""
    arrived = []
    for update in updates:
        incoming = tools.channels[update.channel].read(update.payload)
        arrived.append(Arrived(update.channel, update.key, update.payload, incoming.address if incoming else None))
    # An update that two processes store at once is one row, and its turn is taken once: neither need begin again.
    with tools.store.transaction(isolation="READ COMMITTED") as connection:
        return inbox.store_all(connection, arrived, tools.clock.now())


def arrival_of(tools: Tools, number: int, channel: str, payload: object) -> Arrival:
    """What has to be known of an update before its turn."""
    incoming = tools.channels[channel].read(payload) if isinstance(payload, dict) else None
    return Arrival(number, (channel, incoming.address if incoming else ""), incoming.file if incoming else None)


def arrivals(tools: Tools, numbers: Iterable[int]) -> tuple[Arrival, ...]:
    """The same for stored updates, as far as they still wait for their turn."""
    with tools.store.transaction() as connection:
        rows = [inbox.take(connection, number) for number in numbers]
    return tuple(arrival_of(tools, row.id, row.channel, row.payload) for row in rows if row)


def take(tools: Tools, number: int, file: Attachment | None = None) -> None:
    """The turn of one stored update: answer, new state and letters, committed together. Does nothing if it was done.

    `file` is the file that came with it, as far as it was fetched and read beforehand.

    A turn that fails on our own mistake is set aside with where it happened, and the person is told; a database that
    cannot be used raises `StoreError`, and the update waits.
    """
    with tools.store.transaction() as connection:
        row = inbox.take(connection, number)
        if row is not None:
            incoming = tools.channels[row.channel].read(row.payload)
            with tools.shelf.lent() as library:
                _turn(tools, connection, row, _with(incoming, file), library)
            tools.shelf.hear(connection)


def take_lot(
    tools: Tools, lot: Sequence[Arrival], passed_over: Mapping[int, Collection[int]], *, lease: bool
) -> tuple[Outcome, ...]:
    """The turns of several senders in one transaction; see `take`. With `lease` what they answer is leased to this
    process, which is to send it. Raises `StoreError` when none of them was taken.

    A turn waits for older updates of its sender, but for those that are `passed_over`, by the number of the update.
    """
    outcomes = {}
    with tools.store.transaction() as connection, tools.shelf.lent() as library:
        # In the order of the chats, so that two processes never wait for each other.
        for each in sorted(lot, key=lambda arrival: arrival.sender):
            row = _first(connection, each, passed_over.get(each.number, ()))
            if row is None or row.id != each.number:
                outcomes[each.number] = Outcome(behind=row.id if row else None)
                continue
            with traced(row.id):
                incoming = _with(tools.channels[row.channel].read(row.payload), each.file)
                outcomes[each.number] = _turn(tools, connection, row, incoming, library, lease)
        tools.shelf.hear(connection)
    return tuple(outcomes[each.number] for each in lot)


def _first(connection: Connection, arrival: Arrival, passed_over: Collection[int]) -> InboxRow | None:
    """Whose turn it is in the chat of an arrival, which from now on no other process touches."""
    channel, address = arrival.sender
    if address:
        conversations.hold(connection, channel, address)
        row = inbox.first_of(connection, arrival.number, channel, address, passed_over)
        if row is not None:
            return row
    # Of what nobody sent, and of what an older version of this program stored, no sender is kept.
    return inbox.take(connection, arrival.number)


def _with(incoming: Incoming | None, file: Attachment | None) -> Incoming | None:
    return replace(incoming, file=file) if incoming and incoming.file and file else incoming


def _turn(
    tools: Tools,
    connection: Connection,
    row: InboxRow,
    incoming: Incoming | None,
    library: Library,
    lease: bool = False,
) -> Outcome:
    """Answer an update, or set it aside where that fails."""
    now = tools.clock.now()
    word, outcome = ("answered" if incoming else "ignored"), Outcome()
    try:
        with nested(connection):
            if incoming is None:
                retention.empty_update(connection, row.id)
            else:
                replies, letters = _answer(tools, connection, row.id, incoming, library)
                outcome = _said(connection, row.id, incoming, replies, now, lease)
                outcome = replace(outcome, others=bool(outbox.write(connection, letters, now)))
            inbox.settle(connection, row.id, now, None if incoming else "nothing to answer")
    except StoreError:
        raise
    except Exception as error:
        word, outcome = "failed", _set_aside(connection, row.id, incoming, error, now, lease)
    if tools.metrics:
        tools.metrics.turn(row.channel, word, (now - row.received_at).total_seconds())
    return outcome


def _answer(
    tools: Tools, connection: Connection, number: int, incoming: Incoming, library: Library
) -> tuple[tuple[Reply, ...], tuple[Letter, ...]]:
    """What is said to who wrote, and to others."""
    now, channel, address = tools.clock.now(), incoming.channel, incoming.address
    doorstep = Doorstep(now, connection, Phrases("vi"), channel, address)
    if incoming.group:
        # Nothing that is said in a group is kept.
        retention.empty_update(connection, number)
        return groups.in_group(doorstep, incoming), ()
    posts = officers.posts_at(connection, channel, address)
    post = posts[0].id if posts else conversations.NO_POST
    conversation = from_json(conversations.load(connection, channel, address, post))
    officers.heard(connection, channel, address, now)
    if posts:
        timetable = with_swapped_days(connection, tools.timetable)
        turn = respond(desk_of(doorstep, posts, library, timetable), conversation, incoming)
    else:
        turn = join.respond(doorstep, conversation, incoming)
    if tools.metrics and turn.outcome:
        tools.metrics.answer(turn.outcome)
    there = post if turn.post is None else turn.post
    if there == conversations.NO_POST:
        # Of somebody who has not agreed nothing is kept, but what they were asked.
        retention.empty_update(connection, number)
    if there == conversations.NO_POST and turn.conversation == Conversation():
        conversations.discard(connection, channel, address, there)
    else:
        conversations.save(connection, channel, address, to_json(turn.conversation), now, there)
    return turn.replies, turn.letters


def _said(
    connection: Connection,
    number: int,
    incoming: Incoming,
    replies: Sequence[Reply],
    now: datetime,
    lease: bool,
) -> Outcome:
    """Write the replies to an update."""
    letters = [_reply(number, str(place), incoming, reply, now) for place, reply in enumerate(replies)]
    if lease:
        leased = outbox.write_answers(connection, incoming.channel, incoming.address, letters, now)
        return Outcome(leased, held=len(leased) < len(letters))
    return Outcome(held=bool(outbox.write(connection, letters, now)))


def _reply(number: int, name: str, incoming: Incoming, reply: Reply, now: datetime) -> Letter:
    return Letter(
        key=f"reply:{number}:{name}",
        kind="reply",
        channel=incoming.channel,
        address=incoming.address,
        body=reply_to_json(reply),
        due_at=now,
        answers=number,
    )


def _set_aside(
    connection: Connection, number: int, incoming: Incoming | None, error: Exception, now: datetime, lease: bool
) -> Outcome:
    """Keep an update whose turn failed, and tell who sent it."""
    log.error("turn failed", inbox=number, where=place_of(error))
    inbox.set_aside(connection, number, now, place_of(error))
    if incoming is None or incoming.group:
        return Outcome()
    return _said(connection, number, incoming, (Reply(Phrases("vi").say("trouble")),), now, lease)


def place_of(error: Exception) -> str:
    """Where a mistake of ours happened. Its message is left out: it may quote what somebody wrote."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name} ({Path(frame.filename).name}, line {frame.lineno})"


def say_to(tools: Tools, number: int, name: str, phrase: str, **words: str) -> None:
    """Tell who sent a stored update something before its turn, or instead of it; once for each `name`, and never in a
    group."""
    with tools.store.transaction() as connection:
        row = inbox.get(connection, number)
        incoming = tools.channels[row.channel].read(row.payload) if row else None
        if incoming is not None and not incoming.group:
            now = tools.clock.now()
            said = Reply(Phrases("vi").say(phrase, **words))
            outbox.write(connection, [_reply(number, name, incoming, said, now)], now)


def turn_away(tools: Tools, sender: Sender, numbers: Sequence[int]) -> None:
    """Settle updates that are too many from one sender without a turn. Of officers they stay readable as they came, of
    strangers nothing is kept."""
    now = tools.clock.now()
    with tools.store.transaction() as connection:
        settled = inbox.settle_unanswered(connection, numbers, now, TURNED_AWAY)
        if not officers.posts_at(connection, *sender):
            for number in settled:
                retention.empty_update(connection, number)
    log.warning("updates turned away", channel=sender[0], updates=len(settled))
    if tools.metrics:
        for _ in settled:
            tools.metrics.turn(sender[0], "limited", 0.0)
