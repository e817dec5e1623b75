"""Small facts about the installation itself: what the database is for, where the demonstration's clock stands."""

from functools import cache

from sqlalchemy import Connection, Select, bindparam, delete, insert, select

from db.tables import notes


def read(connection: Connection, name: str) -> str | None:
    """The note `name`, or `None` when nobody wrote it."""
    return connection.execute(_read(), {"called": name}).scalar()


@cache
def _read() -> Select[str]:
    """Built once, as every turn reads a note."""
    return select(notes.c.value).where(notes.c.name == bindparam("called"))


def write(connection: Connection, name: str, value: str) -> None:
    """Write the note `name`, replacing what stood there."""
    connection.execute(delete(notes).where(notes.c.name == name))
    connection.execute(insert(notes).values(name=name, value=value))
