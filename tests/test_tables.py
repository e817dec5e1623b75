"""Targets in tables: a row for each union, indicator or year, units and years wherever the headings hold them."""

import pytest
from paper import WordFile

from knowledge import Target
from knowledge.reading import read_bytes, read_text
from knowledge.targets import read_targets


def _short(target: Target) -> tuple[object, ...]:
    return (target.comparator, target.value, target.unit, target.period)


ASSIGNED = [
    ["TT", "Đơn vị", "Số đoàn viên hiện có", "Chỉ tiêu giao năm 2025", "", "Ghi chú"],
    ["", "", "", "Kết nạp đoàn viên mới", "Thỏa ước lao động tập thể ký mới", ""],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    ["1", "CĐCS Công ty Mía đường", "1.250", "120", "1", ""],
    ["2", "CĐCS Trường THPT số 1", "86", "từ 5 trở lên", "-", ""],
    ["", "Tổng cộng", "1.336", "125", "1", ""],
]
MERGED = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 1, 5)]


def test_a_table_assigns_a_figure_to_each_union() -> None:
    word = WordFile().line("KẾ HOẠCH").line("Giao chỉ tiêu").line("I. CHỈ TIÊU").line("Theo biểu kèm theo.")
    word.line("Nơi nhận:").line("- Các CĐCS.").line("BIỂU GIAO CHỈ TIÊU NĂM 2025").table(ASSIGNED, MERGED)
    (document,) = read_bytes(word.content(), "plan.docx")
    read = [(target.unit_name, target.indicator, *_short(target)) for target in read_targets(document)]
    assert read == [
        ("CĐCS Công ty Mía đường", "new_members", "=", 120, "members", "2025"),
        ("CĐCS Công ty Mía đường", "collective_agreements", "=", 1, "agreements", "2025"),
        ("CĐCS Trường THPT số 1", "new_members", ">=", 5, "members", "2025"),
        (None, "new_members", "=", 125, "members", "2025"),
        (None, "collective_agreements", "=", 1, "agreements", "2025"),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                "| TT | Chỉ tiêu | ĐVT | Năm 2025 | Năm 2026 |",
                "|---|---|---|---|---|",
                "| 1 | Tổng số đoàn viên | người | 4.120 | 4.300 |",
                "| 2 | Tỷ lệ ký TƯLĐTT | % | 75 | ≥ 80 |",
            ],
            [
                ("Tổng số đoàn viên", "=", 4120, "members", "2025"),
                ("Tổng số đoàn viên", "=", 4300, "members", "2026"),
                ("Tỷ lệ ký TƯLĐTT", "=", 75, "percent", "2025"),
                ("Tỷ lệ ký TƯLĐTT", ">=", 80, "percent", "2026"),
            ],
        ),
        (
            ["| Năm | Kết nạp đoàn viên | Thành lập CĐCS |", "| 2025 | 300 | 4 |", "| 2026 | 320 | 5 |"],
            [
                ("Kết nạp đoàn viên", "=", 300, "members", "2025"),
                ("Thành lập CĐCS", "=", 4, "unions", "2025"),
                ("Kết nạp đoàn viên", "=", 320, "members", "2026"),
                ("Thành lập CĐCS", "=", 5, "unions", "2026"),
            ],
        ),
        (
            [
                "| STT | Nội dung chỉ tiêu | ĐVT | Lộ trình thực hiện | Lộ trình thực hiện |",
                "| | | | 2029 | 2030 |",
                "| 1 | Thu kinh phí công đoàn | triệu đồng | 1.250 | 1.300 |",
                "| 2 | Tỷ lệ ký thỏa ước | % | từ 70 trở lên | trên 75 |",
            ],
            [
                ("Thu kinh phí công đoàn", "=", 1250, "million_dong", "2029"),
                ("Thu kinh phí công đoàn", "=", 1300, "million_dong", "2030"),
                ("Tỷ lệ ký thỏa ước", ">=", 70, "percent", "2029"),
                ("Tỷ lệ ký thỏa ước", ">", 75, "percent", "2030"),
            ],
        ),
        (
            [
                "| Các tiêu chí | Thực hiện năm 2024 | Chỉ tiêu thực hiện năm 2025 (%) | Kế hoạch 2026 (%) |",
                "| Cán bộ được tập huấn | 61 | 70 | 80 |",
            ],
            [
                ("Cán bộ được tập huấn", "=", 70, "percent", "2025"),
                ("Cán bộ được tập huấn", "=", 80, "percent", "2026"),
            ],
        ),
        (
            [
                "| Chỉ tiêu chủ yếu | Năm 2027 |",
                "| Đoàn viên được khám sức khỏe (%) | 90 |",
                "| Xây nhà Mái ấm công đoàn (căn) | ít nhất 5 |",
                "| Vốn vay giải ngân (tỷ đồng) | 3,5 |",
            ],
            [
                ("Đoàn viên được khám sức khỏe (%)", "=", 90, "percent", "2027"),
                ("Xây nhà Mái ấm công đoàn (căn)", ">=", 5, "houses", "2027"),
                ("Vốn vay giải ngân (tỷ đồng)", "=", 3.5, "billion_dong", "2027"),
            ],
        ),
        (
            [
                "| Nội dung | ĐVT | Giai đoạn 2026 - 2028 | Giai đoạn 2026 - 2028 |",
                "| | | Năm 2026 | Năm 2028 |",
                "| Đoàn viên kết nạp mới | người | 4.200 | 4.800 |",
            ],
            [
                ("Đoàn viên kết nạp mới", "=", 4200, "members", "2026"),
                ("Đoàn viên kết nạp mới", "=", 4800, "members", "2028"),
            ],
        ),
        (
            [
                "| Nội dung | Đơn vị | Năm 2027 – Quý I | Giai đoạn 2027 - 2030 |",
                "| Tổ chức đối thoại | cuộc | 2 | 20 |",
            ],
            [
                ("Tổ chức đối thoại", "=", 2, "times", "2027-Q1"),
                ("Tổ chức đối thoại", "=", 20, "times", "2027-2030"),
            ],
        ),
        (
            [
                "Đơn vị tính: triệu đồng",
                "| STT | Chỉ tiêu | Năm 2026 | | Ước thực hiện |",
                "| | | Kinh phí | Đoàn phí | |",
                "| 1 | Dự toán thu | 1 050 | 1,250 | 999 |",
            ],
            [
                ("Dự toán thu – Năm 2026 – Kinh phí", "=", 1050, "million_dong", "2026"),
                ("Dự toán thu – Năm 2026 – Đoàn phí", "=", 1250, "million_dong", "2026"),
            ],
        ),
        (
            [
                "| Chỉ tiêu | Năm 2026 |",
                "| Kết nạp đoàn viên | 20 |",
                "| Chỉ tiêu | Năm 2026 |",
                "| Thành lập CĐCS | 2 |",
            ],
            [("Kết nạp đoàn viên", "=", 20, "members", "2026"), ("Thành lập CĐCS", "=", 2, "unions", "2026")],
        ),
    ],
    ids=[
        "a row for each indicator",
        "a row for each year",
        "years below a merged heading",
        "years among other words, what was reached left out",
        "units in brackets",
        "years below a span of years",
        "quarters of the document's year and terms",
        "unit in the caption, a heading that reaches over, thousands apart",
        "a heading printed again",
    ],
)
def test_tables_of_years(rows: list[str], expected: list[tuple[object, ...]]) -> None:
    (document,) = read_text("\n".join(["KẾ HOẠCH", "Công tác", "I. CHỈ TIÊU", *rows]), "plan.md")
    assert [(target.label, *_short(target)) for target in read_targets(document)] == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["| TT | Chỉ tiêu | ĐVT | Cả năm 2026 | Quý I |", "| 1 | Kết nạp ĐV | người | 60 | 10 |"],
            [("new_members", 60, "members", "2026"), ("new_members", 10, "members", "2026-Q1")],
        ),
        (
            ["| STT | Tên CĐCS | Kết nạp 2026 | Thu KPCĐ (tr.đ) năm 2027 |", "| 1 | CĐCS An Phú | 12 | 260,5 |"],
            [("new_members", 12, "members", "2026"), ("finance_collected", 260.5, "million_dong", "2027")],
        ),
        (
            ["| STT | Chỉ tiêu | KH 2026 | So sánh (%) |", "| 1 | Kết nạp đoàn viên | 120 | 133 |"],
            [("new_members", 120, "members", "2026")],
        ),
    ],
    ids=["quarters of the year beside them", "what narrow columns leave out", "no comparison"],
)
def test_headings_of_narrow_columns(rows: list[str], expected: list[tuple[object, ...]]) -> None:
    (document,) = read_text("\n".join(["KẾ HOẠCH", "Công tác", "I. CHỈ TIÊU", *rows]), "plan.md")
    read = [(target.indicator, target.value, target.unit, target.period) for target in read_targets(document)]
    assert read == expected


