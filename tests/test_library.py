"""Documents come into an office's library and go out of it in chat, and answers follow."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db import audit, library
from db.library import digest_of
from db.store import Store
from handlers.shelving import alike
from knowledge.index import Library
from tests.library_room import CHANGE, SILENT, Staff, as_docx, heads, keep, plan
from tests.small_office import choices_of, text_of


@pytest.fixture
def staff(store: Store, library: Library, tmp_path: Path) -> Iterator[Staff]:
    made = Staff(store, library, tmp_path / "var")
    yield made
    made.shelf.close()


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
