"""The library of an office: documents come in and go out in chat and on the command line, and answers follow."""

import asyncio
import io
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from bot import turns as turns_of_bot
from bot.app import running, shelf_of
from bot.channels import Update
from db import audit, files, library, officers, unions
from db.library import digest_of
from db.store import Connection, Store
from handlers import Attachment, Reading
from handlers.intake_reading import reading_of
from handlers.shelving import add, alike, head_of
from knowledge import Document, Union
from knowledge.index import Library
from knowledge.reading import read_bytes
from tests.process_room import Operator, built_index
from tests.small_office import CHANNEL, THURSDAY, SmallOffice, choices_of, says, taps, text_of

TODAY = THURSDAY.date()
QUESTION = "năm 2026 toàn huyện kết nạp mới bao nhiêu đoàn viên?"
SILENT = "Em không tìm thấy"

PLAN = """LIÊN ĐOÀN LAO ĐỘNG HUYỆN {place}
Số: {number}
{place_name}, ngày 10 tháng 3 năm 2025

KẾ HOẠCH
Công tác công đoàn năm 2026

I. CHỈ TIÊU

1. Năm 2026, toàn huyện kết nạp mới ít nhất {figure} đoàn viên công đoàn.

2. Năm 2026, trên 92% công đoàn cơ sở tổ chức hội nghị người lao động.
"""

CHANGE = """LIÊN ĐOÀN LAO ĐỘNG HUYỆN PHÚ RIỀNG
Số: 52/KH-LĐLĐ
Phú Riềng, ngày 15 tháng 3 năm 2025

KẾ HOẠCH
Sửa đổi, bổ sung một số nội dung Kế hoạch số 45/KH-LĐLĐ ngày 10/3/2025

I. NỘI DUNG

1. Thay thế điểm 1 mục I Kế hoạch số 45/KH-LĐLĐ như sau: “1. Năm 2026, toàn huyện kết nạp mới ít nhất {figure} đoàn viên
công đoàn.”
"""


def plan(figure: int = 480, number: str = "45/KH-LĐLĐ", place: str = "Phú Riềng") -> bytes:
    return PLAN.format(figure=figure, number=number, place=place.upper(), place_name=place).encode()


