"""Thousands of hostile updates through the webhooks of a running process: it stays up and answers the next question."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from aiohttp import ClientSession
from sqlalchemy import select

from bot.rendering import clean
from db import tables
from db.store import Store
from tests.faults import town
from tests.faults.conftest import Chaos
from tests.faults.doors import Door, settings_of, written
from tests.faults.hostile import Attacker, bombs
from tests.faults.peers import Send, StormyTelegram, StormyZalo
from tests.faults.process import Bot, bots, listens
from tests.faults.waves import finished, until
from tests.faults.weather import Weather

SECONDS = 800
MOST_MEMORY = 900_000_000
"""Bytes: about four times what the process needs when it idles."""
WORDS_OF_PROGRAMS = ("Traceback", "Exception", "Error:", 'File "', "{$", "<bound", "sqlalchemy", "SELECT ")
BUSY = {"database cannot be used"}
"""What may be said on a busy machine; what was not stored then was answered with 503 and is brought again."""
QUESTION = "Chỉ tiêu kết nạp đoàn viên năm 2025 là bao nhiêu?"


def test_hostile_updates_harm_nobody(chaos: Chaos, store: Store, shelf: Path, tmp_path: Path) -> None:
    sends = asyncio.run(_scenario(chaos, store, shelf, tmp_path))
    with store.transaction() as connection:
        query = select(tables.inbox.c.note).where(tables.inbox.c.state == "failed")
        assert Counter(connection.scalars(query)) == {}
    shown = [send.text for send in sends]
    assert [text for text in shown if any(word in text for word in WORDS_OF_PROGRAMS)] == []
    assert [text for text in shown if clean(text) != text] == []


async def _scenario(chaos: Chaos, store: Store, shelf: Path, folder: Path) -> list[Send]:
    count = chaos.size(150, 5000)
    people = town.founded(store, ("telegram", "zalo"), chaos.size(60, 200))
    boss = town.address("telegram", 900)
    town.employ(store, "telegram", boss)
    strangers = tuple(town.address(name, 1000 + number) for number in range(300) for name in ("telegram", "zalo"))
    telegram, zalo = (make(Weather(chaos.seed)) for make in (StormyTelegram, StormyZalo))
    async with asyncio.timeout(SECONDS), telegram, zalo, ClientSession() as session:
        telegram.files = bombs()
        zalo.media = {str(number): content for number, content in enumerate(telegram.files.values())}
        # Thousands of answers go out at once: at the pace of Zalo they would take a quarter of an hour.
        bot = Bot(folder, settings_of(folder, shelf, telegram, zalo) | {"ZALO_SPACING": "0.02"})
        async with bots(bot):
            await bot.start(town.MORNING)
            await listens(bot)
            port = int(bot.settings["WEBHOOK_PORT"])
            doors = [Door(name, port, session) for name in ("telegram", "zalo")]
            everybody = (*people, boss, *strangers)
            attackers = [
                Attacker("telegram", _of(everybody, "telegram"), random.Random(chaos.seed), tuple(telegram.files)),
                Attacker("zalo", _of(everybody, "zalo"), random.Random(chaos.seed + 1), _places(zalo)),
            ]
            attackers[0].seen = telegram.shown
            pairs = zip(doors, attackers, strict=True)
            await asyncio.gather(*(door.bring_all(attacker.requests(count)) for door, attacker in pairs))
            await _next_question(doors, telegram, zalo, people[:2])
            await finished(telegram, store, 300)
            chaos.tell(f"memory {bot.peak_memory() // 1_000_000} MB", town.counts(store, "inbox"), town.counts(store))
            chaos.tell({door.channel: dict(door.answers) for door in doors}, len(telegram.sends), len(zalo.sends))
            assert bot.peak_memory() < MOST_MEMORY
            assert await bot.stop() == 0
    assert "Traceback" not in bot.log() and bot.errors() - BUSY == set(), bot.errors()
    assert all(door.answers.keys() <= {200, 400, 413, 503} for door in doors)
    return telegram.sends + zalo.sends


async def _next_question(doors: list[Door], telegram: StormyTelegram, zalo: StormyZalo, people: Iterable[str]) -> None:
    """A person asks, on each channel, and gets an answer."""
    for number, (door, person, peer) in enumerate(zip(doors, people, (telegram, zalo), strict=True)):
        before = len(peer.sends)
        assert await door.bring(written(door.channel, 9_000_000 + number, person, QUESTION), {}) == 200
        await until(
            lambda peer=peer, before=before, person=person: any(s.address == person for s in peer.sends[before:]),
            seconds=300,
            what=f"the answer on {door.channel}",
        )


def _of(everybody: Iterable[str], channel: str) -> tuple[str, ...]:
    return tuple(place for place in everybody if (len(place) < 20) == (channel == "telegram"))


def _places(zalo: StormyZalo) -> tuple[str, ...]:
    """Where pictures lie: at the server, at an address that must not be asked, and nowhere."""
    there = [f"{zalo.base}/media/{name}" for name in zalo.media]
    return (*there, "http://127.0.0.1:9/a.jpg", "file:///etc/passwd", "https://", "//", "\x00")
