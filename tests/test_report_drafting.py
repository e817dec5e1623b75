"""What a draft says: which months count, what they add up to, what they are held against, and never a guess."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.drafting import Told, change, goal_months, months_of, told
from handlers.forms import Field, Form, form_for
from handlers.owing import FORM
from handlers.phrasebook import Phrases
from handlers.report_lines import (
    Line,
    edited,
    figure_line,
    figures,
    from_json,
    in_words,
    proposal_lines,
    to_json,
    word_lines,
)
from scheduler import Cycle, Profile
from scheduler.report_calendar import parse_period, period_of, previous

PHRASES = Phrases("vi")
MONTHS = ("2024-12", "2025-01", "2025-02")
SOURCES = {month: f"{month}/0000{place}" for place, month in enumerate(MONTHS, start=1)}


class Sent:
    """A month's figures as they stand on the shelf."""

    def __init__(self, period: str, **answers: Any) -> None:
        self.period = period
        self.answers = answers


def form() -> Form:
    return form_for(FORM, "enterprise")


def field(key: str) -> Field:
    found = form().field(key)
    assert found is not None
    return found


def quarter(*values: Any, key: str) -> Told:
    """What three months say of a field; `...` stands for a month that was not sent."""
    sent = [Sent(month, **{key: value}) for month, value in zip(MONTHS, values, strict=True) if value is not ...]
    return told(field(key), sent, MONTHS)


