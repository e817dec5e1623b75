"""The bench measures what it says: against a peer that counts, with a bot that really runs."""

import asyncio
from pathlib import Path

import pytest

from bot import speed_bench
from bot.speed_bench import Bench, _echo, _office, _run
from bot.speed_peer import bring, peer, update_of
from db import officers
from db.store import Store


def test_the_echo_bot_answers_every_update_and_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed_bench, "SETTLED_SECONDS", 0.0)

    async def measured() -> None:
        async with peer() as server:
            run = await _run(Bench(server, tmp_path, tmp_path, (1, 2, 3), 8), _echo)
            assert server.sent == 1 + 2 + 8
            assert run.start > 0 and run.rate > 0 and 10 < run.memory < 1000

    asyncio.run(measured())


def test_a_bot_that_does_not_answer_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody() -> None:
        with pytest.raises(TimeoutError):
            await bring(1, [update_of(1, 1, "x")], 0.2)
        async with peer() as server:
            with pytest.raises(TimeoutError):
                await server.until(1, 0.2)

    asyncio.run(nobody())


def test_its_office_has_officers_who_write_on_telegram(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bench.sqlite'}"
    chats = _office(url)
    store = Store.open(url)
    with store.transaction() as connection:
        posts = [officers.posts_at(connection, "telegram", str(chat)) for chat in chats]
    store.close()
    assert len(chats) > 9 and all(len(each) == 1 and each[0].role == "officer" for each in posts)
