"""From a question to an answer that a document proves, or to none: the way in to this room."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from knowledge import Answer
from knowledge.answering_amendments import changes_answer, point_answer, repealed_answer
from knowledge.answering_derived import years_together
from knowledge.answering_documents import document_answer, person_answer
from knowledge.answering_duties import duty_answer, who_answer
from knowledge.answering_headings import headed_answer
from knowledge.answering_passages import outline_answer, passage_answer, told_closer
from knowledge.answering_reports import report_answer
from knowledge.answering_targets import assigned_answer, dated_answer, figure_answer, list_answer, stated_figure_answer
from knowledge.checking import unsupported
from knowledge.comparing import comparison_answer, units_compared, worked_out
from knowledge.document_data import data_answer
from knowledge.index import Library
from knowledge.inquiry import OF_LEVEL, Inquiry
from knowledge.messages import answer_message
from knowledge.numbered import within_numbered
from knowledge.oneself import asks_own_state, own_state_answer
from knowledge.places import LEVELS, Place
from knowledge.question import Asker, Question, understand
from knowledge.sorts_asked import asks_members
from knowledge.terms import Term

__all__ = ["answer", "unsupported"]

_DUE = re.compile(r" (?:trước ngày|hạn|gửi|nộp|xong|hoàn thành|chậm nhất|submit|submitted|due) ")
_POINT_NAMED = re.compile(r" (?:điểm|khoản|mục|phần|tiết|điều) \S*(?:\d|[ivx]+\b)")
_PLACE = 3.0
_DAY = re.compile(r" (?:ngày nào|ngày mấy|hôm nào|hạn|what date|which day|deadline) ")
_GIVEN = re.compile(r" (?:được|giao) (?:\S+ )?giao | giao (?:cho )?(?:tỉnh|huyện|quận|thị xã|xã|phường) | assigned ")
_GIVER = re.compile(r" (tỉnh|huyện|quận|thị xã|xã|phường) (?:mình )?giao ")
_CITY = re.compile(r"(?: của|^| toàn| cả| và| với| hay) thành phố (?!ủy )")
_RANK = re.compile(r"cấp (?:tỉnh|huyện|quận|xã|thành phố|cơ sở)$")

Way = Callable[[Inquiry], Answer | None]


def answer(
    library: Library,
    question: str,
    *,
    union: str,
    chain: Sequence[str],
    history: Sequence[str] = (),
    today: date,
) -> Answer:
    """What the documents that `union` sees say about `question`.

    `chain` holds the union's code and those of the levels above it; `history` what the same person asked before, oldest
    first. Never raises for a question: what is not understood or not written is `not_found`.
    """
    asker = Asker(union, tuple(chain))

    def ask(text: str, before: Sequence[str]) -> Answer:
        return _answer(library, understand(text, before, library, asker, today), asker, today)

    def alone(text: str) -> Question:
        return understand(text, (), library, asker, today)

    return answer_message(ask, alone, question, history)


def _answer(library: Library, asked: Question, asker: Asker, today: date) -> Answer:
    """The answer to one understood question."""
    city = _level_of_city(library, asked, asker)
    terms = tuple(term for term in asked.terms if not city or term.said not in ("thành phố", "city"))
    asked = replace(asked, levels=tuple(dict.fromkeys((*asked.levels, *city))), terms=terms)
    own = within_numbered(Inquiry(library, asked, asker, library.scope(asker.chain), today))
    asked = own.question
    unknown = [place for place in asked.places if not place.unions]
    strangers = [place for place in unknown if not _is_mentioned(own, place)]
    if strangers:
        return _not_found(replace(own, whose=strangers[0].name))
    own = _speaking_of(own, unknown)
    named = [place for place in asked.places if place.unions and not set(place.unions) & set(asker.chain)]
    inquiries = [_elsewhere(own, place) for place in named]
    if not inquiries and asked.wants("compare", "difference") and len(asked.levels) == 2:
        upper, lower = (_within(own, (level,)) for level in asked.levels)
        if compared := comparison_answer(upper, (lower,)):
            return compared
    beside = not inquiries and asked.wants("compare", "difference")
    if beside and (compared := units_compared(own) or _with_level(own)):
        return compared
    if not inquiries:
        return _of_ours(own)
    compared = _places_compared(own, inquiries) if asked.wants("compare", "difference") else None
    return compared or _first(inquiries[0]) or _not_found(inquiries[0])


def _places_compared(own: Inquiry, others: Sequence[Inquiry]) -> Answer | None:
    """The figures of two places that a question names, or of one beside the asker's own."""
    each = [own, *others] if len(others) < 2 else others
    return units_compared(own, both_named=True) or comparison_answer(each[0], each[1:])


