"""The part of the tree that some unions need: themselves, all above them, and the codes of all below."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from db import branches as shelf
from db import lineage, unions
from db.store import Connection
from knowledge import Union

FEW = 20
"""For so many unions the documents of those that they took over from are looked up one by one."""


@dataclass(frozen=True)
class Branches:
    """`unions` holds the unions asked for and all above them, by code; `below` the codes of each one's branch, its own
    among them, also of those that closed (their figures still count); `documents` whose documents hold for each,
    nearest first."""

    unions: Mapping[str, Union]
    below: Mapping[str, frozenset[str]]
    documents: Mapping[str, tuple[str, ...]]


def branches(connection: Connection, codes: Collection[str], today: date) -> Branches:
    """The branches of these unions as they stand on that day."""
    known = shelf.some(connection, codes, today)
    asked = tuple(known)
    while missing := {union.parent for union in known.values() if union.parent} - known.keys():
        above = shelf.some(connection, missing, today)
        if not above:
            break
        known |= above
    parents = shelf.with_children(connection, asked, today)
    alone = {code: frozenset((code,)) for code in asked}
    below = alone | {code: unions.below(connection, code, today) for code in sorted(parents)}
    if len(asked) <= FEW:
        documents = {code: lineage.document_chain(connection, code, today) for code in asked}
    else:
        documents = {code: _chain(code, known) for code in asked}
    return Branches(known, below, documents)


def _chain(code: str, known: Mapping[str, Union]) -> tuple[str, ...]:
    codes = [code]
    while (union := known.get(codes[-1])) and union.parent and union.parent not in codes:
        codes.append(union.parent)
    return tuple(codes)


def inside(connection: Connection, code: str, today: date) -> dict[str, Union]:
    """The open unions of a branch, that of `code` among them, by their codes and in their order."""
    return shelf.open_among(connection, unions.below(connection, code, today), today)