@pytest.mark.parametrize("heading", ["Xã", "Tên xã, phường", "Địa phương", "Trường", "Công ty"])
def test_a_table_assigns_figures_to_places_and_houses_too(heading: str) -> None:
    rows = [
        f"| STT | {heading} | Đoàn viên – Khu vực nhà nước | Thành lập CĐCS | Xã hội hóa (triệu đồng) |",
        "| 1 | Tân Khê | 4 | 1 | 30 |",
    ]
    (document,) = read_text("\n".join(["KẾ HOẠCH", "Giao chỉ tiêu năm 2026", "", "I. CHỈ TIÊU", "", *rows]), "plan.md")
    assert [(target.unit_name, target.value, target.unit) for target in read_targets(document)] == [
        ("Tân Khê", 4, "members"),
        ("Tân Khê", 1, "unions"),
        ("Tân Khê", 30, "million_dong"),
    ]


def test_the_total_of_a_table_is_nobody_s_own() -> None:
    rows = [
        "| Công đoàn cơ sở | Giao năm 2026: kết nạp (người) |",
        "| Công đoàn Công ty Giày | 25 |",
        "| Tổng công ty Lương thực | 5 |",
        "| Cộng toàn huyện: | 30 |",
    ]
    (document,) = read_text("\n".join(["KẾ HOẠCH", "Công tác", "I. CHỈ TIÊU", *rows]), "plan.md")
    assert [(target.unit_name, target.value) for target in read_targets(document)] == [
        ("Công đoàn Công ty Giày", 25),
        ("Tổng công ty Lương thực", 5),
        (None, 30),
    ]


