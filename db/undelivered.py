"""Letters that were not delivered, as those who run the bot look through them and send them again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select, update

from db import LetterState
from db.retention import NOBODY
from db.tables import outbox as table

NOT_DELIVERED: tuple[LetterState, ...] = ("due", "sending", "dead", "unknown")
AT_ONCE = 500
"""So many letters are asked for at a time."""
MAY_BE_RETRIED: tuple[LetterState, ...] = ("dead", "unknown")


@dataclass(frozen=True)
class Which:
    """Which letters are meant: those in one of these states, and of this channel and reason where these are given."""

    states: Collection[str] = NOT_DELIVERED
    channel: str | None = None
    reason: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same as SQL."""
        asked: list[ColumnElement[bool]] = [table.c.state.in_(self.states)]
        if self.channel is not None:
            asked.append(table.c.channel == self.channel)
        if self.reason is not None:
            asked.append(table.c.reason == self.reason)
        return asked


@dataclass(frozen=True)
class Group:
    """So many letters are in the same state on the same channel for the same reason; `oldest` was written when."""

    channel: str
    state: str
    reason: str | None
    letters: int
    oldest: datetime


@dataclass(frozen=True)
class Undelivered:
    """One letter without what it says: its number, kind, way, state, why, and how often it was tried."""

    id: int
    kind: str
    channel: str
    address: str
    state: str
    reason: str | None
    attempts: int
    created_at: datetime


def groups(connection: Connection, which: Which) -> tuple[Group, ...]:
    """The letters by channel, state and reason, the most numerous first."""
    by = (table.c.channel, table.c.state, table.c.reason)
    query = select(*by, func.count().label("letters"), func.min(table.c.created_at).label("oldest"))
    rows = connection.execute(query.where(*which.conditions()).group_by(*by)).all()
    found = (Group(row.channel, row.state, row.reason, row.letters, row.oldest) for row in rows)
    return tuple(sorted(found, key=lambda group: (-group.letters, group.channel, group.state, group.reason or "")))


def listed(connection: Connection, which: Which) -> tuple[Undelivered, ...]:
    """The letters one by one, the newest first."""
    columns = ("id", "kind", "channel", "address", "state", "reason", "attempts", "created_at")
    query = select(*(table.c[name] for name in columns)).where(*which.conditions())
    rows = connection.execute(query.order_by(table.c.id.desc()))
    return tuple(Undelivered(*row) for row in rows)


def retry(connection: Connection, numbers: Collection[int], now: datetime) -> tuple[tuple[str, str], ...]:
    """Have letters that were given up sent again, from the first attempt on; gives the (channel, address) of each.

    One that may have arrived says so; one that is due, sent or dropped stays as it is.
    """
    again = {"state": "due", "due_at": now, "attempts": 0, "reason": None, "claimed_until": None}
    found: list[tuple[str, str]] = []
    asked = sorted(numbers)
    for start in range(0, len(asked), AT_ONCE):
        those = table.c.id.in_(asked[start : start + AT_ONCE]) & (table.c.address != NOBODY)
        for state in MAY_BE_RETRIED:
            in_state = those & (table.c.state == state)
            doubtful = {"doubtful": True} if state == "unknown" else {}
            kept = update(table).where(in_state).values(again | doubtful).returning(table.c.channel, table.c.address)
            found += ((row.channel, row.address) for row in connection.execute(kept))
    return tuple(found)


def waiting(connection: Connection, until: datetime) -> dict[str, int]:
    """How many letters are to be sent on each channel by that moment."""
    due = (table.c.state.in_(("due", "sending")), table.c.due_at <= until)
    query = select(table.c.channel, func.count().label("letters")).where(*due).group_by(table.c.channel)
    return {row.channel: row.letters for row in connection.execute(query)}
