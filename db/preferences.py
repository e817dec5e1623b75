"""When each post of the staff wants its digest, and which one it got last."""

from collections.abc import Mapping

from sqlalchemy import Connection, String, cast, literal, select, update

from db import DigestChoice, GroupChat, Officer, SentDigest
from db.store import begins_with
from db.tables import addresses, outbox
from db.tables import officers as table


def every(connection: Connection) -> Mapping[int, DigestChoice]:
    """What was chosen, by the number of the post; whoever chose nothing is not in it."""
    columns = (table.c.id, table.c.digest_every, table.c.digest_hour)
    rows = connection.execute(select(*columns).where(table.c.digest_every.is_not(None)))
    return {row.id: DigestChoice(row.digest_every, row.digest_hour) for row in rows}


def choose(connection: Connection, post: int, choice: DigestChoice) -> None:
    """From now on that holds for the post."""
    values = {"digest_every": choice.every, "digest_hour": choice.hour}
    connection.execute(update(table).where(table.c.id == post).values(values))


def last_digests(connection: Connection) -> Mapping[int, SentDigest]:
    """The last digest of every post of the staff at its holder's addresses; its key is `digest:<post>:<day>`."""
    letters = outbox.alias("letters")
    mine = (letters.c.channel == addresses.c.channel, letters.c.address == addresses.c.address)
    name = literal("digest:") + cast(table.c.id, String) + literal(":")
    # Not by the number itself: PostgreSQL would look through all letters backwards for each of the staff.
    last = (letters.c.id + 0).desc()
    newest = select(letters.c.id).where(*mine, letters.c.key.startswith(name)).order_by(last).limit(1)
    query = (
        select(table.c.id, outbox.c.due_at, outbox.c.about)
        .join(addresses, addresses.c.person == table.c.person)
        .join(outbox, outbox.c.id == newest.correlate(table, addresses).scalar_subquery())
        .where(table.c.until.is_(None), table.c.role != "officer")
        .order_by(outbox.c.id)
    )
    return {post: SentDigest(at, about or {}) for post, at, about in connection.execute(query)}


def last_digest(connection: Connection, reader: Officer | GroupChat, prefix: str) -> SentDigest | None:
    """The last digest of this post at its holder's address, or of this group; the keys of its digests begin with
    `prefix`."""
    mine = (outbox.c.channel == reader.channel, outbox.c.address == reader.address)
    query = select(outbox.c.due_at, outbox.c.about).where(*mine, begins_with(outbox.c.key, prefix))
    row = connection.execute(query.order_by(outbox.c.id.desc()).limit(1)).first()
    return SentDigest(row.due_at, row.about or {}) if row else None
