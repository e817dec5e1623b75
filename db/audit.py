"""What staff did, for those who answer for it: who, when, which union, what; never what anybody wrote."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from db import Noted
from db.tables import audit as table

AT_ONCE = 500
"""Rows read at a time while those of a subtree are picked out of all."""


def note(
    connection: Connection, officer: int | None, action: str, union: str, details: dict[str, Any], now: datetime
) -> None:
    """Note down an action of the holder of a post (`None`: the operator's command line) upon `union`."""
    row = {"at": now, "officer": officer, "action": action, "union": union, "details": details}
    connection.execute(insert(table).values(row))


def entries(
    connection: Connection, unions: Collection[str] | None, most: int, before: int | None = None
) -> tuple[Noted, ...]:
    """Up to `most` actions upon these unions (`None`: any), newest first, older than the entry numbered `before`."""
    found: list[Noted] = []
    while len(found) < most:
        query = select(table).order_by(table.c.id.desc()).limit(AT_ONCE)
        rows = connection.execute(query if before is None else query.where(table.c.id < before)).all()
        if not rows:
            break
        before = rows[-1].id
        mine = [row for row in rows if unions is None or row.union in unions]
        found += (Noted(row.id, row.at, row.officer, row.action, row.union, row.details) for row in mine)
    return tuple(found[:most])
