"""How a process leaves: politely at the first signal, within a bounded time; at once at the second."""

import asyncio
import os
import signal
import sys
from functools import partial

import structlog

log = structlog.get_logger()

STOP_SECONDS = 20.0
"""What is under way may take so long. What is not done then is done by the next process: nothing is lost, but a message
whose sending was cut off may come twice."""


class Stop:
    """Listens for the signals of a running loop; `asked` is set by the first one."""

    def __init__(self, seconds: float = STOP_SECONDS) -> None:
        self.asked = asyncio.Event()
        self._seconds = seconds
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, partial(self._heard, number))

    def _heard(self, number: int) -> None:
        if self.asked.is_set():
            log.warning("left at once")
            _leave(128 + number)
        log.info("stopping")
        self.asked.set()
        asyncio.get_running_loop().call_later(self._seconds, self._too_long)

    def _too_long(self) -> None:
        log.warning("left before all was finished", seconds=self._seconds)
        _leave(0)


def _leave(code: int) -> None:
    """End this process without waiting for its threads; an open transaction is rolled back by the database."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
