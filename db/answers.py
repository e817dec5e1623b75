"""Answers on their way into the outbox: leased to the process that wrote them, which sends them at once."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Select, bindparam, insert, or_, select
from sqlalchemy.sql.dml import ReturningInsert

from db import Letter
from db.outbox import LEASE, OPEN, row_of
from db.tables import outbox as table


def write_leased(
    connection: Connection, answers: Sequence[Letter], now: datetime, in_hand: Collection[int] = ()
) -> tuple[Letter, ...]:
    """Add the answers of some turns and lease to the caller those that can be sent now, which are returned in their
    order; the others wait as everything that `outbox.write` adds.

    An answer waits behind an earlier one of its chat that was not sent yet, unless the caller has that one `in_hand`
    (its number), and sends the answers of a chat one after the other.
    """
    if not answers:
        return ()
    chats = {(letter.channel, letter.address) for letter in answers}
    held = _held_up(connection, chats, in_hand)
    leased = {"state": "sending", "attempts": 1, "claimed_until": now + LEASE}
    waiting = {"claimed_until": None}
    rows = [
        row_of(letter, now) | (waiting if (letter.channel, letter.address) in held else leased) for letter in answers
    ]
    numbers = {row.key: row.id for row in connection.execute(_added(), rows)}
    return tuple(
        replace(letter, id=numbers[letter.key], state="sending", attempts=1, claimed_until=now + LEASE)
        for letter in answers
        if (letter.channel, letter.address) not in held
    )


def _held_up(
    connection: Connection, chats: Collection[tuple[str, str]], in_hand: Collection[int]
) -> set[tuple[str, str]]:
    """The chats in which something is to be sent first that the caller has not in hand."""
    asked = {"channels": list({channel for channel, _ in chats}), "addresses": [address for _, address in chats]}
    ahead = connection.execute(_ahead(), asked)
    return {(row.channel, row.address) for row in ahead if row.id not in in_hand}


@cache
def _ahead() -> Select[tuple[int, str, str]]:
    """What answers of a chat wait behind. Built once, as the next."""
    here = (
        table.c.channel.in_(bindparam("channels", expanding=True)),
        table.c.address.in_(bindparam("addresses", expanding=True)),
    )
    ahead = or_(table.c.state == "sending", (table.c.state == "due") & table.c.answers.is_not(None))
    return select(table.c.id, table.c.channel, table.c.address).where(*here, table.c.state.in_(OPEN), ahead)


@cache
def _added() -> ReturningInsert[tuple[int, str]]:
    return insert(table).returning(table.c.id, table.c.key)
