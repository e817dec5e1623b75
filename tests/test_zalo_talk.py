"""An officer whose only channel is Zalo: joins by a typed code, asks, chooses by typing, gets reminders and files."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.app import House, build_house, running, timetable_of
from bot.channels.zalo import Zalo
from bot.clock import StandingClock
from bot.links import Links, file_behind
from bot.seed import seed
from bot.settings import Settings
from db import Letter, invitations, officers, outbox
from db.store import Store
from handlers import Attachment, Choice, Reply, codes
from handlers.conversation import FRESH
from handlers.phrasebook import Phrases
from handlers.replies import to_json
from knowledge.index import Library
from knowledge.vietnamese import fold
from scheduler import ZONE
from tests.fake_zalo import CHAT, TOKEN, FakeZalo, event

THURSDAY = datetime(2025, 3, 20, 9, 0, tzinfo=ZONE)
SAY = Phrases("vi").say
BASE = "https://bot.example"


@dataclass
class Phone:
    """Zalo on the officer's phone, and the bot behind it."""

    server: FakeZalo
    house: House
    clock: StandingClock
    number: int = 0
    read: int = field(default=0)

    async def types(self, text: str) -> str:
        """Write something; gives what came back first."""
        self.number += 1
        await self.server.events.put(event(self.number, text=text))
        return await self.reads()

    async def reads(self) -> str:
        """The next message that was not read yet."""
        async with asyncio.timeout(10):
            while len(self.server.texts()) <= self.read:
                await asyncio.sleep(0.02)
        self.read += 1
        return self.server.texts()[self.read - 1]

    async def rings(self, at: datetime) -> str:
        """The clock moves and rings; gives the letter that comes."""
        self.clock.move_to(at)
        await self.house.turns.ring()
        return await self.reads()

    def write(self, reply: Reply, key: str) -> None:
        """Something the bot says unasked."""
        letter = Letter(key, "report", Zalo.name, CHAT, to_json(reply), self.clock.now())
        with self.house.tools.store.transaction() as connection:
            outbox.write(connection, (letter,), self.clock.now())
        self.house.delivery.wake.set()


@contextlib.asynccontextmanager
async def phone(store: Store, library: Library) -> AsyncIterator[Phone]:
    clock = StandingClock(THURSDAY)
    async with FakeZalo() as server:
        channel = Zalo(TOKEN, api_base=server.base, poll_seconds=1)
        timetable = timetable_of(store, Settings(_env_file=None), clock)
        house = build_house(store, library, clock, {Zalo.name: channel}, timetable, {}, Links(BASE))
        try:
            async with running(house):
                yield Phone(server, house, clock)
        finally:
            await channel.close()


@pytest.fixture
def talk(store: Store, library: Library) -> Callable[[Callable[[Phone], Awaitable[None]]], None]:
    """Runs a talk of the officer of PR-01, whose Zalo address is known."""
    with store.transaction() as connection:
        seed(connection, THURSDAY, "elsewhere", people=("PR", "PR-01"))
        person = officers.person_at(connection, "elsewhere", "PR-01")
        assert person is not None
        officers.add_address(connection, person, Zalo.name, CHAT)
        officers.heard(connection, Zalo.name, CHAT, THURSDAY)

    def run(said: Callable[[Phone], Awaitable[None]]) -> None:
        async def life() -> None:
            async with phone(store, library) as mine:
                await said(mine)

        asyncio.run(asyncio.wait_for(life(), 60))

    return run


Talk = Callable[[Callable[[Phone], Awaitable[None]]], None]


def test_a_question_is_answered_and_its_choice_typed(talk: Talk) -> None:
    async def said(mine: Phone) -> None:
        answers = set()
        for way in ("1", "1.", "1)", "{label}", "{LABEL}.", "{plain}"):
            answer = await mine.types("chi tieu 2025 cua minh la gi")
            label = next(line for line in answer.splitlines() if line.startswith("1. ")).removeprefix("1. ")
            answers.add(await mine.types(way.format(label=label, LABEL=label.upper(), plain=fold(label))))
        (only,) = answers
        assert SAY("key-without-menu") not in only and only != answer

    talk(said)


