"""From files to documents: formats, sections, heads and feet, and files that cannot be read."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import WordFile, pdf

from knowledge import Document
from knowledge.extraction import extraction
from knowledge.layout import lines_of, paragraphs_of
from knowledge.reading import ReadingError, read_bytes, read_file, read_text
from knowledge.scans import repair, repair_all

DOCUMENTS = Path(__file__).parent / "documents"


def _one(*lines: str) -> Document:
    (document,) = read_text("\n".join(lines), "plan.txt")
    return document


def _sections(document: Document) -> list[tuple[str, str]]:
    return [(passage.section, passage.text) for passage in document.passages]


@pytest.mark.parametrize(
    ("lines", "sections"),
    [
        (["I. CHUNG", "1. Một", "- mục"], ["I", "I.1", "I.1"]),
        (
            ["II. MỤC TIÊU", "2. Giai đoạn", "2.1. Đến năm 2023", "2.2. Đến năm 2025"],
            ["II", "II.2", "II.2.1", "II.2.2"],
        ),
        (["II. CHỈ TIÊU", "1. Trực tiếp", "1.1- Có 80 nhà.", "1.2- Có 90 nhà."], ["II", "II.1", "II.1.1", "II.1.2"]),
        (["III. VIỆC", "1) Một", "a) Việc thứ nhất.", "b) Việc thứ hai."], ["III", "III.1", "III.1.a", "III.1.b"]),
        (["## **I. CHUNG**", "#### **1. Một**", "* mục"], ["I", "I.1", "I.1"]),
        (["l. MỤC ĐÍCH, YÊU CẦU", "Il. CHỈ TIÊU CHUNG"], ["I", "II"]),
        (
            ["PHẦN I", "ĐÁNH GIÁ", "1. Một", "PHẦN II", "MỤC TIÊU", "1. Một"],
            ["Phần I", "Phần I.1", "Phần II", "Phần II.1"],
        ),
        (["CHƯƠNG II", "TỔ CHỨC", "Điều 5. Thành viên", "1. Một."], ["Chương II", "Điều 5", "Điều 5.1"]),
        (["1. Một", "2. Hai"], ["1", "2"]),
        (
            ["II. CHỈ TIÊU", "A. Năm đầu", "1. Một", "B. Các năm sau", "1. Một", "III. VIỆC", "1. Một"],
            ["II", "II.A", "II.A.1", "II.B", "II.B.1", "III", "III.1"],
        ),
        (
            ["A. ĐÁNH GIÁ CHUNG", "I. KẾT QUẢ", "1. Một", "B. MỤC TIÊU NĂM TỚI", "I. CHUNG"],
            ["A", "A.I", "A.I.1", "B", "B.I"],
        ),
    ],
)
def test_sections_are_named_as_people_cite_them(lines: list[str], sections: list[str]) -> None:
    document = _one("KẾ HOẠCH", "Công tác công đoàn", *lines)
    assert [passage.section for passage in document.passages[1:]] == sections


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (["Phấn đấu có 80% trở lên đoàn viên ", "được tham gia học tập."], 1),
        (["- có tổ chức công", "", "đoàn. Phấn đấu"], 1),
        (["của Ban Thường vụ", "", "Huyện ủy.", "", "Mục mới."], 3),
        (["theo Chỉ thị số 01- ", "CT/TU của Tỉnh ủy."], 1),
        (["Kế hoạch số 149-KH/HU của", "", "Ban Thường vụ Huyện ủy"], 1),
        (["Câu một.", "Câu hai."], 2),
        (["1. Mục đích", "Tổ chức thực hiện."], 2),
        (["đảm bảo", "", "12", "", "tính thiết thực"], 1),
        (["- một,", "- hai."], 2),
    ],
)
def test_wrapped_lines_and_page_breaks_are_joined(lines: list[str], paragraphs: int) -> None:
    assert len(paragraphs_of(lines_of("\n".join(lines)))) == paragraphs


@pytest.mark.parametrize(
    ("scanned", "meant"),
    [
        ("Ke hoạch phối họp với công đoàn", "Kế hoạch phối hợp với công đoàn"),
        ("KÉ HOẠCH", "KẾ HOẠCH"),
        ("Cuộc họp giao ban của tô chức", "Cuộc họp giao ban của tổ chức"),
        ("trong tình hình m ới", "trong tình hình mới"),
        ("ủ y  ban nhân dân xã", "Ủy ban nhân dân xã"),
        ("bão đãm quyền lợi họp pháp", "bảo đảm quyền lợi hợp pháp"),
        ("quan điếm, phát triến đoàn viên", "quan điểm, phát triển đoàn viên"),
        ("TỔ CHỨC THựC HIỆN", "TỔ CHỨC THỰC HIỆN"),
        ("côngđoàn cơ sở", "công đoàn cơ sở"),
        ("có 1. 250 đoàn viên, 9O% trở lên", "có 1.250 đoàn viên, 90% trở lên"),
        ("kết nạp 4 5 đoàn viên", "kết nạp 45 đoàn viên"),
        ("Số: 10 /KH-UBND", "Số: 10/KH-UBND"),
        ("Chỉ thị số 49-KH/TU của Tỉnh ủy", "Chỉ thị số 49-KH/TU của Tỉnh ủy"),
        ("đồng chí Ngo Doãn Phúc, quận Ba Đình", "đồng chí Ngo Doãn Phúc, quận Ba Đình"),
        ("huyện Phú Riềng, tỉnh Đắk Lắk", "huyện Phú Riềng, tỉnh Đắk Lắk"),
        ("năm 2025 100% đoàn viên", "năm 2025 100% đoàn viên"),
    ],
)
def test_scanning_errors_are_repaired_and_names_are_left_alone(scanned: str, meant: str) -> None:
    assert repair(scanned) == meant


SCAN = [
    ("KÉ HOẠCH", "KẾ HOẠCH"),
    ("Nâng cao chất lượng họp tác xã và các đoàn thế", "Nâng cao chất lượng hợp tác xã và các đoàn thể"),
    ("Các tố chức công đoàn phối họp tố chức kiếm điếm", "Các tổ chức công đoàn phối hợp tổ chức kiểm điểm"),
    (
        "Đế chăm lo, công đoàn trao học bống; họp giao ban đế bàn",
        "Để chăm lo, công đoàn trao học bổng; họp giao ban để bàn",
    ),
    ("phát triến đoàn viên trong tình hình mói", "phát triển đoàn viên trong tình hình mới"),
    ("2. ủ y ban nhân dân xã triến khai", "2. Ủy ban nhân dân xã triển khai"),
]
TYPED = [
    "Mùa mưa bão, cơn bão số 5 làm sập nhà, tốc mái nhiều gia đình bà con ven biển.",
    "Khu nhà trọ có tủ sách, tủ lạnh dùng chung; buổi tối công nhân đến mượn sách, chơi cờ.",
    "Chị kể những ngày đen đủi đã qua; nhờ vay vốn, chị mở được sạp rau ngoài chợ.",
    "Suất ăn trị giá hai mươi lăm nghìn đồng; xưởng cưa phải che chắn máy cưa.",
    "Hằng tuần kéo co, nhảy bao bố; không để xảy ra tai nạn.",
    "Quỹ đạt 2 tỷ đồng; đế giày, dép cũ được thu gom.",
]


def test_a_scan_is_repaired_by_what_its_scanner_confuses() -> None:
    assert repair_all([scanned for scanned, _ in SCAN]) == [meant for _, meant in SCAN]


def test_what_people_typed_stays_whatever_it_is_about() -> None:
    assert repair_all(TYPED) == TYPED


def test_an_error_that_leaves_no_doubt_is_repaired_in_a_typed_document_too() -> None:
    assert repair_all([*TYPED, "Phân đầu đạt 80% đoàn viên"])[-1] == "Phấn đấu đạt 80% đoàn viên"


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("Hết năm 2027, 82% đoàn viên", "Hết năm 2027, 82% đoàn viên"),
        ("trong quý 2, 5% đơn vị", "trong quý 2, 5% đơn vị"),
        ("tỷ lệ đạt 97, 5% đoàn viên", "tỷ lệ đạt 97,5% đoàn viên"),
        ("tỷ lệ 97 ,5% đoàn viên", "tỷ lệ 97,5% đoàn viên"),
    ],
)
def test_a_comma_joins_only_the_digits_of_one_number(text: str, tidied: str) -> None:
    assert repair(text) == tidied


@pytest.mark.parametrize(
    ("foot", "signed"),
    [
        (["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(đã ký)", "L. T. B."], ("L. T. B.", "Phó Chủ tịch")),
        (["TM. BAN CHẤP HÀNH", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Đ.V.Q"], ("Đ.V.Q", "Phó Chủ tịch")),
        (["- Tổ chức.        T/M ĐẢNG ỦY", "- Chi bộ,       BÍ THƯ", "Hoàng Thị Tâm"], ("Hoàng Thị Tâm", "Bí thư")),
        (["T/M BAN THƯỜNG VỤ", "BÍ THƯ", "(ĐÃ KÝ)"], (None, "Bí thư")),
    ],
)
def test_who_signs_and_as_what(foot: list[str], signed: tuple[str | None, str]) -> None:
    document = _one("KẾ HOẠCH", "Công tác công đoàn", "I. CHUNG", "Nơi nhận:", "- Lưu.", *foot)
    assert (document.signer, document.signer_role) == signed


def test_an_office_takes_its_place_from_the_line_below() -> None:
    document = _one("ỦY BAN NHÂN DÂN", "PHƯỜNG HÒA AN", "Số: 9/KH-UBND", "", "KẾ HOẠCH", "Công tác", "I. CHUNG")
    assert document.issuer == "Ủy ban nhân dân phường Hòa An"


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        documents = read_text(text, "note.txt")
    except ReadingError:
        return
    assert extraction(documents)["documents"]


HEAD = [
    "LIÊN ĐOÀN LAO ĐỘNG TỈNH HẢI TRUNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 31/KH-LĐLĐ\tHải Trung, ngày 02 tháng 6 năm 2025",
    "KẾ HOẠCH",
    "Thực hiện công tác công đoàn giai đoạn 2025 - 2030",
    "Căn cứ Nghị quyết số 02-NQ/TW ngày 12/6/2021 của Bộ Chính trị; Ban Thường vụ Liên đoàn",
    "Lao động tỉnh xây dựng kế hoạch như sau:",
    "I. CHỈ TIÊU",
    "1. Đến năm 2027 có 52.000 đoàn viên; hằng năm thành lập mới từ 10 đến 15 công đoàn cơ",
    "sở ở doanh nghiệp có từ 25 lao động trở lên.",
]
FOOT = ["Nơi nhận:\tTM. BAN THƯỜNG VỤ", "- Tổng Liên đoàn;\tCHỦ TỊCH", "- Lưu: VT."]


def test_a_pdf_loses_its_running_lines_and_its_columns() -> None:
    running = "Kế hoạch 31/KH-LĐLĐ"
    pages = [
        [running, *HEAD, "1"],
        [
            running,
            "II. TỔ CHỨC THỰC HIỆN",
            "1. Văn phòng Liên đoàn Lao động tỉnh theo dõi, đôn đốc và định kỳ 6 tháng báo cáo Ban",
            "2",
        ],
        [running, "Thường vụ trước ngày 15/6.", *FOOT, "3"],
    ]
    (document,) = read_bytes(pdf(pages), "31.pdf")
    assert (document.number, document.issuer) == ("31/KH-LĐLĐ", "Liên đoàn Lao động tỉnh Hải Trung")
    assert (document.place, document.issued_on) == ("Hải Trung", date(2025, 6, 2))
    assert document.legal_bases == ("Nghị quyết số 02-NQ/TW ngày 12/6/2021 của Bộ Chính trị",)
    assert (document.recipients, document.signer_role) == (("Tổng Liên đoàn", "Lưu: VT"), "Chủ tịch")
    assert _sections(document)[5:] == [
        ("I", "I. CHỈ TIÊU"),
        (
            "I.1",
            "1. Đến năm 2027 có 52.000 đoàn viên; hằng năm thành lập mới từ 10 đến 15 công đoàn cơ sở ở doanh nghiệp "
            "có từ 25 lao động trở lên.",
        ),
        ("II", "II. TỔ CHỨC THỰC HIỆN"),
        (
            "II.1",
            "1. Văn phòng Liên đoàn Lao động tỉnh theo dõi, đôn đốc và định kỳ 6 tháng báo cáo Ban Thường vụ "
            "trước ngày 15/6.",
        ),
        ("", "Nơi nhận: - Tổng Liên đoàn; - Lưu: VT."),
        ("", "TM. BAN THƯỜNG VỤ, CHỦ TỊCH"),
    ]


def test_a_word_file_shows_the_numbers_that_only_word_knows() -> None:
    word = WordFile()
    word.table(
        [["HUYỆN ỦY SÔNG HINH", "ĐẢNG CỘNG SẢN VIỆT NAM"], ["Số 08-KH/HU", "Sông Hinh, ngày 12 tháng 01 năm 2025"]]
    )
    word.line("KẾ HOẠCH").line("Công tác dân vận").numbered("MỤC TIÊU", 0).numbered("Chung", 1).numbered("Chi tiết", 2)
    word.numbered("TỔ CHỨC THỰC HIỆN", 0).numbered("Văn phòng theo dõi.", 1)
    word.table([["Nơi nhận:\n- Tỉnh ủy;\n- Lưu.", "T/M BAN THƯỜNG VỤ\nBÍ THƯ"]])
    (document,) = read_bytes(word.content(), "08.docx")
    assert (document.number, document.issuer, document.signer_role) == ("08-KH/HU", "Huyện ủy Sông Hinh", "Bí thư")
    assert document.recipients == ("Tỉnh ủy", "Lưu")
    assert [(section, text) for section, text in _sections(document) if section] == [
        ("I", "I. MỤC TIÊU"),
        ("I.1", "1. Chung"),
        ("I.1.1", "1.1. Chi tiết"),
        ("II", "II. TỔ CHỨC THỰC HIỆN"),
        ("II.1", "1. Văn phòng theo dõi."),
    ]


def test_a_merged_heading_names_every_column_below_it() -> None:
    word = WordFile().line("KẾ HOẠCH").line("Giao chỉ tiêu").line("I. CHỈ TIÊU")
    word.table(
        [["Đơn vị", "Năm 2025", ""], ["", "Đoàn viên", "Nữ"], ["CĐCS Một", "20", "12"]], [(0, 1, 0, 2), (0, 0, 1, 0)]
    )
    (document,) = read_bytes(word.content(), "plan.docx")
    assert document.passages[-1].text == "Đơn vị: CĐCS Một | Năm 2025 – Đoàn viên: 20 | Năm 2025 – Nữ: 12"


def test_the_three_families_of_numbers() -> None:
    for line, number in (
        ("Số 43-KH/ĐU", "43-KH/ĐU"),
        ("Số: *10* /KH-UBND", "10/KH-UBND"),
        ("Số: 130/KH-LĐLĐ", "130/KH-LĐLĐ"),
        ("Số:      /KH-LĐLĐ", None),
    ):
        assert _one(line, "", "KẾ HOẠCH", "Công tác công đoàn", "I. MỤC TIÊU").number == number


def test_two_documents_in_one_file_are_two() -> None:
    first, second = read_file(DOCUMENTS / "raw" / "003_1db45ddc4c325995.txt")
    assert (first.number, second.number) == ("10/KH-UBND", "55-KH/QU")
    assert second.passages[0].text == "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI"


def test_what_a_scan_said_is_kept_beside_the_repair() -> None:
    (document,) = read_file(DOCUMENTS / "scan-xa.txt")
    passage = next(passage for passage in document.passages if passage.section == "III.1")
    assert "phối hợp với" in passage.text
    assert "phối họp với" in passage.original
    assert passage.last_line == passage.first_line + 1


def _package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([HEAD])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", lambda: b"", "empty"),
        ("a.txt", lambda: b"\n \n", "empty"),
        ("a.txt", lambda: b"---\n\n***\n", "empty"),
        ("a.txt", lambda: bytes(range(256)), "not_text"),
        ("a.txt", lambda: b"abc\x00def", "not_text"),
        ("a.txt", lambda: "chữ ".encode() * 200_000, "too_long"),
        ("a.txt", lambda: b"a" * 20_000_001, "too_large"),
        ("a.xlsx", lambda: _package({"xl/workbook.xml": b"<a/>"}), "unknown_format"),
        ("a.jpg", lambda: b"\xff\xd8\xff\xe0 picture", "unknown_format"),
        ("a.doc", lambda: OLE, "old_word"),
        ("a.docx", lambda: OLE, "encrypted"),
        ("a.docx", lambda: b"PK\x03\x04 nothing", "broken"),
        ("a.docx", lambda: _package({"word/document.xml": b"<a/>"}), "broken"),
        ("a.docx", lambda: _package({"word/document.xml": b" " * 70_000_000}), "unsafe"),
        ("a.docx", lambda: _package({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "unsafe"),
        ("a.docx", lambda: WordFile().content(), "no_text_layer"),
        ("a.pdf", lambda: pdf([["trang"]], text_layer=False), "no_text_layer"),
        ("a.pdf", lambda: pdf([HEAD])[:400], "broken"),
        ("a.pdf", lambda: pdf([["dòng"]] * 300), "too_long"),
        ("a.pdf", _encrypted_pdf, "encrypted"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(name: str, content: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(ReadingError, match=r"send|save|open") as caught:
        read_bytes(content(), name)
    assert (caught.value.reason, caught.value.file) == (reason, name)