def test_groups_of_rows_are_no_headings_and_the_caption_says_what_is_counted() -> None:
    rows = [
        "PHỤ LỤC 1",
        "CHỈ TIÊU KẾT NẠP ĐOÀN VIÊN NĂM 2026",
        "(Kèm theo Kế hoạch)",
        "| TT | Tên CĐCS | Số LĐ | Số ĐV đầu năm | Chỉ tiêu năm 2026 | |",
        "| | | | | Giao | Phấn đấu |",
        "| A | Khu vực Khánh Phú | | | | |",
        "| 1 | Công ty Beauty | 3.200 | 2.900 | 250 | 300 |",
        "| B | Khu vực Gián Khẩu | | | | |",
        "| 2 | Công ty MCNEX | 1.500 | 1.200 | 150 | 180 |",
        "| | Tổng cộng | 4.700 | 4.100 | 400 | 480 |",
    ]
    (document,) = read_text("\n".join(["KẾ HOẠCH", "Công tác", "", "I. CHUNG", *rows]), "plan.md")
    assert [(target.unit_name, target.indicator, target.label, target.value) for target in read_targets(document)] == [
        ("Công ty Beauty", "new_members", "Chỉ tiêu năm 2026 – Giao", 250),
        ("Công ty Beauty", "new_members", "Chỉ tiêu năm 2026 – Phấn đấu", 300),
        ("Công ty MCNEX", "new_members", "Chỉ tiêu năm 2026 – Giao", 150),
        ("Công ty MCNEX", "new_members", "Chỉ tiêu năm 2026 – Phấn đấu", 180),
        (None, "new_members", "Chỉ tiêu năm 2026 – Giao", 400),
        (None, "new_members", "Chỉ tiêu năm 2026 – Phấn đấu", 480),
    ]


def test_a_table_of_words_keeps_its_rows() -> None:
    rows = ["| Nội dung | Chủ trì |", "|---|---|", "| Khảo sát | Ban Chính sách |", "| Ký kết | LĐLĐ huyện |"]
    (document,) = read_text("\n".join(["KẾ HOẠCH", "Công tác", "", "I. CHUNG", *rows]), "plan.md")
    assert [passage.text for passage in document.passages[-2:]] == [
        "Nội dung: Khảo sát | Chủ trì: Ban Chính sách",
        "Nội dung: Ký kết | Chủ trì: LĐLĐ huyện",
    ]
