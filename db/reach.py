"""How people can be reached: when they were heard of last, when they were reminded, what did not come through."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, and_, exists, func, or_, select, union

from db.tables import addresses, leaves, officers, outbox, unions

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
    later = outbox.alias("later")
    same = (later.c.channel == outbox.c.channel, later.c.address == outbox.c.address, later.c.id > outbox.c.id)
    query = select(outbox.c.channel, outbox.c.address, outbox.c.reason)
    query = query.where(outbox.c.state == "dead", ~exists().where(*same, later.c.state.in_(("sent", "dead"))))
    return {(row.channel, row.address): row.reason or "" for row in connection.execute(query)}


def in_doubt(connection: Connection, on: date) -> frozenset[str]:
    """The unions to whom a word may not come through: nobody holds a post there, or somebody who does has no open
    address, or is away on that day, or a letter to them was given up. All other grassroots unions are reached."""
    posts = officers.join(addresses, addresses.c.person == officers.c.person)
    held = officers.c.until.is_(None)
    holder = exists().where(officers.c.union == unions.c.code, held)
    reached = exists().where(addresses.c.person == officers.c.person, addresses.c.open)
    opened = or_(unions.c.opened.is_(None), unions.c.opened <= on)
    there = and_(opened, or_(unions.c.closed.is_(None), unions.c.closed > on))
    dead = select(outbox.c.channel, outbox.c.address).where(outbox.c.state == "dead").distinct().subquery()
    here = and_(addresses.c.channel == dead.c.channel, addresses.c.address == dead.c.address)
    away = and_(leaves.c.since <= on, leaves.c.until >= on, leaves.c.ended_at.is_(None))
    query = union(
        select(unions.c.code).where(unions.c.level == "grassroots", there, ~holder),
        select(officers.c.union).where(held, ~reached),
        select(officers.c.union).select_from(posts.join(dead, here)).where(held),
        select(officers.c.union).join(leaves, leaves.c.post == officers.c.id).where(held, away),
    )
    return frozenset(connection.scalars(query))
