"""Plans changed without naming a point, and figures that count another thing than the question does."""

from datetime import date
from pathlib import Path

import pytest

from handlers.answering import answer_reply
from handlers.phrasebook import Phrases
from knowledge import Union
from knowledge.amended_figures import Restatement, restatements
from knowledge.answers import answer
from knowledge.composing import compose
from knowledge.counted import counted
from knowledge.index import Library, build_index, open_index

TODAY = date(2026, 9, 1)
UNIONS = [
    Union("SM", "LĐLĐ huyện Sông Mơ", "district", ""),
    Union("SM-1", "CĐCS Công ty Gỗ Bình Minh", "grassroots", "SM"),
    Union("SM-2", "CĐCS Trường THCS Hoa Ban", "grassroots", "SM"),
]
PLAN = """LIÊN ĐOÀN LAO ĐỘNG HUYỆN SÔNG MƠ
Số: 31/KH-LĐLĐ
Sông Mơ, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Hoạt động công đoàn giai đoạn 2026 - 2030

I. CHỈ TIÊU

1. Hằng năm

1.1. Kết nạp mới ít nhất 640 đoàn viên; thành lập mới 07 công đoàn cơ sở.

1.2. Tặng 210 suất quà Tết, mỗi suất 500.000 đồng.

1.3. Mỗi công đoàn cơ sở mở 01 tủ sách công nhân.

2. Đến năm 2030

2.1. 65% công đoàn cơ sở có quỹ tương trợ, mức vay tối đa 20 triệu đồng/người, thời hạn không quá 24 tháng.

2.2. Thành lập 04 tổ tư vấn ở khu nhà trọ.

3. Chỉ tiêu giao năm 2026

| TT | Công đoàn cơ sở | Kết nạp mới | Giới thiệu cho Đảng |
| --- | --- | --- | --- |
| 1 | CĐCS Công ty Gỗ Bình Minh | 85 | 4 |
| 2 | CĐCS Trường THCS Hoa Ban | 2 | |

II. TỔ CHỨC THỰC HIỆN

1. Văn phòng lập danh sách nhận quà trước ngày 20/01 hằng năm; quản lý quỹ tương trợ.

Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Văn phòng.
"""
CHANGE = """LIÊN ĐOÀN LAO ĐỘNG HUYỆN SÔNG MƠ
Số: 58/KH-LĐLĐ
Sông Mơ, ngày 10 tháng 5 năm 2026

KẾ HOẠCH
Điều chỉnh một số chỉ tiêu của Kế hoạch số 31/KH-LĐLĐ ngày 05/01/2026

I. NỘI DUNG

1. Nâng chỉ tiêu kết nạp đoàn viên mới hằng năm từ 640 lên 720 đoàn viên.

2. Mức vay tối đa từ quỹ tương trợ nâng lên 30 triệu đồng/người.

3. Không tiếp tục thực hiện chỉ tiêu tủ sách công nhân.

4. Thời hạn lập danh sách nhận quà lùi từ ngày 20/01 sang ngày 25/01 hằng năm.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The plan and the later one that changes it."""
    file: Path = tmp_path_factory.mktemp("restated") / "knowledge.sqlite"
    texts = {"31.txt": PLAN, "58.txt": CHANGE}
    documents = [document for name, text in texts.items() for document in compose(text, name)]
    build_index(file, [type(each)(**{**vars(each), "scope": "SM"}) for each in documents], UNIONS)
    return open_index(file)


