"""PDF files: columns, tables, running lines, pages."""

import io
from datetime import date

import pdfplumber
import pytest
from paper import Ruled, one_page, pdf, stream

from knowledge import Document
from knowledge.pages import page_lines
from knowledge.reading import read_bytes
from knowledge.targets import read_targets


def _sections(document: Document) -> list[tuple[str, str]]:
    return [(passage.section, passage.text) for passage in document.passages]


HEAD = [
    "LIÊN ĐOÀN LAO ĐỘNG TỈNH HẢI TRUNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 31/KH-LĐLĐ\tHải Trung, ngày 02 tháng 6 năm 2025",
    "KẾ HOẠCH",
    "Thực hiện công tác công đoàn giai đoạn 2025 - 2030",
    "Căn cứ Nghị quyết số 02-NQ/TW ngày 12/6/2021 của Bộ Chính trị; Ban Thường vụ Liên đoàn",
    "Lao động tỉnh xây dựng kế hoạch như sau:",
    "I. CHỈ TIÊU",
    "1. Đến năm 2027 có 52.000 đoàn viên; hằng năm thành lập mới từ 10 đến 15 công đoàn cơ",
    "sở ở doanh nghiệp có từ 25 lao động trở lên.",
]


FOOT = ["Nơi nhận:\tTM. BAN THƯỜNG VỤ", "- Tổng Liên đoàn;\tCHỦ TỊCH", "- Lưu: VT."]


def test_a_pdf_loses_its_running_lines_and_its_columns() -> None:
    running = "Kế hoạch 31/KH-LĐLĐ"
    pages = [
        [running, *HEAD, "1"],
        [
            running,
            "II. TỔ CHỨC THỰC HIỆN",
            "1. Văn phòng Liên đoàn Lao động tỉnh theo dõi, đôn đốc và định kỳ 6 tháng báo cáo Ban",
            "2",
        ],
        [running, "Thường vụ trước ngày 15/6.", *FOOT, "3"],
    ]
    (document,) = read_bytes(pdf(pages), "31.pdf")
    assert (document.number, document.issuer) == ("31/KH-LĐLĐ", "Liên đoàn Lao động tỉnh Hải Trung")
    assert (document.place, document.issued_on) == ("Hải Trung", date(2025, 6, 2))
    assert document.legal_bases == ("Nghị quyết số 02-NQ/TW ngày 12/6/2021 của Bộ Chính trị",)
    assert (document.recipients, document.signer_role) == (("Tổng Liên đoàn", "Lưu: VT"), "Chủ tịch")
    assert _sections(document)[6:] == [
        ("I", "I. CHỈ TIÊU"),
        (
            "I.1",
            "1. Đến năm 2027 có 52.000 đoàn viên; hằng năm thành lập mới từ 10 đến 15 công đoàn cơ sở ở doanh nghiệp "
            "có từ 25 lao động trở lên.",
        ),
        ("II", "II. TỔ CHỨC THỰC HIỆN"),
        (
            "II.1",
            "1. Văn phòng Liên đoàn Lao động tỉnh theo dõi, đôn đốc và định kỳ 6 tháng báo cáo Ban Thường vụ "
            "trước ngày 15/6.",
        ),
        ("", "Nơi nhận: - Tổng Liên đoàn; - Lưu: VT."),
        ("", "TM. BAN THƯỜNG VỤ, CHỦ TỊCH"),
    ]


def test_a_pdf_table_is_read_by_its_rules() -> None:
    years = Ruled(
        [
            ["TT", "Nội dung", "ĐVT", "Lộ trình", "<"],
            ["^", "^", "^", "Năm 2026", "Năm 2027"],
            ["1", "Kết nạp đoàn\nviên mới", "người", "1.250", "1.300"],
            ["2", "Tỷ lệ ký\nthỏa ước", "%", "từ 70\ntrở lên", "72"],
        ]
    )
    content = pdf([[*HEAD[:7], years, "2. Mỗi năm 100% đơn vị tổ chức đối thoại."]])
    with pdfplumber.open(io.BytesIO(content)) as opened:
        lines = page_lines(opened.pages[0])
    assert lines[-5:] == [
        "| TT | Nội dung | ĐVT | Lộ trình | Lộ trình |",
        "| TT | Nội dung | ĐVT | Năm 2026 | Năm 2027 |",
        "| 1 | Kết nạp đoàn viên mới | người | 1.250 | 1.300 |",
        "| 2 | Tỷ lệ ký thỏa ước | % | từ 70 trở lên | 72 |",
        "2. Mỗi năm 100% đơn vị tổ chức đối thoại.",
    ]


def test_a_pdf_table_without_rules_is_read_by_its_columns() -> None:
    table = Ruled(
        [["Nội dung", "Năm 2026", "Năm 2027"], ["Kết nạp", "1.250", "1.300"], ["Đối thoại", "2", "4"]], rules=False
    )
    (document,) = read_bytes(pdf([[*HEAD[:7], "1. Đến năm 2027:", table, "2. Mỗi năm 2 lần."]]), "plan.pdf")
    assert [text for section, text in _sections(document) if section][1:] == [
        "1. Đến năm 2027:",
        "Nội dung: Kết nạp | Năm 2026: 1.250 | Năm 2027: 1.300",
        "Nội dung: Đối thoại | Năm 2026: 2 | Năm 2027: 4",
        "2. Mỗi năm 2 lần.",
    ]


