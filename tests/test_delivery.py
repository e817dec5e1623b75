"""Everything that is said is sent once, in order, at a decent hour."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import pytest
from structlog.testing import capture_logs

from bot import delivery, together
from bot.app import running
from bot.channels import Limits
from bot.clock import Clock
from db import Letter, outbox, reports
from db.engine import StoreBusy
from db.store import Store
from knowledge.index import Library
from scheduler import ZONE
from tests.sending_room import FRIDAY_NIGHT, MONDAY, OUT_OF_REACH, PERSON, state, wait, write
from tests.small_office import CHANNEL, THURSDAY, SmallOffice, choices_of


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office with two officers and the staff above them."""
    return SmallOffice(store, library, people=("PR", "PR-01", "PR-02"))


# In order, once.


def test_letters_are_sent_in_the_order_in_which_they_were_written(office: SmallOffice) -> None:
    write(office, "one", "two", "three")
    write(office, "elsewhere", to="PR-02")
    assert office.deliver() == 4 and office.deliver() == 0
    assert office.channel.texts(PERSON) == ["one", "two", "three"]


@pytest.mark.both_engines
def test_two_processes_send_each_letter_once(office: SmallOffice, library: Library) -> None:
    other = SmallOffice(office.store, library)
    for number in range(20):
        write(office, f"for {number}", to=f"person {number}")

    async def both() -> None:
        await asyncio.gather(office.house.delivery.deliver(), other.house.delivery.deliver())

    asyncio.run(both())
    sent = office.channel.sent + other.channel.sent
    assert sorted(to for to, _ in sent) == sorted(f"person {number}" for number in range(20))


@pytest.mark.both_engines
def test_a_process_that_died_while_sending_is_followed_by_another_after_the_lease(
    office: SmallOffice, library: Library
) -> None:
    write(office, "once")
    with office.store.transaction() as connection:
        outbox.claim(connection, office.clock.now(), 1, channels=frozenset({CHANNEL}))
    following = SmallOffice(office.store, library)
    assert following.deliver() == 0, "it may still be alive"
    wait(following, seconds=outbox.LEASE.total_seconds())
    assert following.deliver() == 1
    assert following.channel.texts(PERSON) == ["once"]


@pytest.mark.both_engines
def test_a_slow_process_leaves_the_rest_of_its_batch_to_whoever_took_it_over(
    office: SmallOffice, library: Library
) -> None:
    """The first send takes longer than the lease; meanwhile another process sends the others."""
    write(office, "first", to="A")
    write(office, "second", to="B")
    following = SmallOffice(office.store, library)

    def hang() -> None:
        office.channel.before_send = lambda: None
        wait(office, seconds=1 + outbox.LEASE.total_seconds())
        following.clock.move_to(office.clock.now())
        with office.store.transaction() as connection:
            taken = outbox.claim(connection, following.clock.now(), 9, channels=frozenset({CHANNEL}))
            assert {letter.address for letter in taken} == {"A", "B"}

    office.channel.before_send = hang
    office.deliver()
    assert office.channel.texts("B") == []


def test_a_long_letter_goes_on_after_the_part_that_was_sent(office: SmallOffice) -> None:
    office.channel.limits = Limits(characters=40, buttons=0, files=False, markup=False, edits=False)
    write(office, "The first part of it is here. Then the second part follows. At last there is a third part.")
    office.channel.failures[PERSON].extend([None, OUT_OF_REACH])
    office.deliver()
    assert office.channel.texts(PERSON) == ["The first part of it is here."]
    wait(office, seconds=10)
    office.deliver()
    assert office.channel.texts(PERSON) == [
        "The first part of it is here.",
        "Then the second part follows.",
        "At last there is a third part.",
    ]
    assert state(office)[0][0] == "sent" and len(office.letters(PERSON)[0].message_ids) == 3


