"""Once a day: the words of messages that are old enough are forgotten, and those of people who hold no post here."""

from datetime import datetime, timedelta

from db import notes, officers, retention
from db.store import Connection
from handlers.personal import BLANK, forget
from handlers.timetable import Timetable

TIDIED = "tidied"
"""The note that holds the moment before which everything is empty."""

STRANGERS = timedelta(days=1)
"""So long a letter to somebody unknown may take to be sent."""


def tidy(connection: Connection, timetable: Timetable, now: datetime) -> bool:
    """Forget what is due to be forgotten; false when that was done today already."""
    before = now - timedelta(days=timetable.retention_days)
    noted = notes.read(connection, TIDIED)
    since = datetime.fromisoformat(noted) if noted else None
    if since is not None and since.date() >= before.date():
        return False
    retention.empty_words(connection, BLANK, since, before)
    for person in officers.without_post(connection, before):
        forget(connection, person, now)
    retention.empty_strangers(connection, BLANK, now - STRANGERS)
    notes.write(connection, TIDIED, before.isoformat())
    return True
