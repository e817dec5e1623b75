"""Several processes on one database, on both engines: nothing is lost, nothing is done twice, nobody waits for ever."""

import math
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text

from db import conversations, inbox, library, notes, officers
from db.engine import StoreBusy, StoreError, open_engine
from db.store import Isolation, Store, begins_with, insert_new
from db.tables import notes as table
from scheduler import ZONE
from tests.postgres_room import PostgresServer

NOW = datetime(2025, 3, 20, 8, 0, tzinfo=ZONE)

Work = Callable[[], object]


def at_once(*works: Work) -> None:
    """Do all of these at the same moment; whatever one of them raises is raised here."""
    begin, raised = threading.Barrier(len(works)), list[BaseException]()

    def does(work: Work) -> None:
        begin.wait(10)
        try:
            work()
        except BaseException as error:
            raised.append(error)

    workers = [threading.Thread(target=does, args=(work,)) for work in works]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert not worker.is_alive()
    for error in raised:
        raise error


def count_on(connection: Connection) -> None:
    """Read a number and write the next one."""
    notes.write(connection, "count", str(int(notes.read(connection, "count") or 0) + 1))


@pytest.mark.both_engines
def test_what_was_read_is_true_until_it_is_written(store: Store) -> None:
    def counts() -> None:
        for _ in range(5):
            store.retrying(count_on, tries=50)

    at_once(*[counts] * 4)
    with store.transaction() as connection:
        assert notes.read(connection, "count") == "20"


def test_without_another_try_one_of_two_is_told_to_begin_again(postgres: PostgresServer) -> None:
    store = Store.open(postgres.emptied())
    with pytest.raises(StoreBusy, match="tried again"), store.transaction() as slow:
        notes.read(slow, "count")
        store.retrying(count_on)
        notes.write(slow, "other", "x")
        notes.write(slow, "count", "1")
    with store.transaction() as connection:
        assert (notes.read(connection, "count"), notes.read(connection, "other")) == ("1", None)
    store.close()


# Work that is tried again.


@pytest.mark.parametrize(("busy", "tries", "done"), [(0, 1, True), (2, 3, True), (3, 3, False)])
def test_work_is_tried_again_so_often_and_no_more(store: Store, busy: int, tries: int, done: bool) -> None:
    begun: list[int] = []

    def work(connection: Connection) -> str:
        notes.write(connection, f"try {len(begun)}", "x")
        begun.append(1)
        if len(begun) <= busy:
            raise StoreBusy("in the way")
        return "done"

    if done:
        assert store.retrying(work, tries=tries) == "done"
    else:
        with pytest.raises(StoreBusy):
            store.retrying(work, tries=tries)
    assert len(begun) == min(busy + 1, tries)
    with store.transaction() as connection:
        kept = connection.scalars(select(table.c.name)).all()
    assert kept == ([f"try {busy}"] if done else [])


def test_what_will_not_get_better_is_not_tried_again(store: Store) -> None:
    begun: list[int] = []

    def work(connection: Connection) -> None:
        begun.append(1)
        raise StoreError("The disk is full")

    with pytest.raises(StoreError):
        store.retrying(work)
    assert len(begun) == 1


# What every engine understands alike.


@pytest.mark.both_engines
def test_what_is_there_already_is_not_added(store: Store) -> None:
    with store.transaction() as connection:
        notes.write(connection, "a", "old")
        new = [{"name": name, "value": "new"} for name in ("a", "b")]
        added = connection.scalars(insert_new(table).returning(table.c.name), new).all()
        assert added == ["b"] and (notes.read(connection, "a"), notes.read(connection, "b")) == ("old", "new")
        connection.execute(insert_new(table), new)


@pytest.mark.both_engines
def test_a_beginning_is_compared_letter_by_letter(store: Store) -> None:
    names = ["ask:a", "ask:a:1", "ask:ab", "ask:a%", "ask:á", "ASK:a", "ask:A:1", "as"]
    with store.transaction() as connection:
        for name in names:
            notes.write(connection, name, "x")
        for prefix in ("ask:a", "ask:a:", "ask:a%", "ask:á", "ask:", ""):
            found = set(connection.scalars(select(table.c.name).where(begins_with(table.c.name, prefix))))
            assert found == {name for name in names if name.startswith(prefix)}, prefix


@pytest.mark.both_engines
def test_text_is_ordered_by_its_bytes(store: Store) -> None:
    names = ["b", "B", "a", "á", "PR-10", "PR-2", "PR_1", "đ", "z", ""]
    with store.transaction() as connection:
        for name in names:
            notes.write(connection, name, "x")
        ordered = connection.scalars(select(table.c.name).order_by(table.c.name)).all()
    assert ordered == sorted(names)


