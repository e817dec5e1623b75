"""Everything the bot says, from the moment it is written until it is settled."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, or_, select, update

from db import Letter
from db.tables import outbox as table
from scheduler import ZONE

AT_ONCE = 500
"""So many keys are looked up at a time."""

LEASE = timedelta(minutes=2)
"""How long a process may take over one send; afterwards another one may claim the letter."""


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
    )


def write(connection: Connection, letters: Iterable[Letter], now: datetime) -> tuple[str, ...]:
    """Add the letters whose key is new; returns those keys. A letter is never written twice."""
    by_key: dict[str, Letter] = {}
    for letter in letters:
        by_key.setdefault(letter.key, letter)
    keys = list(by_key)
    for start in range(0, len(keys), AT_ONCE):
        asked = table.c.key.in_(keys[start : start + AT_ONCE])
        for key in connection.scalars(select(table.c.key).where(asked)):
            del by_key[key]
    if by_key:
        connection.execute(insert(table), [_row(letter, now) for letter in by_key.values()])
    return tuple(by_key)


def _row(letter: Letter, now: datetime) -> dict[str, Any]:
    """A letter that is due, as a row."""
    return {
        "key": letter.key,
        "kind": letter.kind,
        "channel": letter.channel,
        "address": letter.address,
        "body": letter.body,
        "about": letter.about,
        "answers": letter.answers,
        "created_at": now,
        "due_at": letter.due_at,
        "state": "due",
        "attempts": 0,
        "message_ids": [],
    }


def claim(connection: Connection, now: datetime, most: int, *, channels: frozenset[str]) -> tuple[Letter, ...]:
    """Take up to `most` letters of these channels that are due, answers to people first, and lease them to the caller.

    `attempts` of what is handed out counts this attempt too. A letter waits for the earlier ones of its chat (answers
    for answers, unprompted ones for unprompted ones), so that the order is kept also when one has to be tried again.
    """
    due = (
        select(table)
        .where(
            or_(table.c.state == "due", (table.c.state == "sending") & (table.c.claimed_until <= now)),
            table.c.due_at <= now,
            table.c.channel.in_(channels),
            ~_earlier(now).exists(),
        )
        .order_by(table.c.answers.is_(None), table.c.due_at, table.c.id)
    )
    taken: dict[tuple[str, str], Letter] = {}
    for row in connection.execute(due.limit(most * 2)):
        taken.setdefault((row.channel, row.address), _letter(row))
        if len(taken) == most:
            break
    ids = [letter.id for letter in taken.values()]
    connection.execute(
        update(table)
        .where(table.c.id.in_(ids))
        .values(state="sending", claimed_until=now + LEASE, attempts=table.c.attempts + 1)
    )
    return tuple(replace(letter, attempts=letter.attempts + 1) for letter in taken.values())


def _earlier(now: datetime) -> Select[tuple[int]]:
    """What holds a letter up: an earlier one of the same sort in the same chat, or one that is being sent."""
    other = table.alias("other")
    first = (other.c.id < table.c.id) & (other.c.answers.is_(None) == table.c.answers.is_(None))
    under_way = (other.c.state == "sending") & (other.c.claimed_until > now) & (other.c.id != table.c.id)
    return select(other.c.id).where(
        other.c.channel == table.c.channel,
        other.c.address == table.c.address,
        under_way | (first & other.c.state.in_(("due", "sending"))),
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
    mine = (table.c.id == letter.id, table.c.state == "sending", table.c.attempts == letter.attempts)
    return connection.execute(update(table).where(*mine).values(claimed_until=now + LEASE)).rowcount == 1


def settle(connection: Connection, number: int, now: datetime, message_ids: list[str]) -> None:
    """The letter was sent."""
    _close(connection, number, {"state": "sent", "sent_at": now, "message_ids": message_ids})


def progress(connection: Connection, number: int, message_ids: list[str]) -> None:
    """Part of a long letter was sent: a later attempt goes on after it."""
    connection.execute(update(table).where(table.c.id == number).values(message_ids=message_ids))


def drop(connection: Connection, number: int, reason: str) -> None:
    """The letter is no longer wanted, and `reason` says why."""
    _close(connection, number, {"state": "dropped", "reason": reason})


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
    query = select(table).where(table.c.key.startswith(prefix, autoescape=True)).order_by(table.c.id.desc())
    row = connection.execute(query.limit(1)).first()
    return _letter(row) if row else None


def _read(connection: Connection, query: Select[Any]) -> tuple[Letter, ...]:
    return tuple(_letter(row) for row in connection.execute(query))
