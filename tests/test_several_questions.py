"""Several questions in one message, of which the later ones lean on the first ("nộp cho ai và hạn nộp khi nào?")."""

from datetime import date

import pytest

from handlers.answering import spoken
from handlers.phrasebook import Phrases
from knowledge import Answer
from knowledge.answers import answer
from knowledge.index import Library

TODAY = date(2025, 10, 15)

# Who asks, what, and the facts that the answer holds.
ASKED = """
PR-01 | báo cáo quý nộp cho ai và hạn nộp khi nào? | Liên đoàn Lao động huyện; không nêu hạn nộp
PR-01 | bao cao nop cho ai va han nop khi nao | Liên đoàn Lao động huyện; không nêu hạn nộp
PR-04 | bao giờ nộp báo cáo, nộp cho ai | Liên đoàn Lao động huyện; không nêu hạn nộp
PR-06 | When is the report due and who gets it? | Liên đoàn Lao động huyện; name no day
PR-03 | Who do we report to and how often? | Liên đoàn Lao động huyện; Định kỳ
PR-01 | chỉ tiêu đoàn viên 2025 là bao nhiêu và ai ký kế hoạch? | 3.100; Ngo Doãn Phúc
PR-01 | chỉ tiêu 2025 là bao nhiêu, nguồn ở đâu? | 3.100; mục II.2
PR-02 | đến 2030 có mấy đoàn viên, còn thỏa ước thì sao? | 4500; 85%
PR-05 | doan vien 2025 bao nhieu, 2030 bao nhieu | 3.100; 4500
PR-06 | chỉ tiêu thỏa ước 2030 bao nhiêu % và ai phụ trách | 85%; Còn về “ai phụ trách”
PR-03 | who signed the plan and what is the membership target for 2025? | Ngo Doãn Phúc; 3.100
BD-02 | kế hoạch 10 ai ký và ký ngày nào? | Phạm Thị Diễm; 11 tháng 01
BD-02 | ke hoach 55 ai ky, ky ngay nao | Nguyễn Công Thành; 07 tháng 9
BD-02 | báo cáo gửi cho ai, qua đâu, bao lâu một lần | UBND quận; Lao động Thương binh; hằng năm
BD-02 | bc hang nam gui ubnd quan qua phong nao, han ngay may | Lao động Thương binh; không nêu hạn nộp
BD-02 | Which office do reports go through, and how often are they due? | Lao động Thương binh; hằng năm
BD-01 | mỗi năm thành lập mấy cđcs, bao nhiêu % là thỏa ước loại B | 25; 45%
BD-03 | gặp gỡ đối thoại công nhân mấy lần một năm và ai tổ chức | 1 lần; người đứng đầu chính quyền
BD-04 | năm 2025 quận có bao nhiêu đoàn viên và văn bản nào quy định | 24.000; 55-KH/QU
DLK-BMT-02 | mỗi năm xây mấy căn mái ấm và tiền lấy từ đâu | 80; Quỹ xã hội
DLK-BMT-03 | ai ký chương trình và chức vụ gì | Nguyễn Thị Lý; PHÓ CHỦ TỊCH
DLK-BMT | định kỳ báo cáo gửi về đâu, qua ban nào | Liên đoàn Lao động tỉnh; Tuyên giáo
T4-H1 | báo cáo kết quả gửi ai, qua ban nào, mấy lần | Liên đoàn Lao động tỉnh; Ban Tổ chức - Kiểm tra; quý
T4-H1-01 | den het nhiem ky bao nhieu doan vien va bao nhieu % doanh nghiep thanh lap cong doan | 28.437; 95%
T4 | what is the membership target and who signed the plan? | 28,437; signer is not stated
T4 | ai lo tuyên truyền, ai lo dự toán | Ban Tuyên giáo; Văn phòng
XA43-CS | ai chủ trì theo dõi kế hoạch và báo cáo cho ai | Khối vận; Ban Thường vụ Đảng ủy
XA43-CS | kế hoạch 43 ai ký, ngày nào | Trần Duy Thơ; không nêu ngày ban hành
XA43-CS | hằng năm tăng mấy đoàn viên, giới thiệu mấy người vào đảng | 1-2; 01
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


def found(library: Library, union: str, text: str) -> Answer:
    return answer(library, text, union=union, chain=library.chain(union), today=TODAY)


@pytest.mark.parametrize(("union", "text", "held"), rows(ASKED))
def test_every_part_is_answered_or_named(library: Library, union: str, text: str, held: str) -> None:
    one = found(library, union, text)
    reply = spoken(one, Phrases(one.language)).reply
    assert reply.citations
    assert [fact for fact in held.split("; ") if fact not in reply.text] == []


@pytest.mark.parametrize(
    ("union", "text"),
    [
        ("XA43-CS", "ai chủ trì theo dõi kế hoạch và báo cáo cho ai"),
        ("BD-02", "báo cáo gửi cho ai, qua đâu, bao lâu một lần"),
        ("BD-02", "kế hoạch 10 số mấy, ngày nào"),
        ("DLK-BMT", "định kỳ báo cáo gửi về đâu, qua ban nào"),
    ],
)
def test_one_clause_that_answers_all_is_said_once(library: Library, union: str, text: str) -> None:
    assert found(library, union, text).also == ()


@pytest.mark.parametrize("text", ["2030", "đến 2030 thì sao", "nam 2030 thi sao"])
def test_a_bare_year_asks_for_its_targets(library: Library, text: str) -> None:
    one = found(library, "PR-01", text)
    assert {finding.target.period for finding in one.findings if finding.target} == {"2030"}
