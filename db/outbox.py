"""Everything the bot says, from the moment it is written until it is settled."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Row,
    Select,
    Update,
    bindparam,
    func,
    select,
    update,
)

from db import Letter, bulk
from db.bulk import JsonText
from db.leases import WRONG_CLOCK
from db.store import begins_with
from db.tables import outbox as table
from scheduler import ZONE

LEASE = timedelta(seconds=45)
"""So long a letter is kept for the process that claimed it, which renews that while it lives; then another one may
claim it."""

OPEN = ("due", "sending")

OWN = ("key", "kind", "channel", "address", "body", "about", "answers", "due_at")
"""What a letter has of its own when it is written."""

NEW: Mapping[str, Any] = {"state": "due", "attempts": 0, "message_ids": [], "doubtful": False}
"""What all new ones have in common."""

LetterRow = tuple[str, str, str, str, dict[str, Any] | JsonText, dict[str, Any] | JsonText | None, int | None, datetime]
"""Its values."""


Keyed = TypeVar("Keyed", Letter, "Ready")


def row(letter: Letter) -> LetterRow:
    """What a letter has of its own."""
    return _own(letter)


_own: Callable[[Letter], LetterRow] = attrgetter(*OWN)


def _letter(row: Row[tuple[Any, ...]]) -> Letter:
    return Letter(
        key=row.key,
        kind=row.kind,
        channel=row.channel,
        address=row.address,
        body=row.body,
        due_at=row.due_at,
        about=row.about,
        answers=row.answers,
        id=row.id,
        state=row.state,
        attempts=row.attempts,
        reason=row.reason,
        sent_at=row.sent_at,
        message_ids=tuple(row.message_ids or ()),
        doubtful=row.doubtful,
        claimed_until=row.claimed_until,
    )


class Ready(Protocol):
    """Something that can be kept as a letter, though none was made of it."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def row(self) -> LetterRow:
        """What `row` would give; `body` and `about` may be JSON."""


def write(connection: Connection, letters: Iterable[Letter], now: datetime) -> tuple[str, ...]:
    """Add the letters whose key is new; returns those keys. A letter is never written twice."""
    return _write(connection, letters, row, now)


def write_ready(connection: Connection, letters: Iterable[Ready], now: datetime) -> tuple[str, ...]:
    """The same of letters that were never made as such."""
    return _write(connection, letters, attrgetter("row"), now)


def _write(
    connection: Connection, letters: Iterable[Keyed], row_of: Callable[[Keyed], LetterRow], now: datetime
) -> tuple[str, ...]:
    by_key: dict[str, Keyed] = {}
    for each in letters:
        by_key.setdefault(each.key, each)
    for key in bulk.among(connection, table.c.key, by_key.keys()) if by_key else ():
        del by_key[key]
    bulk.add(connection, table, OWN, map(row_of, by_key.values()), {**NEW, "created_at": now})
    return tuple(by_key)


# Built once: settling is done at every turn.
@cache
def _sent() -> Update:
    values: dict[str, Any] = {"state": "sent", "claimed_until": None} | {
        name: bindparam(f"new_{name}") for name in ("sent_at", "message_ids")
    }
    return update(table).where(table.c.id == bindparam("number")).values(values)


def row_of(letter: Letter, now: datetime) -> dict[str, Any]:
    """A letter that is due, as a row."""
    return {**dict(zip(OWN, row(letter), strict=True)), **NEW, "created_at": now}


