"""Places that a question names: unions of the organisation, places of the documents, provinces of the country."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from knowledge import Document, Union
from knowledge.lexicon import phrase, read_table
from knowledge.vietnamese import fold, normalize

LEVELS = {
    "tỉnh": "province",
    "province": "province",
    "provincial": "province",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "district": "district",
    "xã": "grassroots",
    "phường": "grassroots",
    "commune": "grassroots",
    "ward": "grassroots",
}
"""The level of a union by the word that people use for its area ("thành phố" may be either, so it says nothing)."""

AREA = r"(?:tỉnh|huyện|quận|thị xã|thành phố|TP\.?|xã|phường|thị trấn)"
"""The words for an area that stand before its name, as a pattern."""
_CAPITAL = "".join(letter for letter in map(chr, range(0x1EFF)) if letter.isupper() and letter.isalpha())
_CAPITALISED = rf"[{_CAPITAL}][^\W\d_]*"
_NAMED = re.compile(rf"(?i:\b(?<!hợp tác ){AREA})\s+({_CAPITALISED}(?:\s+{_CAPITALISED}){{0,3}})")
_ENGLISH = re.compile(
    rf"\b(?!(?:The|Our|This|Which|What|Each|Every|Any|Does|Did|Is|Are|Has|Will|Should|Must)\b)"
    rf"({_CAPITALISED}(?:\s+{_CAPITALISED}){{0,3}})\s+(?:district|province|city|commune|ward)\b"
)
_NOT_NAMES = frozenset({"ủy", "uỷ", "đoàn", "đảng", "hội", "công", "liên", "ban"})


@dataclass(frozen=True)
class Place:
    """A place as a question names it: `name` as it is written, the unions that bear it (none: nobody we know)."""

    name: str
    unions: tuple[str, ...] = ()


@cache
def provinces() -> tuple[tuple[str, str], ...]:
    """Every spelling of a province as tokens, with its name; the longest first."""
    table = read_table("provinces.toml")
    names: dict[str, str] = {}
    for key in ("until_2025", "since_2025"):
        listed = table[key]
        assert isinstance(listed, list)
        names |= {phrase(name): name for name in listed}
    spellings = table["spellings"]
    assert isinstance(spellings, dict)
    names |= {phrase(said): name for said, name in spellings.items()}
    return tuple(sorted(names.items(), key=lambda entry: -len(entry[0])))


def union_places(unions: Iterable[Union], documents: Iterable[Document]) -> tuple[Place, ...]:
    """The place names that unions and their documents bear, the longest first.

    A union's place is what its name holds after the word of its area ("LĐLĐ quận Ba Đình": "Ba Đình").
    """
    found: dict[str, set[str]] = {}
    for union in unions:
        for match in _NAMED.finditer(normalize(union.name)):
            found.setdefault(match[1], set()).add(union.code)
    for document in documents:
        for text in (document.issuer or "", f"{_area_word(document)} {document.place or ''}"):
            for match in _NAMED.finditer(normalize(text)):
                if document.scope and fold(match[1].split()[0]) not in map(fold, _NOT_NAMES):
                    found.setdefault(match[1], set()).add(document.scope)
    listed = [Place(name, tuple(sorted(codes))) for name, codes in found.items()]
    return tuple(sorted(listed, key=lambda place: (-len(place.name), place.name)))


def _area_word(document: Document) -> str:
    return "quận" if document.place else ""


def find_places(text: str, tokens: Sequence[str], known: Sequence[Place]) -> list[tuple[Place, str]]:
    """The places in a question (`tokens` of it as typed) with the tokens that name them: known ones, then provinces,
    then a capitalised name after the word of an area ("huyện Bù Gia Mập") that nobody bears."""
    typed = f" {' '.join(tokens)} "
    found: list[tuple[Place, str]] = []
    for name, bare, place in (*_spellings(tuple(known)), *_province_spellings()):
        spelled = _spelled(name, bare, typed)
        if spelled and not any(f" {spelled} " in f" {other} " for _, other in found):
            found.append((place, spelled))
    for match in (*_NAMED.finditer(normalize(text)), *_ENGLISH.finditer(normalize(text))):
        name = phrase(match[1])
        first = name.split()[0]
        if first not in _NOT_NAMES and not any(other in name or name in other for _, other in found):
            found.append((Place(match[1]), name))
    return found


@cache
def _province_spellings() -> tuple[tuple[str, str, Place], ...]:
    return tuple((spelled, fold(spelled), Place(name)) for spelled, name in provinces())


@cache
def _spellings(known: tuple[Place, ...]) -> tuple[tuple[str, str, Place], ...]:
    return tuple((phrase(place.name), fold(phrase(place.name)), place) for place in known)


def _spelled(name: str, bare: str, typed: str) -> str | None:
    """How a text writes a name: as it should be, or, where it is typed without accents, without them."""
    if f" {name} " in typed:
        return name
    return bare if f" {bare} " in typed else None
