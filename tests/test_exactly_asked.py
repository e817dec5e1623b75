"""An hour, a number to call, an address, the rate of a reduction: told where a plan holds it, else nothing."""

from datetime import date

import pytest

from knowledge.exactly_asked import exactly_asked
from tests.asking_room import NOTHING, tells
from tests.seen_questions import SHIPPED, Libraries

TODAY = date(2025, 10, 15)
ASKED = (
    (SHIPPED, "XA43-CS", "đv mua hàng đối tác đc giảm bn %", NOTHING),
    (SHIPPED, "XA43-CS", "đoàn viên mua hàng của đối tác được bớt bao nhiêu phần trăm", NOTHING),
    (SHIPPED, "PR-01", "chiết khấu cho đoàn viên là mấy phần trăm", NOTHING),
    (SHIPPED, "BD-01", "what percent discount do members get from partners", NOTHING),
    (SHIPPED, "XA43-CS", "bao nhiêu % đoàn viên được hưởng ưu đãi của đối tác", "20%"),
    ("examination3b", "QN-CT-01", "giảm bao nhiêu phần trăm tai nạn điện", "15%"),
    (SHIPPED, "BD", "hội nghị sơ kết bắt đầu lúc mấy giờ", NOTHING),
    (SHIPPED, "BD", "đối thoại với công nhân lúc mấy giờ", NOTHING),
    (SHIPPED, "T4", "what time does the meeting start", NOTHING),
    ("examination2", "TN-PY-01", "lễ trao quà tết lúc mấy giờ", NOTHING),
    (SHIPPED, "PR-03", "đường dây nóng của công đoàn là số mấy", NOTHING),
    (SHIPPED, "BD-02", "số hotline tư vấn pháp luật là gì", NOTHING),
    (SHIPPED, "T4", "what is the hotline number for legal advice", NOTHING),
    ("examination", "LA-BL-01", "số điện thoại công đoàn huyện bao nhiêu", NOTHING),
    ("examination2", "TN-PY-01", "zalo của công đoàn thành phố số bao nhiêu", NOTHING),
    (SHIPPED, "PR", "nộp đoàn phí vào tài khoản số mấy", NOTHING),
    (SHIPPED, "DLK-BMT-01", "gửi báo cáo vào địa chỉ mail nào", NOTHING),
    ("examination3", "BDI-PC-01", "email của ban tuyên giáo là gì", NOTHING),
    (SHIPPED, "T4-H1-01", "trang web của công đoàn tỉnh là gì", NOTHING),
    (SHIPPED, "BD", "có bao nhiêu doanh nghiệp ký thỏa ước nhóm ngành dừa", NOTHING),
    (SHIPPED, "BD", "có bao nhiêu doanh nghiệp ký thỏa ước", "80%"),
)


@pytest.mark.parametrize(("folder", "union", "question", "expected"), ASKED)
def test_a_near_miss_is_no_answer(libraries: Libraries, folder: str, union: str, question: str, expected: str) -> None:
    assert tells(libraries.of(folder), union, question, TODAY, expected)


@pytest.mark.parametrize(
    ("words", "text", "holds"),
    [
        (" chuyên mục phát lúc mấy giờ ", "phát vào 17 giờ thứ tư hằng tuần", True),
        (" chuyên mục phát lúc mấy giờ ", "phát mỗi tháng 02 kỳ", False),
        (" số hotline là gì ", "gọi 0263 3822 345", True),
        (" số hotline là gì ", "hỗ trợ 500.000.000 đồng", False),
        (" số tài khoản của huyện ", "tài khoản 1102 0000 9999 tại ngân hàng", True),
        (" vé tàu được giảm bao nhiêu phần trăm ", "đoàn viên được giảm 10% giá vé", True),
        (" vé tàu được giảm bao nhiêu phần trăm ", "20% đoàn viên được giảm giá vé", False),
    ],
)
def test_what_holds_the_form_that_is_asked_for(words: str, text: str, holds: bool) -> None:
    held = exactly_asked(words)
    assert held is not None and bool(held.search(text)) is holds


@pytest.mark.parametrize("words", [" bao nhiêu phần trăm đoàn viên có thẻ ", " nộp báo cáo ngày mấy ", " số máy tính "])
def test_other_questions_ask_for_no_such_form(words: str) -> None:
    assert exactly_asked(words) is None
