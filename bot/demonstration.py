"""The demonstration: a small office with a clock that can be moved, behind the chat page and its JSON interface."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.app import BEGAN, House, OfficeError, build_house, shelf_of, timetable_of, walk
from bot.channels import Message
from bot.channels.webchat import WebChat
from bot.clock import Clock
from bot.office import LetterShown, Line, Persona, Refused
from bot.rendering import render
from bot.seed import DEMONSTRATION, PURPOSE, default_start, seed
from bot.settings import Settings
from db import Letter, inbox, notes, officers, outbox, unions
from db.engine import StoreError
from db.store import Store
from handlers import Attachment
from handlers.phrasebook import Phrases
from handlers.replies import from_json
from knowledge.index import Library
from scheduler.report_calendar import add_working_days, due_day, period_of, previous

CLOCK = "demonstration clock"
LONGEST_TURN = 20.0

FARTHEST = timedelta(days=731)
"""The clock is walked day by day, so there is an end to how far it can be moved at once."""


def open_demonstration(url: str, settings: Settings, library: Library) -> "Demonstration":
    """Open the demonstration's database, filling it when it is new.

    The clock goes on where it stood, unless CONGDOAN_NOW names a later moment. Raises `OfficeError` for a database that
    is somebody else's, `StoreError` for one that cannot be used.
    """
    store = Store.open(url)
    with store.transaction() as connection:
        purpose, stood = notes.read(connection, PURPOSE), notes.read(connection, CLOCK)
        if purpose != DEMONSTRATION and (purpose or notes.read(connection, BEGAN) or unions.count(connection)):
            raise OfficeError(
                "This database belongs to a real office, so the demonstration does not touch it. "
                "Start the demonstration without --database, or with the name of a file that does not exist yet."
            )
        start = settings.start() or (datetime.fromisoformat(stood) if stood else default_start())
        if stood and start < datetime.fromisoformat(stood):
            start = datetime.fromisoformat(stood)
        if purpose != DEMONSTRATION:
            seed(connection, start, WebChat.name)
    clock = Clock(start)
    chat = WebChat(clock.now)
    shelf = shelf_of(store, settings.var_dir, library, "demonstration")
    shelf.catch_up(clock.now())
    house = build_house(store, shelf, clock, {chat.name: chat}, timetable_of(store, settings, clock))
    return Demonstration(house, chat)


class Demonstration:
    """The office behind the page; see `bot.office.Office`. `running(house)` must be active while it is used."""

    def __init__(self, house: House, chat: WebChat) -> None:
        self.house = house
        self.chat = chat
        self.store = house.tools.store
        self.clock = house.tools.clock

    def personas(self) -> Sequence[Persona]:
        """One person for each union that has somebody, named by role."""
        phrases = Phrases("vi")
        with self.store.transaction() as connection:
            people = officers.everyone(connection)
            known = {union.code: union for union in unions.every(connection, self.clock.now().date())}
        return [
            Persona(each.address, phrases.say(f"demo-{each.role}", union=known[each.union].name), each.role, each.union)
            for each in sorted(people, key=lambda each: each.union)
        ]

    async def say(
        self, persona: str, text: str | None, choice: str | None, file: Attachment | None = None
    ) -> Sequence[Message]:
        """Say something and wait for the replies to it; raises `Refused` when the database cannot be used."""
        try:
            async with asyncio.timeout(LONGEST_TURN):
                key = await self.chat.say(persona, text or "", choice, file)
                await self.house.turns.queue.join()
                await self.house.delivery.deliver()
            letters = await asyncio.to_thread(self._answers, key)
        except (StoreError, TimeoutError):
            raise Refused(Phrases("vi").say("trouble"), status=503) from None
        return [message for letter in letters for message in self._rendered(letter)]

    def _answers(self, key: str) -> tuple[Letter, ...]:
        with self.store.transaction() as connection:
            number = inbox.number_of(connection, self.chat.name, key)
            return outbox.answers_to(connection, number) if number is not None else ()

    def _rendered(self, letter: Letter) -> tuple[Message, ...]:
        return render(from_json(letter.body), self.chat.limits)

    def letters(self, persona: str) -> Sequence[LetterShown]:
        """What the bot sent this person unprompted."""
        return [
            LetterShown(letter.sent_at or letter.due_at, message.text, message.buttons, letter.kind)
            for letter in self._sent(persona)
            if letter.answers is None
            for message in self._rendered(letter)
        ]

    def _sent(self, persona: str) -> tuple[Letter, ...]:
        with self.store.transaction() as connection:
            written = outbox.at_address(connection, self.chat.name, persona)
        return tuple(letter for letter in written if letter.state == "sent")

    def transcript(self, persona: str) -> Sequence[Line]:
        """Both sides of the talk, in the order in which things were said."""
        sent = self._sent(persona)
        labels = {choice.id: choice.label for letter in sent for choice in from_json(letter.body).choices}
        with self.store.transaction() as connection:
            said = inbox.at_channel(connection, self.chat.name)
        lines: list[tuple[datetime, int, Line]] = []
        for row in said:
            incoming = self.chat.read(row.payload)
            if incoming is not None and incoming.address == persona:
                text = labels.get(incoming.choice or "", "") or incoming.text
                lines.append((row.received_at, 0, Line("person", row.received_at, text, file=incoming.file)))
        for letter in sent:
            at = letter.sent_at or letter.due_at
            lines += (
                (at, letter.id, Line("bot", at, part.text, part.buttons, part.file, unprompted=letter.answers is None))
                for part in self._rendered(letter)
            )
        return [line for _, _, line in sorted(lines, key=lambda each: each[:2])]

    def now(self) -> datetime:
        """The demonstration's time."""
        return self.clock.now()

    def clock_targets(self) -> Sequence[tuple[str, datetime]]:
        """The next day, the end of the month, the working day after the next due day; each at eight."""
        phrases = Phrases("vi")
        today, calendar = self.now().date(), self.house.tools.timetable.calendar
        month = period_of("calendar", "month", today)
        quarter = period_of("administrative", "quarter", today)
        dues = (due_day(period, 2, calendar) for period in (previous(quarter), quarter))
        overdue = next(day for due in dues if (day := add_working_days(due, 1, calendar)) > today)
        end = month.last if month.last > today else period_of("calendar", "month", today + timedelta(days=1)).last
        days = {"next-day": today + timedelta(days=1), "end-of-month": end, "overdue": overdue}
        eight = self.now().replace(hour=8, minute=0, second=0, microsecond=0)
        return [
            (phrases.say(f"demo-clock-{name}"), eight.replace(year=day.year, month=day.month, day=day.day))
            for name, day in days.items()
        ]

    async def move_clock(self, to: datetime) -> None:
        """Walk to `to`; what falls due on the way is sent as it would have been. Raises `Refused` for a moment that
        has passed or is too far away."""
        if to - self.now() > FARTHEST:
            raise Refused(Phrases("vi").say("demo-clock-too-far"))
        try:
            await walk(self.house, to)
        except ValueError:
            raise Refused(Phrases("vi").say("page-error-backward", now=self.now())) from None
        await asyncio.to_thread(self._keep_time)

    async def ring(self) -> None:
        """Decide what falls due now and send it."""
        await self.house.turns.ring()
        await self.house.delivery.deliver()
        await asyncio.to_thread(self._keep_time)

    def close(self) -> None:
        """Note where the clock stands and give back the library and the database."""
        self._keep_time()
        self.house.tools.shelf.close()
        self.store.close()

    def _keep_time(self) -> None:
        with self.store.transaction() as connection:
            notes.write(connection, CLOCK, self.now().isoformat())
