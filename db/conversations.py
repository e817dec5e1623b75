"""The state of each conversation: opaque JSON, read anew at every turn."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from db.tables import conversations as table


def load(connection: Connection, channel: str, address: str) -> dict[str, Any] | None:
    """The state left by the last turn at this address."""
    query = select(table.c.state).where(table.c.channel == channel, table.c.address == address)
    return connection.scalar(query)


def save(connection: Connection, channel: str, address: str, state: dict[str, Any], now: datetime) -> None:
    """Keep the state for the next turn."""
    connection.execute(delete(table).where(table.c.channel == channel, table.c.address == address))
    connection.execute(insert(table).values(channel=channel, address=address, state=state, updated_at=now))
