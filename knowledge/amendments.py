"""Points of a document that a later one replaces, changes or repeals, and what is therefore in force on a day."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from knowledge import Document, Passage, Target
from knowledge.index import Library
from knowledge.sections import item_text
from knowledge.targets import read_targets

_KIND = (
    r"(?:Kế hoạch|Nghị quyết|Chương trình(?: hành động)?|Hướng dẫn|Quyết định|Chỉ thị|Quy chế|Quy định|Đề án|Công văn)"
)
_POINT = r"(?:điểm|khoản|tiết|tiểu mục|mục|phần|chương|gạch đầu dòng)"
_ACT = r"(?P<act>thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|sửa đổi(?:,? (?:và )?bổ sung)?|điều chỉnh|thay)"
_ACTIVE = re.compile(rf"{_ACT}\s+(?P<what>[^;:“”.]{{0,60}}?\b{_POINT}\s(?:[^;:“”.]|\.(?=\d))*)", re.IGNORECASE)
_PASSIVE = re.compile(
    rf"(?P<what>\b{_POINT}\s(?:[^;:“”.]|\.(?=\d))*?)\s+(?:được\s+|đã\s+)?{_ACT}"
    r"(?=\s*(?:như sau|thành|bằng|bởi|[:.;]|$))",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?P<act>thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)\s+(?:toàn bộ\s+)?"
    rf"(?P<what>{_KIND}\s+(?:số\s*:?\s*)?\d(?:[^;:“”.]|\.(?=\d))*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d+[-/][A-ZĐ][\w/Đđ-]*")
_CHAPTER = re.compile(r"(?i:\b(?:mục|phần|chương))\s+(?P<chapter>[IVXLC]+)\b(?:\.(?P<number>\d+(?:\.\d+)*))?")
_NUMBERED = re.compile(
    r"(?i:\b(?:điểm|khoản|tiết|tiểu mục|mục))\s+"
    r"(?P<all>\d+(?:\.\d+)*(?:(?:\s*,\s*|\s+và\s+)(?:điểm\s+)?\d+(?:\.\d+)*)*)"
)
_LETTERED = re.compile(r"(?i:\b(?:điểm|tiết))\s+(?P<letter>[a-zđ])\b(?!\w)")
_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6}
_DASH = re.compile(r"gạch đầu dòng thứ (?P<place>nhất|hai|ba|tư|bốn|năm|sáu|\d+)")
_STARTS = re.compile(r"hiệu lực\s+(?:kể\s+)?từ\s+(?:ngày\s+)?(\d{1,2})/(\d{1,2})/(\d{4})")
_REPEALS = ("bãi", "hủy", "huỷ")
_MOST, _LONGEST = 500, 8
_WORDS = '"thay_thế" OR "bãi_bỏ" OR "hủy_bỏ" OR "huỷ_bỏ" OR "sửa_đổi" OR "điều_chỉnh"'


@dataclass(frozen=True)
class Amendment:
    """That passage `position` of `document` changes the passages `replaced` of the earlier document `amended`.

    `words` are the new wording, empty where the point is repealed or the later document stands in its place as a whole;
    `targets` are those of the new wording. It holds from the day `starts` on, always where no day is known.
    """

    document: str
    position: int
    amended: str
    section: str
    replaced: tuple[int, ...]
    repeals: bool
    words: str
    starts: date | None
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class InForce:
    """What holds on a day: the passages (document, position) that do not any more (`gone`, with what ended each), the
    targets that stand in their place, and the amendment that each amending passage makes."""

    gone: Mapping[tuple[str, int], Amendment]
    targets: tuple[Target, ...]
    made: Mapping[tuple[str, int], Amendment]


def in_force(library: Library, keys: Sequence[str], today: date) -> InForce:
    """What the documents `keys` have changed in each other by `today`; the latest change wins."""
    seen = frozenset(keys)
    holding = [
        each
        for each in amendments(library)
        if {each.document, each.amended} <= seen and (each.starts is None or each.starts <= today)
    ]
    gone: dict[tuple[str, int], Amendment] = {}
    made: dict[tuple[str, int], Amendment] = {}
    targets: list[Target] = []
    for each in sorted(holding, key=lambda each: each.starts or date.min, reverse=True):
        if (each.document, each.position) not in gone and not all(
            (each.amended, place) in gone for place in each.replaced
        ):
            gone |= {(each.amended, place): each for place in each.replaced}
            made[each.document, each.position] = each
            targets += each.targets
    return InForce(gone, tuple(targets), made)


@lru_cache(maxsize=8)
def amendments(library: Library) -> tuple[Amendment, ...]:
    """Every amendment that a document of the library makes to another one of it."""
    hits = library.match(_WORDS, tuple(library.documents), _MOST)
    places = sorted({(key, position) for key, position, _ in hits})
    return tuple(each for key, position in places for each in _made(library, key, position))


def _made(library: Library, key: str, position: int) -> Iterator[Amendment]:
    document, passage = library.documents[key], library.passage(key, position)
    text = item_text(passage.text)
    for match in (*_ACTIVE.finditer(text), *_PASSIVE.finditer(text), *_WHOLE.finditer(text)):
        earlier = _earlier(library, document, match["what"])
        if earlier is None or not passage.section:
            continue
        repeals = match["act"].lower().startswith(_REPEALS)
        placed = (passage, "") if repeals else _new_words(library, key, passage, text[match.end() :])
        for section in _sections(match["what"]) if match.re is not _WHOLE else [""]:
            replaced = _replaced(library.passages(earlier.key), section, match["what"])
            if replaced:
                yield Amendment(
                    document=key,
                    position=placed[0].position,
                    amended=earlier.key,
                    section=section,
                    replaced=tuple(each.position for each in replaced),
                    repeals=repeals,
                    words=placed[1],
                    starts=_starts(library, document),
                    targets=_targets(document, *placed, replaced[0]),
                )


def _earlier(library: Library, document: Document, what: str) -> Document | None:
    """The document that is amended: by the number named here or in the title; without a number the only earlier one of
    the same union."""
    numbers = [number.casefold() for number in (_NUMBER.findall(what) or _NUMBER.findall(document.title))]
    others = [other for other in library.documents.values() if other.key != document.key and _before(other, document)]
    if numbers:
        named = [other for other in others if (other.number or "").casefold() in numbers]
        chain = library.chain(document.scope)
        near = [other for other in named if other.scope in chain or document.scope in library.chain(other.scope)]
        return next(iter(near), None)
    own = [other for other in others if other.scope == document.scope]
    return own[0] if len(own) == 1 and re.search("sửa đổi|điều chỉnh|thay thế", document.title.lower()) else None


def _before(other: Document, document: Document) -> bool:
    return not (other.issued_on and document.issued_on) or other.issued_on <= document.issued_on


def _sections(what: str) -> list[str]:
    """The points that are named, as sections are written ("điểm 2.1 mục II": II.2.1)."""
    chapter = _CHAPTER.search(what)
    top = chapter["chapter"] if chapter else ""
    numbers = [number for match in _NUMBERED.finditer(what) for number in re.findall(r"\d+(?:\.\d+)*", match["all"])]
    if chapter and chapter["number"]:
        numbers.append(chapter["number"])
    deepest = max((number.count(".") for number in numbers), default=0)
    finest = [number for number in numbers if number.count(".") == deepest]
    letter = _LETTERED.search(what)
    points = [".".join(filter(None, (top, number, letter["letter"] if letter else ""))) for number in finest or [""]]
    return [point for point in points if point]


def _replaced(passages: Iterable[Passage], section: str, what: str) -> list[Passage]:
    """The passages of the point, or its one item where the text counts them ("gạch đầu dòng thứ hai")."""
    listed = [
        passage
        for passage in passages
        if passage.section
        and (
            not section
            or passage.section == section
            or passage.section.startswith(f"{section}.")
            or (passage.section.endswith(f".{section}"))
        )
    ]
    dash = _DASH.search(what)
    if not dash:
        return listed
    items = [passage for passage in listed if passage.text.startswith(("-", "+", "•", "*"))]
    place = _ORDINALS.get(dash["place"]) or int(dash["place"])
    return items[place - 1 : place]


def _new_words(library: Library, key: str, passage: Passage, rest: str) -> tuple[Passage, str]:
    """The new wording and the passage that holds it: what stands in quotation marks, else after the colon; in the next
    paragraphs where the passage ends with one."""
    quoted = re.search(r"“(.+)”", rest, re.DOTALL)
    if quoted:
        return passage, quoted[1].strip()
    after = re.split(r"như sau\s*:?|thành\s*:?|bằng\s*:?|:", rest, maxsplit=1)
    words = after[1].strip(" “”") if len(after) > 1 else ""
    if words or not rest.strip().endswith(":"):
        return passage, words
    following = [each for each in library.passages(key) if each.position > passage.position][:_LONGEST]
    taken: list[str] = []
    for each in following:
        if taken and not (taken[0].startswith("“") and "”" not in " ".join(taken)):
            break
        taken.append(each.text)
    return (following[0] if following else passage), " ".join(taken).strip(" “”.")


def _starts(library: Library, document: Document) -> date | None:
    for passage in library.passages(document.key):
        named = _STARTS.search(passage.text)
        if named:
            day, month, year = map(int, named.groups())
            return date(year, month, day)
    return document.issued_on


def _targets(document: Document, passage: Passage, words: str, old: Passage) -> tuple[Target, ...]:
    """The targets of the new wording, read as if it stood where the old one did, cited where it does stand."""
    if not words:
        return ()
    moved = replace(old, text=words, original=words)
    found = read_targets(replace(document, passages=(moved,)))
    return tuple(replace(target, section=passage.section, position=passage.position) for target in found)
