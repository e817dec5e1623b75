"""What the house remembers: the shape of the tables, refusals in words, and what each shelf promises."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, MetaData, Table, create_engine, event, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from db import Letter, ReportRule, checkins, conversations, inbox, notes, officers, outbox, reports, unions
from db.engine import StoreBusy, StoreError, open_engine
from db.store import Store
from db.tables import Moment, metadata
from knowledge import Union
from scheduler import ZONE

NOW = datetime(2025, 3, 20, 8, 0, tzinfo=ZONE)
TREE = (
    Union("D", "Federation D", "district", ""),
    Union("D-1", "Union D-1", "grassroots", "D"),
    Union("D-2", "Union D-2", "grassroots", "D"),
    Union("E", "Federation E", "district", ""),
    Union("E-1", "Union E-1", "grassroots", "E"),
)
RULE = ReportRule("quarter", "Report", "D", "grassroots", "administrative", "quarter", 2, date(2024, 12, 15), None)


def letter(key: str, address: str = "a", *, answers: int | None = None, due: datetime = NOW) -> Letter:
    return Letter(key, "reply", "chat", address, {"text": key}, due, answers=answers)


def raw(file: Path) -> sqlite3.Connection:
    """The file as any other program would open it."""
    return sqlite3.connect(file, isolation_level=None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An office's database that nobody has open."""
    Store.open(f"sqlite:///{tmp_path / 'made.sqlite'}").close()
    return tmp_path / "made.sqlite"


# The shape of the tables.


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


def limit_pages(store: Store) -> Any:
    """A disk with room for so many pages more, for every new connection of the store."""
    allowed = {"pages": 0}

    @event.listens_for(store.engine, "connect")
    def small(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {allowed['pages']}")

    def room(pages: int) -> None:
        with store.transaction() as connection:
            used = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
        allowed["pages"] = used + pages
        store.engine.dispose()

    return room


# The shelves.


def test_a_transaction_is_kept_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction() as connection:
        notes.write(connection, "note", "x")
        raise RuntimeError
    with store.transaction(commit=False) as connection:
        notes.write(connection, "note", "y")
        assert notes.read(connection, "note") == "y"
    with store.transaction() as connection:
        assert notes.read(connection, "note") is None


def test_an_update_is_kept_once_whoever_brings_it(store: Store) -> None:
    with store.transaction() as connection:
        first = inbox.store(connection, "chat", "7", {"n": 1}, NOW)
        assert inbox.store(connection, "chat", "7", {"n": 2}, NOW) is None
        assert inbox.store(connection, "other", "7", {"n": 3}, NOW) not in (None, first)
        assert [row.payload for row in inbox.waiting(connection)] == [{"n": 1}, {"n": 3}]
        assert first is not None
        inbox.settle(connection, first, NOW)
        assert inbox.take(connection, first) is None
        assert inbox.store(connection, "chat", "7", {"n": 4}, NOW) is None


payloads = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payloads)
def test_any_payload_that_json_can_say_is_stored_and_read_again(store: Store, payload: Any) -> None:
    with store.transaction(commit=False) as connection:
        number = inbox.store(connection, "chat", "1", {"payload": payload}, NOW)
        assert number is not None
        row = inbox.take(connection, number)
        assert row is not None and row.payload == {"payload": payload}


def test_a_letter_is_written_once(store: Store) -> None:
    with store.transaction() as connection:
        assert outbox.write(connection, [letter("a"), letter("b"), letter("a")], NOW) == ("a", "b")
        assert outbox.write(connection, [letter("b"), letter("c")], NOW) == ("c",)


def claimed(store: Store, now: datetime = NOW, most: int = 10) -> list[str]:
    with store.transaction() as connection:
        return [each.key for each in outbox.claim(connection, now, most, channels=frozenset({"chat"}))]


def test_answers_go_first_one_at_a_time_for_each_address(store: Store) -> None:
    with store.transaction() as connection:
        number = inbox.store(connection, "chat", "1", {}, NOW)
        letters = [letter("news a", "a"), letter("news b", "b"), letter("answer b", "b", answers=number)]
        later = NOW + timedelta(hours=1)
        outbox.write(connection, [*letters, letter("elsewhere", "c"), letter("tomorrow", "d", due=later)], NOW)
        outbox.write(connection, [Letter("zalo", "reply", "zalo", "z", {}, NOW)], NOW)
    assert claimed(store) == ["answer b", "news a", "elsewhere"]
    assert claimed(store) == [], "everything else waits for the letters under way, for its moment or its channel"


def test_a_lease_ends_and_whoever_held_it_notices(store: Store) -> None:
    with store.transaction() as connection:
        outbox.write(connection, [letter("x")], NOW)
        (mine,) = outbox.claim(connection, NOW, 1, channels=frozenset({"chat"}))
        assert outbox.renew(connection, mine, NOW)
        after = NOW + outbox.LEASE
        (theirs,) = outbox.claim(connection, after, 1, channels=frozenset({"chat"}))
        assert (mine.attempts, theirs.attempts) == (1, 2)
        assert not outbox.renew(connection, mine, after)
        assert outbox.renew(connection, theirs, after)
        outbox.settle(connection, theirs.id, after, ["1"])
        assert not outbox.renew(connection, theirs, after)


