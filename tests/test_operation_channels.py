"""A channel that refuses its token: who notices, what waits, and how it goes on when the token is right again."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from bot import serving
from bot.channels import ChannelRefused, DeliveryError, Receive
from bot.health import ChannelState, Health
from bot.messengers import ask_all
from db import outbox
from db.store import Store
from knowledge.index import Library
from tests.small_office import CHANNEL, FakeChannel, SmallOffice

PERSON = "PR-01"


class Server(FakeChannel):
    """A channel whose server may refuse us; `state` is what it answers."""

    def __init__(self, state: ChannelState = "well", name: str = CHANNEL) -> None:
        super().__init__()
        self.name = name
        self.state = state

    async def check(self) -> bool:
        if self.state == "refused":
            raise ChannelRefused("set THE_TOKEN")
        return self.state == "well"

    async def close(self) -> None:
        """Nothing is open."""

    def routes(self, receive: Receive) -> list[object]:
        return []


@pytest.mark.parametrize(
    ("states", "refusals"),
    [
        (("well", "well"), 0),
        (("refused", "well"), 1),
        (("refused", "unreachable"), 1),
        (("refused", "refused"), 2),
    ],
)
def test_what_each_server_says_is_noted(states: tuple[ChannelState, ChannelState], refusals: int) -> None:
    health = Health()
    channels = {name: Server(state, name) for name, state in zip(("one", "two"), states, strict=True)}
    found = asyncio.run(ask_all(channels, health))  # type: ignore[arg-type]
    assert len(found) == refusals and health.channels == dict(zip(("one", "two"), states, strict=True))


def test_nothing_is_tried_while_the_token_is_refused_and_all_is_sent_when_it_is_right_again(
    store: Store, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "ASK_SECONDS", 0.01)
    office = SmallOffice(store, library, people=(PERSON,))
    server, health = Server(), Health(channels={CHANNEL: "well"})

    async def asking_while(state: ChannelState) -> None:
        server.state = state
        keeper = asyncio.create_task(serving._keep_asking(office.house, {CHANNEL: server}, health))  # type: ignore[dict-item]
        await asyncio.sleep(0.1)
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper

    asyncio.run(asking_while("refused"))
    letter = office.says(PERSON, "chỉ tiêu đoàn viên năm 2025 là bao nhiêu?")
    office.deliver()
    assert health.channels == {CHANNEL: "refused"} and office.channel.sent == []
    with store.transaction() as connection:
        waiting = outbox.find(connection, letter.id)
        assert waiting and (waiting.state, waiting.attempts) == ("due", 0), "no letter is at fault"

    asyncio.run(asking_while("well"))
    office.clock.move_to(office.clock.now() + timedelta(minutes=3))
    office.deliver()
    assert len(office.channel.texts(PERSON)) == 1


def test_a_token_that_is_refused_between_two_questions_kills_no_letter(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, people=(PERSON,))
    office.says(PERSON, "chỉ tiêu đoàn viên năm 2025 là bao nhiêu?")
    office.channel.failures[PERSON].append(DeliveryError("token refused", retryable=True, retry_after=300))
    office.deliver()
    assert office.channel.sent == []
    office.clock.move_to(office.clock.now() + timedelta(minutes=6))
    office.deliver()
    assert len(office.channel.texts(PERSON)) == 1
