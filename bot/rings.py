"""When the clock of the office rang last, whichever of its processes holds it."""

from datetime import datetime

from db import notes
from db.store import Connection

LAST_RING = "last ring"
"""The note that holds the moment."""
RING_MINUTES = 5


def planned_before(now: datetime) -> datetime:
    """The last moment at or before `now` for which a ring is planned."""
    return now.replace(minute=now.minute // RING_MINUTES * RING_MINUTES, second=0, microsecond=0)


def rang(connection: Connection, now: datetime) -> None:
    """Note that a ring was finished."""
    notes.write(connection, LAST_RING, now.isoformat())


def last_ring(connection: Connection) -> datetime | None:
    """The moment of the last finished ring; `None` where this office never rang."""
    noted = notes.read(connection, LAST_RING)
    return datetime.fromisoformat(noted) if noted else None
