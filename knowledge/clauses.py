"""Sentences and clauses: where one statement of a paragraph ends and the next begins, as stretches of the same text."""

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.allotments import NEXT_UNION
from knowledge.figures import figures_in

MOST = re.compile(r"\b(?:hầu hết|phần lớn|đa số|đại đa số)\b", re.IGNORECASE)
REACH = re.compile(
    r"\bđạt(?: và| hoặc|,)? (?:vượt|trên)\b(?!\s*\d)|\bvượt (?:chỉ tiêu|dự toán|kế hoạch)\b", re.IGNORECASE
)
_SAYS_SOMETHING = 12
MOST_FIGURES = 20
"""A sentence with more figures than this is a list of numbers, not of targets."""
_SENTENCE_END = re.compile(
    r"(?<=[^\d\s.][.!?])\s+(?=[“\"(]?[A-ZĐÀ-ỸĂÂÊÔƠƯ-])|(?<=\d[.])\s+(?=[A-ZĐÀ-ỸĂÂÊÔƠƯ])|;\s+|(?<=\.\.)\s+(?=[A-ZĐ])"
)
_OPENERS = (
    r"có\s|số\s|phấn đấu\s|đến\s|bình quân\s|(?:mỗi|hàng|hằng) (?:năm|quý|tháng)\b|duy trì\s|tỷ lệ\s|tỉ lệ\s|thành lập|"
    r"kết nạp|phát triển|hầu hết|phần lớn|từ\s+\d|trên\s+\d|dưới\s+\d|ít nhất|tối thiểu|khoảng|không quá|\d|"
    r"thu\s+(?:kinh phí|đoàn phí|tài chính|đạt)|ký kết\s|giới thiệu\s|giải ngân\s|(?:Giao|riêng)\s|" + NEXT_UNION
)
_NEXT_FIGURE = re.compile(
    rf",\s+(?=(?:và\s+|còn\s+)?(?:trong đó,?\s+)?(?:{_OPENERS}))|\s+(?=\((?:trong đó|riêng))|"
    r"\s+và\s+(?=(?:phấn đấu|có ít nhất|hàng năm|mỗi năm)\b)",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"\b(?:có|được|là|tham gia|tổ chức|thực hiện|ký|đạt|hoàn thành|thành lập|công khai|triển khai|xây dựng|kết nạp|thu|"
    r"đăng ký|xếp loại|cập nhật|giới thiệu|phối hợp|kiểm tra|nộp|sử dụng|tăng|đảm bảo|bảo đảm|trở thành|gia nhập)\b",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"\b(?:đoàn viên|công đoàn|CĐCS|thỏa ước|căn nhà|lần|cuộc|người|lớp|đồng|sáng kiến)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Stretch:
    """A part of a paragraph: `text` is exactly what stands there from `start`."""

    start: int
    text: str


@lru_cache(maxsize=4_096)
def sentences(text: str) -> tuple[Stretch, ...]:
    """The statements of a paragraph, cut at full stops and semicolons."""
    return tuple(_cut(text, 0, [match.span() for match in _SENTENCE_END.finditer(text)]))


def clauses(sentence: Stretch) -> list[Stretch]:
    """A sentence cut so that each clause has its own figure; parts that do not stand by themselves stay together."""
    cuts = [match.span() for match in _NEXT_FIGURE.finditer(sentence.text)]
    parts = [(start, end) for start, end in cuts if not _inside_brackets(sentence.text, start)]
    pieces = _cut(sentence.text, 0, parts if len(parts) <= MOST_FIGURES else [])
    merged: list[Stretch] = []
    for piece in pieces:
        if merged and not (_stands_before(merged[-1].text, piece.text) and _states(piece.text)):
            start = merged[-1].start
            merged[-1] = Stretch(start, sentence.text[start : piece.start + len(piece.text)])
        else:
            merged.append(piece)
    return [Stretch(sentence.start + piece.start, piece.text) for piece in merged]


def _cut(text: str, offset: int, cuts: list[tuple[int, int]]) -> list[Stretch]:
    bounds = [0, *(position for cut in cuts for position in cut), len(text)]
    stretches = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        words = text[start:end]
        stripped = words.strip()
        if stripped:
            stretches.append(Stretch(offset + start + len(words) - len(words.lstrip()), stripped))
    return stretches


def _inside_brackets(text: str, position: int) -> bool:
    return text.count("(", 0, position) > text.count(")", 0, position)


def _states(text: str) -> bool:
    return bool(figures_in(text) or MOST.search(text) or REACH.search(text))


def _stands_before(text: str, following: str) -> bool:
    """Whether a part needs nothing of what follows it; in brackets only a share of the same thing follows."""
    return _stands_alone(text) or (following.startswith("(") and bool(figures_in(text)))


def _stands_alone(text: str) -> bool:
    """Whether a part has a figure and says something of it, so that another may follow by itself."""
    figures = figures_in(text)
    if not figures:
        most = MOST.search(text)
        return bool(REACH.search(text)) or (most is not None and len(text) - most.end() > _SAYS_SOMETHING)
    if not figures[-1].percent and _THINGS.search(text, figures[-1].end):
        return True
    return bool(_PREDICATE.search(text[figures[-1].end :]))
