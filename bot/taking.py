"""Stored updates have their turns: several senders' in one transaction, each committed as a whole. Plain functions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.channels import Channel, Update
from bot.clock import Clock
from bot.lines import Arrival, Sender
from bot.metrics import Metrics
from bot.shelf import Shelf
from bot.tracing import traced
from bot.turning import Begun, Left, begin, kept, letter_of, place_of, set_aside, turn
from db import Arrived, InboxRow, Letter, conversations, inbox, officers, outbox, retention
from db.changes import changes
from db.engine import StoreError
from db.nested import nested
from db.store import Connection, Store
from handlers import Attachment, Reply
from handlers.phrasebook import Phrases
from handlers.timetable import Timetable
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
    with tools.store.transaction() as connection, tools.shelf.lent() as library:
        row = inbox.take(connection, number)
        if row is None:
            return
        (begun,) = begin(connection, tools.channels, ((row, file),), tools.clock.now())
        left, _ = _alone(tools, connection, begun, library, None)
        tools.shelf.hear(connection)
    _count(tools, (left,))


def take_lot(
    tools: Tools,
    lot: Sequence[Arrival],
    passed_over: Mapping[int, Collection[int]],
    *,
    lease: bool,
    in_hand: Collection[int] = (),
) -> tuple[Outcome, ...]:
    """The turns of several senders in one transaction. With `lease` what they answer is leased to this process, which
    is to send it, also behind answers of the same chat that it has `in_hand` (their numbers).

    A turn waits for older updates of its sender, but for those that are `passed_over`, by the number of the update.
    Raises `StoreError` when none of them was taken, and what a turn raises: then they are to be taken one by one. One
    that is taken by itself is set aside, see `take`.
    """
    outcomes: dict[int, Outcome] = {}
    counted: list[Left] = []
    files = {each.number: each.file for each in lot}
    leased = frozenset(in_hand) if lease else None
    with tools.store.transaction() as connection, tools.shelf.lent() as library:
        # In the order of the chats, so that two processes never wait for each other.
        waiting = sorted(lot, key=lambda arrival: arrival.sender)
        conversations.hold(connection, {each.sender for each in waiting if each.sender[1]})
        rows = _whose_turn(connection, waiting, passed_over, outcomes)
        while rows:
            begun = begin(connection, tools.channels, [(row, files[row.id]) for row in rows], tools.clock.now())
            if len(lot) == 1:
                left, outcomes[rows[0].id] = _alone(tools, connection, begun[0], library, leased)
                lefts = [left]
            else:
                lefts = _turns(tools, connection, begun, library)
                outcomes |= _kept(tools, connection, lefts, leased)
            counted += lefts
            rows = rows[len(lefts) :]
        tools.shelf.hear(connection)
    _count(tools, counted)
    return tuple(outcomes[each.number] for each in lot)


def _whose_turn(
    connection: Connection,
    lot: Sequence[Arrival],
    passed_over: Mapping[int, Collection[int]],
    outcomes: dict[int, Outcome],
) -> list[InboxRow]:
    """The updates whose turn it is, in the order of the lot. Of the others the outcome is noted: there is nothing to be
    done any more, or an older one of the sender comes first."""
    rows = inbox.take_all(connection, [each.number for each in lot])
    senders = {each.sender for each in lot if each.sender[1]}
    first = inbox.first_waiting(connection, senders, {number for over in passed_over.values() for number in over})
    found = []
    for each in lot:
        # Of what nobody sent, and of what an older version of this program stored, no sender is kept.
        oldest = first.get(each.sender, each.number)
        if oldest < each.number:
            outcomes[each.number] = Outcome(behind=oldest)
        elif each.number in rows:
            found.append(rows[each.number])
        else:
            outcomes[each.number] = Outcome()
    return found


def _turns(tools: Tools, connection: Connection, begun: Sequence[Begun], library: Library) -> list[Left]:
    """The turns of a lot up to the first that changed something: what the others begin with is read anew after it."""
    lefts = []
    before = changes(connection)
    for each in begun:
        with traced(each.row.id):
            lefts.append(_turn(tools, connection, each, library))
        if changes(connection) != before:
            break
    return lefts


def _turn(tools: Tools, connection: Connection, begun: Begun, library: Library) -> Left:
    return turn(connection, begun, library, tools.timetable, tools.clock.now())


def _kept(
    tools: Tools, connection: Connection, lefts: Sequence[Left], leased: Collection[int] | None
) -> dict[int, Outcome]:
    """Keep what turns left; gives what became of each by the number of its update."""
    sending = kept(connection, lefts, tools.clock.now(), leased)
    return {
        left.number: Outcome(
            sending.get(left.number, ()),
            held=bool(left.replies) and left.number not in sending,
            others=bool(left.letters),
        )
        for left in lefts
    }


def _alone(
    tools: Tools, connection: Connection, begun: Begun, library: Library, leased: Collection[int] | None
) -> tuple[Left, Outcome]:
    """One turn, which is undone and set aside where it fails."""
    with traced(begun.row.id):
        try:
            with nested(connection):
                left = _turn(tools, connection, begun, library)
                return left, _kept(tools, connection, (left,), leased)[left.number]
        except StoreError:
            raise
        except Exception as error:
            log.error("turn failed", inbox=begun.row.id, where=place_of(error))
            left = set_aside(connection, begun, error, tools.clock.now())
            return left, _kept(tools, connection, (left,), leased)[left.number]


def _count(tools: Tools, lefts: Iterable[Left]) -> None:
    """Count turns that are committed."""
    if tools.metrics is None:
        return
    now = tools.clock.now()
    for left in lefts:
        with traced(left.number):
            tools.metrics.turn(left.begun.row.channel, left.word, (now - left.begun.row.received_at).total_seconds())
        if left.outcome:
            tools.metrics.answer(left.outcome)


def say_to(tools: Tools, number: int, name: str, phrase: str, **words: str) -> None:
    """Tell who sent a stored update something before its turn, or instead of it; once for each `name`, and never in a
    group."""
    with tools.store.transaction() as connection:
        row = inbox.get(connection, number)
        incoming = tools.channels[row.channel].read(row.payload) if row else None
        if incoming is not None and not incoming.group:
            now = tools.clock.now()
            said = Reply(Phrases("vi").say(phrase, **words))
            outbox.write(connection, [letter_of(number, name, incoming, said, now)], now)


def turn_away(tools: Tools, sender: Sender, numbers: Sequence[int]) -> None:
    """Settle updates that are too many from one sender without a turn. Of officers they stay readable as they came, of
    strangers nothing is kept."""
    now = tools.clock.now()
    with tools.store.transaction() as connection:
        settled = inbox.settle_unanswered(connection, numbers, now, TURNED_AWAY)
        if not officers.posts_at(connection, *sender):
            retention.empty_updates(connection, settled)
    log.warning("updates turned away", channel=sender[0], updates=len(settled))
    if tools.metrics:
        for _ in settled:
            tools.metrics.turn(sender[0], "limited", 0.0)
