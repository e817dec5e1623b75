"""Who waits for a turn: a line for each sender, served one from each in turn, so that nobody waits for one who floods.

The bounds are far above what a person does: an album of ten pictures and the taps of a whole form wait at once without
touching the first, and nobody taps more than once a second for a whole minute. What is beyond them is told apart when
it arrives, before it costs a turn.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from handlers import Attachment

Sender = tuple[str, str]
"""The channel and the address from which somebody writes."""

MOST_WAITING = 40
"""So many updates of one sender wait for their turn; further ones are turned away."""
MOST_A_MINUTE = 80
"""So many updates of one sender get a turn within a minute."""
MINUTE = 60.0
MOST_REMEMBERED = 10_000
"""Of so many senders it is remembered when they wrote last."""


@dataclass(frozen=True)
class Arrival:
    """A stored update before its turn: who sent it, and the file that came with it."""

    number: int
    sender: Sender
    file: Attachment | None = None


class Lines:
    """Holds arrivals until they are taken; whoever is being served gets no second turn before the first is done."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lines: dict[Sender, deque[Arrival]] = {}
        self._ready: deque[Sender] = deque()
        self._numbers: set[int] = set()
        self._lately: dict[Sender, deque[float]] = {}
        self._others = 0
        self._changed = asyncio.Event()

    def __contains__(self, number: int) -> bool:
        return number in self._numbers

    @property
    def waits(self) -> bool:
        """Whether anything is left to be done."""
        return bool(self._lines or self._others)

    def add(self, arrival: Arrival) -> bool:
        """Put an arrival at the end of its sender's line; false, and nothing is done, when that would be too many."""
        if arrival.number in self._numbers:
            return True
        line = self._lines.get(arrival.sender, ())
        if len(line) >= MOST_WAITING or not self._in_time(arrival.sender):
            return False
        self._append(arrival)
        return True

    def _append(self, arrival: Arrival) -> None:
        self._numbers.add(arrival.number)
        line = self._lines.setdefault(arrival.sender, deque())
        line.append(arrival)
        if len(line) == 1:
            self._ready.append(arrival.sender)
        self._changed.set()

    def _in_time(self, sender: Sender) -> bool:
        """Whether the sender may write now; if so it is noted that they did."""
        now = self._now()
        lately = self._lately.setdefault(sender, deque())
        while lately and lately[0] <= now - MINUTE:
            lately.popleft()
        if len(lately) >= MOST_A_MINUTE:
            return False
        lately.append(now)
        if len(self._lately) > MOST_REMEMBERED:
            self._lately = {who: when for who, when in self._lately.items() if when and when[-1] > now - MINUTE}
        return True

    def before(self, arrival: Arrival, behind: Arrival) -> None:
        """Put an arrival in front of another one that is first in the same line."""
        line = self._lines[behind.sender]
        assert line[0] is behind
        if arrival.number not in self._numbers:
            self._numbers.add(arrival.number)
            line.appendleft(arrival)

    async def next(self, most: int) -> tuple[Arrival, ...]:
        """The first of up to `most` lines, as soon as there is one; each is to be `done` with before the next of the
        same line."""
        while not self._ready:
            self._changed.clear()
            await self._changed.wait()
        senders = [self._ready.popleft() for _ in range(min(most, len(self._ready)))]
        return tuple(self._lines[sender][0] for sender in senders)

    def again(self, sender: Sender) -> None:
        """Who is first in this line is to be taken (again) in their turn."""
        self._ready.append(sender)
        self._changed.set()

    def done(self, arrival: Arrival) -> None:
        """This arrival, the first of its line, had its turn."""
        line = self._lines[arrival.sender]
        line.popleft()
        self._numbers.discard(arrival.number)
        if line:
            self._ready.append(arrival.sender)
        else:
            del self._lines[arrival.sender]
        self._changed.set()

    def beside(self, work: int) -> None:
        """So much work (negative: less) is under way for arrivals outside of every line."""
        self._others += work
        self._changed.set()

    async def join(self) -> None:
        """Wait until every arrival had its turn."""
        while self.waits:
            self._changed.clear()
            await self._changed.wait()