def test_a_send_is_kept_although_the_database_is_busy_for_a_while(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "RETRY_SECONDS", 0.01)
    write(office, "once")
    refusals, settle = [StoreBusy("locked"), StoreBusy("locked")], outbox.settle

    def busy(*arguments: object) -> None:
        if refusals:
            raise refusals.pop()
        settle(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(outbox, "settle", busy)
    office.deliver()
    wait(office, hours=1)
    office.deliver()
    assert office.channel.texts(PERSON) == ["once"] and state(office) == [("sent", None)]


# What is said unasked is checked again at the moment of sending.


def test_a_reminder_is_dropped_when_the_report_came_in_meanwhile(office: SmallOffice) -> None:
    office.ring()
    with office.store.transaction() as connection:
        reports.submit(connection, "quy-pr", PERSON, "2025-Q1", officer=None, late=True, now=THURSDAY)
    with capture_logs() as logs:
        office.deliver()
    assert office.channel.texts(PERSON) == [] and state(office) == [("dropped", "the report came in")]
    assert {"event": "letter dropped", "reason": "the report came in"}.items() <= logs[0].items()
    assert office.channel.texts("PR-02") != []


def test_a_check_in_is_not_asked_for_when_the_figures_came_in_meanwhile(office: SmallOffice) -> None:
    office.taps(PERSON, "report:yes:quy-pr:2025-Q1")
    written = office.ring(datetime(2025, 3, 25, 8, 0, tzinfo=ZONE))
    assert PERSON in {letter.address for letter in written}
    office.taps(PERSON, "checkin:unchanged:2025-03")
    office.taps(PERSON, "checkin:send:2025-03")
    office.deliver()
    assert ("dropped", "the figures came in") in state(office)


def test_a_reminder_that_was_held_up_is_dropped_for_the_later_one(office: SmallOffice) -> None:
    office.ring()
    office.ring(datetime(2025, 3, 21, 8, 0, tzinfo=ZONE))
    office.deliver()
    assert state(office) == [("dropped", "a later reminder was written"), ("sent", None)]


def test_a_reminder_that_was_held_up_into_the_night_waits_for_the_next_working_day(office: SmallOffice) -> None:
    office.ring()
    office.clock.move_to(FRIDAY_NIGHT)
    write(office, "an answer is given at any hour")
    office.deliver()
    assert [message.text for _, message in office.channel.sent] == ["an answer is given at any hour"]
    held = office.letters(PERSON)[0]
    assert (held.state, held.due_at, held.attempts) == ("due", MONDAY, 0)
    office.clock.move_to(MONDAY)
    office.deliver()
    assert office.letters(PERSON)[0].state == "sent"


def test_a_number_typed_after_a_letter_means_its_choice(office: SmallOffice) -> None:
    office.ring()
    office.deliver()
    offered = [choice.id for choice in choices_of(office.letters(PERSON)[0])]
    reply = office.says(PERSON, str(offered.index("report:done:quy-pr:2025-Q1@2") + 1))
    assert choices_of(reply)[0].id == "report:yes:quy-pr:2025-Q1"


# The long-running loop.


def test_the_loop_sends_what_it_is_woken_for_survives_and_ends(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim: Callable[..., tuple[Letter, ...]] = outbox.claim
    failures: list[Exception] = [StoreBusy("locked"), ZeroDivisionError("a mistake")]

    def failing(*arguments: object, **named: object) -> tuple[Letter, ...]:
        if failures:
            raise failures.pop()
        return claim(*arguments, **named)

    monkeypatch.setattr(outbox, "claim", failing)
    monkeypatch.setattr(delivery, "IDLE_SECONDS", 0.05)

    async def life() -> None:
        async with running(office.house):
            write(office, "hello")
            office.house.delivery.wake.set()
            while not office.channel.sent:
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(life(), 10))
    assert failures == [] and state(office) == [("sent", None)]


def test_at_the_end_a_send_under_way_is_finished_and_the_rest_waits(office: SmallOffice, library: Library) -> None:
    for number in range(30):
        write(office, "hello", to=f"person {number}")
    office.house.delivery.spacing = {CHANNEL: 0.02}

    async def life() -> None:
        async with running(office.house):
            while len(office.channel.sent) < 3:
                await asyncio.sleep(0.005)

    asyncio.run(asyncio.wait_for(life(), 10))
    first = len(office.channel.sent)
    assert first < 30
    following = SmallOffice(office.store, library)
    assert following.deliver() == 30 - first


@pytest.mark.parametrize("round_", range(20))
def test_it_ends_when_it_is_told_to_while_it_is_woken(office: SmallOffice, round_: int) -> None:
    async def life() -> None:
        async with running(office.house):
            await asyncio.sleep(0.001 * round_)
            office.house.delivery.wake.set()

    asyncio.run(asyncio.wait_for(life(), 5))
    assert office.house.delivery.stopping and not office.house.delivery.handed


def test_what_waits_in_the_outbox_is_found_while_the_clock_runs(office: SmallOffice) -> None:
    write(office, "left by another process")
    clock, timetable = Clock(office.clock.now()), office.house.tools.timetable
    running_on = delivery.Delivery(office.store, {CHANNEL: office.channel}, clock, {}, timetable)
    assert asyncio.run(running_on.deliver()) == 1
    assert office.channel.texts(PERSON) == ["left by another process"]
