"""Letters that this process has leased: held for as long as it lives, free for another one soon after it ended."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.clock import Clock
from db import Letter, outbox
from db.engine import StoreError
from db.store import Store

log = structlog.get_logger()

RENEW_SECONDS = outbox.LEASE.total_seconds() / 5
"""So often it is looked whose lease ends soon. Two looks may come late before another process takes a letter."""
ENDS_SOON = outbox.LEASE * 3 / 5
NO_LONGER_SURE = outbox.LEASE / 5
"""With less than this left a send is not begun before the lease was renewed."""


class InHand:
    """The leased letters of one process, whether they are being sent or wait for their moment."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._letters: dict[int, Letter] = {}

    def take(self, letters: Iterable[Letter]) -> None:
        """From now on these are in hand, leased by whoever gives them."""
        self._letters.update({letter.id: letter for letter in letters})

    def leave(self, letters: Iterable[Letter]) -> None:
        """These are settled or given back."""
        for letter in letters:
            self._letters.pop(letter.id, None)

    def is_safe(self, letter: Letter) -> bool:
        """Whether no other process can have taken the letter, nor will before it is sent."""
        return NO_LONGER_SURE < self._left(letter) <= outbox.LEASE

    def _left(self, letter: Letter) -> timedelta:
        kept = self._letters.get(letter.id)
        now = self.clock.now()
        return (kept.claimed_until or now) - now if kept else timedelta()

    async def keep(self) -> None:
        """Renew what ends soon, until cancelled."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            ending = [letter for letter in self._letters.values() if self._left(letter) < ENDS_SOON]
            if ending:
                try:
                    renewed = await asyncio.to_thread(self._renewed, ending)
                except StoreError as error:
                    log.error("database cannot be used", reason=str(error))
                    continue
                # Meanwhile some of them were settled.
                held = {letter.id: renewed.get(letter.id) for letter in ending if letter.id in self._letters}
                self._letters.update({number: letter for number, letter in held.items() if letter})

    def _renewed(self, ending: Iterable[Letter]) -> dict[int, Letter]:
        """Those of these letters that are still ours, and are for longer now, by their numbers."""
        now = self.clock.now()
        with self.store.transaction(isolation="READ COMMITTED") as connection:
            ours = [letter for letter in ending if outbox.renew(connection, letter, now)]
        return {letter.id: replace(letter, claimed_until=now + outbox.LEASE) for letter in ours}
