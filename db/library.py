"""The documents that an office keeps for questions; one that was withdrawn stays known and is read no more."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, Row, func, insert, select, update

from db import KeptDocument
from db.tables import library as table
from db.unions import histories
from knowledge import Document, Union


def digest_of(content: bytes) -> str:
    """What tells the content of a file from any other."""
    return sha256(content).hexdigest()


def keep(
    connection: Connection,
    file: int,
    part: int,
    union: str,
    digest: str,
    read: Document,
    *,
    officer: int | None,
    now: datetime,
) -> int:
    """From now on a document (the `part`-th of a kept file) is in the library, for this union and all below it.

    `read` is what was read of it; gives its number. `officer` is the post of the staff, `None` on the command line.
    """
    head = {name: getattr(read, name) for name in ("kind", "number", "title", "issuer", "issued_on")}
    row = {"file": file, "part": part, "union": union, "digest": digest, "added_by": officer, "since": now}
    made = connection.execute(insert(table).values(row | head))
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


def get(connection: Connection, number: int) -> KeptDocument | None:
    """The document with this number, also one that was withdrawn."""
    row = connection.execute(select(table).where(table.c.id == number)).one_or_none()
    return _document(row) if row else None


def standing(connection: Connection, unions: Collection[str] | None = None) -> tuple[KeptDocument, ...]:
    """The documents in the library, oldest first; with `unions` only those of these unions."""
    rows = connection.execute(select(table).where(table.c.withdrawn_at.is_(None)).order_by(table.c.id))
    return tuple(_document(row) for row in rows if unions is None or row.union in unions)


def withdraw(connection: Connection, numbers: Collection[int], officer: int | None, now: datetime) -> None:
    """Take documents out of the library; those that are out of it already stay as they are."""
    standing_ones = table.c.id.in_(numbers), table.c.withdrawn_at.is_(None)
    connection.execute(update(table).where(*standing_ones).values(withdrawn_at=now, withdrawn_by=officer))


def version(connection: Connection) -> tuple[int, int]:
    """What changes with every document that is added or withdrawn; cheap to ask."""
    query = select(func.coalesce(func.max(table.c.id), 0), func.count(table.c.withdrawn_at))
    newest, withdrawn = connection.execute(query).one()
    return newest, withdrawn


def alike(listed: Sequence[KeptDocument], digest: str, read: Document) -> tuple[KeptDocument, ...]:
    """Those of the documents that have the same content, or the number and issuer of what was read."""
    number = (read.number or "").casefold()
    same = (number, (read.issuer or "").casefold())
    return tuple(
        each
        for each in listed
        if (each.digest == digest and each.title == read.title)
        or (number and same == ((each.number or "").casefold(), (each.issuer or "").casefold()))
    )


def reached(connection: Connection, today: date) -> tuple[Union, ...]:
    """Every union whose documents may be asked for on that day: the open ones, and those that are no more as they stood
    on their last day, because their documents reach those who took over."""
    found = []
    for each in histories(connection).values():
        if each.opened is not None and each.opened > today:
            continue
        day = min(today, each.closed - timedelta(days=1)) if each.closed else today
        # The first change of name after that day tells what it was called.
        name = next((name for until, name in each.names if until > day), each.name)
        found.append(Union(each.code, name, each.level, each.parent_on(day), each.sector))
    return tuple(found)


def _document(row: Row[tuple[object, ...]]) -> KeptDocument:
    return KeptDocument(
        row.id,
        row.file,
        row.part,
        row.union,
        row.digest,
        row.kind,
        row.number,
        row.title,
        row.issuer,
        row.issued_on,
        row.added_by,
        row.since,
        row.withdrawn_at,
    )
