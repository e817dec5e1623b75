"""Points that a later plan replaces, changes or repeals: what is in force on the day, and in place of what."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from handlers.answering import answer_reply
from handlers.phrasebook import Phrases
from knowledge import Union
from knowledge.amendments import amendments, in_force
from knowledge.answers import answer
from knowledge.composing import compose
from knowledge.index import Library, build_index, open_index

TODAY = date(2026, 7, 16)
EARLIER = """---
number: 12/KH-LĐLĐ
date: 2026-01-10
issuer: Liên đoàn Lao động huyện Vàm Nao
scope: VN
---
# KẾ HOẠCH
Hoạt động công đoàn năm 2026
## I. CHỈ TIÊU NĂM 2026
### 1. Đoàn viên
1.1. Kết nạp mới 450 đoàn viên; thành lập mới 05 công đoàn cơ sở.
1.2. Mỗi công đoàn cơ sở có ít nhất 02 sáng kiến.
- Tổ chức 03 lớp tập huấn.
- Tặng 120 suất quà Tết.
"""
LATER = """---
number: 40/KH-LĐLĐ
date: 2026-05-02
issuer: Liên đoàn Lao động huyện Vàm Nao
scope: VN
---
# KẾ HOẠCH
Sửa đổi, bổ sung một số nội dung Kế hoạch số 12/KH-LĐLĐ
## I. NỘI DUNG
1. {amendment}
"""

Build = Callable[[str], Library]


@pytest.fixture
def built(tmp_path: Path) -> Build:
    """The library of the earlier plan and of a later one that holds one amendment."""

    def build(amendment: str) -> Library:
        texts = {"12.md": EARLIER, "40.md": LATER.format(amendment=amendment)}
        documents = [document for file, text in texts.items() for document in compose(text, file)]
        file = tmp_path / "index.sqlite"
        build_index(file, documents, [Union("VN", "LĐLĐ huyện Vàm Nao", "district", "")])
        return open_index(file)

    return build


def said(library: Library, question: str, today: date = TODAY) -> str:
    found = answer(library, question, union="VN", chain=("VN",), today=today)
    return answer_reply(found, Phrases(found.language)).text


@pytest.mark.parametrize(
    ("amendment", "section", "repeals"),
    [
        ("Thay thế điểm 1.1 mục I Kế hoạch số 12/KH-LĐLĐ như sau: “Kết nạp mới 600 đoàn viên”.", "I.1.1", False),
        ("Sửa đổi, bổ sung điểm 1.1 mục I như sau: “Kết nạp mới 600 đoàn viên”.", "I.1.1", False),
        ("Điểm 1.1 mục I được sửa đổi thành: “Kết nạp mới 600 đoàn viên”.", "I.1.1", False),
        (
            "Điều chỉnh chỉ tiêu tại điểm 1.1, mục I Kế hoạch số 12/KH-LĐLĐ thành: Kết nạp mới 600 đoàn viên",
            "I.1.1",
            False,
        ),
        ("Bãi bỏ điểm 1.2 mục I Kế hoạch số 12/KH-LĐLĐ.", "I.1.2", True),
        ("Hủy bỏ khoản 1 mục I.", "I.1", True),
    ],
)
def test_an_amendment_names_its_point(built: Build, amendment: str, section: str, repeals: bool) -> None:
    with built(amendment) as library:
        (found, *_) = amendments(library)
        assert (found.section, found.repeals, found.starts) == (section, repeals, date(2026, 5, 2))


@pytest.mark.parametrize(
    "text",
    [
        "Bổ sung nội dung tuyên truyền vào kế hoạch của đơn vị.",
        "Thay thế điểm 1.1 mục I Kế hoạch số 99/KH-LĐLĐ như sau: “Kết nạp mới 600 đoàn viên”.",
        "Đổi mới phương thức hoạt động, thay đổi cách làm theo điểm mạnh của từng nơi.",
    ],
)
def test_what_amends_nothing_we_hold_changes_nothing(built: Build, text: str) -> None:
    with built(text) as library:
        assert amendments(library) == ()


def test_the_new_figure_is_given_and_says_what_it_replaces(built: Build) -> None:
    with built("Thay thế điểm 1.1 mục I Kế hoạch số 12/KH-LĐLĐ như sau: “Kết nạp mới 600 đoàn viên”.") as library:
        text = said(library, "năm 2026 kết nạp mới bao nhiêu đoàn viên")
        assert "600" in text
        assert "450" not in text
        assert "thay cho Kế hoạch 12/KH-LĐLĐ, mục I.1.1" in text


def test_before_its_day_the_old_figure_holds(built: Build) -> None:
    with built("Thay thế điểm 1.1 mục I Kế hoạch số 12/KH-LĐLĐ như sau: “Kết nạp mới 600 đoàn viên”.") as library:
        text = said(library, "năm 2026 kết nạp mới bao nhiêu đoàn viên", date(2026, 3, 1))
        assert "450" in text
        assert "600" not in text


def test_what_was_repealed_is_said_to_be(built: Build) -> None:
    with built("Bãi bỏ điểm 1.2 mục I Kế hoạch số 12/KH-LĐLĐ.") as library:
        text = said(library, "mỗi công đoàn cơ sở phải có mấy sáng kiến")
        assert "bãi bỏ" in text
        assert "02" not in text


def test_one_item_of_a_point_can_be_replaced(built: Build) -> None:
    change = "Thay thế gạch đầu dòng thứ hai điểm 1.2 mục I như sau: “Tặng 150 suất quà Tết”."
    with built(change) as library:
        now = in_force(library, tuple(library.documents), TODAY)
        (place,) = now.gone
        assert "120 suất" in library.passage(*place).text
        assert "03 lớp" in said(library, "tổ chức mấy lớp tập huấn")


def test_a_whole_plan_can_be_replaced(built: Build) -> None:
    with built("Kế hoạch này thay thế Kế hoạch số 12/KH-LĐLĐ ngày 10/01/2026.") as library:
        assert "450" not in said(library, "năm 2026 kết nạp mới bao nhiêu đoàn viên")
