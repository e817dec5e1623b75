"""Two processes on PostgreSQL share a wave and the talks; every few seconds one of them is killed."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from aiohttp import ClientError, ClientSession

from db.store import Store
from tests.faults import town
from tests.faults.conftest import Chaos
from tests.faults.doors import Door, settings_of, written
from tests.faults.peers import Send, StormyTelegram, StormyZalo
from tests.faults.process import Bot, bots, listens
from tests.faults.waves import BETWEEN_LIVES, finished
from tests.faults.weather import Weather
from tests.postgres_room import PostgresServer

SECONDS = 1200
KILLS = (1, 15)
"""Small, and at full size."""


def test_two_processes_of_which_one_is_killed_again_and_again(
    chaos: Chaos, postgres: PostgresServer, shelf: Path, tmp_path: Path
) -> None:
    url = postgres.make()
    store = Store.open(url)
    try:
        people, sends = asyncio.run(_scenario(chaos, url, store, shelf, tmp_path))
    finally:
        store.close()
    kills, served = chaos.size(*KILLS), Counter(send.address for send in sends)
    again = {place: count for place, count in served.items() if count > 1}
    chaos.tell(f"{kills} kills, {sum(served.values()) - len(served)} repeats; {len(sends)} messages")
    assert [place for place in people if not served[place]] == []
    assert sum(served.values()) - len(served) <= kills, again


async def _scenario(
    chaos: Chaos, url: str, store: Store, shelf: Path, folder: Path
) -> tuple[tuple[str, ...], list[Send]]:
    """Everybody who is to be served, and what was sent."""
    kills, people = chaos.size(*KILLS), chaos.size(30, 500)
    officers = town.founded(store, ("telegram", "zalo"), people)
    chance = random.Random(chaos.seed)
    telegram, zalo = (make(Weather(chaos.seed, lateness=0.02)) for make in (StormyTelegram, StormyZalo))
    async with asyncio.timeout(SECONDS), telegram, zalo, ClientSession() as session:
        both = [_bot(folder, name, url, shelf, telegram, zalo, chaos.size(1, 4) / 10) for name in ("one", "two")]
        async with bots(*both):
            writers = Writers([Door("telegram", int(bot.settings["WEBHOOK_PORT"]), session) for bot in both])
            loop = asyncio.get_running_loop()
            begun = loop.time()
            await _start(both, timedelta())
            talking = asyncio.create_task(writers.write_all(kills * 4))
            for kill in range(kills):
                await asyncio.sleep(chance.uniform(1.0, 4.0))
                await both[kill % 2].kill()
                if kill < kills - 1:
                    await _start([both[kill % 2]], timedelta(seconds=loop.time() - begun))
            await talking
            for bot in both:
                assert not bot.alive or await bot.stop() == 0, bot.log()[-2000:]
            # What those that were killed had taken is free again.
            await _start(both[:1], timedelta(seconds=loop.time() - begun) + BETWEEN_LIVES)
            await finished(telegram, store)
            assert await both[0].stop() == 0, both[0].log()[-2000:]
    return (*officers, *writers.asked), telegram.sends + zalo.sends


class Writers:
    """People who write on Telegram, whose server brings each message until some process has taken it."""

    def __init__(self, doors: list[Door]) -> None:
        self.doors = doors
        self.asked: list[str] = []

    async def write_all(self, people: int) -> None:
        for number in range(people):
            self.asked.append(town.address("telegram", 100_000 + number))
            body, attempt = written("telegram", number + 1, self.asked[-1], "Xin chào"), number
            while not await self._brought(body, self.doors[attempt % len(self.doors)]):
                await asyncio.sleep(0.1)
                attempt += 1
            await asyncio.sleep(0.3)

    async def _brought(self, body: bytes, door: Door) -> bool:
        with suppress(ClientError, OSError):
            return await door.bring(body, {}) == 200
        return False


def _bot(
    folder: Path, name: str, url: str, shelf: Path, telegram: StormyTelegram, zalo: StormyZalo, spacing: float
) -> Bot:
    settings = settings_of(folder, shelf, telegram, zalo) | {"DATABASE_URL": url, "ZALO_SPACING": str(spacing)}
    return Bot(folder, settings, name)


async def _start(some: list[Bot], after: timedelta) -> None:
    """Start processes whose clocks agree with those that run."""
    for bot in some:
        await bot.start(town.MORNING + after)
    for bot in some:
        await listens(bot)
