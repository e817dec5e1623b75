"""Answers about reports: who reports to whom, through whom, how often, by when."""

import re
from collections.abc import Sequence

from knowledge import Answer, Finding, Frequency, Obligation
from knowledge.inquiry import OF_LEVEL, Inquiry, holds_required, is_named_in, shortened
from knowledge.search import coverage, heading_words

_LONGEST = 400
_OWN, _NAMED, _RHYTHM, _DETAIL = 0.1, 0.2, 0.15, 0.1
_SPOKEN_OF, _SAYS_LITTLE = 0.25, 0.3
_ENOUGH, _OTHERS = 0.5, 2
_CYCLES = re.compile(r"tháng|quý|năm|tuần|ngày \d")
_DAY = re.compile(r"ngày|trước|chậm nhất|tháng \d", re.IGNORECASE)
_WITHIN = re.compile(r"trong vòng|\d+ (?:giờ|ngày|tiếng)\b", re.IGNORECASE)
_OCCASION = re.compile(r"^khi\b|\bkhi (?:có|xảy ra|phát sinh|kết thúc|phát hiện)\b", re.IGNORECASE)
_RHYTHMS: tuple[tuple[Frequency, str], ...] = (
    ("monthly", r"(?:báo cáo|hằng|hàng|mỗi|còn|thế|vậy) tháng|monthly|every month"),
    (
        "quarterly",
        r"(?:báo cáo|hằng|hàng|mỗi|theo|cuối|hết|còn|thế|vậy) quý|quý (?:này|sau|trước|\d|[ivx]+)|quarterly|"
        r"every quarter",
    ),
    ("semiannual", r"(?:6|sáu) tháng|nửa năm|giữa năm|six-month|half-year|half-yearly|semiannual"),
    ("annual", r"báo cáo (?:cả |tổng kết |cuối )?năm|(?:hằng|hàng) năm|cuối năm|annual|yearly|year-end"),
)
_CYCLIC = frozenset({"monthly", "quarterly", "semiannual", "annual"})
_UPON_EVENTS = frozenset({"ad_hoc", "promptly", "on_request"})
_AREAS = r"(tỉnh|huyện|quận|xã|phường|thành phố|cơ sở|ngành)"
_BEFORE = re.compile(rf" {_AREAS} (?:mình |em |tôi |phải |cần |có |thì |gửi |nộp |định kỳ |làm ){{0,4}}báo cáo ")
_AFTER = re.compile(rf" báo cáo (?:\S+ ){{0,3}}?(?:về |cho |lên |với |gửi )?(?:liên đoàn lao động )?{_AREAS} ")


def report_answer(inquiry: Inquiry) -> Answer | None:
    """Who reports to whom, through whom and how often, as the plan says it; not restated when the plan gives no day, or
    another rhythm than the one that is asked for."""
    obligations = [
        entry
        for key in inquiry.keys_reached
        for entry in inquiry.library.obligations(key)
        if inquiry.holds(key, entry.position, entry.quote)
    ]
    asked = _rhythms_asked(inquiry)
    obligations = [entry for entry in obligations if not set(asked).isdisjoint(entry.frequency)] or obligations
    if not obligations:
        return None
    scored = sorted(((_score(inquiry, entry), -at, entry) for at, entry in enumerate(obligations)), reverse=True)
    best = scored[0][2]
    if not _holds_subject(inquiry, best):
        return None
    finding = _finding(inquiry, best)
    if _is_of_another_rhythm(inquiry, best):
        return inquiry.answer("report", [finding], outcome="not_restated", period="rhythm")
    if not _asks_day(inquiry) or _is_timed(best):
        return inquiry.answer("report", [finding])
    # That no day is stated may be said only of a document that names none for any report.
    timed = [entry for _, _, entry in scored[1:] if entry.document == best.document and _is_timed(entry)]
    others = [entry for entry in timed if not _is_of_another_rhythm(inquiry, entry)]
    if others:
        return inquiry.answer("report", [finding, *(_finding(inquiry, entry) for entry in others[:_OTHERS])])
    return inquiry.answer("report", [finding], outcome="not_restated")