@pytest.mark.parametrize(
    ("profile", "cycle", "code", "months"),
    [
        ("administrative", "quarter", "2025-Q1", ("2024-12", "2025-01", "2025-02")),
        ("administrative", "quarter", "2025-Q4", ("2025-09", "2025-10", "2025-11")),
        ("administrative", "month", "2025-03", ("2025-02",)),
        ("administrative", "half", "2025-H1", ("2024-12", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05")),
        ("calendar", "quarter", "2025-Q1", ("2025-01", "2025-02", "2025-03")),
        ("calendar", "month", "2024-02", ("2024-02",)),
    ],
)
def test_the_months_of_a_period(profile: Profile, cycle: Cycle, code: str, months: tuple[str, ...]) -> None:
    assert months_of(parse_period(profile, cycle, code)) == months


@given(
    st.sampled_from(["administrative", "calendar"]),
    st.sampled_from(["month", "quarter", "half", "year"]),
    st.dates(date(2020, 1, 1), date(2035, 1, 1)),
)
def test_every_month_counts_in_exactly_one_period_of_a_cycle(profile: Profile, cycle: Cycle, day: date) -> None:
    period = period_of(profile, cycle, day)
    here, before = months_of(period), months_of(previous(period))
    assert len(here) == {"month": 1, "quarter": 3, "half": 6, "year": 12}[cycle]
    assert not set(here) & set(before)
    year, month = map(int, before[-1].split("-"))
    assert here[0] == f"{year + month // 12}-{month % 12 + 1:02d}", "no month lies between two periods"


@pytest.mark.parametrize(
    ("profile", "code", "year", "until"),
    [
        ("administrative", "2025-Q1", 2025, date(2025, 3, 1)),
        ("administrative", "2025-Q4", 2025, date(2025, 12, 1)),
        ("calendar", "2025-Q4", 2025, date(2026, 1, 1)),
    ],
)
def test_goals_are_held_against_the_figures_from_january_to_the_last_month_that_counts(
    profile: Profile, code: str, year: int, until: date
) -> None:
    assert goal_months(parse_period(profile, "quarter", code)) == (year, until)


LINES = [
    ("members", (128, 130, 131), "Đoàn viên hiện có: 131 (tháng 2/2025)", 131),
    ("members", (128, 130, ...), "Đoàn viên hiện có: 130 (tháng 1/2025)", 130),
    ("members", (..., ..., ...), "Đoàn viên hiện có: chưa có số liệu", None),
    ("admitted", (3, 5, 0), "Kết nạp mới: 8", 8),
    ("admitted", (3, ..., 0), "Kết nạp mới: 3 (chưa có số liệu tháng 1/2025)", 3),
    ("admitted", (1000, 1000, 250), "Kết nạp mới: 2.250", 2250),
    ("agreement", ("none", ..., "signed"),
     "Thỏa ước lao động tập thể: Đã ký, còn hiệu lực (tháng 2/2025)", "signed"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "values", "text", "figure"), LINES)
def test_the_line_of_a_figure(key: str, values: tuple[Any, ...], text: str, figure: Any) -> None:
    line = figure_line(quarter(*values, key=key), None, SOURCES, PHRASES)
    assert line is not None and (line.text, line.figure) == (text, figure)
    assert len(line.sources) == sum(value is not ... for value in values)


BEFORE = [
    ("members", (120, 121, 125), "; kỳ trước 125, tăng 6"),
    ("members", (140, ..., ...), "; kỳ trước 140, giảm 9"),
    ("members", (..., ..., ...), ""),
    ("admitted", (0, 0, 8), "; kỳ trước 8, không đổi"),
    ("admitted", (0, ..., 5), "; kỳ trước 5 (thiếu số liệu 1 tháng)"),
]


@pytest.mark.parametrize(("key", "values", "said"), BEFORE)
def test_the_difference_to_the_period_before_is_said_where_the_two_can_be_compared(
    key: str, values: tuple[Any, ...], said: str
) -> None:
    now = quarter(*((128, 130, 131) if key == "members" else (3, 5, 0)), key=key)
    line = figure_line(now, quarter(*values, key=key), SOURCES, PHRASES)
    assert line is not None and line.text.endswith(said) and ("kỳ trước" in line.text) == bool(said)


def test_words_stand_there_as_they_were_written_with_their_month() -> None:
    lines = word_lines(quarter("Nợ lương hai tháng.", ..., "  ", key="difficulties"), SOURCES, PHRASES)
    assert [(line.text, line.sources) for line in lines] == [
        ("Tháng 12/2024: “Nợ lương hai tháng.”", ("2024-12/00001",))
    ]


counts = st.one_of(st.none(), st.integers(0, 5000))


@given(st.lists(counts, min_size=3, max_size=3))
def test_a_sum_is_the_sum_of_its_check_ins_and_a_stock_is_that_of_the_last_one(values: list[int | None]) -> None:
    given_ = [... if value is None else value for value in values]
    known = [value for value in values if value is not None]
    for key, expected in (("admitted", sum(known)), ("members", known[-1] if known else None)):
        found = quarter(*given_, key=key)
        line = figure_line(found, None, SOURCES, PHRASES)
        assert line is not None and line.figure == (expected if known else None)
        assert len(found.missing) == values.count(None) and (
            ("chưa có số liệu" in line.text) or not found.missing or key == "members"
        )


def test_change_needs_two_figures() -> None:
    assert change(quarter(..., ..., ..., key="members"), quarter(1, 2, 3, key="members")) is None
    assert change(quarter("signed", ..., ..., key="agreement"), quarter("none", ..., ..., key="agreement")) is None


EDITS = [
    ("f-members", "132", "Đoàn viên hiện có: 132", 132),
    ("f-members", "1.250 người", "Đoàn viên hiện có: 1.250", 1250),
    ("f-members", "Đoàn viên: 132", "Đoàn viên: 132", 132),
    ("f-members", "khoảng 130", "khoảng 130", None),
    ("f-members", "Tăng 5 so với quý trước", "Tăng 5 so với quý trước", None),
    ("f-members", "128 nam và 4 nữ", "128 nam và 4 nữ", None),
    ("t-2025-01-difficulties", "12", "12", None),
]


@pytest.mark.parametrize(("key", "typed", "text", "figure"), EDITS)
def test_what_an_officer_types_in_place_of_a_line(key: str, typed: str, text: str, figure: Any) -> None:
    line = Line(key, "results", "Đoàn viên hiện có", "Đoàn viên hiện có: 128", 128)
    (changed,) = edited([line], {key: typed}, PHRASES)
    assert (changed.text, changed.figure, changed.was) == (text, figure, line.text)
    assert edited([line], {key: ""}, PHRASES) == ()


def test_lines_come_back_from_json_as_they_were_and_empty_parts_say_so() -> None:
    first = figure_line(quarter(1, 2, 3, key="members"), None, SOURCES, PHRASES)
    assert first is not None
    lines = (first, *proposal_lines(("Hỗ trợ kinh phí", "")))
    assert from_json(to_json(lines)) == lines and figures(lines) == {"members": 3}
    assert in_words(lines, 2025, PHRASES).splitlines() == [
        "I. Kết quả hoạt động",
        "• Đoàn viên hiện có: 3 (tháng 2/2025)",
        "II. Tình hình, khó khăn đã nêu",
        "• Không có.",
        "III. Kiến nghị, đề xuất",
        "• Hỗ trợ kinh phí",
    ]