def said(library: Library, question: str, unit: str = "SM") -> str:
    """The answer as an officer reads it."""
    found = answer(library, question, union=unit, chain=library.chain(unit), today=TODAY)
    return answer_reply(found, Phrases(found.language)).text


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Nâng chỉ tiêu kết nạp từ 450 lên 600 đoàn viên.", [("chỉ tiêu kết nạp", "450", "600 đoàn viên")]),
        ("Điều chỉnh tỷ lệ ký thỏa ước thành 80% trở lên.", [("tỷ lệ ký thỏa ước", "", "80% trở lên")]),
        ("Giảm số buổi tư vấn xuống còn 04 buổi/năm.", [("số buổi tư vấn", "", "còn 04 buổi/năm")]),
        ("Mức hỗ trợ nhà được nâng từ 60 triệu lên 80 triệu.", [("Mức hỗ trợ nhà được", "60 triệu", "80 triệu")]),
        (
            "Nâng tỷ lệ doanh nghiệp có từ 25 lao động trở lên có công đoàn từ 90% lên 95%.",
            [("tỷ lệ doanh nghiệp có từ 25 lao động trở lên có công đoàn", "90%", "95%")],
        ),
        ("Thời hạn gửi chuyển từ ngày 02/12 sang ngày 10/12.", [("Thời hạn gửi", "ngày 02/12", "ngày 10/12")]),
        ("Không tiếp tục thực hiện chỉ tiêu tủ sách.", [("chỉ tiêu tủ sách", "", "")]),
        ("Tăng cường tuyên truyền đến từng đoàn viên.", []),
        ("Ban Tổ chức điều chỉnh bảng giao chỉ tiêu trước ngày 15/02/2025.", []),
        ("Nâng cao chất lượng hoạt động của 12 tổ công đoàn.", []),
    ],
)
def test_a_change_is_told_by_its_words(clause: str, expected: list[tuple[str, str, str]]) -> None:
    told = [(" ".join(each.what.split()), each.old, each.new) for each in restatements(clause)]
    assert told == expected


def test_a_restatement_is_plain_data() -> None:
    assert next(restatements("Bỏ chỉ tiêu tủ sách.")) == Restatement("chỉ tiêu tủ sách", "", "")


@pytest.mark.parametrize(
    ("question", "held", "absent"),
    [
        ("mỗi năm kết nạp mới bao nhiêu đoàn viên", "lên 720 đoàn viên", "ít nhất 640"),
        ("mỗi năm thành lập mới mấy công đoàn cơ sở", "07 công đoàn cơ sở", "thay cho"),
        ("vay quỹ tương trợ tối đa bao nhiêu tiền", "30 triệu đồng/người", "640"),
        ("bao nhiêu phần trăm công đoàn cơ sở có quỹ tương trợ", "65%", "640"),
        ("mỗi cơ sở mở mấy tủ sách công nhân", "bị bãi bỏ", "mở 01 tủ sách"),
        ("danh sách nhận quà lập trước ngày nào", "sang ngày 25/01", "20/02"),
        ("mỗi suất quà Tết bao nhiêu tiền", "500.000 đồng", "thay cho"),
        ("vướng mắc thì phản ánh về đâu", "Văn phòng", "không tìm thấy"),
    ],
)
def test_what_is_in_force_is_told(library: Library, question: str, held: str, absent: str) -> None:
    text = said(library, question)
    assert held in text
    assert absent not in text


@pytest.mark.parametrize(
    "question",
    [
        "tổ tư vấn gồm bao nhiêu người",
        "quỹ tương trợ hiện có bao nhiêu tiền",
        "quà Tết mua ở chỗ nào",
    ],
)
def test_a_figure_of_another_thing_is_no_answer(library: Library, question: str) -> None:
    assert "không tìm thấy" in said(library, question)


@pytest.mark.parametrize(
    ("unit", "question", "held"),
    [
        ("SM-1", "đơn vị mình giới thiệu mấy đoàn viên cho Đảng", "4"),
        ("SM-2", "đơn vị mình giới thiệu mấy đoàn viên cho Đảng", "ô đó để trống"),
        ("SM-2", "trường mình được giao kết nạp mới bao nhiêu đoàn viên", "2"),
    ],
)
def test_an_own_empty_cell_is_said(library: Library, unit: str, question: str, held: str) -> None:
    assert held in said(library, question, unit)


@pytest.mark.parametrize(
    ("words", "clause", "fits"),
    [
        (" có bao nhiêu cuốn sách ", "12 công đoàn cơ sở xây dựng tủ sách", False),
        (" có bao nhiêu cuốn sách ", "mua 300 cuốn sách", True),
        (" gồm mấy người ", "Thành lập 04 tổ hòa giải ở làng hoa", False),
        (" gồm mấy người ", "mỗi tổ có 05 thành viên", True),
        (" bao nhiêu xe ", "06 buổi tư vấn lưu động", False),
        (" trong mấy tháng ", "thời hạn không quá 24 tháng", True),
    ],
)
def test_what_is_counted(words: str, clause: str, fits: bool) -> None:
    sort = counted(words)
    assert sort is not None
    assert bool(sort.search(clause)) is fits
