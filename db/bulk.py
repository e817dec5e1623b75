"""Very many rows at once, as a wave of letters writes them; and very many values looked up at once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache, partial
from itertools import chain, islice
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Connection, String, Table, any_, cast, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from db.engine import json_text

AT_ONCE = 100
"""So many rows are put together at a time; fewer go to a server as they do to a file."""


AT_HAND = 16
"""So many MB of an SQLite file are held in memory in a wave: the leaves of all indexes that it adds to out of their
order, which would else be written and read again and again."""


class JsonText(str):
    """JSON as it is kept, for a column of JSON: of letters that say nearly the same to thousands it is known."""

    __slots__ = ()


def looks_at_all(connection: Connection) -> AbstractContextManager[None]:
    """The statements in the block go through very many rows: a server is told so."""
    if connection.dialect.name == "sqlite":
        return nullcontext()
    from db import postgresql  # noqa: PLC0415 - loaded already, for the engine

    return postgresql.looks_at_all(connection)


@contextmanager
def wave(connection: Connection) -> Iterator[None]:
    """In the block very many rows are added; afterwards an SQLite file takes as little memory as before."""
    raw: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    (usual,) = raw.execute("PRAGMA cache_size").fetchone()
    raw.execute(f"PRAGMA cache_size = {-1024 * AT_HAND}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA cache_size = {usual}")


def add(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    alike: Mapping[str, Any],
) -> None:
    """Add rows with these values of their `columns`, all of which have the values `alike` in others.

    A default that is not the database's own has to be among them. Rows are made as they are asked for: a server takes
    in some while the next ones are made. Raises `IntegrityError` where a key is there already.
    """
    same = {name: (_stored(connection, table.c[name]) or _as_it_is)(value) for name, value in alike.items()}
    own = _columns([_stored(connection, table.c[name]) for name in columns], rows)
    quote = connection.dialect.identifier_preparer.quote
    into = f"{quote(table.name)} ({', '.join(map(quote, (*columns, *same)))})"
    if connection.dialect.name == "sqlite":
        _into_file(connection, into, own, ["?"] * len(columns) + [_written(value) for value in same.values()])
        return
    first = next(own, [[]])
    if len(first[0]) < AT_ONCE:
        marks = [_mark(table.c[name]) for name in (*columns, *same)]
        _insert(connection, into, marks, [(*row, *same.values()) for row in zip(*first, strict=True)])
        return
    from db import postgresql  # noqa: PLC0415 - loaded already, for the engine

    postgresql.copy_in(connection, f"COPY {into} FROM STDIN", chain((first,), own), tuple(same.values()))


def _into_file(
    connection: Connection, into: str, parts: Iterable[Sequence[Sequence[Any]]], marks: Sequence[str]
) -> None:
    """Many rows stand in one statement, which finds its place in every index once; and so does what they have alike,
    which is not bound again for each of them."""
    full, rest = [], list[tuple[Any, ...]]()
    for columns in parts:
        some = list(zip(*columns, strict=True))
        if len(some) == AT_ONCE:
            full.append(tuple(chain.from_iterable(some)))
        else:
            rest = some
    _insert(connection, into, marks, full, AT_ONCE)
    _insert(connection, into, marks, rest)


def _insert(
    connection: Connection, into: str, marks: Sequence[str], values: list[tuple[Any, ...]], rows: int = 1
) -> None:
    """Carry out a statement that adds so many `rows`, with each of the `values`."""
    if values:
        row = f"({', '.join(marks)})"
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES {', '.join([row] * rows)}", values)  # noqa: S608


def _columns(
    stored: Sequence[Callable[[Any], Any] | None], rows: Iterable[Sequence[Any]]
) -> Iterator[Sequence[Sequence[Any]]]:
    """Some rows at a time, as the values of each column as the driver takes them."""
    waiting = iter(rows)
    while some := tuple(islice(waiting, AT_ONCE)):
        yield [
            values if process is None else tuple(map(process, values))
            for process, values in zip(stored, zip(*some, strict=True), strict=True)
        ]


def _written(value: Any) -> str:
    """A value of the driver's as it stands in a statement for an SQLite file."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return "NULL" if value is None else str(int(value))


def _mark(column: Column[Any]) -> str:
    return "%s::json" if isinstance(column.type, JSON) else "%s"


def _stored(connection: Connection, column: Column[Any]) -> Callable[[Any], Any] | None:
    """What makes a value one that the driver takes; `None` where it takes it as it is."""
    if isinstance(column.type, JSON):
        nothing = None if column.type.none_as_null else json_text(None)
        return partial(_json, nothing)
    # A wave has few moments: each is converted once.
    process: Callable[[Any], Any] | None = column.type.dialect_impl(connection.dialect).bind_processor(
        connection.dialect
    )
    return process and cache(process)


def _json(nothing: str | None, value: Any) -> str | None:
    if type(value) is JsonText:
        return value
    return nothing if value is None else json_text(value)


def _as_it_is(value: Any) -> Any:
    return value


def among(connection: Connection, column: ColumnElement[str], values: Collection[str]) -> frozenset[str]:
    """Those of the values that stand in a column, which should be an index of its own."""
    if connection.dialect.name == "sqlite":
        each = func.json_each(json_text(list(values))).table_valued("value")
        return frozenset(connection.scalars(select(column).where(column.in_(select(each.c.value)))))
    from db import postgresql  # noqa: PLC0415 - loaded already, for the engine

    given = cast(literal(postgresql.array_of(values)), ARRAY(String))
    return frozenset(connection.scalars(select(column).where(column == any_(given))))
