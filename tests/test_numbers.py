"""Numbers, days and short answers as people write them in a chat."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.days import read_day
from knowledge.numbers import TypedNumber, read_count, read_percent
from knowledge.short_answers import is_no, is_nothing, is_nothing_new, is_same, is_yes
from knowledge.spelled import spelled

TUESDAY = date(2025, 3, 25)
MARCH = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("128", 128),
        ("1.250", 1250),
        ("1,250", 1250),
        ("1 250", 1250),
        ("1.250.000", 1_250_000),
        ("1250 đv", 1250),
        ("1250đv", 1250),
        ("dạ 128 đoàn viên ạ", 128),
        ("hiện có 128 người nhé em", 128),
        ("1k2", 1200),
        ("1k25", 1250),
        ("1,2k", 1200),
        ("1 nghìn 2", 1200),
        ("2 trăm linh 5", 205),
        ("mười hai", 12),
        ("muoi hai nguoi", 12),
        ("hai trăm linh năm", 205),
        ("hai trăm lẻ năm", 205),
        ("hai mươi mốt", 21),
        ("hăm lăm", 25),
        ("ba chục", 30),
        ("trăm rưỡi", 150),
        ("một nghìn hai trăm năm mươi", 1250),
        ("không", 0),
        ("không có ai", 0),
        ("giảm còn 120", 120),
        ("tăng từ 128 lên 131", 131),
        ("-3", -3),
        ("12,0", 12),
        ("１２８", 128),
        ("  128. ", 128),
    ],
)
def test_clear_counts_are_read(text: str, number: int) -> None:
    assert read_count(text) == TypedNumber("plain", (number,))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("tăng 3", TypedNumber("change", (3,))),
        ("thêm ba người", TypedNumber("change", (3,))),
        ("+3", TypedNumber("change", (3,))),
        ("giảm 2", TypedNumber("change", (-2,))),
        ("nghỉ 2", TypedNumber("change", (-2,))),
        ("khoảng 120", TypedNumber("about", (120,))),
        ("gần một trăm", TypedNumber("about", (100,))),
        ("hơn 120 đv", TypedNumber("about", (120,))),
        ("1.25", TypedNumber("either", (125, 1250))),
        ("1,5", TypedNumber("either", (15, 1500))),
        ("12 hoặc 13", TypedNumber("either", (12, 13))),
        ("12-13 người", TypedNumber("either", (12, 13))),
        ("tăng lên 131", TypedNumber("either", (131,))),
        ("một trăm hai", TypedNumber("either", (120, 102))),
        ("hai ba", TypedNumber("either", (23,))),
        ("128 (trong đó nữ 60)", TypedNumber("partly", (128,), "trong đó nữ 60")),
        ("128, nữ 60", TypedNumber("partly", (128,), "nữ 60")),
    ],
)
def test_what_is_not_clear_is_read_as_such(text: str, read: TypedNumber) -> None:
    assert read_count(text) == read


@pytest.mark.parametrize(
    "text",
    ["", "abc", "nghìn", "12 5", "2 tháng nay có gì mới", "chỉ tiêu 2025 là gì", "128?", "khoảng nhiều", "9" * 2000],
)
def test_what_is_no_count_is_not_read(text: str) -> None:
    assert read_count(text) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("98,5%", TypedNumber("plain", (98.5,))),
        ("98.5", TypedNumber("plain", (98.5,))),
        ("98 phần trăm", TypedNumber("plain", (98.0,))),
        ("chín mươi tám phẩy năm", TypedNumber("plain", (98.5,))),
        ("120%", TypedNumber("plain", (120.0,))),
        ("khoảng 90%", TypedNumber("about", (90.0,))),
        ("giảm 1,5%", TypedNumber("change", (-1.5,))),
        ("45/60", TypedNumber("either", (75.0,))),
        ("1/0", None),
        ("nhiều", None),
    ],
)
def test_percentages(text: str, read: TypedNumber | None) -> None:
    assert read_percent(text) == read


ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(number: int) -> str:
    """A number as it is taught at school."""
    if number >= 1000:
        return (
            f"{in_words(number // 1000)} nghìn {in_words(number % 1000)}".strip()
            if number % 1000 >= 100
            else (
                f"{in_words(number // 1000)} nghìn"
                + (f" không trăm {below_hundred(number % 1000)}" if number % 1000 else "")
            )
        )
    if number >= 100:
        return f"{ONES[number // 100]} trăm" + (f" {below_hundred(number % 100)}" if number % 100 else "")
    return below_hundred(number, alone=True)


def below_hundred(number: int, *, alone: bool = False) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return ONES[ones] if alone else f"linh {ONES[ones]}"
    head = "mười" if tens == 1 else f"{ONES[tens]} mươi"
    last = {0: "", 1: " một" if tens == 1 else " mốt", 5: " lăm"}.get(ones, f" {ONES[ones]}")
    return head + last


@given(st.integers(min_value=0, max_value=999_999))
def test_every_number_is_read_from_its_words_and_from_its_figures(number: int) -> None:
    for text in (in_words(number), str(number), f"{number:,}", f"{number:,}".replace(",", "."), f"{number} đv"):
        assert read_count(text) == TypedNumber("plain", (number,)), text


@given(st.text(max_size=90))
def test_whatever_is_typed_gives_values_or_nothing(text: str) -> None:
    for read in (read_count(text), read_percent(text)):
        assert read is None or read.values
    assert read_day(text, TUESDAY, MARCH) is None or isinstance(read_day(text, TUESDAY, MARCH), date)


def test_words_that_are_no_number_give_none() -> None:
    assert [spelled(text) for text in ("", "linh hai", "tram", "hai x", "muoi " * 20)] == [()] * 5


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/3/2025", date(2025, 3, 15)),
        ("15-3-25", date(2025, 3, 15)),
        ("2025-03-15", date(2025, 3, 15)),
        ("15/3", date(2025, 3, 15)),
        ("28/12", date(2024, 12, 28)),
        ("ngày 15 tháng 3 năm 2025", date(2025, 3, 15)),
        ("mùng 8 tháng 3", date(2025, 3, 8)),
        ("ngày 5", date(2025, 3, 5)),
        ("5", date(2025, 3, 5)),
        ("hôm nay ạ", TUESDAY),
        ("hôm qua", date(2025, 3, 24)),
        ("hôm kia", date(2025, 3, 23)),
        ("thứ sáu", date(2025, 3, 21)),
        ("thứ hai tuần trước", date(2025, 3, 17)),
        ("chủ nhật", date(2025, 3, 23)),
        ("31/2", None),
        ("ngày 40", None),
        ("sắp tới", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert read_day(text, TUESDAY, MARCH) == day


def test_short_answers() -> None:
    assert all(map(is_yes, ("đúng", "dạ đúng rồi ạ", "ok em", "Vâng", "yes")))
    assert all(map(is_no, ("không", "chưa ạ", "sai rồi", "no")))
    assert all(map(is_nothing, ("không có gì ạ", "ko", "không có khó khăn gì", "dạ không")))
    assert all(map(is_same, ("như tháng trước", "vẫn như cũ", "giữ nguyên", "không đổi ạ")))
    assert all(map(is_nothing_new, ("không phát sinh", "tháng này không có gì mới", "tháng 3 không phát sinh gì ạ")))
    assert not any(map(is_nothing_new, ("không", "có phát sinh", "không phát sinh khó khăn nào lớn")))
    assert not any(map(is_yes, ("đúng là khó", "không")))
