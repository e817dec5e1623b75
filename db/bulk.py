"""Very many rows at once, as a wave of letters writes them; and very many values looked up at once."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Connection, String, Table, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from db.engine import json_text

FEW = 50
"""So many rows go to a server as they do to a file."""


class JsonText(str):
    """JSON as it is kept, for a column of JSON: of letters that say nearly the same to thousands it is known."""

    __slots__ = ()


def add(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    alike: Mapping[str, Any],
) -> None:
    """Add rows with these values of their `columns`, all of which have the values `alike` in others.

    A default that is not the database's own has to be among them. Raises `IntegrityError` where a key is there already.
    """
    if not rows:
        return
    same = {name: _stored(connection, table.c[name], (value,)) for name, value in alike.items()}
    own = [
        _stored(connection, table.c[name], each) for name, each in zip(columns, zip(*rows, strict=True), strict=True)
    ]
    count = len(rows)
    values = zip(*own, *([next(iter(value))] * count for value in same.values()), strict=True)
    _insert(connection, table, (*columns, *same), values, count)


def _insert(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]], count: int
) -> None:
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(map(quote, columns))
    on_a_file = connection.dialect.name == "sqlite"
    if on_a_file or count <= FEW:
        marks = ", ".join("?" if on_a_file else _mark(table.c[name]) for name in columns)
        connection.exec_driver_sql(f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", list(rows))  # noqa: S608
        return
    from db import postgresql  # noqa: PLC0415 - loaded already, for the engine

    postgresql.copy_in(connection, f"COPY {quote(table.name)} ({names}) FROM STDIN", rows)


def _mark(column: Column[Any]) -> str:
    return "%s::json" if isinstance(column.type, JSON) else "%s"


def _stored(connection: Connection, column: Column[Any], values: Iterable[Any]) -> Iterable[Any]:
    """Values as the driver takes them."""
    if isinstance(column.type, JSON):
        nothing = None if column.type.none_as_null else json_text(None)
        return [
            value if type(value) is JsonText else nothing if value is None else json_text(value) for value in values
        ]
    # A wave has few moments: each is converted once.
    process: Callable[[Any], Any] | None = column.type.dialect_impl(connection.dialect).bind_processor(
        connection.dialect
    )
    return values if process is None else map(cache(process), values)


def among(connection: Connection, column: ColumnElement[str], values: Collection[str]) -> frozenset[str]:
    """Those of the values that stand in a column, which should be an index of its own."""
    if connection.dialect.name == "sqlite":
        each = func.json_each(json_text(list(values))).table_valued("value")
        return frozenset(connection.scalars(select(column).where(column.in_(select(each.c.value)))))
    given = literal(list(values), ARRAY(String))
    return frozenset(connection.scalars(select(column).where(column == any_(given))))
