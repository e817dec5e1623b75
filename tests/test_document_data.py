"""What documents are about, the years they span, the congresses and documents that they name, where they go to.

`FIRST` was written before a look at how such questions are answered; `SECOND` after these were.
"""

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.app import ORGANISATION, read_organisation
from knowledge import Answer, Document
from knowledge.answers import answer
from knowledge.index import Library, build_index, open_index
from knowledge.reading import read_corpus, read_file

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
EXAMINATIONS = {
    "first": "examination",
    "second": "examination2",
    "third": "examination3",
    "third-b": "examination3b",
    "fourth": "examination4",
}

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
    ("first", "QT-HH-01", "kế hoạch 62 của tỉnh kéo dài tới năm nào", ("2024 - 2028",)),
    ("first", "QT", "Kế hoạch 62 gửi lên đâu để báo cáo?", ("Thường trực Tỉnh ủy (để b/c)", "Tổng Liên đoàn")),
    ("first", "QT", "ke hoach 62 can cu luat nao", ("Luật An toàn, vệ sinh lao động",)),
    ("first", "ND", "chương trình 08 giai đoạn nào", ("2025 - 2030",)),
    ("first", "ND", "nghị quyết 33 của tỉnh ủy về việc gì", ("33-NQ/TU", "chuyển đổi số")),
    ("first", "ND-YY-01", "kế hoạch 118 được ký ở đâu", ("Ý Yên",)),
    ("first", "LA", "Kế hoạch 41 căn cứ nghị quyết đại hội lần thứ mấy của Công đoàn Việt Nam?", ("XIII",)),
    ("second", "TN", "công văn 1192 noi ve gi", ("1192-CV/TU", "lãnh đạo thực hiện Nghị quyết Đại hội")),
    ("second", "TN-PY", "kh công tác công đoàn của thành phố đến khi nào hết", ("2025 - 2027",)),
    ("second", "HG-CTA", "Công văn 311 của UBND tỉnh nói về nội dung gì?", NOTHING),
    ("fourth", "DNG-TK-01", "kế hoạch của quận ủy gửi lên đâu báo cáo", ("Thường trực Thành ủy",)),
    ("fourth", "HT-KA-01", "Kế hoạch 134 căn cứ những luật nào?", ("Luật Công đoàn", "Luật Tổ chức chính quyền")),
    ("fourth", "PY", "dai hoi cong doan tinh lan thu may", ("lần thứ XI",)),
    ("fourth", "HT-KA-02", "kế hoạch của thị xã có mấy căn cứ pháp lý", ("Luật Công đoàn", "16/CT-TTg", "287/KH-UBND")),
)

SECOND: tuple[Row, ...] = (
    ("shipped", "BD-03", "nghi quyet 39 cua bo chinh tri noi ve van de gi", NOTHING),
    ("shipped", "DLK-BMT-03", "tên đầy đủ của chỉ thị 34 là gì", ("34-CT/TW", "đổi mới công tác thi đua, khen thưởng")),
    ("shipped", "DLK", "đại hội công đoàn việt nam lần thứ mấy", ("Công đoàn Việt Nam lần thứ XII",)),
    ("shipped", "PR", "kế hoạch 149 của huyện ủy về việc gì vậy", ("149-KH/HU", "20-CTr/TU")),
    ("shipped", "T4-H1-02", "cong van 405 cua tinh uy viet ve viec gi", ("405-CV/TU", "lãnh đạo thành lập")),
    ("third", "BDI-QN-01", "kế hoạch 94 làm trong mấy năm, giai đoạn nào", ("2025 - 2030",)),
    ("third", "BDI", "ke hoach 94 gui cho ai de phoi hop", ("Sở Lao động - Thương binh và Xã hội",)),
    ("third", "BDI-PC-01", "đại hội công đoàn cơ sở mình là đại hội lần thứ mấy, nhiệm kỳ nào", ("lần thứ IV", "2023")),
    ("third", "BDI-PC-01", "Hướng dẫn 03 của Liên đoàn Lao động huyện nói về gì?", ("trọng tâm công tác công đoàn",)),
    ("third", "TG-CT-01", "kh của xã gửi lên đâu để báo cáo z", ("Ban Thường vụ Huyện ủy (b/c)",)),
    ("third", "BDI", "Until what year does the provincial plan run?", ("2025 - 2030",)),
    ("third", "BDI", "Kế hoạch 61 của Tỉnh ủy nói về việc gì?", NOTHING),
    ("third-b", "LD-DT-01", "kế hoạch của tỉnh thực hiện nghị quyết đại hội công đoàn tỉnh lần thứ mấy", ("XI",)),
    ("third-b", "CM-NC-01", "nghị quyết 11 của huyện ủy lãnh đạo về việc gì", ("lao động nghề biển",)),
    ("third-b", "QN-CT-02", "ke hoach 08 keo dai den nam nao", ("2024 - 2027",)),
    ("third-b", "LD-LS", "chỉ thị 18 của tỉnh uỷ là về chuyện gì", ("18-CT/TU", "tăng cường sự lãnh đạo")),
)


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Library]]:
    """The shipped documents and those of five examinations, each with its organisation."""
    folder = tmp_path_factory.mktemp("document-data")
    with ExitStack() as opened:
        build_index(folder / "shipped", read_corpus(), read_organisation(ORGANISATION))
        for name, exam in EXAMINATIONS.items():
            build_index(folder / name, _own_documents(HERE / exam), read_organisation(HERE / exam / "organisation.csv"))
        yield {name: opened.enter_context(open_index(folder / name)) for name in ("shipped", *EXAMINATIONS)}


def _own_documents(folder: Path) -> Iterator[Document]:
    with (folder / "organisation.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for name in filter(None, row["documents"].split(";")):
                for document in read_file(folder / "documents" / name):
                    yield replace(document, scope=row["code"])


def _ask(library: Library, union: str, question: str) -> Answer:
    return answer(library, question, union=union, chain=library.chain(union), today=TODAY)


def _holds(found: Answer, wanted: tuple[str, ...]) -> bool:
    told = " ".join(finding.words for finding in found.findings)
    return all(words in told for words in wanted) if wanted else not found.findings


@pytest.mark.parametrize("row", (*FIRST, *SECOND), ids=lambda row: row[2])
def test_data_of_documents(libraries: dict[str, Library], row: Row) -> None:
    collection, union, question, wanted = row
    found = _ask(libraries[collection], union, question)
    assert _holds(found, wanted), (found.outcome, found.kind, [finding.words for finding in found.findings])
