"""Points of a document that a later one replaces, changes, adds or repeals, and what each changes."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import takewhile

from rapidfuzz import fuzz

from knowledge import Document, Passage, Target
from knowledge.amended_figures import Meant, Restatement, meant, restatements
from knowledge.changes import Amendment, InForce
from knowledge.figures import figures_in
from knowledge.library import Library
from knowledge.pointing import POINT, Pointed, place_of, pointed
from knowledge.sections import item_text
from knowledge.sentences import clauses_of, says_period
from knowledge.targets import read_targets

__all__ = ["Amendment", "InForce", "amendments", "in_force"]

_KIND = (
    r"(?:Kế hoạch|Nghị quyết|Chương trình(?: hành động| công tác)?|Hướng dẫn|Quyết định|Chỉ thị|Quy chế|Quy định|"
    r"Đề án|Công văn)"
)
_ACT = (
    r"(?P<act>thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|không thực hiện|bỏ|sửa đổi(?:,? (?:và )?bổ sung)?|điều chỉnh"
    r"(?:,? (?:và )?bổ sung)?|sửa|bổ sung|thay)"
)
_REST = r"(?:[^;:“”\".]|\.(?=\w))*"
_ACTIVE = re.compile(rf"\b{_ACT}\s+(?P<what>[^;:“”\".]{{0,60}}?\b{POINT}\s{_REST})", re.IGNORECASE)
_PASSIVE = re.compile(
    rf"(?P<what>\b{POINT}\s(?:[^;:“”\".]|\.(?=\w))*?)\s+(?:được\s+|đã\s+|bị\s+)*{_ACT}"
    r"(?=\s*(?:như sau|thành|bằng|bởi|[:.;]|$))",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    rf"\b{_ACT}\s+(?:các\s+)?(?:cụm từ|con số|số|từ|chỉ tiêu|nội dung|mức|đoạn)\s*[“\"](?P<old>[^“”\"]+)[”\"]\s*"
    rf"(?P<where>(?:tại|ở|trong|của)\s[^“”\"]*?)?\s*(?:thành|bằng)\s+(?:\S+\s+){{0,3}}?[“\"](?P<new>[^“”\"]+)[”\"]"
    r"(?P<what>[^“”\"]*)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?P<act>thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)\s+(?:toàn bộ\s+|cho\s+)?"
    rf"(?P<what>{_KIND}\s+(?:số\s*:?\s*)?\d(?:[^;:“”.]|\.(?=\w))*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d+[-/][A-ZĐ][\w/Đđ-]*")
_OTHER_LAW = re.compile(r"\b(?:Luật|Bộ luật|Nghị định|Thông tư|Điều lệ|Hiến pháp)\b")
_PARTLY = re.compile(
    r"\bvề\s|\b(?:chỉ tiêu|nội dung|thời hạn|thời gian|mức|con số)\b[^,;]*?\b(?:tại|ở|trong|của)\s", re.IGNORECASE
)
_AMENDS = re.compile("sửa đổi|thay đổi|điều chỉnh|thay thế|bổ sung|bãi bỏ", re.IGNORECASE)
_STARTS = re.compile(
    r"(?P<before>[^.;]*?)\b(?:hiệu lực\s+(?:thi hành\s+)?(?:kể\s+)?từ|áp dụng\s+(?:kể\s+)?từ|thực hiện\s+(?:kể\s+)?từ|"
    r"^(?:kể\s+)?từ)\s+(?:ngày\s+)?"
    r"(?P<day>\d{1,2})(?:/| tháng )(?P<month>\d{1,2})(?:/| năm )(?P<year>\d{4})",
    re.IGNORECASE,
)
_REPEALS = ("bãi", "hủy", "huỷ", "không", "bỏ")
_LEADS_ON = re.compile(r"như sau|thành\b|bằng\b|:", re.IGNORECASE)
_RHYTHMS = frozenset({"annual", "quarterly", "monthly", "semiannual"})
_MOST, _LONGEST, _SAME_CLAUSE = 500, 24, 55
_WORDS = (
    '"thay_thế" OR "bãi_bỏ" OR "hủy_bỏ" OR "huỷ_bỏ" OR "sửa_đổi" OR "điều_chỉnh" OR "thay_cụm" OR "bỏ_điểm" OR '
    '"bỏ_khoản" OR "bỏ_mục" OR "sửa_điểm" OR "sửa_khoản"',
    '"bổ_sung" AND ("như_sau" OR "vào_sau")',
    '("nâng_chỉ" OR "nâng_mức" OR "nâng_tỷ" OR "tăng_chỉ" OR "tăng_mức" OR "giảm_chỉ" OR "giảm_mức" OR "giảm_số" OR '
    '"không_tiếp" OR "lùi_thời" OR "gia_hạn") AND ("kế_hoạch" OR "nghị_quyết" OR "chương_trình")',
)


def in_force(library: Library, keys: Sequence[str], today: date) -> InForce:
    """What the documents `keys` have changed in each other by `today`; the latest change wins."""
    seen = frozenset(keys)
    listed = [each for each in amendments(library) if {each.document, each.amended} <= seen]
    gone: dict[tuple[str, int], Amendment] = {}
    made: dict[tuple[str, int], Amendment] = {}
    cut: dict[tuple[str, int], tuple[str, ...]] = {}
    targets: list[Target] = []
    ended: dict[Target, Amendment] = {}
    touched: dict[tuple[str, int], tuple[Amendment, ...]] = {}
    for each in sorted(listed, key=lambda each: each.starts or date.min, reverse=True):
        replaced = [(each.amended, place) for place in each.replaced]
        over = each.places[0] in gone or (bool(replaced) and all(place in gone for place in replaced))
        over = over or (bool(each.ended) and all(target in ended for target in each.ended))
        if over or (each.starts and each.starts > today):
            # Its own words do not hold: not yet, or no more.
            gone |= {place: gone.get(place, each) for place in each.places}
            continue
        ended |= {target: each for target in each.ended if target not in ended}
        if each.stood:
            touched |= {place: (*touched.get(place, ()), each) for place in replaced}
        elif each.parts:
            cut |= {place: (*cut.get(place, ()), *each.parts) for place in replaced}
        else:
            gone |= dict.fromkeys(replaced, each)
        made |= dict.fromkeys(each.places, each)
        targets += each.targets
    return InForce(gone, tuple(targets), made, cut, ended, touched)


@lru_cache(maxsize=8)
def amendments(library: Library) -> tuple[Amendment, ...]:
    """Every amendment that a document of the library makes to another one of it."""
    hits = [hit for words in _WORDS for hit in library.match(words, tuple(library.documents), _MOST)]
    places = {(key, position) for key, position, _ in hits}
    places |= {place for key in library.documents for place in _below_amending(library, key, places)}
    return tuple(each for key, position in sorted(places) for each in _made(library, key, position))


def _below_amending(library: Library, key: str, places: Collection[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The items of a plan that bears changing in its title, or below a heading that names the plan it changes."""
    whole = bool(_AMENDS.search(library.documents[key].title))
    openings = [library.passage(*place) for place in places if place[0] == key] if not whole else []
    headings = [each.heading for each in openings if _NUMBER.search(each.heading.rpartition(" / ")[2])]
    if whole or headings:
        for each in library.passages(key):
            if each.section and (whole or any(each.heading.startswith(heading) for heading in headings)):
                yield key, each.position


