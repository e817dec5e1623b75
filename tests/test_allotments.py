"""Figures that running text gives to one union: those of an assignment, no others."""

import pytest

from knowledge.reading import read_text
from knowledge.targets import read_targets


@pytest.mark.parametrize(
    ("heading", "line", "expected"),
    [
        (
            "Điều 1. Giao chỉ tiêu phát triển đoàn viên năm 2026 cho các đơn vị như sau:",
            "1. Liên đoàn Lao động huyện Yên Mô: 1.200 đoàn viên, thành lập mới 6 công đoàn cơ sở.",
            [
                ("Liên đoàn Lao động huyện Yên Mô", "new_members", 1200, "2026"),
                ("Liên đoàn Lao động huyện Yên Mô", "unions_founded", 6, "2026"),
            ],
        ),
        (
            "II. PHÂN BỔ CHỈ TIÊU",
            "- CĐCS Trường A Lưới kết nạp 15 đoàn viên, CĐCS Trường Bình Minh kết nạp 12 đoàn viên;",
            [
                ("CĐCS Trường A Lưới", "new_members", 15, None),
                ("CĐCS Trường Bình Minh", "new_members", 12, None),
            ],
        ),
        (
            "III. NHIỆM VỤ",
            "- Giao Công đoàn cơ sở Trường Ân Hòa năm 2025 kết nạp 8 đoàn viên.",
            [("Công đoàn cơ sở Trường Ân Hòa", "new_members", 8, "2025")],
        ),
        (
            "III. GIAO CHỈ TIÊU KẾT NẠP ĐOÀN VIÊN NĂM 2027",
            "- CĐCS Công ty May Hồng - 120 đoàn viên; CĐCS Giày Sao Mai - 80 đoàn viên.",
            [("CĐCS Công ty May Hồng", "new_members", 120, "2027"), ("CĐCS Giày Sao Mai", "new_members", 80, "2027")],
        ),
        ("I. CHỈ TIÊU", "- Công đoàn cơ sở kết nạp 10 đoàn viên.", [(None, "new_members", 10, None)]),
        ("I. CHỈ TIÊU", "- Công đoàn huyện An Biên kết nạp 10 đoàn viên.", [(None, "new_members", 10, None)]),
    ],
)
def test_running_text_gives_a_figure_to_one_union(heading: str, line: str, expected: list[tuple[object, ...]]) -> None:
    head = "CÔNG ĐOÀN HUYỆN AN BIÊN\nSố: 4/KH-CĐ\n\nKẾ HOẠCH\nCông tác công đoàn\n\n"
    (document,) = read_text(f"{head}{heading}\n{line}", "plan.txt")
    read = [(target.unit_name, target.indicator, target.value, target.period) for target in read_targets(document)]
    assert read == expected
