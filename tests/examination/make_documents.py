"""Writes the documents of the examination that are no plain text: two .docx with tables, one .pdf with a text layer.

    python tests/examination/make_documents.py

The words are those of the lists below; run it again after changing them.
"""

from pathlib import Path

from docx import Document
from docx.table import Table

FOLDER = Path(__file__).parent / "documents"

LONG_AN_HEAD = (
    "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
    "LIÊN ĐOÀN LAO ĐỘNG TỈNH LONG AN",
    "Số: 41/KH-LĐLĐ",
    "Long An, ngày 24 tháng 12 năm 2024",
    "KẾ HOẠCH",
    "Phát triển đoàn viên, nâng cao chất lượng hoạt động công đoàn cơ sở giai đoạn 2025 - 2028",
    "Thực hiện Nghị quyết Đại hội XIII Công đoàn Việt Nam, Ban Thường vụ Liên đoàn Lao động tỉnh Long An xây dựng "
    "Kế hoạch như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Tập trung phát triển đoàn viên trong các khu, cụm công nghiệp của tỉnh.",
    "2. Các cấp công đoàn giao chỉ tiêu cụ thể cho từng đơn vị.",
    "II. CHỈ TIÊU",
    "1. Chỉ tiêu theo từng năm được quy định như sau:",
)
LONG_AN_TABLE = (
    ("TT", "Chỉ tiêu", "Đơn vị tính", "Lộ trình thực hiện", "", "", ""),
    ("", "", "", "Năm 2025", "Năm 2026", "Năm 2027", "Năm 2028"),
    ("1", "Tổng số đoàn viên công đoàn", "người", "285.000", "292.500", "301.000", "310.000"),
    ("2", "Số công đoàn cơ sở thành lập mới", "đơn vị", "40", "45", "50", "55"),
    ("3", "Tỷ lệ doanh nghiệp có công đoàn ký kết thỏa ước lao động tập thể", "%", "78", "80", "82", "84"),
    (
        "4",
        "Tỷ lệ công đoàn cơ sở hoàn thành tốt nhiệm vụ trở lên",
        "%",
        "từ 80 trở lên",
        "từ 82 trở lên",
        "từ 83 trở lên",
        "từ 86 trở lên",
    ),
    ("5", "Tỷ lệ thu kinh phí công đoàn khu vực doanh nghiệp", "%", "90", "91", "92", "93"),
)
LONG_AN_TAIL = (
    "2. Hằng năm, 100% doanh nghiệp có từ 200 lao động trở lên tổ chức đối thoại định kỳ tại nơi làm việc.",
    "3. Đến năm 2028, giải ngân ít nhất 45 tỷ đồng vốn vay ưu đãi cho công nhân từ Quỹ trợ vốn CEP.",
    "III. NHIỆM VỤ, GIẢI PHÁP",
    "1. Vận động thành lập công đoàn trong doanh nghiệp",
    "- Lập bản đồ số doanh nghiệp chưa có công đoàn theo từng khu công nghiệp; phân công cán bộ phụ trách từng doanh "
    "nghiệp.",
    "- Thưởng 2.000.000 đồng cho tập thể vận động thành lập được một công đoàn cơ sở có từ 50 đoàn viên trở lên.",
    "2. Tư vấn pháp luật và giải quyết tranh chấp lao động",
    "- Văn phòng tư vấn pháp luật công đoàn tỉnh tổ chức tư vấn lưu động tại khu nhà trọ vào tối thứ năm hằng tuần.",
    "IV. TỔ CHỨC THỰC HIỆN",
    "1. Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh chủ trì, theo dõi tiến độ phát triển đoàn viên, công bố bảng "
    "xếp hạng các đơn vị vào ngày 28 hằng tháng.",
    "2. Ban Tài chính tham mưu cân đối kinh phí khen thưởng phát triển đoàn viên.",
    "3. Liên đoàn Lao động các huyện, thị xã, thành phố, công đoàn ngành báo cáo kết quả phát triển đoàn viên về Liên "
    "đoàn Lao động tỉnh (qua Ban Tổ chức - Kiểm tra) trước ngày 18 hằng tháng.",
    "Nơi nhận:",
    "- Tổng Liên đoàn Lao động Việt Nam;",
    "- Liên đoàn Lao động các huyện, thị xã, thành phố;",
    "- Lưu: VT, TC-KT.",
    "TM. BAN THƯỜNG VỤ",
    "CHỦ TỊCH",
    "(đã ký)",
)

