"""What staff did, for those who answer for it: who, when, which union, what; never what anybody wrote."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from db.tables import audit as table


def note(
    connection: Connection, officer: int | None, action: str, union: str, details: dict[str, Any], now: datetime
) -> None:
    """Note down an action of the holder of a post (`None`: the operator's command line) upon `union`."""
    row = {"at": now, "officer": officer, "action": action, "union": union, "details": details}
    connection.execute(insert(table).values(row))
