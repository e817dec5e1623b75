"""Small facts about the installation itself: what the database is for, where the demonstration's clock stands."""

from sqlalchemy import Connection, delete, insert, select

from db.tables import notes


def read(connection: Connection, name: str) -> str | None:
    """The note `name`, or `None` when nobody wrote it."""
    return connection.scalar(select(notes.c.value).where(notes.c.name == name))


def write(connection: Connection, name: str, value: str) -> None:
    """Write the note `name`, replacing what stood there."""
    connection.execute(delete(notes).where(notes.c.name == name))
    connection.execute(insert(notes).values(name=name, value=value))
