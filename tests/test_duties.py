"""Duties and reporting obligations: checked by hand on two real scans, and on documents of other places."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from knowledge import Document
from knowledge.actors import actor_of_heading, assigned
from knowledge.duties import read_duties, read_obligations
from knowledge.extraction import extraction
from knowledge.obligations import frequencies
from knowledge.reading import read_corpus, read_file, read_text
from knowledge.vietnamese import fold

DOCUMENTS = Path(__file__).parent / "documents"


def _overlap(gold: str, ours: str) -> float:
    left, right = (Counter(re.findall(r"[0-9a-z%]+", fold(text))) for text in (gold, ours))
    return sum((left & right).values()) / max(1, min(sum(left.values()), sum(right.values())))


def _unmatched(gold: list[dict[str, Any]], ours: list[dict[str, Any]], name: str) -> list[str]:
    """The quotes of checked rows that no row of ours answers; each of ours answers one."""
    free, missed = list(ours), []
    for row in gold:
        hit = next(
            (
                one
                for one in free
                if one["file"] == row["file"]
                and _overlap(row["quote"], one["quote"]) >= 0.8
                and (not row[name] or _overlap(row[name], one[name] or "") >= 0.6)
                and set(row.get("frequency", [])) <= set(one.get("frequency", ()))
            ),
            None,
        )
        if hit is None:
            missed.append(row["quote"])
        else:
            free.remove(hit)
    return missed


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    files = [*sorted((DOCUMENTS / "raw").glob("000*")), *sorted((DOCUMENTS / "raw").glob("002*"))]
    return extraction([document for path in files for document in read_file(path)])


@pytest.mark.parametrize(("kind", "name"), [("duties", "actor"), ("reporting", "recipient")])
def test_two_scans_as_people_checked_them(kind: str, name: str, read: dict[str, Any]) -> None:
    gold = json.loads((DOCUMENTS / "gold" / f"{kind}.json").read_text(encoding="utf-8"))
    assert _unmatched([row for row in gold if not row.get("optional")], read[kind], name) == []
    assert len(read[kind]) <= 1.2 * len(gold)


@pytest.mark.parametrize("document", read_corpus(), ids=lambda document: document.key)
def test_every_quote_stands_in_its_passage(document: Document) -> None:
    for row in (*read_duties(document), *read_obligations(document)):
        assert row.quote in document.passages[row.position].text


@pytest.mark.parametrize(
    ("clause", "actor"),
    [
        ("Đảng ủy xã nghiên cứu, quán triệt kế hoạch", "Đảng ủy xã"),
        ("Cán bộ Tổ chức Đảng ủy chủ trì, phối hợp với Công đoàn", "Cán bộ Tổ chức Đảng ủy"),
        ("Các công đoàn cơ sở: căn cứ kế hoạch này", "Các công đoàn cơ sở"),
        ("Đối với Công đoàn cơ sở chỉ đạo rà soát các chỉ tiêu", "Công đoàn cơ sở"),
        ("Đề nghị Liên đoàn Lao động quận phối hợp", "Liên đoàn Lao động quận"),
        ("Ủy ban nhân dân quận giao Phòng Nội vụ theo dõi", "Phòng Nội vụ"),
        ("Định kỳ hàng năm và khi cần thiết, Đảng ủy làm việc với Ban Chấp hành", "Đảng ủy"),
        (
            "Các phòng, ban, ngành và các tổ chức, doanh nghiệp triển khai",
            "Các phòng, ban, ngành và các tổ chức, doanh nghiệp",
        ),
        ("Các cấp ủy Đảng tổ chức phổ biến nghị quyết", "Các cấp ủy Đảng"),
        ("Văn phòng Huyện ủy là cơ quan thường trực, tổng hợp kết quả", "Văn phòng Huyện ủy"),
        ("Ban Dân vận là đầu mối theo dõi", "Ban Dân vận"),
        ("Phó Bí thư chi bộ mỗi quý gặp gỡ người lao động", "Phó Bí thư chi bộ"),
        ("Chuyên viên phụ trách tài chính theo dõi", "Chuyên viên phụ trách tài chính"),
        ("Ủy ban kiểm tra công đoàn cơ sở giám sát thu, chi", "Ủy ban kiểm tra công đoàn cơ sở"),
        ("Đề nghị Bảo hiểm xã hội huyện chia sẻ dữ liệu cho công đoàn", "Bảo hiểm xã hội huyện"),
        ("Doanh nghiệp đóng kinh phí bằng 2% quỹ lương, phải đúng hạn", "Doanh nghiệp"),
        ("Báo cáo quý: trước ngày 10, các tổ công đoàn gửi báo cáo", "các tổ công đoàn"),
        ("Cơ quan không thực hiện chỉ tiêu thì không được khen thưởng", None),
        ("Đơn vị chưa nộp báo cáo bị nhắc nhở", None),
        ("Các chi bộ lãnh đạo công đoàn cơ sở đổi mới hoạt động", "Các chi bộ"),
        ("Tổ chức tuyên truyền nghị quyết", None),
        ("Phòng ngừa, ngăn chặn vi phạm", None),
        ("Hội nghị triển khai trong quý I", None),
        ("Công đoàn cơ sở được sử dụng 75% kinh phí", None),
        ("Tăng cường kiểm tra, giám sát", None),
    ],
)
def test_who_a_clause_gives_work_to(clause: str, actor: str | None) -> None:
    found = assigned(clause)
    assert (found.actor if found else None) == actor


@pytest.mark.parametrize(
    ("heading", "actor"),
    [
        ("Giao Ban Tổ chức - Kiểm tra", "Ban Tổ chức - Kiểm tra"),
        ("Liên đoàn Lao động tỉnh", "Liên đoàn Lao động tỉnh"),
        ("Các Công đoàn cấp trên trực tiếp cơ sở", "Các Công đoàn cấp trên trực tiếp cơ sở"),
        ("NHIỆM VỤ, GIẢI PHÁP", None),
        ("Tổ chức thực hiện", None),
    ],
)
def test_who_a_heading_gives_work_to(heading: str, actor: str | None) -> None:
    assert actor_of_heading(heading) == actor


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("định kỳ báo cáo kết quả", ("periodic_unspecified",)),
        ("định kỳ hàng quý, 6 tháng, năm, báo cáo", ("quarterly", "semiannual", "annual")),
        ("định kỳ hằng năm (hoặc đột xuất) có báo cáo", ("annual", "ad_hoc")),
        ("báo cáo định kỳ, đột xuất", ("periodic_unspecified", "ad_hoc")),
        ("hằng tháng báo cáo", ("monthly",)),
        ("mỗi năm 02 lần báo cáo", ("semiannual",)),
        ("kịp thời báo cáo", ("promptly",)),
        ("báo cáo khi có yêu cầu", ("on_request",)),
        ("định kỳ báo cáo theo quy định", ("periodic_unspecified", "as_regulated")),
        ("tổng kết định kỳ 6 tháng, cả năm và giai đoạn", ("semiannual", "annual", "end_of_period")),
        ("báo cáo Ban Thường vụ", ("unspecified",)),
        ("báo cáo nhanh về Văn phòng trong 48 giờ", ("promptly",)),
        ("báo cáo ngay Ban Thường vụ", ("promptly",)),
        ("báo cáo quyết toán năm trước", ("annual",)),
        ("báo cáo dự toán trước ngày 15/9 năm sau", ("annual",)),
        ("Báo cáo tháng: gửi trước ngày 20", ("monthly",)),
        ("báo cáo trước ngày 12 của tháng cuối quý", ("quarterly",)),
        ("báo cáo trước ngày 10 của tháng đầu quý sau", ("quarterly",)),
        ("báo cáo chậm nhất ngày 05 của tháng kế tiếp", ("monthly",)),
        ("cuối mỗi học kỳ báo cáo Chi bộ", ("semiannual",)),
        ("định kỳ 6 tháng, 01 năm báo cáo", ("semiannual", "annual")),
        ("báo cáo năm 2025", ("unspecified",)),
    ],
)
def test_how_often(words: str, expected: tuple[str, ...]) -> None:
    assert frequencies(words) == expected


def _plan(*lines: str) -> Document:
    (document,) = read_text("\n\n".join(["KẾ HOẠCH", "Công tác", "I. TỔ CHỨC THỰC HIỆN", *lines]), "plan.txt")
    return document


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "1. Công đoàn cơ sở hằng quý báo cáo kết quả về Liên đoàn Lao động huyện qua Ban Tổ chức trước ngày 20.",
            [("Công đoàn cơ sở", "Liên đoàn Lao động huyện", "Ban Tổ chức", ("quarterly",), "trước ngày 20")],
        ),
        (
            "1. Trước ngày 25 Ban Chấp hành báo cáo công đoàn cấp trên.",
            [("Ban Chấp hành", "công đoàn cấp trên", None, ("unspecified",), "Trước ngày 25")],
        ),
        (
            "1. Kết quả thực hiện gửi về Ban Tổ chức (qua email) trước ngày 15/12 hằng năm.",
            [(None, "Ban Tổ chức", None, ("annual",), "trước ngày 15/12 hằng năm")],
        ),
        (
            "1. Ban Nữ công báo cáo kết quả với Ban Chấp hành chậm nhất sau 05 ngày làm việc.",
            [("Ban Nữ công", "Ban Chấp hành", None, ("unspecified",), "chậm nhất sau 05 ngày làm việc")],
        ),
        (
            "1. Các phòng định kỳ hằng năm có báo cáo gửi UBND quận qua (phòng Nội vụ) để tổng hợp, báo cáo Quận ủy.",
            [
                ("Các phòng", "UBND quận", "phòng Nội vụ", ("annual",), None),
                ("phòng Nội vụ", "Quận ủy", None, ("unspecified",), None),
            ],
        ),
        (
            "1. Khi có đình công, các công đoàn cơ sở kịp thời báo cáo Liên đoàn Lao động huyện.",
            [("các công đoàn cơ sở", "Liên đoàn Lao động huyện", None, ("promptly",), None)],
        ),
        (
            "1. Khi có tai nạn, chủ tịch công đoàn cơ sở báo cáo ngay Thường trực Công đoàn ngành qua điện thoại.",
            [("chủ tịch công đoàn cơ sở", "Thường trực Công đoàn ngành", None, ("promptly",), None)],
        ),
        (
            "1. Báo cáo tài chính năm: Kế toán công đoàn nộp báo cáo tài chính về Ban Tài chính trước 20/01 năm sau.",
            [("Kế toán công đoàn", "Ban Tài chính", None, ("annual",), "trước 20/01 năm sau")],
        ),
        (
            "1. Các phòng báo cáo 6 tháng chậm nhất ngày 05/6 và báo cáo năm trước ngày 05/12 qua phần mềm.",
            [("Các phòng", None, None, ("semiannual", "annual"), "chậm nhất ngày 05/6; trước ngày 05/12")],
        ),
        ("1. Đơn vị chậm nộp báo cáo thì không xét thi đua.", []),
        ("1. CHẾ ĐỘ THÔNG TIN, BÁO CÁO", []),
        ("1. Đảng ủy hằng năm nghe báo cáo về công tác công đoàn.", []),
        ("1. Ban Tuyên giáo bồi dưỡng báo cáo viên.", []),
    ],
)
def test_who_reports_to_whom(line: str, expected: list[tuple[object, ...]]) -> None:
    read = [(row.reporter, row.recipient, row.via, row.frequency, row.due) for row in read_obligations(_plan(line))]
    assert read == expected


def test_items_under_a_heading_are_for_the_one_it_names() -> None:
    document = _plan("1. Giao Văn phòng", "- Chủ trì tổng hợp.", "- Hướng dẫn dự toán; trình trước ngày 15/3/2026.")
    assert [(duty.actor, duty.leads, duty.due) for duty in read_duties(document)] == [
        ("Văn phòng", True, None),
        ("Văn phòng", False, None),
        ("Văn phòng", False, "trước ngày 15/3/2026"),
    ]


def test_items_under_a_line_that_opens_a_list_are_for_the_one_it_names() -> None:
    document = _plan(
        "1. Chế độ báo cáo",
        "Các nghiệp đoàn:",
        "- Hằng tháng báo cáo Công đoàn ngành trước ngày 25;",
        "Ban Tài chính có trách nhiệm:",
        "- Lập dự toán:",
        "+ Trình Ban Thường vụ trước ngày 15/3.",
        "Phụ cấp theo quy định.",
        "- Chi đúng chế độ.",
    )
    assert [(duty.actor, duty.quote) for duty in read_duties(document)] == [
        ("Các nghiệp đoàn", "Hằng tháng báo cáo Công đoàn ngành trước ngày 25"),
        ("Ban Tài chính", "Trình Ban Thường vụ trước ngày 15/3."),
    ]
    assert [(row.reporter, row.frequency) for row in read_obligations(document)] == [("Các nghiệp đoàn", ("monthly",))]


def test_a_standing_office_leads() -> None:
    document = _plan("1. Phòng Nội vụ là đầu mối.", "2. Phòng Y tế phối hợp với cơ quan đầu mối.")
    assert [(duty.actor, duty.leads) for duty in read_duties(document)] == [
        ("Phòng Nội vụ", True),
        ("Phòng Y tế", False),
    ]


def test_the_head_and_the_foot_give_nobody_work() -> None:
    document = _plan("1. Văn phòng theo dõi.", "Nơi nhận:", "- Ban Tổ chức (để báo cáo);", "TM. BAN THƯỜNG VỤ")
    assert [duty.actor for duty in read_duties(document)] == ["Văn phòng"]
    assert read_obligations(document) == ()


def test_a_table_of_tasks_says_who_leads_and_who_takes_part() -> None:
    document = _plan(
        "| TT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành |\n"
        "| 1 | Khảo sát doanh nghiệp | Ban Tổ chức | Ban Chính sách | Tháng 3/2025 |"
    )
    assert [(duty.actor, duty.leads, duty.due) for duty in read_duties(document)] == [
        ("Ban Tổ chức", True, "Tháng 3/2025"),
        ("Ban Chính sách", False, "Tháng 3/2025"),
    ]


def test_reports_of_a_provincial_union_plan() -> None:
    (document,) = read_file(DOCUMENTS / "15-kh-ldld.txt")
    read = [(row.section, row.reporter, row.recipient, row.frequency) for row in read_obligations(document)]
    assert read == [
        ("IV.1", "Ban Tổ chức - Kiểm tra", "Thường trực Liên đoàn Lao động tỉnh", ("monthly",)),
        ("IV.2", "Ban Tài chính", "Thường trực Liên đoàn Lao động tỉnh", ("ad_hoc", "on_request")),
        (
            "IV.3.b",
            "Liên đoàn Lao động các huyện, thị xã và tương đương",
            "Liên đoàn Lao động tỉnh",
            ("quarterly", "semiannual", "annual"),
        ),
        ("IV.4", "công đoàn cơ sở trực thuộc", "Liên đoàn Lao động tỉnh", ("promptly",)),
    ]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("I. QUAN ĐIỂM", "1. Công đoàn là tổ chức chính trị - xã hội rộng lớn của giai cấp công nhân."),
        ("I. QUAN ĐIỂM", "1. Các cấp công đoàn phát huy vai trò đại diện, chăm lo đoàn viên."),
        ("I. MỤC TIÊU", "1. Công đoàn cơ sở giới thiệu từ 1-3 đoàn viên ưu tú cho Đảng xem xét, kết nạp."),
        ("II. KẾT QUẢ", "1. Công đoàn cơ sở tổ chức 12 cuộc đối thoại."),
        ("III. NHIỆM VỤ", "1. Năm 2024, các công đoàn cơ sở đã tổ chức 15 lớp tập huấn."),
        ("III. NHIỆM VỤ", "1. Một số công đoàn cơ sở còn lúng túng trong tổ chức hoạt động."),
        ("III. NHIỆM VỤ", "1. Cán bộ công đoàn là người đại diện cho đoàn viên."),
        ("III. NHIỆM VỤ", "1. Nếu doanh nghiệp không đóng kinh phí."),
        ("IV. KINH PHÍ", "1. Công đoàn cơ sở sử dụng nguồn kinh phí được để lại."),
        ("V. TỔ CHỨC THỰC HIỆN", "1. Kinh phí: công đoàn cơ sở tự cân đối từ nguồn tài chính công đoàn."),
        ("V. TỔ CHỨC THỰC HIỆN", "1. Kế hoạch này được phổ biến đến các công đoàn cơ sở."),
        ("V. TỔ CHỨC THỰC HIỆN", "1. Liên đoàn Lao động huyện Yên Mô: 1.200 đoàn viên."),
        ("V. CHỈ TIÊU", "| Nội dung | Lộ trình thực hiện năm 2026 |\n| Kết nạp đoàn viên | 28.500 |"),
    ],
)
def test_aims_views_results_definitions_conditions_and_money_are_no_duties(heading: str, line: str) -> None:
    (document,) = read_text(f"KẾ HOẠCH\nCông tác công đoàn\n\n{heading}\n{line}", "plan.txt")
    assert read_duties(document) == ()


@pytest.mark.parametrize(
    ("heading", "line", "actor"),
    [
        ("I. QUAN ĐIỂM", "1. Cấp ủy phải lãnh đạo công tác công đoàn.", "Cấp ủy"),
        ("I. MỤC TIÊU", "1. Công đoàn cơ sở phối hợp với chuyên môn đào tạo nghề.", "Công đoàn cơ sở"),
        ("III. NHIỆM VỤ", "1. Ban Nữ công (sau đây gọi tắt là Ban) chủ động xây dựng quy chế.", "Ban Nữ công"),
        ("III. NHIỆM VỤ", "1. Công đoàn cơ sở thực hiện nhiệm vụ đã được giao.", "Công đoàn cơ sở"),
        ("III. NHIỆM VỤ", "1. Công đoàn cơ sở tự cân đối, bố trí cán bộ.", "Công đoàn cơ sở"),
        (
            "V. TỔ CHỨC THỰC HIỆN",
            "1. Các đơn vị được giao chỉ tiêu\n- Xây dựng kế hoạch.",
            "Các đơn vị được giao chỉ tiêu",
        ),
    ],
)
def test_work_is_a_duty_wherever_it_is_asked_for(heading: str, line: str, actor: str) -> None:
    (document,) = read_text(f"KẾ HOẠCH\nCông tác công đoàn\n\n{heading}\n{line}", "plan.txt")
    assert [duty.actor for duty in read_duties(document)][:1] == [actor]
