"""Targets: the figures that a document asks for, each with the clause that proves it.

The period of a clause is its own, or that of the words before it in the paragraph ("Đến năm 2025: …"), or that of the
headings above it ("2.1. Đến năm 2023", "Mục tiêu hàng năm"), or that of the document's title.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from knowledge import Document, Passage, Target
from knowledge.allotments import allotted
from knowledge.claims import Claim, claims
from knowledge.clauses import Stretch, clauses, sentences
from knowledge.figures import figures_in, period_in
from knowledge.indicators import OTHER, indicators, recognise
from knowledge.layout import mostly_capital, starts_foot
from knowledge.sections import item_text
from knowledge.tables import is_table_row, row_targets
from knowledge.vietnamese import fold

_REFERENCE = re.compile(
    r"(?:\bsố\s+)?(?<!\d)\d{1,6}[-/][\w/Đđ-]{1,40},?\s+ngày\s+[\d/]+|\bsố\s+\d[\w/-]*(?:\s[A-ZĐ]+/[A-ZĐ]+)?,?\s+ngày\s+"
    r"(?:\d{1,2}/\d{1,2}/\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})|so với (?:cùng kỳ )?năm 20\d\d|"
    r"nhiệm kỳ 20\d\d\s*[-–]\s*20\d\d(?=.{0,3}(?:của|và|về))"
)
_LEAD = re.compile(
    r"^(?:[-+•*]\s*)?(?P<lead>[^:,]{0,70}?(?:năm|tháng|quý|nhiệm kỳ|giai đoạn)[^:,]{0,30}?)\s*[:,]\s*", re.IGNORECASE
)
_TOPIC = re.compile(r"^(?P<topic>[^\d:]{3,60}):\s+")
_HOLDS_NUMBER = re.compile(r"\b(?:có|đạt|duy trì)\b[^,;:\d]{0,15}$", re.IGNORECASE)
_TITLE_PERIOD = re.compile(
    r"(?:\bquý [IV]{1,3} năm|(?<!ngày )\bnăm(?: học)?|giai đoạn|nhiệm kỳ)\s+20\d\d(?:\s*(?:-|–|đến)\s*20\d\d)?\s*$",
    re.IGNORECASE,
)
_TITLE_YEAR = re.compile(
    r"^(?!.*(?:luật|nghị quyết|chỉ thị|quyết định|kết luận|nghị định|đại hội|tổng kết|kết quả).*\b20\d\d)"
    r".*?\b(?P<year>(?:giai đoạn|nhiệm kỳ|năm học) 20\d\d\s*[-–]\s*20\d\d|(?:quý [IV]{1,3}(?: năm |/)|năm )20\d\d)"
    r"(?=\s+(?:và|của|trên địa bàn|tại|trong|cho|đối với|ở)\b|\s*[,;(]|\s*$)",
    re.IGNORECASE,
)
"""A period inside a title, unless it is that of another document or of what lies behind."""
_OUTLOOK = re.compile(r"[,;]?\s*(?:và\s+)?\(?(?:tầm nhìn|định hướng)\b.*", re.IGNORECASE)
_MAY_ASK = re.compile(r"\d|hầu hết|phần lớn|đa số|đạt|xếp|vượt|gấp|không (?:để|có|xảy)", re.IGNORECASE)
_MAY_ASK_ELSEWHERE = re.compile(r"\d|quý [IV]", re.IGNORECASE)
_PART = re.compile(r"\W*(?:trong đó|riêng)\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"\b(?P<year>(?:năm|đến|hết|cuối|vào)(?: cuối| hết)?(?: năm)? 20\d\d)\s*(?::|,|là|đạt|có|thu|kết nạp|phấn đấu|-|–)?"
    r"\s*(?:đạt |từ |trên |ít nhất |khoảng |có |là )*$",
    re.IGNORECASE,
)
_YEAR_WITH_FIGURE = re.compile(
    r"(?:(?:đến|hết|cuối|vào|từ)\s+)*(?:năm\s+)?20\d\d\s*(?::|,|là|đạt|-|–)?\s*(?:từ |trên |đạt |ít nhất )*"
    r"\d[\d.,]*\s*%?(?:\s*trở lên)?\s*(?:(?:người|đơn vị)(?=\s*[,;.]))?\s*[,;]?\s*",
    re.IGNORECASE,
)
_SCHOOL_YEAR = re.compile(r"\bnăm học(?=\s+20\d\d\s*[-–])", re.IGNORECASE)
_HOLDS_WORD = re.compile(r"[^\W\d_]{2}.*[^\W\d_]{2}")
_TERM = re.compile(r"nhiệm kỳ (20\d\d)\s*[-–]\s*(20\d\d)", re.IGNORECASE)
_CAPTION_LINES = 2
"""So many paragraphs above a table can say what all of it counts, and in which unit."""
_SAYS_WHAT = 4
"""A label of fewer words only names the things that are counted."""
_SAYS_NOTHING = re.compile(
    r"\b(?:đến|năm|20\d\d|tỷ lệ|tỉ lệ|trên|là|và|có|từ|tăng lên|người|đơn vị|cuộc|lần|căn|đồng|triệu|tỷ)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\((?:riêng |trong đó )?(?:đến |hết )?năm 20\d\d\s*:[^()]*\)", re.IGNORECASE)
"""The figure of a nearer year beside that of the whole term: "85 % (năm 2026: 80 %)"."""
_RHYTHMS = ("annual", "semiannual", "quarterly", "monthly")
_CONDITION = re.compile(
    r"\((?P<bracket>(?:nếu|có|đối với|trừ)[^)]*)\)|"
    r"\b(?P<size>có (?:từ |trên |đủ )?\d[\d.]* [^,;()]*?(?:, lao động )?trở lên)|"
    r"(?P<rule>theo quy định[^,;.]*|theo Điều lệ[^,;.]*|đủ điều kiện(?: theo quy định)?)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:phấn đấu|toàn (?:tỉnh|huyện|quận|xã|thành phố|ngành|thị xã|phường)|duy trì|đạt tỷ lệ|đạt|bình quân|mỗi năm|"
    r"hàng năm|hằng năm|trong đó|(?:đến )?(?:cuối |hết )?năm 20\d\d|hết nhiệm kỳ(?: 20\d\d\s*[-–]\s*20\d\d)?)\b",
    re.IGNORECASE,
)


def read_targets(document: Document) -> tuple[Target, ...]:
    """Every target of a document in order, those of its tables included."""
    targets: list[Target] = []
    lead: str | None = None
    above: list[str] = []
    terms = _terms_named(document)
    for passage in document.passages:
        if starts_foot(passage.text):
            lead = None
        elif is_table_row(passage):
            targets += row_targets(document, passage, lead or _heading_period(document, passage), " ".join(above))
        else:
            above = [*above, passage.text][-_CAPTION_LINES:]
            targets += _passage_targets(document, passage, lead, terms.get(passage.section))
            lead = _lead_of(passage, lead)
    return tuple(_with_term(targets))


def _terms_named(document: Document) -> dict[str, str]:
    """The first term that each section names with its years: another one than the stage of the title."""
    named: dict[str, str] = {}
    for passage in document.passages:
        if found := _TERM.search(passage.text):
            named.setdefault(passage.section, f"{found[1]}-{found[2]}")
    return named


def _with_term(targets: Iterable[Target]) -> Iterable[Target]:
    """The same targets; "nhiệm kỳ" without years means the term that was named before in the same section."""
    terms: dict[str, str] = {}
    for target in targets:
        if target.period and re.fullmatch(r"\d{4}-\d{4}", target.period):
            terms[target.section] = target.period
        yield replace(target, period=terms.get(target.section, "term")) if target.period == "term" else target


def _lead_of(passage: Passage, lead: str | None) -> str | None:
    """The period that holds for the list or the table after a passage: that of a line ending in ":" or of a caption."""
    if passage.text.endswith(":"):
        return _own_period(passage.text)
    if mostly_capital(passage.text) or fold(passage.text[:12]).startswith(("bieu", "bang", "phu luc", "(kem theo")):
        return _own_period(passage.text) or lead
    return lead if passage.text.startswith(("-", "+", "•", "*")) else None


def _passage_targets(document: Document, passage: Passage, lead: str | None, term: str | None) -> Iterable[Target]:
    body = item_text(passage.text)
    shift = len(passage.text) - len(body)
    aimed = _is_aim_section(passage.heading)
    may_ask = _MAY_ASK if aimed else _MAY_ASK_ELSEWHERE
    if not may_ask.search(body) or (_is_past(passage.heading) and "phấn đấu" not in body.lower()):
        return
    outer = lead or _heading_period(document, passage)
    inherited: str | None = None
    previous: Target | None = None
    union: str | None = None
    for sentence in sentences(body):
        inherited = _lead_period(sentence.text) or inherited
        if not may_ask.search(sentence.text):
            continue
        for clause in clauses(sentence):
            own = _own_period(_ASIDE.sub(" ", clause.text))
            own = term or (outer if outer and "-" in outer else own) if own == "term" else own
            inherited = own if own and _holds_on(clause.text, own, inherited or outer) else inherited
            given = allotted(clause.text, document.issuer)
            union = given[0] if given else union
            found = claims(clause.text, aimed or given is not None)
            for at, claim in enumerate(found):
                placed = Stretch(clause.start + shift, clause.text)
                said = _said_of(clause.text, found, at) if len(found) > 1 else own
                period = _due(claim, said or inherited or outer)
                previous = _placed(document, passage, claim, placed, period, previous)
                previous = _given(previous, union, passage.heading) if union else previous
                yield previous


def _holds_on(clause: str, own: str, around: str | None) -> bool:
    """Whether a clause's period holds for what follows: a coming date does, "mỗi năm" where nothing else was said."""
    return not re.search(r"\bđã\b", clause) and (own not in _RHYTHMS or around is None)


