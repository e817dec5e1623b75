"""The database is locked by somebody, or its disk is full: all waits, and then goes on as before."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from db.store import Store
from tests.faults import town
from tests.faults.conftest import Chaos
from tests.faults.doors import Door, settings_of, written
from tests.faults.peers import StormyTelegram, StormyZalo
from tests.faults.process import Bot, bots, listens
from tests.faults.waves import finished, reached, until
from tests.faults.weather import Weather

SECONDS = 300
DISK = 12_000_000
"""Bytes: room for the database, its log and what is written meanwhile."""
ON_A_DISK = 'mount -t tmpfs -o size="$0" tmpfs "$1" && cp "$2" "$1/office.sqlite" && shift 2 && exec "$@"'
"""A disk that only the process and those who look through it see; it ends with the process."""


def test_a_locked_database_delays_and_loses_nothing(chaos: Chaos, store: Store, shelf: Path, tmp_path: Path) -> None:
    people = town.founded(store, ("telegram",), chaos.size(30, 200))
    times, seconds = chaos.size(1, 3), chaos.size(7, 25)
    asked = [town.address("telegram", 10_000 + number) for number in range(times)]

    async def scenario() -> Counter[str]:
        async with asyncio.timeout(SECONDS), StormyTelegram(Weather(chaos.seed)) as peer:
            url = f"sqlite:///{tmp_path / 'office.sqlite'}"
            bot = Bot(tmp_path, {"VAR_DIR": str(shelf), "DATABASE_URL": url, **peer.settings()})
            async with bots(bot):
                await bot.start(town.MORNING)
                await reached(bot, peer, 0)
                for number, stranger in enumerate(asked):
                    before = len(peer.sends)
                    await until(lambda before=before: len(peer.sends) > before, what="the wave")
                    with locked(tmp_path / "office.sqlite"):
                        peer.hears(number + 1, stranger, "Xin chào")
                        await asyncio.sleep(seconds)
                        assert all(send.address != stranger for send in peer.sends)
                await finished(peer, store)
                assert await bot.stop() == 0
            return Counter(send.address for send in peer.sends)

    served = asyncio.run(scenario())
    assert served == Counter([*people, *asked])


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program writes, and takes its time."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=30)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def _may_mount() -> bool:
    """Whether this machine lets us make a disk for one process."""
    if shutil.which("unshare") is None:
        return False
    tried = ("unshare", "-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt")
    return subprocess.run(tried, capture_output=True, check=False, timeout=10).returncode == 0


@pytest.mark.skipif(not _may_mount(), reason="this machine does not let us make a small disk")
def test_a_full_disk_delays_and_loses_nothing(chaos: Chaos, store: Store, shelf: Path, tmp_path: Path) -> None:
    people = town.founded(store, ("zalo",), chaos.size(30, 200))
    store.close()
    disk = tmp_path / "disk"
    disk.mkdir()

    async def scenario() -> Counter[str]:
        zalo, telegram = StormyZalo(Weather(chaos.seed)), StormyTelegram(Weather(chaos.seed))
        async with asyncio.timeout(SECONDS), zalo, telegram, ClientSession() as session:
            bot = Bot(tmp_path, settings_of(disk, shelf, telegram, zalo))
            prepared = tmp_path / "office.sqlite"
            bot.prefix = ("unshare", "-rm", "sh", "-c", ON_A_DISK, str(DISK), str(disk), str(prepared))
            async with bots(bot):
                await bot.start(town.MORNING)
                await listens(bot)
                door = Door("telegram", int(bot.settings["WEBHOOK_PORT"]), session)
                await until(lambda: len(zalo.sends) > 3, what="the wave")
                seen = Path(f"/proc/{bot.pid}/root{disk}")
                filled(seen / "ballast")
                asked = await _written_while_full(door, chaos.size(3, 20))
                (seen / "ballast").unlink()
                for number, stranger in enumerate(asked):
                    await until_taken(door, written("telegram", number + 1, stranger, "Xin chào"))
                await until(lambda: {*people} <= {send.address for send in zalo.sends}, 180, "the rest of the wave")
                await until(lambda: {*asked} <= {send.address for send in telegram.sends}, what="the answers")
                assert await bot.stop() == 0
            assert "The disk is full" in bot.log() and "Traceback" not in bot.log(), bot.log()[-2000:]
            return Counter(send.address for send in zalo.sends + telegram.sends)

    served = asyncio.run(scenario())
    assert set(served.values()) == {1}, served
    assert set(people) <= set(served)


def filled(ballast: Path) -> None:
    """Write until nothing more fits."""
    with ballast.open("wb", buffering=0) as file:
        for size in (1_000_000, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
            finally:
                os.fsync(file.fileno())


async def _written_while_full(door: Door, people: int) -> list[str]:
    """Who wrote while nothing could be stored: their messages were not taken, so that they are brought again."""
    asked = [town.address("telegram", 10_000 + number) for number in range(people)]
    for number, stranger in enumerate(asked):
        assert await door.bring(written("telegram", number + 1, stranger, "Xin chào"), {}) == 503
    await asyncio.sleep(3)
    return asked


async def until_taken(door: Door, body: bytes) -> None:
    """Bring a message as a messenger does: again and again until it is taken."""
    while await door.bring(body, {}) != 200:
        await asyncio.sleep(0.2)
