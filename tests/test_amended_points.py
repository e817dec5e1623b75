"""A later plan whose clauses do not name the plan they change: its points, its paragraphs, its days, its parts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from handlers.answering import answer_reply
from handlers.phrasebook import Phrases
from knowledge import Document, Union
from knowledge.amendments import Amendment, amendments
from knowledge.answers import answer
from knowledge.composing import compose
from knowledge.index import Library, build_index, open_index
from knowledge.pointing import paths
from knowledge.reading import read_file

TODAY = date(2026, 9, 1)
UNIONS = [Union("SM", "LĐLĐ huyện Sông Mơ", "district", "")]
PLAN = """LIÊN ĐOÀN LAO ĐỘNG HUYỆN SÔNG MƠ

Số: 31/KH-LĐLĐ

Sông Mơ, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Hoạt động công đoàn giai đoạn 2026 - 2030

I. MỤC ĐÍCH

1. Nâng cao chất lượng hoạt động của công đoàn cơ sở.

II. CHỈ TIÊU

A. Chỉ tiêu hằng năm

1. Công tác đoàn viên

1.1. Kết nạp mới ít nhất 640 đoàn viên; thành lập mới 07 công đoàn cơ sở.

1.2. Mỗi công đoàn cơ sở có ít nhất 03 sáng kiến.

2. Công tác chăm lo

a) Tặng 210 suất quà Tết cho đoàn viên khó khăn.

b) Hỗ trợ sửa chữa 12 căn nhà "Mái ấm Công đoàn".

B. Chỉ tiêu đến năm 2030

1. Có 17.400 đoàn viên công đoàn.

2. Ít nhất 78% doanh nghiệp có tổ chức công đoàn ký kết thỏa ước lao động tập thể.

III. TỔ CHỨC THỰC HIỆN

1. Công đoàn cơ sở báo cáo kết quả hằng quý trước ngày 20 của tháng cuối quý; báo cáo năm gửi trước ngày 10/12.

Nơi nhận:
- Lưu: VT.
"""
CHANGE = """LIÊN ĐOÀN LAO ĐỘNG HUYỆN SÔNG MƠ

Số: {number}/KH-LĐLĐ

Sông Mơ, ngày {day} năm 2026

KẾ HOẠCH
{title}

I. NỘI DUNG

{points}

