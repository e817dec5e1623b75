"""When sending fails: tried again with patience, given up with a reason, never repeated blindly."""

from datetime import timedelta
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bot.channels import DeliveryError
from bot.clock import StandingClock
from bot.sending import LONGEST_PAUSE, MOST_ATTEMPTS, backoff
from db import Letter, officers
from db.store import Store
from handlers.phrasebook import Phrases
from knowledge.index import Library
from tests.sending_room import BROKE, OUT_OF_REACH, PERSON, state, wait, write
from tests.small_office import CHANNEL, THURSDAY, SmallOffice, text_of


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office with two officers and the staff above them."""
    return SmallOffice(store, library, people=("PR", "PR-01", "PR-02"))


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
    assert "PR-01 · CĐCS Công ty Cao su (mẫu 1) (tin không gửi được)" in text_of(office.says("PR", "/tinhhinh"))
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


def test_a_pause_by_a_clock_far_ahead_is_over_when_that_was_set_right(office: SmallOffice) -> None:
    delivery = office.house.delivery
    delivery.clock = StandingClock(office.clock.now() + timedelta(days=2))
    office.channel.failures["A"].append(DeliveryError("slow down", retryable=True, retry_after=30))
    write(office, "to A", to="A")
    office.deliver()
    delivery.clock = office.clock
    write(office, "to B", to="B")
    office.deliver()
    assert [to for to, _ in office.channel.sent] == ["B"]


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


def test_what_never_will_arrive_is_not_sent_again(office: SmallOffice) -> None:
    write(office, "hello")
    office.channel.failures[PERSON].append(DeliveryError("the text is too long"))
    office.deliver()
    wait(office, days=1)
    office.deliver()
    assert office.channel.sent == [] and state(office) == [("dead", "the text is too long")]


def test_an_answer_that_may_have_arrived_is_said_once_more_and_says_so(office: SmallOffice) -> None:
    write(office, "Đã nhận số liệu.")
    office.channel.failures[PERSON].extend([BROKE, BROKE])
    office.deliver()
    office.deliver()
    assert office.channel.failures[PERSON], "not before the lease ends: the first one may be on its way"
    wait(office, minutes=3)
    office.deliver()
    assert state(office) == [("unknown", "the connection broke")], "and no third time"
    write(office, "Đã nhận báo cáo.")
    office.channel.failures[PERSON].append(BROKE)
    office.deliver()
    wait(office, minutes=3)
    office.deliver()
    assert office.channel.texts(PERSON) == [f"{Phrases('vi').say('perhaps-known')}\n\nĐã nhận báo cáo."]


def test_an_answer_that_may_have_arrived_is_not_said_into_a_talk_that_went_on(office: SmallOffice) -> None:
    write(office, "first")
    office.channel.failures[PERSON].append(BROKE)
    office.deliver()
    write(office, "second")
    wait(office, minutes=3)
    office.deliver()
    assert office.channel.texts(PERSON) == ["second"]
    assert state(office) == [("unknown", "the connection broke"), ("sent", None)]


def test_of_what_is_said_unasked_only_a_reminder_is_said_once_more(office: SmallOffice) -> None:
    for person in (PERSON, "PR"):
        office.channel.failures[person].append(BROKE)
    kinds = {letter.address: letter.kind for letter in office.ring()}
    assert (kinds[PERSON], kinds["PR"]) == ("reminder", "digest")
    office.deliver()
    wait(office, minutes=3)
    office.deliver()
    assert state(office, "PR") == [("unknown", "the connection broke")] and office.channel.texts("PR") == []
    (said,) = office.channel.texts(PERSON)
    assert said.startswith(Phrases("vi").say("perhaps-known")) and state(office)[0][0] == "sent"


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