def test_a_number_means_a_choice_for_some_days_and_then_brings_the_menu(talk: Talk) -> None:
    async def said(mine: Phone) -> None:
        asked = Reply("Báo cáo quý đến hạn.", (Choice("menu:report", "Xem báo cáo"), Choice("menu:huy", "Thôi")))
        mine.write(asked, "first")
        assert (await mine.reads()).endswith("\n\n1. Xem báo cáo\n2. Thôi")
        mine.clock.move_to(THURSDAY + timedelta(days=6))
        assert await mine.types("2") == SAY("nothing-to-cancel")
        mine.write(asked, "second")
        await mine.reads()
        mine.clock.move_to(mine.clock.now() + FRESH + timedelta(hours=1))
        assert (await mine.types("2")).startswith(SAY("key-without-menu"))

    talk(said)


def test_a_reminder_comes_with_its_choices_as_lines(talk: Talk) -> None:
    async def said(mine: Phone) -> None:
        reminder = await mine.rings(THURSDAY)
        choices = reminder.rpartition("\n\n")[2].splitlines()
        assert len(choices) > 1
        assert [line.partition(" ")[0] for line in choices] == [f"{place + 1}." for place in range(len(choices))]

    talk(said)


def test_what_cannot_be_undone_asks_for_a_word(talk: Talk) -> None:
    async def said(mine: Phone) -> None:
        await mine.types("/quyenriengtu")
        sure = await mine.types(SAY("privacy-forget"))
        assert sure.endswith(f"• {SAY('privacy-forget-yes')}\n• {SAY('privacy-forget-no')}")
        assert (await mine.types("1")).startswith(SAY("key-instead-of-words"))
        assert await mine.types("xoa het") == SAY("privacy-forgotten")

    talk(said)


def test_a_letter_offers_no_numbers_while_a_form_is_open(talk: Talk) -> None:
    async def said(mine: Phone) -> None:
        await mine.types("/solieu")
        mine.write(Reply("Báo cáo đến hạn.", (Choice("report:done:x", "Đã nộp"),)), "a letter")
        letter = await mine.reads()
        assert letter == "Báo cáo đến hạn.\n\n" + SAY("choose-later")

    talk(said)


def test_a_file_comes_as_a_link_that_opens(talk: Talk) -> None:
    async def said(mine: Phone) -> None:
        mine.write(Reply("Bản nháp.", file=Attachment("bao-cao.docx", "x", b"PK")), "a file")
        letter = await mine.reads()
        (link,) = (line for line in letter.splitlines() if line.startswith(BASE))
        with mine.house.tools.store.transaction() as connection:
            file = file_behind(connection, link.rpartition("/")[2], mine.clock.now())
        assert file is not None and file.content == b"PK"

    talk(said)


def test_what_zalo_keeps_from_bots_is_answered_with_one_sentence(talk: Talk) -> None:
    async def said(mine: Phone) -> None:
        await mine.server.events.put(event(900, "unsupported"))
        assert await mine.reads() == SAY("nothing-to-read")

    talk(said)


def test_a_stranger_joins_by_a_typed_code(store: Store, library: Library) -> None:
    with store.transaction() as connection:
        seed(connection, THURSDAY, "elsewhere", people=("PR",))
        staff = officers.at_address(connection, "elsewhere", "PR")
        assert staff is not None
        code = codes.fresh()
        until = THURSDAY + timedelta(days=7)
        invitations.make(
            connection, codes.hashed(code), "PR-01", "officer", invited_by=staff.id, now=THURSDAY, expires_at=until
        )

    async def life() -> None:
        async with phone(store, library) as mine:
            assert "zalo " + CHAT in await mine.types("xin chào")
            offer = await mine.types(code.lower())
            assert f"1. {SAY('join-agree')}" in offer
            welcome = await mine.types("1.")
            assert "1. " in welcome
            assert (await mine.types("1")).startswith(SAY("welcome-officer", union="x")[:10])

    asyncio.run(asyncio.wait_for(life(), 60))
    with store.transaction() as connection:
        found = officers.at_address(connection, Zalo.name, CHAT)
    assert found is not None and found.union == "PR-01"
