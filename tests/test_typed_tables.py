"""Tables that somebody typed into a text file with spaces, tabs or drawn lines; columns of a head are none."""

import pytest

from knowledge.reading import read_text
from knowledge.targets import read_targets
from knowledge.typed_tables import with_typed_tables

SPACES = [
    "TT   Nội dung                      ĐVT     Năm 2026   Năm 2027",
    "1    Kết nạp đoàn viên mới         người   1.250      1.300",
    "2    Tỷ lệ công đoàn cơ sở         %       70         từ 75 trở lên",
    "     ký thỏa ước",
    "3    Thành lập công đoàn cơ sở     CĐCS    12",
]
YEARS = [
    (None, 1250, "members", "2026"),
    (None, 1300, "members", "2027"),
    (None, 70, "percent", "2026"),
    (None, 75, "percent", "2027"),
    (None, 12, "unions", "2026"),
]
TABS = [
    "STT\tĐơn vị\tKết nạp đoàn viên\tThu đoàn phí (triệu đồng)",
    "1\tCĐCS May Hồng\t40\t120",
    "2\tCĐCS Trường Tiểu học Kim Đồng\t3\t25",
    "\tCộng\t43\t145",
]
DRAWN = [
    "+-----+----------------+---------+----------+",
    "| STT | Đơn vị         | Kết nạp | Ghi chú  |",
    "+-----+----------------+---------+----------+",
    "| 1   | CĐCS May Hồng  | 40      |          |",
    "+-----+----------------+---------+----------+",
]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (SPACES, YEARS),
        (
            TABS,
            [
                *(("CĐCS May Hồng", 40, "members", "2026"), ("CĐCS May Hồng", 120, "million_dong", "2026")),
                ("CĐCS Trường Tiểu học Kim Đồng", 3, "members", "2026"),
                ("CĐCS Trường Tiểu học Kim Đồng", 25, "million_dong", "2026"),
                *((None, 43, "members", "2026"), (None, 145, "million_dong", "2026")),
            ],
        ),
        (DRAWN, [("CĐCS May Hồng", 40, "members", "2026")]),
    ],
    ids=["spaces", "tabs", "drawn lines"],
)
def test_a_typed_table_is_read_by_its_columns(table: list[str], expected: list[tuple[object, ...]]) -> None:
    lines = ["KẾ HOẠCH", "Công tác năm 2026", "", "I. CHỈ TIÊU", "1. Như sau:", "", *table, ""]
    (document,) = read_text("\n".join([*lines, "2. Mỗi năm 100% đơn vị tổ chức đối thoại với đoàn viên."]), "plan.txt")
    targets = list(read_targets(document))
    read = [(target.unit_name, target.value, target.unit, target.period) for target in targets]
    assert read[: len(expected)] == expected
    assert document.passages[-1].section == "I.2"
    assert (targets[-1].value, targets[-1].period) == (100, "annual")


@pytest.mark.parametrize(
    "lines",
    [
        ["ĐẢNG BỘ TỈNH HẢI SƠN     ĐẢNG CỘNG SẢN VIỆT NAM", "HUYỆN ỦY TRÀ LAM   *   Trà Lam, ngày 18 tháng 3"],
        ["Nơi nhận:\t\tTM. BAN THƯỜNG VỤ", "- Tỉnh ủy;\t\tBÍ THƯ"],
        ["NGƯỜI LẬP      KẾ TOÁN      CHỦ TỊCH", "(ký tên)       (ký tên)     (ký tên)"],
        ["phấn đấu  kết nạp  12 đoàn viên,", "trong đó  có  3 người ưu tú"],
        ["1.   Kết nạp     12 đoàn viên", "", "một dòng khác"],
    ],
)
def test_other_columns_are_left_as_they_are(lines: list[str]) -> None:
    assert with_typed_tables("\n".join(lines)) == "\n".join(lines)


def test_lines_keep_their_numbers() -> None:
    text = "\n".join(["Mở đầu.", *SPACES, "", "Kết thúc."])
    read = with_typed_tables(text).split("\n")
    assert len(read) == text.count("\n") + 1
    assert (read[0], read[4], read[-1]) == ("Mở đầu.", "", "Kết thúc.")
    assert read[3] == "| 2 | Tỷ lệ công đoàn cơ sở ký thỏa ước | % | 70 | từ 75 trở lên |"