def claim(
    connection: Connection, now: datetime, most: int, *, channels: frozenset[str], answers: bool | None = None
) -> tuple[Letter, ...]:
    """Take up to `most` letters of these channels that are due, answers to people first, and lease them to the caller.

    `answers`: only answers, or none of them (what is said unasked). `attempts` of what is handed out counts this
    attempt too. A letter waits for the earlier ones of its chat (answers for answers, unprompted ones for unprompted
    ones), so that the order is kept also when one has to be tried again. On PostgreSQL letters that another process is
    claiming at this moment are passed over.
    """
    taken: dict[tuple[str, str], Letter] = {}
    asked = {"now": now, "longest": now + LEASE + WRONG_CLOCK, "channels": list(channels), "most": most * 2}
    # One after the other: each is found by its index and in its order, however long the wave is.
    for answer in (True, False) if answers is None else (answers,):
        for left in (True, False):
            if len(taken) < most:
                for row in connection.execute(_first(left, answer), asked):
                    if len(taken) < most:
                        taken.setdefault((row.channel, row.address), _letter(row))
    if taken:
        ids = [letter.id for letter in taken.values()]
        connection.execute(_leased(), {"numbers": ids, "new_claimed_until": now + LEASE})
    return tuple(
        replace(letter, state="sending", attempts=letter.attempts + 1, claimed_until=now + LEASE)
        for letter in taken.values()
    )


@cache
def _leased() -> Update:
    values: dict[str, Any] = {
        "state": "sending",
        "claimed_until": bindparam("new_claimed_until"),
        "attempts": table.c.attempts + 1,
    }
    return update(table).where(table.c.id.in_(bindparam("numbers", expanding=True))).values(values)


@cache
def _first(left: bool, answers: bool) -> Select[tuple[Any, ...]]:
    """The letters that nothing holds up, in the order in which they are to be sent: answers or others, those that are
    due or those that were `left` by a process that had claimed them."""
    now = bindparam("now", type_=table.c.due_at.type)
    due = (table.c.state == "due") & (table.c.due_at <= now)
    begun = (table.c.state == "sending") & ~_leased_to_somebody(table, now)
    sort = table.c.answers.is_not(None) if answers else table.c.answers.is_(None)
    channels = table.c.channel.in_(bindparam("channels", expanding=True))
    free = select(table).where(begun if left else due, sort, channels, ~_earlier(now).exists())
    ordered = free.order_by(table.c.due_at, table.c.id).limit(bindparam("most", type_=Integer))
    return ordered.with_for_update(skip_locked=True, of=table)


