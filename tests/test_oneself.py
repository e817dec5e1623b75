"""What a plan sets is not what is: the present state of the asker's own union, from how many people on, whole headings.

Every question is asked of all the plans that the tests hold and of the shipped ones.
"""

from datetime import date

import pytest

from handlers.answering import answer_json
from handlers.phrasebook import Phrases
from tests.asking_room import NOTHING, asked, tells
from tests.seen_questions import SHIPPED, Libraries

TODAY = date(2025, 10, 15)
STATES = (
    (SHIPPED, "DLK-BMT-03", "benh vien minh co bao nhieu doan vien", NOTHING),
    (SHIPPED, "T4-H1-01", "công ty mình có bao nhiêu đoàn viên", NOTHING),
    (SHIPPED, "PR-03", "trường em hiện có mấy đoàn viên", NOTHING),
    (SHIPPED, "BD-01", "đơn vị mình có bao nhiêu đoàn viên vậy", NOTHING),
    (SHIPPED, "XA43-CS", "công đoàn mình có bao nhiêu lao động nữ", NOTHING),
    (SHIPPED, "T4-H1-01", "how many members does our company have", NOTHING),
    ("examination", "ND-KCN-01", "công ty mình có bao nhiêu đoàn viên", NOTHING),
    ("examination", "LA-BL-01", "công ty em đang có mấy đoàn viên", NOTHING),
    ("examination2", "TN-PY-02", "công ty mình có bao nhiêu công nhân", NOTHING),
    ("examination2", "TN-GD", "đơn vị em có bao nhiêu đoàn viên", NOTHING),
    ("examination3", "BDI-PC-01", "công ty mình có bao nhiêu đoàn viên", "598"),
    ("examination3", "BDI-PC-01", "công ty mình có bao nhiêu lao động", "642"),
    ("examination3", "BDI-PC-01", "cong ty minh hien co may to cong doan", "11"),
    ("examination3", "BDI-PC-02", "trường em có mấy đoàn viên", NOTHING),
    ("examination3b", "LD-DT-01", "đơn vị em có mấy đoàn viên", NOTHING),
    ("examination4", "HT-KA-01", "cơ quan mình có bao nhiêu đoàn viên", NOTHING),
    ("breadth", "AH-VN-01", "công ty mình có bao nhiêu đoàn viên", NOTHING),
    ("messages", "VG-TA-2", "trường mình có mấy đoàn viên", NOTHING),
    ("examination2", "TN-PY", "thành phố có bao nhiêu đoàn viên năm 2025", "8.854"),
    ("examination2", "TN-PY-01", "cuối năm 2025 tổng số đoàn viên của công ty mình là bao nhiêu", "6.140"),
)
"""What there is: told only by a passage of a document of one's own or by a table that counted; a target is none."""
SIZES = (
    (SHIPPED, "T4-H1-01", "công ty bao nhiêu người thì phải có công đoàn", "25 lao động"),
    (SHIPPED, "T4", "mấy lao động thì phải thành lập công đoàn", "25 lao động"),
    (SHIPPED, "DLK-BMT-03", "cong ty bao nhieu nguoi thi phai co cong doan", "25 công nhân"),
    (SHIPPED, "BD-01", "công ty có mấy người thì được thành lập công đoàn", "25 công nhân"),
    (SHIPPED, "PR-03", "how many workers must a company have to set up a union", "25 công nhân"),
    (SHIPPED, "BD", "bao nhiêu người thì phải ký thỏa ước", "25 đoàn viên"),
    (SHIPPED, "XA43-CS", "công ty bao nhiêu người thì phải có công đoàn", NOTHING),
    (SHIPPED, "BD", "bao nhiêu phần trăm doanh nghiệp từ 25 lao động có công đoàn năm 2025", "hầu hết doanh nghiệp"),
    (SHIPPED, "BD-03", "2023 bn % dn từ 25 lđ có cđ", NOTHING),
    ("examination", "QT-DH-01", "công ty bao nhiêu người thì phải có công đoàn", NOTHING),
    ("examination", "LA-BL-01", "công ty bao nhiêu lao động thì phải lập công đoàn", NOTHING),
    ("examination3", "BDI-KKT-01", "công ty từ mấy người thì phải có công đoàn", "20 lao động"),
    ("examination3b", "CM-NC", "công ty bao nhiêu người thì phải có công đoàn", NOTHING),
    ("examination4", "PY-TH-01", "công ty bao nhiêu người thì phải có công đoàn", "25 lao động"),
    ("examination3b", "CM-NC", "thu nhập bình quân lao động nghề biển bao nhiêu", "9,5 triệu"),
    ("examination4", "PY-TH-01", "công đoàn dưới 40 đoàn viên thì ban vận động được hỗ trợ bao nhiêu", "1.500.000"),
    ("plans", "SH-CL-02", "ban nữ công thành lập khi có bao nhiêu nữ", "30 nữ"),
)
"""From how many people on something holds: the condition of a target, never its figure."""
OTHERS = (
    ("examination2", "TN-GD", "năm học 2026-2027 kết nạp bao nhiêu giáo viên ngoài công lập", NOTHING),
    (SHIPPED, "PR", "mục tiêu tổng quát là gì", "Xây dựng tổ chức công đoàn huyện vững mạnh"),
    ("examination2", "TN", "mục tiêu chung là gì", "Xây dựng tổ chức công đoàn tỉnh vững mạnh"),
    ("examination4", "DNG-TK", "muc tieu tong quat cua ke hoach la gi", "Xây dựng tổ chức Công đoàn quận"),
    ("zones", "HC-K", "mục tiêu chung là gì", "Nâng cao đời sống"),
    ("examination4", "HT-KA-01", "người ký kế hoạch của ubnd thị xã giữ chức gì", "PHÓ CHỦ TỊCH"),
    ("messages", "VG-YT-1", "hội thao gồm những môn gì", "cầu lông"),
    ("examination3b", "CM-NC-01", "túi thuốc gồm những loại thuốc gì", NOTHING),
)
"""Another term, the words under a heading, what a thing is made up of, the office of who signed."""
NEAREST = (
    (SHIPPED, "BD", "năm 2025 quận thành lập mới bao nhiêu công đoàn cơ sở", "hằng năm đến 2023"),
    (SHIPPED, "DLK", "năm 2027 xây bao nhiêu căn nhà mái ấm", "hằng năm đến 2025"),
    ("examination", "ND-YY", "2027 thành lập mới mấy công đoàn cơ sở", "hằng năm đến 2025"),
    ("examination3", "BDI", "năm 2032 toàn tỉnh có bao nhiêu đoàn viên", "140.600"),
    ("examination3", "BDI", "năm 2029 toàn tỉnh có bao nhiêu đoàn viên", "131.000"),
)
"""Targets that are given for other years only: that it is not restated, and the year that is nearest of all."""


@pytest.mark.parametrize(("folder", "union", "question", "expected"), (*STATES, *SIZES, *OTHERS))
def test_what_is_asked_for_is_told_or_nothing(
    libraries: Libraries, folder: str, union: str, question: str, expected: str
) -> None:
    assert tells(libraries.of(folder), union, question, TODAY, expected)


@pytest.mark.parametrize(("folder", "union", "question", "expected"), NEAREST)
def test_what_is_not_restated_comes_with_the_nearest_year(
    libraries: Libraries, folder: str, union: str, question: str, expected: str
) -> None:
    found = asked(libraries.of(folder), union, question, TODAY)
    said = answer_json(found, Phrases(found.language), 0.0)
    assert said["abstained"] and found.outcome == "not_restated"
    assert expected in str(said["text"])
