"""What is kept of people, and what is not: old words, everything of those who want to be forgotten and of strangers.

`blank` is always the body of a letter that says nothing.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, select, update

from db.tables import addresses, checkins, conversations, group_chats, inbox, lines, outbox, reports, wrong_codes

NOBODY = ""
"""What stands for the address of a letter to somebody who is forgotten."""

OPEN = ("due", "sending")


def empty_words(connection: Connection, blank: dict[str, Any], since: datetime | None, before: datetime) -> None:
    """Take the words out of raw updates and letters that are older than `before`, and forget talks that have rested
    since then; what is older than `since` is empty already. What is still to be answered or sent stays."""
    letters = [outbox.c.created_at < before, outbox.c.state.not_in(OPEN)]
    updates = [inbox.c.received_at < before, inbox.c.state != "new"]
    if since is not None:
        letters.append(outbox.c.created_at >= since)
        updates.append(inbox.c.received_at >= since)
    connection.execute(update(outbox).where(*letters).values(body=blank))
    connection.execute(update(inbox).where(*updates).values(payload={}, address=None))
    connection.execute(delete(conversations).where(conversations.c.updated_at < before))


def empty_strangers(connection: Connection, blank: dict[str, Any], before: datetime) -> None:
    """Forget what was said before this moment from and to addresses that belong to nobody here."""
    _empty(connection, blank, and_(outbox.c.created_at < before, ~_known(outbox.c.channel, outbox.c.address)))
    mine = ~_known(conversations.c.channel, conversations.c.address)
    connection.execute(delete(conversations).where(mine, conversations.c.updated_at < before))
    connection.execute(delete(wrong_codes).where(wrong_codes.c.at < before))


def empty_updates(connection: Connection, numbers: Collection[int]) -> None:
    """Forget what these raw updates say and who sent them; that they came stays known, so that none is answered
    twice."""
    if numbers:
        connection.execute(update(inbox).where(inbox.c.id.in_(numbers)).values(payload={}, address=None))


def forget_address(connection: Connection, blank: dict[str, Any], channel: str, address: str) -> None:
    """Forget everything said from and to this address, and the address itself; what was to be sent is dropped."""
    here = and_(outbox.c.channel == channel, outbox.c.address == address)
    dropped = {"state": "dropped", "claimed_until": None, "reason": "forgotten"}
    connection.execute(update(outbox).where(here, outbox.c.state.in_(OPEN)).values(dropped))
    _empty(connection, blank, here)
    for table in (addresses, conversations, lines, wrong_codes):
        connection.execute(delete(table).where(table.c.channel == channel, table.c.address == address))


def said_from(connection: Connection, channel: str, address: str) -> tuple[tuple[datetime, dict[str, Any]], ...]:
    """When something came from an address, and the raw update, oldest first."""
    answers = select(outbox.c.answers).where(outbox.c.channel == channel, outbox.c.address == address)
    query = select(inbox.c.received_at, inbox.c.payload).where(inbox.c.id.in_(answers)).order_by(inbox.c.id)
    return tuple((row.received_at, row.payload) for row in connection.execute(query))


def sent_by(connection: Connection, post: int) -> tuple[tuple[datetime, str, str, str], ...]:
    """What the holder of a post has sent for the union: when, the form or report, the period, the union."""
    figures = select(checkins.c.received_at, checkins.c.form, checkins.c.period, checkins.c.union)
    marked = select(reports.c.received_at, reports.c.rule, reports.c.period, reports.c.union)
    rows = [
        *connection.execute(figures.where(checkins.c.officer == post)),
        *connection.execute(marked.where(reports.c.officer == post)),
    ]
    return tuple(sorted((row[0], row[1], row[2], row[3]) for row in rows))


def _known(channel: ColumnElement[str], address: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether an address is somebody's, or that of a group in which staff have late unions named."""
    mine = exists().where(addresses.c.channel == channel, addresses.c.address == address)
    open_there = (group_chats.c.opened_at.is_not(None), group_chats.c.closed_at.is_(None))
    return mine | exists().where(group_chats.c.channel == channel, group_chats.c.address == address, *open_there)


def _empty(connection: Connection, blank: dict[str, Any], which: ColumnElement[bool]) -> None:
    """Empty letters that are settled, and the updates that they answer, and forget to whom they went."""
    settled = and_(which, outbox.c.state.not_in(OPEN), outbox.c.address != NOBODY)
    answered = select(outbox.c.answers).where(settled, outbox.c.answers.is_not(None))
    connection.execute(
        update(inbox).where(inbox.c.id.in_(answered), inbox.c.state != "new").values(payload={}, address=None)
    )
    connection.execute(update(outbox).where(settled).values(body=blank, address=NOBODY))
