"""Parts of the tree of unions: a branch with its names, some unions by their codes; never the whole tree."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from db.tables import union_parents as parents
from db.tables import unions
from knowledge import Union

T = TypeVar("T", int, str)

AT_ONCE = 500
"""A statement takes no more values than this on every database."""


def _unions(on: date) -> Select[tuple[str, ...]]:
    managed = and_(parents.c.since <= on, or_(parents.c.until.is_(None), parents.c.until > on))
    above = and_(parents.c.union == unions.c.code, managed)
    columns = (unions.c.code, unions.c.name, unions.c.level, unions.c.sector, parents.c.parent)
    return select(*columns).select_from(unions.outerjoin(parents, above))


def _found(connection: Connection, query: Select[tuple[str, ...]]) -> dict[str, Union]:
    rows = connection.execute(query)
    return {row.code: Union(row.code, row.name, row.level, row.parent or "", row.sector) for row in rows}


def some(connection: Connection, codes: Collection[str], on: date) -> dict[str, Union]:
    """The unions with these codes below the parents that they have on that day, also closed ones."""
    found: dict[str, Union] = {}
    for few in portions(codes):
        found |= _found(connection, _unions(on).where(unions.c.code.in_(few)))
    return found


def open_among(connection: Connection, codes: Collection[str], on: date) -> dict[str, Union]:
    """Those of the unions with these codes that are open on that day, in the order of their codes."""
    found: dict[str, Union] = {}
    for few in portions(codes):
        found |= _found(connection, _unions(on).where(unions.c.code.in_(few), _open(on)))
    return dict(sorted(found.items()))


def count(connection: Connection, on: date) -> int:
    """How many unions are open on that day."""
    return int(connection.scalar(select(func.count()).select_from(unions).where(_open(on))) or 0)


def _open(on: date) -> ColumnElement[bool]:
    opened = or_(unions.c.opened.is_(None), unions.c.opened <= on)
    return and_(opened, or_(unions.c.closed.is_(None), unions.c.closed > on))


def with_children(connection: Connection, codes: Collection[str], on: date) -> frozenset[str]:
    """Those of the codes below which other unions stand on that day."""
    managed = and_(parents.c.since <= on, or_(parents.c.until.is_(None), parents.c.until > on))
    found: set[str] = set()
    for few in portions(codes):
        found |= set(connection.scalars(select(parents.c.parent).distinct().where(parents.c.parent.in_(few), managed)))
    return frozenset(found)


def portions(values: Collection[T]) -> Iterator[Sequence[T]]:
    """The values in their order, so many at a time as a statement takes."""
    listed = sorted(values)
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]
