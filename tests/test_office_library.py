"""Which library an office has: of its own organisation, exchanged while it runs, closed after its last turn."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import fetching
from bot.app import running, shelf_of
from bot.channels import Update
from bot.shelf import NEWS
from db import files, library, officers, unions
from db.store import Store
from handlers import Attachment, Reading
from handlers.intake_reading import reading_of
from handlers.phrasebook import Phrases
from knowledge import Union
from knowledge.index import Library
from tests.library_room import QUESTION, SILENT, TODAY, Staff, as_docx, keep, plan
from tests.small_office import CHANNEL, THURSDAY, SmallOffice, choices_of, says, taps, text_of

SAY = Phrases("vi").say


@pytest.fixture
def staff(store: Store, library: Library, tmp_path: Path) -> Iterator[Staff]:
    made = Staff(store, library, tmp_path / "var")
    yield made
    made.shelf.close()


# The organisation of an office.


def test_an_office_without_anything_of_its_own_has_the_shipped_library(
    store: Store, library: Library, tmp_path: Path
) -> None:
    shelf = shelf_of(store, tmp_path / "var", library)
    shelf.catch_up(THURSDAY)
    assert shelf.library is library and not (tmp_path / "var").exists(), "nothing is built"
    SmallOffice(store, library, people=("PR",))
    assert shelf.catch_up(THURSDAY) and shelf.library is library, "the demonstration has the shipped organisation"


def test_an_office_with_another_organisation_has_its_unions_and_not_the_plans_of_others(
    store: Store, library: Library, tmp_path: Path
) -> None:
    with store.transaction() as connection:
        unions.put(
            connection, [Union("CM", "LĐLĐ huyện Cái Nước", "district", ""), Union("CM-1", "A", "grassroots", "CM")]
        )
        keep(connection, plan(place="Cái Nước"), "CM")
    shelf = shelf_of(store, tmp_path, library)
    shelf.catch_up(THURSDAY)
    assert set(shelf.library.unions) == {"CM", "CM-1"}
    assert [each.scope for each in shelf.library.documents.values()] == ["CM"]
    assert shelf.library.chain("CM-1") == ("CM-1", "CM")
    shelf.close()


def test_documents_of_a_district_that_is_no_more_reach_its_successor(staff: Staff) -> None:
    staff.adds(plan())
    with staff.store.transaction() as connection:
        unions.put(connection, [Union("XPR", "Công đoàn xã Phú Riềng", "commune", "BPC")], TODAY)
        end = date(2025, 7, 1)
        for union in unions.every(connection, TODAY):
            if union.parent == "PR":
                unions.move(connection, union.code, "XPR", end)
        unions.close(connection, ["PR"], end, ["XPR"])
    staff.office.clock.move_to(THURSDAY.replace(month=7, day=2))
    assert "480 đoàn viên" in staff.asks()
    assert (staff.shelf.library.unions["PR"].parent, staff.shelf.library.unions["PR-01"].parent) == ("BPC", "XPR")
    assert SILENT in staff.asks(who="BD-01")


# The exchange.


def test_another_process_finds_the_index_that_one_has_built(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    staff.adds(plan())
    assert "480" in staff.asks()
    other = shelf_of(staff.store, staff.shelf.folder or Path(), staff.shelf.shipped.library)

    def fails(*_: object) -> None:
        raise AssertionError("it is there already")

    monkeypatch.setattr("bot.shelf.build_index", fails)
    assert other.catch_up(THURSDAY) and other.library.fingerprint == staff.shelf.library.fingerprint
    other.close()


def test_who_put_a_document_in_hears_once_that_it_is_answered_from(staff: Staff) -> None:
    def told() -> list[str]:
        return [text_of(each) for each in staff.office.letters("PR") if each.kind == "notice"]

    staff.adds(plan())
    assert told() == [], "not before it is so"
    staff.shelf.catch_up(THURSDAY)
    first = SAY("library-ready", names="Kế hoạch 45/KH-LĐLĐ")
    assert told() == [first]
    other = shelf_of(staff.store, staff.shelf.folder or Path(), staff.shelf.shipped.library)
    other.catch_up(THURSDAY)
    other.close()
    staff.adds(plan(77, number="46/KH-LĐLĐ"))
    staff.shelf.catch_up(THURSDAY)
    assert sorted(told()) == sorted([first, SAY("library-ready", names="Kế hoạch 46/KH-LĐLĐ")])


def test_nobody_hears_of_a_document_that_came_long_ago(staff: Staff) -> None:
    staff.adds(plan())
    staff.shelf.catch_up(THURSDAY + NEWS)
    assert not [each for each in staff.office.letters("PR") if each.kind == "notice"]


def test_a_failed_build_leaves_the_old_library_and_tells_the_administrator(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    with staff.store.transaction() as connection:
        officers.add(connection, "BPC", "administrator", CHANNEL, "root", THURSDAY)
    staff.adds(plan(480))
    assert "480" in staff.asks()

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("bot.shelf.build_index", full)
    staff.adds(plan(77, number="46/KH-LĐLĐ"))
    assert "480" in staff.asks()
    staff.shelf.catch_up(THURSDAY)
    (letter,) = [each for each in staff.office.letters("root") if each.kind == "library"]
    assert "vẫn trả lời theo kho cũ" in text_of(letter)
    monkeypatch.undo()
    said = staff.asks()
    assert "480" in said and "77" in said


def test_a_library_is_closed_after_its_last_turn(staff: Staff) -> None:
    staff.adds(plan(480))
    staff.shelf.catch_up(THURSDAY)
    with staff.shelf.lent() as old:
        staff.adds(plan(77, number="46/KH-LĐLĐ"))
        staff.shelf.catch_up(THURSDAY)
        assert staff.shelf.library is not old
        assert old.passages(next(key for key, each in old.documents.items() if each.number == "45/KH-LĐLĐ"))
    with pytest.raises(Exception, match="closed"):
        old._rows("SELECT 1")
    assert len(list((staff.shelf.folder or Path()).glob("*.sqlite"))) == 1, "the old index file is gone"


def test_a_damaged_kept_file_keeps_nobody_from_the_others(staff: Staff) -> None:
    staff.adds(plan())
    with staff.store.transaction() as connection:
        keep(connection, plan(77, number="46/KH-LĐLĐ"), "PR")
        number = library.standing(connection)[-1].file
        content = files.get(connection, number)
        assert content is not None
        connection.exec_driver_sql("UPDATE files SET content = x'00' WHERE id = ?", (number,))
    said = staff.asks()
    assert "480" in said and "77" not in said


# A process that runs.


async def until(holds: Callable[[], bool], seconds: float = 15) -> float:
    """Wait until it holds; gives how long that took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "it takes too long"
        await asyncio.sleep(0.02)
    return time.monotonic() - began