def _made(library: Library, key: str, position: int) -> Iterator[Amendment]:
    document, passage = library.documents[key], library.passage(key, position)
    text = item_text(passage.text)
    made = [*_named_changes(library, document, passage, text)]
    yield from made or _restated(library, document, passage, text)


def _named_changes(library: Library, document: Document, passage: Passage, text: str) -> Iterator[Amendment]:
    """The changes of a paragraph that names a point, some words or a whole plan."""
    key, position = document.key, passage.position
    if phrase := _PHRASE.search(text):
        yield from _phrase_changed(library, document, passage, phrase)
        return
    found = list(_ACTIVE.finditer(text)) or list(_PASSIVE.finditer(text))
    for number, match in enumerate(found):
        until = found[number + 1].start() if number + 1 < len(found) else len(text)
        yield from _point_changed(library, document, passage, match, text[match.start() : until])
    for match in () if found else _WHOLE.finditer(text):
        earlier = _earlier(library, document, passage, match["what"])
        if earlier is not None:
            whole = tuple(each.position for each in library.passages(earlier.key) if each.section)
            repeals = match["act"].lower().startswith(_REPEALS)
            starts = _starts(library, document, text)
            yield Amendment(key, position, earlier.key, "", whole, repeals, "", starts)


def _point_changed(
    library: Library, document: Document, passage: Passage, match: re.Match[str], text: str
) -> Iterator[Amendment]:
    """The changes of one clause: one for each point that it names."""
    act, what = match["act"].lower(), _LEADS_ON.split(match["what"], maxsplit=1)[0]
    earlier = _earlier(library, document, passage, what)
    if earlier is None:
        return
    repeals = act.startswith(_REPEALS)
    bearing = [] if repeals else _new_words(library, document.key, passage, text)
    words = " ".join(each.text for each in bearing)
    old = library.passages(earlier.key)
    added = place_of(old, what) if act == "bổ sung" else None
    points = [Pointed(added.section, ())] if added else pointed(old, what, words)
    for point in points:
        near = added or point.passages[0]
        parts = _parts(point, words) if _PARTLY.search(what) and not repeals else ()
        yield Amendment(
            document=document.key,
            position=passage.position,
            amended=earlier.key,
            section=point.section,
            replaced=tuple(each.position for each in point.passages),
            repeals=repeals,
            words=words,
            starts=_starts(library, document, text),
            targets=_targets(document, passage, bearing, point.passages or (near,)),
            holding=tuple(each.position for each in bearing),
            parts=parts,
        )


