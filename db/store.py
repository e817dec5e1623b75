"""The door to all shelves: one transaction at a time, committed as a whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from db.engine import in_words, open_engine

__all__ = ["Connection", "Store"]


class Store:
    """An open database. Safe to use from several threads; each transaction has its own connection."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str) -> "Store":
        """Open `url`; raises `StoreError` with a sentence when that cannot be done."""
        return cls(open_engine(url))

    @contextmanager
    def transaction(self, *, commit: bool = True) -> Iterator[Connection]:
        """A connection whose work is committed at the end, or rolled back on any error or with `commit=False`.

        Raises `StoreBusy` when another process holds the database, `StoreError` when it is damaged or has no room.
        """
        try:
            with self.engine.connect() as connection, connection.begin() as transaction:
                yield connection
                if not commit:
                    transaction.rollback()
        except DatabaseError as error:
            # Its other kinds (a key that exists, a value that does not fit) are mistakes of ours, not of the place.
            if isinstance(error, OperationalError) or type(error) is DatabaseError:
                raise in_words(error) from error
            raise

    def close(self) -> None:
        """Give back every connection; the store cannot be used afterwards."""
        self.engine.dispose()
