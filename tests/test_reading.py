"""From files to documents: formats, sections, heads and feet, and files that cannot be read."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import Document
from knowledge.extraction import extraction
from knowledge.layout import lines_of, paragraphs_of
from knowledge.reading import ReadingError, read_file, read_text
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
            ["Phần thứ hai", "PHƯƠNG HƯỚNG", "Mục 1", "CHỈ TIÊU", "Điều 1. Một", "a) Một;", "Mục 2", "VIỆC"],
            ["Phần thứ hai", "Phần thứ hai.Mục 1", "Điều 1", "Điều 1.a", "Mục 2"],
        ),
        (["Chương II", "VIỆC", "Mục 1", "CHUNG", "1. Một"], ["Chương II", "Chương II.Mục 1", "Chương II.Mục 1.1"]),
        (["I CHUNG", "1 Mục đích", "• mục", "+ mục", "2 Yêu cầu"], ["I", "I.1", "I.1", "I.1", "I.2"]),
        (
            ["I/ VIỆC", "1/ Một", "2- Hai", "a.1) Việc.", "(1) Việc.", "(b) Việc.", "ii) Việc."],
            ["I", "I.1", "I.2", "I.2.a.1", "I.2.(1)", "I.2.(b)", "I.2.ii"],
        ),
        (["III. VIỆC", "l. Khối vận chủ trì.", "2. Hai"], ["III", "III.1", "III.2"]),
        (["III. VIỆC", "1. Một", "k) Việc.", "l) Việc."], ["III", "III.1", "III.1.k", "III.1.l"]),
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
        (["1. Ban Tổ chức Huyện ủy theo dõi, đôn đốc việc thực", "hiện; báo cáo Ban", "Thường vụ Huyện ủy."], 2),
        (
            [
                "1. Ban Tổ chức Huyện ủy theo dõi, đôn đốc việc thực hiện kế hoạch và tham mưu việc",
                "sơ kết, tổng kết; hằng năm tổng hợp tình hình, kết quả, báo cáo Ban",
                "Thường vụ Huyện ủy.",
            ],
            1,
        ),
        (["đảm bảo", "", "12", "", "tính thiết thực"], 1),
        (["- một,", "- hai."], 2),
        (["2. Các công đoàn cơ sở báo cáo kết quả về Công đoàn ngành hằng năm.", "Nghị quyết này được thông qua."], 2),
        (["Theo đề nghị của Ban Tổ chức,", "QUYẾT ĐỊNH:"], 2),
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
        ("Đen năm 2030, 95 , 5 % đoàn viên", "Đến năm 2030, 95,5 % đoàn viên"),
        ("tóc đen, năm sau", "tóc đen, năm sau"),
        ("tổ chức 0l cuộc", "tổ chức 01 cuộc"),
        ("II. CHỈ TlÊU, NHlỆM VỤ", "II. CHỈ TIÊU, NHIỆM VỤ"),
        ("Công ty Alpha, ông Vlad", "Công ty Alpha, ông Vlad"),
        ("thu 1 250 000 000 đồng", "thu 1.250.000.000 đồng"),
        ("lần lượt 210 230 250 người", "lần lượt 210 230 250 người"),
        ("kết nạp 2.5OO đoàn viên", "kết nạp 2.500 đoàn viên"),
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
    "Tổ chức cuộc họp mỗi quý; họp báo, hội họp, kỳ họp thứ hai; nhóm họp chi bộ; phòng họp hợp tác xã.",
]


def test_a_scan_is_repaired_by_what_its_scanner_confuses() -> None:
    assert repair_all([scanned for scanned, _ in SCAN]) == [meant for _, meant in SCAN]


def test_what_people_typed_stays_whatever_it_is_about() -> None:
    assert repair_all(TYPED) == TYPED


def test_an_error_that_leaves_no_doubt_is_repaired_in_a_typed_document_too() -> None:
    for written, meant in (
        ("Phân đầu đạt 80% đoàn viên", "Phấn đấu đạt 80% đoàn viên"),
        (
            "Tập họp công nhân, tổng họp báo cáo, trường họp khó khăn",
            "Tập hợp công nhân, tổng hợp báo cáo, trường hợp khó khăn",
        ),
    ):
        assert repair_all([*TYPED, written])[-1] == meant


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


def test_head_and_foot_in_two_columns_of_a_typed_page() -> None:
    document = _one(
        "CÔNG ĐOÀN NGÀNH Y TẾ          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỈNH KIM SƠN                     Độc lập - Tự do - Hạnh phúc",
        "Số: 05/NQ-CĐYT                 Kim Sơn, ngày 5 tháng 3 năm 2024",
        "",
        "NGHỊ QUYẾT",
        "Đại hội Công đoàn ngành nhiệm kỳ 2023 - 2028",
        "",
        "Đại hội Công đoàn ngành Y tế (sau đây gọi tắt là Đại hội)",
        "QUYẾT NGHỊ:",
        "I. CHUNG",
        "Nơi nhận:                          T/M BAN CHẤP HÀNH",
        "- LĐLĐ tỉnh;                            CHỦ TỊCH",
        "- Lưu: VP.                           Lê Thị Hoa",
    )
    assert (document.issuer, document.place) == ("Công đoàn ngành Y tế tỉnh Kim Sơn", "Kim Sơn")
    assert document.title == "Đại hội Công đoàn ngành nhiệm kỳ 2023 - 2028"
    assert (document.recipients, document.signer) == (("LĐLĐ tỉnh", "Lưu: VP"), "Lê Thị Hoa")


def test_a_decision_names_its_bases_and_not_its_own_body() -> None:
    document = _one(
        *("LIÊN ĐOÀN LAO ĐỘNG TỈNH KIM SƠN", "QUYẾT ĐỊNH", "Về việc giao chỉ tiêu năm 2026", ""),
        *("BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG TỈNH", "", "Căn cứ Điều lệ Công đoàn Việt Nam;"),
        *("Theo đề nghị của Ban Tổ chức,", "QUYẾT ĐỊNH:", "Điều 1. Giao chỉ tiêu."),
    )
    assert document.title == "Về việc giao chỉ tiêu năm 2026"
    assert document.legal_bases == ("Điều lệ Công đoàn Việt Nam", "đề nghị của Ban Tổ chức")


def test_an_office_takes_its_place_from_the_line_below() -> None:
    document = _one("ỦY BAN NHÂN DÂN", "PHƯỜNG HÒA AN", "Số: 9/KH-UBND", "", "KẾ HOẠCH", "Công tác", "I. CHUNG")
    assert document.issuer == "Ủy ban nhân dân phường Hòa An"


@pytest.mark.parametrize(
    ("office", "issuer"),
    [
        ("UBND PHƯỜNG HÒA LẠC", "Ủy ban nhân dân phường Hòa Lạc"),
        ("LĐLĐ HUYỆN AN BIÊN", "Liên đoàn Lao động huyện An Biên"),
        ("CĐCS CÔNG TY MAY HỒNG", "Công đoàn cơ sở Công ty May Hồng"),
    ],
)
def test_an_office_in_short_is_spelled_out(office: str, issuer: str) -> None:
    document = _one("LĐLĐ TỈNH HẢI TRUNG", office, "Số: 9/KH-LĐLĐ", "", "KẾ HOẠCH", "Công tác", "I. CHUNG")
    assert document.issuer == issuer


def test_an_office_takes_the_rest_of_its_name_from_the_line_below() -> None:
    document = _one("LIÊN ĐOÀN LAO ĐỘNG HUYỆN", "AN BIÊN", "Số: 9/KH-LĐLĐ", "", "KẾ HOẠCH", "Công tác", "I. CHUNG")
    assert document.issuer == "Liên đoàn Lao động huyện An Biên"


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        documents = read_text(text, "note.txt")
    except ReadingError:
        return
    assert extraction(documents)["documents"]


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


def test_a_plan_that_is_attached_to_a_decision_takes_its_issuer_from_there() -> None:
    decision, plan = read_text(
        "\n".join(
            [
                *(
                    "CÔNG ĐOÀN CÁC KHU CÔNG NGHIỆP",
                    "Số: 15/QĐ-CĐKCN",
                    "",
                    "QUYẾT ĐỊNH",
                    "Về việc ban hành Kế hoạch",
                    "",
                ),
                *("Điều 1. Ban hành Kế hoạch.", "Nơi nhận:", "- Lưu.", "TM. BAN THƯỜNG VỤ", "", "KẾ HOẠCH"),
                *("Phát triển đoàn viên năm 2026", "(Ban hành kèm theo Quyết định số 15/QĐ-CĐKCN ngày 10/02/2026 của"),
                *("Công đoàn các Khu công nghiệp)", "", "I. MỤC TIÊU", "1. Kết nạp 5 đoàn viên."),
            ]
        ),
        "plan.txt",
    )
    assert (decision.kind, decision.number) == ("Quyết định", "15/QĐ-CĐKCN")
    assert (plan.title, plan.number) == ("Phát triển đoàn viên năm 2026", None)
    assert (plan.issuer, plan.issued_on) == ("Công đoàn các Khu công nghiệp", date(2026, 2, 10))


def test_a_running_header_and_letters_of_old_fonts_leave_no_trace() -> None:
    document = _one(
        *("ÐẢNG ỦY XÃ GIA HÒA", "Số 33-KH/ÐU", "KẾ HOẠCH", "Thực hiện công tác công đoàn", "", "Kế hoạch số 33-KH/ÐU"),
        *(
            "I. CHUNG",
            "1. Các ðoàn viên ðƣợc tuyên truyền về Kế hoạch của Ban",
            "",
            "Kế hoạch số 33-KH/ÐU",
            "Trang 2/5",
        ),
        *("", "Chấp hành."),
    )
    assert (document.number, document.title) == ("33-KH/ĐU", "Thực hiện công tác công đoàn")
    assert "được tuyên truyền" in document.passages[-2].text
    assert all("33-KH" not in passage.text for passage in document.passages[3:])