Nơi nhận:
- Lưu: VT.
"""
TITLE = "Điều chỉnh, bổ sung một số nội dung Kế hoạch số 31/KH-LĐLĐ ngày 05/01/2026"

Open = Callable[..., Library]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """The library of the plan and of later ones, each given as its points."""

    def build(*changes: str, title: str = TITLE, day: str = "10 tháng 5") -> Library:
        later = [
            CHANGE.format(number=60 + at, day=day if not at else "15 tháng 6", title=title, points=points)
            for at, points in enumerate(changes)
        ]
        documents = [each for at, text in enumerate((PLAN, *later)) for each in compose(text, f"{at}.txt")]
        return library_of(tmp_path, documents)

    return build


def library_of(folder: Path, documents: list[Document]) -> Library:
    build_index(folder / "i.sqlite", [replace(each, scope="SM") for each in documents], UNIONS)
    return open_index(folder / "i.sqlite")


def said(library: Library, question: str, today: date = TODAY) -> str:
    found = answer(library, question, union="SM", chain=("SM",), today=today)
    return answer_reply(found, Phrases(found.language)).text


def test_points_are_read_in_every_order() -> None:
    for words, expected in (
        ("điểm 2.1 khoản 2 mục B phần II", [("II", "B", "2", "1")]),
        ("phần II, mục B, khoản 2, điểm 2.1", [("II", "B", "2", "1")]),
        ("mục II.2.1", [("II", "2", "1")]),
        ("tiết b điểm 2 mục III", [("III", "2", "b")]),
        ("điểm c khoản 3", [("3", "c")]),
        ("điểm a và điểm b khoản 3 mục I", [("I", "3", "a"), ("I", "3", "b")]),
        ("các điểm 1.1, 1.2 mục I", [("I", "1", "1"), ("I", "1", "2")]),
        ("khoản 1, khoản 2 phần IV", [("IV", "1"), ("IV", "2")]),
        ("khoản 2 Điều 5", [("điều 5", "2")]),
        ("phần thứ hai", [("II",)]),
        ("mục tiêu, điểm mạnh", []),
    ):
        assert paths(words) == expected, words


@pytest.mark.parametrize(
    ("clause", "section", "repeals"),
    [
        ("Thay thế điểm 1.1 khoản 1 mục A phần II như sau: “Kết nạp mới ít nhất 800 đoàn viên”.", "II.A.1.1", False),
        ("Điểm 1.1, khoản 1, mục A, phần II được sửa đổi như sau: “Kết nạp 800 đoàn viên”.", "II.A.1.1", False),
        ('Sửa đổi mục II.A.1.1 thành: "Kết nạp mới ít nhất 800 đoàn viên".', "II.A.1.1", False),
        ("Sửa đổi tiết b khoản 2 mục A phần II: Hỗ trợ sửa chữa 20 căn nhà.", "II.A.2.b", False),
        ("Bãi bỏ điểm 1.2 mục II.", "II.A.1.2", True),
        ("Bãi bỏ điểm a khoản 2 mục A phần II.", "II.A.2.a", True),
        ("Bỏ khoản 2 mục B phần II.", "II.B.2", True),
        ("Bãi bỏ mục B phần II.", "II.B", True),
    ],
)
def test_a_clause_that_names_no_plan_changes_the_one_of_the_title(
    opened: Open, clause: str, section: str, repeals: bool
) -> None:
    with opened(f"1. {clause}") as library:
        assert changes(library) == [("31-kh-ldld", section, repeals)]


def changes(library: Library) -> list[tuple[str, str, bool]]:
    def told(each: Amendment) -> tuple[str, str, bool]:
        return each.amended, each.section, each.repeals

    return [told(each) for each in amendments(library)]


@pytest.mark.parametrize(
    ("title", "points"),
    [
        ("Hoạt động sáu tháng cuối năm", "1. Đối với Kế hoạch số 31/KH-LĐLĐ:\n\na) Bãi bỏ điểm 1.2 khoản 1 mục II."),
        ("Hoạt động sáu tháng cuối năm", "1. Điều chỉnh Kế hoạch số 31/KH-LĐLĐ như sau:\n\n- Bãi bỏ điểm 1.2 mục II."),
        ("Điều chỉnh Kế hoạch công tác", "1. Bãi bỏ điểm 1.2 khoản 1 mục A phần II."),
    ],
    ids=["heading", "paragraph before", "only plan of the union"],
)
def test_the_plan_is_named_elsewhere(opened: Open, title: str, points: str) -> None:
    with opened(points, title=title) as library:
        assert changes(library) == [("31-kh-ldld", "II.A.1.2", True)]


def test_a_law_of_the_same_articles_is_no_plan_of_ours(opened: Open) -> None:
    with opened("1. Tuyên truyền Luật sửa đổi, bổ sung khoản 2 Điều 1 Luật Công đoàn.") as library:
        assert changes(library) == []


def test_new_words_of_several_paragraphs_stand_each_for_its_own(opened: Open) -> None:
    points = (
        "1. Thay thế khoản 1 mục A phần II như sau:\n\n“1.1. Kết nạp mới ít nhất 900 đoàn viên.\n\n"
        "1.2. Mỗi công đoàn cơ sở có ít nhất 05 sáng kiến.”\n\n2. Các nội dung khác không thay đổi."
    )
    with opened(points) as library:
        for question, new, old in (
            ("mỗi năm kết nạp mới bao nhiêu đoàn viên", "900", "640"),
            ("mỗi công đoàn cơ sở có mấy sáng kiến", "05", "03"),
        ):
            text = said(library, question)
            assert new in text
            assert old not in text
            assert "thay cho Kế hoạch 31/KH-LĐLĐ" in text
            assert "mục I.1." in text


def test_a_part_of_a_point_is_changed_and_the_rest_stands(opened: Open) -> None:
    clause = (
        "1. Sửa đổi khoản 1 phần III về thời hạn báo cáo quý như sau: "
        '"báo cáo kết quả hằng quý trước ngày 12 của tháng cuối quý".'
    )
    with opened(clause) as library:
        assert "ngày 12" in said(library, "báo cáo quý nộp trước ngày nào")
        assert "10/12" in said(library, "báo cáo năm nộp trước ngày nào")


def test_a_figure_is_changed_inside_its_clause(opened: Open) -> None:
    with opened("1. Thay cụm từ “640 đoàn viên” tại điểm 1.1 mục II thành “777 đoàn viên”.") as library:
        text = said(library, "mỗi năm kết nạp mới bao nhiêu đoàn viên")
        assert "777" in text
        assert "thay cho Kế hoạch 31/KH-LĐLĐ, mục II.A.1.1" in text
        assert "07" in said(library, "mỗi năm thành lập mới mấy công đoàn cơ sở")


def test_an_added_point_stands_under_the_heading_that_it_is_added_to(opened: Open) -> None:
    clause = "1. Bổ sung điểm c vào sau điểm b khoản 2 mục A phần II như sau: “c) Tổ chức 09 phiên chợ công nhân”."
    with opened(clause) as library:
        text = said(library, "mỗi năm tổ chức mấy phiên chợ công nhân")
        assert "09 phiên chợ" in text
        assert "Hằng năm" in text
        assert "thay cho" not in text
        assert "12 căn nhà" in said(library, "mỗi năm sửa chữa mấy căn nhà mái ấm")


@pytest.mark.parametrize(
    ("question", "gone"),
    [
        ("đến năm 2030 có bao nhiêu đoàn viên", "17.400"),
        ("đến năm 2030 bao nhiêu phần trăm doanh nghiệp ký thỏa ước", "78"),
        ("By 2030 how many members should the district have?", "17.400"),
    ],
)
def test_a_repealed_section_is_said_to_be(opened: Open, question: str, gone: str) -> None:
    with opened("1. Bãi bỏ mục B phần II.") as library:
        text = said(library, question)
        assert gone not in text
        assert "bãi bỏ" in text or "repealed" in text


@pytest.mark.parametrize(
    "effect",
    [
        "Kế hoạch này có hiệu lực từ ngày 01/10/2026.",
        "Kế hoạch này có hiệu lực thi hành kể từ ngày 01 tháng 10 năm 2026.",
        "Luật Công đoàn có hiệu lực từ ngày 01/7/2025. Kế hoạch này có hiệu lực kể từ ngày 01/10/2026.",
    ],
)
def test_the_old_figure_holds_until_the_day_of_effect(opened: Open, effect: str) -> None:
    points = f'1. Thay thế khoản 1 mục B phần II như sau:\n\n"1. Có 21.900 đoàn viên công đoàn."\n\n2. {effect}'
    with opened(points) as library:
        question = "đến năm 2030 có bao nhiêu đoàn viên"
        before, after = said(library, question, date(2026, 9, 30)), said(library, question, date(2026, 10, 1))
        assert "17.400" in before
        assert "21.900" not in before
        assert "21.900" in after
        assert "17.400" not in after


def test_of_two_later_changes_the_last_one_holds(opened: Open) -> None:
    first, second = (
        f"1. Thay thế khoản 1 mục B phần II như sau: “Có {n} đoàn viên công đoàn”." for n in ("18.000", "19.500")
    )
    with opened(first, second) as library:
        text = said(library, "đến năm 2030 có bao nhiêu đoàn viên")
        assert "19.500" in text
        assert not {"18.000", "17.400"} & set(text.split())
        assert "18.000" in said(library, "đến năm 2030 có bao nhiêu đoàn viên", date(2026, 6, 1))


def test_what_a_plan_changes_can_be_asked(opened: Open) -> None:
    points = "1. Thay thế khoản 1 mục B phần II như sau: “Có 19.500 đoàn viên công đoàn”.\n\n2. Bãi bỏ điểm 1.2 mục II."
    with opened(points) as library:
        for question in ("kế hoạch 60 thay đổi những gì", "What does plan 60 change?"):
            text = said(library, question)
            assert "19.500" in text
            assert "Bãi bỏ điểm 1.2" in text


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("khoản 1 mục B phần II kế hoạch 31 còn hiệu lực không", "thay cho Kế hoạch 31/KH-LĐLĐ", "17.400"),
        ("điểm 1.2 khoản 1 mục A phần II kế hoạch 31 còn hiệu lực không", "đã bị bãi bỏ", "03"),
        ("khoản 2 mục B phần II kế hoạch 31 nói gì", "78%", "thay cho"),
    ],
)
def test_a_point_can_be_asked_by_its_number(opened: Open, question: str, told: str, untold: str) -> None:
    points = "1. Thay thế khoản 1 mục B phần II như sau: “Có 19.500 đoàn viên công đoàn”.\n\n2. Bãi bỏ điểm 1.2 mục II."
    with opened(points) as library:
        text = said(library, question)
        assert told in text
        assert untold not in text


def test_a_word_processor_s_paragraphs_read_alike(tmp_path: Path) -> None:
    for name, text in (
        ("plan.docx", PLAN),
        (
            "change.docx",
            CHANGE.format(
                number=60,
                day="10 tháng 5",
                title=TITLE,
                points='1. Thay thế khoản 1 mục B phần II như sau:\n\n"1. Có 21.900 đoàn viên công đoàn."\n\n'
                "2. Bãi bỏ điểm 1.2 khoản 1 mục A phần II.",
            ),
        ),
    ):
        paper = docx.Document()
        for paragraph in text.split("\n\n"):
            paper.add_paragraph(paragraph)
        paper.save(str(tmp_path / name))
    documents = [each for name in ("plan.docx", "change.docx") for each in read_file(tmp_path / name)]
    with library_of(tmp_path, documents) as library:
        assert "21.900" in said(library, "By 2030 how many members should the district have?")
        assert "bãi bỏ" in said(library, "mỗi công đoàn cơ sở có mấy sáng kiến")