def as_docx(text: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


class Staff:
    """Staff of PR who send files and tap, and others who ask; the library is looked after between turns."""

    def __init__(self, store: Store, shipped: Library, folder: Path) -> None:
        self.shelf = shelf_of(store, folder, shipped)
        self.office = SmallOffice(store, self.shelf, people=("PR", "PR-01", "BD", "BD-01", "BPC"))
        self.store = store

    def sends(self, content: bytes, name: str = "ke-hoach.txt", who: str = "PR") -> str:
        """Send a file; gives everything that is said."""
        tools = replace(self.office.tools, channels={CHANNEL: Filing(self.office.channel, content)})
        self.office.number += 1
        number = turns_of_bot.keep(
            tools, Update(CHANNEL, str(self.office.number), {"id": "1", "address": who, "file": name})
        )
        assert number is not None
        before = len(self.office.letters(who))
        turns_of_bot.take(tools, number)
        return "\n".join(text_of(each) for each in self.office.letters(who)[before:])

    def taps(self, label: str, who: str = "PR") -> str:
        """Tap the button with this label below the last message."""
        choice = next(each for each in choices_of(self.office.letters(who)[-1]) if each.label == label)
        before = len(self.office.letters(who))
        self.office.taps(who, choice.id)
        return "\n".join(text_of(each) for each in self.office.letters(who)[before:])

    def adds(self, content: bytes, name: str = "ke-hoach.txt") -> None:
        self.sends(content, name)
        self.taps("Thêm vào kho văn bản")

    def asks(self, question: str = QUESTION, who: str = "PR-01") -> str:
        self.shelf.catch_up(self.office.clock.now())
        return text_of(self.office.says(who, question))

    def standing(self) -> list[tuple[str, str | None]]:
        with self.store.transaction() as connection:
            return [(each.union, each.number) for each in library.standing(connection)]

    def kept_files(self) -> int:
        with self.store.transaction() as connection:
            return sum(files.get(connection, number) is not None for number in range(1, 20))


class Filing:
    """A channel whose files come with their content."""

    def __init__(self, channel: Any, content: bytes) -> None:
        self.channel, self.content = channel, content

    def read(self, payload: dict[str, Any]) -> Any:
        incoming = self.channel.read(payload)
        return replace(incoming, file=replace(incoming.file, content=self.content, reference=""))


@pytest.fixture
def staff(store: Store, library: Library, tmp_path: Path) -> Iterator[Staff]:
    made = Staff(store, library, tmp_path / "var")
    yield made
    made.shelf.close()


# In chat.


@pytest.mark.parametrize("content", [plan(), as_docx(plan().decode())], ids=["txt", "docx"])
def test_a_confirmed_document_is_answered_from_and_a_withdrawn_one_is_not(staff: Staff, content: bytes) -> None:
    assert SILENT in staff.asks()
    said = staff.sends(content, "ke-hoach.docx" if content.startswith(b"PK") else "ke-hoach.txt")
    assert "Kế hoạch 45/KH-LĐLĐ" in said and "10/03/2025" in said and "2 chỉ tiêu" in said
    assert SILENT in staff.asks(), "not before it is confirmed"
    staff.taps("Thêm vào kho văn bản")
    assert "480 đoàn viên" in staff.asks()
    assert "480 đoàn viên" in staff.asks(who="PR"), "the staff see it too"
    assert SILENT in staff.asks(who="BD-01"), "it is not for another district"
    staff.office.says("PR", "/tailieu")
    staff.taps("Gỡ văn bản 1")
    assert "480 đoàn viên" in staff.asks(), "not before that is confirmed"
    staff.office.says("PR", "/tailieu")
    staff.taps("Gỡ văn bản 1")
    assert "Em đã gỡ Kế hoạch 45/KH-LĐLĐ" in staff.taps("Gỡ văn bản")
    assert SILENT in staff.asks()
    with staff.store.transaction() as connection:
        did = [entry.action for entry in audit.entries(connection, ["PR"], 10)]
    assert did == ["document-withdrawn", "document-added"]


def test_an_added_document_changes_an_older_one(staff: Staff) -> None:
    staff.adds(plan(480))
    staff.adds(CHANGE.format(figure=520).encode(), "sua-doi.txt")
    said = staff.asks()
    assert "520 đoàn viên" in said and "thay cho Kế hoạch 45/KH-LĐLĐ" in said and "480" not in said


def test_the_same_document_is_replaced_or_stands_beside_the_old_one(staff: Staff) -> None:
    staff.adds(plan(480))
    assert "trùng số" in staff.sends(plan(500))
    assert "gỡ 1 bản cũ" in staff.taps("Thay bản cũ")
    assert staff.standing() == [("PR", "45/KH-LĐLĐ")] and "500 đoàn viên" in staff.asks()
    assert "trùng số" in staff.sends(plan(510))
    staff.taps("Giữ cả hai")
    assert staff.standing() == [("PR", "45/KH-LĐLĐ")] * 2
    said = staff.asks()
    assert "500 đoàn viên" in said and "510 đoàn viên" in said, "two documents disagree: both are shown"


@pytest.mark.parametrize(
    ("read", "alike_to_plan"),
    [
        (plan(500), True),
        (plan(480, number="46/KH-LĐLĐ"), False),
        (plan(480, place="Bù Đăng"), False),
        (plan(480), True),
    ],
    ids=["other content", "other number", "other issuer", "same content"],
)
def test_what_is_the_same_document(store: Store, read: bytes, alike_to_plan: bool) -> None:
    with store.transaction() as connection:
        keep(connection, plan(480), "A")
        (head,) = heads(read)
        assert bool(alike(connection, [head], digest_of(read), ["A"])) is alike_to_plan
        assert not alike(connection, [head], digest_of(read), ["B"])


def test_several_documents_of_one_file_are_named_and_withdrawn_one_by_one(staff: Staff) -> None:
    both = plan(480) + b"\n" + plan(77, number="46/KH-LĐLĐ")
    said = staff.sends(both)
    assert "45/KH-LĐLĐ" in said and "46/KH-LĐLĐ" in said and "2 văn bản này" in said
    staff.taps("Thêm vào kho văn bản")
    staff.office.says("PR", "/tailieu")
    staff.taps("Gỡ văn bản 1")
    staff.taps("Gỡ văn bản")
    assert staff.standing() == [("PR", "45/KH-LĐLĐ")]
    said = staff.asks()
    assert "480 đoàn viên" in said and "77" not in said


@pytest.mark.parametrize(
    ("place", "union"),
    [("Phú Riềng", "PR"), ("Bù Đăng", "BPC")],
    ids=["its issuer is below the staff", "its issuer is nobody we know"],
)
def test_a_document_holds_for_the_union_that_issued_it_or_for_the_staffs_own(
    staff: Staff, place: str, union: str
) -> None:
    staff.sends(plan(place=place), who="BPC")
    staff.taps("Thêm vào kho văn bản", "BPC")
    assert staff.standing() == [(union, "45/KH-LĐLĐ")]


def test_staff_choose_another_union_of_their_subtree_and_no_other(staff: Staff) -> None:
    staff.sends(plan())
    staff.taps("Áp dụng cho đơn vị khác")
    assert "không tìm thấy đơn vị này" in text_of(staff.office.says("PR", "BD"))
    file = choices_of(staff.office.letters("PR")[-1])[0].id.split(":")[2]
    assert "LĐLĐ huyện Phú Riềng" in text_of(staff.office.taps("PR", f"intake:at:{file}:BD"))
    staff.taps("Áp dụng cho đơn vị khác")
    assert "CĐCS Công ty Cao su (mẫu 1)" in text_of(staff.office.says("PR", "PR-01"))
    staff.taps("Thêm vào kho văn bản")
    assert staff.standing() == [("PR-01", "45/KH-LĐLĐ")]
    question = "năm 2026 bao nhiêu % công đoàn cơ sở tổ chức hội nghị người lao động?"
    assert "92%" in staff.asks(question) and SILENT in staff.asks(question, who="PR")


def test_others_can_neither_add_nor_withdraw(staff: Staff) -> None:
    staff.adds(plan())
    assert "45/KH-LĐLĐ" not in staff.sends(plan(number="9/KH-LĐLĐ"), who="PR-01")
    assert "45/KH-LĐLĐ" not in text_of(staff.office.says("BD", "/tailieu"))
    for who in ("BD", "PR-01"):
        for choice in ("intake:off:1", "intake:gone:1", "intake:keep:1", "intake:swap:1"):
            assert "đã gỡ" not in text_of(staff.office.taps(who, choice))
    assert staff.standing() == [("PR", "45/KH-LĐLĐ")]
    assert "45/KH-LĐLĐ" in text_of(staff.office.says("BPC", "/tailieu")), "staff above may"


def test_what_is_not_wanted_leaves_nothing(staff: Staff) -> None:
    staff.sends(plan())
    staff.taps("Không thêm vào kho")
    staff.sends(plan())
    staff.office.says("PR", "/huy")
    staff.sends(plan())
    staff.sends(plan(500))
    assert staff.kept_files() == 1, "only the one that is still asked about"
    staff.sends(b"%PDF-1.4 broken", "hong.pdf")
    assert staff.standing() == [] and staff.kept_files() == 1


def test_a_tap_twice_adds_once_and_a_look_at_the_menu_loses_nothing(staff: Staff) -> None:
    staff.sends(plan())
    keep_it = choices_of(staff.office.letters("PR")[-1])[0].id
    staff.office.says("PR", "/menu")
    assert "Em đã thêm" in text_of(staff.office.taps("PR", keep_it))
    assert "Em đã thêm" not in text_of(staff.office.taps("PR", keep_it))
    assert staff.standing() == [("PR", "45/KH-LĐLĐ")]


def test_nothing_is_half_stored(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    both = plan(480) + b"\n" + plan(77, number="46/KH-LĐLĐ")
    staff.sends(both)
    real, calls = library.keep, []

    def fails_at_the_second(*arguments: Any, **named: Any) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("a mistake of ours")
        return real(*arguments, **named)

    monkeypatch.setattr("db.library.keep", fails_at_the_second)
    staff.taps("Thêm vào kho văn bản")
    assert staff.standing() == [] and len(calls) == 2
    monkeypatch.undo()
    keep_it = next(each.id for letter in staff.office.letters("PR") for each in choices_of(letter) if "keep" in each.id)
    assert "Em đã thêm" in text_of(staff.office.taps("PR", keep_it)), "the same button works afterwards"


# The organisation of an office.


def heads(content: bytes) -> tuple[Document, ...]:
    return tuple(head_of(each) for each in read_bytes(content, "ke-hoach.txt"))


def keep(connection: Connection, content: bytes, union: str) -> tuple[int, ...]:
    """Put a document into the library of a union that is there or is made."""
    if unions.get(connection, union, TODAY) is None:
        unions.put(connection, [Union(union, f"Union {union}", "district", "")])
    number = files.put(connection, union, None, "ke-hoach.txt", "", content, THURSDAY)
    return add(connection, number, digest_of(content), heads(content), union, None, THURSDAY)


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

    monkeypatch.setattr(turns_of_bot, "reading_of", slowly)

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


# The command line.


@pytest.fixture
def operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Library
) -> Operator:
    var = built_index(tmp_path / "var")
    made = Operator(tmp_path, var, monkeypatch, capsys)
    with Store.open(made.url).transaction() as connection:
        unions.put(
            connection, [Union("PR", "LĐLĐ huyện Phú Riềng", "district", ""), Union("PR-1", "A", "grassroots", "PR")]
        )
    return made


def test_an_operator_adds_lists_withdraws_and_rebuilds(operator: Operator) -> None:
    file = operator.folder / "ke-hoach.txt"
    file.write_bytes(plan())
    assert operator.types("library", "add", str(file), "--scope", "XX").refused_with("no union", "XX")
    assert "1 documents added for PR" in operator.types("library", "add", str(file), "--scope", "PR").out
    assert operator.types("library", "add", str(file), "--scope", "PR").refused_with("--replace", "--both")
    assert "1 taken out" in operator.types("library", "add", str(file), "--scope", "PR", "--replace").out
    assert "2: PR, Kế hoạch 45/KH-LĐLĐ" in operator.types("library", "list").out
    assert "documents, " in operator.types("library", "rebuild").out
    assert list(operator.var.glob("office-*.sqlite"))
    assert "taken out: 2" in operator.types("library", "withdraw", "2").out
    assert operator.types("library", "withdraw", "2").refused_with("library list")
    assert operator.types("library", "list").out == "0 documents\n"


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(operator: Operator) -> None:
    file = operator.folder / "hong.pdf"
    file.write_bytes(b"%PDF-1.4 broken")
    assert operator.types("library", "add", str(file), "--scope", "PR").refused_with("hong.pdf", "damaged")
