"""Writes the district federation's plan of this examination, a .docx with merged table headers.

    python tests/examination3b/make_documents.py

The words are those of the lists below; run it again after changing them.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from paper import WordFile  # noqa: E402

HEAD = (
    "LIÊN ĐOÀN LAO ĐỘNG TỈNH LÂM ĐỒNG",
    "LIÊN ĐOÀN LAO ĐỘNG HUYỆN ĐỨC TRỌNG",
    "Số: 23/KH-LĐLĐ",
    "Đức Trọng, ngày 28 tháng 02 năm 2025",
    "KẾ HOẠCH",
    "Hoạt động công đoàn năm 2025 và phân công nhiệm vụ các bộ phận",
    "Căn cứ Kế hoạch số 64/KH-LĐLĐ ngày 14/02/2024 của Liên đoàn Lao động tỉnh Lâm Đồng, Liên đoàn Lao động huyện Đức "
    "Trọng xây dựng kế hoạch như sau:",
    "I. MỤC TIÊU CHUNG",
    "Phát huy vai trò đại diện, bảo vệ quyền lợi của đoàn viên; góp phần xây dựng quan hệ lao động hài hòa. Cán bộ "
    "công đoàn phải sâu sát cơ sở.",
    "II. CHỈ TIÊU NĂM 2025",
    "1. Kết nạp mới từ 620 đoàn viên trở lên; thành lập mới 05 công đoàn cơ sở.",
    "2. Ít nhất 82% công đoàn cơ sở tổ chức hội nghị người lao động.",
    "3. Trao 45 suất học bổng cho con đoàn viên khó khăn, mỗi suất 1.200.000 đồng.",
    "4. Có 03 doanh nghiệp ký mới thỏa ước lao động tập thể trong quý II/2025.",
    "5. Chỉ tiêu giao cho các công đoàn cơ sở:",
)
ASSIGNED = (
    ("TT", "Công đoàn cơ sở", "Đoàn viên", "", "Tài chính (triệu đồng)", ""),
    ("", "", "Kết nạp mới", "Giới thiệu cho Đảng", "Đoàn phí", "Kinh phí"),
    ("1", "CĐCS Công ty Rau Đà Giang", "210", "6", "145", "390"),
    ("2", "CĐCS Công ty Hoa Liên Nghĩa", "175", "4", "98", "262"),
    ("3", "CĐCS Trường Tiểu học Phú Hội", "3", "2", "27", ""),
    ("4", "CĐCS Nhà máy Gạch Hiệp An", "64", "", "41", "118"),
    ("", "Cộng", "452", "12", "311", "770"),
)
TAIL = (
    "III. NHIỆM VỤ",
    "1. Đối thoại tại nơi làm việc. Hướng dẫn công đoàn cơ sở chuẩn bị nội dung đối thoại; nơi có trên 100 lao động nữ "
    "thì đề xuất lắp phòng vắt, trữ sữa mẹ.",
    "2. Đêm nhạc công nhân. Tổ chức tại quảng trường thị trấn Liên Nghĩa vào tối 30/4.",
    "3. Đoàn viên nghỉ hưu được tặng quà lưu niệm và thôi sinh hoạt công đoàn từ tháng kế tiếp.",
    "IV. PHÂN CÔNG THỰC HIỆN",
    "1. Bộ phận Tổ chức - Kiểm tra",
    "a) Chủ trì việc thành lập công đoàn cơ sở, kết nạp đoàn viên; lập danh sách doanh nghiệp chưa có công đoàn xong "
    "trước ngày 31/3/2025.",
    "b) Tham mưu kế hoạch kiểm tra; mỗi quý kiểm tra 02 công đoàn cơ sở.",
    "2. Bộ phận Tuyên giáo - Nữ công",
    "a) Phụ trách trang Facebook của Liên đoàn Lao động huyện.",
    "b) Phối hợp với Trung tâm Y tế huyện khám sức khỏe cho lao động nữ tháng 10/2025.",
    "3. Bộ phận Chính sách - Pháp luật",
    "Tư vấn pháp luật vào sáng thứ Bảy tuần thứ hai của tháng; hỗ trợ công đoàn cơ sở thương lượng thỏa ước lao động "
    "tập thể.",
    "4. Kế toán",
    "Đôn đốc thu nộp kinh phí; quyết toán quý chậm nhất ngày 10 tháng đầu quý sau.",
    "5. Công đoàn cơ sở",
    "a) Nộp danh sách đoàn viên khó khăn đề nghị tặng quà Tết trước ngày 05/12/2025.",
    "b) Báo cáo quý gửi về Liên đoàn Lao động huyện (qua Bộ phận Tổ chức - Kiểm tra) trước ngày 22 tháng cuối quý.",
    "Nơi nhận:",
    "- LĐLĐ tỉnh Lâm Đồng;",
    "- Các công đoàn cơ sở;",
    "- Lưu: VT.",
    "TM. BAN THƯỜNG VỤ",
    "CHỦ TỊCH",
    "(đã ký)",
)


def main() -> None:
    """Write the file beside the others."""
    file = WordFile()
    for line in HEAD:
        file.line(line)
    file.table(ASSIGNED, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)])
    for line in TAIL:
        file.line(line)
    (HERE / "documents" / "23-kh-ldld-duc-trong.docx").write_bytes(file.content())


if __name__ == "__main__":
    main()
