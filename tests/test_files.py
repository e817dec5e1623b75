"""Files that people send: fetched from the channel before the turn, asked for again when they cannot be had."""

import asyncio
from collections import deque

import pytest

from bot import fetching
from bot.app import running
from bot.channels import DeliveryError, Update
from bot.channels.telegram import Telegram
from db.store import Store
from handlers.phrasebook import Phrases
from knowledge.index import Library
from tests.fake_telegram import TOKEN, FakeTelegram
from tests.small_office import CHANNEL, SmallOffice, text_of

PERSON = "PR-01"
SAY = Phrases("vi").say
PHOTO = "photo-1"

BROKEN = DeliveryError("the connection broke", unknown=True)
BUSY = DeliveryError("a fault of its own", retryable=True)
GONE = DeliveryError("the file is gone")


@pytest.mark.parametrize(
    ("failures", "phrase"),
    [
        ([], "file-not-asked-for"),
        ([BUSY, BROKEN], "file-not-asked-for"),
        ([GONE], "file-not-fetched"),
        ([BUSY] * fetching.FETCH_TRIES, "file-not-fetched"),
    ],
    ids=["at once", "at the third try", "gone", "never"],
)
def test_a_file_is_fetched_before_its_turn(
    store: Store, library: Library, monkeypatch: pytest.MonkeyPatch, failures: list[DeliveryError], phrase: str
) -> None:
    monkeypatch.setattr(fetching, "FETCH_PAUSE", 0.01)
    office = SmallOffice(store, library, people=(PERSON,))
    office.channel.contents[PHOTO] = b"content"
    office.channel.failures[PHOTO] = deque(failures)

    async def talk() -> None:
        async with running(office.house):
            await office.house.turns.receive(Update(CHANNEL, "1", {"id": "1", "address": PERSON, "file": PHOTO}))
            await asyncio.wait_for(office.house.turns.queue.join(), 5)

    asyncio.run(talk())
    assert [text_of(letter) for letter in office.letters(PERSON)] == [SAY(phrase)]


def test_a_file_is_downloaded_from_telegram_and_a_refusal_holds_no_token() -> None:
    async def talk() -> None:
        async with FakeTelegram(files={"F1": b"content"}) as server:
            channel = Telegram(TOKEN, api_base=server.base)
            update = {
                "update_id": 1,
                "message": {
                    "message_id": 2,
                    "chat": {"id": 77, "type": "private"},
                    "photo": [{"file_id": "small"}, {"file_id": "F1"}],
                },
            }
            incoming = channel.read(update)
            assert incoming is not None and incoming.file is not None
            assert await channel.fetch(incoming.file) == b"content"
            server.files.clear()
            with pytest.raises(DeliveryError) as refusal:
                await channel.fetch(incoming.file)
            assert not refusal.value.retryable and "secret" not in refusal.value.reason
            await channel.close()

    asyncio.run(asyncio.wait_for(talk(), 10))
