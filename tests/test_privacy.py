"""What is stored about a person can be seen, taken away and forgotten; old words are forgotten by themselves."""

import io
import json
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from db import officers, outbox, tables
from db.store import Store
from handlers.phrasebook import Phrases
from handlers.replies import from_json
from knowledge.index import Library
from tests.organisation_room import MONDAY, add, invited, joined, open_office, posts, tap, told
from tests.small_office import CHANNEL, SmallOffice, choices_of, text_of

SAY = Phrases("vi").say
SECRET = "Chị Hoa nghỉ ốm"


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """A district's staff with two officers below."""
    return open_office(store, library, "PR", "PR-01", "PR-02")


def forget(office: SmallOffice, address: str) -> str:
    """The two steps; gives what is said last."""
    office.says(address, "/quyenriengtu")
    tap(office, address, SAY("privacy-forget"))
    return tap(office, address, SAY("privacy-forget-yes"))


def rows(store: Store, *but: str) -> str:
    """All rows of all tables but these, as text."""
    with store.transaction() as connection:
        every = (table for name, table in tables.metadata.tables.items() if name not in but)
        return "\n".join(str(tuple(row)) for table in every for row in connection.execute(select(table)))


def test_what_is_stored_is_shown(office: SmallOffice) -> None:
    said = text_of(office.says("PR-01", "/quyenriengtu"))
    assert "Cao su" in said and SAY("privacy-no-consent") in said and "…R-01" in said and "03/03/2025" in said
    assert "Trường THCS" not in said


def test_a_consent_that_was_never_asked_for_can_be_given(office: SmallOffice) -> None:
    office.says("PR-01", "/quyenriengtu")
    tap(office, "PR-01", SAY("join-agree"))
    assert SAY("privacy-consent", moment=MONDAY) in text_of(office.says("PR-01", "/quyenriengtu"))


def test_the_export_holds_everything(office: SmallOffice) -> None:
    joined(office, "PR-01", invited(office, "PR", "PR-03"))
    office.says("PR-01", SECRET)
    office.says("PR-01", "/quyenriengtu")
    tap(office, "PR-01", SAY("privacy-export"))
    file = from_json(office.letters("PR-01")[-1].body).file
    assert file
    book = load_workbook(io.BytesIO(file.content))
    text = "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    assert len(book.sheetnames) == 4
    for part in ("PR-01", "Cao su", "mẫu 3", SECRET, SAY("role-officer"), "2025-03-03"):
        assert part in text, part
    assert "Trường THCS" not in text


def test_nobody_is_forgotten_by_one_tap_or_an_old_button(office: SmallOffice) -> None:
    office.says("PR-01", "/quyenriengtu")
    tap(office, "PR-01", SAY("privacy-forget"))
    sure = choices_of(office.letters("PR-01")[-1])[0].id
    assert posts(office, "PR-01")
    office.clock.move_to(MONDAY + timedelta(days=1))
    assert text_of(office.taps("PR-01", sure)) == SAY("privacy-forget-sure")
    assert text_of(office.taps("PR-01", "privacy:yes")) == SAY("privacy-forget-sure")
    assert posts(office, "PR-01")


def test_forgetting_leaves_no_trace_of_the_person(office: SmallOffice) -> None:
    joined(office, "somebody", invited(office, "PR", "PR-03"))
    joined(office, "somebody", invited(office, "PR", "PR-04"))
    office.says("somebody", SECRET)
    office.says("somebody", "/solieu")
    office.deliver()
    assert forget(office, "somebody") == SAY("privacy-forgotten")
    office.deliver()
    office.ring(MONDAY + timedelta(days=2))
    left = rows(office.store)
    assert "somebody" not in left and SECRET not in left
    with office.store.transaction() as connection:
        assert officers.holders(connection, "PR-03") == () == officers.holders(connection, "PR-04")


