"""Duties of twenty whole plans, and the ways of giving work that they taught the reader."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from knowledge import Document
from knowledge.duties import read_duties
from knowledge.obligations import read_obligations
from knowledge.reading import read_file, read_text
from knowledge.vietnamese import fold

PLANS = Path(__file__).parent / "documents" / "work"
LEAST_RECALL, LEAST_PRECISION = 0.97, 0.97

Row = dict[str, Any]


def _overlap(gold: str, ours: str) -> float:
    left, right = (Counter(re.findall(r"[0-9a-z%]+", fold(text))) for text in (gold, ours))
    return sum((left & right).values()) / max(1, min(sum(left.values()), sum(right.values())))


def _same(gold: Row, ours: Row) -> bool:
    named = not gold["actor"] or _overlap(gold["actor"], ours["actor"] or "") >= 0.6
    return bool(gold["file"] == ours["file"] and named and _overlap(gold["quote"], ours["quote"]) >= 0.8)


def _unpaired(gold: list[Row], ours: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of the first list that no row of the second answers, and what is left of the second."""
    free, missed = list(ours), []
    for row in gold:
        hit = next((one for one in free if _same(row, one)), None)
        if hit is None:
            missed.append(row)
        else:
            free.remove(hit)
    return missed, free


def _plan(*lines: str, part: str = "IV. TỔ CHỨC THỰC HIỆN") -> Document:
    (document,) = read_text("\n\n".join(["KẾ HOẠCH", "Công tác", part, *lines]), "plan.txt")
    return document


def _actors(document: Document) -> list[str | None]:
    return [duty.actor for duty in read_duties(document)]


def test_duties_of_whole_plans() -> None:
    rows = json.loads((PLANS / "duties.json").read_text(encoding="utf-8"))
    files = sorted({row["file"] for row in rows})
    documents = [document for file in files for document in read_file(PLANS / file)]
    read = [vars(duty) for document in documents for duty in read_duties(document)]
    missed, extra = _unpaired([row for row in rows if not row.get("optional")], read)
    _, extra = _unpaired([row for row in rows if row.get("optional")], extra)
    wanted = sum(not row.get("optional") for row in rows)
    assert len(missed) <= (1 - LEAST_RECALL) * wanted, [row["quote"] for row in missed]
    assert len(extra) <= (1 - LEAST_PRECISION) * len(read), [(row["actor"], row["quote"]) for row in extra]


