"""What only one form of words can answer: an hour, a number to call, an account, an address, the rate of a reduction.

A plan that speaks of the thing ("mở đường dây nóng") and does not hold that form does not answer the question.
"""

import re
from functools import lru_cache

_ROWS: tuple[tuple[str, str], ...] = (
    (
        r" mấy giờ | giờ nào | what time | what hour ",
        r"\b\d{1,2} ?(?:giờ|h\d{0,2}\b|g\d{2}\b)|\b\d{1,2}:\d{2}\b|"
        r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) giờ\b",
    ),
    (
        r" số (?:điện thoại|đường dây nóng|hotline|máy(?! (?:tính|móc|vi))|zalo|fax) | phone number | hotline number |"
        r" (?:đường dây nóng|hotline|zalo|điện thoại) (?:\S+ ){0,5}?số (?:mấy|nào|gì|bao nhiêu|$)|"
        r" (?:đường dây nóng|hotline) (?:\S+ ){0,6}?là (?:gì|bao nhiêu|mấy) | đường dây nóng (?:là )?số ",
        r"\b0\d{1,3}(?:[ .]?\d{3,4}){2}\b|\b1[89]00[ .]?\d{2,6}\b|\b11[1-5]\b",
    ),
    (
        r" số tài khoản | tài khoản (?:\S+ ){0,3}?số (?:mấy|nào|gì|bao nhiêu|$)| account number ",
        r"tài khoản[^;]{0,80}?\d[\d .]{5,}\d",
    ),
    (
        r" địa chỉ (?:thư điện tử|hộp thư|email|e mail|mail|gmail) | email address |"
        r" (?:email|e mail|mail|gmail|hộp thư(?: điện tử)?) (?:\S+ ){0,5}?(?:là gì|gì|nào|là bao nhiêu) ",
        r"@",
    ),
    (
        r" địa chỉ (?:trang|website|web|cổng) | (?:website|web) address |"
        r" (?:website|web|trang web|trang thông tin điện tử|fanpage) (?:\S+ ){0,5}?là gì ",
        r"https?:|www\.|\w\.(?:vn|com|org|net)\b",
    ),
    (
        r" (?:giảm|bớt|chiết khấu)(?: (?:giá|được|cho|thêm|đi))* (?:bao nhiêu|mấy|nhiêu) phần trăm | percent discount ",
        r"\b(?:giảm|bớt|chiết khấu|hạ|xuống)\b[^,;.]{0,60}?\d[\d.,]* ?(?:%|phần trăm)|"
        r"\d[\d.,]* ?(?:%|phần trăm)[^,;.]{0,12}\b(?:giảm|chiết khấu)\b",
    ),
)
_EXACT = tuple((re.compile(asked), re.compile(held, re.IGNORECASE)) for asked, held in _ROWS)


@lru_cache(maxsize=256)
def exactly_asked(words: str) -> re.Pattern[str] | None:
    """What an answer must hold where a question (`words` as `Question.words`) asks for an hour, a number to call, an
    account, an address or by how many percent something is reduced; `None` where it asks for nothing of the kind."""
    return next((held for asked, held in _EXACT if asked.search(words)), None)
