"""Files that people sent: photos of a form, reports, documents. They belong to the union, not to the person."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from db import KeptFile
from db.tables import files as table


def put(
    connection: Connection, union: str, officer: int | None, name: str, media_type: str, content: bytes, now: datetime
) -> int:
    """Keep a file; gives its number."""
    made = connection.execute(
        insert(table).values(
            union=union, officer=officer, name=name, media_type=media_type, content=content, received_at=now
        )
    )
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


def get(connection: Connection, number: int) -> KeptFile | None:
    """The file with this number."""
    row = connection.execute(select(table).where(table.c.id == number)).one_or_none()
    return KeptFile(row.id, row.union, row.name, row.media_type, row.content) if row else None


def drop(connection: Connection, numbers: Collection[int]) -> None:
    """Forget files that nothing refers to any more."""
    connection.execute(delete(table).where(table.c.id.in_(numbers)))
