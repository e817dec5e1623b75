"""When the next send may begin: so many seconds after the one before, answers before what is said unasked."""

import asyncio
from collections import deque
from collections.abc import Mapping

CHAT_SPACING: Mapping[str, float] = {"telegram": 1.0}
"""Least time in seconds between two messages in one chat, by channel (Telegram: core.telegram.org/bots/faq)."""

MOST_REMEMBERED = 10_000
"""Of so many chats it is remembered when they were written to last."""


class Pace:
    """The pace of one channel in this process; both times are seconds, 0 for no limit."""

    def __init__(self, spacing: float, chat_spacing: float) -> None:
        self.spacing = spacing
        self.chat_spacing = chat_spacing
        self._free_at = 0.0
        self._chats: dict[str, float] = {}
        self._answers: deque[asyncio.Future[None]] = deque()
        self._unasked: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, address: str, *, answer: bool) -> None:
        """Wait until a message to this address may be sent, or until everybody is let go."""
        if self.chat_spacing:
            await self._chat(address)
        if not self.spacing:
            return
        loop = asyncio.get_running_loop()
        if not self._waiting and loop.time() >= self._free_at:
            self._free_at = loop.time() + self.spacing
            return
        place: asyncio.Future[None] = loop.create_future()
        (self._answers if answer else self._unasked).append(place)
        self._set(loop)
        await place

    def let_go(self) -> None:
        """Nobody waits any longer: the channel is silent for a while, or the process ends."""
        for place in self._waiting:
            if not place.done():
                place.set_result(None)
        self._answers.clear()
        self._unasked.clear()
        # Else whoever waits next would rely on it, though it may belong to a loop that has ended.
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _chat(self, address: str) -> None:
        loop = asyncio.get_running_loop()
        free_at = max(self._chats.get(address, 0.0), loop.time())
        self._chats[address] = free_at + self.chat_spacing
        if len(self._chats) > MOST_REMEMBERED:
            self._chats = {chat: at for chat, at in self._chats.items() if at > loop.time()}
        if free_at > loop.time():
            await asyncio.sleep(free_at - loop.time())

    @property
    def _waiting(self) -> tuple[asyncio.Future[None], ...]:
        return (*self._answers, *self._unasked)

    def _set(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._timer is None or self._timer.when() < loop.time() - self.spacing:
            self._timer = loop.call_at(self._free_at, self._next)

    def _next(self) -> None:
        """The moment has come for one of those who wait."""
        loop = asyncio.get_running_loop()
        self._timer = None
        for line in (self._answers, self._unasked):
            while line:
                place = line.popleft()
                if not place.done():
                    place.set_result(None)
                    self._free_at = loop.time() + self.spacing
                    if self._waiting:
                        self._set(loop)
                    return
