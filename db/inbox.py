"""Raw updates as they arrived, each kept once, until their turn was committed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from db import InboxRow
from db.tables import inbox as table


def _row(row: Row[tuple[Any, ...]]) -> InboxRow:
    return InboxRow(row.id, row.channel, row.payload, row.received_at)


def store(connection: Connection, channel: str, key: str, payload: dict[str, Any], now: datetime) -> int | None:
    """Keep an update; `None` when it was kept before (servers repeat themselves)."""
    if number_of(connection, channel, key) is not None:
        return None
    made = connection.execute(
        insert(table).values(channel=channel, key=key, payload=payload, received_at=now, state="new")
    )
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


def number_of(connection: Connection, channel: str, key: str) -> int | None:
    """The number under which an update is kept."""
    return connection.scalar(select(table.c.id).where(table.c.channel == channel, table.c.key == key))


def waiting(connection: Connection) -> tuple[InboxRow, ...]:
    """The updates whose turn was not committed yet, oldest first."""
    return tuple(
        _row(row) for row in connection.execute(select(table).where(table.c.state == "new").order_by(table.c.id))
    )


def take(connection: Connection, number: int) -> InboxRow | None:
    """The update, if it still waits for its turn."""
    row = connection.execute(select(table).where(table.c.id == number, table.c.state == "new")).one_or_none()
    return _row(row) if row else None


def settle(connection: Connection, number: int, now: datetime, note: str | None = None) -> None:
    """The turn is done (or there was nothing to do, as `note` says)."""
    connection.execute(update(table).where(table.c.id == number).values(state="done", note=note, settled_at=now))


def set_aside(connection: Connection, number: int, now: datetime, note: str) -> None:
    """The turn failed on a mistake of ours: keep the update with where it happened, and do not try again."""
    values = {"state": "failed", "note": note, "settled_at": now}
    connection.execute(update(table).where(table.c.id == number).values(values))


def at_channel(connection: Connection, channel: str) -> tuple[InboxRow, ...]:
    """Everything that came over one channel, oldest first."""
    return tuple(
        _row(row) for row in connection.execute(select(table).where(table.c.channel == channel).order_by(table.c.id))
    )
