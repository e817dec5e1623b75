"""What the house remembers: the shape of the tables, refusals in words, and what each shelf promises."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, MetaData, Table, create_engine, event, insert, select
from sqlalchemy.exc import StatementError

from db import inbox, notes
from db.engine import StoreBusy, StoreError, open_engine
from db.moments import Moment
from db.store import Store
from db.tables import metadata
from scheduler import ZONE
from tests.small_office import limit_pages

NOW = datetime(2025, 3, 20, 8, 0, tzinfo=ZONE)


def raw(file: Path) -> sqlite3.Connection:
    """The file as any other program would open it."""
    return sqlite3.connect(file, isolation_level=None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An office's database that nobody has open."""
    Store.open(f"sqlite:///{tmp_path / 'made.sqlite'}").close()
    return tmp_path / "made.sqlite"


# The shape of the tables.


@pytest.mark.both_engines
def test_the_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    with store.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": metadata})
        assert compare_metadata(context, metadata) == []


def test_an_empty_file_becomes_a_database_and_stays_as_it_is_when_opened_again(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "below" / "office.sqlite"
    for _ in range(2):
        store = Store.open(f"sqlite:///{file}")
        with store.transaction() as connection:
            notes.write(connection, "note", (notes.read(connection, "note") or "") + "x")
        store.close()
    with raw(file) as connection:
        assert connection.execute("SELECT value FROM notes").fetchall() == [("xx",)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_migration_that_is_broken_off_leaves_nothing_half_made(tmp_path: Path) -> None:
    file = tmp_path / "office.sqlite"

    def small(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 12")

    event.listen(Engine, "connect", small)
    try:
        with pytest.raises(StoreError, match="disk is full"):
            Store.open(f"sqlite:///{file}")
    finally:
        event.remove(Engine, "connect", small)
    with raw(file) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()
    Store.open(f"sqlite:///{file}").close()


moments = Table("moments", MetaData(), Column("at", Moment))
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=offsets))
def test_a_moment_comes_back_as_the_same_moment_in_viet_nam_time(moment: datetime) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        moments.create(connection)
        connection.execute(insert(moments).values(at=moment))
        found: Any = connection.scalar(select(moments.c.at))
    engine.dispose()
    assert found == moment and found.tzinfo is ZONE


def test_a_moment_is_kept_as_utc_and_one_without_a_zone_is_refused(store: Store, tmp_path: Path) -> None:
    with store.transaction() as connection:
        inbox.store(connection, "chat", "1", {}, NOW)
    with raw(tmp_path / "office.sqlite") as connection:
        (kept,) = connection.execute("SELECT received_at FROM inbox").fetchone()
    connection.close()
    assert datetime.fromisoformat(kept).replace(tzinfo=UTC) == NOW
    with pytest.raises(StatementError, match="needs a time zone"), store.transaction() as connection:
        inbox.store(connection, "chat", "2", {}, datetime(2025, 3, 20, 8, 0))


# What cannot be opened is refused in a sentence, and left as it was.


def no_database(file: Path) -> None:
    file.write_bytes(b"Minutes of the meeting of the executive committee.\n" * 100)


def newer(file: Path) -> None:
    Store.open(f"sqlite:///{file}").close()
    with raw(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'a-later-one'")
    connection.close()


def of_another_program(file: Path) -> None:
    with raw(file) as connection:
        connection.execute("CREATE TABLE tracks (title TEXT)")
    connection.close()


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (no_database, "no database of ours"),
        (newer, "made by a newer version of this program. Install that version"),
        (of_another_program, "tables of another program"),
        (Path.mkdir, "Check DATABASE_URL and who may write there"),
    ],
    ids=["no database", "newer", "of another program", "a folder"],
)
def test_a_file_that_cannot_be_used_is_refused_and_left_alone(prepare: Any, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "file.sqlite"
    prepare(file)
    before = contents(file)
    with pytest.raises(StoreError) as refusal:
        Store.open(f"sqlite:///{file}")
    assert sentence in str(refusal.value)
    assert contents(file) == before


def contents(file: Path) -> object:
    """What stands in a file: the rows of a database, the bytes of anything else."""
    try:
        with raw(file) as connection:
            dump = list(connection.iterdump())
        connection.close()
    except sqlite3.Error:
        return file.read_bytes() if file.is_file() else sorted(file.iterdir())
    return dump


@pytest.mark.parametrize("url", ["", "office", "nothing://office", "postgresql+nothing://host/office"])
def test_an_unusable_address_says_how_one_looks(url: str) -> None:
    with pytest.raises(StoreError, match=r"sqlite:///var/congdoan\.sqlite"):
        Store.open(url)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="folder of the database cannot be made"):
        Store.open(f"sqlite:///{tmp_path / 'file' / 'office.sqlite'}")


