"""Writes the two documents of the second examination that are no plain text: a .docx with tables, a .pdf with one.

    python tests/examination2/make_documents.py

The words are those of the lists below; run it again after changing them.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from paper import WordFile, _assembled, _stream, _to_unicode  # noqa: E402

FOLDER = HERE / "documents"

PHO_YEN_HEAD = (
    "LIÊN ĐOÀN LAO ĐỘNG TỈNH THÁI NGUYÊN",
    "LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ PHỔ YÊN",
    "Số: 17/KH-LĐLĐ",
    "Phổ Yên, ngày 20 tháng 02 năm 2025",
    "KẾ HOẠCH",
    "Công tác công đoàn giai đoạn 2025 - 2027 và giao chỉ tiêu năm 2025 cho các công đoàn cơ sở",
    "Căn cứ Kế hoạch số 86/KH-LĐLĐ ngày 18/3/2024 của Liên đoàn Lao động tỉnh Thái Nguyên, Ban Thường vụ Liên đoàn "
    "Lao động thành phố Phổ Yên xây dựng Kế hoạch như sau:",
    "I. MỤC TIÊU",
    "1. Các chỉ tiêu theo năm của toàn thành phố:",
)
YEARS = (
    ("STT", "Nội dung chỉ tiêu", "ĐVT", "Năm 2025", "Năm 2026", "Năm 2027"),
    ("1", "Số đoàn viên kết nạp mới", "người", "2.650", "2.900", "3.100"),
    ("2", "Công đoàn cơ sở thành lập mới", "đơn vị", "9", "11", "12"),
    (
        "3",
        "Tỷ lệ doanh nghiệp có tổ chức công đoàn ký kết thỏa ước lao động tập thể",
        "%",
        "≥ 76",
        "≥ 79",
        "≥ 81",
    ),
    ("4", "Tỷ lệ đoàn viên được khám sức khỏe định kỳ", "%", "88", "90", "93"),
    ("5", "Số suất học bổng cho con đoàn viên vượt khó", "suất", "120", "140", "160"),
)
PHO_YEN_MIDDLE = (
    "2. Hằng năm, ít nhất 04 doanh nghiệp nâng mức bữa ăn ca lên từ 30.000 đồng trở lên.",
    "3. Biểu giao chỉ tiêu năm 2025 cho các công đoàn cơ sở:",
)
ASSIGNED = (
    ("TT", "Đơn vị", "Phát triển đoàn viên", "", "Đoàn viên ưu tú giới thiệu cho Đảng", "Thu đoàn phí (triệu đồng)"),
    ("", "", "Kết nạp mới", "Tổng số đến 31/12/2025", "", ""),
    ("1", "CĐCS Công ty Linh kiện điện tử (mẫu 1)", "820", "6.140", "18", "2.310"),
    ("2", "CĐCS Công ty May xuất khẩu (mẫu 2)", "365", "2.475", "9", "742"),
    ("3", "CĐCS Công ty Bê tông (mẫu 3)", "24", "187", "3", "61"),
    ("4", "CĐCS Trường THCS (mẫu 4)", "-", "52", "2", "38"),
    ("", "Tổng cộng", "1.209", "8.854", "32", "3.151"),
)
PHO_YEN_TAIL = (
    "II. NHIỆM VỤ",
    "1. Mở điểm tiếp đoàn viên tại nhà văn hóa các phường Ba Hàng, Bãi Bông vào ngày 10 và ngày 25 hằng tháng.",
    '2. Thí điểm mô hình "Tủ thuốc xanh" tại phân xưởng có nhiều lao động nữ.',
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Ủy ban Kiểm tra Liên đoàn Lao động thành phố chủ trì giám sát việc trích nộp kinh phí công đoàn, hoàn thành "
    "trước ngày 30/9/2025.",
    "2. Đồng chí Phó Chủ tịch Liên đoàn Lao động thành phố phụ trách công tác thi đua, trực tiếp theo dõi các công "
    "đoàn cơ sở khối doanh nghiệp.",
    "3. Các công đoàn cơ sở đăng ký chỉ tiêu thi đua với Liên đoàn Lao động thành phố xong trước ngày 15/3/2025; báo "
    "cáo kết quả thực hiện chỉ tiêu về Liên đoàn Lao động thành phố vào ngày 25 hằng tháng.",
    "Nơi nhận:",
    "- Liên đoàn Lao động tỉnh;",
    "- Thường trực Thành ủy Phổ Yên;",
    "- Các công đoàn cơ sở;",
    "- Lưu: VP.",
    "TM. BAN THƯỜNG VỤ",
    "CHỦ TỊCH",
    "(đã ký)",
)

Line = tuple[tuple[int, str], ...]
"""The pieces of a printed line, each with its distance from the left edge in points."""


def text(*lines: str) -> tuple[Line, ...]:
    """Lines from the left margin."""
    return tuple(((56, line),) for line in lines)


TOP = (
    ((56, "LIÊN ĐOÀN LAO ĐỘNG TỈNH THÁI NGUYÊN"), (330, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    ((56, "CÔNG ĐOÀN GIÁO DỤC TỈNH"), (370, "Độc lập - Tự do - Hạnh phúc")),
    ((56, "Số: 05/CTr-CĐGD"), (340, "Thái Nguyên, ngày 10 tháng 9 năm 2025")),
)
FIRST = (
    "CHƯƠNG TRÌNH CÔNG TÁC",
    "Hoạt động công đoàn năm học 2025 - 2026",
    "Căn cứ Kế hoạch số 86/KH-LĐLĐ ngày 18/3/2024 của Liên đoàn Lao động tỉnh và",
    "Công văn số 877/SGDĐT-VP ngày 28/8/2025 của Sở Giáo dục và Đào tạo, Ban",
    "Thường vụ Công đoàn Giáo dục tỉnh ban hành Chương trình công tác như sau:",
    "I. CHỈ TIÊU NĂM HỌC 2025 - 2026",
    "1. 100% công đoàn trường học phối hợp tổ chức hội nghị nhà giáo trước ngày",
    "15/10/2025.",
    '2. Có ít nhất 65% nhà giáo, người lao động tham gia phong trào "Đổi mới, sáng tạo',
    'trong dạy và học".',
    '3. Vận động mỗi đoàn viên ủng hộ Quỹ "Tấm lòng đồng nghiệp" từ 50.000 đồng trở',
    "lên trong năm học.",
    "4. Kết nạp ít nhất 180 nhà giáo trường ngoài công lập vào công đoàn.",
    "5. Giao số lượng sáng kiến cấp ngành theo từng cấp học:",
)
TABLE = (
    ("Cấp học", "Số sáng kiến", "Số nhà công vụ được sửa"),
    ("Mầm non", "45", "6"),
    ("Tiểu học", "70", "8"),
    ("Trung học cơ sở", "64", "5"),
    ("Trung học phổ thông", "38", "2"),
)
SECOND = (
    "II. NHIỆM VỤ TRỌNG TÂM",
    "1. Bảo vệ quyền lợi nhà giáo",
    "Rà soát việc chi trả tiền dạy thêm giờ, phụ cấp thâm niên và chế độ đối với giáo",
    "viên hợp đồng; kiến nghị xử lý ngay trong học kỳ I những đơn vị còn nợ chế độ.",
    "2. Chăm lo nhà giáo vùng khó khăn",
    "Thăm, tặng quà nhà giáo cắm bản tại Võ Nhai, Định Hóa dịp Ngày Nhà giáo Việt Nam",
    "20/11; hỗ trợ mỗi điểm trường lẻ một bộ bếp và bình lọc nước.",
    "3. Nữ công",
    'Tổ chức hội thi "Cô giáo duyên dáng, tài năng" trong tháng 3/2026.',
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Ban Nữ công Công đoàn Giáo dục tỉnh chủ trì hội thi; trình kế hoạch chi tiết trước",
    "ngày 20/01/2026.",
    "2. Công đoàn các trường trực thuộc báo cáo sơ kết học kỳ I trước ngày 18/01/2026, báo",
    "cáo tổng kết năm học trước ngày 10/6/2026 về Công đoàn Giáo dục tỉnh (qua Văn phòng).",
    "3. Công đoàn cơ sở trường ngoài công lập báo cáo biến động lao động khi có từ 05 nhà",
    "giáo nghỉ việc trở lên trong một tháng.",
)
BOTTOM = (
    ((56, "Nơi nhận:"), (340, "TM. BAN THƯỜNG VỤ")),
    ((56, "- Liên đoàn Lao động tỉnh;"), (370, "PHÓ CHỦ TỊCH")),
    ((56, "- Sở Giáo dục và Đào tạo;"),),
    ((56, "- Công đoàn các trường trực thuộc;"), (380, "(đã ký)")),
    ((56, "- Lưu: VP."),),
)
COLUMNS = (56, 230, 370, 540)


def write_docx(name: str) -> None:
    """The plan of the city federation: targets by year, and a figure for each union below a merged heading."""
    file = WordFile()
    for line in PHO_YEN_HEAD:
        file.line(line)
    file.table(YEARS)
    for line in PHO_YEN_MIDDLE:
        file.line(line)
    file.table(ASSIGNED, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4), (0, 5, 1, 5)])
    for line in PHO_YEN_TAIL:
        file.line(line)
    (FOLDER / name).write_bytes(file.content())


def table_lines(top: int) -> tuple[str, tuple[Line, ...]]:
    """The ruled lines of the table (as PDF operators) and its words, a line for each row."""
    height = 18 * len(TABLE)
    rules = [f"{COLUMNS[0]} {top - 18 * row} m {COLUMNS[-1]} {top - 18 * row} l S" for row in range(len(TABLE) + 1)]
    rules += [f"{left} {top} m {left} {top - height} l S" for left in COLUMNS]
    words = tuple(tuple((left + 4, cell) for left, cell in zip(COLUMNS, row, strict=False)) for row in TABLE)
    return "\n".join(rules), words


def page(lines: tuple[Line, ...], codes: dict[str, int], number: int, table: bool) -> bytes:
    """The operators of one page: running head, lines, where asked for the table, page number."""
    shown, rules, height = [], "", 790
    placed: list[tuple[int, int, str]] = [(200, 820, "Công đoàn Giáo dục tỉnh - Chương trình công tác")]
    for line in lines:
        placed += [(left, height, words) for left, words in line]
        height -= 18
    if table:
        rules, cells = table_lines(height + 6)
        for row in cells:
            placed += [(left, height - 8, cell) for left, cell in row]
            height -= 18
    placed.append((296, 30, str(number)))
    for left, bottom, words in placed:
        code = "".join(f"{codes[letter]:04x}" for letter in words)
        shown.append(f"1 0 0 1 {left} {bottom} Tm <{code}> Tj")
    return "\n".join(["BT /F 11 Tf", *shown, "ET", rules]).encode()


def write_pdf(name: str) -> None:
    """The programme of the education union: two pages with a running head, page numbers and a ruled table."""
    pages = ((TOP + text(*FIRST), True), (text(*SECOND) + BOTTOM, False))
    everything = "Công đoàn Giáo dục tỉnh - Chương trình công tác0123456789" + "".join(map(str, (pages, TABLE)))
    codes = {letter: number for number, letter in enumerate(sorted(set(everything)), start=1)}
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _stream(_to_unicode(codes))]
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plan /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> /DW 500 >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Plan /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 3 0 R >>"
    )
    kids = []
    for number, (lines, table) in enumerate(pages, start=1):
        objects.append(_stream(page(lines, codes, number, table)))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >> "
            b"/Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    (FOLDER / name).write_bytes(_assembled(objects))


if __name__ == "__main__":
    write_docx("17-kh-ldld-pho-yen.docx")
    write_pdf("05-ctr-cdgd.pdf")
