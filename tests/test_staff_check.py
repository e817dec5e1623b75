"""What staff hear of late reports is still so when it is sent; and officers hear once of what was accepted."""

from datetime import date, datetime, timedelta

import pytest

from db import Letter, exemptions, officers, outbox, reports
from db.store import Store
from handlers import Choice, Reply, escalations
from handlers.phrasebook import Phrases
from handlers.sending_check import checked
from knowledge.index import Library
from scheduler import ZONE
from tests.small_office import CHANNEL, SmallOffice, choices_of, text_of

PHRASES = Phrases("vi")
GRASSROOTS = tuple(f"PR-0{number}" for number in range(1, 7))
RULE, QUARTER = "quy-pr", "2025-Q1"


def day(number: int, hour: int = 8) -> datetime:
    return datetime(2025, 3, number, hour, 0, tzinfo=ZONE)


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """On Thursday staff had their digest; the report is three working days late on Friday."""
    office = SmallOffice(store, library, day(18, 7), ("PR", "PR-01", "PR-02", "BPC"))
    for number in (18, 19, 20):
        office.ring(day(number))
        office.deliver()
    return office


def came(office: SmallOffice, *unions: str) -> None:
    """Reports of these unions came on paper."""
    with office.store.transaction() as connection:
        for union in unions:
            reports.submit(connection, RULE, union, QUARTER, officer=None, late=True, now=office.clock.now())


def extended(office: SmallOffice, *unions: str) -> None:
    """These unions got more time."""
    with office.store.transaction() as connection:
        for union in unions:
            given = (RULE, union, QUARTER)
            exemptions.give(
                connection, given, "extension", None, office.clock.now(), until=date(2025, 4, 2), reason="x"
            )


def excused(office: SmallOffice, *unions: str) -> None:
    """These unions owe nothing for the quarter."""
    with office.store.transaction() as connection:
        for union in unions:
            exemptions.give(connection, (RULE, union, QUARTER), "excuse", None, office.clock.now(), reason="x")


def left(office: SmallOffice, *_: str) -> None:
    """The staff's post is somebody else's now."""
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR", "staff")
        assert post is not None
        officers.leave_post(connection, post.id, office.clock.now())


def on_the_way(office: SmallOffice, kind: str) -> Letter:
    """The letter to the staff of the district that is to be sent."""
    found = [letter for letter in office.letters("PR") if letter.kind == kind and letter.state == "due"]
    return found[-1]


def becomes(office: SmallOffice, letter: Letter) -> Letter | str:
    with office.store.transaction() as connection:
        return checked(connection, office.tools.timetable, PHRASES, letter, office.clock.now())


def named(letter: Letter | str) -> set[str]:
    """The unions that a letter names."""
    return {code for code in GRASSROOTS if isinstance(letter, Letter) and code in text_of(letter)}


@pytest.mark.parametrize("settled", [came, extended, excused])
def test_whoever_has_settled_it_is_left_out_of_an_escalation(office: SmallOffice, settled: object) -> None:
    assert callable(settled)
    office.ring(day(21))
    letter = on_the_way(office, "escalation")
    assert becomes(office, letter) == letter and named(letter) == set(GRASSROOTS)
    settled(office, "PR-01", "PR-04")
    again = becomes(office, letter)
    assert named(again) == set(GRASSROOTS) - {"PR-01", "PR-04"}
    assert isinstance(again, Letter) and choices_of(again) == choices_of(letter)
    assert text_of(again).startswith(PHRASES.say("escalation-head", count=4))


@pytest.mark.parametrize(
    ("happens", "reason"),
    [(came, "nothing of it is late or asked for any more"), (left, "somebody else answers for it now")],
)
def test_an_escalation_with_nothing_left_is_dropped(office: SmallOffice, happens: object, reason: str) -> None:
    assert callable(happens)
    office.ring(day(21))
    happens(office, *GRASSROOTS)
    office.deliver()
    (letter,) = [letter for letter in office.letters("PR") if letter.kind == "escalation"]
    assert (letter.state, letter.reason) == ("dropped", reason)


def test_an_escalation_that_was_held_up_counts_the_days_anew(office: SmallOffice) -> None:
    office.ring(day(21))
    letter = on_the_way(office, "escalation")
    office.clock.move_to(day(24))
    again = becomes(office, letter)
    assert isinstance(again, Letter) and "muộn 4 ngày" in text_of(again)


# Digests.