def test_a_damaged_database_is_said_in_words(store: Store, tmp_path: Path) -> None:
    with store.transaction() as connection:
        for number in range(200):
            inbox.store(connection, "chat", str(number), {"text": "x" * 500}, NOW)
    store.close()
    data = bytearray((tmp_path / "office.sqlite").read_bytes())
    data[4096 * 3 :] = b"\xff" * len(data[4096 * 3 :])
    (tmp_path / "office.sqlite").write_bytes(data)
    with pytest.raises(StoreError, match=r"cannot be used|no database of ours"):
        inbox_of(Store.open(f"sqlite:///{tmp_path / 'office.sqlite'}"))


def inbox_of(store: Store) -> int:
    try:
        with store.transaction() as connection:
            return len(inbox.waiting(connection))
    finally:
        store.close()


# Somebody else holds the database; the disk is full.


@contextmanager
def locked(file: Path) -> Iterator[sqlite3.Connection]:
    """Another program writes."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    finally:
        connection.close()


def test_a_locked_database_is_waited_for_and_then_said_to_be_busy(file: Path) -> None:
    store = Store(open_engine(f"sqlite:///{file}", busy_seconds=0.2))
    with locked(file), pytest.raises(StoreBusy, match="locked by another process"), store.transaction() as connection:
        notes.write(connection, "note", "x")
    with store.transaction() as connection:
        assert notes.read(connection, "note") is None
    store.close()


def test_a_lock_that_ends_in_time_is_not_noticed(file: Path) -> None:
    store = Store.open(f"sqlite:///{file}")
    with locked(file) as other:
        timer = threading.Timer(0.3, other.rollback)
        timer.start()
        with store.transaction() as connection:
            notes.write(connection, "note", "x")
        timer.join()
    with store.transaction() as connection:
        assert notes.read(connection, "note") == "x"
    store.close()


def test_a_locked_database_cannot_be_opened_for_the_first_time(tmp_path: Path) -> None:
    (tmp_path / "office.sqlite").touch()
    with locked(tmp_path / "office.sqlite"), pytest.raises(StoreBusy, match="locked by another process"):
        open_engine(f"sqlite:///{tmp_path / 'office.sqlite'}", busy_seconds=0.1)


def test_on_a_full_disk_nothing_is_half_written_and_it_goes_on_when_there_is_room(store: Store) -> None:
    room = limit_pages(store)
    room(3)
    with pytest.raises(StoreError, match="disk is full"), store.transaction() as connection:
        notes.write(connection, "note", "small")
        inbox.store(connection, "chat", "1", {"text": "x" * 200_000}, NOW)
    with store.transaction() as connection:
        assert notes.read(connection, "note") is None and inbox.waiting(connection) == ()
    room(100_000)
    with store.transaction() as connection:
        assert inbox.store(connection, "chat", "1", {"text": "x" * 200_000}, NOW) is not None


@pytest.mark.both_engines
def test_only_what_is_asked_to_last_waits_for_the_disk(store: Store) -> None:
    on_sqlite = store.engine.dialect.name == "sqlite"
    asked = "PRAGMA synchronous" if on_sqlite else "SHOW synchronous_commit"

    def waits(*, lasting: bool) -> object:
        with store.transaction(lasting=lasting) as connection:
            notes.write(connection, f"lasting {lasting}", "kept")
            return connection.exec_driver_sql(asked).scalar()

    usual = waits(lasting=True)
    assert waits(lasting=False) == (1 if on_sqlite else "off")
    assert waits(lasting=True) == usual == (2 if on_sqlite else usual)
    with store.transaction() as connection:
        assert notes.read(connection, "lasting False") == "kept"
