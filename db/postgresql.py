"""What a PostgreSQL server is told so that the shelves find there what they find in an SQLite file."""

from collections.abc import Iterable, Sequence
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


class _WithoutNul(StrDumper):
    """PostgreSQL keeps no character 0, which a hostile update may hold: it becomes the sign of an unreadable one."""

    def dump(self, obj: str) -> Any:
        """The text as it is sent."""
        return super().dump(obj.replace("\0", "\ufffd"))


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


def copy_in(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Add rows by COPY … FROM STDIN; raises what a statement of SQLAlchemy would."""
    server: Any = connection.connection.dbapi_connection
    try:
        with server.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as failed:
        error: Any = failed
        lost = connection.dialect.is_disconnect(error, server, None)
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            statement, None, error, psycopg.Error, connection_invalidated=lost, dialect=connection.dialect
        ) from failed