@lru_cache(maxsize=2_048)
def _is_aim_section(headings: str) -> bool:
    """Whether the nearest heading that says so is one of aims rather than of tasks."""
    for heading in reversed(headings.split(" / ")):
        bare = fold(heading)
        if "muc tieu" in bare or "chi tieu" in bare:
            return True
        if re.search(r"nhiem vu|giai phap|to chuc thuc hien|muc dich|yeu cau|phan cong|tinh hinh|ket qua", bare):
            return False
    return False


@lru_cache(maxsize=2_048)
def _is_past(headings: str) -> bool:
    """Whether headings are those of a part that looks back: what was reached, how things are."""
    bare = fold(headings)
    looks_back = re.search(r"ket qua|danh gia|tinh hinh|dac diem|thuc trang|uu diem|han che|ton tai", bare)
    return bool(looks_back) and not re.search(r"muc tieu|chi tieu|nhiem vu|giai phap|thuc hien", bare)


def _heading_period(document: Document, passage: Passage) -> str | None:
    above = [*reversed(passage.heading.split(" / ")), _period_of_title(document.title)]
    periods = [period for period in map(_own_period, above) if period]
    if periods[:1] == ["term"]:
        return next((period for period in periods if re.fullmatch(r"\d{4}-\d{4}", period)), "term")
    return periods[0] if periods else None