BEN_LUC_HEAD = (
    "LIÊN ĐOÀN LAO ĐỘNG TỈNH LONG AN",
    "LIÊN ĐOÀN LAO ĐỘNG HUYỆN BẾN LỨC",
    "Số: 12/KH-LĐLĐ",
    "Bến Lức, ngày 30 tháng 9 năm 2025",
    "KẾ HOẠCH",
    "Giao chỉ tiêu công tác công đoàn năm 2026",
    "Căn cứ Kế hoạch số 41/KH-LĐLĐ ngày 24/12/2024 của Liên đoàn Lao động tỉnh Long An, Ban Thường vụ Liên đoàn Lao "
    "động huyện Bến Lức giao chỉ tiêu năm 2026 cho các công đoàn cơ sở như sau:",
    "I. CHỈ TIÊU CHUNG TOÀN HUYỆN",
    "1. Năm 2026, toàn huyện kết nạp mới ít nhất 1.850 đoàn viên công đoàn.",
    "2. Năm 2026, 75% trở lên doanh nghiệp có tổ chức công đoàn ký kết thỏa ước lao động tập thể.",
    "3. Năm 2026, toàn huyện có ít nhất 120 sáng kiến cải tiến kỹ thuật được công nhận.",
    "II. BIỂU GIAO CHỈ TIÊU NĂM 2026",
)
BEN_LUC_TABLE = (
    ("STT", "Đơn vị", "Chỉ tiêu giao năm 2026", "", ""),
    ("", "", "Kết nạp đoàn viên mới (người)", "Thu đoàn phí (triệu đồng)", "Sáng kiến được công nhận (sáng kiến)"),
    ("1", "CĐCS Công ty Bao bì (mẫu 1)", "140", "310", "8"),
    ("2", "CĐCS Công ty Thực phẩm (mẫu 2)", "225", "465", "11"),
    ("3", "CĐCS Trường THCS (mẫu 3)", "3", "42", "5"),
    ("Tổng cộng", "Tổng cộng", "368", "817", "24"),
)
BEN_LUC_TAIL = (
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Công đoàn cơ sở xây dựng kế hoạch thực hiện chỉ tiêu được giao, gửi về Liên đoàn Lao động huyện trước ngày "
    "20/10/2025.",
    "2. Công đoàn cơ sở báo cáo kết quả thực hiện về Liên đoàn Lao động huyện vào ngày 12 hằng tháng.",
    "3. Chuyên viên phụ trách tổ chức của Liên đoàn Lao động huyện theo dõi, tổng hợp, tham mưu xếp loại thi đua cuối "
    "năm.",
    "4. Đơn vị không hoàn thành chỉ tiêu kết nạp đoàn viên thì không được xét tặng Cờ thi đua.",
    "Nơi nhận:",
    "- Liên đoàn Lao động tỉnh;",
    "- Các công đoàn cơ sở;",
    "- Lưu: VT.",
    "TM. BAN THƯỜNG VỤ",
    "PHÓ CHỦ TỊCH",
    "(đã ký)",
)

HEALTH_PAGES = (
    (
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH LONG AN",
        "CÔNG ĐOÀN NGÀNH Y TẾ",
        "Số: 03/NQ-CĐYT",
        "Long An, ngày 12 tháng 12 năm 2024",
        "NGHỊ QUYẾT",
        "Hội nghị Ban Chấp hành Công đoàn ngành Y tế tỉnh Long An",
        "về nhiệm vụ năm 2025",
        "Căn cứ Điều lệ Công đoàn Việt Nam (khóa XIII);",
        "Ban Chấp hành Công đoàn ngành Y tế quyết nghị các nội dung sau:",
        "I. CHỈ TIÊU NĂM 2025",
        "1. Ít nhất 98% viên chức, người lao động trong ngành là đoàn viên công",
        "đoàn.",
        "2. 100% công đoàn cơ sở phối hợp tổ chức hội nghị viên chức, người lao",
        "động trước ngày 31/3/2025.",
        "3. Từ 90% trở lên nhân viên y tế được tập huấn quy tắc ứng xử và kỹ năng",
        "phòng, chống bạo hành tại bệnh viện.",
        "4. Vận động hiến ít nhất 600 đơn vị máu.",
        "5. Mỗi công đoàn cơ sở có ít nhất 03 đề tài, sáng kiến cải tiến quy trình",
        "khám bệnh, chữa bệnh.",
        "6. 100% nữ nhân viên y tế được khám sàng lọc ung thư (nếu đơn vị có đủ",
        "trang thiết bị).",
    ),
    (
        "II. NHIỆM VỤ TRỌNG TÂM",
        "1. Công đoàn cơ sở phối hợp với giám đốc bệnh viện bố trí phòng nghỉ cho",
        "kíp trực, bảo đảm chế độ phụ cấp trực và bồi dưỡng độc hại.",
        "2. Xây dựng quỹ tương trợ trong ngành, cho đoàn viên vay không lãi tối đa",
        "10 triệu đồng.",
        "3. Lập tổ hỗ trợ tâm lý cho nhân viên y tế bị căng thẳng kéo dài.",
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Ban Thường vụ Công đoàn ngành cụ thể hóa Nghị quyết thành chương trình",
        "công tác, phân công ủy viên phụ trách từng cụm thi đua.",
        "2. Công đoàn cơ sở báo cáo kết quả thực hiện về Công đoàn ngành Y tế",
        "trước ngày 20/5 và ngày 20/11.",
        "3. Ủy ban kiểm tra Công đoàn ngành giám sát việc thực hiện Nghị quyết.",
        "TM. BAN CHẤP HÀNH",
        "CHỦ TỊCH",
        "(đã ký)",
    ),
)