def test_contributions_stay_with_the_union(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR-01", "officer")
        assert post
        connection.execute(update(tables.checkins).where(tables.checkins.c.union == "PR-01").values(officer=post.id))
        before = connection.execute(select(tables.checkins)).all()
    forget(office, "PR-01")
    with office.store.transaction() as connection:
        assert connection.execute(select(tables.checkins)).all() == before
        kept = officers.any_post(connection, post.id)
        assert kept and kept.person is None and kept.until == MONDAY
        assert officers.person(connection, post.person) is None


def test_the_staff_above_hear_that_a_post_is_empty(office: SmallOffice) -> None:
    forget(office, "PR-01")
    assert SAY("privacy-post-empty", union="CĐCS Công ty Cao su (mẫu 1)") in told(office, "PR")
    assert "PR-01" not in text_of(office.says("PR", "/nhatky")).replace("cán bộ công đoàn PR-01", "")


def test_others_lose_nothing(office: SmallOffice) -> None:
    office.says("PR-02", "/solieu")
    before = [row for row in rows(office.store, "outbox", "audit").splitlines() if "PR-02" in row]
    forget(office, "PR-01")
    assert [row for row in rows(office.store, "outbox", "audit").splitlines() if "PR-02" in row] == before


def test_whoever_was_forgotten_can_come_back_as_somebody_new(office: SmallOffice) -> None:
    forget(office, "PR-01")
    joined(office, "PR-01", invited(office, "PR", "PR-01"))
    assert posts(office, "PR-01") == [("PR-01", "officer")]


def test_who_held_a_post_once_has_the_same_rights(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR-01", "officer")
    assert post
    office.taps("PR", f"staff:stop:{post.id}")
    assert "Cao su" in text_of(office.says("PR-01", "/quyenriengtu"))
    assert tap(office, "PR-01", SAY("privacy-export")) == SAY("privacy-exported")
    assert forget(office, "PR-01") == SAY("privacy-forgotten")
    with office.store.transaction() as connection:
        assert officers.person_at(connection, CHANNEL, "PR-01") is None


@pytest.mark.parametrize("choice", ["privacy:export", "privacy:forget", "privacy:yes:2025-03-03", "privacy:agree"])
def test_strangers_have_nothing_to_see(office: SmallOffice, choice: str) -> None:
    before = rows(office.store, "inbox", "outbox")
    assert text_of(office.taps("nobody", choice)) == SAY("stranger", channel=CHANNEL, address="nobody")
    assert rows(office.store, "inbox", "outbox") == before


# Retention.


def test_old_words_are_forgotten_and_figures_stay(office: SmallOffice) -> None:
    office.says("PR-01", SECRET)
    office.deliver()
    days = office.tools.timetable.retention_days
    office.ring(MONDAY + timedelta(days=days - 1))
    assert SECRET in rows(office.store)
    figures = rows(office.store, *(name for name in tables.metadata.tables if name != "checkins"))
    office.ring(MONDAY + timedelta(days=days + 1))
    office.clock.move_to(MONDAY + timedelta(days=days + 2))
    office.ring()
    assert SECRET not in rows(office.store)
    assert rows(office.store, *(name for name in tables.metadata.tables if name != "checkins")) == figures
    assert text_of(office.letters("PR-01")[0]) == ""
    assert posts(office, "PR-01") == [("PR-01", "officer")]


def test_who_has_held_no_post_for_long_is_forgotten(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        post = officers.of_union(connection, "PR-01", "officer")
    assert post
    office.taps("PR", f"staff:stop:{post.id}")
    days = office.tools.timetable.retention_days
    for later, known in ((days - 1, True), (days + 1, False)):
        office.ring(MONDAY + timedelta(days=later))
        with office.store.transaction() as connection:
            assert (officers.person_at(connection, CHANNEL, "PR-01") is not None) == known
            assert officers.person_at(connection, CHANNEL, "PR-02") is not None


def test_what_still_has_to_be_sent_is_not_emptied(office: SmallOffice) -> None:
    office.says("PR-01", "/menu")
    office.ring(MONDAY + timedelta(days=500))
    (letter,) = [each for each in office.letters("PR-01") if each.kind == "reply"]
    assert letter.state == "due" and text_of(letter).startswith("Em chào")


def test_a_day_is_tidied_once(office: SmallOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    monkeypatch.setattr("db.retention.empty_words", lambda *given: calls.append(given))
    for hours in (0, 1, 2, 24):
        office.ring(MONDAY + timedelta(hours=hours))
    assert len(calls) == 2


def test_strangers_are_forgotten_after_a_day(office: SmallOffice) -> None:
    office.says("nobody", SECRET)
    assert SECRET not in rows(office.store, "outbox"), "what they say is not kept at all"
    office.says("nobody", "2222-AAAA")
    code = invited(office, "PR", "PR-03")
    office.says("nobody", code)
    office.deliver()
    office.ring(MONDAY + timedelta(days=1, minutes=1))
    assert "nobody" not in rows(office.store)


def test_an_emptied_letter_is_not_shown(office: SmallOffice) -> None:
    add(office, "other", "PR-03", "officer")
    office.says("other", "/menu")
    office.deliver()
    office.ring(MONDAY + timedelta(days=401))
    with office.store.transaction() as connection:
        bodies = [letter.body for letter in outbox.at_address(connection, CHANNEL, "other") if letter.kind == "reply"]
    assert json.dumps(bodies).count("Em ch") == 0
