"""The state of each conversation: opaque JSON, read anew at every turn. Somebody with two posts has two of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from db.tables import conversations as table

NO_POST = 0
"""The conversation of somebody whom no union has named."""


def load(connection: Connection, channel: str, address: str, post: int = NO_POST) -> dict[str, Any] | None:
    """The state left by the last turn at this address, speaking for this post."""
    query = select(table.c.state).where(table.c.channel == channel, table.c.address == address, table.c.post == post)
    return connection.scalar(query)


def save(
    connection: Connection, channel: str, address: str, state: dict[str, Any], now: datetime, post: int = NO_POST
) -> None:
    """Keep the state for the next turn."""
    discard(connection, channel, address, post)
    connection.execute(insert(table).values(channel=channel, address=address, post=post, state=state, updated_at=now))


def discard(connection: Connection, channel: str, address: str, post: int) -> None:
    """Forget the state of one conversation."""
    where = (table.c.channel == channel, table.c.address == address, table.c.post == post)
    connection.execute(delete(table).where(*where))
