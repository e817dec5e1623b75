"""What documents are about, the years they span, the congresses and documents that they name, where they go to.

`FIRST` was written before a look at how such questions are answered; `SECOND` after these were.
"""

from datetime import date

import pytest

from knowledge import Answer
from tests.asking_room import asked
from tests.seen_questions import Libraries

TODAY = date(2026, 11, 22)
NOTHING: tuple[str, ...] = ()
Row = tuple[str, str, str, tuple[str, ...]]
"""A collection, the union that asks, the question, and what the words of the answer hold; `NOTHING` where the plans do
not say it."""

FIRST: tuple[Row, ...] = (
    ("shipped", "XA43-CS", "nq 02 của bct tên đầy đủ là j", ("Đổi mới tổ chức và hoạt động của Công đoàn Việt Nam",)),
    ("shipped", "XA43-CS", "kế hoạch 43 tên đầy đủ là gì", ("Thực hiện Nghị quyết số 02-NQ/TW",)),
    ("shipped", "XA43-CS", "Kế hoạch 103 của Huyện ủy nói về việc gì?", ("103-KH/HU", "Đổi mới tổ chức")),
    ("shipped", "XA43-CS", "quyet dinh 3169 noi ve chuyen gi", ("3169/QĐ-TLĐ", "tiêu chuẩn chức danh")),
    ("shipped", "BD-01", "kh của thành uỷ hn số mấy ngày mấy", ("35-KH/TU", "28/7/2021")),
    ("shipped", "BD-02", "chỉ thị 16 của thủ tướng về vấn đề gì", ("16/CT-TTg", "việc làm bền vững")),
    ("shipped", "BD-01", "Nghị quyết số 09-NQ/TU của Thành ủy nói về việc gì?", NOTHING),
    ("shipped", "DLK-BMT-01", "What is Decision 217 about?", ("217-QĐ/TW", "giám sát và phản biện xã hội")),
    ("shipped", "DLK", "chuong trinh 01 cua tinh uy noi ve viec gi", ("01-Ctr/TU", "lần thứ XVII")),
    ("shipped", "DLK", "Chương trình này thực hiện nghị quyết đại hội đảng toàn quốc lần thứ mấy?", ("XIII",)),
    ("shipped", "DLK-BMT-02", "dai hoi dang bo tinh lan thu may, nhiem ky nao", ("XVII", "2020")),
    ("shipped", "PR-01", "đại hội lđlđ huyện là đại hội lần thứ mấy", ("lần thứ II",)),
    ("shipped", "PR-02", "nghị quyết 02 ngày nào ban hành", ("12/6/2021",)),
    ("shipped", "T4-H1-01", "kế hoạch phát triển đoàn viên của tỉnh chạy từ năm nào tới năm nào", ("2023 - 2028",)),
    ("shipped", "T4", "Kế hoạch 130 của Liên đoàn Lao động tỉnh nói về việc gì?", ("130/KH-LĐLĐ", "22/12/2021")),
    ("shipped", "T4", "Which period does the provincial plan cover?", ("2023 - 2028",)),
    ("examination", "QT-HH-01", "kế hoạch 62 của tỉnh kéo dài tới năm nào", ("2024 - 2028",)),
    ("examination", "QT", "Kế hoạch 62 gửi lên đâu để báo cáo?", ("Thường trực Tỉnh ủy (để b/c)", "Tổng Liên đoàn")),
    ("examination", "QT", "ke hoach 62 can cu luat nao", ("Luật An toàn, vệ sinh lao động",)),
    ("examination", "ND", "chương trình 08 giai đoạn nào", ("2025 - 2030",)),
    ("examination", "ND", "nghị quyết 33 của tỉnh ủy về việc gì", ("33-NQ/TU", "chuyển đổi số")),
    ("examination", "ND-YY-01", "kế hoạch 118 được ký ở đâu", ("Ý Yên",)),
    ("examination", "LA", "Kế hoạch 41 căn cứ nghị quyết đại hội lần thứ mấy của Công đoàn Việt Nam?", ("XIII",)),
    ("examination2", "TN", "công văn 1192 noi ve gi", ("1192-CV/TU", "lãnh đạo thực hiện Nghị quyết Đại hội")),
    ("examination2", "TN-PY", "kh công tác công đoàn của thành phố đến khi nào hết", ("2025 - 2027",)),
    ("examination2", "HG-CTA", "Công văn 311 của UBND tỉnh nói về nội dung gì?", NOTHING),
    ("examination4", "DNG-TK-01", "kế hoạch của quận ủy gửi lên đâu báo cáo", ("Thường trực Thành ủy",)),
    ("examination4", "HT-KA-01", "Kế hoạch 134 căn cứ những luật nào?", ("Luật Công đoàn", "Luật Tổ chức chính quyền")),
    ("examination4", "PY", "dai hoi cong doan tinh lan thu may", ("lần thứ XI",)),
    (
        "examination4",
        "HT-KA-02",
        "kế hoạch của thị xã có mấy căn cứ pháp lý",
        ("Luật Công đoàn", "16/CT-TTg", "287/KH-UBND"),
    ),
)

