"""The tree of unions with its history: who stood above whom on which day, what became of a union, how it was called."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, insert, or_, select, update

from db.tables import union_parents as parents
from db.tables import unions
from knowledge import Union

ALWAYS = date(1900, 1, 1)
"""The first day of what was never said to have begun."""


def _union(row: Row[tuple[str, ...]]) -> Union:
    return Union(row.code, row.name, row.level, row.parent or "", row.sector)


def _managed(on: date) -> ColumnElement[bool]:
    """Whether a row of `union_parents` holds on that day."""
    return and_(parents.c.since <= on, or_(parents.c.until.is_(None), parents.c.until > on))


def _open(on: date) -> ColumnElement[bool]:
    began = or_(unions.c.opened.is_(None), unions.c.opened <= on)
    return and_(began, or_(unions.c.closed.is_(None), unions.c.closed > on))


def _with_parent(on: date) -> Select[tuple[str, ...]]:
    above = and_(parents.c.union == unions.c.code, _managed(on))
    columns = (unions.c.code, unions.c.name, unions.c.level, unions.c.sector, parents.c.parent)
    return select(*columns).select_from(unions.outerjoin(parents, above))


def put(connection: Connection, rows: Iterable[Union], on: date = ALWAYS) -> None:
    """Add unions, or change those that are there from the day `on`; a parent must come before its children."""
    known = {union.code: union for union in every(connection, on)}
    codes = set(connection.scalars(select(unions.c.code)))
    for union in rows:
        values = {"name": union.name, "level": union.level, "sector": union.sector}
        if union.code in codes:
            connection.execute(update(unions).where(unions.c.code == union.code).values(values))
        else:
            connection.execute(insert(unions).values(code=union.code, **values))
            codes.add(union.code)
        before = known.get(union.code)
        if before is None or before.parent != union.parent:
            move(connection, union.code, union.parent, on if before else ALWAYS)


def move(connection: Connection, code: str, parent: str, on: date) -> None:
    """From the day `on` the union stands below `parent` (below nobody where it is empty); the past stays known."""
    mine = parents.c.union == code
    connection.execute(parents.delete().where(mine, parents.c.since >= on))
    connection.execute(update(parents).where(mine, _managed(on)).values(until=on))
    if parent:
        connection.execute(insert(parents).values(union=code, parent=parent, since=on))


def get(connection: Connection, code: str, on: date) -> Union | None:
    """The union with this code, below the parent that it has on that day; also one that is closed by then."""
    row = connection.execute(_with_parent(on).where(unions.c.code == code)).one_or_none()
    return _union(row) if row else None


def every(connection: Connection, on: date) -> tuple[Union, ...]:
    """All unions that are open on that day, in the order of their codes."""
    return tuple(_union(row) for row in connection.execute(_with_parent(on).where(_open(on)).order_by(unions.c.code)))


def of_level(connection: Connection, level: str, on: date) -> tuple[Union, ...]:
    """The open unions of one level ("grassroots", "district", …), in the order of their codes."""
    query = _with_parent(on).where(_open(on), unions.c.level == level).order_by(unions.c.code)
    return tuple(_union(row) for row in connection.execute(query))


def chain(connection: Connection, code: str, on: date) -> tuple[str, ...]:
    """The union's own code and the codes of all above it on that day, from the bottom up."""
    codes: list[str] = []
    at: str | None = code
    while at and at not in codes:
        codes.append(at)
        at = connection.scalar(select(parents.c.parent).where(parents.c.union == at, _managed(on)))
    return tuple(codes)


def below(connection: Connection, code: str, on: date) -> frozenset[str]:
    """The codes of the union and of all below it on that day, closed ones too: what its staff may see."""
    tree = select(unions.c.code).where(unions.c.code == code).cte(recursive=True)
    tree = tree.union(select(parents.c.union).join(tree, parents.c.parent == tree.c.code).where(_managed(on)))
    return frozenset(connection.scalars(select(tree.c.code)))


def count(connection: Connection) -> int:
    """How many unions there are or were."""
    return connection.scalar(select(func.count()).select_from(unions)) or 0
