"""A target said in one line: "PR-01 kết nạp mới 2025 26". What is missing is asked for, nothing is guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.assigning import LARGEST, Assignment
from handlers.indicator_names import find_indicators
from handlers.union_names import names_of
from knowledge import Union
from knowledge.figures import number_of
from knowledge.indicators import indicators
from knowledge.vietnamese import fold

_FIGURE = re.compile(
    r"(?<![\w.,/-])(?P<number>\d+(?:[.,]\d+)*)\s*(?:(?P<percent>%|ph[ầa]n tr[ăa]m)|"
    r"(?P<scale>ngh[ìi]n|ng[àa]n|tri[ệe]u|tr|t[ỷyỉi])\b)?"
    r"(?:\s*(?:đồng|đ|đoàn viên|doan vien|đv|dv|người|nguoi|thỏa ước|cuộc|lần)(?!\w))?(?![\w/-])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:n[ăa]m\s+)?(20[1-9]\d)(?!\d)", re.IGNORECASE)
_CODE = re.compile(r"(?<!\w)[^\W\d_]+\d*(?:-\w+)*-\d+(?!\w)")
"""The code of a union that is not there."""
_SCALES = {"nghin": "thousand_dong", "ngan": "thousand_dong", "trieu": "million_dong", "tr": "million_dong"}
_BILLION = "billion_dong"


@dataclass(frozen=True)
class Draft:
    """A target that is being said. `maybe` are the indicators that the words may mean where it is not clear."""

    union: str | None = None
    indicator: str | None = None
    year: int | None = None
    value: float | None = None
    unit: str | None = None
    maybe: tuple[str, ...] = ()

    def complete(self) -> Assignment | None:
        """The assignment once nothing is missing."""
        if self.union is None or self.indicator is None or self.year is None or self.value is None or self.unit is None:
            return None
        return Assignment(self.union, self.indicator, self.year, self.value, self.unit)


def read_line(text: str, candidates: Mapping[str, Union]) -> Draft:
    """What a line says of a target: a union (its code or name), an indicator, a year and a figure, in any order."""
    union, rest = _union_in(text, candidates)
    year = _YEAR.search(rest)
    rest = _YEAR.sub(" ", rest, count=1)
    figures = list(_FIGURE.finditer(rest))
    figure = figures[-1] if figures else None
    words = rest[: figure.start()] + " " + rest[figure.end() :] if figure else rest
    words = _CODE.sub(" ", words)
    meant = find_indicators(words, percent=bool(figure and figure["percent"])) if words.strip() else ()
    indicator = meant[0] if len(meant) == 1 else None
    value, unit = read_figure(figure.group(), indicator) if figure else (None, None)
    return Draft(
        union=union,
        indicator=indicator,
        year=int(year[1]) if year else None,
        value=value,
        unit=unit if indicator else None,
        maybe=() if indicator else meant,
    )


def read_figure(text: str, indicator: str | None) -> tuple[float | None, str | None]:
    """A figure as staff write it (26 · 1.250 · 80% · 310 triệu) and its unit; `None` where it is no target's figure."""
    match = _FIGURE.fullmatch(text.strip())
    if match is None:
        return None, None
    value = number_of(match["number"])
    unit = _unit(match, indicator)
    whole = unit == "percent" or unit.endswith("dong") or value == int(value)
    if not whole or not 0 < value <= (100 if unit == "percent" else LARGEST):
        return None, None
    return (int(value) if value == int(value) else value), unit


def _unit(match: re.Match[str], indicator: str | None) -> str:
    if match["percent"]:
        return "percent"
    if match["scale"]:
        return _SCALES.get(fold(match["scale"]), _BILLION)
    return indicators()[indicator].unit if indicator else "count"


def _union_in(text: str, candidates: Mapping[str, Union]) -> tuple[str | None, str]:
    """The code of the union that a text names, and the text without it."""
    by_code = {code.casefold(): code for code in candidates}
    for word in text.split():
        code = by_code.get(word.strip(":,;").casefold())
        if code is not None:
            return code, text.replace(word, " ", 1)
    names = names_of(candidates)
    head, colon, tail = text.partition(":")
    if colon and (union := names.find(head)) is not None:
        return union.code, tail
    held = names.held_in(text)
    return (held.code, _without(text, held.name)) if held else (None, text)


def _without(text: str, name: str) -> str:
    """The text without the words of a name, so that its numbers are not read as figures."""
    gone = set(fold(name).replace("(", " ").replace(")", " ").split())
    kept = [word for word in text.split() if fold(word).strip("(),:;") not in gone]
    return " ".join(kept)