@pytest.mark.parametrize(
    ("line", "actors"),
    [
        ("1. Các chi, đảng bộ cơ sở xây dựng kế hoạch; báo cáo Quận ủy.", ["Các chi, đảng bộ cơ sở"] * 2),
        ("1. Công đoàn cơ sở phân công cán bộ theo dõi bếp ăn.", ["Công đoàn cơ sở"]),
        ("1. Đảng ủy giao cho từng đồng chí ủy viên phụ trách một doanh nghiệp.", ["Đảng ủy"]),
        ("1. Đảng ủy giao Văn phòng theo dõi.", ["Văn phòng"]),
        ("1. Văn phòng chủ trì cụ thể hóa chỉ tiêu giao cho từng công đoàn cơ sở.", ["Văn phòng"]),
        ("1. Hội thi do Ban Nữ công chủ trì, tổ chức vào tháng 10.", ["Ban Nữ công"]),
        ("1. Đơn vị chủ trì: Ban Nữ công; phối hợp: Văn phòng.", ["Ban Nữ công", "Văn phòng"]),
        ("1. Khi nhà giáo bị xúc phạm danh dự, nhân phẩm, công đoàn trường lên tiếng bảo vệ.", ["công đoàn trường"]),
        ("1. Nhận được kế hoạch này, các tổ công đoàn phổ biến đến đoàn viên.", ["các tổ công đoàn"]),
        ("1. Trợ cấp đột xuất: tổ trưởng công đoàn lập giấy đề nghị.", ["tổ trưởng công đoàn"]),
        ("1. Ban Tuyên giáo - Nữ công dựng phóng sự về công nhân.", ["Ban Tuyên giáo - Nữ công"]),
        ("1. Nhân viên y tế mặc đúng trang phục.", ["Nhân viên y tế"]),
        ("1. Kính đề nghị Hiệu trưởng bố trí phòng sinh hoạt.", ["Hiệu trưởng"]),
        ("1. Thị đoàn, Hội Phụ nữ thị xã mở câu lạc bộ.", ["Thị đoàn, Hội Phụ nữ thị xã"]),
        ("1. Khi có ngừng việc, chủ tịch công đoàn gọi điện cho Thường trực.", ["chủ tịch công đoàn"]),
        (
            "1. Chi ủy định hướng nội dung sinh hoạt hằng tháng và Ban Chấp hành Công đoàn cụ thể hóa thành chuyên đề.",
            ["Chi ủy", "Ban Chấp hành Công đoàn"],
        ),
        ("1. Văn phòng phối hợp với Ban Nữ công và Ban Tổ chức tổ chức hội thi.", ["Văn phòng"]),
        ("1. Ban Tổ chức hướng dẫn công đoàn cơ sở và Ban Nữ công quần chúng tổ chức đại hội.", ["Ban Tổ chức"]),
        ("1. Văn phòng soạn thảo, ban hành kế hoạch và Quy chế phối hợp.", ["Văn phòng"]),
        ("1. Công đoàn phường xây dựng kế hoạch, phân công ủy viên phụ trách các cụm.", ["Công đoàn phường"]),
        ("1. Mỗi năm kiểm tra việc chấp hành pháp luật lao động, bảo hiểm xã hội tại 15 nơi.", []),
        ("1. Giao ban hằng tuần với công đoàn cơ sở.", []),
        ("1. Chủ tịch Ủy ban nhân dân có thể mời Chủ tịch công đoàn dự họp.", []),
        ("1. Huyện ủy tin tưởng các cấp công đoàn sẽ hoàn thành nhiệm vụ.", []),
        ("1. Các trường ở vùng khó khăn cần được quan tâm.", []),
        ("1. Đoàn viên kết hôn lần đầu được mừng 500.000 đồng.", []),
    ],
)
def test_who_is_given_work(line: str, actors: list[str]) -> None:
    assert _actors(_plan(line)) == actors


@pytest.mark.parametrize(
    ("heading", "lines", "actors"),
    [
        ("1. Trách nhiệm của Công đoàn xã", ["- Phản ánh nguyện vọng."], ["Công đoàn xã"]),
        ("1. Đối với cấp ủy các cấp", ["- Siết chặt kỷ luật sinh hoạt."], ["cấp ủy các cấp"]),
        ("1. Công đoàn xã:", ["- Xây dựng kế hoạch, phân công ủy viên phụ trách các tổ."], ["Công đoàn xã"]),
        ("1. Các tổ", ["- Phân công cán bộ giám sát bếp ăn.", "- Họp; đề nghị Ban Chấp hành trợ cấp."], ["Các tổ"] * 3),
        ("1. Văn phòng", ["- Thời gian: trong quý II.", "- Lo hậu cần; hoàn thành trước ngày 15/4."], ["Văn phòng"]),
        ("1. Về tổ chức", ["Các tổ có trách nhiệm:", "a) Họp tổ hằng quý.", "b) Ghi biên bản."], ["Các tổ"] * 2),
        ("1. Về nhà ở", ["Công đoàn tỉnh sẽ:", "- Khảo sát nhu cầu thuê nhà;"], ["Công đoàn tỉnh"]),
    ],
)
def test_whose_the_items_are(heading: str, lines: list[str], actors: list[str]) -> None:
    assert _actors(_plan("\n".join([heading, *lines]))) == actors


