"""One person sends a thousand messages at once: the others are answered as if they had not."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from aiohttp import ClientSession

from db.store import Store
from tests.faults import town
from tests.faults.conftest import Chaos
from tests.faults.doors import Door, settings_of, written
from tests.faults.peers import StormyTelegram, StormyZalo
from tests.faults.process import Bot, bots, listens
from tests.faults.waves import finished, until
from tests.faults.weather import Weather

SECONDS = 300
USUALLY_BEFORE, MOST_BEFORE = 2, 20
"""So many messages to the one who floods come between a question of somebody else and its answer, in the median and at
most: without a fair order it would be the forty that may wait."""


@dataclass(frozen=True)
class Asked:
    """A question of somebody else: how many messages had been sent when it was taken, and to whom."""

    address: str
    at: int


@pytest.mark.parametrize("make", [StormyTelegram, StormyZalo])
def test_who_floods_delays_nobody_else(
    make: type[StormyTelegram] | type[StormyZalo], chaos: Chaos, store: Store, shelf: Path, tmp_path: Path
) -> None:
    if make is StormyTelegram:
        chaos.only_at_full_size()
    peer, asked, flooder = asyncio.run(_scenario(make(Weather(chaos.seed)), chaos, store, shelf, tmp_path))
    places = [_between(peer, each, flooder) for each in asked]
    answered = sum(1 for send in peer.sends if send.address == flooder)
    chaos.tell("messages to the flooder before each answer:", dict(Counter(places)), "in all to the flooder:", answered)
    assert median(places) <= USUALLY_BEFORE and max(places) <= MOST_BEFORE, places
    assert town.counts(store, "inbox").keys() == {"done"}
    assert sum(town.counts(store, "inbox").values()) == chaos.size(300, 1000) + len(asked)


async def _scenario(
    peer: StormyTelegram | StormyZalo, chaos: Chaos, store: Store, shelf: Path, folder: Path
) -> tuple[StormyTelegram | StormyZalo, list[Asked], str]:
    floods, others = chaos.size(300, 1000), chaos.size(10, 40)
    flooder, name = town.address(peer.channel, 5000), peer.channel
    async with asyncio.timeout(SECONDS), peer, ClientSession() as session:
        bot = Bot(folder, settings_of(folder, shelf, peer))
        async with bots(bot):
            await bot.start(town.MORNING)
            await listens(bot)
            door = Door(name, int(bot.settings["WEBHOOK_PORT"]), session)
            flood = ((written(name, number, flooder, f"Xin chào {number}"), {}) for number in range(1, floods + 1))
            flooding = asyncio.create_task(door.bring_all(flood))
            await until(lambda: len(peer.sends) > 0, what="the first answer to the flooder")
            asked = []
            for number in range(others):
                person = town.address(name, 6000 + number)
                assert await door.bring(written(name, 100_000 + number, person, "Xin chào"), {}) == 200
                asked.append(Asked(person, len(peer.sends)))
                await asyncio.sleep(0.1)
            await flooding
            assert door.answers == {200: floods + others}
            await finished(peer, store)
            assert await bot.stop() == 0
    return peer, asked, flooder


def _between(peer: StormyTelegram | StormyZalo, asked: Asked, flooder: str) -> int:
    """How many messages to the flooder were sent between a question and its answer; none, where the answer was faster
    than the word that the question was taken."""
    place = [send.address for send in peer.sends].index(asked.address)
    return sum(1 for send in peer.sends[asked.at : place] if send.address == flooder)
