"""How much waits in the inbox and the outbox, for those who run the bot. Settled letters are never counted through."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from db.tables import inbox, outbox

OPEN_STATES = ("due", "sending", "unknown", "dead")
TRIED_IN_VAIN = 9
"""With pauses that double from two seconds, so many attempts take about a quarter of an hour."""


@dataclass(frozen=True)
class Queues:
    """What waits at one moment.

    `letters` counts the unsettled letters by (channel, state), `oldest_due` is for how long the oldest letter that is
    due was not sent, `in_vain` counts those tried again and again, `updates` those whose turn was not taken yet.
    """

    letters: dict[tuple[str, str], int] = field(default_factory=dict)
    oldest_due: timedelta = timedelta()
    in_vain: int = 0
    updates: int = 0
    oldest_update: timedelta = timedelta()


def look(connection: Connection, now: datetime) -> Queues:
    """What waits now."""
    counted = (
        select(outbox.c.channel, outbox.c.state, func.count())
        .where(outbox.c.state.in_(OPEN_STATES))
        .group_by(outbox.c.channel, outbox.c.state)
    )
    waiting = outbox.c.state.in_(("due", "sending"))
    due = connection.scalar(select(func.min(outbox.c.due_at)).where(waiting, outbox.c.due_at <= now))
    in_vain = connection.scalar(select(func.count()).where(outbox.c.state == "due", outbox.c.attempts >= TRIED_IN_VAIN))
    updates, arrived = connection.execute(
        select(func.count(), func.min(inbox.c.received_at)).where(inbox.c.state == "new")
    ).one()
    return Queues(
        letters={(channel, state): number for channel, state, number in connection.execute(counted)},
        oldest_due=_age(due, now),
        in_vain=in_vain or 0,
        updates=updates,
        oldest_update=_age(arrived, now),
    )


def given_up_since(connection: Connection, moment: datetime) -> int:
    """How many letters that were due after `moment` had to be given up."""
    query = select(func.count()).where(outbox.c.state == "dead", outbox.c.due_at >= moment)
    return connection.scalar(query) or 0


def _age(since: datetime | None, now: datetime) -> timedelta:
    return max(now - since, timedelta()) if since else timedelta()
