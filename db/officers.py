"""People, the posts they hold in unions, and the addresses at which they can be reached. Nobody's name is stored."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Update, bindparam, delete, insert, or_, select, update

from db import Address, Officer, Person, Post, Role
from db.branches import portions
from db.tables import addresses, invitations, officers, people

FETCHED = 5000
"""So many rows are fetched at a time where there may be very many."""


def _all() -> Select[tuple[object, ...]]:
    """Every post that is held now, at each address of its holder: the address heard from last comes first."""
    return (
        select(
            officers.c.id,
            officers.c.person,
            officers.c.union,
            officers.c.role,
            addresses.c.channel,
            addresses.c.address,
            addresses.c.open,
            addresses.c.reason,
        )
        .join(addresses, addresses.c.person == officers.c.person)
        .where(officers.c.until.is_(None))
        .order_by(
            officers.c.since,
            officers.c.id,
            addresses.c.open.desc(),
            addresses.c.heard_at.desc().nulls_last(),
            addresses.c.id,
        )
    )


def _officer(row: Row[tuple[object, ...]]) -> Officer:
    return Officer(row.id, row.person, row.union, row.role, row.channel, row.address, row.open, row.reason)


NewPost = tuple[str, Role, str, str]
"""The union, the role, and the channel and address of who is to hold it."""


class AddressTaken(ValueError):
    """The address already belongs to somebody."""


def add(connection: Connection, union: str, role: Role, channel: str, address: str, now: datetime) -> Officer:
    """Give a post in `union` to a new person at `address`; raises `AddressTaken` when somebody is reached there."""
    person = add_person(connection, channel, address, now)
    return give_post(connection, person, union, role, channel, address, now)


def add_all(connection: Connection, posts: Sequence[NewPost], now: datetime) -> tuple[int, ...]:
    """Give each of these posts to a new person, all at once; the numbers of the posts in the same order."""
    if not posts:
        return ()
    new = insert(people).returning(people.c.id, sort_by_parameter_order=True)
    persons = connection.scalars(new, [{"since": now} for _ in posts]).all()
    rows = [
        {"person": person, "union": union, "role": role, "since": now}
        for person, (union, role, _, _) in zip(persons, posts, strict=True)
    ]
    numbers = connection.scalars(insert(officers).returning(officers.c.id, sort_by_parameter_order=True), rows).all()
    places = [
        {"person": person, "post": number, "channel": channel, "address": address, "open": True}
        for person, number, (_, _, channel, address) in zip(persons, numbers, posts, strict=True)
    ]
    connection.execute(insert(addresses), places)
    return tuple(numbers)


def add_person(connection: Connection, channel: str, address: str, now: datetime) -> int:
    """A new person who is reached at `address`; raises `AddressTaken` when somebody is reached there."""
    if person_at(connection, channel, address) is not None:
        raise AddressTaken(f"{channel} address {address} already belongs to an officer")
    made = connection.execute(insert(people).values(since=now))
    assert made.inserted_primary_key is not None
    person = int(made.inserted_primary_key[0])
    add_address(connection, person, channel, address)
    return person


def add_address(connection: Connection, person: int, channel: str, address: str) -> None:
    """A further address of the same person."""
    connection.execute(insert(addresses).values(person=person, channel=channel, address=address, open=True))


def give_post(
    connection: Connection, person: int, union: str, role: Role, channel: str, address: str, now: datetime
) -> Officer:
    """Give a further post to a person; from now on they speak for it at `address`."""
    made = connection.execute(insert(officers).values(person=person, union=union, role=role, since=now))
    assert made.inserted_primary_key is not None
    number = int(made.inserted_primary_key[0])
    speak_for(connection, channel, address, number)
    return Officer(number, person, union, role, channel, address, True)


def leave_post(connection: Connection, post: int, now: datetime) -> None:
    """The post is given up: who held it has no access through it from this moment on."""
    connection.execute(update(officers).where(officers.c.id == post).values(until=now))
    connection.execute(update(addresses).where(addresses.c.post == post).values(post=None))


def person_at(connection: Connection, channel: str, address: str) -> int | None:
    """The number of the person who is reached at this address."""
    query = select(addresses.c.person).where(addresses.c.channel == channel, addresses.c.address == address)
    return connection.scalar(query)


def posts_at(connection: Connection, channel: str, address: str) -> tuple[Officer, ...]:
    """The posts of the person who writes from this address, the one they speak for first."""
    rows = connection.execute(_posts_at(), {"here": channel, "there": address}).all()
    return tuple(_officer(row) for row in sorted(rows, key=lambda row: row.id != row.chosen))


def posts_at_each(connection: Connection, places: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Officer]]:
    """The same for each of these places (channel, address) at which somebody is reached."""
    found: dict[tuple[str, str], list[Row[tuple[object, ...]]]] = {}
    for row in connection.execute(_posts_at_each(), _each(places)):
        found.setdefault((row.channel, row.address), []).append(row)
    return {
        place: [_officer(row) for row in sorted(rows, key=lambda row: row.id != row.chosen)]
        for place, rows in found.items()
    }


def _each(places: Collection[tuple[str, str]]) -> dict[str, list[str]]:
    return {"here": list({channel for channel, _ in places}), "there": [address for _, address in places]}


# Built once, as every turn begins with them.
@cache
def _posts_at() -> Select[tuple[object, ...]]:
    at = (addresses.c.channel == bindparam("here"), addresses.c.address == bindparam("there"))
    return _all().add_columns(addresses.c.post.label("chosen")).where(*at)


@cache
def _posts_at_each() -> Select[tuple[object, ...]]:
    at = (
        addresses.c.channel.in_(bindparam("here", expanding=True)),
        addresses.c.address.in_(bindparam("there", expanding=True)),
    )
    return _all().add_columns(addresses.c.post.label("chosen")).where(*at)


def at_address(connection: Connection, channel: str, address: str) -> Officer | None:
    """The post for which the person at this address speaks."""
    return next(iter(posts_at(connection, channel, address)), None)


def speak_for(connection: Connection, channel: str, address: str, post: int) -> None:
    """From now on the person at this address speaks for `post`, one of their own."""
    here = (addresses.c.channel == channel, addresses.c.address == address)
    connection.execute(update(addresses).where(*here).values(post=post))


def holders(connection: Connection, union: str, role: Role | None = None) -> tuple[Officer, ...]:
    """Everybody with a post in the union, the one who has held it longest first, each at their best address."""
    query = _all().where(officers.c.union == union)
    return _once(connection, query if role is None else query.where(officers.c.role == role))


def of_union(connection: Connection, union: str, role: Role) -> Officer | None:
    """The person responsible for this role in the union: the one who has held it longest."""
    return next(iter(holders(connection, union, role)), None)


def responsible(connection: Connection, role: Role) -> dict[str, Officer]:
    """For every union with a holder of this role, the person responsible."""
    found: dict[str, Officer] = {}
    for row in connection.execute(_all().where(officers.c.role == role)):
        if row.union not in found:
            found[row.union] = _officer(row)
    return found


def staffed(connection: Connection) -> frozenset[str]:
    """The codes of the unions for which somebody works as staff."""
    query = select(officers.c.union).where(officers.c.until.is_(None), officers.c.role != "officer").distinct()
    return frozenset(connection.scalars(query))


def post(connection: Connection, number: int) -> Officer | None:
    """One post that is held now, at its holder's best address."""
    return next(iter(_once(connection, _all().where(officers.c.id == number))), None)


