"""What one process does for all, such as ringing: whoever holds its lease does it, until that runs out."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_

from db.store import insert_or_update
from db.tables import leases as table

WRONG_CLOCK = timedelta(hours=1)
"""A lease that lasts so much longer than anybody may take one was taken while the machine's clock was wrong."""


def take(connection: Connection, name: str, holder: str, now: datetime, seconds: float) -> bool:
    """Take the lease, or hold it for longer, until so many seconds after `now`; false while another one holds it.

    `holder` names one process and no other. Whoever takes it when it has run out is the only one to get it. One that
    was taken by a clock far ahead, which has been set right since, has run out too.
    """
    asked = insert_or_update(table).values(name=name, holder=holder, until=now + timedelta(seconds=seconds))
    longest = now + timedelta(seconds=seconds) + WRONG_CLOCK
    free = or_(table.c.holder == holder, table.c.until <= now, table.c.until > longest)
    kept = {"holder": asked.excluded.holder, "until": asked.excluded.until}
    took = asked.on_conflict_do_update(index_elements=["name"], set_=kept, where=free).returning(table.c.name)
    return connection.scalar(took) is not None


def give_back(connection: Connection, name: str, holder: str) -> None:
    """Another process may take the lease at once; nothing happens where `holder` does not hold it any more."""
    connection.execute(delete(table).where(table.c.name == name, table.c.holder == holder))
