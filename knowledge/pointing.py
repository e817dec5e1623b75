"""Points of a plan as another one names them ("điểm 2.1 khoản 2 mục B phần II"), and the passages that they mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge import Passage

POINT = r"(?:tiểu mục|điểm|khoản|tiết|mục|phần|chương|điều|gạch đầu dòng)"
_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV", 5: "V", 6: "VI", 7: "VII", 8: "VIII", 9: "IX"}
_MARK = (
    rf"(?:thứ (?:{'|'.join(_ORDINALS)})|(?:[IVXLC]+|[A-H]|\d+|[a-zđ])(?:[.\-](?:[A-H]|\d+|[a-zđ])(?![\w/]))*)(?![\w/%])"
)
_NAMED = re.compile(
    rf"\b(?P<kind>(?i:tiểu mục|điểm|khoản|tiết|mục|phần|chương|điều))\s+"
    rf"(?P<all>{_MARK}(?:(?:\s*[,;]\s*|\s+và\s+){_MARK})*)"
)
_DASH = re.compile(r"(?:gạch đầu dòng|ý) thứ (?P<place>nhất|hai|ba|tư|bốn|năm|sáu|bảy|\d+)")
_RANKS = {"phần": 0, "chương": 0, "mục": 1, "điều": 1, "tiểu mục": 2, "khoản": 2, "điểm": 3, "tiết": 4}
_LIKE = 45

Path = tuple[str, ...]


@dataclass(frozen=True)
class Pointed:
    """A point of a plan: its section as people cite it, and the passages that it consists of."""

    section: str
    passages: tuple[Passage, ...]


def paths(words: str) -> list[Path]:
    """The points that words name, each as its marks from the outermost in ("II", "B", "2", "1")."""
    groups: list[dict[int, list[str]]] = []
    for match in _NAMED.finditer(words):
        rank = _RANKS[match["kind"].lower()]
        if not groups or rank in groups[-1]:
            groups.append({})
        groups[-1][rank] = [_mark(match["kind"].lower(), mark) for mark in re.findall(_MARK, match["all"])]
    # "Điểm a và điểm b khoản 1": what one point leaves out the others say.
    whole = [_completed(group, [*groups[place + 1 :], *groups[:place][::-1]]) for place, group in enumerate(groups)]
    return list(dict.fromkeys(path for group in whole for path in _spread(group)))


def pointed(passages: Sequence[Passage], words: str, new_words: str) -> list[Pointed]:
    """What the points that are named in `words` mean in a document; `new_words` choose where several have that name."""
    named = paths(words)
    found = [_found(passages, path, new_words) for path in named]
    if not named and _DASH.search(words):
        named, found = [()], [tuple(passage for passage in passages if passage.section)]
    chosen = [(path, _item(listed, words)) for path, listed in zip(named, found, strict=True)]
    return [Pointed(_section(listed, path), listed) for path, listed in chosen if listed]


def place_of(passages: Sequence[Passage], words: str) -> Passage | None:
    """The passage below or behind which a new point is put: the named one that stands, or what it would stand under."""
    named = sorted(paths(words), key=lambda path: -len(path))
    shorter = [path[:length] for path in named for length in range(len(path), 0, -1)]
    return next((listed[0] for path in shorter if (listed := _found(passages, path, ""))), None)


def _completed(group: dict[int, list[str]], others: Sequence[dict[int, list[str]]]) -> dict[int, list[str]]:
    finest = max(group)
    outer = {rank: marks for other in reversed(others) for rank, marks in other.items() if rank < finest}
    return outer | group


def _spread(group: dict[int, list[str]]) -> list[Path]:
    """The paths of one group: its finest mark may be several."""
    above: Path = ()
    for rank in sorted(group)[:-1]:
        above = _joined(above, group[rank][0])
    return [_joined(above, mark) for mark in group[max(group)]]


def _joined(above: Path, mark: str) -> Path:
    """The path with a mark below it, which may repeat what stands above it ("điểm 2.1 khoản 2")."""
    own = tuple(re.split(r"[.\-]", mark)) if not mark.startswith("điều") else (mark,)
    shared = next((size for size in range(len(own) - 1, 0, -1) if above[-size:] == own[:size]), 0)
    return (*above, *own[shared:])


def _mark(kind: str, mark: str) -> str:
    if mark.startswith("thứ "):
        return _ROMAN[_ORDINALS[mark.removeprefix("thứ ")]]
    if kind in ("phần", "chương") and mark.isdigit():
        return _ROMAN.get(int(mark), mark)
    return f"điều {mark}" if kind == "điều" else mark


def _path(section: str) -> Path:
    """A section as its marks: "Phần thứ nhất.2" is ("I", "2"), "Điều 5.a" ("điều 5", "a")."""
    parts = section.split(".") if section else []
    return tuple(_mark(*_kind(part)) if " " in part else part for part in parts)


def _kind(part: str) -> tuple[str, str]:
    kind, mark = part.split(" ", 1)
    return kind.lower(), mark


def _found(passages: Sequence[Passage], path: Path, new_words: str) -> tuple[Passage, ...]:
    """The passages at and below a path: as it is written, else within another chapter or part that was left out."""
    placed = [(passage, _path(passage.section)) for passage in passages if passage.section]
    for ways in (_as_written, _without_parts, _further_in):
        anchors: dict[Path, list[Passage]] = {}
        for passage, own in placed:
            if (anchor := ways(own, path)) is not None:
                anchors.setdefault(anchor, []).append(passage)
        if anchors:
            return tuple(_likest(list(anchors.values()), new_words))
    return ()


def _as_written(own: Path, path: Path) -> Path | None:
    return path if own[: len(path)] == path else None


def _without_parts(own: Path, path: Path) -> Path | None:
    """Where the parts "A", "B" are left out of a path."""
    plain = tuple(mark for mark in own if not re.fullmatch("[A-H]", mark))
    return own[: len(path) + len(own) - len(plain)] if plain[: len(path)] == path else None


def _further_in(own: Path, path: Path) -> Path | None:
    """Where what stands above a point is left out."""
    starts = range(1, len(own) - len(path) + 1)
    return next((own[: at + len(path)] for at in starts if own[at : at + len(path)] == path), None)


def _likest(groups: list[list[Passage]], new_words: str) -> list[Passage]:
    """Of several points with one name that which the new words are about; none where they do not tell."""
    if len(groups) == 1:
        return groups[0]
    rated = [(fuzz.token_set_ratio(" ".join(each.text for each in group), new_words), group) for group in groups]
    best, group = max(rated, key=lambda entry: entry[0])
    return group if new_words and best >= _LIKE else []


def _item(listed: tuple[Passage, ...], words: str) -> tuple[Passage, ...]:
    """The one item of a point where the text counts them ("gạch đầu dòng thứ hai"), else the whole."""
    dash = _DASH.search(words)
    if not dash:
        return listed
    items = [passage for passage in listed if passage.text.startswith(("-", "+", "•", "*", "–"))]
    place = _ORDINALS.get(dash["place"]) or int(dash["place"])
    return tuple(items[place - 1 : place])


def _section(listed: Sequence[Passage], path: Path) -> str:
    """The section of a point, as the document itself prints it."""
    first = listed[0].section
    return first if not path or path[-1] in _path(first)[-1:] else ".".join(path)