def everyone(connection: Connection) -> tuple[Officer, ...]:
    """Every post that is held now, each at its holder's best address."""
    return _once(connection, _all())


def all_staff(connection: Connection) -> tuple[Officer, ...]:
    """Every post of the staff that is held now, each at its holder's best address."""
    return _once(connection, _all().where(officers.c.role != "officer"))


def of_unions(connection: Connection, codes: Collection[str]) -> tuple[Officer, ...]:
    """Every post that is held now in one of these unions, each at its holder's best address."""
    found: list[Officer] = []
    for few in portions(codes):
        found += _once(connection, _all().where(officers.c.union.in_(few)))
    return tuple(found)


def unions_of(connection: Connection, posts: Collection[int]) -> frozenset[str]:
    """The codes of the unions in which these posts are."""
    found: set[str] = set()
    for few in portions(posts):
        found |= set(connection.scalars(select(officers.c.union).where(officers.c.id.in_(few))))
    return frozenset(found)


def _once(connection: Connection, query: Select[Any]) -> tuple[Officer, ...]:
    found: dict[int, Officer] = {}
    for rows in connection.execute(query).partitions(FETCHED):
        for row in rows:
            if row[0] not in found:
                found[row[0]] = Officer(*row)
    return tuple(found.values())


def heard(connection: Connection, channel: str, address: str, now: datetime) -> None:
    """The person wrote to us: the address is open, whatever was thought before."""
    heard_all(connection, ((channel, address),), now)


