"""A part of a transaction that is undone alone where it fails."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from db.failures import StoreError, in_words, is_of_the_place
from db.once import forget_all


@contextmanager
def nested(connection: Connection) -> Iterator[None]:
    """Undo what the block did where it raises; the transaction around it goes on.

    Raises `StoreError` where the database itself failed: then the whole transaction has to be given up.
    """
    failure: StoreError | None = None
    try:
        with connection.begin_nested():
            try:
                yield
            except BaseException as error:
                # What is undone was perhaps read before.
                forget_all(connection)
                if isinstance(error, DBAPIError) and is_of_the_place(error):
                    failure = in_words(error)
                raise
    except DBAPIError as error:
        # A full disk has taken the savepoint along: what happened first says more than that it is gone.
        if failure is not None or is_of_the_place(error):
            raise failure or in_words(error) from error
        raise
