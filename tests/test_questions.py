"""Questions passed on: what a ruling answers, for whom and how long; who may answer."""

from datetime import date, timedelta

import pytest

from db import officers, questions
from db.store import Store
from handlers.phrasebook import Phrases
from knowledge.index import Library
from knowledge.likeness import ask_the_same
from knowledge.question import Asker, understand
from tests.small_office import CHANNEL, THURSDAY, SmallOffice, choices_of, text_of

SAY = Phrases("vi").say
ASKED = "8/3 được chi bao nhiêu tiền cho chị em"
RULING = "Mỗi chị em được chi 300.000 đồng."
PEOPLE = ("PR-01", "PR-02", "PR", "BD-02", "BD")

LIKE = [
    ("8/3 duoc chi bao nhieu tien cho chi em", True),
    ("8/3 chi cho chị em bao nhiêu tiền vậy ạ", True),
    ("20/10 được chi bao nhiêu tiền cho chị em", False),
    ("8/3 khi nào tổ chức cho chị em", False),
    ("8/3 ai chi tiền cho chị em", False),
    ("được chi bao nhiêu tiền", False),
    ("năm 2026 8/3 được chi bao nhiêu tiền cho chị em", False),
    ("chỉ tiêu đoàn viên năm 2025", False),
    ("", False),
]


@pytest.mark.parametrize(("other", "same"), LIKE)
def test_what_counts_as_the_same_question(library: Library, other: str, same: bool) -> None:
    asker = Asker("PR-01", library.chain("PR-01"))
    one, two = (understand(each, (), library, asker, date(2025, 3, 20)) for each in (ASKED, other))
    assert ask_the_same(one, two) is ask_the_same(two, one) is same


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An officer has asked, and passed the question on."""
    office = SmallOffice(store, library, people=PEOPLE)
    office.taps("PR-01", choices_of(office.says("PR-01", ASKED))[0].id)
    return office


def answered(office: SmallOffice, scope: str, term: str) -> None:
    office.taps("PR", choices_of(office.says("PR", "/cauhoi"))[0].id)
    office.says("PR", RULING)
    office.taps("PR", f"question:scope:{scope}")
    office.taps("PR", f"question:term:{term}")


@pytest.mark.parametrize(
    ("scope", "term", "person", "days", "cited"),
    [
        ("all", "year", "PR-02", 0, True),
        ("all", "year", "PR-02", 286, True),
        ("all", "year", "PR-02", 287, False),
        ("all", "next", "PR-02", 287, True),
        ("all", "never", "PR-02", 2000, True),
        ("one", "never", "PR-01", 10, True),
        ("one", "never", "PR-02", 10, False),
        ("all", "never", "BD-02", 10, False),
    ],
)
def test_a_ruling_is_cited_where_and_as_long_as_it_holds(
    office: SmallOffice, scope: str, term: str, person: str, days: int, cited: bool
) -> None:
    answered(office, scope, term)
    office.clock.move_to(THURSDAY + timedelta(days=days))
    assert (RULING in text_of(office.says(person, ASKED))) is cited


def test_the_answer_goes_to_whoever_holds_the_post_now(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        old = officers.at_address(connection, CHANNEL, "PR-01")
        assert old is not None
        officers.leave_post(connection, old.id, THURSDAY)
        officers.add(connection, "PR-01", "officer", CHANNEL, "successor", THURSDAY)
    before = len(office.letters("PR-01"))
    answered(office, "one", "year")
    assert RULING in text_of(office.letters("successor")[-1])
    assert len(office.letters("PR-01")) == before


@pytest.mark.parametrize("person", ["PR-02", "BD", "BD-02"])
@pytest.mark.parametrize("action", ["answer:1", "close:1", "up:1", "show:0", "scope:all", "term:year"])
def test_nobody_else_may_touch_a_question(office: SmallOffice, person: str, action: str) -> None:
    assert ASKED not in text_of(office.taps(person, f"question:{action}"))
    assert ASKED not in text_of(office.says(person, "/cauhoi"))
    with office.store.transaction() as connection:
        (asked,) = questions.waiting(connection, ["PR"])
    assert asked.text == ASKED


def test_the_same_question_is_passed_on_once_and_a_forgotten_one_not_at_all(office: SmallOffice) -> None:
    pass_on = choices_of(office.says("PR-01", ASKED))[0].id
    assert text_of(office.taps("PR-01", pass_on)) == SAY("question-passed-already", union="LĐLĐ huyện Phú Riềng")
    assert text_of(office.taps("PR-01", "question:pass:0123")) == SAY("question-gone")
    assert text_of(office.taps("PR-02", pass_on)) == SAY("question-gone")


def test_an_answer_that_another_colleague_gave_first_is_not_overwritten(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        officers.add(connection, "PR", "staff", CHANNEL, "colleague", THURSDAY)
    office.taps("PR", "question:answer:1")
    office.taps("colleague", "question:answer:1")
    office.says("colleague", RULING)
    office.taps("colleague", "question:scope:all")
    office.taps("colleague", "question:term:year")
    assert text_of(office.says("PR", "Một câu khác.")) == SAY("old-button")
    assert RULING in text_of(office.says("PR-01", ASKED))


def test_the_staff_hear_of_it_in_their_digest(office: SmallOffice) -> None:
    (digest,) = [letter for letter in office.ring() if letter.address == "PR"]
    assert SAY("digest-questions", count=1) in text_of(digest)
    assert any(choice.id.startswith("menu:cauhoi") for choice in choices_of(digest))
