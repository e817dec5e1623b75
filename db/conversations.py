"""The state of each conversation: opaque JSON, read anew at every turn. Somebody with two posts has two of them."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, select
from sqlalchemy.dialects.postgresql import Insert

from db.store import insert_or_update
from db.tables import conversations as table
from db.tables import lines

NO_POST = 0
"""The conversation of somebody whom no union has named."""


def hold(connection: Connection, channel: str, address: str) -> None:
    """Keep every other process out of this chat until the transaction ends.

    Call it before anything is read. On PostgreSQL it waits while another one is in the chat, and then raises
    `StoreBusy` in a serializable transaction, which would not see what that one has left: begin again. SQLite needs
    nothing, a transaction has the whole database to itself.
    """
    if connection.dialect.name == "sqlite":
        return
    mine = insert_or_update(lines).values(channel=channel, address=address)
    # A lock alone would let the transaction go on with what was there before it waited; a change does not.
    same = {"address": mine.excluded.address}
    connection.execute(mine.on_conflict_do_update(index_elements=["channel", "address"], set_=same))


def load(connection: Connection, channel: str, address: str, post: int = NO_POST) -> dict[str, Any] | None:
    """The state left by the last turn at this address, speaking for this post."""
    row = connection.execute(_load(), {"in_channel": channel, "at_address": address, "for_post": post}).first()
    return row[0] if row else None


# Built once, as every turn needs them.
@cache
def _load() -> Select[dict[str, Any]]:
    here = (table.c.channel == bindparam("in_channel"), table.c.address == bindparam("at_address"))
    return select(table.c.state).where(*here, table.c.post == bindparam("for_post"))


@cache
def _save() -> Insert:
    kept = insert_or_update(table)
    return kept.on_conflict_do_update(
        index_elements=["channel", "address", "post"],
        set_={"state": kept.excluded.state, "updated_at": kept.excluded.updated_at},
    )


def save(
    connection: Connection, channel: str, address: str, state: dict[str, Any], now: datetime, post: int = NO_POST
) -> None:
    """Keep the state for the next turn."""
    row = {"channel": channel, "address": address, "post": post, "state": state, "updated_at": now}
    connection.execute(_save(), row)


def discard(connection: Connection, channel: str, address: str, post: int) -> None:
    """Forget the state of one conversation."""
    where = (table.c.channel == channel, table.c.address == address, table.c.post == post)
    connection.execute(delete(table).where(*where))
