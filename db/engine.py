"""Opens a database: SQLite with the settings a shared file needs, brought to the newest shape, or refused in words."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

BUSY_SECONDS = 5.0

_FOREIGN = "DATABASE_URL points to something that is no database of ours ({}). Choose another one; nothing was changed."


class StoreError(Exception):
    """The database cannot be used; the message says what the operator can do. Nothing was written."""


class StoreBusy(StoreError):
    """Another process holds the database: the same call may succeed a little later."""


def open_engine(url: str, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Connect to `url` (a SQLAlchemy URL) and bring the tables to the newest shape.

    Raises `StoreError` for an unusable address, a file that is no database or another program's, or a database newer
    than this program.
    """
    try:
        place = make_url(url)
        if place.get_backend_name() == "sqlite":
            if place.database in (None, "", ":memory:"):
                raise StoreError(
                    "DATABASE_URL names no file, so all would be lost. Example: sqlite:///var/congdoan.sqlite"
                )
            Path(str(place.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(place, json_serializer=_json)
    except (ArgumentError, ImportError) as error:
        raise StoreError(f"DATABASE_URL cannot be used ({error}). Example: sqlite:///var/congdoan.sqlite") from error
    except OSError as error:
        raise StoreError(
            f"The folder of the database cannot be made ({error}). Choose another DATABASE_URL."
        ) from error
    upgrading = create_engine(place)
    try:
        _upgrade(upgrading, busy_seconds)
    finally:
        upgrading.dispose()
    if engine.dialect.name == "sqlite":
        _shared_file(engine, busy_seconds)
    return engine


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
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


def migrations() -> Config:
    """Alembic's view of the folder `migrations`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(engine: Engine, busy_seconds: float) -> None:
    """Bring the tables to the newest shape, on a connection of its own: SQLite changes a table by making it anew, which
    foreign keys would forbid for a moment."""
    if engine.dialect.name == "sqlite":
        _shared_file(engine, busy_seconds, foreign_keys=False)
    config = migrations()
    newest = ScriptDirectory.from_config(config).get_current_head()
    try:
        with engine.begin() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
            if found == newest:
                return
            if found is None and inspect(connection).get_table_names():
                raise StoreError(_FOREIGN.format("it holds the tables of another program"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            "The database was made by a newer version of this program. Install that version, "
            "or choose another DATABASE_URL; nothing was changed."
        ) from error
    except OperationalError as error:
        raise in_words(error) from error
    except DatabaseError as error:
        raise StoreError(_FOREIGN.format(error.orig)) from error


def in_words(error: DatabaseError) -> StoreError:
    """An error of the database itself as a sentence for the operator."""
    said = str(error.orig)
    if "locked" in said or "busy" in said:
        return StoreBusy(
            "The database is locked by another process. Stop that process or wait; the work is tried again."
        )
    if "full" in said:
        return StoreError("The disk is full: the database cannot be written. Free some space; the work is tried again.")
    return StoreError(f"The database cannot be used ({said}). Check DATABASE_URL and who may write there.")