def test_a_letter_that_was_not_tried_keeps_its_attempts(store: Store) -> None:
    with store.transaction() as connection:
        outbox.write(connection, [letter("x")], NOW)
        for _ in range(3):
            (taken,) = outbox.claim(connection, NOW, 1, channels=frozenset({"chat"}))
            assert taken.attempts == 1
            outbox.give_back(connection, taken.id, NOW)
        (found,) = outbox.at_address(connection, "chat", "a")
        assert (found.state, found.attempts) == ("due", 0)


def test_what_was_said_is_found_by_its_key(store: Store) -> None:
    with store.transaction() as connection:
        outbox.write(connection, [letter("remind:x_y:1"), letter("remind:xzy:1"), letter("remind:x_y:2")], NOW)
        assert outbox.with_keys(connection, "remind:x_y:") == {"remind:x_y:1", "remind:x_y:2"}
        newest = outbox.latest(connection, "remind:x_y:")
        assert newest is not None and newest.key == "remind:x_y:2"
        midnight = datetime(2025, 3, 21, 0, 0, tzinfo=ZONE)
        assert outbox.told_on(connection, "reply", midnight - timedelta(seconds=1)) == {("chat", "a")}
        assert outbox.told_on(connection, "reply", midnight) == frozenset()


def test_a_tree_of_unions_is_seen_from_above_and_from_below(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, TREE)
        assert unions.below(connection, "D") == {"D", "D-1", "D-2"}
        assert unions.below(connection, "E-1") == {"E-1"}
        assert unions.chain(connection, "D-2") == ("D-2", "D")
        unions.put(connection, [Union("D-2", "Renamed", "grassroots", "E")])
        assert unions.below(connection, "E") == {"E", "E-1", "D-2"} and unions.count(connection) == len(TREE)


def test_a_union_above_that_does_not_exist_is_refused_by_the_database(store: Store) -> None:
    with pytest.raises(IntegrityError), store.transaction() as connection:
        unions.put(connection, [Union("F-1", "Orphan", "grassroots", "F")])


def test_an_address_belongs_to_one_officer_and_opens_when_they_write(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, TREE)
        officers.add(connection, "D-1", "officer", "chat", "7", NOW)
        with pytest.raises(officers.AddressTaken):
            officers.add(connection, "D-2", "officer", "chat", "7", NOW)
        officers.add(connection, "D-1", "officer", "chat", "8", NOW + timedelta(days=1))
        assert officers.responsible(connection, "officer")["D-1"].address == "7", "who has held the post longest"
        officers.lose(connection, "chat", "7", "blocked")
        lost = officers.at_address(connection, "chat", "7")
        assert lost is not None and (lost.reachable, lost.why_not) == (False, "blocked")
        officers.heard(connection, "chat", "7", NOW)
        found = officers.at_address(connection, "chat", "7")
        assert found is not None and (found.reachable, found.why_not) == (True, None)


def test_a_correction_of_figures_is_kept_beside_what_it_corrects(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, TREE)
        for period, members in (("2025-01", 10), ("2025-03", 12), ("2025-03", 13)):
            checkins.put(connection, "D-1", "f", 1, period, {"m": members}, officer=None, late=False, now=NOW)
        standing = checkins.get(connection, "D-1", "f", "2025-03")
        assert standing is not None and (standing.revision, standing.answers) == (2, {"m": 13})
        before = checkins.before(connection, "D-1", "f", "2025-03")
        assert before is not None and before.period == "2025-01"
        assert checkins.who_sent(connection, "f", "2025-03") == {"D-1"}
        assert checkins.get(connection, "D-2", "f", "2025-03") is None


def test_a_report_has_one_receipt_and_its_rule_can_be_changed(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, TREE)
        reports.confirm(connection, [RULE], NOW)
        first = reports.submit(connection, "quarter", "D-1", "2025-Q1", officer=None, late=False, now=NOW)
        again = reports.submit(connection, "quarter", "D-1", "2025-Q1", officer=None, late=True, now=NOW)
        assert again == first
        reports.confirm(connection, [ReportRule(**{**vars(RULE), "working_days": 5})], NOW)
        changed = reports.rule(connection, "quarter")
        assert changed is not None and changed.working_days == 5
        assert reports.who_submitted(connection, "quarter", "2025-Q1") == {"D-1"}


def test_a_conversation_is_replaced_by_its_next_state(store: Store) -> None:
    with store.transaction() as connection:
        for state in ({"a": 1}, {"b": "đoàn viên"}):
            conversations.save(connection, "chat", "7", state, NOW)
        assert conversations.load(connection, "chat", "7") == {"b": "đoàn viên"}
        assert conversations.load(connection, "chat", "8") is None
