"""Changes that name no point: "nâng chỉ tiêu … từ 450 lên 600", "không tiếp tục thực hiện chỉ tiêu …"; what each says,
and which target or clause of the earlier plan it means."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge import Passage, Target
from knowledge.claims import unit_of
from knowledge.figures import figures_in
from knowledge.sentences import clauses_of
from knowledge.vietnamese import syllables

_ACT = re.compile(
    r"\b(?:nâng|tăng|giảm|hạ|rút|điều chỉnh|thay đổi|sửa đổi|sửa|lùi|dời|gia hạn|kéo dài|chuyển|đổi|quy định lại|"
    r"xác định lại|giao lại)\b",
    re.IGNORECASE,
)
_TOWARDS = re.compile(
    r"(?<!trở )\b(?P<word>lên|xuống|thành|sang|còn|là|đến|tới)\s+"
    r"(?=(?:(?:còn|là|mức|thành|ít nhất|tối thiểu|không dưới|trên|từ|khoảng|trước|chậm nhất|ngày|tháng)\s+)*"
    r"(?:\d|quý [IVX\d]|cuối (?:tháng|quý|năm)))",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(r"\b(?:lùi|dời|gia hạn|kéo dài)\b", re.IGNORECASE)
_INSTEAD = re.compile(r"^(?P<now>[^;:]*\d[^;:]*?),?\s+thay (?:cho|vì|thế)\s+(?P<old>[^;:]*\d[^;:]*)$", re.IGNORECASE)
_NEEDS_OLD = frozenset({"đến", "tới", "là"})
_OLD = re.compile(r"\btừ\s+(?P<old>(?:(?!\btừ\b)[^;:])*)$", re.IGNORECASE)
_ENDED = re.compile(
    r"^\W*(?:không (?:tiếp tục )?(?:thực hiện|triển khai|áp dụng|giao)|(?:bãi|hủy|huỷ) bỏ|bỏ|"
    r"thôi(?: không)?(?: thực hiện)?|"
    r"(?:tạm )?(?:dừng|ngừng)(?: thực hiện| triển khai)?)\s+(?:các\s+)?"
    r"(?P<what>(?:chỉ tiêu|nhiệm vụ|nội dung|quy định|hoạt động|việc|mức)\s[^;:]+)",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(
    r"^\W*(?P<what>(?:Chỉ tiêu|Nhiệm vụ|Nội dung|Quy định|Việc|Mức)\s[^;:]+?)\s+"
    r"(?:không còn|không tiếp tục|thôi|dừng|được bãi bỏ|bị bãi bỏ|không)\s*(?:được\s+)?(?:áp dụng|thực hiện|triển khai|"
    r"giao|hiệu lực|nữa)?\b",
)
_DAY = re.compile(
    r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/\d{4})?\b|\bquý (?P<quarter>[IVX]+|\d)\b|"
    r"\bngày (?P<alone>\d{1,2})(?![\d/])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/])20\d\d(?!\d)")
_DOCUMENT = re.compile(
    r"(?:tại |trong |của |theo )?(?:Kế hoạch|Nghị quyết|Chương trình|Hướng dẫn|Đề án) số[^,;:]*?"
    r"(?=\s(?:từ|lên|xuống|thành|còn|sang)\b|[,;:]|$)"
)
_SAYS_NOTHING = frozenset(
    syllables(
        "chỉ tiêu mức tỷ lệ số lượng con thời hạn gian nội dung nhiệm vụ quy định việc về được các của và là có phải "
        "sẽ nay đạt thực hiện giao năm hằng hàng mỗi đến từ trong tại cho trên thành lên"
    )
)
_SAME, _SAME_WITHOUT_OLD = 0.6, 0.75


@dataclass(frozen=True)
class Restatement:
    """What a clause changes: the thing in its words, what stood (empty where it does not say so) and what holds now
    (empty where the thing is given up)."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Meant:
    """The clause of the earlier plan that a restatement means, and the targets in it that it ends."""

    passage: Passage
    clause: str
    targets: tuple[Target, ...]


def restatements(text: str) -> Iterator[Restatement]:
    """What the sentences of a paragraph change without naming a point."""
    for clause in clauses_of(text):
        said = _given_up(clause) or _restated(clause) or _instead(clause)
        if said:
            yield said


def _given_up(clause: str) -> Restatement | None:
    match = _ENDED.match(clause) or _NO_LONGER.match(clause)
    return Restatement(match["what"].rstrip(" ."), "", "") if match else None


def _restated(clause: str) -> Restatement | None:
    for towards in _TOWARDS.finditer(clause):
        before = clause[: towards.start()]
        stood = _OLD.search(before)
        old = stood["old"].strip() if stood and _marks(stood["old"]) else ""
        act = _ACT.search(before)
        needs_old = towards["word"].lower() in _NEEDS_OLD and not _PUT_OFF.search(before)
        if act is None or (needs_old and not old):
            continue
        thing = before[: stood.start()] if stood and old else before
        return Restatement(_without(thing, act), old, clause[towards.end() :].rstrip(" .;"))
    return None


