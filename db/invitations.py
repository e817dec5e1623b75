"""Invitations to a post: made by staff, taken once by whoever knows the code, of which only a hash is kept here."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from db import Invitation, Role
from db.tables import invitations as table
from db.tables import wrong_codes


def _invitation(row: Row[tuple[Any, ...]]) -> Invitation:
    return Invitation(
        row.id,
        row.union,
        row.role,
        row.replaces,
        row.person,
        row.invited_by,
        row.expires_at,
        row.used_at,
        row.revoked_at,
    )


def make(
    connection: Connection,
    hashed: str,
    union: str,
    role: Role,
    *,
    invited_by: int | None,
    now: datetime,
    expires_at: datetime,
    replaces: int | None = None,
    person: int | None = None,
) -> int:
    """Offer a post to whoever has the code with this hash; gives the number of the invitation."""
    made = connection.execute(
        insert(table).values(
            code=hashed,
            union=union,
            role=role,
            replaces=replaces,
            person=person,
            invited_by=invited_by,
            created_at=now,
            expires_at=expires_at,
        )
    )
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


def find(connection: Connection, hashed: str) -> Invitation | None:
    """The invitation whose code has this hash, also one that is over."""
    row = connection.execute(select(table).where(table.c.code == hashed)).one_or_none()
    return _invitation(row) if row else None


def get(connection: Connection, number: int) -> Invitation | None:
    """The invitation with this number."""
    row = connection.execute(select(table).where(table.c.id == number)).one_or_none()
    return _invitation(row) if row else None


def waiting(connection: Connection, now: datetime, **of: str | int) -> tuple[Invitation, ...]:
    """The invitations of staff that can still be taken, newest first: all, or those with this `union`, `replaces` or
    `invited_by`."""
    still = [
        table.c.used_at.is_(None),
        table.c.revoked_at.is_(None),
        table.c.expires_at > now,
        table.c.person.is_(None),
    ]
    still += [table.c[name] == value for name, value in of.items()]
    return tuple(
        _invitation(row) for row in connection.execute(select(table).where(*still).order_by(table.c.id.desc()))
    )


def use(connection: Connection, number: int, now: datetime) -> bool:
    """Take the invitation; false where somebody else was quicker, or where it is over."""
    still = (table.c.used_at.is_(None), table.c.revoked_at.is_(None), table.c.expires_at > now)
    return connection.execute(update(table).where(table.c.id == number, *still).values(used_at=now)).rowcount == 1


def revoke(connection: Connection, numbers: Collection[int], now: datetime) -> None:
    """These invitations cannot be taken any more."""
    mine = (table.c.id.in_(numbers), table.c.used_at.is_(None), table.c.revoked_at.is_(None))
    connection.execute(update(table).where(*mine).values(revoked_at=now))


def pass_on(connection: Connection, post: int, successor: int) -> None:
    """What one post has offered is from now on the offer of its successor."""
    connection.execute(update(table).where(table.c.invited_by == post).values(invited_by=successor))


def wrong(connection: Connection, channel: str, address: str, now: datetime) -> None:
    """Count a code that is none, typed at this address."""
    connection.execute(insert(wrong_codes).values(channel=channel, address=address, at=now))


def wrong_since(connection: Connection, channel: str, address: str, since: datetime) -> int:
    """How many codes that are none were typed at this address since a moment."""
    mine = (wrong_codes.c.channel == channel, wrong_codes.c.address == address, wrong_codes.c.at > since)
    return connection.scalar(select(func.count()).select_from(wrong_codes).where(*mine)) or 0


def forgive(connection: Connection, channel: str, address: str) -> None:
    """Forget the wrong codes of one address."""
    mine = (wrong_codes.c.channel == channel, wrong_codes.c.address == address)
    connection.execute(delete(wrong_codes).where(*mine))
