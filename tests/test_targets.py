"""Targets: checked by hand on two real scans, and on documents of other places made for these tests."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from knowledge import Document, Target
from knowledge.extraction import extraction
from knowledge.reading import read_corpus, read_file, read_text
from knowledge.targets import read_targets
from knowledge.vietnamese import fold

DOCUMENTS = Path(__file__).parent / "documents"
ALIKE = [{"=", "maintain"}, {"meet_or_exceed", "=", ">="}, {"all", "="}, {"deadline", "<="}]


def _overlap(gold: str, ours: str) -> float:
    left, right = (Counter(re.findall(r"[0-9a-z%]+", fold(text))) for text in (gold, ours))
    return sum((left & right).values()) / max(1, min(sum(left.values()), sum(right.values())))


def _same(gold: dict[str, Any], ours: dict[str, Any]) -> bool:
    compared = {gold["comparator"], ours["comparator"]}
    return (
        gold["file"] == ours["file"]
        and gold["value"] == ours["value"]
        and str(gold["period"]) == str(ours["period"])
        and (len(compared) == 1 or any(compared <= group for group in ALIKE))
        and _overlap(gold["quote"], ours["quote"]) >= 0.8
    )


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    files = [*sorted((DOCUMENTS / "raw").glob("000*")), *sorted((DOCUMENTS / "raw").glob("002*"))]
    return extraction([document for path in files for document in read_file(path)])


def test_targets_of_two_scans_as_people_checked_them(read: dict[str, Any]) -> None:
    gold = json.loads((DOCUMENTS / "gold" / "targets.json").read_text(encoding="utf-8"))
    free = list(read["targets"])
    for row in gold:
        hit = next((ours for ours in free if _same(row, ours)), None)
        assert hit is not None or row.get("optional"), row["quote"]
        if hit is not None:
            free.remove(hit)
    assert [row["quote"] for row in free] == []


def test_the_extraction_is_plain_json(read: dict[str, Any]) -> None:
    again = json.loads(json.dumps(read, ensure_ascii=False))
    assert set(again) == {"documents", "targets", "duties", "reporting"}
    assert {row["value"] for row in again["targets"] if isinstance(row["value"], int)} >= {3100, 4500, 80}


@pytest.mark.parametrize("document", read_corpus(), ids=lambda document: document.key)
def test_every_quote_stands_in_its_passage_and_holds_its_figure(document: Document) -> None:
    for target in read_targets(document):
        assert target.quote in document.passages[target.position].text
        assert all(part in target.quote for part in target.value_text.split())


def _plan(*lines: str, title: str = "Công tác công đoàn") -> Document:
    (document,) = read_text("\n\n".join(["KẾ HOẠCH", title, "I. CHỈ TIÊU", *lines]), "plan.txt")
    return document


def _short(target: Target) -> tuple[object, ...]:
    return (target.comparator, target.value, target.unit, target.period)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("- Đến năm 2026: có khoảng 1.200 đoàn viên.", [("~", 1200, "members", "2026")]),
        ("- Đến cuối năm 2027, kết nạp ít nhất 150 đoàn viên.", [(">=", 150, "members", "2027")]),
        ("- Từ 95% trở lên cán bộ được tập huấn.", [(">=", 95, "percent", None)]),
        ("- Trên 95% cán bộ được tập huấn.", [(">", 95, "percent", None)]),
        ("- Không quá 3% đơn vị nợ kinh phí.", [("<=", 3, "percent", None)]),
        ("- Dưới 2% đơn vị nợ kinh phí.", [("<", 2, "percent", None)]),
        ("- Duy trì tỷ lệ đoàn viên ở mức 98,5%.", [("maintain", 98.5, "percent", None)]),
        ("- Hằng năm thành lập từ 3 đến 5 công đoàn cơ sở.", [("range", (3, 5), "unions", "annual")]),
        ("- Ít nhất 2/3 số đơn vị ký thỏa ước.", [(">=", 66.67, "percent", None)]),
        ("- Hầu hết doanh nghiệp có từ 25 lao động trở lên có công đoàn.", [("most", None, "percent", None)]),
        ("- 100% doanh nghiệp có 30 đoàn viên trở lên ký thỏa ước.", [("=", 100, "percent", None)]),
        ("- Thu kinh phí hàng năm đạt và vượt dự toán.", [("meet_or_exceed", None, "quota", "annual")]),
        ("- Phấn đấu công đoàn cơ sở đạt loại hoàn thành tốt nhiệm vụ.", [("=", None, "rating", None)]),
        ("- Hằng quý, mỗi đơn vị tổ chức 01 buổi đối thoại.", [("=", 1, "times", "quarterly")]),
        ("- Vận động quỹ 1,5 tỷ đồng.", [("=", 1.5, "billion_dong", None)]),
        ("- Kiện toàn tổ chức, hoàn thành trước ngày 30/6/2026.", [("deadline", None, "date", "2026-06-30")]),
        (
            "- Đến năm 2025 có 4.000 đoàn viên, hầu hết lao động là đoàn viên; mỗi năm giới thiệu 20 đoàn viên ưu tú.",
            [("=", 4000, "members", "2025"), ("most", None, "percent", "2025"), ("=", 20, "persons", "annual")],
        ),
        (
            "- Trên 95% doanh nghiệp Nhà nước, trên 75% doanh nghiệp khác tổ chức hội nghị người lao động.",
            [(">", 95, "percent", None), (">", 75, "percent", None)],
        ),
        (
            "- Hàng năm, từ 90% công đoàn cấp trên và 85% công đoàn cơ sở hoàn thành tốt nhiệm vụ.",
            [(">=", 90, "percent", "annual"), (">=", 85, "percent", "annual")],
        ),
        (
            "- Năm 2024 đã kết nạp 300 đoàn viên; năm 2025 kết nạp 350 đoàn viên.",
            [("=", 350, "members", "2025")],
        ),
        ("- Đến năm 2029, 64% tổ công đoàn tự quản.", [("=", 64, "percent", "2029")]),
        ("- Năm 2028,64% cán bộ được tập huấn.", [("=", 64, "percent", "2028")]),
        ("- Công đoàn cơ sở kết nạp từ 4-6 đoàn viên.", [("range", (4, 6), "members", None)]),
        ("- Mỗi chi đoàn, đơn vị có từ 3 đến 5 đoàn viên ưu tú.", [("range", (3, 5), "persons", None)]),
        ("- 70% doanh nghiệp từ 10 đến dưới 25 lao động lập công đoàn.", [("=", 70, "percent", None)]),
        ("- 90% đơn vị có từ 15 nữ lao động trở lên lắp đặt phòng vắt sữa.", [("=", 90, "percent", None)]),
        ("- 95% trường có từ 3 điểm lẻ trở lên tổ chức đối thoại.", [("=", 95, "percent", None)]),
        (
            "- 100% công đoàn cơ sở có từ 2 đề tài trở lên.",
            [("=", 100, "percent", None), (">=", 2, "initiatives", None)],
        ),
        (
            "- Đa số doanh nghiệp thưởng Tết cho người lao động không thấp hơn 700.000 đồng.",
            [("most", None, "percent", None), (">=", 700_000, "dong", None)],
        ),
        ("- Hầu hết (trên 85%) đoàn viên được học tập nghị quyết.", [(">", 85, "percent", None)]),
        ("- Phần lớn, từ 80% trở lên, đơn vị có quy chế dân chủ.", [(">=", 80, "percent", None)]),
        ("- Vận động hiến tối thiểu 150 đơn vị máu.", [(">=", 150, "blood_units", None)]),
        ("- 35% ủy viên ban chấp hành dưới 45 tuổi.", [("=", 35, "percent", None)]),
        ("- Mở 03 lớp bồi dưỡng.", [("=", 3, "classes", None)]),
        ("- Trao 40 suất học bổng, mỗi suất 2 triệu đồng.", [("=", 40, "grants", None)]),
        ("- Trên 500 lượt công nhân được tư vấn.", [(">", 500, "persons", None)]),
        (
            "- Năm 2026 đạt 50%, năm 2027 đạt 60% đoàn viên dùng thẻ điện tử.",
            [("=", 50, "percent", "2026"), ("=", 60, "percent", "2027")],
        ),
        (
            "- Năm 2025: 80 %, năm 2026: 85 %, đến 2028: 95 % đoàn viên dùng thẻ điện tử.",
            [("=", 80, "percent", "2025"), ("=", 85, "percent", "2026"), ("=", 95, "percent", "2028")],
        ),
        (
            "- Kết nạp đoàn viên: năm 2025: 1.250, năm 2026: 1,300, năm 2027: 1 350 người.",
            [("=", 1250, "members", "2025"), ("=", 1300, "members", "2026"), ("=", 1350, "members", "2027")],
        ),
        (
            "- Mỗi năm kết nạp 1.250 đoàn viên mới, thu kinh phí công đoàn đạt 98,5 % dự toán.",
            [("=", 1250, "members", "annual"), ("=", 98.5, "percent", "annual")],
        ),
        ("- Số sáng kiến năm 2026 tăng gấp đôi so với năm 2023.", [("=", None, "multiple", "2026")]),
        ("- Không để xảy ra tai nạn lao động chết người.", [("=", None, "none", None)]),
        ("- Từ 70 % đến 75 % nữ đoàn viên giỏi việc nước.", [("range", (70, 75), "percent", None)]),
        ("- Hết nhiệm kỳ 2023 - 2028 có trên 90 % cán bộ được tập huấn.", [(">", 90, "percent", "2023-2028")]),
        ("- Tỷ lệ ký thỏa ước từ 80 % lên 85 %.", [("=", 85, "percent", None)]),
        ("- Kết nạp 1.500 đoàn viên, tăng 5 % so với năm 2025.", [("=", 1500, "members", None)]),
        ("- Hỗ trợ 20 - 25 trường hợp, mức 5.000.000đ/trường hợp.", [("range", (20, 25), "count", None)]),
        ("- Vận động 500 triệu; thu 1.250.000.000đ.", [("=", 500, "million_dong", None), ("=", 1.25e9, "dong", None)]),
        ("- Không dưới 95 % đơn vị công khai tài chính.", [(">=", 95, "percent", None)]),
        ("- Chuyển đổi số 100% hồ sơ đoàn viên.", [("=", 100, "percent", None)]),
        ("- Giải quyết dứt điểm 95% kiến nghị trở lên.", [(">=", 95, "percent", None)]),
        ("- Ít nhất 9/10 doanh nghiệp có thỏa ước.", [(">=", 90, "percent", None)]),
        ("- Mỗi siêu thị có 02 phòng nghỉ giữa ca.", [("=", 2, "count", None)]),
        ("- Hằng năm tổ chức 03 chương trình văn nghệ.", [("=", 3, "count", "annual")]),
        ("- Làm việc với 14 phòng, ban của huyện.", []),
        (
            "- Mỗi năm, 100% đơn vị tổ chức ít nhất một cuộc đối thoại.",
            [("=", 100, "percent", "annual"), (">=", 1, "times", "annual")],
        ),
        (
            "- 100% tổ công đoàn họp không dưới hai lần.",
            [("=", 100, "percent", None), (">=", 2, "times", None)],
        ),
        (
            "- Tại mỗi khu công nghiệp có từ 5.000 lao động trở lên xây dựng 01 thiết chế công đoàn.",
            [("=", 1, "count", None)],
        ),
        ("- Hoàn thành trước ngày 20 của tháng cuối quý.", []),
        ("- Triển khai 10 chương trình công tác tại 14 phường theo Nghị quyết số 02-NQ/TW ngày 12/6/2021.", []),
    ],
)
def test_what_a_sentence_asks_for(sentence: str, expected: list[tuple[object, ...]]) -> None:
    assert [_short(target) for target in read_targets(_plan(sentence))] == expected


def test_a_provincial_union_plan() -> None:
    (document,) = read_file(DOCUMENTS / "15-kh-ldld.txt")
    assert [(target.section, target.indicator, *_short(target)) for target in read_targets(document)] == [
        ("II.1", "new_members", ">=", 3500, "members", "2026"),
        ("II.1", "unions_founded", ">=", 12, "unions", "2026"),
        ("II.1", "unions_founded", "=", 8, "unions", "2026"),
        ("II.1", "member_share", "=", 92.5, "percent", "2026"),
        ("II.1", "digital", "=", 100, "percent", "2026-06-30"),
        ("II.2.a", "collective_agreements", ">=", 66.67, "percent", "2026"),
        ("II.2.a", "agreement_quality", "<=", 5, "percent", "2026"),
        ("II.2.b", "dialogue", ">=", 1, "times", "quarterly"),
        ("II.2.c", "other", "=", 1.2, "billion_dong", "2026"),
        ("II.2.c", "housing", "range", (15, 20), "houses", "2026"),
        ("II.2.d", "legal_advice", "most", None, "percent", "2026"),
        ("II.3.1", "finance_collected", "meet_or_exceed", None, "quota", "2026"),
        ("II.3.1", "finance_collected", ">", 98, "percent", "2026"),
        ("II.3.2", "union_rating", "=", 90, "percent", "2026"),
        ("II.3.2", "union_rating", "<", 2, "percent", "2026"),
        ("III.1", "other", ">=", 4, "times", "2026"),
        ("III.2", "other", "deadline", None, "date", "2026-05-15"),
    ]


def test_a_resolution_with_parts_looks_back_without_targets_and_forward_with_them() -> None:
    (document,) = read_file(DOCUMENTS / "nghi-quyet-cong-doan-nganh.md")
    assert [(target.section, target.indicator, *_short(target)) for target in read_targets(document)] == [
        ("Phần II.2.1", "learning", ">", 95, "percent", "annual"),
        ("Phần II.2.1", "conferences", "=", 100, "percent", "annual"),
        ("Phần II.2.1", "dialogue", ">=", 80, "percent", "annual"),
        ("Phần II.2.1", "party_introduced", ">=", 2, "persons", "annual"),
        ("Phần II.2.2", "members", "~", 10500, "members", "2025-2030"),
        ("Phần II.2.2", "member_share", "maintain", 99, "percent", "2025-2030"),
        ("Phần II.2.2", "finance_collected", "=", 5, "percent", "annual"),
        ("Phần II.2.2", "other", ">=", 60, "percent", "2025-2030"),
        ("Phần II.2.2", "digital", "=", 75, "percent", "2028"),
        ("Phần III.1", "other", "deadline", None, "date", "2026-Q1"),
    ]


def test_a_noisy_scan_of_another_commune() -> None:
    (document,) = read_file(DOCUMENTS / "scan-xa.txt")
    assert [(target.section, target.indicator, *_short(target)) for target in read_targets(document)] == [
        ("II.1", "new_members", "=", 45, "members", "2023"),
        ("II.1", "learning", ">=", 90, "percent", "2023"),
        ("II.1", "finance_collected", ">=", 95, "percent", "2023"),
        ("II.2", "members", "=", 1250, "members", "2025"),
        ("II.2", "collective_agreements", ">", 85, "percent", "2025"),
        ("II.2", "party_introduced", ">=", 2, "persons", "annual"),
    ]


def test_a_ward_plan_with_a_coordination_programme() -> None:
    (document,) = read_file(DOCUMENTS / "77-kh-ubnd.txt")
    assert [(target.section, *_short(target)) for target in read_targets(document)] == [
        ("I.2.1", "=", 100, "percent", "2024"),
        ("I.2.1", "=", 95, "percent", "2024"),
        ("I.2.2", ">=", 3, "unions", "2024"),
        ("I.2.2", "=", 60, "members", "2024"),
        ("I.2.2", "=", 25, "members", "2024"),
        ("I.2.3", "=", 10, "percent", "2024"),
        ("I.2.3", "=", None, "none", "2024"),
        ("I.2.4", "=", 2, "times", "2024"),
        ("I.2.4", ">", 150, "grants", "2024"),
        ("I.2.5", "=", 85, "percent", "2024"),
        ("I.2.5", "=", 90, "percent", "2025"),
        ("II.1", ">=", 80, "percent", "2024"),
        ("II.1", ">=", 1, "persons", "quarterly"),
        ("II.2", "=", 5, "houses", "2024-Q3"),
        ("III.2", "deadline", None, "date", "2024-05-30"),
    ]


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("1. Đến năm 2027", "2027"),
        ("1. Mục tiêu hằng năm", "annual"),
        ("1. Giai đoạn 2026 - 2030", "2026-2030"),
        ("1. Chỉ tiêu khác", "2029"),
    ],
)
def test_a_clause_without_a_period_takes_that_of_its_heading_or_title(heading: str, period: str) -> None:
    document = _plan(heading, "- Kết nạp 20 đoàn viên.", title="Công tác công đoàn năm 2029")
    assert [target.period for target in read_targets(document)] == [period]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Công tác năm 2026 của Liên đoàn Lao động huyện", "2026"),
        ("Hoạt động năm 2026 và giao chỉ tiêu cho công đoàn cơ sở", "2026"),
        ("Công tác giai đoạn 2026-2030, định hướng đến năm 2035", "2026-2030"),
        ("Phát triển đoàn viên đến năm 2030, tầm nhìn đến năm 2045", "2030"),
        ("Công tác năm học 2025 - 2026", "2025-2026"),
        ("Công tác quý II năm 2026", "2026-Q2"),
        ("Tổng kết công tác năm 2025, phương hướng nhiệm vụ năm 2026", "2026"),
        ("Triển khai Luật Công đoàn năm 2024 trên địa bàn xã", None),
        ("Thực hiện Nghị quyết năm 2025 của Công đoàn tỉnh", None),
    ],
)
def test_a_title_says_for_when_a_plan_is(title: str, period: str | None) -> None:
    assert [target.period for target in read_targets(_plan("1. Kết nạp 120 đoàn viên.", title=title))] == [period]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("85% (năm 2026: 80%) công đoàn cơ sở đạt vững mạnh.", [(85, "2026-2030"), (80, "2026")]),
        ("Số đoàn viên: 15.200 người (năm 2026), 16.000 người (năm 2027).", [(15_200, "2026"), (16_000, "2027")]),
    ],
)
def test_several_figures_of_one_thing(line: str, expected: list[tuple[float, str]]) -> None:
    targets = list(read_targets(_plan(f"1. {line}", title="Công tác giai đoạn 2026 - 2030")))
    assert [(target.value, target.period) for target in targets] == expected
    assert len({(target.indicator, target.unit) for target in targets}) == 1


def test_a_part_in_brackets_is_of_the_same_thing() -> None:
    document = _plan(
        "- Kết nạp 900 đoàn viên (trong đó ngoài nhà nước 600 đoàn viên).", "- Ký thỏa ước: 70% (trong đó 30% loại A)."
    )
    assert [(target.indicator, target.value, target.label) for target in read_targets(document)] == [
        ("new_members", 900, "Kết nạp đoàn viên"),
        ("new_members", 600, "Ngoài nhà nước đoàn viên"),
        ("collective_agreements", 70, "Ký thỏa ước"),
        ("collective_agreements", 30, "Loại A"),
    ]


def test_a_label_is_the_topic_where_only_figures_follow() -> None:
    document = _plan("- Tỷ lệ đơn vị nộp kinh phí đúng hạn: 70% (năm 2026), 80% (năm 2027).")
    assert [(target.label, target.value, target.period) for target in read_targets(document)] == [
        ("Tỷ lệ đơn vị nộp kinh phí đúng hạn", 70, "2026"),
        ("Tỷ lệ đơn vị nộp kinh phí đúng hạn", 80, "2027"),
    ]


def test_two_figures_for_one_thing_keep_one_label() -> None:
    document = _plan("- Phấn đấu 80% trở lên đơn vị ký thỏa ước lao động tập thể; đến năm 2025 đạt tỷ lệ trên 75%.")
    first, second = read_targets(document)
    assert first.label == second.label == "Đơn vị ký thỏa ước lao động tập thể"
    assert second.quote.startswith("Phấn đấu 80% trở lên")


def test_a_row_of_years_has_one_label() -> None:
    document = _plan("- Tỷ lệ đơn vị xếp loại tốt năm 2025: 80 %, năm 2026: 85 %, đến năm 2028: 95 % trở lên.")
    assert {target.label for target in read_targets(document)} == {"Tỷ lệ đơn vị xếp loại tốt"}


def test_a_term_named_with_its_years_is_not_the_stage_of_the_title() -> None:
    plan = _plan(
        "1. Đến hết nhiệm kỳ 2023 - 2028, toàn tỉnh có 74.600 đoàn viên.",
        "Đến hết nhiệm kỳ, ít nhất 93% doanh nghiệp thành lập được công đoàn cơ sở.",
        title="Về phát triển đoàn viên giai đoạn 2024 - 2028",
    )
    assert [target.period for target in read_targets(plan)] == ["2023-2028", "2023-2028"]
