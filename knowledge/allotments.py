"""Figures that running text gives to one union: "Giao Công đoàn cơ sở Công ty May Hồng: 15 đoàn viên, …"."""

import re
from functools import lru_cache

from knowledge.vietnamese import fold

_CAPITAL = "".join(letter for letter in map(chr, range(0x1EFF)) if letter.isupper() and letter.isalpha())
_KINDS = (
    r"Công đoàn cơ sở thành viên|Công đoàn cơ sở|Công đoàn bộ phận|Công đoàn ngành|Công đoàn|CĐCSTV|CĐCS|CĐN|CĐ|"
    r"Liên đoàn Lao động|LĐLĐ|Nghiệp đoàn cơ sở|Nghiệp đoàn"
)
_VERB = (
    r"kết nạp|phát triển|thành lập|thu|phấn đấu|đạt|có|ký|ký kết|giới thiệu|tăng|duy trì|hoàn thành|đăng ký|tổ chức|"
    r"bồi dưỡng|vận động|xây dựng|hỗ trợ|nộp|giảm|được giao|là|từ|trên|ít nhất|năm 20\d\d|thêm|mở"
)
_ALLOTTED = re.compile(
    r"^(?:[-+•*]\s*)?(?:(?:Giao|giao|Phân bổ|Phân giao|phân bổ)\s+(?:chỉ tiêu\s+)?(?:cho\s+)?|Riêng\s+|riêng\s+)?"
    rf"(?P<union>(?:{_KINDS})\s[^:;,()–]{{2,110}}?)\s*"
    rf"(?:[:,]\s+|\s[-–]\s+|\s(?=(?:{_VERB})\b)|\s(?=\d))"
)
_PROPER = re.compile(rf"\b[{_CAPITAL}][^\W\d_]*|\b(?:số|khu) \d")
_NATION = re.compile(r"Công đoàn Việt Nam|Liên đoàn Lao động Việt Nam")
NEXT_UNION = rf"(?:{_KINDS})\s"
"""How the name of a union begins where it opens another clause of a list."""


@lru_cache(maxsize=4_096)
def allotted(clause: str, issuer: str | None) -> tuple[str, int] | None:
    """The union that a clause gives its figures to and where the figures' own words begin.

    It must have a name of its own; the body that issued the document sets aims for everybody.
    """
    match = _ALLOTTED.match(clause)
    if match is None:
        return None
    union = match["union"].strip()
    own = re.sub(rf"^(?:{_KINDS})\s", "", union)
    if not _PROPER.search(own) or _NATION.match(union) or (issuer and fold(issuer).endswith(fold(own))):
        return None
    return union, match.end()
