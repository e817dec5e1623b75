"""How people can be reached: when they were heard of last, when they were reminded, what did not come through."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select

from db.tables import addresses, outbox

Place = tuple[str, str]
"""A channel and an address there."""


def heard(connection: Connection) -> Mapping[int, datetime]:
    """When each person wrote or tapped last, at any of their addresses; whoever never did is not in it."""
    query = select(addresses.c.person, func.max(addresses.c.heard_at).label("at"))
    query = query.where(addresses.c.heard_at.is_not(None)).group_by(addresses.c.person)
    return {row.person: row.at for row in connection.execute(query)}


def reminded(connection: Connection, since: datetime) -> Mapping[Place, datetime]:
    """When the last reminder went to each address, of those written since that moment."""
    query = select(outbox.c.channel, outbox.c.address, func.max(outbox.c.sent_at).label("at"))
    sent = (outbox.c.kind == "reminder", outbox.c.state == "sent", outbox.c.created_at >= since)
    rows = connection.execute(query.where(*sent).group_by(outbox.c.channel, outbox.c.address))
    return {(row.channel, row.address): row.at for row in rows}


def given_up(connection: Connection) -> Mapping[Place, str]:
    """Why the newest letter to an address was given up; addresses whose newest letter arrived are not in it."""
    newest = select(func.max(outbox.c.id)).where(outbox.c.state.in_(("sent", "dead")))
    newest = newest.group_by(outbox.c.channel, outbox.c.address)
    query = select(outbox.c.channel, outbox.c.address, outbox.c.reason)
    rows = connection.execute(query.where(outbox.c.id.in_(newest), outbox.c.state == "dead"))
    return {(row.channel, row.address): row.reason or "" for row in rows}
