"""Raw updates as they arrived, each kept once, until their turn was committed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, Update, bindparam, func, select, update

from db import Arrived, InboxRow
from db.store import insert_new
from db.tables import inbox as table

Sender = tuple[str, str]
"""The channel and the address from which somebody writes."""

AT_ONCE = 500
"""So many rows are asked for at a time."""


LONGEST_KEY = 200
"""In characters, as the table has it; an index of a server takes a few thousand bytes at most."""


def _key(key: str) -> str:
    """The key as it is kept: of one that is too long a digest, which no other key has."""
    return key if len(key) <= LONGEST_KEY else f"sha256:{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _row(row: Row[tuple[Any, ...]]) -> InboxRow:
    return InboxRow(row.id, row.channel, row.payload, row.received_at, row.address)


def store(
    connection: Connection, channel: str, key: str, payload: dict[str, Any], now: datetime, address: str | None = None
) -> int | None:
    """Keep an update; `None` when it was kept before (servers repeat themselves)."""
    return store_all(connection, (Arrived(channel, key, payload, address),), now)[0]


def store_all(connection: Connection, arrived: Sequence[Arrived], now: datetime) -> tuple[int | None, ...]:
    """Keep updates in the order in which they are given; for each its number, `None` when it was kept before."""
    arrived = [replace(each, key=_key(each.key)) for each in arrived]
    before = _numbers(connection, arrived)
    fresh: dict[tuple[str, str], Arrived] = {}
    for each in arrived:
        if (each.channel, each.key) not in before:
            fresh.setdefault((each.channel, each.key), each)
    if not fresh:
        return (None,) * len(arrived)
    rows = [
        {"channel": each.channel, "key": each.key, "payload": each.payload, "address": each.address}
        | {"received_at": now, "state": "new"}
        for each in fresh.values()
    ]
    connection.execute(insert_new(table), rows)
    after = _numbers(connection, arrived)
    # Of an update that is given twice only the first is new.
    return tuple(
        after.pop((each.channel, each.key), None) if fresh.get((each.channel, each.key)) is each else None
        for each in arrived
    )


def _numbers(connection: Connection, arrived: Sequence[Arrived]) -> dict[tuple[str, str], int]:
    """The numbers of those that are kept, by channel and key."""
    channels, keys = {each.channel for each in arrived}, {each.key for each in arrived}
    query = select(table.c.id, table.c.channel, table.c.key).where(table.c.channel.in_(channels), table.c.key.in_(keys))
    return {(row.channel, row.key): row.id for row in connection.execute(query)}


def number_of(connection: Connection, channel: str, key: str) -> int | None:
    """The number under which an update is kept."""
    return connection.scalar(select(table.c.id).where(table.c.channel == channel, table.c.key == _key(key)))


def waiting(connection: Connection) -> tuple[InboxRow, ...]:
    """The updates whose turn was not committed yet, oldest first."""
    return tuple(
        _row(row) for row in connection.execute(select(table).where(table.c.state == "new").order_by(table.c.id))
    )


def numbers_waiting(connection: Connection, channels: Collection[str], until: datetime) -> tuple[int, ...]:
    """The numbers of the updates of these channels that came until then and whose turn was not committed yet, oldest
    first."""
    mine = (table.c.state == "new", table.c.channel.in_(channels), table.c.received_at <= until)
    return tuple(connection.scalars(select(table.c.id).where(*mine).order_by(table.c.id)))


def get(connection: Connection, number: int) -> InboxRow | None:
    """The update with this number, whatever became of it."""
    row = connection.execute(select(table).where(table.c.id == number)).one_or_none()
    return _row(row) if row else None


def take(connection: Connection, number: int) -> InboxRow | None:
    """The update, if it still waits for its turn."""
    row = connection.execute(select(table).where(table.c.id == number, table.c.state == "new")).one_or_none()
    return _row(row) if row else None


def take_all(connection: Connection, numbers: Collection[int]) -> dict[int, InboxRow]:
    """Those of these updates that still wait for their turn, by their numbers."""
    return {row.id: _row(row) for row in connection.execute(_waiting(), {"numbers": list(numbers)})}


def first_waiting(
    connection: Connection, senders: Collection[Sender], passed_over: Collection[int] = ()
) -> dict[Sender, int]:
    """The number of the oldest update of each of these senders (channel, address) that waits for its turn, but for
    those that are `passed_over`. An older one than expected was stored by another process, and goes first."""
    query = _oldest().where(table.c.id.not_in(passed_over)) if passed_over else _oldest()
    asked = {"channels": list({channel for channel, _ in senders}), "senders": [address for _, address in senders]}
    return {(row.channel, row.address): row.id for row in connection.execute(query, asked)}


# Built once: these are asked for every lot of turns, and building them would take longer than asking.
@cache
def _waiting() -> Select[tuple[Any, ...]]:
    return select(table).where(table.c.id.in_(bindparam("numbers", expanding=True)), table.c.state == "new")


@cache
def _oldest() -> Select[tuple[str, str, int]]:
    theirs = (
        table.c.channel.in_(bindparam("channels", expanding=True)),
        table.c.address.in_(bindparam("senders", expanding=True)),
    )
    query = select(table.c.channel, table.c.address, func.min(table.c.id).label("id"))
    return query.where(table.c.state == "new", *theirs).group_by(table.c.channel, table.c.address)


@cache
def _settled() -> Update:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("state", "note", "settled_at")}
    return update(table).where(table.c.id == bindparam("number")).values(values)


def settle(connection: Connection, number: int, now: datetime, note: str | None = None) -> None:
    """The turn is done (or there was nothing to do, as `note` says)."""
    settle_all(connection, ((number, note),), now)


def settle_all(connection: Connection, turns: Sequence[tuple[int, str | None]], now: datetime) -> None:
    """The same of several, each with its note."""
    settled = [{"number": n, "new_state": "done", "new_note": note, "new_settled_at": now} for n, note in turns]
    if settled:
        connection.execute(_settled(), settled)


def settle_unanswered(connection: Connection, numbers: Collection[int], now: datetime, note: str) -> tuple[int, ...]:
    """These updates get no turn, and `note` says why; gives the numbers of those that still waited for one."""
    asked = list(numbers)
    found: list[int] = []
    for start in range(0, len(asked), AT_ONCE):
        those = table.c.id.in_(asked[start : start + AT_ONCE]) & (table.c.state == "new")
        found += connection.scalars(select(table.c.id).where(those).order_by(table.c.id))
        connection.execute(update(table).where(those).values(state="done", note=note, settled_at=now))
    return tuple(found)


def set_aside(connection: Connection, number: int, now: datetime, note: str) -> None:
    """The turn failed on a mistake of ours: keep the update with where it happened, and do not try again."""
    values = {"state": "failed", "note": note, "settled_at": now}
    connection.execute(update(table).where(table.c.id == number).values(values))


def count_noted(connection: Connection, note: str) -> int:
    """How many updates were settled with this note."""
    return connection.scalar(select(func.count()).where(table.c.note == note)) or 0


def at_channel(connection: Connection, channel: str) -> tuple[InboxRow, ...]:
    """Everything that came over one channel, oldest first."""
    return tuple(
        _row(row) for row in connection.execute(select(table).where(table.c.channel == channel).order_by(table.c.id))
    )
