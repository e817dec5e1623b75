"""The tree of unions with its history: who stood above whom on which day, what became of a union, how it was called."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from secrets import token_hex

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, func, insert, or_, select, update
from sqlalchemy import union as together

from db import notes
from db.once import forget
from db.tables import successions, union_names, unions
from db.tables import union_parents as parents
from db.tree import ALWAYS, Flaw, UnionHistory, flaws, history_of, moved, renamed
from knowledge import Union

__all__ = ["ALWAYS", "TREE", "NoTree"]

TREE = "tree"
"""The note that holds another mark after every change of the tree, so that what was kept of it is known to be old."""


class NoTree(ValueError):
    """The change would leave something that is no tree; `flaws` say what, and nothing must be committed."""

    def __init__(self, found: Iterable[Flaw]) -> None:
        self.flaws = tuple(found)
        super().__init__("; ".join(map(str, self.flaws)))


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
    """Add unions, or change those that are there from the day `on`; raises `NoTree`."""
    known = histories(connection)
    wanted = [_changed(known.get(union.code), union, on) for union in rows]
    _keep_checked(connection, known, wanted)


def _changed(before: UnionHistory | None, union: Union, on: date) -> UnionHistory:
    if before is None:
        above = history_of(((ALWAYS, union.parent),))
        return UnionHistory(union.code, union.name, union.level, union.sector, parents=above)
    after = renamed(before, union.name, on) if on > ALWAYS else replace(before, name=union.name)
    after = after if before.parent_on(on) == union.parent else moved(after, union.parent, on)
    return replace(after, level=union.level, sector=union.sector)


def move(connection: Connection, code: str, parent: str, on: date) -> None:
    """From the day `on` the union stands below `parent` (below nobody where it is empty); the past stays known.

    Raises `KeyError` for a union that is not there, `NoTree` where it would stand below itself or a closed union.
    """
    known = histories(connection)
    _keep_checked(connection, known, [moved(known[code], parent, on)])


def rename(connection: Connection, code: str, name: str, on: date) -> None:
    """From the day `on` the union is called `name`; raises `KeyError` for a union that is not there."""
    known = histories(connection)
    _keep_checked(connection, known, [renamed(known[code], name, on)])


def close(connection: Connection, codes: Collection[str], on: date, successors: Collection[str] = ()) -> None:
    """From the day `on` these unions are no more; their `successors`, if any, take over: one for a merger, several for
    a split.

    Raises `KeyError` for a union that is not there, `NoTree` where one still stands above an open union.
    """
    known = histories(connection)
    ended = [replace(known[code], closed=on, successors=tuple(sorted(successors))) for code in codes]
    _keep_checked(connection, known, ended)


def _keep_checked(connection: Connection, known: Mapping[str, UnionHistory], wanted: Collection[UnionHistory]) -> None:
    after = {**known, **{union.code: union for union in wanted}}
    # What names a union that is nowhere is refused by the database itself.
    found = [flaw for flaw in flaws(after) if not flaw.kind.startswith("unknown")]
    if found:
        raise NoTree(found)
    keep(connection, [union for union in wanted if known.get(union.code) != union])


def histories(connection: Connection) -> dict[str, UnionHistory]:
    """Every union that is or was there, with all that is known of its past, in the order of the codes."""
    above: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in connection.execute(select(parents).order_by(parents.c.union, parents.c.since)):
        earlier = above[row.union]
        if earlier and earlier[-1] == (row.since, ""):
            earlier.pop()
        earlier.append((row.since, row.parent))
        if row.until is not None:
            earlier.append((row.until, ""))
    names: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in connection.execute(select(union_names).order_by(union_names.c.until)):
        names[row.union].append((row.until, row.name))
    after: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(select(successions).order_by(successions.c.successor)):
        after[row.predecessor].append(row.successor)
    return {
        row.code: UnionHistory(
            row.code,
            row.name,
            row.level,
            row.sector,
            row.opened,
            row.closed,
            tuple(above.get(row.code, ())),
            tuple(names.get(row.code, ())),
            tuple(after.get(row.code, ())),
        )
        for row in connection.execute(select(unions).order_by(unions.c.code))
    }


def keep(connection: Connection, changed: Collection[UnionHistory]) -> None:
    """Write these unions with their whole past; the caller has seen to it that they form a tree (`tree.flaws`)."""
    if not changed:
        return
    codes = set(connection.scalars(select(unions.c.code)))
    rows = [
        {
            "code": each.code,
            "name": each.name,
            "level": each.level,
            "sector": each.sector,
            "opened": each.opened,
            "closed": each.closed,
        }
        for each in changed
    ]
    old = [row | {"its_code": row["code"]} for row in rows if row["code"] in codes]
    new = [row for row in rows if row["code"] not in codes]
    if old:
        connection.execute(update(unions).where(unions.c.code == bindparam("its_code")), old)
        known = [{"its_code": row["code"]} for row in old]
        for column in (parents.c.union, union_names.c.union, successions.c.predecessor):
            connection.execute(column.table.delete().where(column == bindparam("its_code")), known)
    if new:
        connection.execute(insert(unions), new)
    for table, belonging in (
        (parents, [row for each in changed for row in _parent_rows(each)]),
        (
            union_names,
            [{"union": each.code, "until": day, "name": name} for each in changed for day, name in each.names],
        ),
        (successions, [row for each in changed for row in _succession_rows(each)]),
    ):
        if belonging:
            connection.execute(insert(table), belonging)
    # Not a count: one that was taken back would come again for another tree.
    notes.write(connection, TREE, token_hex(8))
    forget(connection, TREE)


def _parent_rows(union: UnionHistory) -> Iterator[dict[str, str | date | None]]:
    ends = (*(since for since, _ in union.parents[1:]), None)
    for (since, parent), until in zip(union.parents, ends, strict=False):
        if parent:
            yield {"union": union.code, "since": since, "until": until, "parent": parent}


def _succession_rows(union: UnionHistory) -> Iterator[dict[str, str | date | None]]:
    for successor in union.successors if union.closed else ():
        yield {"predecessor": union.code, "successor": successor, "since": union.closed}


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


def is_open(connection: Connection, code: str, on: date) -> bool:
    """Whether there is a union with this code on that day."""
    return connection.scalar(select(unions.c.code).where(unions.c.code == code, _open(on))) is not None


def days_of_change(connection: Connection) -> tuple[date, ...]:
    """The days on which the tree became another one, oldest first."""
    columns = (unions.c.opened, unions.c.closed, parents.c.since, parents.c.until)
    queries = [select(column.label("day")).where(column.is_not(None), column > ALWAYS) for column in columns]
    return tuple(sorted(connection.scalars(together(*queries))))


def days_closed(connection: Connection) -> dict[str, date]:
    """The unions that were, or are to be, closed, each with the first day on which it is no more."""
    query = select(unions.c.code, unions.c.closed).where(unions.c.closed.is_not(None))
    return {row.code: row.closed for row in connection.execute(query)}


def count(connection: Connection) -> int:
    """How many unions there are or were."""
    return connection.scalar(select(func.count()).select_from(unions)) or 0