def _restated(library: Library, document: Document, passage: Passage, text: str) -> Iterator[Amendment]:
    """The changes of a paragraph that says the thing, and its figures, without naming a point."""
    named = [*_NUMBER.findall(text), *_NUMBER.findall(passage.heading)] or _AMENDS.search(document.title)
    told = [*restatements(text)] if named else []
    earlier = _earlier(library, document, passage, text) if told else None
    for said in told if earlier else ():
        assert earlier is not None
        listed, targets = library.passages(earlier.key), library.targets(earlier.key)
        found = meant(listed, targets, said) or (said.old and meant(listed, targets, replace(said, old="")))
        if found:
            yield _of_meant(library, document, passage, said, earlier, found)


def _of_meant(
    library: Library, document: Document, passage: Passage, said: Restatement, earlier: Document, found: Meant
) -> Amendment:
    """The change of the clause that is meant: it ends, or one target in it, or it stands with another day."""
    targets = _restated_targets(library, document, passage, said, found)
    of_clause = [
        target
        for target in library.targets(earlier.key)
        if (target.position, target.quote) == (found.passage.position, found.clause)
    ]
    # A year that the change names leaves the figure of every other year.
    one_year = any(
        old.period in _RHYTHMS and re.fullmatch(r"\d{4}", new.period or "") for old in found.targets for new in targets
    )
    whole = not said.new or (bool(found.targets) and len(of_clause) == len(found.targets) and not one_year)
    return Amendment(
        document=document.key,
        position=passage.position,
        amended=earlier.key,
        section=found.passage.section,
        replaced=(found.passage.position,),
        repeals=not said.new,
        words=said.new,
        starts=_starts(library, document, passage.text),
        targets=targets,
        holding=(passage.position,),
        parts=(found.clause,) if whole and found.clause != item_text(found.passage.text).strip(" ;,") else (),
        ended=() if one_year else found.targets,
        stood="" if whole else found.clause,
    )


def _restated_targets(
    library: Library, document: Document, passage: Passage, said: Restatement, found: Meant
) -> tuple[Target, ...]:
    """The targets of the new figure: as the later plan words them, of the indicator and the period that stood."""
    figures = figures_in(said.new)
    values = {figure.value for figure in figures}
    own = [each for each in library.targets(document.key) if each.position == passage.position and each.value in values]
    if not found.targets or not values:
        return ()
    old = found.targets[0]
    words = item_text(passage.text)
    if not own:
        fresh = replace(old, comparator="=", value=figures[0].value, value_text=figures[0].text, condition=None)
        own = [replace(fresh, document=document.key, file=document.file, position=passage.position)]
    return tuple(
        replace(
            each,
            section=passage.section,
            indicator=old.indicator,
            unit=old.unit if each.unit == "count" else each.unit,
            period=each.period if says_period(words, each.period) else old.period or each.period,
            condition=each.condition or old.condition,
            quote=next((clause for clause in clauses_of(words) if each.value_text in clause), words),
        )
        for each in own
    )


def _phrase_changed(
    library: Library, document: Document, passage: Passage, match: re.Match[str]
) -> Iterator[Amendment]:
    """A change of some words of a point (cụm từ “…” thành “…”): the rest of its clause still stands."""
    where = f"{match['where'] or ''} {match['what']}"
    earlier = _earlier(library, document, passage, where)
    old = library.passages(earlier.key) if earlier else ()
    near = [each for point in pointed(old, where, match["old"]) for each in point.passages] or list(old)
    for each in (each for each in near if each.section and match["old"] in each.text):
        parts = tuple(part for part in clauses_of(each.text) if match["old"] in part)
        moved = replace(passage, text=" ".join(part.replace(match["old"], match["new"]) for part in parts))
        targets = [
            replace(target, quote=item_text(passage.text)) for target in _targets(document, passage, [moved], [each])
        ]
        yield Amendment(
            document.key,
            passage.position,
            earlier.key if earlier else "",
            each.section,
            (each.position,),
            False,
            moved.text,
            _starts(library, document, passage.text),
            tuple(targets),
            (passage.position,),
            parts,
        )


