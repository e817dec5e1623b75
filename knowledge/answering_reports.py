"""Answers about reports: who reports to whom, through whom, how often, by when."""

import re
from collections.abc import Sequence

from knowledge import Answer, Finding, Frequency, Obligation
from knowledge.inquiry import OF_LEVEL, Inquiry, holds_required, is_named_in, shortened
from knowledge.search import coverage, heading_words
from knowledge.terms import Term
from knowledge.weighing import Evidence, clause_evidence, likelihood

_LONGEST = 400
_OWN, _NAMED, _RHYTHM, _DETAIL = 0.1, 0.2, 0.15, 0.1
_SPOKEN_OF, _SAYS_LITTLE = 0.25, 0.3
_ENOUGH, _OTHERS = 0.5, 2
SURE, LEAST = 0.2, 0.0
_WEIGHED = 8
_REPORT = ("báo cáo", "report", "reports")
_BEFORE_REPORT = re.compile(r"^(.*?) (?:gửi |nộp |tổng hợp )*báo cáo ")
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
    rated = _rated(inquiry)
    if not rated or not _is_answer(inquiry, *_weighed(inquiry, rated[:2])[0]):
        return None
    best = rated[0][1]
    finding = _finding(inquiry, best)
    if _is_of_another_rhythm(inquiry, best):
        return inquiry.answer("report", [finding], outcome="not_restated", period="rhythm")
    if not _asks_day(inquiry) or _is_timed(best):
        return inquiry.answer("report", [finding])
    # That no day is stated may be said only of a document that names none for any report.
    timed = [entry for _, entry in rated[1:] if entry.document == best.document and _is_timed(entry)]
    others = [entry for entry in timed if not _is_of_another_rhythm(inquiry, entry)]
    if others:
        return inquiry.answer("report", [finding, *(_finding(inquiry, entry) for entry in others[:_OTHERS])])
    return inquiry.answer("report", [finding], outcome="not_restated")


def reports_weighed(inquiry: Inquiry) -> list[tuple[Obligation, Evidence]]:
    """The reporting duties that fit a question best, the fittest first, each with what speaks for it."""
    return _weighed(inquiry, _rated(inquiry)[:_WEIGHED])


def _rated(inquiry: Inquiry) -> list[tuple[float, Obligation]]:
    """The reporting duties of the rhythm that is asked for with how well they fit, the fittest first."""
    obligations = [
        entry
        for key in inquiry.keys_reached
        for entry in inquiry.library.obligations(key)
        if inquiry.holds(key, entry.position, entry.quote)
    ]
    asked = _rhythms_asked(inquiry)
    obligations = [entry for entry in obligations if not set(asked).isdisjoint(entry.frequency)] or obligations
    return sorted(((_score(inquiry, entry), entry) for entry in obligations), key=lambda each: -each[0])


def _weighed(inquiry: Inquiry, rated: Sequence[tuple[float, Obligation]]) -> list[tuple[Obligation, Evidence]]:
    best, second = (*(score for score, _ in rated), 0.0, 0.0)[:2]
    return [
        (entry, _evidence(inquiry, entry, score - (best if place else second)))
        for place, (score, entry) in enumerate(rated)
    ]


def _evidence(inquiry: Inquiry, entry: Obligation, ahead: float) -> Evidence:
    near, far = _texts(inquiry, entry)
    asked = _rhythms_asked(inquiry)
    others = named_beside_report(inquiry)
    return {
        **clause_evidence(inquiry, near, far, ahead),
        "covered_but_report": coverage(others, near, far),
        "reporter_named": float(any(term.stands_in(inquiry.library.spelled(entry.reporter or "")) for term in others)),
        "reporter_lacking": float(_is_of_another(inquiry, entry, others)),
        "own": float(_is_own(inquiry, entry)),
        "rhythm_held": float(bool(asked) and not set(asked).isdisjoint(entry.frequency)),
        "rhythm_lacking": float(bool(asked) and set(asked).isdisjoint(entry.frequency)),
        "direction": _direction(inquiry, entry),
    }


def named_beside_report(inquiry: Inquiry) -> list[Term]:
    """What a question names besides the report itself."""
    return [term for term in inquiry.question.subject if term.said not in _REPORT]


def _is_of_another(inquiry: Inquiry, entry: Obligation, terms: Sequence[Term]) -> bool:
    """Whether a question names another one than the reporter before its "báo cáo"."""
    said = _BEFORE_REPORT.search(inquiry.question.words)
    named = [term for term in terms if said and term.spoken in f" {said[1]} "]
    reporter = inquiry.library.spelled(entry.reporter or "")
    return bool(named) and not any(term.stands_in(reporter) for term in named)


def _is_answer(inquiry: Inquiry, entry: Obligation, evidence: Evidence) -> bool:
    """Whether the fittest duty surely enough is the one asked about; where nothing but a report is named it is, and
    that a plan does not state its day or its rhythm is said with less."""
    unstated = _is_of_another_rhythm(inquiry, entry) or (_asks_day(inquiry) and not _is_timed(entry))
    taken = unstated or not named_beside_report(inquiry)
    return _holds_subject(inquiry, entry) and (taken or likelihood(evidence, "report") >= SURE)


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
    terms = [term for term in question.terms if term.said not in _REPORT]
    words = library.spelled(f"{entry.reporter or ''} {entry.recipient or ''} {entry.via or ''} {entry.quote}")
    far = heading_words(library, library.passage(entry.document, entry.position))
    score = coverage(terms, words, far) * (1.0 if question.subject else _SAYS_LITTLE)
    reporter = library.spelled(entry.reporter or "").replace(" các ", " ")
    own = _is_own(inquiry, entry)
    named = [term for term in question.subject if term.stands_in(reporter)]
    about_self = not question.subject or question.wants("own_unit")
    score += 0.0 if not own or named else 3 * _OWN if about_self else _OWN
    return score + _NAMED * bool(named) + _manner(inquiry, entry) + _direction(inquiry, entry)


def _is_own(inquiry: Inquiry, entry: Obligation) -> bool:
    """Whether a report is owed by the unions of the asker's level."""
    library = inquiry.library
    union = library.unions.get(inquiry.asker.union)
    reporter = library.spelled(entry.reporter or "").replace(" các ", " ")
    return bool(union) and any(f" {name} " in reporter for name in OF_LEVEL.get(union.level if union else "", ()))


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


def _texts(inquiry: Inquiry, entry: Obligation) -> tuple[str, str]:
    """The words of a reporting duty, and those around them."""
    library = inquiry.library
    passage = library.passage(entry.document, entry.position)
    near = library.spelled(f"{entry.reporter or ''} {entry.recipient or ''} {entry.via or ''} {entry.quote}")
    return near, heading_words(library, passage) + library.spelled(passage.text)


def _holds_subject(inquiry: Inquiry, entry: Obligation) -> bool:
    terms, (near, far) = inquiry.question.subject, _texts(inquiry, entry)
    enough = not terms or coverage(terms, near, far) >= _ENOUGH
    return enough and holds_required(terms, near, far)