@lru_cache(maxsize=256)
def _period_of_title(title: str) -> str:
    """The words of a title that say for when its plan is, without an outlook beyond that ("tầm nhìn đến năm 2045")."""
    planned = _OUTLOOK.sub("", title)
    ends, inside = _TITLE_PERIOD.search(planned), _TITLE_YEAR.match(planned)
    return ends.group() if ends else inside["year"] if inside else ""


def _lead_period(sentence: str) -> str | None:
    """The period of words that open a sentence and hold for what follows: "Đến năm 2025: …", "Hàng năm, …"."""
    lead = _LEAD.match(sentence)
    if lead is None or figures_in(lead["lead"]) or re.search(r"\bđã\b", sentence):
        return None
    return period_in(_REFERENCE.sub(" ", lead["lead"]))


def _own_period(clause: str) -> str | None:
    """The period that words name, references to other documents left out; a school year is a span of years."""
    return period_in(_SCHOOL_YEAR.sub("giai đoạn", _REFERENCE.sub(" ", clause)))


def _said_of(clause: str, found: list[Claim], at: int) -> str | None:
    """The period of one of several figures: beside it ("85% (năm 2024), 90% (năm 2025)"), before it, or after all."""
    claim, last = found[at], at + 1 == len(found)
    beside = re.match(r"\s*\(?(?:vào |đến |trong )?(?P<year>năm 20\d\d)(?!\s*:)", clause[claim.end :])
    if beside:
        return period_in(beside["year"])
    if opened := _YEAR_BEFORE.search(clause[: claim.start]):
        return opened["year"][-4:]
    nearest = max(clause.rfind(",", 0, claim.start), clause.rfind(" và ", 0, claim.start))
    if at and nearest >= found[at - 1].end and (own := _own_period(clause[nearest : claim.end])):
        return own
    comma = -1 if last else clause.rfind(",", claim.end, found[at + 1].start)
    before = clause[: comma if comma >= 0 else claim.end]
    return _own_period(before) or _own_period(clause[found[-1].end :])


def _due(claim: Claim, period: str | None) -> str | None:
    return period_in(claim.value_text) if claim.comparator == "deadline" else period


