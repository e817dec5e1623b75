"""Opens a database: set so that processes can share it, brought to the newest shape, or refused in words."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from db.changes import count_changes
from db.failures import StoreBusy, StoreError, in_words, is_of_the_place

__all__ = [
    "StoreBusy",
    "StoreError",
    "newest_revision",
    "open_engine",
    "revision_in",
    "revision_of",
    "shown",
    "upgrade",
]

MIGRATIONS = Path(__file__).parent / "migrations"

BUSY_SECONDS = 5.0

_EXAMPLES = "Examples: sqlite:///var/congdoan.sqlite, postgresql://user:password@host/database"

_FOREIGN = "DATABASE_URL points to something that is no database of ours ({}). Choose another one; nothing was changed."


def open_engine(url: str, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Connect to `url` (a SQLAlchemy URL) and bring the tables to the newest shape.

    Raises `StoreError` for an unusable address, a server that does not let us in, a file that is no database or another
    program's, or a database newer than this program.
    """
    upgrade(url, busy_seconds=busy_seconds)
    return _engine(_place(url), busy_seconds)


def upgrade(url: str, *, busy_seconds: float = BUSY_SECONDS) -> tuple[str | None, str]:
    """Bring the tables to the newest shape; gives the revision that was found (`None`: no tables) and the newest one.

    Of several processes that do so at once, one does and the others wait for it. Raises as `open_engine`.
    """
    engine = _engine(_place(url), busy_seconds, upgrading=True)
    try:
        return _upgrade(engine)
    finally:
        engine.dispose()


def revision_of(url: str, *, busy_seconds: float = BUSY_SECONDS) -> str | None:
    """The revision of the tables at `url`, which stay as they are; `None` where there are none of ours.

    Raises `StoreError` where the address cannot be used or does not let us in.
    """
    place = _place(url)
    if place.get_backend_name() == "sqlite" and not Path(str(place.database)).is_file():
        return None
    engine = _engine(place, busy_seconds)
    try:
        with engine.connect() as connection:
            return revision_in(connection)
    except DatabaseError as error:
        raise _refusal(engine, error) from error
    finally:
        engine.dispose()


def revision_in(connection: Connection) -> str | None:
    """The revision of the tables behind an open connection; `None` where there are none of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def shown(url: str) -> str:
    """The address as it may be shown: without the password."""
    return _place(url).render_as_string(hide_password=True)


def newest_revision() -> str:
    """The revision of the tables that this program works with: the number with which the last migration's file begins.

    Read from the names, because Alembic, which would read the files, takes memory that is needed only to migrate.
    """
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def _place(url: str) -> URL:
    """The address, with a folder for the file that it names."""
    try:
        place = make_url(url)
    except (ArgumentError, ValueError):
        # What is wrong is not repeated: it may be a part of the password.
        raise StoreError(
            "DATABASE_URL cannot be read. Special characters of a password are written as in %40 for @. " + _EXAMPLES
        ) from None
    if place.get_backend_name() == "sqlite":
        if place.database in (None, "", ":memory:"):
            raise StoreError(f"DATABASE_URL names no file, so all would be lost. {_EXAMPLES}")
        try:
            Path(str(place.database)).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The folder of the database cannot be made ({error}). Choose another DATABASE_URL."
            ) from error
    return place


def _engine(place: URL, busy_seconds: float, *, upgrading: bool = False) -> Engine:
    """An engine with our settings; it connects when it is used first."""
    try:
        if place.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
            return _on_a_server(place, busy_seconds, upgrading=upgrading)
        engine = create_engine(place, json_serializer=json_text)
    except (ArgumentError, ImportError) as error:
        raise StoreError(f"DATABASE_URL cannot be used ({error}). {_EXAMPLES}") from error
    if engine.dialect.name != "sqlite":
        raise StoreError(f"DATABASE_URL names {engine.dialect.name}, which this program does not know. {_EXAMPLES}")
    count_changes(engine)
    _shared_file(engine, busy_seconds, foreign_keys=not upgrading)
    return engine


def _on_a_server(place: URL, busy_seconds: float, *, upgrading: bool) -> Engine:
    """Transactions are serializable, as they are on SQLite: what a turn has read is true until it is committed."""
    from db import postgresql  # noqa: PLC0415 - the driver takes memory that an office on SQLite does not need

    isolation = "READ COMMITTED" if upgrading else "SERIALIZABLE"
    address = postgresql.address_of(place)
    engine = create_engine(address, json_serializer=json_text, isolation_level=isolation, **postgresql.OPTIONS)
    count_changes(engine)
    postgresql.prepare(engine, busy_seconds)
    return engine


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def json_text(value: Any) -> str:
    """A value as the JSON text that is kept of it, on every engine the same."""
    try:
        text = _encode(value)
    except ValueError:
        # What is no number in JSON, which a hostile update may hold, is kept as nothing.
        return json_text(json.loads(json.dumps(value), parse_constant=lambda _: None))
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair, which a hostile update may hold, can only be stored as an escape.
        return json.dumps(value, separators=(",", ":"))
    return text


def _shared_file(engine: Engine, busy_seconds: float, *, foreign_keys: bool = True) -> None:
    """Write-ahead log, foreign keys, and transactions that take the write lock when they begin: two turns never
    read the same conversation and then both write it."""

    @event.listens_for(engine, "connect")
    def settings(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(busy_seconds * 1000)}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _upgrade(engine: Engine) -> tuple[str | None, str]:
    """On a connection of its own: SQLite changes a table by making it anew, which foreign keys would forbid for a
    moment."""
    newest = newest_revision()
    try:
        with engine.begin() as connection:
            found = revision_in(connection)
            if found != newest:
                found = _migrate(connection, newest)
            return found, newest
    except DatabaseError as error:
        raise _refusal(engine, error) from error


def _refusal(engine: Engine, error: DatabaseError) -> StoreError:
    """Why the database cannot be opened; that a file is none is said by SQLite as an error without a kind."""
    if isinstance(error, OperationalError) or (engine.dialect.name != "sqlite" and is_of_the_place(error)):
        return in_words(error)
    return StoreError(_FOREIGN.format(error.orig))


def _migrate(connection: Connection, newest: str) -> str | None:
    """Run what is missing; gives the revision that was found once no other process was at it."""
    on_a_server = connection.dialect.name == "postgresql"
    if on_a_server:
        from db import postgresql  # noqa: PLC0415 - loaded already, for the engine

        postgresql.wait_for_upgrade(connection)
    found = revision_in(connection)
    if found == newest:
        return found
    if found is None and inspect(connection).get_table_names():
        raise StoreError(_FOREIGN.format("it holds the tables of another program"))
    from db import migrating  # noqa: PLC0415 - Alembic takes memory that is needed only to migrate

    migrating.to_newest(connection)
    if on_a_server:
        postgresql.compare_text_by_bytes(connection)
    return found
