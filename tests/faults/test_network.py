"""The network is gone for an hour, or the messengers' servers answer badly: with a walking clock, in this process."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from aiohttp import web

from bot.app import House, build_house, timetable_of
from bot.channels import Channel
from bot.channels.telegram import Telegram
from bot.channels.zalo import Zalo
from bot.clock import StandingClock
from bot.settings import Settings
from db.store import Store
from knowledge.index import Library
from tests import fake_telegram, fake_zalo
from tests.faults import town
from tests.faults.conftest import Chaos
from tests.faults.peers import Send, StormyTelegram, StormyZalo
from tests.faults.weather import Fault, Weather

STEP = timedelta(minutes=1)
HOUR = timedelta(hours=1)
STORM: dict[Fault, float] = {
    "flood": 0.03,
    "wordless flood": 0.02,
    "fault": 0.1,
    "reset": 0.05,
    "cut off": 0.05,
    "garbage": 0.05,
    "hang": 0.02,
}


@asynccontextmanager
async def house_at(store: Store, library: Library, *peers: StormyTelegram | StormyZalo) -> AsyncIterator[House]:
    """A house whose channels lead to these servers, and whose clock stands until it is moved."""
    channels: dict[str, Channel] = {}
    real: list[Telegram | Zalo] = []
    for peer in peers:
        if isinstance(peer, StormyTelegram):
            real.append(Telegram(fake_telegram.TOKEN, api_base=peer.base, poll_seconds=0, answer_seconds=0.5))
        else:
            real.append(Zalo(fake_zalo.TOKEN, api_base=peer.base, answer_seconds=0.5))
        channels[real[-1].name] = real[-1]
    clock = StandingClock(town.MORNING)
    house = build_house(store, library, clock, channels, timetable_of(store, Settings(_env_file=None), clock), {})
    # The clock that walks is not the one by which a chat is spared.
    house.delivery.chat_spacing = {}
    try:
        yield house
    finally:
        for each in real:
            await each.close()


async def walked(house: House, store: Store, to: datetime) -> None:
    """Send what falls due in every minute until then, or until nothing is left to be sent."""
    clock = house.tools.clock
    while clock.now() < to and town.letters(store, "due", "sending"):
        await house.delivery.deliver()
        clock.move_to(clock.now() + STEP)


def test_an_hour_without_network_loses_nothing(chaos: Chaos, store: Store, library: Library) -> None:
    people = town.founded(store, ("telegram", "zalo"), chaos.size(10, 60))

    async def scenario() -> tuple[list[Send], list[timedelta]]:
        telegram, zalo = StormyTelegram(Weather(chaos.seed)), StormyZalo(Weather(chaos.seed))
        async with telegram, zalo, house_at(store, library, telegram, zalo) as house:
            await house.turns.ring()
            ports = [await _closed(peer) for peer in (telegram, zalo)]
            await walked(house, store, town.MORNING + HOUR)
            assert telegram.sends == zalo.sends == []
            for peer, port in zip((telegram, zalo), ports, strict=True):
                await _opened(peer, port)
            await walked(house, store, town.MORNING + 3 * HOUR)
            late = [row.sent_at - town.MORNING - HOUR for row in town.letters(store, "sent")]
            return telegram.sends + zalo.sends, late

    sends, late = asyncio.run(scenario())
    chaos.tell("after the network came back:", max(late), "for", len(late), "letters;", town.counts(store))
    assert Counter(send.address for send in sends) == Counter(people)
    assert max(late) <= HOUR


async def _closed(peer: StormyTelegram | StormyZalo) -> int:
    """Nobody is there any more; gives the port."""
    port = int(peer.base.rsplit(":", 1)[1])
    for site in list(peer._runner.sites):
        await site.stop()
    return port


async def _opened(peer: StormyTelegram | StormyZalo, port: int) -> None:
    await web.TCPSite(peer._runner, "127.0.0.1", port).start()


@pytest.mark.parametrize("make", [StormyTelegram, StormyZalo])
def test_in_bad_weather_every_letter_comes_to_a_known_end(
    make: type[StormyTelegram] | type[StormyZalo], chaos: Chaos, store: Store, library: Library
) -> None:
    people = town.founded(store, (make.channel,), chaos.size(40, 300))
    weather = Weather(chaos.seed, STORM, frozenset(people[::13]))

    async def scenario() -> list[Send]:
        async with make(weather) as peer, house_at(store, library, peer) as house:
            await house.turns.ring()
            await walked(house, store, town.MORNING + 7 * HOUR)
            return peer.sends

    sends = asyncio.run(scenario())
    chaos.tell(dict(weather.met), town.counts(store))
    arrived, heard = Counter(send.address for send in sends), Counter(send.address for send in sends if send.heard)
    ends = {row.address: row.state for row in town.letters(store, "sent", "dead", "unknown", "dropped")}
    assert set(ends) == set(people), "every letter is settled"
    for person, state in ends.items():
        assert (state == "dead") == (person in weather.blocked), person
        assert heard[person] == (state == "sent"), person
        assert arrived[person] - heard[person] <= 1 + (state == "unknown"), person
    assert all(row.reason for row in town.letters(store, "dead", "unknown"))
