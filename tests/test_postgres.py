"""A PostgreSQL server that does not let us in, goes away or has another office: said in words, without a password."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

from db import notes, postgresql
from db.engine import StoreBusy, StoreError
from db.store import Store
from db.tables import metadata
from tests.postgres_room import GUARDED, PostgresServer

SECRET = "s3cr3t-w0rd"


def does(url: str, statement: str) -> None:
    """Change a database as its owner may."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def tables(url: str) -> list[str]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        names = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
    engine.dispose()
    return sorted(names)


# What cannot be used is refused in a sentence, and left as it was.


def nobody_there(server: PostgresServer) -> str:
    return f"postgresql://postgres:{SECRET}@/office?host={server.folder / 'elsewhere'}"


def nobody_listens(server: PostgresServer) -> str:
    return f"postgresql://postgres:{SECRET}@127.0.0.1:1/office"


def no_such_database(server: PostgresServer) -> str:
    return server.url("no_such_office")


def no_such_user(server: PostgresServer) -> str:
    return server.url("office", "no_such_user")


def wrong_password(server: PostgresServer) -> str:
    server.does(f"DO $$ BEGIN CREATE ROLE {GUARDED} LOGIN PASSWORD 'right'; EXCEPTION WHEN OTHERS THEN NULL; END $$")
    return server.url("office", f"{GUARDED}:{SECRET}")


def newer(server: PostgresServer) -> str:
    url = server.make()
    does(url, "UPDATE alembic_version SET version_num = 'a-later-one'")
    return url


def of_another_program(server: PostgresServer) -> str:
    url = server.make(empty=True)
    does(url, "CREATE TABLE tracks (title TEXT)")
    return url


def of_somebody_else(server: PostgresServer) -> str:
    server.does("DO $$ BEGIN CREATE ROLE guest LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    return server.make(empty=True).replace("postgres@", "guest@")


def only_read(server: PostgresServer) -> str:
    url = server.make(empty=True)
    does(url, f"ALTER DATABASE {url.split('/')[3].split('?')[0]} SET default_transaction_read_only = on")
    return url


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (nobody_there, "cannot be reached or does not let us in"),
        (nobody_listens, "Connection refused"),
        (no_such_database, 'database "no_such_office" does not exist'),
        (no_such_user, 'role "no_such_user" does not exist'),
        (wrong_password, "password authentication failed"),
        (newer, "made by a newer version of this program. Install that version"),
        (of_another_program, "tables of another program"),
        (of_somebody_else, "may not do this (permission denied"),
        (only_read, "may only be read"),
    ],
)
def test_what_cannot_be_used_is_refused_and_left_alone(
    prepare: Callable[[PostgresServer], str], sentence: str, postgres: PostgresServer
) -> None:
    url = prepare(postgres)
    with pytest.raises(StoreError) as refusal:
        Store.open(url)
    assert sentence in str(refusal.value) and "\n" not in str(refusal.value)
    assert SECRET not in str(refusal.value)
    assert not isinstance(refusal.value, StoreBusy)
    if prepare in (of_another_program, of_somebody_else, only_read):
        assert tables(url.replace("guest@", "postgres@")) == (["tracks"] if prepare is of_another_program else [])


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://clerk:{SECRET}@host:port/office",
        f"postgresql://clerk:{SECRET}",
        f"mysql://clerk:{SECRET}@host/office",
        f"postgresql+psycopg2://clerk:{SECRET}@host/office",
    ],
)
def test_an_unusable_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(StoreError, match="postgresql://user:password@host/database") as refusal:
        Store.open(url)
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_the_driver_need_not_be_named(scheme: str, postgres: PostgresServer) -> None:
    store = Store.open(postgres.emptied().replace("postgresql", scheme))
    with store.transaction() as connection:
        assert connection.dialect.driver == "psycopg"
    store.close()


def test_a_migration_that_is_broken_off_leaves_nothing_half_made(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(connection: Connection) -> None:
        raise KeyboardInterrupt

    url = postgres.make(empty=True)
    with monkeypatch.context() as broken:
        broken.setattr(postgresql, "compare_text_by_bytes", breaks)
        with pytest.raises(KeyboardInterrupt):
            Store.open(url)
    assert tables(url) == []
    Store.open(url).close()
    assert set(tables(url)) == {*metadata.tables, "alembic_version"}


# What is different from SQLite unless somebody sees to it.


def test_every_text_is_compared_by_its_bytes_and_as_long_as_it_is(postgres: PostgresServer) -> None:
    store = Store.open(postgres.emptied())
    columns = text(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND table_name <> 'alembic_version' AND data_type IN ('character varying', 'text') "
        "AND (collation_name IS DISTINCT FROM 'C' OR character_maximum_length IS NOT NULL)"
    )
    with store.transaction() as connection:
        assert connection.execute(columns).all() == []
    store.close()


# The server goes away and comes back.


def test_a_connection_that_was_cut_off_while_it_rested_is_not_noticed(postgres: PostgresServer) -> None:
    store = Store.open(postgres.emptied())
    with store.transaction() as connection:
        notes.write(connection, "note", "x")
    postgres.cuts_off(store)
    with store.transaction() as connection:
        assert notes.read(connection, "note") == "x"
    store.close()


def test_work_that_was_cut_off_is_done_again_from_its_start(postgres: PostgresServer) -> None:
    store = Store.open(postgres.emptied())
    begun: list[int] = []

    def work(connection: Connection) -> None:
        begun.append(1)
        notes.write(connection, f"note {len(begun)}", "x")
        if len(begun) == 1:
            postgres.cuts_off(store)
        notes.write(connection, "last", "x")

    with pytest.raises(StoreBusy, match="connection to the PostgreSQL server was lost"):
        store.retrying(work, tries=1)
    store.retrying(work)
    with store.transaction() as connection:
        assert notes.read(connection, "note 1") is None and notes.read(connection, "note 2") == "x"
    store.close()


def test_the_driver_is_loaded_only_for_a_server(tmp_path: Path) -> None:
    code = (
        "import sys; from db.store import Store; "
        f"Store.open('sqlite:///{tmp_path / 'office.sqlite'}').close(); sys.exit('psycopg' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
