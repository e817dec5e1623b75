"""Work of many callers done in one go: while one lot is under way the next one gathers."""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import structlog

from db.engine import StoreBusy, StoreError

log = structlog.get_logger()

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST = 100
"""So many items make a lot at most."""
RETRY_SECONDS = 2.0
"""Pause before work is tried again when the database could not be used."""
QUICK_RETRIES = 6
"""So often it is tried again at once where another process was in the way."""


def pause_after(error: StoreError, attempt: int) -> float:
    """Seconds until work is tried again: a moment, other than anybody else's, where another process was in the way.

    What lasts longer than a moment is logged with what the operator can do.
    """
    if isinstance(error, StoreBusy) and attempt <= QUICK_RETRIES:
        return random.uniform(0, 0.02 * 2**attempt)  # noqa: S311 - no secret
    log.error("database cannot be used", reason=str(error))
    return RETRY_SECONDS


class Together(Generic[Item, Result]):
    """Hands items to `work`, which runs in a thread and gives a result for each of them or raises for all.

    What raises a mistake of ours is tried again item by item, so that only the caller whose item it was hears of it; a
    database that cannot be used is heard of by everybody in the lot.
    """

    def __init__(self, work: Callable[[Sequence[Item]], Sequence[Result]]) -> None:
        self._work = work
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._task: asyncio.Task[None] | None = None

    async def do(self, item: Item) -> Result:
        """Have one item done; returns once the lot is done that it was in."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._through())
        return await future

    async def _through(self) -> None:
        try:
            while self._waiting:
                # Who is about to bring something at this moment need not wait for the next lot.
                await asyncio.sleep(0)
                lot = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
                await self._lot(lot)
        finally:
            for _, future in self._waiting:
                future.cancel()
            self._waiting.clear()

    async def _lot(self, lot: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await asyncio.to_thread(self._work, [item for item, _ in lot])
        except StoreError as error:
            _fail(lot, error)
        except Exception as error:
            if len(lot) == 1:
                _fail(lot, error)
            else:
                for each in lot:
                    await self._lot([each])
        else:
            for (_, future), result in zip(lot, results, strict=True):
                if not future.done():
                    future.set_result(result)


def _fail(lot: Sequence[tuple[Item, asyncio.Future[Result]]], error: Exception) -> None:
    for _, future in lot:
        if not future.done():
            future.set_exception(error)
