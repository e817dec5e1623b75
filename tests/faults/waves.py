"""A wave of reminders through processes that are killed again and again, and what may be said of it afterwards."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from db.store import Store
from tests.faults import town
from tests.faults.peers import Peer
from tests.faults.process import PATIENCE, Bot

BETWEEN_LIVES = timedelta(minutes=3)
"""So long a killed process stays away: longer than it may keep a letter to itself."""
LONGEST_MOMENT = 0.08
"""Seconds after the last awaited send in which a process is killed."""


@dataclass
class Tally:
    """What came again after kills. `repeated` counts it by life, the first of which follows no kill; `settled` are the
    addresses at which something came again that was known to have arrived; `unsent` counts what still waited at each
    kill."""

    repeated: list[int] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)
    unsent: list[int] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    read: int = 0

    def note(self, peer: Peer, store: Store) -> None:
        """At the end of a life: what came again in it, and what is known to have arrived."""
        again = []
        for send in peer.sends[self.read :]:
            if send.address in self.seen:
                again.append(send.address)
            self.seen.add(send.address)
        self.read = len(peer.sends)
        self.repeated.append(len(again))
        self.settled += [place for place in again if place in self.known]
        self.known = {row.address for row in town.letters(store, "sent")}
        self.unsent.append(waiting(store))

    @property
    def kills(self) -> int:
        """How many lives were ended by a kill: all but the last one."""
        return len(self.repeated) - 1

    def __str__(self) -> str:
        under_way = sum(1 for each in self.unsent[:-1] if each)
        return (
            f"{self.kills} kills, {under_way} of them with letters or updates waiting; {sum(self.repeated)} repeats, "
            f"at most {max(self.repeated)} in one life; {len(self.settled)} of what was settled"
        )


async def until(true: Callable[[], bool], seconds: float = PATIENCE, what: str = "something") -> None:
    """Wait until it is true; raises `TimeoutError` with what was waited for."""
    end = asyncio.get_running_loop().time() + seconds
    while not true():
        if asyncio.get_running_loop().time() > end:
            raise TimeoutError(f"waited for {what} for {seconds} seconds")
        await asyncio.sleep(0.005)


async def reached(bot: Bot, peer: Peer, before: int, seconds: float = PATIENCE) -> None:
    """Wait until a life has called its server, which was called so often before."""
    await until(lambda: peer.contacts > before or not bot.alive, seconds, "the first call of a process")
    assert bot.alive, bot.log()[-2000:]


async def killed(bot: Bot, peer: Peer, store: Store, chance: random.Random, most: int) -> None:
    """Kill a life that has reached its server, some sends and a moment later; idle where nothing is left to be sent."""
    wanted = len(peer.sends) + chance.randint(0, most)
    while len(peer.sends) < wanted:
        before = len(peer.sends)
        with suppress(TimeoutError):
            await until(lambda before=before: len(peer.sends) > before, seconds=5.0)
        if len(peer.sends) == before and not await asyncio.to_thread(waiting, store):
            break
    await asyncio.sleep(chance.uniform(0, LONGEST_MOMENT))
    assert bot.alive, bot.log()[-2000:]
    await bot.kill()


async def lives(
    bot: Bot, peer: Peer, store: Store, kills: int, most: int, chance: random.Random, begun: Callable[[], None]
) -> Tally:
    """So many lives that end by a kill, and one that may do its work to the end; `begun` is called in each of them."""
    tally, moment = Tally(), town.MORNING
    for life in range(kills + 1):
        contacts = peer.contacts
        await bot.start(moment)
        begun()
        await reached(bot, peer, contacts)
        if life < kills:
            await killed(bot, peer, store, chance, most)
        else:
            await finished(peer, store)
            assert await bot.stop() == 0, bot.log()[-2000:]
        tally.note(peer, store)
        moment += BETWEEN_LIVES
    return tally


async def finished(peer: Peer, store: Store, seconds: float = 3 * PATIENCE) -> None:
    """Wait until nothing waits any more, neither letters nor updates."""
    end, sent = asyncio.get_running_loop().time() + seconds, -1
    while True:
        await asyncio.sleep(0.5)
        left = await asyncio.to_thread(waiting, store)
        if not left and sent == len(peer.sends):
            return
        sent = len(peer.sends)
        assert asyncio.get_running_loop().time() < end, f"{left} still wait after {seconds} seconds"


def waiting(store: Store) -> int:
    """How many letters and updates still wait."""
    updates, written = town.counts(store, "inbox"), town.counts(store)
    return updates.get("new", 0) + written.get("due", 0) + written.get("sending", 0)
