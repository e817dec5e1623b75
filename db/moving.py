"""Moves an office from one database to another, on whichever engines: every row, counted and compared on both sides."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, func, insert, select
from sqlalchemy.exc import DBAPIError

from db.failures import StoreError, is_of_the_place
from db.numbers import Number
from db.tables import metadata

AT_ONCE = 1000
"""So many rows are in memory at a time."""

FILES_AT_ONCE = 10

Values = dict[str, Any]


@dataclass(frozen=True)
class Copied:
    """A table that stands in both databases: how many rows, and what tells their contents from any others."""

    table: str
    rows: int
    checksum: str


def rows_of(connection: Connection) -> dict[str, int]:
    """How many rows each table holds, in the order in which the tables refer to each other."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables
    }


def copy(source: Connection, target: Connection, tell: Callable[[int], None] = lambda rows: None) -> tuple[Copied, ...]:
    """Copy every row of an office into an empty database of the same shape, and read it again there.

    Both sides are transactions that somebody else opened: nothing is kept unless the target's is committed. `tell`
    hears how many rows were written. Raises `StoreError` where the target is not empty, a row does not fit or something
    else is read than was written.
    """
    full = [name for name, rows in rows_of(target).items() if rows]
    if full:
        raise StoreError(
            f"The database to copy to is not empty: it has rows in {', '.join(full)}. Name an empty one; "
            "nothing was changed."
        )
    copied = tuple(_copy(source, target, table, tell) for table in metadata.sorted_tables)
    for before in copied:
        if checked(target, metadata.tables[before.table]) != before:
            raise StoreError(f"The table {before.table} is not the same after it was copied. Nothing was changed.")
    return copied


def checked(connection: Connection, table: Table) -> Copied:
    """A table as it stands: how many rows, and their checksum."""
    checksum, rows = sha256(), 0
    for part in _portions(connection, table):
        rows += len(part)
        checksum.update(_written(part))
    return Copied(table.name, rows, checksum.hexdigest())


def _copy(source: Connection, target: Connection, table: Table, tell: Callable[[int], None]) -> Copied:
    checksum, rows = sha256(), 0
    for part in _portions(source, table):
        try:
            target.execute(insert(table), part)
        except DBAPIError as error:
            if is_of_the_place(error):
                raise
            raise StoreError(f"A row of {table.name} cannot be copied ({error.orig}). Nothing was changed.") from error
        rows += len(part)
        checksum.update(_written(part))
        tell(len(part))
    _count_on(target, table)
    return Copied(table.name, rows, checksum.hexdigest())


def _portions(connection: Connection, table: Table) -> Iterator[Sequence[Values]]:
    """All rows in the order of their keys, some at a time."""
    large = any(isinstance(column.type, LargeBinary) for column in table.columns)
    query = select(table).order_by(*table.primary_key)
    with connection.execution_options(yield_per=FILES_AT_ONCE if large else AT_ONCE).execute(query) as rows:
        for part in rows.mappings().partitions():
            yield [{name: _kept(value) for name, value in row.items()} for row in part]


def _kept(value: Any) -> Any:
    """A value as every engine keeps it: PostgreSQL has no character 0 in a text."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _written(rows: Sequence[Values]) -> bytes:
    return "".join(repr(tuple(row.values())) for row in rows).encode("utf-8", "surrogatepass")


def _count_on(connection: Connection, table: Table) -> None:
    """Numbers that are given from now on follow those that came along; SQLite sees to that by itself."""
    (first, *others) = table.primary_key
    if connection.dialect.name == "sqlite" or others or not isinstance(first.type, Number):
        return
    newest = connection.scalar(select(func.max(first)))
    if newest is not None:
        connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, first.name), newest)))
