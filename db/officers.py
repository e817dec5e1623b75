"""Who speaks for which union, and at which address they can be reached."""

from datetime import datetime

from sqlalchemy import Connection, Row, Select, insert, select, update

from db import Officer, Role
from db.tables import addresses, officers


def _all() -> Select[tuple[object, ...]]:
    return (
        select(
            officers.c.id,
            officers.c.union,
            officers.c.role,
            addresses.c.channel,
            addresses.c.address,
            addresses.c.open,
            addresses.c.reason,
        )
        .join(addresses, addresses.c.officer == officers.c.id)
        .where(officers.c.until.is_(None))
        .order_by(officers.c.since, officers.c.id)
    )


def _officer(row: Row[tuple[object, ...]]) -> Officer:
    return Officer(row.id, row.union, row.role, row.channel, row.address, row.open, row.reason)


class AddressTaken(ValueError):
    """The address already belongs to an officer."""


def add(connection: Connection, union: str, role: Role, channel: str, address: str, now: datetime) -> Officer:
    """Give a post in `union` to the person at `address`; raises `AddressTaken` when they already hold one."""
    if at_address(connection, channel, address):
        raise AddressTaken(f"{channel} address {address} already belongs to an officer")
    made = connection.execute(insert(officers).values(union=union, role=role, since=now))
    assert made.inserted_primary_key is not None
    number = int(made.inserted_primary_key[0])
    connection.execute(insert(addresses).values(officer=number, channel=channel, address=address, open=True))
    return Officer(number, union, role, channel, address, True)


def at_address(connection: Connection, channel: str, address: str) -> Officer | None:
    """The officer who writes from this address."""
    query = _all().where(addresses.c.channel == channel, addresses.c.address == address)
    row = connection.execute(query).first()
    return _officer(row) if row else None


def of_union(connection: Connection, union: str, role: Role) -> Officer | None:
    """The person responsible for this role in the union: the one who has held it longest."""
    row = connection.execute(_all().where(officers.c.union == union, officers.c.role == role)).first()
    return _officer(row) if row else None


def responsible(connection: Connection, role: Role) -> dict[str, Officer]:
    """For every union with a holder of this role, the person responsible."""
    found: dict[str, Officer] = {}
    for row in connection.execute(_all().where(officers.c.role == role)):
        found.setdefault(row.union, _officer(row))
    return found


def everyone(connection: Connection) -> tuple[Officer, ...]:
    """Every officer at every address."""
    return tuple(_officer(row) for row in connection.execute(_all()))


def heard(connection: Connection, channel: str, address: str, now: datetime) -> None:
    """The person wrote to us: the address is open, whatever was thought before."""
    connection.execute(
        update(addresses)
        .where(addresses.c.channel == channel, addresses.c.address == address)
        .values(open=True, reason=None, heard_at=now)
    )


def lose(connection: Connection, channel: str, address: str, reason: str) -> None:
    """The channel said that the address cannot be reached any more; `reason` is shown to staff."""
    connection.execute(
        update(addresses)
        .where(addresses.c.channel == channel, addresses.c.address == address)
        .values(open=False, reason=reason)
    )