def fill(table: Table, rows: tuple[tuple[str, ...], ...]) -> None:
    """Write the cells; an empty cell of the first row belongs to its left neighbour, of the second to the one above."""
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text:
                table.cell(row, column).text = text
    for column in range(1, len(rows[0])):
        if not rows[0][column]:
            table.cell(0, column - 1).merge(table.cell(0, column))
    for column, text in enumerate(rows[1]):
        if not text:
            table.cell(0, column).merge(table.cell(1, column))
    if rows[-1][0] == rows[-1][1]:
        table.cell(len(rows) - 1, 0).merge(table.cell(len(rows) - 1, 1)).text = rows[-1][0]


def write_docx(name: str, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], tail: tuple[str, ...]) -> None:
    """A Word file: paragraphs, a table with merged header cells, paragraphs."""
    document = Document()
    for text in head:
        document.add_paragraph(text)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    fill(table, rows)
    for text in tail:
        document.add_paragraph(text)
    document.save(str(FOLDER / name))


def page_stream(lines: tuple[str, ...], number: int) -> bytes:
    """The drawing of one page: a running header, the lines, the page number at the foot."""
    placed = [(792, "Công đoàn ngành Y tế - Nghị quyết năm 2025")]
    placed += [(760 - 22 * at, line) for at, line in enumerate(lines)]
    placed += [(30, str(number))]
    drawn = [f"1 0 0 1 60 {height} Tm <{line.encode('utf-16-be').hex()}> Tj" for height, line in placed]
    return ("BT /F1 12 Tf\n" + "\n".join(drawn) + "\nET").encode("ascii")


def to_unicode(letters: set[str]) -> bytes:
    """The table by which a reader turns the codes of the page into text: each code is its own UTF-16 unit."""
    codes = sorted({f"{ord(letter):04x}" for letter in letters})
    blocks = [codes[start : start + 100] for start in range(0, len(codes), 100)]
    chars = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(f"<{code}> <{code}>" for code in block) + "\nendbfchar"
        for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Own def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{chars}\nendcmap\nend\nend"
    ).encode("ascii")


def stream(content: bytes) -> bytes:
    """A PDF stream object."""
    return f"<< /Length {len(content)} >>\nstream\n".encode("ascii") + content + b"\nendstream"


def write_pdf(name: str, pages: tuple[tuple[str, ...], ...]) -> None:
    """A PDF written by hand: one composite font without outlines, whose codes map to text."""
    first_page = 6
    kids = " ".join(f"{first_page + 2 * at} 0 R" for at in range(len(pages)))
    letters = {letter for page in pages for line in page for letter in line} | set(
        "Công đoàn ngành Y tế - Nghị quyết năm 2025"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode("ascii"),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 500 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        stream(to_unicode(letters)),
    ]
    for at, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {first_page + 2 * at + 1} 0 R >>".encode("ascii")
        )
        objects.append(stream(page_stream(lines, at + 1)))
    content, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n".encode("ascii") + each + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    )
    (FOLDER / name).write_bytes(content + tail.encode("ascii"))


if __name__ == "__main__":
    write_docx("41-kh-ldld-long-an.docx", LONG_AN_HEAD, LONG_AN_TABLE, LONG_AN_TAIL)
    write_docx("12-kh-ldld-ben-luc.docx", BEN_LUC_HEAD, BEN_LUC_TABLE, BEN_LUC_TAIL)
    write_pdf("03-nq-cdyt.pdf", HEALTH_PAGES)
