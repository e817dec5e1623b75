"""What a union is to reach: figures of documents in force, none that a later plan repealed or replaced."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.store import Store
from handlers.branches import Branches
from handlers.goals import goals_of
from knowledge import Union
from knowledge.index import build_index, open_index
from knowledge.reading import read_text

PLAN = """LIÊN ĐOÀN LAO ĐỘNG HUYỆN BẾN TRE

Số: 15/KH-LĐLĐ

Bến Tre, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Công tác công đoàn năm 2026

I. CHỈ TIÊU

1. Năm 2026, toàn huyện kết nạp mới 500 đoàn viên.

2. Năm 2026, thành lập mới 04 công đoàn cơ sở.

3. Năm 2026, có 30 sáng kiến được công nhận.
"""
CHANGE = """LIÊN ĐOÀN LAO ĐỘNG HUYỆN BẾN TRE

Số: 40/KH-LĐLĐ

Bến Tre, ngày 02 tháng 5 năm 2026

KẾ HOẠCH
Sửa đổi, bổ sung một số nội dung Kế hoạch số 15/KH-LĐLĐ ngày 05/01/2026

I. NỘI DUNG

1. Thay thế điểm 1 mục I Kế hoạch số 15/KH-LĐLĐ như sau: “1. Năm 2026, toàn huyện kết nạp mới 640 đoàn viên”.

2. Bãi bỏ điểm 2 mục I Kế hoạch số 15/KH-LĐLĐ.

II. HIỆU LỰC

Kế hoạch này có hiệu lực từ ngày ký.
"""
UNION = Union("H", "LĐLĐ huyện Bến Tre", "district", "")
TREE = Branches({"H": UNION}, {"H": frozenset({"H"})}, {"H": ("H",)})


@pytest.mark.parametrize(
    ("today", "values"),
    [(date(2026, 3, 1), {500.0, 4.0, 30.0}), (date(2026, 6, 1), {640.0, 30.0})],
)
def test_a_goal_is_the_figure_in_force(store: Store, tmp_path: Path, today: date, values: set[float]) -> None:
    texts = (PLAN, CHANGE)
    documents = [replace(each, scope="H") for at, text in enumerate(texts) for each in read_text(text, f"{at}.md")]
    build_index(tmp_path / "i.sqlite", documents, (UNION,))
    with open_index(tmp_path / "i.sqlite") as library, store.transaction() as connection:
        found = goals_of(connection, library, TREE, 2026, today)
    assert {goal.value for goal in found["H"]} == values
