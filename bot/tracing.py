"""One word that stands in every line of the log about one update, from its arrival to the letters it led to.

The word names the update's row in the inbox, so that an operator finds it again; it says nothing about a person.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from structlog.contextvars import bound_contextvars

from db import Letter


@contextmanager
def traced(number: int) -> Iterator[None]:
    """What is logged in this block, also in threads that it starts, belongs to the update with this number."""
    with bound_contextvars(trace=f"update-{number}"):
        yield


@contextmanager
def traced_letter(letter: Letter) -> Iterator[None]:
    """What is logged in this block belongs to a letter: to the update that it answers, else to itself."""
    with bound_contextvars(trace=f"letter-{letter.id}" if letter.answers is None else f"update-{letter.answers}"):
        yield
