"""Who has heard something unasked already, and what became of it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from db.tables import addresses, outbox
from scheduler import ZONE


def people_told(connection: Connection, kinds: Collection[str], now: datetime) -> frozenset[int]:
    """The people to whom, at any of their addresses, a letter of these kinds was written on the day of `now` that was
    not dropped since."""
    morning = now.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    query = (
        select(addresses.c.person)
        .join(outbox, (outbox.c.channel == addresses.c.channel) & (outbox.c.address == addresses.c.address))
        .where(outbox.c.kind.in_(kinds), outbox.c.created_at >= morning, outbox.c.state != "dropped")
    )
    return frozenset(connection.scalars(query))


def became(connection: Connection, keys: Collection[str]) -> Mapping[str, tuple[str, str | None]]:
    """What became of the letters with these keys: their state and, where they were not sent, why."""
    query = select(outbox.c.key, outbox.c.state, outbox.c.reason).where(outbox.c.key.in_(keys))
    return {key: (state, reason) for key, state, reason in connection.execute(query)}
