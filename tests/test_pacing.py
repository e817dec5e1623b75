"""The pace of a channel: never faster than it bears, answers to people ahead of what is said unasked."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest

from bot.app import running
from bot.lines import Arrival
from bot.pacing import Pace
from bot.taking import keep, take_lot
from db import Letter, outbox
from db.store import Store
from handlers import Reply
from handlers.replies import to_json
from knowledge.index import Library
from tests.sending_room import OUT_OF_REACH, PERSON, state, wait
from tests.small_office import CHANNEL, SmallOffice, says

STEP = 0.03


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    return SmallOffice(store, library, people=("PR", PERSON, "PR-02"))


def begun(pace: Pace, *turns: tuple[str, bool]) -> list[tuple[str, float]]:
    """Who may send when, of those who all ask at once; a turn is an address, and whether it is an answer."""
    found: list[tuple[str, float]] = []

    async def ask(address: str, answer: bool) -> None:
        await pace.turn(address, answer=answer)
        found.append((address, asyncio.get_running_loop().time()))

    async def all_of_them() -> None:
        await asyncio.wait_for(asyncio.gather(*(ask(*turn) for turn in turns)), 20)

    asyncio.run(all_of_them())
    return found


def test_no_two_sends_of_a_channel_begin_closer_than_its_spacing() -> None:
    moments = [moment for _, moment in begun(Pace(STEP, 0), *((str(n), False) for n in range(6)))]
    assert all(late - early >= STEP * 0.9 for early, late in pairwise(moments))


def test_answers_go_ahead_of_the_unasked_ones_that_wait() -> None:
    order = [who for who, _ in begun(Pace(STEP, 0), ("u1", False), ("u2", False), ("u3", False), ("a1", True))]
    assert order == ["u1", "a1", "u2", "u3"], "the first one began before the answer was there"


def test_no_two_sends_to_a_chat_begin_closer_than_its_spacing_and_others_do_not_wait() -> None:
    found = begun(Pace(0, 4 * STEP), ("A", True), ("A", True), ("B", True))
    assert [who for who, _ in found] == ["A", "B", "A"]
    assert found[2][1] - found[0][1] >= 4 * STEP * 0.9


def test_without_a_pace_nobody_waits() -> None:
    moments = [moment for _, moment in begun(Pace(0, 0), *(("A", False) for _ in range(50)))]
    assert moments[-1] - moments[0] < 1


def test_who_waits_can_be_let_go_and_the_pace_goes_on_in_the_next_loop() -> None:
    pace, passed = Pace(STEP, 0), []

    async def let_go() -> None:
        await pace.turn("A", answer=False)
        waiting = asyncio.ensure_future(pace.turn("B", answer=False))
        await asyncio.sleep(0)
        pace.let_go()
        await asyncio.wait_for(waiting, 5)
        passed.append("B")

    async def go_on() -> None:
        for who in ("C", "D"):
            await asyncio.wait_for(pace.turn(who, answer=False), 5)
            passed.append(who)

    asyncio.run(let_go())
    asyncio.run(go_on())
    assert passed == ["B", "C", "D"]


# With the outbox.


def wave(office: SmallOffice, letters: int) -> None:
    """Unasked letters to many people."""
    now = office.clock.now()
    body = to_json(Reply("one of the wave"))
    with office.store.transaction() as connection:
        outbox.write(
            connection, (Letter(f"wave:{n}", "notice", CHANNEL, f"person {n}", body, now) for n in range(letters)), now
        )


def live(office: SmallOffice, life: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with running(office.house):
            await asyncio.wait_for(life(), 30)

    asyncio.run(whole())


async def until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0.005)


def test_an_answer_goes_ahead_of_a_wave_that_is_half_claimed(office: SmallOffice) -> None:
    wave(office, 60)
    office.house.delivery.spacing = {CHANNEL: 0.1}

    async def life() -> None:
        await until(lambda: len(office.channel.sent) >= 3)
        await office.house.turns.receive(says(1, PERSON, "/menu"))
        await office.house.turns.queue.join()
        before = len(office.channel.sent)
        await until(lambda: bool(office.channel.texts(PERSON)))
        assert len(office.channel.sent) - before <= 3, "one whose moment had come, and what went with it"

    live(office, life)


def test_what_a_turn_answers_is_sent_without_being_claimed_from_the_outbox(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed: list[int] = []
    claim = outbox.claim

    def counting(*arguments: object, **named: object) -> tuple[Letter, ...]:
        found = claim(*arguments, **named)  # type: ignore[arg-type]
        claimed.extend(letter.id for letter in found)
        return found

    monkeypatch.setattr(outbox, "claim", counting)

    async def life() -> None:
        for number in range(5):
            await office.house.turns.receive(says(number, PERSON, "/menu"))
        await office.house.turns.queue.join()
        await until(lambda: len(office.channel.texts(PERSON)) == 5)
        await until(lambda: state(office) == [("sent", None)] * 5)

    live(office, life)
    assert [letter.answers for letter in office.letters(PERSON)] == [1, 2, 3, 4, 5] and len(claimed) < 5


def test_an_answer_that_cannot_be_sent_holds_back_the_next_one_in_its_chat(office: SmallOffice) -> None:
    office.channel.failures[PERSON].append(OUT_OF_REACH)

    async def life() -> None:
        for number in (1, 2):
            await office.house.turns.receive(says(number, PERSON, "/menu"))
        await office.house.turns.receive(says(3, "PR-02", "/menu"))
        await office.house.turns.queue.join()
        await until(lambda: bool(office.channel.texts("PR-02")))
        assert office.channel.texts(PERSON) == []
        wait(office, minutes=1)
        office.house.delivery.wake.set()
        await until(lambda: [became for became, _ in state(office)] == ["sent", "sent"])

    live(office, life)
    first, second = office.letters(PERSON)
    assert int(first.message_ids[0]) < int(second.message_ids[0])


def test_answers_of_a_process_that_was_killed_are_sent_once_after_the_lease(
    office: SmallOffice, library: Library
) -> None:
    number = keep(office.tools, says(1, PERSON, "/menu"))
    assert number is not None
    (outcome,) = take_lot(office.tools, [Arrival(number, (CHANNEL, PERSON))], {}, lease=True)
    assert [letter.state for letter in outcome.letters] == ["sending"] and not outcome.held
    following = SmallOffice(office.store, library)
    assert following.deliver() == 0, "the process may still be alive"
    wait(following, seconds=outbox.LEASE.total_seconds())
    assert (following.deliver(), following.deliver()) == (1, 0)
    assert len(following.channel.texts(PERSON)) == 1


def test_answers_wait_behind_those_of_the_turn_before(office: SmallOffice) -> None:
    outcomes = []
    for number in (1, 2):
        kept = keep(office.tools, says(number, PERSON, "/menu"))
        assert kept is not None
        outcomes += take_lot(office.tools, [Arrival(kept, (CHANNEL, PERSON))], {}, lease=True)
    assert [(len(each.letters), each.held) for each in outcomes] == [(1, False), (0, True)]
    assert [letter.state for letter in office.letters(PERSON)] == ["sending", "due"]