def test_a_digest_leaves_out_who_has_submitted_since(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, day(19, 7), ("PR", "PR-01"))
    office.ring(day(19))
    letter = on_the_way(office, "digest")
    assert becomes(office, letter) == letter
    came(office, "PR-02")
    again = becomes(office, letter)
    assert isinstance(again, Letter) and text_of(again).startswith("5 đơn vị")
    office.clock.move_to(day(20))
    assert "ngày 20/03/2025" in text_of(becomes(office, letter))  # type: ignore[arg-type]


def test_a_digest_that_begins_with_requests_loses_what_was_decided(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR-01", "officer")
        assert post is not None
        exemptions.ask(connection, (RULE, "PR-01", QUARTER), date(2025, 4, 2), "x", post.id, day(20, 17))
    office.clock.move_to(day(20, 17))
    came(office, "PR-03")
    office.ring(day(21))
    letter = on_the_way(office, "digest")
    first = PHRASES.say("escalation-in-digest", count=5)
    assert text_of(letter).startswith(f"{first}\n{PHRASES.say('escalation-requests', count=1)}")
    came(office, "PR-01")
    again = becomes(office, letter)
    assert isinstance(again, Letter) and text_of(again).startswith(PHRASES.say("escalation-in-digest", count=4))


def test_a_digest_has_one_button_for_the_requests(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        exemptions.ask(connection, (RULE, "PR-01", QUARTER), date(2025, 4, 2), "x", None, day(20, 17))
    came(office, "PR-03")
    office.ring(day(21))
    choices = [choice for choice in choices_of(on_the_way(office, "digest")) if choice.id.startswith("menu:giahan")]
    assert [choice.label for choice in choices] == [PHRASES.say("digest-button-requests", count=1)]


def test_requests_of_another_post_have_a_button_that_names_it() -> None:
    digest = Reply("x", (Choice("menu:giahan@1", PHRASES.say("digest-button-requests", count=3)),))
    told = {"post": 2, "union": "BD", "late": [], "asked": [7, 8]}
    both = escalations.before_digest(told, "y", digest, PHRASES)
    assert [choice.id for choice in both.choices] == ["menu:giahan@2", "menu:giahan@1"]
    assert len({choice.label for choice in both.choices}) == 2 and "BD" in both.choices[0].label


# Accepted.


def accept(office: SmallOffice, *unions: str) -> None:
    """Officers say that their report came on paper; the staff accept them one after the other."""
    for union in unions:
        office.taps(union, f"report:yes:{RULE}:{QUARTER}")
    for union in unions:
        number = next(each for each in range(1, 9) if _is_of(office, each, union))
        office.taps("PR", f"review:accept:{number}")


def _is_of(office: SmallOffice, number: int, union: str) -> bool:
    with office.store.transaction() as connection:
        found = reports.get(connection, number)
    return found is not None and found.union == union


def accepted(office: SmallOffice, person: str) -> list[str]:
    """What somebody read of accepted reports."""
    return [text for text in office.channel.texts(person) if "đã duyệt" in text]


def test_the_officer_hears_once_that_a_report_was_accepted(office: SmallOffice) -> None:
    accept(office, "PR-01")
    assert "báo cho đơn vị" in text_of(office.letters("PR")[-1])
    office.deliver()
    assert accepted(office, "PR-01") == [], "the staff may accept another one of theirs"
    office.clock.move_to(office.clock.now() + timedelta(minutes=10))
    office.deliver()
    (text,) = accepted(office, "PR-01")
    assert text.startswith("LĐLĐ huyện Phú Riềng đã duyệt báo cáo") and "BC-00001" in text


def test_two_reports_of_a_person_are_told_in_one_letter(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR-01", "officer")
        assert post is not None
        officers.give_post(connection, post.person, "PR-03", "officer", CHANNEL, "PR-01", day(20, 7))
        for union in ("PR-01", "PR-03"):
            holder = officers.of_union(connection, union, "officer")
            assert holder is not None
            reports.submit(connection, RULE, union, QUARTER, officer=holder.id, late=True, now=day(20, 9))
    for number in (1, 2):
        office.taps("PR", f"review:accept:{number}")
    office.clock.move_to(office.clock.now() + timedelta(minutes=10))
    office.deliver()
    (text,) = accepted(office, "PR-01")
    assert "BC-00001" in text and "BC-00002" in text
    with office.store.transaction() as connection:
        states = [(each.state, each.reason) for each in outbox.at_address(connection, CHANNEL, "PR-01")]
    assert ("dropped", "told together with another report") in states


def test_nobody_is_told_at_night(office: SmallOffice) -> None:
    office.clock.move_to(day(20, 21))
    accept(office, "PR-01")
    office.clock.move_to(day(20, 23))
    office.deliver()
    assert accepted(office, "PR-01") == []
    office.clock.move_to(day(21, 9))
    office.deliver()
    assert len(accepted(office, "PR-01")) == 1
