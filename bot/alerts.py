"""What the bot itself tells its administrators when it cannot do its work: one letter per trouble and day at most.

An alert is written only in the hours in which the bot speaks unasked, and only while the trouble stands. By night
nothing goes out unasked anyway, and administrators of a union are nobody's night watch; whoever has one asks /readyz.
So the quiet hours are kept, and no letter tells in the morning of a trouble that is over.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import structlog

from bot.clock import Clock
from bot.health import Health
from bot.rings import RING_MINUTES, last_ring
from db import Letter, Officer, officers, outbox, queues, unions
from db.queues import Queues
from db.store import Connection, Store
from handlers import Reply
from handlers.phrasebook import Phrases
from handlers.replies import to_json
from handlers.timetable import Timetable, with_swapped_days
from scheduler.policy import may_speak

log = structlog.get_logger()

KIND = "alert"
LOOK_SECONDS = 60.0
LONGEST_WAIT = timedelta(minutes=15)
"""A letter that is due should not wait longer."""
MANY_IN_VAIN = 3
"""So many letters tried again and again for that long are no single chat with a fault of its own."""
MANY_GIVEN_UP = 20
"""So many letters given up within an hour are more than the usual blocked addresses."""
LATE_RING = timedelta(minutes=3 * RING_MINUTES)
LEAST_DISK = 500 * 1024 * 1024
"""Bytes that must stay free for the database and its index."""


@dataclass(frozen=True)
class Trouble:
    """Something an administrator should see to: the phrase `alert-<kind>` says it with `values`; `about` tells troubles
    of one kind apart (the channel)."""

    kind: str
    values: dict[str, str | int]
    about: str = ""


@dataclass(frozen=True)
class Signs:
    """What was seen at one moment; see `troubles_in`. `no_ring_for` is how long the clock has not rung."""

    queues: Queues = field(default_factory=Queues)
    given_up: int = 0
    no_ring_for: timedelta = timedelta()
    refused: tuple[str, ...] = ()
    free_bytes: int = LEAST_DISK


def troubles_in(signs: Signs) -> Iterator[Trouble]:
    """What is wrong, as far as these signs show it."""
    for channel in signs.refused:
        yield Trouble("channel-refused", {"channel": channel.capitalize()}, channel)
    if signs.queues.oldest_due > LONGEST_WAIT or signs.queues.in_vain >= MANY_IN_VAIN:
        waiting = sum(number for (_, state), number in signs.queues.letters.items() if state in ("due", "sending"))
        longest = max(signs.queues.oldest_due, LONGEST_WAIT)
        yield Trouble("letters-waiting", {"count": waiting, "minutes": _minutes(longest)})
    if signs.given_up > MANY_GIVEN_UP:
        yield Trouble("letters-given-up", {"count": signs.given_up})
    if signs.no_ring_for > LATE_RING:
        yield Trouble("ring-late", {"minutes": _minutes(signs.no_ring_for)})
    if signs.free_bytes < LEAST_DISK:
        yield Trouble("disk-full", {"megabytes": signs.free_bytes // (1024 * 1024)})


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


class Watch:
    """Looks for troubles and writes the letters about them. `folder` is on the disk that must not become full."""

    def __init__(self, store: Store, clock: Clock, timetable: Timetable, health: Health, folder: Path) -> None:
        self._store, self._clock, self._timetable = store, clock, timetable
        self._health, self._folder = health, folder
        self._began = clock.now()
        self._known: frozenset[tuple[str, str]] = frozenset()
        self._told: set[tuple[str, str, date]] = set()

    def look(self) -> int:
        """Look once; gives the number of letters written. Raises `StoreError` where the database cannot be used."""
        now = self._clock.now()
        with self._store.transaction() as connection:
            signs = self._signs(connection, now)
            troubles = list(troubles_in(signs))
            self._log(troubles)
            timetable = with_swapped_days(connection, self._timetable)
            news = [each for each in troubles if (each.kind, each.about, now.date()) not in self._told]
            if not news or not may_speak(now, timetable.hours, timetable.calendar):
                return 0
            letters = self._letters(connection, news, now, now - signs.queues.oldest_due)
            written = outbox.write(connection, letters, now)
        if letters:
            self._told |= {(each.kind, each.about, now.date()) for each in news}
        return len(written)

    def _signs(self, connection: Connection, now: datetime) -> Signs:
        rang = max(last_ring(connection) or self._began, self._began)
        return Signs(
            queues=queues.look(connection, now),
            given_up=queues.given_up_since(connection, now - timedelta(hours=1)),
            no_ring_for=now - rang,
            refused=tuple(sorted(name for name, state in self._health.channels.items() if state == "refused")),
            free_bytes=shutil.disk_usage(self._folder).free,
        )

    def _log(self, troubles: list[Trouble]) -> None:
        """A line when a trouble comes, and one when it has gone."""
        seen = frozenset((each.kind, each.about) for each in troubles)
        for each in troubles:
            if (each.kind, each.about) not in self._known:
                log.error("trouble", kind=each.kind, **each.values)
        for kind, about in sorted(self._known - seen):
            log.info("trouble over", kind=kind, about=about)
        self._known = seen

    def _letters(
        self, connection: Connection, troubles: list[Trouble], now: datetime, before: datetime
    ) -> list[Letter]:
        """One letter per trouble and administrator, due `before` what piles up, so that it does not wait behind it."""
        phrases = Phrases("vi")
        letters = []
        for person in dict.fromkeys(each.person for each in administrators(connection, now.date())):
            where = self._reached_at(connection, person)
            if where is None:
                continue
            for each in troubles:
                name = f"{each.kind}-{each.about}" if each.about else each.kind
                body = to_json(Reply(phrases.say(f"alert-{each.kind}", **each.values)))
                key = f"{KIND}:{name}:{now.date().isoformat()}:{person}"
                letters.append(Letter(key, KIND, *where, body, before - timedelta(seconds=1)))
        return letters

    def _reached_at(self, connection: Connection, person: int) -> tuple[str, str] | None:
        """The address at which a person is reached over a channel that works, the one heard from last first."""
        states = self._health.channels
        open_ones = [each for each in officers.addresses_of(connection, person) if each.open]
        within = [each for each in open_ones if states.get(each.channel) == "well"]
        if not within:
            return None
        best = max(within, key=lambda each: each.heard_at.timestamp() if each.heard_at else 0)
        return best.channel, best.address


def administrators(connection: Connection, today: date) -> tuple[Officer, ...]:
    """Who is told: the administrators; where nobody is one, the staff of the unions that stand above all others."""
    found = tuple(officers.responsible(connection, "administrator").values())
    if found:
        return found
    staff = officers.responsible(connection, "staff")
    above = (unions.get(connection, code, today) for code in staff)
    return tuple(staff[union.code] for union in above if union is not None and not union.parent)