def test_the_next_question_is_answered_from_the_new_document_within_seconds(
    store: Store, library: Library, tmp_path: Path
) -> None:
    shelf = shelf_of(store, tmp_path / "var", library)
    office = SmallOffice(store, shelf, people=("PR", "PR-01"))
    office.channel.contents["ke-hoach.docx"] = as_docx(plan().decode())

    async def talk() -> None:
        async with running(office.house):
            receive = office.house.turns.receive
            await receive(Update(CHANNEL, "f", {"id": "f", "address": "PR", "file": "ke-hoach.docx"}))
            await until(lambda: any("45/KH-LĐLĐ" in text for text in office.channel.texts("PR")))
            keep_it = choices_of(office.letters("PR")[-1])[0].id
            await receive(taps(2, "PR", keep_it))
            asked = 10

            def is_answered() -> bool:
                return any("480 đoàn viên" in text for text in office.channel.texts("PR-01"))

            while not is_answered():
                assert asked < 60, "the new document is not answered from"
                asked += 1
                await receive(says(asked, "PR-01", QUESTION))
                await asyncio.wait_for(office.house.turns.queue.join(), 10)
                await asyncio.sleep(0.25)

    asyncio.run(asyncio.wait_for(talk(), 60))
    shelf.close()


def test_nobody_waits_while_a_document_is_read_and_its_sender_is_answered_in_order(
    store: Store, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = SmallOffice(store, library, people=("PR", "PR-01"))
    office.channel.contents["ke-hoach.txt"] = plan()
    may_go_on = threading.Event()

    def slowly(file: Attachment) -> Reading:
        may_go_on.wait(20)
        return reading_of(file)

    monkeypatch.setattr(fetching, "reading_of", slowly)

    async def talk() -> None:
        async with running(office.house):
            receive = office.house.turns.receive
            await receive(Update(CHANNEL, "f", {"id": "f", "address": "PR", "file": "ke-hoach.txt"}))
            await receive(says(2, "PR", "/menu"))
            await receive(says(3, "PR-01", "/menu"))
            assert await until(lambda: bool(office.channel.texts("PR-01"))) < 5
            assert office.channel.texts("PR") == []
            may_go_on.set()
            await until(lambda: len(office.channel.texts("PR")) == 3)
            assert "45/KH-LĐLĐ" in office.channel.texts("PR")[0], "the file before what was said after it"
            await asyncio.wait_for(office.house.turns.queue.join(), 5)

    asyncio.run(asyncio.wait_for(talk(), 60))
