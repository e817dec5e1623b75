"""A button of a message that is over, or an id that nobody offered, changes nothing and is answered."""

import pytest

from db.store import Store
from handlers.phrasebook import Phrases
from knowledge.index import Library
from tests.small_office import SmallOffice, kept, states, text_of

PHRASES = Phrases("vi")
PERSON = "PR-01"


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office with an officer, two more, and the staff above them."""
    return SmallOffice(store, library, people=("PR", "PR-01", "PR-02", "PR-03"))


OLD = [
    "checkin:start:2024-11",
    "checkin:start:2031-05",
    "checkin:start:no-month",
    "checkin:start",
    "checkin:unchanged:2019-01",
    "checkin:later:2024-11",
    "checkin:send:2025-03",
    "checkin:cancel:2025-03",
    "checkin:edit:2025-03:members",
    "checkin:pick:2025-03:workers:12",
    "checkin:pick:2025-03:members:" + "9" * 5000,
    "checkin:pick:2025-03:members:-1",
    "checkin:pick:2025-03:members:x",
    "checkin:pick:2025-03:nothing:1",
    "checkin:pick:2025-02:members:12",
    "checkin:skip:2025-03:members",
    "checkin:back:2025-02:members",
    "checkin",
    "report:yes:quy-bd:2025-Q1",
    "report:yes:quy-pr:2019-Q1",
    "report:yes:quy-pr",
    "report:yes:nothing:2025-Q1",
    "report",
    "ask:words:000000000000",
    "ask",
    "menu:nothing",
    "digest:all",
    ":",
    "x" * 64_000,
]


@pytest.mark.parametrize("choice", OLD)
@pytest.mark.parametrize("form_open", [False, True], ids=["at rest", "form open"])
def test_an_old_or_forged_button_changes_nothing_and_says_so(office: SmallOffice, choice: str, form_open: bool) -> None:
    if form_open:
        office.says(PERSON, "/solieu")
        office.taps(PERSON, "checkin:start:2025-03")
    before = kept(office.store, PERSON)
    reply = text_of(office.taps(PERSON, choice))
    assert kept(office.store, PERSON) == before
    assert reply and reply != PHRASES.say("trouble")
    assert set(states(office.store)) == {"done"}


def test_a_button_tapped_twice_counts_once(office: SmallOffice) -> None:
    office.taps(PERSON, "checkin:start:2025-03")
    office.taps(PERSON, "checkin:pick:2025-03:members:128")
    before = kept(office.store, PERSON)
    reply = office.taps(PERSON, "checkin:pick:2025-03:members:128")
    assert text_of(reply).startswith(PHRASES.say("old-button")) and kept(office.store, PERSON) == before


def test_a_form_that_was_sent_is_not_sent_again_by_its_old_button(office: SmallOffice) -> None:
    office.taps(PERSON, "checkin:unchanged:2025-03")
    office.taps(PERSON, "checkin:send:2025-03")
    before = kept(office.store, PERSON)
    assert text_of(office.taps(PERSON, "checkin:send:2025-03")) == PHRASES.say("old-button")
    assert kept(office.store, PERSON) == before
