"""The door to all shelves: one transaction at a time, committed as a whole or not at all."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Table, and_
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from db.engine import BUSY_SECONDS, StoreBusy, open_engine
from db.failures import in_words, is_of_the_place, state_of

__all__ = ["Connection", "Store", "begins_with", "insert_new", "insert_or_update"]

T = TypeVar("T")

Isolation = Literal["READ COMMITTED", "REPEATABLE READ"]
"""What a transaction may do without on PostgreSQL, so as to be told less often to begin again.

READ COMMITTED: it sees what others commit meanwhile. REPEATABLE READ: what it has read may be changed by others before
it commits, unless it changes the same rows; for long work that reads nearly everything, beside which turns are taken.
"""

KEY_EXISTS = "23505"

TRIES = 8
LONGEST_PAUSE = 0.5
"""In seconds; the pauses between the tries grow up to it."""


class Store:
    """An open database. Safe to use from several threads; each transaction has its own connection."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # SQLite has who waits for its lock look again from time to time; the threads of one process tell each other.
        self._door = threading.Lock() if engine.dialect.name == "sqlite" else None

    @classmethod
    def open(cls, url: str) -> "Store":
        """Open `url`; raises `StoreError` with a sentence when that cannot be done."""
        return cls(open_engine(url))

    @contextmanager
    def transaction(
        self, *, commit: bool = True, isolation: Isolation | None = None, lasting: bool = True
    ) -> Iterator[Connection]:
        """A connection whose work is committed at the end, or rolled back on any error or with `commit=False`.

        What was read stays true until the commit: a transaction has an SQLite database to itself, and on PostgreSQL it
        is serializable unless `isolation` says otherwise. What is not `lasting` need not be on the disk when it is
        committed: it outlives this process, and is lost with the last moments before a power cut.

        Raises `StoreBusy` when another process was in the way or the connection was lost (then nothing was committed,
        or the connection broke while it was), `StoreError` when the database is damaged, out of reach or has no room.
        """
        try:
            with self._alone(), self.engine.connect() as connection:
                if isolation is not None and self.engine.dialect.name != "sqlite":
                    connection.execution_options(isolation_level=isolation)
                with _hurried(connection, hurry=not lasting), connection.begin() as transaction:
                    if not lasting and self.engine.dialect.name != "sqlite":
                        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
                    yield connection
                    if not commit:
                        transaction.rollback()
        except NoConnectionFree as error:
            raise StoreBusy("All connections to the database are in use: the work is tried again.") from error
        except DBAPIError as error:
            if is_of_the_place(error):
                raise in_words(error) from error
            if isolation == "REPEATABLE READ" and state_of(error) == KEY_EXISTS:
                raise StoreBusy("Another process added the same meanwhile: the work is tried again.") from error
            raise

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other thread of this process is in a transaction, where only one can be."""
        if self._door is None:
            yield
        elif self._door.acquire(timeout=BUSY_SECONDS):
            try:
                yield
            finally:
                self._door.release()
        else:
            raise StoreBusy("The database is at work for somebody else: the work is tried again.")

    def retrying(
        self,
        work: Callable[[Connection], T],
        *,
        commit: bool = True,
        isolation: Isolation | None = None,
        tries: int = TRIES,
    ) -> T:
        """Do `work` in a transaction, and again from the start whenever it was in another one's way.

        `work` must change nothing but the database. Raises `StoreBusy` after so many tries, and as `transaction`.
        """
        for number in range(1, tries):
            try:
                with self.transaction(commit=commit, isolation=isolation) as connection:
                    return work(connection)
            except StoreBusy:
                # Those that were in each other's way come back at different moments.
                time.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.01 * 2**number)))  # noqa: S311 - no secret
        with self.transaction(commit=commit, isolation=isolation) as connection:
            return work(connection)

    def close(self) -> None:
        """Give back every connection; the store cannot be used afterwards."""
        self.engine.dispose()


@contextmanager
def _hurried(connection: Connection, *, hurry: bool) -> Iterator[None]:
    """Have an SQLite file not wait for the disk at the commits in the block; a server is told so inside of them."""
    raw = connection.connection.dbapi_connection
    if not hurry or connection.dialect.name != "sqlite" or raw is None:
        yield
        return
    raw.cursor().execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        raw.cursor().execute("PRAGMA synchronous = FULL")


def insert_or_update(table: Table) -> Insert:
    """An INSERT that may say what to do where its key is there already: `.on_conflict_do_update(…)`."""
    # SQLite has taken these clauses over from PostgreSQL: one form serves both.
    return insert(table)


def insert_new(table: Table) -> Insert:
    """An INSERT that adds nothing where a unique key is there already; `.returning(…)` gives the rows that were added.

    On PostgreSQL a key that another process is adding at this moment is waited for; where that one commits, the
    transaction raises `StoreBusy` unless it is READ COMMITTED.
    """
    return insert_or_update(table).on_conflict_do_nothing()


def begins_with(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Whether a text begins with `prefix` exactly so written; an index on the column is used."""
    return and_(column >= prefix, column < prefix + "\U0010ffff")
