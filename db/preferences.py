"""When each post of the staff wants its digest, and which one it got last."""

from collections.abc import Mapping

from sqlalchemy import Connection, select, update

from db import DigestChoice, Officer, SentDigest
from db.tables import officers as table
from db.tables import outbox


def every(connection: Connection) -> Mapping[int, DigestChoice]:
    """What was chosen, by the number of the post; whoever chose nothing is not in it."""
    columns = (table.c.id, table.c.digest_every, table.c.digest_hour)
    rows = connection.execute(select(*columns).where(table.c.digest_every.is_not(None)))
    return {row.id: DigestChoice(row.digest_every, row.digest_hour) for row in rows}


def choose(connection: Connection, post: int, choice: DigestChoice) -> None:
    """From now on that holds for the post."""
    values = {"digest_every": choice.every, "digest_hour": choice.hour}
    connection.execute(update(table).where(table.c.id == post).values(values))


def last_digest(connection: Connection, post: Officer, prefix: str) -> SentDigest | None:
    """The last digest of this post at its holder's address; the keys of its digests begin with `prefix`."""
    mine = (outbox.c.channel == post.channel, outbox.c.address == post.address)
    query = select(outbox.c.due_at, outbox.c.about).where(*mine, outbox.c.key.startswith(prefix, autoescape=True))
    row = connection.execute(query.order_by(outbox.c.id.desc()).limit(1)).first()
    return SentDigest(row.due_at, row.about or {}) if row else None
