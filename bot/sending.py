"""One letter on its way out: checked again, rendered, sent, and what became of it."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.channels import Channel, DeliveryError, Message
from bot.links import Links
from bot.rendering import render
from db import Letter, groups, officers, outbox
from db.store import Connection
from handlers import Reply
from handlers.conversation import busy, offer
from handlers.phrasebook import Phrases
from handlers.reminders import KIND as REMINDER
from handlers.replies import from_json
from handlers.sending_check import checked
from handlers.timetable import Timetable
from scheduler.policy import next_moment_to_speak

log = structlog.get_logger()

MOST_ATTEMPTS = 14
"""Over these a channel may be out of reach for about three hours before its letters are given up."""
LONGEST_PAUSE = timedelta(hours=1)
ANEW = ":anew"
"""At the end of the key of a letter that went to another address first."""

ANSWER = "reply"
ONCE_MORE = frozenset((REMINDER, ANSWER))
"""The kinds of letters of which a second one does less harm than none: a reminder, and what somebody waits for (that
their figures arrived). Sent again they say that they may be known already. All others are left as *unknown*, and staff
see them."""


def wanted(connection: Connection, timetable: Timetable, letter: Letter, now: datetime) -> Letter | None:
    """What is to be sent of a letter at this moment: it may be no longer true, true in part only, or too late in the
    day to speak unasked. `None` where it is not to be sent now: that is settled then."""
    if letter.answers is not None:
        return letter if not letter.doubtful else _still_awaited(connection, letter)
    found = checked(connection, timetable, Phrases("vi"), letter, now)
    if isinstance(found, str):
        outbox.drop(connection, letter.id, found)
        log.info("letter dropped", key=letter.key, reason=found)
        return None
    speak = next_moment_to_speak(now, timetable.hours, timetable.calendar)
    if speak > now:
        outbox.give_back(connection, letter.id, speak)
        return None
    return found


def _still_awaited(connection: Connection, letter: Letter) -> Letter | None:
    """An answer that may have arrived is said again only while it is the last word: a talk that went on got it."""
    if not outbox.said_since(connection, letter):
        return letter
    outbox.bury(connection, letter.id, letter.reason or "", unknown=True)
    return None


def needs_database(reply: Reply, letter: Letter, channel: Channel) -> bool:
    """Whether `rendered` has to look something up for this letter."""
    return _listed(reply, letter, channel) or _linked(reply, channel)


def _listed(reply: Reply, letter: Letter, channel: Channel) -> bool:
    return letter.answers is None and len(reply.choices) > channel.limits.buttons


def _linked(reply: Reply, channel: Channel) -> bool:
    return reply.file is not None and not channel.limits.files


def rendered(
    connection: Connection, letter: Letter, channel: Channel, links: Links, now: datetime
) -> tuple[Message, ...]:
    """The messages of a letter; where the channel takes no files, with the way to the letter's file.

    Where choices would have to be typed while a form is open they are left out: there a number is an answer.
    """
    reply = said(letter)
    words = links.words(connection, letter, now) if _linked(reply, channel) else ""
    if _listed(reply, letter, channel) and busy(connection, letter.channel, letter.address):
        reply = replace(reply, text=f"{reply.text}\n\n{Phrases('vi').say('choose-later')}", choices=())
    return render(reply, channel.limits, words)


def said(letter: Letter) -> Reply:
    """What a letter says; one that may have arrived already says so."""
    reply = from_json(letter.body)
    if not letter.doubtful:
        return reply
    return replace(reply, text=f"{Phrases('vi').say('perhaps-known')}\n\n{reply.text}")


@dataclass(frozen=True)
class Sent:
    """A letter that was sent at a moment, with the ids that its messages have there."""

    letter: Letter
    message_ids: list[str]
    at: datetime


def keep_sent(connection: Connection, sent: Sequence[Sent]) -> None:
    """These letters were sent: from now on a typed number means a choice of theirs. Those of an answer can be typed
    since its turn."""
    outbox.settle_all(connection, [(each.letter.id, each.at, each.message_ids) for each in sent])
    for each in sent:
        if each.letter.answers is None:
            offer(connection, each.letter.channel, each.letter.address, from_json(each.letter.body), each.at)


@dataclass(frozen=True)
class Failure:
    """A failed send, and what follows from it: the letter's new `state`, and until when the channel is `silent`."""

    letter: Letter
    error: DeliveryError
    state: str
    again_at: datetime
    silent_until: datetime | None = None


def failure_of(letter: Letter, error: DeliveryError, now: datetime) -> Failure:
    """What a failed send means."""
    once_more = error.unknown and letter.kind in ONCE_MORE and not letter.doubtful
    if error.address_gone or (error.unknown and not once_more):
        return Failure(letter, error, "dead" if error.address_gone else "unknown", now)
    if error.unknown:
        return Failure(letter, error, "doubtful", now + outbox.LEASE)
    silent = None if error.retry_after is None else now + timedelta(seconds=error.retry_after)
    if letter.attempts < MOST_ATTEMPTS and (silent or error.retryable):
        return Failure(letter, error, "due", silent or now + backoff(letter.attempts), silent)
    return Failure(letter, error, "dead", now, silent)


def failed(connection: Connection, failure: Failure, channels: Mapping[str, Channel], now: datetime) -> None:
    """Keep what became of a letter that could not be sent, and of its address."""
    letter, error = failure.letter, failure.error
    if error.address_gone:
        officers.lose(connection, letter.channel, letter.address, error.reason)
        groups.lose(connection, letter.channel, letter.address, now)
    if failure.state == "due":
        outbox.later(connection, letter.id, failure.again_at, error.reason)
    elif failure.state == "doubtful":
        outbox.repeat(connection, letter.id, failure.again_at, error.reason)
    else:
        outbox.bury(connection, letter.id, error.reason, unknown=failure.state == "unknown")
    if error.address_gone:
        _write_anew(connection, letter, channels, now)


def _write_anew(connection: Connection, letter: Letter, channels: Mapping[str, Channel], now: datetime) -> None:
    """What could not be said at an address that is gone is said once more at another one of the same person."""
    if letter.answers is not None or letter.key.endswith(ANEW):
        return
    person = officers.person_at(connection, letter.channel, letter.address)
    others = officers.addresses_of(connection, person) if person is not None else ()
    within = [each for each in others if each.open and each.channel in channels]
    if within:
        there = max(within, key=lambda each: each.heard_at.timestamp() if each.heard_at else 0)
        again = replace(letter, key=letter.key + ANEW, channel=there.channel, address=there.address, due_at=now)
        outbox.write(connection, (again,), now)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: doubling from two seconds, with jitter, an hour at most."""
    return min(timedelta(seconds=2**attempts), LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