HOSTILE = [
    ({"text": "a\0b"}, {"text": "a\0b"}),
    ({"text": "\ud800"}, {"text": "\ud800"}),
    ({"n": [math.nan, math.inf, -math.inf, 1.5]}, {"n": [None, None, None, 1.5]}),
    ({"n": 10**400}, {"n": 10**400}),
    ({"": {"": [[[[]]]]}}, {"": {"": [[[[]]]]}}),
]


@pytest.mark.both_engines
@pytest.mark.parametrize(("payload", "kept"), HOSTILE, ids=["nul", "half a pair", "no number", "large", "empty"])
def test_a_hostile_update_is_kept(store: Store, payload: dict[str, object], kept: dict[str, object]) -> None:
    with store.transaction() as connection:
        number = inbox.store(connection, "chat", "9" * 300, payload, NOW)
        assert number is not None
        found = inbox.take(connection, number)
    assert found is not None and found.payload == kept


@pytest.mark.both_engines
@pytest.mark.parametrize("number", [-1, 2**31, 99_999_999_999_999, 10**30])
def test_a_number_that_no_row_can_have_is_that_of_no_row(store: Store, number: int) -> None:
    with store.transaction() as connection:
        assert inbox.take(connection, number) is None and officers.post(connection, number) is None
        assert conversations.load(connection, "chat", "a", number) is None
        library.withdraw(connection, [number], None, NOW)


# One chat, one turn at a time.


def test_one_chat_is_held_by_one_transaction(postgres: PostgresServer) -> None:
    store = Store.open(postgres.emptied())
    inside, most = 0, 0

    def turn(connection: Connection) -> None:
        nonlocal inside, most
        conversations.hold(connection, [("chat", "a")])
        inside += 1
        most = max(most, inside)
        try:
            count_on(connection)
        finally:
            inside -= 1

    at_once(*[lambda: store.retrying(turn, tries=50)] * 6)
    with store.transaction() as connection:
        assert notes.read(connection, "count") == "6"
    assert most == 1
    store.close()


def test_other_chats_are_not_waited_for_and_the_same_one_not_for_ever(postgres: PostgresServer) -> None:
    url = postgres.emptied()
    store, other = Store.open(url), Store(open_engine(url, busy_seconds=0.2))
    with store.transaction() as first:
        conversations.hold(first, [("chat", "a")])
        with other.transaction() as second:
            conversations.hold(second, [("chat", "b")])
        with pytest.raises(StoreBusy, match="holds what is needed"), other.transaction() as second:
            conversations.hold(second, [("chat", "a")])
    store.close()
    other.close()


def test_who_asks_for_it_sees_what_others_commit_meanwhile(postgres: PostgresServer) -> None:
    store = Store.open(postgres.emptied())
    for isolation, seen in ((None, None), ("READ COMMITTED", "x")):
        with store.transaction(commit=False, isolation=isolation) as reader:
            assert notes.read(reader, str(isolation)) is None
            with store.transaction() as writer:
                notes.write(writer, str(isolation), "x")
            assert notes.read(reader, str(isolation)) == seen
    with store.transaction() as connection:
        assert connection.scalar(text("SHOW transaction_isolation")) == "serializable", "the next one is again"
    store.close()


def test_long_work_is_not_in_the_way_of_what_it_has_read(postgres: PostgresServer) -> None:
    """It reads everything and writes something; meanwhile a turn reads what it writes and writes what it has read."""
    store = Store.open(postgres.emptied())

    def long_work(isolation: Isolation | None) -> None:
        with store.transaction(isolation=isolation) as ring:
            ring.execute(select(table)).all()
            with store.transaction() as turn:
                notes.read(turn, "rung")
                notes.write(turn, "heard", str(isolation))
            notes.write(ring, "rung", "x")

    with pytest.raises(StoreBusy):
        long_work(None)
    long_work("REPEATABLE READ")
    store.close()


def test_what_another_process_added_meanwhile_is_found_at_the_next_try(postgres: PostgresServer) -> None:
    store = Store.open(postgres.emptied())
    tries: list[str | None] = []

    def adds(connection: Connection) -> None:
        tries.append(notes.read(connection, "rung"))
        if tries[-1] is None:
            with store.transaction() as other:
                notes.write(other, "rung", "other")
            connection.execute(insert(table).values(name="rung", value="mine"))

    store.retrying(adds, isolation="REPEATABLE READ")
    assert tries == [None, "other"]
    store.close()


# Two processes start at once.


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_of_two_that_make_the_tables_at_once_one_waits(engine: str, tmp_path: Path, postgres: PostgresServer) -> None:
    url = postgres.make(empty=True) if engine == "postgresql" else f"sqlite:///{tmp_path / 'office.sqlite'}"
    at_once(*[lambda: Store.open(url).close()] * 3)
    store = Store.open(url)
    with store.transaction() as connection:
        assert len(connection.execute(text("SELECT version_num FROM alembic_version")).all()) == 1
    store.close()