SECOND: tuple[Row, ...] = (
    ("shipped", "BD-03", "nghi quyet 39 cua bo chinh tri noi ve van de gi", NOTHING),
    ("shipped", "DLK-BMT-03", "tên đầy đủ của chỉ thị 34 là gì", ("34-CT/TW", "đổi mới công tác thi đua, khen thưởng")),
    ("shipped", "DLK", "đại hội công đoàn việt nam lần thứ mấy", ("Công đoàn Việt Nam lần thứ XII",)),
    ("shipped", "PR", "kế hoạch 149 của huyện ủy về việc gì vậy", ("149-KH/HU", "20-CTr/TU")),
    ("shipped", "T4-H1-02", "cong van 405 cua tinh uy viet ve viec gi", ("405-CV/TU", "lãnh đạo thành lập")),
    ("examination3", "BDI-QN-01", "kế hoạch 94 làm trong mấy năm, giai đoạn nào", ("2025 - 2030",)),
    ("examination3", "BDI", "ke hoach 94 gui cho ai de phoi hop", ("Sở Lao động - Thương binh và Xã hội",)),
    (
        "examination3",
        "BDI-PC-01",
        "đại hội công đoàn cơ sở mình là đại hội lần thứ mấy, nhiệm kỳ nào",
        ("lần thứ IV", "2023"),
    ),
    (
        "examination3",
        "BDI-PC-01",
        "Hướng dẫn 03 của Liên đoàn Lao động huyện nói về gì?",
        ("trọng tâm công tác công đoàn",),
    ),
    ("examination3", "TG-CT-01", "kh của xã gửi lên đâu để báo cáo z", ("Ban Thường vụ Huyện ủy (b/c)",)),
    ("examination3", "BDI", "Until what year does the provincial plan run?", ("2025 - 2030",)),
    ("examination3", "BDI", "Kế hoạch 61 của Tỉnh ủy nói về việc gì?", NOTHING),
    ("examination3b", "LD-DT-01", "kế hoạch của tỉnh thực hiện nghị quyết đại hội công đoàn tỉnh lần thứ mấy", ("XI",)),
    ("examination3b", "CM-NC-01", "nghị quyết 11 của huyện ủy lãnh đạo về việc gì", ("lao động nghề biển",)),
    ("examination3b", "QN-CT-02", "ke hoach 08 keo dai den nam nao", ("2024 - 2027",)),
    ("examination3b", "LD-LS", "chỉ thị 18 của tỉnh uỷ là về chuyện gì", ("18-CT/TU", "tăng cường sự lãnh đạo")),
)


def _holds(found: Answer, wanted: tuple[str, ...]) -> bool:
    told = " ".join(finding.words for finding in found.findings)
    return all(words in told for words in wanted) if wanted else not found.findings


@pytest.mark.parametrize("row", (*FIRST, *SECOND), ids=lambda row: row[2])
def test_data_of_documents(libraries: Libraries, row: Row) -> None:
    collection, union, question, wanted = row
    found = asked(libraries.of(collection), union, question, TODAY)
    assert _holds(found, wanted), (found.outcome, found.kind, [finding.words for finding in found.findings])
