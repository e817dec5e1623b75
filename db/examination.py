"""Looks at a database without changing it, also at one that cannot be used: for `congdoan doctor`."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from db.engine import newest_revision, revision_in
from db.failures import StoreError, in_words
from db.tables import notes


@dataclass(frozen=True)
class Examined:
    """What was found. `revision` is `None` where there are no tables yet, `damage` what the database's own check says
    (empty: nothing, or it has no such check), `locked_out` why nothing can be written (empty: it can)."""

    engine: str
    revision: str | None
    newest: str
    damage: str = ""
    locked_out: str = ""


def examine(url: str) -> Examined:
    """Look at the database behind `url`; raises `StoreError` where it is out of reach."""
    try:
        place = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError("DATABASE_URL cannot be read.") from None
    newest = newest_revision()
    if place.get_backend_name() == "sqlite" and not Path(str(place.database)).exists():
        return Examined("sqlite", None, newest)
    engine = engine_as_it_is(place)
    try:
        with engine.connect() as connection:
            revision = revision_in(connection)
            damage = _damage(connection) if engine.dialect.name == "sqlite" else ""
            locked_out = _locked_out(connection) if revision == newest else ""
        return Examined(engine.dialect.name, revision, newest, damage, locked_out)
    except DBAPIError as error:
        raise in_words(error) from None
    finally:
        engine.dispose()


def engine_as_it_is(place: URL) -> Engine:
    """An engine with nothing of ours: tables stay as they are, transactions begin when the database thinks best."""
    if place.get_backend_name() != "sqlite":
        from db import postgresql  # noqa: PLC0415 - the driver takes memory that an office on SQLite does not need

        return create_engine(postgresql.address_of(place), connect_args={"connect_timeout": 5})
    return create_engine(place)


def _damage(connection: Connection) -> str:
    found = list(connection.exec_driver_sql("PRAGMA quick_check(3)").scalars())
    return "" if found == ["ok"] else "; ".join(found)


def _locked_out(connection: Connection) -> str:
    """Why a row cannot be written; one is, and taken back."""
    try:
        connection.execute(insert(notes).values(name="doctor", value=""))
    except DBAPIError as error:
        return str(in_words(error))
    finally:
        connection.rollback()
    return ""
