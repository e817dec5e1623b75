"""What a PostgreSQL server is told so that the shelves find there what they find in an SQLite file."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.types.string import StrDumper
from sqlalchemy import Connection, Engine, String, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from db.tables import metadata

UPGRADE_LOCK = 20_250_320
"""The number of the lock under which one process at a time changes the tables; no other program knows it."""

UPGRADE_SECONDS = 300
"""How long a process waits while another one changes the tables."""

OPTIONS: dict[str, Any] = {
    "pool_pre_ping": True,
    "pool_size": 5,
    "max_overflow": 15,
    "pool_timeout": 5,
    # A machine that is gone without a word is noticed within a minute, on both sides.
    "connect_args": {
        "connect_timeout": 5,
        "keepalives_idle": 20,
        "keepalives_interval": 5,
        "keepalives_count": 4,
        "tcp_user_timeout": 40_000,
        "application_name": "congdoan",
    },
}

SETTINGS = {
    "tcp_keepalives_idle": "20s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": "4",
    "idle_in_transaction_session_timeout": "5min",
    "timezone": "UTC",
    "jit": "off",
}
"""A process that stands still in the midst of a turn is cut off: what it holds is free for the others. To compile our
statements takes longer than to carry them out."""


NUL, UNREADABLE = "\0", "\ufffd"
"""PostgreSQL keeps no character 0, which a hostile update may hold: it becomes the sign of an unreadable one."""


class _WithoutNul(StrDumper):
    """Text without what PostgreSQL does not keep."""

    def dump(self, obj: str) -> Any:
        """The text as it is sent."""
        return super().dump(obj.replace(NUL, UNREADABLE))


def address_of(place: URL) -> URL:
    """The same address with the driver that is installed."""
    return place.set(drivername="postgresql+psycopg")


def prepare(engine: Engine, busy_seconds: float) -> None:
    """Every connection gets our settings, and waits `busy_seconds` for what another process holds."""
    wanted = SETTINGS | {"lock_timeout": f"{int(busy_seconds * 1000)}ms"}

    @event.listens_for(engine, "connect")
    def settings(connection: psycopg.Connection[Any], _: object) -> None:
        connection.adapters.register_dumper(str, _WithoutNul)
        with connection.transaction():
            for name, value in wanted.items():
                connection.execute("SELECT set_config(%s, %s, false)", (name, value))


def wait_for_upgrade(connection: Connection) -> None:
    """Let only one process at a time change the tables, until the transaction ends."""
    connection.execute(text(f"SET LOCAL lock_timeout = '{UPGRADE_SECONDS}s'"))
    connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))


def compare_text_by_bytes(connection: Connection) -> None:
    """Text is ordered by its bytes, whatever the language of the database, and has no length but that of its value.

    So it is on SQLite; an index on such a column also serves to find what begins with some letters.
    """
    found = inspect(connection)
    quote = connection.dialect.identifier_preparer.quote
    for table in sorted(metadata.tables.keys() & set(found.get_table_names())):
        changes = [
            f'ALTER {quote(column["name"])} TYPE {_unbounded(column["type"])} COLLATE "C"'
            for column in found.get_columns(table)
            if isinstance(column["type"], String) and column["type"].collation != "C"
        ]
        if changes:
            connection.execute(text(f"ALTER TABLE {quote(table)} {', '.join(changes)}"))


def _unbounded(kind: String) -> str:
    return "VARCHAR" if kind.length else "TEXT"


@contextmanager
def looks_at_all(connection: Connection) -> Iterator[None]:
    """The statements in the block go through very many rows, which the server cannot foresee where it has no figures
    about what is joined, as of a tree: it would look up each of them by itself, where it can put them side by side."""
    # By a SELECT: nothing is changed by it.
    connection.exec_driver_sql("SELECT set_config('enable_nestloop', 'off', true)")
    yield
    connection.exec_driver_sql("SELECT set_config('enable_nestloop', 'on', true)")


def copy_in(
    connection: Connection, statement: str, parts: Iterable[Sequence[Iterable[Any]]], alike: Sequence[Any]
) -> None:
    """Add rows by COPY … FROM STDIN: of each part the values of the first columns, then those `alike` in every row.

    The rows are sent as text (https://www.postgresql.org/docs/current/sql-copy.html), which is put together here: the
    driver takes several times as long for it. Raises what a statement of SQLAlchemy would.
    """
    server: Any = connection.connection.dbapi_connection
    end = "".join("\t" + _copied(value) for value in alike) + "\n"
    try:
        with server.cursor() as cursor, cursor.copy(statement) as copy:
            for columns in parts:
                rows = zip(*map(_all_copied, columns), strict=True)
                copy.write(end.join(map("\t".join, rows)) + end)
    except psycopg.Error as failed:
        error: Any = failed
        lost = connection.dialect.is_disconnect(error, server, None)
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            statement, None, error, psycopg.Error, connection_invalidated=lost, dialect=connection.dialect
        ) from failed


def array_of(texts: Collection[str]) -> str:
    """An array of texts as PostgreSQL reads it (https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO)."""
    if not texts:
        return "{}"
    together = NUL.join(text.replace(NUL, UNREADABLE) for text in texts)
    marked = together.replace("\\", "\\\\").replace('"', '\\"').replace(NUL, '","')
    return f'{{"{marked}"}}'


def _all_copied(values: Iterable[Any]) -> Iterable[str]:
    """The values of a column as COPY reads them; texts, of which a wave has very many, are marked all at once."""
    listed = tuple(values)
    try:
        together = NUL.join(listed)
    except TypeError:  # not all of them are texts
        return map(lru_cache(None, typed=True)(_copied), listed)
    if together.count(NUL) >= len(listed):
        return map(_copied, listed)
    return _marked(together).split(NUL)


def _copied(value: Any) -> str:
    return "\\N" if value is None else _marked(str(value)).replace(NUL, UNREADABLE)


def _marked(text: str) -> str:
    """What would end a value or a row does not."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
