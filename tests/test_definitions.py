"""Short forms that documents define themselves, read and handed to the index."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge import Union
from knowledge.answers import answer
from knowledge.index import build_index, open_index
from knowledge.reading import read_text


@pytest.mark.parametrize(
    ("line", "forms"),
    [
        ("Thỏa ước lao động tập thể (sau đây gọi tắt là TƯLĐTT) được ký.", [("TƯLĐTT", "Thỏa ước lao động tập thể")]),
        ("Ký với công đoàn cơ sở (CĐCS) của ngành.", [("CĐCS", "công đoàn cơ sở")]),
        ("Đội an toàn vệ sinh viên (gọi tắt: ATVSV) hoạt động.", [("ATVSV", "an toàn vệ sinh viên")]),
        ("Quỹ bảo trợ công nhân, sau đây gọi tắt là BTCN, được lập.", [("BTCN", "bảo trợ công nhân")]),
        ("Các điểm sinh hoạt văn hóa (viết tắt là “SHVH”) mở cửa.", [("SHVH", "sinh hoạt văn hóa")]),
        ("Sở Lao động - Thương binh và Xã hội (LĐTBXH).", [("LĐTBXH", "Lao động - Thương binh và Xã hội")]),
        ("NSDLĐ (người sử dụng lao động) phối hợp.", [("NSDLĐ", "người sử dụng lao động")]),
        ("Tổ tự quản nhà trọ (TQNT), nhóm nòng cốt (NNC).", [("TQNT", "Tự quản nhà trọ"), ("NNC", "nhóm nòng cốt")]),
        ("Kế hoạch phát triển đoàn viên (sau đây gọi tắt là Kế hoạch).", []),
        ("Báo cáo Ban Thường vụ (qua Ban Tổ chức), Phòng Y tế (VSATTP).", []),
        ("Theo Nghị quyết của Bộ Chính trị (khóa XIII).", []),
    ],
)
def test_a_document_says_what_its_short_forms_stand_for(line: str, forms: list[tuple[str, str]]) -> None:
    (document,) = read_text(f"KẾ HOẠCH\nCông tác công đoàn\n\nI. CHUNG\n1. {line}", "plan.txt")
    assert [(short, long.lower()) for short, long in document.short_forms] == [(s, long.lower()) for s, long in forms]


@pytest.mark.parametrize(
    "question",
    ["mỗi SHVH mở mấy buổi", "moi shvh mo may buoi", "sinh hoạt văn hóa mở bao nhiêu buổi?"],
)
def test_questions_may_use_either_form(tmp_path: Path, question: str) -> None:
    text = "KẾ HOẠCH\nCông tác\n\nI. CHUNG\n1. Mở điểm sinh hoạt văn hóa (gọi tắt là SHVH).\n2. Mỗi SHVH mở 5 buổi."
    documents = [replace(document, scope="A") for document in read_text(text, "plan.txt")]
    file = tmp_path / "knowledge.sqlite"
    build_index(file, documents, [Union("A", "Công đoàn A", "grassroots", "")])
    with open_index(file) as library:
        found = answer(library, question, union="A", chain=("A",), today=date(2026, 1, 1))
        assert [finding.words for finding in found.findings] == ["Mỗi SHVH mở 5 buổi."]


def test_short_forms_reach_the_index(tmp_path: Path) -> None:
    text = "KẾ HOẠCH\nCông tác\n\nI. CHUNG\n1. Mở điểm sinh hoạt văn hóa (gọi tắt là SHVH).\n2. Mỗi SHVH mở 5 buổi."
    (document,) = read_text(text, "plan.txt")
    file = tmp_path / "knowledge.sqlite"
    build_index(file, [document], [Union("A", "Công đoàn A", "grassroots", "")])
    with open_index(file) as library:
        assert library.short_forms(library.documents) == {"shvh": "sinh hoạt văn hóa"}
        places = {position for _, position, _ in library.match('"sinh_hoạt"', [*library.documents], 9)}
        assert places == {passage.position for passage in document.passages if "SHVH" in passage.text}