def heard_all(connection: Connection, places: Collection[tuple[str, str]], now: datetime) -> None:
    """The same for several places (channel, address)."""
    for channel in {channel for channel, _ in places}:
        there = [address for its_channel, address in places if its_channel == channel]
        connection.execute(_heard(), {"in_channel": channel, "at_addresses": there, "new_heard_at": now})


@cache
def _heard() -> Update:
    """Built once, as every turn needs it."""
    here = (
        addresses.c.channel == bindparam("in_channel"),
        addresses.c.address.in_(bindparam("at_addresses", expanding=True)),
    )
    values: dict[str, Any] = {"open": True, "reason": None, "heard_at": bindparam("new_heard_at")}
    return update(addresses).where(*here).values(values)


def lose(connection: Connection, channel: str, address: str, reason: str) -> None:
    """The channel said that the address cannot be reached any more; `reason` is shown to staff."""
    connection.execute(
        update(addresses)
        .where(addresses.c.channel == channel, addresses.c.address == address)
        .values(open=False, reason=reason)
    )


def forget_address(connection: Connection, channel: str, address: str) -> None:
    """Nothing more is known of this address."""
    connection.execute(delete(addresses).where(addresses.c.channel == channel, addresses.c.address == address))


def person(connection: Connection, number: int) -> Person | None:
    """What is known of a person besides posts and addresses."""
    row = connection.execute(select(people).where(people.c.id == number)).one_or_none()
    return Person(row.id, row.since, row.agreed_at, row.notice) if row else None


def agree(connection: Connection, person: int, notice: int, now: datetime) -> None:
    """The person has read this version of the notice and agrees to what is stored."""
    connection.execute(update(people).where(people.c.id == person).values(agreed_at=now, notice=notice))


def posts_of(connection: Connection, person: int) -> tuple[Post, ...]:
    """Every post that a person holds or held, oldest first."""
    query = select(officers).where(officers.c.person == person).order_by(officers.c.since, officers.c.id)
    return tuple(_post(row) for row in connection.execute(query))


def any_post(connection: Connection, number: int) -> Post | None:
    """One post, also one that nobody holds any more."""
    row = connection.execute(select(officers).where(officers.c.id == number)).one_or_none()
    return _post(row) if row else None


def _post(row: Row[tuple[object, ...]]) -> Post:
    return Post(row.id, row.person, row.union, row.role, row.since, row.until)


def addresses_of(connection: Connection, person: int) -> tuple[Address, ...]:
    """Where a person is reached, in the order in which the addresses became known."""
    query = select(addresses).where(addresses.c.person == person).order_by(addresses.c.id)
    return tuple(Address(row.channel, row.address, row.open, row.heard_at) for row in connection.execute(query))


def without_post(connection: Connection, since: datetime) -> tuple[int, ...]:
    """The people who have held no post since that moment."""
    held = select(officers.c.person).where(
        officers.c.person.is_not(None), or_(officers.c.until.is_(None), officers.c.until >= since)
    )
    idle = select(people.c.id).where(people.c.since < since, people.c.id.not_in(held))
    return tuple(connection.scalars(idle))


def forget_person(connection: Connection, person: int, now: datetime) -> None:
    """Nobody is known to have held the person's posts; those held until now end. Their addresses must be gone."""
    mine = officers.c.person == person
    connection.execute(update(officers).where(mine, officers.c.until.is_(None)).values(until=now))
    connection.execute(update(officers).where(mine).values(person=None))
    connection.execute(delete(invitations).where(invitations.c.person == person))
    connection.execute(delete(people).where(people.c.id == person))