def _of_ours(own: Inquiry) -> Answer:
    """The answer of the documents that the asker sees, with the level first that is asked for."""
    narrowed = _preferred(_of_level(own))
    found = _assigned_to_level(own) if _GIVEN.search(own.question.words) else None
    found = found or _first(narrowed) or _assigned_to_level(own) or _of_rank(own) or _borne_by_level(own)
    return found or repealed_answer(narrowed) or _not_found(narrowed)


def _with_level(inquiry: Inquiry) -> Answer | None:
    """The figure of the one level that a comparison names ("so với tỉnh") beside that of the asker's nearest one."""
    levels = inquiry.question.levels
    if len(levels) != 1:
        return None
    other = _within(inquiry, levels)
    nearer = replace(inquiry, keys=tuple(key for key in inquiry.keys if key not in other.keys))
    return comparison_answer(nearer, (other,)) if nearer.keys and other.keys else None


def _first(inquiry: Inquiry) -> Answer | None:
    """The answer of the first way that has one; a plan that sets no target for a year may still tell of it."""
    found = next((found for way in _ways(inquiry.question) if (found := way(inquiry)) is not None), None)
    if found and inquiry.question.wants("compare", "difference") and _tells_two_apart(found):
        found = replace(found, arithmetic=worked_out(inquiry, found.findings))
    told = inquiry.question.wants("amount") and not inquiry.question.wants("own_unit")
    if found and told and (found.outcome, found.kind) == ("found", "figure") and not inquiry.question.years:
        return told_closer(inquiry, found) or found
    if found and found.outcome == "not_restated" and found.kind in ("figure", "other_years", "other_months") and told:
        return passage_answer(inquiry) or found
    return found


def _tells_two_apart(found: Answer) -> bool:
    """Whether an answer gives two figures of one passage, each of another thing."""
    targets = [finding.target for finding in found.findings if finding.target]
    if (found.outcome, found.kind) != ("found", "figure") or len(targets) != 2 or len(found.findings) != 2:
        return False
    one, other = targets
    return (one.document, one.position) == (other.document, other.position) and one.value != other.value


def _ways(question: Question) -> list[Way]:
    """The ways to an answer in the order in which they are tried, from what the question asks for."""
    rows: tuple[tuple[bool, Way], ...] = (
        (question.wants("changes"), changes_answer),
        (bool(_POINT_NAMED.search(question.words)), point_answer),
        (True, data_answer),
        (question.wants("report"), report_answer),
        (question.wants("person"), person_answer),
        (_about_a_document(question), document_answer),
        (question.wants("compare", "difference") and len(question.years) == 2, _years_compared),
        (question.wants("amount"), years_together),
        (question.wants("due") and not question.wants("amount", "often"), stated_figure_answer),
        (True, headed_answer),
        (question.wants("outline"), outline_answer),
        (_lists_targets(question), list_answer),
        (question.wants("duty") and not (question.wants("amount") and question.wants("own_unit")), duty_answer),
        (question.wants("who") and not question.wants("compare", "partner") and not asks_members(question), who_answer),
        (_asks_for_day(question), passage_answer),
        (question.wants("figure", "amount", "threshold") or bool(question.years), figure_answer),
        (question.wants("whether"), figure_answer),
        # A plan that speaks of a thing sets no target for it by that.
        (not question.wants("subject_is_targets") or not question.wants("whether"), passage_answer),
        (question.wants("due") and not question.wants("report", "document", "amount"), dated_answer),
    )
    if asks_own_state(question) and not _about_a_document(question):
        return [own_state_answer]
    state = question.wants("current") and not question.years
    if (state or question.wants("consequence", "done", "handled")) and not _about_a_document(question):
        return [passage_answer]
    return [way for applies, way in rows if applies]


def _asks_for_day(question: Question) -> bool:
    """Whether a day is asked for and no figure: a target without one is no answer to it."""
    return question.wants("due") and not question.wants("amount", "percent") and bool(_DAY.search(question.words))


def _years_compared(inquiry: Inquiry) -> Answer | None:
    return comparison_answer(inquiry, ())


def _about_a_document(question: Question) -> bool:
    if question.wants("signer", "number", "issuer", "recipients", "title", "basis", "which_document"):
        return True
    return question.wants("dated") and question.wants("document") and not _DUE.search(question.words)


def _lists_targets(question: Question) -> bool:
    if question.wants("own_unit") and question.wants("amount") and not question.subject:
        return True
    if not question.wants("subject_is_targets"):
        return False
    return question.wants("list") or not question.subject


def _preferred(inquiry: Inquiry) -> Inquiry:
    """The inquiry with the documents first whose union the question names."""
    named = {code for place in inquiry.question.places for code in place.unions}
    own = [key for key in inquiry.keys if inquiry.library.documents[key].scope in named]
    return replace(inquiry, keys=(*own, *(key for key in inquiry.keys if key not in own)))


