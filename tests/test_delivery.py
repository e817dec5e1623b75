"""Everything that is said is sent once, in order, at a decent hour, or given up with a reason."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bot import delivery
from bot.app import running
from bot.channels import DeliveryError, Limits
from bot.delivery import LONGEST_PAUSE, MOST_ATTEMPTS, backoff
from db import Letter, inbox, officers, outbox, reports
from db.engine import StoreBusy
from db.store import Store
from handlers import Reply
from handlers.phrasebook import Phrases
from handlers.replies import to_json
from knowledge.index import Library
from scheduler import ZONE
from tests.small_office import CHANNEL, THURSDAY, SmallOffice, choices_of, text_of

PERSON = "PR-01"
FRIDAY_NIGHT = datetime(2025, 3, 21, 22, 0, tzinfo=ZONE)
MONDAY = datetime(2025, 3, 24, 7, 30, tzinfo=ZONE)
OUT_OF_REACH = DeliveryError("cannot be reached", retryable=True)


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office with two officers and the staff above them."""
    return SmallOffice(store, library, people=("PR", "PR-01", "PR-02"))


def write(office: SmallOffice, *texts: str, to: str = PERSON) -> None:
    """Put answers into the outbox, as turns do."""
    now = office.clock.now()
    with office.store.transaction() as connection:
        for text in texts:
            office.number += 1
            update = inbox.store(connection, CHANNEL, f"written {office.number}", {}, now)
            key = f"reply:{update}:0"
            outbox.write(
                connection, [Letter(key, "reply", CHANNEL, to, to_json(Reply(text)), now, answers=update)], now
            )


def state(office: SmallOffice, to: str = PERSON) -> list[tuple[str, str | None]]:
    """What became of what was written to somebody, and why."""
    return [(letter.state, letter.reason) for letter in office.letters(to)]


def wait(office: SmallOffice, **span: float) -> None:
    office.clock.move_to(office.clock.now() + timedelta(**span))


# In order, once.


def test_letters_are_sent_in_the_order_in_which_they_were_written(office: SmallOffice) -> None:
    write(office, "one", "two", "three")
    write(office, "elsewhere", to="PR-02")
    assert office.deliver() == 4 and office.deliver() == 0
    assert office.channel.texts(PERSON) == ["one", "two", "three"]


def test_two_processes_send_each_letter_once(office: SmallOffice, library: Library) -> None:
    other = SmallOffice(office.store, library)
    for number in range(20):
        write(office, f"for {number}", to=f"person {number}")

    async def both() -> None:
        await asyncio.gather(office.house.delivery.deliver(), other.house.delivery.deliver())

    asyncio.run(both())
    sent = office.channel.sent + other.channel.sent
    assert sorted(to for to, _ in sent) == sorted(f"person {number}" for number in range(20))


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
    monkeypatch.setattr(delivery, "SETTLE_PAUSE", 0.01)
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


# When sending fails.


def test_what_may_pass_is_tried_again_after_growing_pauses_and_at_last_given_up(office: SmallOffice) -> None:
    write(office, "hello")
    office.channel.failures[PERSON].extend([OUT_OF_REACH] * 100)
    pauses = []
    for _ in range(100):
        office.deliver()
        (letter,) = office.letters(PERSON)
        if letter.state != "due":
            break
        pauses.append(letter.due_at - office.clock.now())
        office.deliver()
        assert office.letters(PERSON)[0].attempts == letter.attempts, "not before its moment"
        office.clock.move_to(letter.due_at)
    assert state(office) == [("dead", "cannot be reached")]
    assert letter.attempts == MOST_ATTEMPTS == len(pauses) + 1
    assert all(late > early for early, late in pairwise(pauses[:10]))
    assert timedelta(hours=2) < sum(pauses, timedelta()) < timedelta(hours=5)


def test_a_later_letter_does_not_overtake_one_that_is_tried_again(office: SmallOffice) -> None:
    write(office, "first")
    office.channel.failures[PERSON].append(OUT_OF_REACH)
    office.deliver()
    write(office, "second")
    write(office, "to another", to="PR-02")
    office.deliver()
    assert office.channel.texts(PERSON) == [] and office.channel.texts("PR-02") == ["to another"]
    wait(office, minutes=1)
    office.deliver()
    assert office.channel.texts(PERSON) == ["first", "second"]


def test_whom_the_last_letter_did_not_reach_is_named_in_the_digest(office: SmallOffice) -> None:
    write(office, "hello")
    office.channel.failures[PERSON].append(DeliveryError("refused"))
    office.deliver()
    assert "PR-01 · CĐCS Công ty Cao su (mẫu 1) (tin gần nhất không gửi được)" in text_of(
        office.says("PR", "/tinhhinh")
    )
    write(office, "hello again")
    office.deliver()
    assert "không gửi được" not in text_of(office.says("PR", "/tinhhinh"))


def test_no_pause_is_longer_than_an_hour_or_so() -> None:
    assert all(backoff(attempts) <= LONGEST_PAUSE * 1.2 for attempts in range(1, 40))


