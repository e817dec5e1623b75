"""Figures that are no answer whatever words they share with the question: shares, numbers, sizes, other months."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.answering import answer_json
from handlers.phrasebook import Phrases
from knowledge import Target
from knowledge.answers import answer
from knowledge.index import Library
from knowledge.indicators import OTHER
from knowledge.question import Asker, understand
from knowledge.unfit_targets import is_of_months, is_unfit, months_named

TODAY = date(2025, 10, 15)
MEMBERS = Target(
    document="1", file="1.txt", section="II.1", position=3, indicator=OTHER, label="đoàn viên", comparator="=",
    value=620.0, value_text="620", unit="members", period="2026", condition=None, quote="Kết nạp mới 620 đoàn viên",
)  # fmt: skip
SHARE = replace(MEMBERS, unit="percent", value_text="65%", quote="65% đoàn viên dùng ứng dụng")
PARTY = replace(MEMBERS, unit="persons", quote="giới thiệu ít nhất 02 đoàn viên cho Đảng xem xét", value_text="02")


def unfit(library: Library, question: str, target: Target) -> bool:
    asked = understand(question, (), library, Asker("PR", library.chain("PR")), TODAY)
    return is_unfit(asked, target, asked.subject, (OTHER,))


@pytest.mark.parametrize(
    ("question", "target", "expected"),
    [
        ("năm 2026 có bao nhiêu đoàn viên", MEMBERS, False),
        ("năm 2026 có bao nhiêu đoàn viên", SHARE, True),
        ("how many members in 2026", SHARE, True),
        ("bao nhiêu đoàn viên dùng ứng dụng", SHARE, False),
        ("bao nhiêu phần trăm đoàn viên dùng ứng dụng", SHARE, False),
        ("bao nhiêu phần trăm đoàn viên dùng ứng dụng", MEMBERS, True),
        ("mỗi năm tăng thêm mấy đoàn viên", PARTY, True),
        ("giới thiệu mấy đoàn viên ưu tú cho đảng", PARTY, False),
        ("doanh nghiệp bao nhiêu người thì phải có công đoàn", MEMBERS, True),
        ("doanh nghiệp bao nhiêu người thì phải có công đoàn", replace(MEMBERS, condition="25 lao động"), False),
        ("năm 2026 kết nạp bao nhiêu đoàn viên mới", MEMBERS, False),
    ],
)
def test_a_figure_of_another_sort_is_no_answer(library: Library, question: str, target: Target, expected: bool) -> None:
    assert unfit(library, question, target) is expected


@pytest.mark.parametrize(
    ("question", "period", "clause", "expected", "named"),
    [
        ("đến tháng 6 phải kết nạp bao nhiêu", "2026", "Kết nạp mới 620 đoàn viên", False, "tháng 6"),
        ("đến tháng 6 phải kết nạp bao nhiêu", "2026", "Đến tháng 6/2026 kết nạp 300 đoàn viên", True, "tháng 6"),
        ("đến tháng 6 phải kết nạp bao nhiêu", "2026-06", "kết nạp 300 đoàn viên", True, "tháng 6"),
        ("đến tháng 6 phải kết nạp bao nhiêu", "2026-06-30", "xong trước ngày 30/6", True, "tháng 6"),
        ("by june how many members must join", "2026", "Kết nạp mới 620 đoàn viên", False, "June"),
        ("quý 2 ký mới mấy thỏa ước", "2025", "ký mới 03 thỏa ước trong quý II/2025", True, "quý 2"),
        ("quý 3 ký mới mấy thỏa ước", "2025", "ký mới 03 thỏa ước trong quý II/2025", False, "quý 3"),
        ("mỗi quý thăm mấy lần", "quarterly", "thăm 02 lần", True, None),
        ("năm nay kết nạp bao nhiêu", "2026", "Kết nạp mới 620 đoàn viên", True, None),
    ],
)
def test_a_month_is_held_by_the_targets_of_that_month(
    library: Library, question: str, period: str, clause: str, expected: bool, named: str | None
) -> None:
    asked = understand(question, (), library, Asker("PR", library.chain("PR")), TODAY)
    assert is_of_months(asked, replace(MEMBERS, period=period, quote=clause), clause) is expected
    assert months_named(asked) == named


def test_the_figure_of_a_year_is_not_given_for_a_month(library: Library) -> None:
    chain = library.chain("PR")
    said = answer(library, "đến tháng 6 phải đạt bao nhiêu đoàn viên", union="PR", chain=chain, today=TODAY)
    reply = answer_json(said, Phrases("vi"), 0.0)
    assert said.outcome == "not_restated" and reply["abstained"]
    assert "tháng 6" in str(reply["text"]) and "3.100" not in str(reply["text"])


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("đến năm 2025 có bao nhiêu đoàn viên", "found"),
        ("đến năm 2025 khám bao nhiêu đoàn viên", "not_found"),
        ("đến năm 2025 thăm hỏi mấy đoàn viên", "not_found"),
    ],
)
def test_how_many_there_are_does_not_say_to_how_many_something_is_done(
    library: Library, question: str, outcome: str
) -> None:
    said = answer(library, question, union="PR", chain=library.chain("PR"), today=TODAY)
    assert said.outcome == outcome


def test_what_somebody_gets_is_money(library: Library) -> None:
    asker = Asker("PR", library.chain("PR"))
    gets = ("con đoàn viên đỗ đại học được thưởng bao nhiêu", "ban vận động được hỗ trợ bao nhiêu khi ra mắt")
    assert all(understand(question, (), library, asker, TODAY).wants("money") for question in gets)
    assert not understand("được hỗ trợ bao nhiêu đoàn viên", (), library, asker, TODAY).wants("money")


def test_a_target_headed_by_what_is_asked_for_is_about_it(library: Library) -> None:
    chain = library.chain("T4")
    said = answer(library, "chỉ tiêu thành lập công đoàn cơ sở là gì", union="T4", chain=chain, today=TODAY)
    assert said.outcome == "found" and "95%" in said.findings[0].citation.quote
