"""Numbers as people write them in a chat: 1.250 · 1250 đv · 1k2 · mười hai · tăng 3 · khoảng 120 · 98,5%.

What is clear is read; what could mean several things, or is only partly a number, is given back as such, for whoever
asked to ask once more.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from knowledge.spelled import spelled
from knowledge.vietnamese import fold

How = Literal["plain", "change", "about", "either", "partly"]
"""plain: the number itself; change: what is added to the figure known before; about: the person is not sure; either:
one of several; partly: a number, and words that were not understood."""

LONGEST = 80
"""What is longer than any number with its unit, written out or in figures, is none."""


@dataclass(frozen=True)
class TypedNumber:
    """What somebody typed where a number was asked: its possible values, the likeliest first, and in `left` the words
    beside it that were not understood."""

    how: How
    values: tuple[float, ...]
    left: str = ""


_UNITS = (
    r"doan vien|cong doan vien|dv|cdv|d/v|nguoi lao dong|nguoi|ng|lao dong|nld|cong nhan vien|cong nhan|cnvc|cnv|cn|"
    r"vien chuc|can bo|cb|cdcs|don vi|truong hop|gia dinh|suat|ca|cap|vu|cuoc|can|lan|luot|hoi nghi|ban|thoa uoc|"
    r"doanh nghiep|dn|chi em|anh em|anh chi em|ban tre|em|phan qua|phan|members?|workers?|people|persons?"
)
_BEFORE = re.compile(
    r"(?:(?:da|vang|thua|bao cao|chi co|hien co|hien nay|hien|van co|tong so|tong cong|tong|cong|chi|con|du|duoc|co|la|"
    r"so|em|minh|ben em|ben minh|don vi|it is|we have)\s+)+(?=\S)"
)
_AFTER = re.compile(r"(?:[\s,.!…]+(?:a|nhe|nha|nhe em|em a|thoi|thoi em|roi|do|do em|ok|vay))+$")
_ABOUT = re.compile(
    r"(?:vao khoang|khoang chung|khoang|tam|chung|do|co|uoc|uoc chung|gan|hon|tren|duoi|xap xi|about|~|≈)\s*"
)
_CHANGE = re.compile(r"(?P<sign>tang them|tang|them|giam di|giam|bot|nghi|mat|up|down|plus|\+)\s*(?P<number>.+)")
_ABSOLUTE = re.compile(r"(?:tang|giam)\s+(?:(?:tu\s+\S+\s+)(?:len|xuong|con|toi|den)|xuong con|con|thanh|toi|den)\s+")
_UP_TO = re.compile(r"(?:tang|giam)\s+(?:len|xuong)\s+")
_DOWN = ("giam", "bot", "nghi", "mat", "down")
_FIGURES = re.compile(
    r"(?P<number>\d{1,3}(?: \d{3})+|\d[\d.,]*)\s*(?P<scale>k|nghin|ngan|tram|tr|trieu)?\s*(?P<rest>\d{1,3})?"
)
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"(\d{1,6})[.,](\d{1,6})")
_SCALES = {"k": 1_000, "nghin": 1_000, "ngan": 1_000, "tram": 100, "tr": 1_000_000, "trieu": 1_000_000}
_EITHER = re.compile(r"(?P<low>\d[\d.,]*)\s*(?:-|–|hoac|hay|den|toi|or)\s*(?P<high>\d[\d.,]*)")
_BESIDE = re.compile(
    rf"(?P<number>\d[\d.,]*)\s*(?:(?:{_UNITS})(?=\W|$))?\s*(?P<left>[(,;:].+|trong do.+|nu .+|[a-z].*)"
)
_ASKING = re.compile(r"\b(?:gi|nao|may|sao|ai|dau|bao|bn|nhieu|the|khong|ko|what|how|which|who|why|when)\b")
_NONE = re.compile(
    "khong|ko|k|kg|hong|khong co|ko co|k co|chua|chua co|khong ai|khong co ai|khong co gi|khong phat sinh|"
    "khong co phat sinh|khong nguoi nao|none|no|nothing|nobody"
)
_PERCENT = re.compile(r"(?P<number>\d{1,4}(?:[.,]\d{1,2})?)\s*(?:%|phan tram|pt|percent)?")
_RATIO = re.compile(r"(?P<part>\d{1,6})\s*(?:/|tren|of)\s*(?P<whole>\d{1,6})")


def read_count(text: str) -> TypedNumber | None:
    """What a person typed where a count was asked; `None` where there is no number in it. Values are whole."""
    typed = _bare(text)
    if not typed:
        return None
    if _NONE.fullmatch(typed):
        return TypedNumber("plain", (0,))
    return _moved(typed) or _counted(typed) or _about(typed) or _either(typed) or _partly(typed, text)


def read_percent(text: str) -> TypedNumber | None:
    """What a person typed where a percentage was asked: 98,5% · 98 phần trăm · tăng 2% · 45/60 (asked about)."""
    typed = _bare(text)
    about, typed = _without(_ABOUT, typed)
    if ratio := _RATIO.fullmatch(typed):
        whole = int(ratio["whole"])
        return TypedNumber("either", (round(100 * int(ratio["part"]) / whole, 1),)) if whole else None
    change = _CHANGE.fullmatch(typed)
    value = _percentage(change["number"] if change else typed)
    if value is None:
        return None
    if change:
        return TypedNumber("change", (-value if change["sign"].startswith(_DOWN) else value,))
    return TypedNumber("about" if about else "plain", (value,))


def _percentage(typed: str) -> float | None:
    if found := _PERCENT.fullmatch(typed):
        return float(found["number"].replace(",", "."))
    whole, _, part = re.sub(r"\s*(?:%|phan tram)$", "", typed).partition(" phay ")
    values, decimals = spelled(whole), spelled(part)
    if not values or (part and not decimals):
        return None
    return float(f"{values[0]}.{decimals[0]}") if part else float(values[0])


def _bare(text: str) -> str:
    """Folded, in plain digits, without the words of politeness around it; empty where the text is too long."""
    typed = fold(unicodedata.normalize("NFKC", text)).strip(" .,;!…\n\t")
    if len(typed) > LONGEST or "?" in typed:
        return ""
    typed = re.sub(r"\s+", " ", typed.replace("−", "-"))
    return _AFTER.sub("", _without(_BEFORE, typed)[1])


def _without(pattern: re.Pattern[str], typed: str) -> tuple[bool, str]:
    found = pattern.match(typed)
    rest = typed[found.end() :] if found else ""
    return (True, rest) if rest else (False, typed)


def _moved(typed: str) -> TypedNumber | None:
    """Counts that are said by what became of the last one: tăng 3, giảm còn 120, -5."""
    absolute, rest = _without(_ABSOLUTE, typed)
    if absolute:
        return _counted(rest)
    if typed.startswith("-"):
        below = _counted(typed.removeprefix("-").strip())
        return TypedNumber("plain", tuple(-value for value in below.values)) if below else None
    if _UP_TO.match(typed):
        return None
    change = _CHANGE.fullmatch(typed)
    by = _counted(change["number"]) if change else None
    if change is None or by is None or by.how != "plain":
        return None
    return TypedNumber("change", (-by.values[0] if change["sign"].startswith(_DOWN) else by.values[0],))


def _counted(typed: str) -> TypedNumber | None:
    """A count in figures or words, with or without its unit."""
    number = re.sub(rf"(?<=\w)\s*\b(?:{_UNITS})$|(?<=\d)\s*(?:{_UNITS})$", "", typed).strip()
    values = _figures(number) or spelled(number)
    return TypedNumber("plain" if len(values) == 1 and _is_clear(number) else "either", values) if values else None


def _is_clear(number: str) -> bool:
    """Whether a written number has its usual form: 1.25 and "hai ba" have not."""
    decimal = _DECIMAL.match(number)
    if decimal and not _GROUPED.fullmatch(number) and decimal.end() == len(number):
        return int(decimal[2]) == 0
    words = number.split()
    return len(words) != 2 or any(
        word in ("muoi", "chuc", "tram", "ruoi", "nghin", "ngan", "trieu", "k", "tr", "ham") or word.isdecimal()
        for word in words
    )


def _figures(typed: str) -> tuple[float, ...]:
    """The possible values of a number in figures; none where it is no count."""
    found = _FIGURES.fullmatch(typed)
    if found is None:
        return ()
    scale, rest = _SCALES.get(found["scale"] or "", 1), found["rest"]
    if rest and scale == 1:
        return ()
    bases = _whole_values(found["number"].replace(" ", ""), scale)
    if rest is None:
        return bases
    return tuple(base + int(rest) * scale // 10 ** len(rest) for base in bases)


def _whole_values(number: str, scale: int) -> tuple[float, ...]:
    if number.isdecimal() and len(number) <= 12:
        return (int(number) * scale,)
    if _GROUPED.fullmatch(number):
        return (int(re.sub(r"[.,]", "", number)) * scale,)
    decimal = _DECIMAL.fullmatch(number)
    if decimal is None:
        return ()
    if scale > 1:
        value = float(f"{decimal[1]}.{decimal[2]}") * scale
        return (round(value),) if value == round(value) else ()
    if int(decimal[2]) == 0:
        return (int(decimal[1]),)
    joined = decimal[1] + decimal[2]
    padded = decimal[1] + decimal[2].ljust(3, "0")
    return tuple(dict.fromkeys((int(joined), int(padded))))


def _about(typed: str) -> TypedNumber | None:
    about, rest = _without(_ABOUT, typed)
    found = _counted(rest) if about else None
    return TypedNumber("about", found.values) if found else None


def _either(typed: str) -> TypedNumber | None:
    reached, rest = _without(_UP_TO, typed)
    if reached:
        found = _counted(rest)
        return TypedNumber("either", found.values) if found else None
    both = _EITHER.match(re.sub(rf"\s*(?:{_UNITS})$", "", typed))
    if both is None:
        return None
    values = (*_whole_values(both["low"].rstrip(".,"), 1)[:1], *_whole_values(both["high"].rstrip(".,"), 1)[:1])
    return TypedNumber("either", values) if len(values) == 2 else None


def _partly(typed: str, text: str) -> TypedNumber | None:
    """A number and words beside it: 128 (trong đó nữ 60). A question that begins with a number is none."""
    found = _BESIDE.fullmatch(typed)
    values = _whole_values(found["number"].rstrip(".,"), 1) if found else ()
    if found is None or not values or _ASKING.search(found["left"]):
        return None
    if re.match(r"(?:thang|nam|ngay|quy|tuan|gio|nua|phan tram|%|years?|months?|days?)\b", found["left"]):
        return None
    marked = re.match(r"[(,;:]|trong do|nu ", found["left"])
    if not marked and (len(found["left"].split()) > 3 or re.search(r"\d", found["left"])):
        return None
    written = unicodedata.normalize("NFKC", text).strip()
    left = written[len(written) - len(found["left"]) :] if fold(written).endswith(found["left"]) else found["left"]
    return TypedNumber("partly", values[:1], left.strip(" ,;:()"))