@pytest.mark.parametrize(
    ("line", "quotes"),
    [
        ("1. Văn phòng tổng hợp tình hình, kết quả thực hiện, báo cáo Thường trực trước ngày 05/12.", 1),
        ("1. Văn phòng là cơ quan thường trực, tổng hợp, báo cáo Thường trực.", 1),
        ("1. Văn phòng theo dõi, đôn đốc, định kỳ báo cáo Thường trực.", 2),
        ("1. Công đoàn cơ sở gửi báo cáo quý trước ngày 10, báo cáo năm trước ngày 28/11 về Văn phòng.", 1),
        ("1. Thường trực định kỳ nghe công đoàn báo cáo và cho chủ trương.", 1),
        ("1. Văn phòng nhắc các tổ gửi báo cáo, đưa tin hằng tuần.", 1),
    ],
)
def test_a_report_at_the_end_is_a_duty_besides_other_work_only(line: str, quotes: int) -> None:
    assert len(_actors(_plan(line))) == quotes


@pytest.mark.parametrize(
    ("part", "line", "actors"),
    [
        ("I. SỰ CẦN THIẾT", "1. Công đoàn cơ sở tổ chức 4 cuộc đối thoại.", []),
        ("I. MỤC ĐÍCH, YÊU CẦU", "1. Các cấp ủy phải gắn kế hoạch với nhiệm vụ chính trị.", []),
        ("I. QUAN ĐIỂM", "1. Nhà nước, doanh nghiệp và công đoàn cùng có trách nhiệm xây dựng quan hệ lao động.", []),
        ("II. NHIỆM VỤ", "1. Nắm tình hình doanh nghiệp\nBí thư chi bộ gặp chủ doanh nghiệp.", ["Bí thư chi bộ"]),
    ],
)
def test_a_part_says_whether_it_gives_work(part: str, line: str, actors: list[str]) -> None:
    assert _actors(_plan(line, part=part)) == actors


def test_a_cell_that_shares_out_a_task() -> None:
    document = _plan(
        "| TT | Hoạt động | Hạn | Phân công |\n"
        "| 1 | Giải bóng đá | 18/5 | Chủ trì: Liên đoàn Lao động thành phố; phối hợp: Trung tâm Văn hóa |"
    )
    read = [(duty.actor, duty.leads, duty.due) for duty in read_duties(document)]
    assert read == [("Liên đoàn Lao động thành phố", True, "18/5"), ("Trung tâm Văn hóa", False, "18/5")]


@pytest.mark.parametrize(
    ("table", "actors"),
    [
        ("| Đơn vị | Nhiệm vụ | Thời hạn |\n| Ban Tổ chức | Tham mưu sơ kết | Tháng 12 |", ["Ban Tổ chức"]),
        ("| Chức vụ | Công việc | Hạn |\n| Thủ quỹ | Thu đoàn phí | Ngày 10 |", ["Thủ quỹ"]),
        ("| Nội dung | Đơn vị | Năm 2025 |\n| Thành lập mới | Công đoàn cơ sở | 20 |", []),
    ],
)
def test_tables_that_give_tasks_and_tables_that_set_figures(table: str, actors: list[str]) -> None:
    assert _actors(_plan(table)) == actors


def test_words_that_only_say_by_when_belong_to_the_task_before_them() -> None:
    document = _plan("1. Văn phòng rà soát doanh nghiệp; hoàn thành trước ngày 30/4/2025.")
    assert [(duty.quote, duty.due) for duty in read_duties(document)] == [
        ("Văn phòng rà soát doanh nghiệp; hoàn thành trước ngày 30/4/2025.", "trước ngày 30/4/2025")
    ]


def test_the_reporter_stands_behind_the_occasion() -> None:
    document = _plan("1. Quá trình thực hiện có vướng mắc, các đơn vị báo cáo Ban Thường vụ (qua Văn phòng).")
    assert [(row.reporter, row.recipient, row.via) for row in read_obligations(document)] == [
        ("các đơn vị", "Ban Thường vụ", "Văn phòng")
    ]