def _instead(clause: str) -> Restatement | None:
    match = _INSTEAD.match(clause)
    return Restatement(match["now"], match["old"].rstrip(" ."), match["now"]) if match else None


def _without(thing: str, act: re.Match[str]) -> str:
    """The thing without the word of changing and without the plan it stands in."""
    return _DOCUMENT.sub(" ", f"{thing[: act.start()]} {thing[act.end() :]}")


def meant(passages: Sequence[Passage], targets: Sequence[Target], said: Restatement) -> Meant | None:
    """The clause of a plan that a restatement means: the one with its old figure that holds most of its words; `None`
    where none surely is meant."""
    rated = sorted(_rated(passages, targets, said), key=lambda entry: entry[0], reverse=True)
    least = _SAME if said.old else _SAME_WITHOUT_OLD
    return rated[0][1] if rated and rated[0][0][0] >= least else None


def _rated(
    passages: Sequence[Passage], targets: Sequence[Target], said: Restatement
) -> Iterator[tuple[tuple[float, bool, float], Meant]]:
    """The clauses that may be meant, each with how much of the thing it holds, whether it sets a target, and how much
    of it is about the thing."""
    about = _content(said.what)
    years = set(_YEAR.findall(f"{said.what} {said.new}"))
    shared = [target for target in targets if not target.unit_name]
    for passage in passages:
        if not passage.section or not about:
            continue
        for clause in clauses_of(passage.text):
            here = [each for each in shared if each.position == passage.position and each.quote in clause]
            for quote, own in _parts(clause, here):
                if not _stood(said, quote, own) or not _of_years(years, own):
                    continue
                words = _content(quote)
                held = len(about & words) + 0.5 * len((about - words) & _content(passage.heading + " " + clause))
                ended = tuple(each for each in _nearest(quote, own, about) if _may_end(each, said))
                yield (
                    (held / len(about), bool(own), len(about & words) / len(words or about)),
                    Meant(passage, quote, ended),
                )


def _parts(clause: str, here: Sequence[Target]) -> Iterable[tuple[str, list[Target]]]:
    """The parts of a clause that set targets, each with its targets; the clause itself where it sets none."""
    quotes = dict.fromkeys(target.quote for target in here)
    return [(quote, [each for each in here if each.quote == quote]) for quote in quotes] or [(clause, [])]


def _nearest(quote: str, own: Sequence[Target], about: frozenset[str]) -> Sequence[Target]:
    """Of several targets of one clause those beside the words that say the thing; none where that part sets none."""
    pieces = [piece for piece in quote.split(", ") if _marks(piece)]
    if len(pieces) < 2:
        return own
    near = max(pieces, key=lambda piece: (len(about & _content(piece)), -len(piece)))
    return [each for each in own if each.value_text in near]


def _may_end(target: Target, said: Restatement) -> bool:
    """Whether a target has the old figure; where none is told, whether the new one counts in the same unit."""
    if said.old:
        return _same_figure(target, said.old)
    new = figures_in(said.new)[:1]
    return not new or _sort(target.unit) == _sort("percent" if new[0].percent else unit_of(said.new[new[0].end :]))


def _sort(unit: str) -> str:
    return "dong" if unit.endswith("dong") else unit if unit == "percent" else "count"


def _stood(said: Restatement, quote: str, own: Sequence[Target]) -> bool:
    """Whether a clause holds the old figure; where none is told, whether it has any, or sets a target that is ended."""
    if said.old:
        return bool(_marks(said.old)) and _marks(said.old) <= _marks(quote)
    return bool(own) if not said.new else bool(own) or bool(_marks(said.new) and _marks(quote))


def _of_years(years: set[str], own: Sequence[Target]) -> bool:
    """Whether targets are for a year that is named, where they are for a year at all."""
    dated = [each.period[:4] for each in own if each.period and each.period[:4].isdigit() and len(each.period) == 4]
    return not years or not dated or not years.isdisjoint(dated)


def _same_figure(target: Target, old: str) -> bool:
    values = [figure.value for figure in figures_in(old)]
    return target.value in values or (target.value is None and _marks(old) <= _marks(target.quote))


def _marks(words: str) -> frozenset[object]:
    """The figures and days of some words, to be compared with those of others."""
    told = frozenset("/".join((part or "").lstrip("0") for part in match.groups()) for match in _DAY.finditer(words))
    return told | frozenset(figure.value for figure in figures_in(words))


def _content(words: str) -> frozenset[str]:
    """The syllables of some words that say what is spoken of."""
    return frozenset(word for word in syllables(words.lower()) if word not in _SAYS_NOTHING and not word.isdigit())