def _leased_to_somebody(letters: FromClause, now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether the process that claimed a letter may still send it; one that claimed it by a clock far ahead, which was
    set right since, may not."""
    longest = bindparam("longest", type_=table.c.due_at.type)
    return (letters.c.claimed_until > now) & (letters.c.claimed_until <= longest)


def _earlier(now: ColumnElement[datetime]) -> Select[tuple[int]]:
    """What holds a letter up: an earlier one of the same sort in the same chat, or one that is being sent."""
    other = table.alias("other")
    first = (other.c.id < table.c.id) & (other.c.answers.is_(None) == table.c.answers.is_(None))
    under_way = (other.c.state == "sending") & _leased_to_somebody(other, now) & (other.c.id != table.c.id)
    return select(other.c.id).where(
        other.c.channel == table.c.channel,
        other.c.address == table.c.address,
        other.c.state.in_(OPEN),
        under_way | first,
    )


def undelivered(connection: Connection) -> frozenset[tuple[str, str]]:
    """The (channel, address) pairs whose newest letter was given up."""
    newest = (
        select(func.max(table.c.id))
        .where(table.c.state.in_(("sent", "dead")))
        .group_by(table.c.channel, table.c.address)
    )
    query = select(table.c.channel, table.c.address).where(table.c.id.in_(newest), table.c.state == "dead")
    return frozenset((row.channel, row.address) for row in connection.execute(query))


def renew(connection: Connection, letter: Letter, now: datetime) -> bool:
    """Lease a claimed letter for longer; false when the lease ended meanwhile and another process took the letter."""
    mine = {"number": letter.id, "attempt": letter.attempts, "new_claimed_until": now + LEASE}
    return connection.execute(_renewed(), mine).rowcount == 1


@cache
def _renewed() -> Update:
    mine = (table.c.id == bindparam("number"), table.c.attempts == bindparam("attempt"))
    values: dict[str, Any] = {"claimed_until": bindparam("new_claimed_until")}
    return update(table).where(table.c.state == "sending", *mine).values(values)


def settle(connection: Connection, number: int, now: datetime, message_ids: list[str]) -> None:
    """The letter was sent."""
    settle_all(connection, ((number, now, message_ids),))


def settle_all(connection: Connection, sent: Sequence[tuple[int, datetime, list[str]]]) -> None:
    """These letters were sent: the number of each, when, and the ids that its messages have there."""
    rows = [{"number": number, "new_sent_at": at, "new_message_ids": ids} for number, at, ids in sent]
    if rows:
        connection.execute(_sent(), rows)


def progress(connection: Connection, number: int, message_ids: list[str]) -> None:
    """Part of a long letter was sent: a later attempt goes on after it."""
    connection.execute(update(table).where(table.c.id == number).values(message_ids=message_ids))


def drop(connection: Connection, number: int, reason: str) -> None:
    """The letter is no longer wanted, and `reason` says why."""
    _close(connection, number, {"state": "dropped", "reason": reason})


def repeat(connection: Connection, number: int, due_at: datetime, reason: str) -> None:
    """The letter may have arrived: at `due_at` it is sent once more, and says so."""
    _close(connection, number, {"state": "due", "due_at": due_at, "reason": reason, "doubtful": True})


def said_since(connection: Connection, letter: Letter) -> bool:
    """Whether anything was written to the same chat after this letter."""
    here = (table.c.channel == letter.channel, table.c.address == letter.address, table.c.id > letter.id)
    return connection.scalar(select(table.c.id).where(*here).limit(1)) is not None


def later(connection: Connection, number: int, due_at: datetime, reason: str) -> None:
    """The send failed in a way that may pass: try again at `due_at`."""
    _close(connection, number, {"state": "due", "due_at": due_at, "reason": reason})


def give_back(connection: Connection, number: int, due_at: datetime) -> None:
    """The letter was claimed and not tried: it waits until `due_at`, and this was no attempt."""
    _close(connection, number, {"state": "due", "due_at": due_at, "attempts": table.c.attempts - 1})


def bury(connection: Connection, number: int, reason: str, *, unknown: bool = False) -> None:
    """Give the letter up (or leave it as *unknown*: it may have arrived); staff see it with the reason."""
    _close(connection, number, {"state": "unknown" if unknown else "dead", "reason": reason})


def _close(connection: Connection, number: int, values: dict[str, Any]) -> None:
    connection.execute(update(table).where(table.c.id == number).values(claimed_until=None, **values))


def find(connection: Connection, number: int) -> Letter | None:
    """The letter with this number."""
    row = connection.execute(select(table).where(table.c.id == number)).first()
    return _letter(row) if row else None


def answers_to(connection: Connection, inbox_id: int) -> tuple[Letter, ...]:
    """What was written in answer to one update."""
    return _read(connection, select(table).where(table.c.answers == inbox_id).order_by(table.c.id))


def at_address(connection: Connection, channel: str, address: str) -> tuple[Letter, ...]:
    """Everything written to one address, oldest first."""
    query = select(table).where(table.c.channel == channel, table.c.address == address)
    return _read(connection, query.order_by(table.c.id))


def told_on(connection: Connection, kind: str, now: datetime) -> frozenset[tuple[str, str]]:
    """The (channel, address) pairs to which a letter of this kind was written on the day of `now`."""
    morning = now.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    query = select(table.c.channel, table.c.address).where(table.c.kind == kind, table.c.created_at >= morning)
    return frozenset((row.channel, row.address) for row in connection.execute(query))


def latest(connection: Connection, prefix: str) -> Letter | None:
    """The newest letter whose key begins with `prefix`."""
    query = select(table).where(begins_with(table.c.key, prefix)).order_by(table.c.id.desc())
    row = connection.execute(query.limit(1)).first()
    return _letter(row) if row else None


def _read(connection: Connection, query: Select[Any]) -> tuple[Letter, ...]:
    return tuple(_letter(row) for row in connection.execute(query))