def _placed(
    document: Document, passage: Passage, claim: Claim, clause: Stretch, period: str | None, previous: Target | None
) -> Target:
    yearly = _row_of_years(clause.text)
    quote, label = _unbracketed(clause.text), yearly or _label(clause.text, claim)
    indicator = recognise(yearly or _subject(clause.text, claim), percent=claim.unit == "percent")
    indicator = "members" if indicator == OTHER and claim.unit == "members" else indicator
    if previous is not None and _only_figure(label):
        start = passage.text.find(previous.quote)
        quote = _unbracketed(passage.text[start : clause.start + len(clause.text)]) if start >= 0 else quote
        label, indicator = previous.label, previous.indicator
    elif previous is None and not label:
        quote = item_text(passage.text[: clause.start + len(clause.text)])
        label, indicator = quote, recognise(quote)
    if previous is not None and indicator in (OTHER, "members") and _PART.match(clause.text):
        indicator = previous.indicator
    return Target(
        document=document.key,
        file=document.file,
        section=passage.section,
        position=passage.position,
        indicator=indicator,
        label=label,
        comparator=claim.comparator,
        value=claim.value,
        value_text=claim.value_text,
        unit=_fitting_unit(claim.unit, indicator),
        period=period,
        condition=_condition(clause.text),
        quote=quote,
    )


def _given(target: Target, union: str, headings: str) -> Target:
    """A target of one union; where it only counts ("15 đoàn viên") the heading above says what."""
    label = re.sub(rf"^.*?{re.escape(union)}\W*", "", target.label) or target.label
    label = label[:1].upper() + label[1:]
    heading = next((words for words in reversed(headings.split(" / ")) if union not in words), "")
    above = recognise(heading, percent=target.unit == "percent") if len(label.split()) < _SAYS_WHAT else OTHER
    said = above != OTHER and indicators()[above].unit == target.unit
    return replace(target, unit_name=union, label=label, indicator=above if said else target.indicator)


def _unbracketed(clause: str) -> str:
    words = clause.strip(" ;,")
    if words.startswith("("):
        words = words[1:].rstrip(".;, ").removesuffix(")")
    return words


def _subject(clause: str, claim: Claim) -> str:
    """The words that say what is counted, without the topic before a colon where the rest says it by itself."""
    topic = _TOPIC.match(clause)
    return clause[topic.end() :] if topic and _HOLDS_NUMBER.search(clause[: claim.start]) else clause


def _fitting_unit(unit: str, indicator: str) -> str:
    own = indicators()[indicator].unit if indicator in indicators() else unit
    return own if unit == "count" or (unit, own) == ("persons", "members") else unit


def _only_figure(label: str) -> bool:
    words = _SAYS_NOTHING.sub(" ", label)
    return not re.search(r"[^\W\d_]{2}", words)


def _row_of_years(clause: str) -> str | None:
    """What a clause counts year by year ("năm 2026: 85 %, đến năm 2028: 95 %"); `None` for any other clause."""
    if clause.count("20") < 2 or len(_YEAR_WITH_FIGURE.findall(clause)) < 2:
        return None
    words = _YEAR_WITH_FIGURE.sub(" ", clause)
    return _tidied(words) if _HOLDS_WORD.search(words) else None


def _label(clause: str, claim: Claim) -> str:
    """The clause without its figure, its period and the verbs of aiming: the indicator in the document's words."""
    before, after = clause[: claim.start], clause[claim.end :]
    topic = _TOPIC.match(before)
    if topic and _only_figure(before[topic.end() :] + after):
        return topic["topic"]
    before = before[topic.end() :] if topic else before
    lead = _LEAD.match(before)
    before = before[lead.end() :] if lead and _lead_period(before) else before
    after = re.sub(r"^([^;:,]{0,60}?)\s*\btrở (?:lên|xuống)\b", r"\1", after) if "trở" in claim.value_text else after
    return _tidied(f"{before} {after}")


def _tidied(label: str) -> str:
    words = re.sub(r"\s+", " ", _FILLER.sub(" ", label)).strip(" ,.;:-")
    words = re.sub(r"^(?:(?:có|từ|là|được|và|số|đến|trên)\s+|[,:(]\s*)+", "", words, flags=re.IGNORECASE)
    words = words.removesuffix(")") if words.count(")") > words.count("(") else words
    return words[:1].upper() + words[1:]


def _condition(clause: str) -> str | None:
    match = _CONDITION.search(clause)
    return next((words.strip() for words in match.groups() if words), None) if match else None