def test_a_channel_that_asks_for_a_pause_gets_it_from_everybody(office: SmallOffice) -> None:
    office.channel.failures["A"].append(DeliveryError("slow down", retryable=True, retry_after=30))
    for person in ("A", "B", "C"):
        write(office, f"to {person}", to=person)
    office.deliver()
    write(office, "to D", to="D")
    office.deliver()
    wait(office, seconds=29)
    office.deliver()
    assert office.channel.sent == []
    assert [office.letters(person)[0].attempts for person in "ABCD"] == [1, 0, 0, 0], "waiting is no attempt"
    wait(office, seconds=1)
    office.deliver()
    assert sorted(to for to, _ in office.channel.sent) == ["A", "B", "C", "D"]


def test_a_pause_that_never_helps_parks_the_letter_with_its_reason(office: SmallOffice) -> None:
    write(office, "hello")
    office.channel.failures[PERSON].extend([DeliveryError("the quota is used up", retry_after=60)] * 100)
    for _ in range(MOST_ATTEMPTS):
        office.deliver()
        wait(office, minutes=2)
    assert state(office) == [("dead", "the quota is used up")]


def test_an_address_that_is_gone_is_closed_and_the_digest_names_it(office: SmallOffice) -> None:
    office.channel.failures[PERSON].append(DeliveryError("the person blocked the bot", address_gone=True))
    office.ring()
    office.deliver()
    assert state(office) == [("dead", "the person blocked the bot")]
    assert names_as_lost(office.says("PR", "/tinhhinh"), PERSON)
    following = office.ring(THURSDAY + timedelta(days=1))
    assert PERSON not in {letter.address for letter in following}, "nobody writes to a closed address"
    assert [names_as_lost(letter, PERSON) for letter in following if letter.address == "PR"] == [True]
    office.says(PERSON, "/menu")
    with office.store.transaction() as connection:
        officer = officers.at_address(connection, CHANNEL, PERSON)
    assert officer is not None and officer.reachable, "who writes is reachable again"


def test_what_cannot_be_said_at_one_address_is_said_once_at_another(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        person = officers.person_at(connection, CHANNEL, PERSON)
        assert person is not None
        for address in ("second", "third"):
            officers.add_address(connection, person, CHANNEL, address)
        officers.heard(connection, CHANNEL, "third", THURSDAY - timedelta(days=2))
        officers.heard(connection, CHANNEL, PERSON, THURSDAY - timedelta(days=1))
    gone = DeliveryError("the person blocked the bot", address_gone=True)
    office.channel.failures[PERSON].append(gone)
    written = [letter for letter in office.ring() if letter.address == PERSON]
    office.deliver()
    (again,) = office.letters("third")
    assert len(written) == 1 and (again.state, again.body) == ("sent", written[0].body)
    assert again.about == written[0].about and office.letters("second") == ()
    following = office.ring(THURSDAY + timedelta(days=1))
    assert PERSON not in {letter.address for letter in following}, "from now on the other address is the best one"


def test_a_letter_is_written_anew_only_once_and_answers_never(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        person = officers.person_at(connection, CHANNEL, PERSON)
        assert person is not None
        for address in ("second", "third"):
            officers.add_address(connection, person, CHANNEL, address)
    gone = [DeliveryError("the chat does not exist", address_gone=True)] * 9
    for address in (PERSON, "second", "third"):
        office.channel.failures[address].extend(gone)
    office.ring()
    office.deliver()
    tried = [letter for address in (PERSON, "second", "third") for letter in office.letters(address)]
    assert [letter.state for letter in tried] == ["dead", "dead"]
    office.says(PERSON, "/menu")
    office.deliver()
    assert len(office.letters("second")) + len(office.letters("third")) == 1


def names_as_lost(digest: Letter, union: str) -> bool:
    """Whether a digest says that this union's officer does not get messages."""
    return any(union in line and Phrases("vi").say("digest-blocked") in line for line in text_of(digest).splitlines())


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (DeliveryError("the connection broke", unknown=True), ("unknown", "the connection broke")),
        (DeliveryError("the text is too long"), ("dead", "the text is too long")),
        (DeliveryError("broke, try again", unknown=True, retryable=True), ("unknown", "broke, try again")),
    ],
)
def test_what_may_have_arrived_or_never_will_is_not_sent_again(
    office: SmallOffice, failure: DeliveryError, outcome: tuple[str, str]
) -> None:
    write(office, "hello")
    office.channel.failures[PERSON].append(failure)
    office.deliver()
    wait(office, days=1)
    office.deliver()
    assert office.channel.sent == [] and state(office) == [outcome]


def test_a_mistake_of_ours_ends_one_letter_and_not_the_delivery(office: SmallOffice) -> None:
    write(office, "bí mật")
    write(office, "next", to="PR-02")
    office.channel.failures[PERSON].append(KeyError("bí mật"))
    with capture_logs() as logs:
        office.deliver()
    ((outcome, reason),) = state(office)
    assert outcome == "dead" and reason is not None and reason.startswith("a mistake of ours: KeyError in send (")
    assert office.channel.texts("PR-02") == ["next"]
    assert [entry["event"] for entry in logs] == ["send failed"] and "bí mật" not in str(logs)


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
