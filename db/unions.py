"""The tree of unions: who stands above whom."""

from collections.abc import Iterable

from sqlalchemy import Connection, Row, func, insert, select, update

from db.tables import unions
from knowledge import Union


def _union(row: Row[tuple[str, ...]]) -> Union:
    return Union(row.code, row.name, row.level, row.parent or "", row.sector)


def put(connection: Connection, rows: Iterable[Union]) -> None:
    """Add unions, or change those that are there; a parent must come before its children."""
    known = set(connection.scalars(select(unions.c.code)))
    for union in rows:
        values = {
            "name": union.name,
            "level": union.level,
            "parent": union.parent or None,
            "sector": union.sector,
        }
        if union.code in known:
            connection.execute(update(unions).where(unions.c.code == union.code).values(values))
        else:
            connection.execute(insert(unions).values(code=union.code, **values))
            known.add(union.code)


def get(connection: Connection, code: str) -> Union | None:
    """The union with this code."""
    row = connection.execute(select(unions).where(unions.c.code == code)).one_or_none()
    return _union(row) if row else None


def every(connection: Connection) -> tuple[Union, ...]:
    """All unions, in the order of their codes."""
    return tuple(_union(row) for row in connection.execute(select(unions).order_by(unions.c.code)))


def of_level(connection: Connection, level: str) -> tuple[Union, ...]:
    """The unions of one level ("grassroots", "district", …), in the order of their codes."""
    query = select(unions).where(unions.c.level == level).order_by(unions.c.code)
    return tuple(_union(row) for row in connection.execute(query))


def chain(connection: Connection, code: str) -> tuple[str, ...]:
    """The union's own code and the codes of all above it, from the bottom up."""
    codes: list[str] = []
    at: str | None = code
    while at and at not in codes:
        codes.append(at)
        at = connection.scalar(select(unions.c.parent).where(unions.c.code == at))
    return tuple(codes)


def below(connection: Connection, code: str) -> frozenset[str]:
    """The codes of the union and of all below it: what its staff may see."""
    tree = select(unions.c.code).where(unions.c.code == code).cte(recursive=True)
    tree = tree.union(select(unions.c.code).join(tree, unions.c.parent == tree.c.code))
    return frozenset(connection.scalars(select(tree.c.code)))


def count(connection: Connection) -> int:
    """How many unions there are."""
    return connection.scalar(select(func.count()).select_from(unions)) or 0
