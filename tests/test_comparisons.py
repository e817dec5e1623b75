"""Two figures side by side: rows and years of tables, levels, how many times; questions in two parts; the other day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handlers.answering import answer_reply
from handlers.phrasebook import Phrases
from knowledge import Union
from knowledge.answers import answer
from knowledge.index import Library, build_index, open_index
from knowledge.messages import two_questions
from knowledge.reading import read_text

TODAY = date(2026, 9, 1)
PROVINCE = """LIÊN ĐOÀN LAO ĐỘNG TỈNH SÔNG MÂY

Số: 9/KH-LĐLĐ

KẾ HOẠCH
Hoạt động công đoàn năm 2026

I. CHỈ TIÊU

1. Năm 2026, ít nhất 84% doanh nghiệp có tổ chức công đoàn ký kết thỏa ước lao động tập thể.

II. TỔ CHỨC THỰC HIỆN

1. Liên đoàn Lao động các huyện báo cáo năm về Liên đoàn Lao động tỉnh trước ngày 08/12.

2. Các công đoàn cơ sở định kỳ báo cáo kết quả thực hiện về Liên đoàn Lao động huyện.
"""
DISTRICT = """LIÊN ĐOÀN LAO ĐỘNG HUYỆN BẾN TRE

Số: 15/KH-LĐLĐ

KẾ HOẠCH
Công tác công đoàn giai đoạn 2026 - 2028

I. MỤC TIÊU

1. Các chỉ tiêu theo năm:

| STT | Chỉ tiêu | Đơn vị tính | Năm 2026 | Năm 2027 | Năm 2028 |
| --- | --- | --- | --- | --- | --- |
| 1 | Số đoàn viên kết nạp mới | người | 500 | 750 | 900 |
| 2 | Số suất học bổng cho con đoàn viên | suất | 40 | 50 | 60 |

2. Năm 2026, ít nhất 79% doanh nghiệp có tổ chức công đoàn ký kết thỏa ước lao động tập thể.

3. Biểu giao chỉ tiêu năm 2026 cho các công đoàn cơ sở:

| TT | Đơn vị | Kết nạp mới | Sáng kiến | Thu đoàn phí (triệu đồng) |
| --- | --- | --- | --- | --- |
| 1 | CĐCS Công ty Gạch men | 240 | 6 | 180 |
| 2 | CĐCS Công ty Lụa tơ tằm | 80 | 4 | 45 |
| 3 | CĐCS Trường THCS Hoa Sen | - | 3 | 20 |
"""
UNIONS = (
    Union("T", "LĐLĐ tỉnh Sông Mây", "province", ""),
    Union("H", "LĐLĐ huyện Bến Tre", "district", "T"),
    Union("H-1", "CĐCS Công ty Gạch men", "grassroots", "H"),
    Union("H-2", "CĐCS Công ty Lụa tơ tằm", "grassroots", "H"),
    Union("H-3", "CĐCS Trường THCS Hoa Sen", "grassroots", "H"),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    file: Path = tmp_path_factory.mktemp("index") / "i.sqlite"
    texts = {"T": PROVINCE, "H": DISTRICT}
    documents = [replace(each, scope=code) for code, text in texts.items() for each in read_text(text, f"{code}.md")]
    build_index(file, documents, UNIONS)
    with open_index(file) as opened:
        yield opened


def said(library: Library, union: str, question: str, *history: str) -> str:
    found = answer(library, question, union=union, chain=library.chain(union), history=history, today=TODAY)
    return answer_reply(found, Phrases(found.language)).text


@pytest.mark.parametrize(
    ("union", "question", "told"),
    [
        ("H-1", "kết nạp mới năm 2028 hơn năm 2026 bao nhiêu người", ("900 − 500 = 400",)),
        ("H-1", "Công ty Gạch men kết nạp mới gấp mấy lần Công ty Lụa tơ tằm", ("240", "80", "≈ 3 lần")),
        ("H-1", "thu đoàn phí của Công ty Gạch men và Công ty Lụa tơ tằm chênh nhau bao nhiêu", ("180 − 45 = 135",)),
        ("H-2", "số suất học bổng 2026, 2027, 2028 lần lượt bao nhiêu", ("40", "50", "60")),
        ("H", "tỷ lệ ký thỏa ước năm 2026 của huyện so với tỉnh", ("79", "84", "5 điểm phần trăm")),
        ("H-1", "How many times as many new members in 2027 as in 2026?", ("750", "500", "≈ 1.5 times")),
        ("H-1", "By how much do scholarships grow from 2026 to 2028?", ("60 − 40 = 20",)),
    ],
)
def test_two_figures_are_set_side_by_side(library: Library, union: str, question: str, told: tuple[str, ...]) -> None:
    text = said(library, union, question)
    assert [each for each in told if each not in text] == []


def test_a_follow_up_compares_with_another_level(library: Library) -> None:
    text = said(library, "H", "so với tỉnh thì sao?", "năm 2026 huyện mình ký thỏa ước bao nhiêu phần trăm")
    assert "79" in text
    assert "84" in text


def test_an_empty_cell_is_not_filled_by_its_neighbour(library: Library) -> None:
    text = said(library, "H-3", "trường mình được giao kết nạp mới bao nhiêu năm 2026")
    assert "không giao chỉ tiêu này cho đơn vị, ô đó để trống" in text
    assert "20" not in text.replace("2026", "")


def test_what_is_asked_of_oneself_lists_what_is_assigned(library: Library) -> None:
    text = said(library, "H-2", "What targets are assigned to our company in 2026?")
    assert all(figure in text for figure in ("80", "4", "45"))
    assert "500" not in text


def test_no_day_is_said_only_where_no_report_has_one(library: Library) -> None:
    text = said(library, "H-1", "hạn chót nộp báo cáo của đơn vị mình là ngày nào")
    assert "định kỳ báo cáo" in text
    assert "08/12" in text


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("mấy đoàn viên, mấy thỏa ước", ("mấy đoàn viên", "mấy thỏa ước")),
        (
            "mỗi năm tăng bao nhiêu đoàn viên, hết nhiệm kỳ có bao nhiêu",
            ("mỗi năm tăng bao nhiêu đoàn viên", "hết nhiệm kỳ có bao nhiêu"),
        ),
        (
            "năm 2026 kết nạp đoàn viên và thành lập công đoàn cơ sở bao nhiêu",
            ("năm 2026 kết nạp đoàn viên bao nhiêu", "năm 2026 thành lập công đoàn cơ sở bao nhiêu"),
        ),
        ("cán bộ và đoàn viên bao nhiêu", None),
        ("bao nhiêu đoàn viên", None),
    ],
)
def test_a_message_may_ask_two_things(text: str, halves: tuple[str, str] | None) -> None:
    assert two_questions(text) == halves