WRAPPED = [
    ["TT", "Nội dung", "ĐVT", "Năm 2026", "Năm 2027"],
    ["1", "Kết nạp đoàn\nviên mới", "người", "1.250", "1.300"],
    ["2", "Tỷ lệ ký\nthỏa ước", "%", "70\ntrở lên", "72"],
    ["3", "Đối thoại", "lần", "", "2"],
]
SPELLED = [
    "TT: 1 | Nội dung: Kết nạp đoàn viên mới | ĐVT: người | Năm 2026: 1.250 | Năm 2027: 1.300",
    "TT: 2 | Nội dung: Tỷ lệ ký thỏa ước | ĐVT: % | Năm 2026: 70 trở lên | Năm 2027: 72",
    "TT: 3 | Nội dung: Đối thoại | ĐVT: lần | Năm 2027: 2",
]


@pytest.mark.parametrize("rules", [True, False])
@pytest.mark.parametrize("size", [(595, 842), (842, 595)])
def test_a_pdf_table_is_read_on_any_page(rules: bool, size: tuple[int, int]) -> None:
    lines = ["KẾ HOẠCH", "Công tác năm 2026", "I. CHỈ TIÊU", "1. Như sau:", Ruled(WRAPPED, rules=rules), *FOOT]
    (document,) = read_bytes(pdf([lines], size=size), "plan.pdf")
    assert [text for section, text in _sections(document) if section][2:] == SPELLED
    assert document.recipients == ("Tổng Liên đoàn", "Lưu: VT")


def test_a_heading_over_several_columns_without_rules() -> None:
    rows = [
        ["TT", "Đơn vị", "Đoàn viên", "", "CĐCS"],
        ["", "", "Nhà nước", "Ngoài NN", ""],
        ["1", "CĐCS Chợ Lớn", "60", "540", "6"],
        ["2", "CĐCS Hà Đông", "45", "", "9"],
    ]
    lines = [*HEAD[:6], "I. CHỈ TIÊU GIAO NĂM 2026", Ruled(rows, rules=False), "Trên đây là chỉ tiêu được giao."]
    (document,) = read_bytes(pdf([lines]), "giao.pdf")
    targets = [(target.unit_name, target.value, target.unit) for target in read_targets(document)]
    assert targets == [
        *(("CĐCS Chợ Lớn", 60, "members"), ("CĐCS Chợ Lớn", 540, "members"), ("CĐCS Chợ Lớn", 6, "unions")),
        *(("CĐCS Hà Đông", 45, "members"), ("CĐCS Hà Đông", 9, "unions")),
    ]


def test_a_page_number_does_not_part_a_row() -> None:
    first = [*HEAD[:7], Ruled([WRAPPED[0], ["1", "Tỷ lệ ký", "%", "70", "72"]])]
    second = ["2", Ruled([["", "thỏa ước", "", "", ""], ["2", "Đối thoại", "lần", "2", "2"]])]
    (document,) = read_bytes(pdf([first, second]), "plan.pdf")
    assert [text for section, text in _sections(document) if section][1:] == [
        "TT: 1 | Nội dung: Tỷ lệ ký thỏa ước | ĐVT: % | Năm 2026: 70 | Năm 2027: 72",
        "TT: 2 | Nội dung: Đối thoại | ĐVT: lần | Năm 2026: 2 | Năm 2027: 2",
    ]


def test_a_pdf_table_goes_on_over_the_page() -> None:
    names = [f"CĐCS Trường\nsố {number}" for number in range(1, 10)]
    rows = [[str(at), name, str(10 + at)] for at, name in enumerate(names, 1)]
    heading = ["TT", "Tên đơn vị", "Kết nạp"]
    cut, rest = ["3", "CĐCS Trường", "13"], ["", "số 3", ""]
    pages = [
        [*HEAD[:6], "I. CHỈ TIÊU GIAO NĂM 2026", Ruled([heading, *rows[:2], cut])],
        [Ruled([rest, *rows[3:6]])],
        [Ruled([heading, *rows[6:], ["", "Tổng cộng", "135"]])],
    ]
    (document,) = read_bytes(pdf(pages), "giao.pdf")
    targets = [(target.unit_name, target.value, target.period) for target in read_targets(document)]
    assert targets == [
        *((name.replace("\n", " "), 10 + at, "2026") for at, name in enumerate(names, 1)),
        (None, 135, "2026"),
    ]


def test_a_pdf_signature_beside_the_recipients_is_read_whole() -> None:
    foot = [
        "Nơi nhận:\tTM. BAN THƯỜNG VỤ",
        "- Tổng Liên đoàn;\tKT. CHỦ TỊCH",
        "- Lưu: VT.\tPHÓ CHỦ TỊCH",
        "\tTrần Thị Tâm",
    ]
    (document,) = read_bytes(pdf([[*HEAD, *foot]]), "31.pdf")
    assert (document.signer, document.signer_role) == ("Trần Thị Tâm", "Phó Chủ tịch")
    assert document.recipients == ("Tổng Liên đoàn", "Lưu: VT")


def test_a_page_with_much_drawing_is_read_without_its_layout() -> None:
    lines = pdf([["Dòng chữ của một kế hoạch."] * 30])
    assert "Dòng chữ" in read_bytes(lines, "a.pdf")[0].passages[0].text
    drawn = b"".join(b"%d %d 4 1 re S\n" % (at % 590, at % 840) for at in range(12_000))
    text = b"BT /F 11 Tf 50 700 Td (Ke hoach cong tac cong doan) Tj ET\n"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    (document,) = read_bytes(one_page(stream(text + drawn), font, resources=b"/Font << /F 5 0 R >>"), "a.pdf")
    assert document.passages[0].original == "Ke hoach cong tac cong doan"
