"""A process that is killed in the middle of a wave, again and again: everybody is served, hardly anybody twice."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from db.store import Store
from tests.faults import town
from tests.faults.conftest import Chaos
from tests.faults.peers import Peer, StormyTelegram, StormyZalo
from tests.faults.process import Bot, bots
from tests.faults.waves import Tally, lives
from tests.faults.weather import Weather

SECONDS = 1200
BAD = {"fault": 0.04, "reset": 0.04, "cut off": 0.02, "garbage": 0.02}


class Strangers:
    """People without an office who write to the bot while it lives and dies, one message each."""

    def __init__(self, peer: Peer, each_life: int) -> None:
        self.peer, self.each_life = peer, each_life
        self.asked: list[str] = []
        self.last_handed: list[str] = []

    def write(self) -> None:
        """In every life some of them write."""
        self.last_handed += getattr(self.peer, "handed", [])[-1:]
        for _ in range(self.each_life):
            number = 100_000 + len(self.asked)
            self.asked.append(town.address(self.peer.channel, number))
            self.peer.hears(number, self.asked[-1], "Xin chào")


@pytest.mark.parametrize("bad_weather", [False, True], ids=["fair", "bad"])
@pytest.mark.parametrize("make", [StormyTelegram, StormyZalo])
def test_a_wave_survives_kills(
    make: type[StormyTelegram] | type[StormyZalo],
    bad_weather: bool,
    chaos: Chaos,
    store: Store,
    shelf: Path,
    tmp_path: Path,
) -> None:
    if bad_weather:
        # A send that hangs takes its lease's time, and so minutes even where few are killed.
        chaos.only_at_full_size()
    kills, people = chaos.size(2, 20 if bad_weather else 50), chaos.size(30, 500)
    chance = random.Random(chaos.seed)
    weather = Weather(chaos.seed, dict(BAD) if bad_weather else {}, lateness=0.02)
    officers = town.founded(store, (make.channel,), people)

    async def scenario() -> tuple[Tally, Strangers, Peer]:
        async with asyncio.timeout(SECONDS), make(weather) as peer:
            strangers = Strangers(peer, 2)
            url = f"sqlite:///{tmp_path / 'office.sqlite'}"
            bot = Bot(tmp_path, {"VAR_DIR": str(shelf), "DATABASE_URL": url, **peer.settings()})
            async with bots(bot):
                tally = await lives(bot, peer, store, kills, 2 * people // (kills + 1), chance, strangers.write)
            return tally, strangers, peer

    tally, strangers, peer = asyncio.run(scenario())
    chaos.tell(tally, dict(weather.met))
    unheard = sum(1 for send in peer.sends if not send.heard)
    served = Counter(send.address for send in peer.sends)
    assert tally.settled == []
    assert sum(tally.repeated) <= kills + unheard
    # Of the others staff see that nobody knows whether it arrived.
    unknown = {row.address for row in town.letters(store, "unknown")}
    assert [place for place in officers if not served[place] and place not in unknown] == [], town.counts(store)
    lost = {place for place in strangers.asked if not served[place]} - unknown
    assert lost <= set(strangers.last_handed), "what a living process was given is answered"
    assert make is StormyZalo or not lost
