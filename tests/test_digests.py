"""What staff read: who is late, since when, who is silent, who cannot be reached; of their own unions only."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import ORGANISATION, read_organisation
from db import Letter, officers, unions
from db.store import Store
from handlers.phrasebook import Phrases
from knowledge.index import Library
from scheduler import ZONE
from tests.small_office import THURSDAY, SmallOffice, text_of

PHRASES = Phrases("vi")
UNIONS = read_organisation(ORGANISATION)
EVERYBODY = tuple(union.code for union in UNIONS)
STAFF = tuple(union.code for union in UNIONS if union.level != "grassroots")


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office in which every union has somebody."""
    return SmallOffice(store, library, people=EVERYBODY)


def below(code: str) -> set[str]:
    """The codes of a union and all below it, worked out from the file."""
    found = {code}
    while more := {union.code for union in UNIONS if union.parent in found} - found:
        found |= more
    return found


def named(text: str) -> set[str]:
    """The unions that a text names by code or by name."""
    words = set(text.replace("(", " ").replace(")", " ").replace(":", " ").split())
    return {union.code for union in UNIONS if union.code in words or union.name in text}


def digests(written: tuple[Letter, ...], reader: str) -> list[Letter]:
    return [letter for letter in written if letter.kind == "digest" and letter.address == reader]


# Scope.


@pytest.mark.parametrize("reader", STAFF)
def test_staff_read_of_their_own_unions_only(office: SmallOffice, reader: str) -> None:
    written = digests(office.ring(), reader)
    asked = text_of(office.says(reader, "/tinhhinh"))
    for text in (asked, *(text_of(letter) for letter in written)):
        assert named(text) <= below(reader)
    late = {union.code for union in UNIONS if union.level == "grassroots" and union.code in below(reader)}
    assert late <= named(asked), "nobody has submitted the report that is overdue"


@pytest.mark.parametrize("said", ["/tinhhinh", "/digest", "Tình hình báo cáo"])
def test_an_officer_cannot_read_how_others_stand(office: SmallOffice, said: str) -> None:
    reply = text_of(office.says("PR-01", said))
    assert named(reply) <= {"PR-01", "PR"}, "their own union and the plan of the one above, nobody beside them"
    assert "PR-02" not in reply
    if said.startswith("/"):
        assert reply == PHRASES.say("digest-not-staff")
    assert text_of(office.taps("PR-01", "menu:digest")) == PHRASES.say("digest-not-staff")


def test_officers_get_no_digest(office: SmallOffice) -> None:
    readers = {letter.address for letter in office.ring() if letter.kind == "digest"}
    assert readers and readers <= set(STAFF)


# When.


def day(number: int, hour: int = 8) -> datetime:
    return datetime(2025, 3, number, hour, 0, tzinfo=ZONE)


def test_a_digest_comes_once_a_day_when_something_changed_and_on_mondays(store: Store, library: Library) -> None:
    """Nothing happens in this federation but that days pass; on the 24th, a Monday, the facts are said again."""
    office = SmallOffice(store, library, day(19, 7), people=("PR", "PR-01", "PR-02"))
    moments = [day(number, hour) for number in range(19, 28) for hour in (8, 10, 14, 16)]
    said = [moment.day for moment in moments if digests(office.ring(moment), "PR")]
    assert said[:2] == [19, 24] and len(said) == len(set(said))
    office.taps("PR-02", "report:yes:quy-pr:2025-Q1")
    assert digests(office.ring(day(28)), "PR"), "somebody submitted: the facts have changed"


def test_nobody_is_told_that_all_is_well(store: Store, library: Library) -> None:
    """A federation without grassroots unions has nothing to read; asked, it is told so."""
    office = SmallOffice(store, library, people=("DLK-BMT", "BPC"))
    with store.transaction() as connection:
        lonely = [code for code in STAFF if len(unions.below(connection, code, THURSDAY.date())) == 1]
    assert all(digests(office.ring(), code) == [] for code in lonely)


def test_staff_who_blocked_the_bot_get_nothing(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        officers.lose(connection, "fake", "PR", "blocked")
    assert digests(office.ring(), "PR") == []


# What it says.


def test_the_digest_says_since_when_and_who_cannot_be_reached(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, THURSDAY, people=("PR", "PR-01"))
    office.taps("PR-01", "report:yes:quy-pr:2025-Q1")
    text = text_of(office.says("PR", "/tinhhinh"))
    assert "18/03/2025" in text and "quý I/2025" in text and "2 ngày làm việc" in text
    lines = [line for line in text.splitlines() if "PR-02" in line]
    assert lines and PHRASES.say("digest-no-officer") in "".join(lines)
    reachable = [line for line in text.splitlines() if "PR-01" in line and PHRASES.say("digest-no-officer") in line]
    assert reachable == []


def test_who_has_not_checked_in_is_named_when_the_month_is_closed(office: SmallOffice) -> None:
    office.clock.move_to(day(25))
    office.taps("PR-01", "checkin:start:2025-03")
    for text in ("128", "0", "140", "1", "0", "không"):
        office.says("PR-01", text)
    office.says("PR-01", "gửi")
    silent = PHRASES.say("digest-silent", month="tháng 3/2025", count=5).split("(")[0]
    assert silent not in text_of(office.says("PR", "/tinhhinh")), "the month is still open"
    office.clock.move_to(datetime(2025, 4, 2, 9, 0, tzinfo=ZONE))
    text = text_of(office.says("PR", "/tinhhinh"))
    assert silent in text
    assert "PR-01" not in text.split(silent)[1] and "PR-02" in text.split(silent)[1]


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from([code for code in EVERYBODY if code not in STAFF]), max_size=6))
def test_the_named_are_those_who_did_not_submit(
    library: Library, tmp_path_factory: pytest.TempPathFactory, submitted: set[str]
) -> None:
    file: Path = tmp_path_factory.mktemp("office") / "office.sqlite"
    store = Store.open(f"sqlite:///{file}")
    office = SmallOffice(store, library, people=EVERYBODY)
    for code in submitted:
        assert any(_mark(office, code, rule) for rule in ("quy-pr", "quy-bd", "quy-bmt", "quy-t4", "quy-bt")), code
    silent = PHRASES.say("digest-silent", month="tháng 2/2025", count=1).split("(")[0]
    for reader in ("PR", "BD", "DLK", "T4-H1", "BT"):
        late = text_of(office.says(reader, "/tinhhinh")).split(silent)[0]
        assert named(late) - set(STAFF) == below(reader) - set(STAFF) - submitted
    store.close()


def _mark(office: SmallOffice, code: str, rule: str) -> bool:
    return "BC-" in text_of(office.taps(code, f"report:yes:{rule}:2025-Q1"))
