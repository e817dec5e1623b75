"""What is read once in a transaction, although every turn of it asks for it."""

import weakref
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from sqlalchemy import Connection, RootTransaction

T = TypeVar("T")

_NAME = "once"
_NOTHING = object()


def once(connection: Connection, name: Hashable, read: Callable[[], T]) -> T:
    """What `read` gave when it was first called under this `name` in the running transaction; whoever changes what it
    reads says so with `forget`."""
    kept = _kept(connection)
    found = kept.get(name, _NOTHING)
    if found is _NOTHING:
        found = kept[name] = read()
    return cast("T", found)


def forget(connection: Connection, name: Hashable) -> None:
    """From now on it is read anew."""
    _kept(connection).pop(name, None)


def forget_all(connection: Connection) -> None:
    """What was read may have been undone."""
    connection.info.pop(_NAME, None)


def _kept(connection: Connection) -> dict[Hashable, object]:
    transaction = connection.get_transaction()
    if transaction is None:
        return {}
    known: _Kept | None = connection.info.get(_NAME)
    if known is None or known.transaction() is not transaction:
        known = connection.info[_NAME] = _Kept(weakref.ref(transaction))
    return known.found


@dataclass
class _Kept:
    """What was found in a transaction."""

    transaction: weakref.ref[RootTransaction]
    found: dict[Hashable, object] = field(default_factory=dict)
