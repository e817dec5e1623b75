"""The state of each conversation: opaque JSON, read anew at every turn. Somebody with two posts has two of them."""

from collections.abc import Collection, Mapping
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


State = dict[str, Any]
Key = tuple[str, str, int]
"""Channel, address and the post that is spoken for."""


def hold(connection: Connection, chats: Collection[tuple[str, str]]) -> None:
    """Keep every other process out of these chats (channel, address) until the transaction ends. They are held in
    their order, so that two processes never wait for each other.

    Call it before anything is read. On PostgreSQL it waits while another one is in the chat, and then raises
    `StoreBusy` in a serializable transaction, which would not see what that one has left: begin again. SQLite needs
    nothing, a transaction has the whole database to itself.
    """
    if connection.dialect.name == "sqlite":
        return
    if chats:
        connection.execute(_held(), [{"channel": channel, "address": address} for channel, address in sorted(chats)])


@cache
def _held() -> Insert:
    mine = insert_or_update(lines)
    # A lock alone would let the transaction go on with what was there before it waited; a change does not.
    return mine.on_conflict_do_update(index_elements=["channel", "address"], set_={"address": mine.excluded.address})


def load(connection: Connection, channel: str, address: str, post: int = NO_POST) -> dict[str, Any] | None:
    """The state left by the last turn at this address, speaking for this post."""
    row = connection.execute(_load(), {"in_channel": channel, "at_address": address, "for_post": post}).first()
    return row[0] if row else None


def load_all(connection: Connection, keys: Collection[Key]) -> dict[Key, State]:
    """The states that the last turns left under these keys, as far as there are some."""
    wanted = set(keys)
    asked = {
        "in_channels": list({channel for channel, _, _ in wanted}),
        "at_addresses": list({address for _, address, _ in wanted}),
        "for_posts": list({post for _, _, post in wanted}),
    }
    rows = connection.execute(_load_all(), asked)
    return {(row.channel, row.address, row.post): row.state for row in rows}


# Built once, as every turn needs them.
@cache
def _load_all() -> Select[tuple[str, str, int, State]]:
    among = (
        table.c.channel.in_(bindparam("in_channels", expanding=True)),
        table.c.address.in_(bindparam("at_addresses", expanding=True)),
        table.c.post.in_(bindparam("for_posts", expanding=True)),
    )
    return select(table.c.channel, table.c.address, table.c.post, table.c.state).where(*among)


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
    save_all(connection, {(channel, address, post): state}, now)


def save_all(connection: Connection, states: Mapping[Key, State], now: datetime) -> None:
    """Keep several states for the next turns."""
    rows = [
        {"channel": channel, "address": address, "post": post, "state": state, "updated_at": now}
        for (channel, address, post), state in states.items()
    ]
    if rows:
        connection.execute(_save(), rows)


def discard(connection: Connection, channel: str, address: str, post: int) -> None:
    """Forget the state of one conversation."""
    where = (table.c.channel == channel, table.c.address == address, table.c.post == post)
    connection.execute(delete(table).where(*where))
