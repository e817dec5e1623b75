"""Numbers as scanners leave them: spaces between their digits, letters that look like digits."""

import re

_DIGIT = re.compile(r"\d")
_TO_DIGITS = str.maketrans("OoIl", "0011")
_SPACED_NUMBER = re.compile(r"(?<![\d.,/])(\d{1,3})(?: \.|\. | \. )(\d{3})(?![\d%]| ?%)(?=\s+[^\W\d_])")
_TORN_NUMBER = re.compile(
    r"(?<![\w.,/-])(?<!năm )(?<!số )(?<!quý )(?<!\d )(\d{1,3}) (\d{1,3})(?= ?%| [a-zà-ỹđ])(?! ?%?\d)"
)
_SPACED_GROUPS = re.compile(r"(?<![\w.,/-])(?<!năm )\d{1,3}(?: \d{3}){2,}(?= (?:đồng|đ|VNĐ)\b)")
"""Only money: several numbers may stand beside each other, and no two of them are one."""
_SPACED_DECIMAL = re.compile(r"(?<=\d) ,(?=\d)(?<!\d{4} ,)|(?<=\d) , (?=\d{1,2} ?%)(?<!\d{4} , )")
_PARTED_DECIMAL = re.compile(
    r"(\b(?:đạt|trên|dưới|từ|đến|hơn|mức|bằng|quá|thiểu|nhất|khoảng) \d{1,2}), (?=\d ?(?:%|triệu|tỷ))", re.IGNORECASE
)
_LETTER_IN_NUMBER = re.compile(
    r"(?<![\w/-])0[lI](?=\s+[^\W\d_])|"
    r"(?<![\w/-])\d{1,3}(?:\.[\dOo]{3})+(?=\s|%)|"
    r"(?<![\w/-])(?=[OoIl\d]*\d)[OoIl\d]{2,}(?=\s?%)|(?<![\w/-])[2l][0Oo][\dOol]{2}(?![\w/-])"
)
_OPEN_DOCUMENT_NUMBER = re.compile(r"(?<=\d)(?:\s+([-/])\s*|([-/])\s+)(?=[A-ZĐ][\wĐđ]+[-/])")


def mended_numbers(text: str) -> str:
    """The text with spaces and letters inside its numbers mended; every digit stays.

    Money gets its points ("1 250 000 đồng" is 1.250.000); a document number is closed ("12 -KH/TU").
    """
    if not _DIGIT.search(text):
        return text
    text = _LETTER_IN_NUMBER.sub(lambda digits: digits.group().translate(_TO_DIGITS), text)
    text = _SPACED_GROUPS.sub(lambda digits: digits.group().replace(" ", "."), text)
    text = _TORN_NUMBER.sub(r"\1\2", _SPACED_DECIMAL.sub(",", _SPACED_NUMBER.sub(r"\1.\2", text)))
    return _OPEN_DOCUMENT_NUMBER.sub(lambda gap: gap[1] or gap[2], _PARTED_DECIMAL.sub(r"\1,", text))