def _of_level(inquiry: Inquiry) -> Inquiry:
    """The inquiry within the documents of the level whose figure is asked for ("của tỉnh"): another level's would be
    wrong, and where that level has no document there is no answer."""
    question = inquiry.question
    asks_figure = question.wants("figure", "amount", "list") and not question.wants(
        "report", "number", "dated", "document"
    )
    if question.places and asks_figure and not _hold_for_named(inquiry):
        return replace(inquiry, keys=())
    if not question.levels or question.places or not asks_figure:
        return inquiry
    return _within(inquiry, question.levels)


def _hold_for_named(inquiry: Inquiry) -> bool:
    """Whether a document in scope holds for a union that the question names: its own, or one of the levels above it."""
    library = inquiry.library
    named = [code for place in inquiry.question.places for code in place.unions]
    holding = {above for code in named for above in library.chain(code)}
    return not named or any(library.documents[key].scope in holding for key in inquiry.keys)


def _of_rank(inquiry: Inquiry) -> Answer | None:
    """The answer where a level ("sáng kiến cấp huyện") is no union's but a rank that a clause speaks of."""
    ranks = [term for term in inquiry.question.terms if _RANK.match(term.said)]
    if not ranks:
        return None
    terms = tuple(replace(term, must=term in ranks) for term in inquiry.question.terms)
    return _first(replace(inquiry, question=replace(inquiry.question, terms=terms, levels=())))


def _assigned_to_level(inquiry: Inquiry) -> Answer | None:
    """The figure that a table assigns to the union of the level which is asked for ("huyện mình được giao"), one of
    those above the asker."""
    question, library = inquiry.question, inquiry.library
    givers = {LEVELS[level] for level in _GIVER.findall(question.words)}
    levels = [level for level in question.levels if level not in givers] or list(question.levels)
    above = [code for code in inquiry.asker.chain if code in library.unions and library.unions[code].level in levels]
    if len(levels) != 1 or not above or question.places or not question.wants("figure", "amount"):
        return None
    asker = Asker(above[0], tuple(library.chain(above[0])))
    meant = replace(question, levels=(), intents=question.intents - {"own_unit"})
    return assigned_answer(replace(inquiry, asker=asker, question=meant, keys=library.scope(asker.chain)))


def _borne_by_level(inquiry: Inquiry) -> Answer | None:
    """The answer where a level that has no document of its own is whom another one's clause speaks of."""
    names = [name for level in inquiry.question.levels for name in OF_LEVEL.get(level, ())]
    if not names or _within(inquiry, inquiry.question.levels).keys:
        return None
    found = _first(inquiry)
    told = [inquiry.library.spelled(finding.citation.quote) for finding in found.findings] if found else []
    return found if told and all(any(f" {name} " in words for name in names) for words in told) else None


def _within(inquiry: Inquiry, levels: Sequence[str]) -> Inquiry:
    """The inquiry within the documents of these levels."""
    library = inquiry.library
    unions = {key: library.unions.get(library.documents[key].scope) for key in inquiry.keys}
    kept = tuple(key for key, union in unions.items() if union and union.level in levels)
    return replace(inquiry, keys=kept)


def _elsewhere(inquiry: Inquiry, place: Place) -> Inquiry:
    """The same question to the documents of another place and of the levels above it."""
    library = inquiry.library
    codes = dict.fromkeys(code for union in place.unions for code in library.chain(union))
    return replace(inquiry, keys=library.scope(codes), whose=place.name)


def _level_of_city(library: Library, asked: Question, asker: Asker) -> list[str]:
    """The level of "thành phố", which may be a province or a part of one: that of the asker's own city."""
    if not _CITY.search(asked.words) or asked.places:
        return []
    above = (library.unions.get(code) for code in asker.chain)
    return [union.level for union in above if union and " thành phố " in union.name]


def _speaking_of(inquiry: Inquiry, places: Sequence[Place]) -> Inquiry:
    """The inquiry with places that our documents only mention among what an answer must hold."""
    words = [inquiry.library.spelled(place.name).strip() for place in places]
    terms = tuple(Term(said, (said,), _PLACE, must=True) for said in words)
    return replace(inquiry, question=replace(inquiry.question, terms=(*inquiry.question.terms, *terms)))


def _is_mentioned(inquiry: Inquiry, place: Place) -> bool:
    """Whether our own documents speak of a place that no union bears: then it is a subject, not somebody's plan."""
    words = inquiry.library.spelled(place.name).strip()
    expression = " OR ".join(f'"{left}_{right}"' for left, right in zip(words.split(), words.split()[1:], strict=False))
    return bool(inquiry.library.match(expression, inquiry.keys, 1))


def _not_found(inquiry: Inquiry) -> Answer:
    return inquiry.answer("nothing", (), outcome="not_found")
