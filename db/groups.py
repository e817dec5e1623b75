"""Group chats that staff have linked to their union: offered by a code, open at an address, closed for good."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from db import GroupChat
from db.tables import group_chats as table

OPEN = (table.c.opened_at.is_not(None), table.c.closed_at.is_(None))


def _group(row: Row[tuple[Any, ...]]) -> GroupChat:
    return GroupChat(row.id, row.union, row.officer, row.channel, row.address, row.opened_at)


def offer(connection: Connection, hashed: str, union: str, officer: int, expires_at: datetime) -> None:
    """The code with this hash links a group to `union` until it expires; `officer` is the post that asked for it."""
    connection.execute(insert(table).values(code=hashed, union=union, officer=officer, expires_at=expires_at))


def link(connection: Connection, hashed: str, channel: str, address: str, now: datetime) -> GroupChat | None:
    """Take the code with this hash in the group at `address`, which is this union's alone from now on; `None` where it
    is none, was used, or has expired."""
    still = (table.c.code == hashed, table.c.opened_at.is_(None), table.c.closed_at.is_(None), table.c.expires_at > now)
    number = connection.scalar(select(table.c.id).where(*still))
    if number is None:
        return None
    lose(connection, channel, address, now)
    values = {"channel": channel, "address": address, "opened_at": now}
    connection.execute(update(table).where(table.c.id == number).values(values))
    return get(connection, number)


def get(connection: Connection, number: int) -> GroupChat | None:
    """A group that is open."""
    row = connection.execute(select(table).where(table.c.id == number, *OPEN)).one_or_none()
    return _group(row) if row else None


def at(connection: Connection, channel: str, address: str) -> GroupChat | None:
    """The group that is open at this address."""
    there = (table.c.channel == channel, table.c.address == address)
    row = connection.execute(select(table).where(*there, *OPEN)).one_or_none()
    return _group(row) if row else None


def every(connection: Connection, union: str | None = None) -> tuple[GroupChat, ...]:
    """The groups that are open, of one union where it is named, the oldest first."""
    query = select(table).where(*OPEN).order_by(table.c.id)
    rows = connection.execute(query if union is None else query.where(table.c.union == union))
    return tuple(_group(row) for row in rows)


def close(connection: Connection, number: int, now: datetime) -> None:
    """Nothing more is said in this group."""
    connection.execute(update(table).where(table.c.id == number, *OPEN).values(closed_at=now))


def lose(connection: Connection, channel: str, address: str, now: datetime) -> None:
    """The group at this address cannot be reached any more, or is another union's from now on."""
    there = (table.c.channel == channel, table.c.address == address)
    connection.execute(update(table).where(*there, *OPEN).values(closed_at=now))