def _finding(inquiry: Inquiry, entry: Obligation) -> Finding:
    """A reporting duty in the plan's words, after the one who has it where they do not say so."""
    quote = shortened(entry.quote, _LONGEST)
    unnamed = not is_named_in(inquiry, entry.reporter, quote)
    return inquiry.finding(entry.document, entry.position, quote, actor=entry.reporter if unnamed else None)


def _is_timed(entry: Obligation) -> bool:
    """Whether a reporting duty says by when: a day, a span of time, an occasion."""
    named = bool(entry.due and _DAY.search(entry.due))
    return named or bool(_WITHIN.search(entry.quote) or _OCCASION.search(entry.quote))


def _asks_day(inquiry: Inquiry) -> bool:
    return inquiry.question.wants("due") and not inquiry.question.wants("often")


def _rhythms_asked(inquiry: Inquiry) -> list[Frequency]:
    return [name for name, said in _RHYTHMS if re.search(rf" (?:{said}) ", inquiry.question.words)]


def _is_of_another_rhythm(inquiry: Inquiry, entry: Obligation) -> bool:
    """Whether a report of a certain rhythm is asked for and this one has others, or follows upon an event."""
    asked, given = _rhythms_asked(inquiry), set(entry.frequency)
    told = bool(given & _CYCLIC) or given <= _UPON_EVENTS or bool(_OCCASION.search(entry.quote))
    return bool(asked) and told and given.isdisjoint(asked)


def _score(inquiry: Inquiry, entry: Obligation) -> float:
    """How well an obligation fits: what the question says of it, else whether it is the asker's own."""
    question, library = inquiry.question, inquiry.library
    terms = [term for term in question.terms if term.said not in ("báo cáo", "report", "reports")]
    words = library.spelled(f"{entry.reporter or ''} {entry.recipient or ''} {entry.via or ''} {entry.quote}")
    far = heading_words(library, library.passage(entry.document, entry.position))
    score = coverage(terms, words, far) * (1.0 if question.subject else _SAYS_LITTLE)
    union = library.unions.get(inquiry.asker.union)
    reporter = library.spelled(entry.reporter or "").replace(" các ", " ")
    own = bool(union) and any(f" {name} " in reporter for name in OF_LEVEL.get(union.level if union else "", ()))
    named = [term for term in question.subject if term.stands_in(reporter)]
    about_self = not question.subject or question.wants("own_unit")
    score += 0.0 if not own or named else 3 * _OWN if about_self else _OWN
    return score + _NAMED * bool(named) + _manner(inquiry, entry) + _direction(inquiry, entry)


def _manner(inquiry: Inquiry, entry: Obligation) -> float:
    question = inquiry.question
    fits = _RHYTHM * any(name in entry.frequency for name in _rhythms_asked(inquiry))
    fits += _DETAIL * (question.wants("via") and entry.via is not None)
    fits += _RHYTHM * (_asks_day(inquiry) and bool(entry.due and _DAY.search(entry.due)))
    return fits + _DETAIL * (question.wants("often") and bool(_CYCLES.search(entry.quote)))


def _direction(inquiry: Inquiry, entry: Obligation) -> float:
    """Who the question lets report to whom: "huyện báo cáo tỉnh"."""
    library, words = inquiry.library, inquiry.question.words
    sides: Sequence[tuple[re.Pattern[str], str | None]] = ((_BEFORE, entry.reporter), (_AFTER, entry.recipient))
    spoken = [(match[1], library.spelled(name or "")) for side, name in sides if (match := side.search(words))]
    return sum(_SPOKEN_OF for area, name in spoken if f" {area} " in name)


def _holds_subject(inquiry: Inquiry, entry: Obligation) -> bool:
    library = inquiry.library
    terms = inquiry.question.subject
    near = library.spelled(f"{entry.reporter or ''} {entry.recipient or ''} {entry.quote}")
    passage = library.passage(entry.document, entry.position)
    far = heading_words(library, passage) + library.spelled(passage.text)
    enough = not terms or coverage(terms, near, far) >= _ENOUGH
    return enough and holds_required(terms, near, far)
