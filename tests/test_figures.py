"""Numbers, dates and periods as documents and people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures import bounds_in_words, date_in, figures_in, number_of, period_in


@given(st.integers(min_value=0, max_value=999_999_999))
def test_a_count_reads_the_same_however_it_is_grouped(number: int) -> None:
    assert number_of(f"{number:,}".replace(",", ".")) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("khoảng 3.100 đoàn viên", [("3.100", 3100, False)]),
        ("4500 đoàn viên", [("4500", 4500, False)]),
        ("ít nhất 01 đoàn viên", [("01", 1, False)]),
        ("đạt 98,5% số phải thu", [("98,5%", 98.5, True)]),
        ("80 phần trăm đơn vị", [("80 phần trăm", 80, True)]),
        ("tăng từ 1-2 đoàn viên", [("1-2", (1, 2), False)]),
        ("từ 02 đến 03% trong cơ cấu", [("02 đến 03%", (2, 3), True)]),
        ("2/3 số doanh nghiệp", [("2/3", 66.67, True)]),
        ("tăng bình quân 5%/năm", [("5%", 5, True)]),
        ("2025 đoàn viên", [("2025", 2025, False)]),
        ("Đến năm 2025, 75% và trên 95%", [("75%", 75, True), ("95%", 95, True)]),
        ("Hết năm 2028,62% cán bộ", [("62%", 62, True)]),
        ("Năm 2027,3 công đoàn cơ sở", [("3", 3, False)]),
        ("chuyển đổi số 100% hồ sơ", [("100%", 100, True)]),
        ("giải quyết dứt điểm 100% kiến nghị", [("100%", 100, True)]),
        ("theo Nghị quyết số 02-NQ/TW, 92,5 phần trăm đơn vị", [("92,5 phần trăm", 92.5, True)]),
        ("9/10 doanh nghiệp", [("9/10", 90, True)]),
        ("từ 10 đến dưới 25 lao động", [("10 đến dưới 25", (10, 25), False)]),
    ],
)
def test_figures(text: str, found: list[tuple[str, float | tuple[float, float], bool]]) -> None:
    assert [(figure.text, figure.value, figure.percent) for figure in figures_in(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số 02-NQ/TW, ngày 12/6/2021",
        "Nghị quyết số 02 NQ/TW",
        "Nghị quyết 02 của Bộ Chính trị",
        "Kế hoạch số 130/KH-LĐLĐ ngày 22 tháng 12 năm 2021",
        "Nghị định số 49/2021/NĐ-CP",
        "giai đoạn 2020 - 2025, tầm nhìn đến năm 2030",
        "nhiệm kỳ 2023-2028",
        "hoàn thành trong tháng 9/2021",
        "định kỳ 6 tháng",
        "6 tháng/1 lần",
        "ngày thành lập Công đoàn Việt Nam 28/7 hàng năm",
        "Công văn 1250/LĐLĐ và 35-NQ/HU",
        "chào mừng 9/10 tại nhà văn hóa",
        "ngày 9/10 công đoàn tổ chức",
        "khóa XIII, Trung ương 6, điểm 2.1, Điều 5",
    ],
)
def test_numbers_that_are_no_figures(text: str) -> None:
    assert figures_in(text) == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("tổ chức ít nhất một cuộc đối thoại", [1]),
        ("không dưới hai lần, tối đa Mười lần", [2, 10]),
        ("ít nhất một phần ba số ủy viên", []),
        ("ít nhất năm 2026 phải xong", []),
        ("một lần nữa nhắc lại", []),
    ],
)
def test_bounds_written_in_words(text: str, values: list[float]) -> None:
    assert [figure.value for figure in bounds_in_words(text)] == values


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Đến năm 2025: phấn đấu", "2025"),
        ("đến cuối năm 2025 có", "2025"),
        ("Hàng năm, có từ 90%", "annual"),
        ("mục tiêu hằng năm", "annual"),
        ("bình quân mỗi năm", "annual"),
        ("tăng 5%/năm", "annual"),
        ("hằng quý", "quarterly"),
        ("02 buổi/quý", "quarterly"),
        ("mỗi tháng", "monthly"),
        ("ít nhất 01 lần trong năm", "annual"),
        ("định kỳ 6 tháng/1 lần", "semiannual"),
        ("Đến hết nhiệm kỳ 2023 - 2028", "2023-2028"),
        ("giai đoạn 2026 đến năm 2030", "2026-2030"),
        ("Trong nhiệm kỳ", "term"),
        ("trong tháng 9/2021", "2021-09"),
        ("trong tháng 12 năm 2025", "2025-12"),
        ("trong quý II/2026", "2026-Q2"),
        ("trước ngày 30/6/2026", "2026-06-30"),
        ("đoàn viên", None),
    ],
)
def test_periods(text: str, period: str | None) -> None:
    assert period_in(text) == period


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngày 07/9/2021", date(2021, 9, 7)),
        ("ngày 07 tháng 9 năm 2021", date(2021, 9, 7)),
        ("7-9-2021", date(2021, 9, 7)),
        ("ngày 31/02/2021, sau đó 01/3/2021", date(2021, 3, 1)),
        ("tháng 9/2021", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert date_in(text) == day
