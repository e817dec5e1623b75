"""Where a union stands on a day. Every turn asks for it and the tree seldom changes, so what was found is kept with the
database's connection until the tree becomes another one."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from db import lineage, notes, unions
from db.once import once
from db.unions import TREE
from knowledge import Union

MOST = 5_000
"""So many standings are kept with a connection: a province on a busy day. Beyond, the memory begins anew."""


@dataclass(frozen=True)
class Standing:
    """A union, whether it `is_open` on that day, the codes from it up to the top, and whose documents hold for it
    (`lineage.document_chain`)."""

    union: Union
    is_open: bool
    chain: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass
class _Kept:
    """What was found in the tree with this mark."""

    tree: str | None = None
    found: dict[tuple[str, date], Standing] = field(default_factory=dict)


def standing(connection: Connection, code: str, on: date) -> Standing | None:
    """Where the union with this code stands on that day; `None` where there is no such union."""
    kept: _Kept = connection.info.setdefault("standing", _Kept())
    tree = once(connection, TREE, lambda: notes.read(connection, TREE))
    if tree is None or tree != kept.tree or len(kept.found) >= MOST:
        kept.tree, kept.found = tree, {}
    if (code, on) not in kept.found:
        union = unions.get(connection, code, on)
        if union is None:
            return None
        above = unions.chain(connection, code, on)
        is_open = unions.is_open(connection, code, on)
        kept.found[code, on] = Standing(union, is_open, above, lineage.document_chain(connection, code, on))
    return kept.found[code, on]