def _parts(point: Pointed, words: str) -> tuple[str, ...]:
    """The clause of a point that new words stand in the place of, where they do not stand for the whole."""
    parts = [part for passage in point.passages for part in clauses_of(passage.text)]
    if len(parts) < 2 or not words:
        return ()
    best = max(parts, key=lambda part: fuzz.token_set_ratio(part, words))
    return (best,) if fuzz.token_set_ratio(best, words) >= _SAME_CLAUSE else ()


def _earlier(library: Library, document: Document, passage: Passage, what: str) -> Document | None:
    """The document that is amended: by the number named here, above, just before, in the title or the opening; without
    any number the only earlier one of the same union."""
    others = [other for other in library.documents.values() if other.key != document.key and _before(other, document)]
    here = _NUMBER.findall(what)
    if _OTHER_LAW.search(what) and not here:
        return None
    for text in [what] if here else _around(library, document, passage):
        numbers = [number.casefold() for number in _NUMBER.findall(text)]
        named = [other for number in numbers for other in others if (other.number or "").casefold() == number]
        chain = library.chain(document.scope)
        near = [other for other in named if other.scope in chain or document.scope in library.chain(other.scope)]
        if here or near:
            return next(iter(near), None)
    own = [other for other in others if other.scope == document.scope]
    return own[0] if len(own) == 1 and _AMENDS.search(document.title) else None


def _around(library: Library, document: Document, passage: Passage) -> Iterator[str]:
    """Where the amended plan may be named, nearest first: the same passage, its headings, what stands before, the
    title, the opening."""
    yield passage.text
    yield from reversed(passage.heading.split(" / "))
    above = [each for each in library.passages(document.key) if each.position < passage.position]
    yield from (each.text for each in reversed(above) if each.section and _AMENDS.search(each.text))
    yield document.title
    yield from (each.text for each in above if not each.section and _AMENDS.search(each.text))


def _before(other: Document, document: Document) -> bool:
    return not (other.issued_on and document.issued_on) or other.issued_on <= document.issued_on


def _new_words(library: Library, key: str, passage: Passage, text: str) -> list[Passage]:
    """The new wording as the passages that bear it, each with its part of it as the text: what stands in quotation
    marks or after the colon; in the next paragraphs where the passage ends before it."""
    quoted = re.search(r"[“\"«](.+)[”\"»]", text, re.DOTALL)
    if quoted:
        return [replace(passage, text=quoted[1].strip())]
    opened = re.search(r"[“\"«](.+)$", text, re.DOTALL)
    lead = _LEADS_ON.split(text, maxsplit=1)
    words = opened[1] if opened else lead[1].strip(" :") if len(lead) > 1 else ""
    borne = [replace(passage, text=words.strip())] if words else []
    if words and not opened:
        return borne
    following = [each for each in library.passages(key) if each.position > passage.position][:_LONGEST]
    if not opened and not (following and following[0].text.startswith(("“", '"', "«"))):
        below = takewhile(lambda each: each.section.startswith(passage.section) and bool(each.section), following)
        return [*borne, *below]
    for each in following:
        borne.append(replace(each, text=each.text.strip().strip('“”"«».; ').strip()))
        if re.search(r"[”\"»]\s*[.;]?$", each.text):
            break
    return borne


def _starts(library: Library, document: Document, text: str) -> date | None:
    """The day from which a change holds: named in its own clause, else in the document, else when that was issued."""
    for words in (text, *(passage.text for passage in library.passages(document.key))):
        for named in _STARTS.finditer(item_text(words)):
            # "Luật … có hiệu lực từ ngày …" tells of another document.
            if not _OTHER_LAW.search(named["before"]):
                return date(int(named["year"]), int(named["month"]), int(named["day"]))
    return document.issued_on


def _targets(
    document: Document, passage: Passage, bearing: Iterable[Passage], old: Sequence[Passage]
) -> tuple[Target, ...]:
    """The targets of the new wording, read as if it stood where the old one did, cited where it does stand."""
    found: list[Target] = []
    for each in bearing:
        if each.text:
            stood = _stood(each.text, old)
            moved = replace(stood, text=each.text, original=each.text)
            read = read_targets(replace(document, passages=(moved,)))
            found += [replace(target, section=passage.section, position=each.position) for target in read]
    return tuple(found)


def _stood(text: str, old: Sequence[Passage]) -> Passage:
    """The old passage in whose place a new one stands: with the same number in print, else the first."""
    mark = re.match(r"(\d+(?:\.\d+)*)[.)\-]?\s", text)
    same = [each for each in old if mark and re.match(rf"{re.escape(mark[1])}[.)\-]?\s", each.text)]
    return (same or list(old))[0]
