"""An office for tests of faults: so many unions, an officer in each, and a report that all of them are asked for."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from bot.app import BEGAN
from bot.simulated_office import synthetic_organisation
from db import ReportRule, notes, officers, reports, tables, unions
from db.store import Connection, Store
from scheduler import ZONE

MORNING = datetime(2025, 3, 20, 8, 0, tzinfo=ZONE)
"""A Thursday, three and a half hours before the bot falls silent for noon: the quarterly report is overdue, and nobody
above hears of it yet."""


def address(channel: str, number: int) -> str:
    """The address of somebody on a channel."""
    return str(700_000 + number) if channel == "telegram" else f"{number:020x}"


def founded(store: Store, channels: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Fill an empty database with so many grassroots unions, the officers on these channels by turns; gives their
    addresses. The first federation has a member of staff, at the address of the number `count`."""
    since = date(2025, 1, 1)
    with store.transaction() as connection:
        organisation = synthetic_organisation(count)
        unions.put(connection, organisation)
        notes.write(connection, BEGAN, since.isoformat())
        rule = ReportRule("q-T", "Báo cáo quý", "T", "grassroots", "administrative", "quarter", 2, since, None)
        reports.confirm(connection, [rule], MORNING)
        grassroots = [union.code for union in organisation if union.level == "grassroots"]
        found = []
        for number, code in enumerate(grassroots):
            channel = channels[number % len(channels)]
            found.append(address(channel, number))
            officers.add(connection, code, "officer", channel, found[-1], MORNING)
        return tuple(found)


def employ(store: Store, channel: str, place: str) -> None:
    """Somebody at this address is of the staff of the first federation."""
    with store.transaction() as connection:
        officers.add(connection, "H001", "staff", channel, place, MORNING)


def letters(store: Store, *states: str) -> list[Any]:
    """The letters in these states, in the order in which they were written."""
    with store.transaction() as connection:
        query = select(tables.outbox).where(tables.outbox.c.state.in_(states)).order_by(tables.outbox.c.id)
        return list(connection.execute(query))


def counts(store: Store, table: str = "outbox") -> dict[str, int]:
    """How many letters, or updates (`table` is "inbox"), are in which state."""
    with store.transaction() as connection:
        return _counted(connection, table)


def _counted(connection: Connection, name: str) -> dict[str, int]:
    table = tables.metadata.tables[name]
    query = select(table.c.state, func.count()).group_by(table.c.state)
    return {str(state): int(number) for state, number in connection.execute(query)}
