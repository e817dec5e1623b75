"""What a post has under way when somebody else takes it over: its unfinished talk, its letters not yet sent."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from db import Officer
from db.tables import conversations, outbox


def states_of(connection: Connection, post: int) -> tuple[dict[str, Any], ...]:
    """The states of every talk for a post, the one that went on last first."""
    query = select(conversations.c.state).where(conversations.c.post == post)
    return tuple(connection.scalars(query.order_by(conversations.c.updated_at.desc())))


def forget_talks(connection: Connection, post: int) -> None:
    """Nothing is remembered any more of what was talked about for a post."""
    connection.execute(delete(conversations).where(conversations.c.post == post))


def pass_letters(
    connection: Connection,
    old: Officer,
    new: Officer | None,
    rewrite: Callable[[dict[str, Any]], dict[str, Any]],
    now: datetime,
) -> None:
    """Letters about the union that were still to be sent to the old holder go to the new one, with a body rewritten
    for them; without a new holder they are dropped. Answers to the old holder are theirs."""
    mine = (
        outbox.c.channel == old.channel,
        outbox.c.address == old.address,
        outbox.c.answers.is_(None),
        outbox.c.state == "due",
    )
    for row in connection.execute(select(outbox.c.id, outbox.c.body, outbox.c.about).where(*mine)).all():
        # What also speaks of another of the old holder's unions stays theirs, and is checked again when it is sent.
        if _unions(row.about or {}) != {old.union}:
            continue
        values: dict[str, Any] = {"state": "dropped", "reason": "nobody holds the post"}
        if new is not None:
            values = {"channel": new.channel, "address": new.address, "body": rewrite(row.body), "due_at": now}
        connection.execute(update(outbox).where(outbox.c.id == row.id).values(values))


def _unions(about: dict[str, Any]) -> set[str]:
    """The unions of which a letter speaks."""
    return {each["union"] for each in about.get("items", (about,)) if "union" in each}
