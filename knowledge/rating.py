"""Which targets a question is about, and which of them are for the period that it asks for."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge import Passage, Target
from knowledge.counted import counted, number_asked, thing_counted, whole_of_share
from knowledge.indicators import OTHER, indicators, recognise
from knowledge.inquiry import Inquiry, holds_required
from knowledge.lexicon import phrase
from knowledge.question import Question
from knowledge.search import coverage, heading_words
from knowledge.sentences import lead_of
from knowledge.terms import Term
from knowledge.timing import TERM, is_exact, is_timely
from knowledge.unfit_targets import done_to, is_unfit
from knowledge.vietnamese import fold

CLOSE = 0.07
_ENOUGH, _ELSEWHERE = 0.6, 0.25
_RECALL, _PRECISION = 0.8, 0.2
_ALL, _ALL_SAID = 0.85, 0.3
_OTHER_INDICATOR, _YEARLY, _NUMBER, _TERM_AHEAD, _NO_FIGURE = 0.25, 0.8, 0.12, 0.15, 0.4
_UNION = re.compile(r"^(?:cong doan co so|cong doan|cdcs)\s+")
_PLACE_OF = re.compile(r"(?:^| )(?:tinh|huyen|quan|thi xa|thanh pho|xa|phuong|thi tran) (.+)$")
_BRANCH = re.compile(r"^(?:lien doan lao dong )?(?:(?:nganh|khoi) )?| (?:tinh|huyen|quan|thi xa|thanh pho)$")
_SAME_NAME = 95
_OTHER_THINGS = frozenset({"grants", "houses", "classes", "times", "blood_units", "initiatives", "cases"})
"""Units of figures that count a thing of their own, whomever it is for ("120 suất học bổng cho con đoàn viên")."""
_BESIDE, _NOT_THE_COUNT, _LONGER = 8, 0.5, 30
_PIECES = re.compile(
    r" (?:bao nhiêu|mấy|nhiêu) (?:chuyến|cuộc|lớp|buổi|đợt|căn|suất|khóa|giải|ngôi|phòng|chiếc|bộ|quyển|cuốn|bài|tin|"
    r"câu lạc bộ|đề tài|mô hình|sáng kiến|nhà|tổ tư vấn|hội thao|hội thi|hội diễn|lượt) "
)
_GROWTH = re.compile(r"tăng|kết nạp|phát triển|giới thiệu", re.IGNORECASE)
_MONEY = re.compile(r"đồng|triệu|tỷ đồng|nghìn đồng")
_SPENT = re.compile(
    r" (?:chi|trợ cấp|thưởng|giá|phụ cấp) (?:\S+ ){0,3}?bao nhiêu | (?:thu nhập|tiền lương) (?:\S+ ){0,6}?bao nhiêu "
)
_LEANS = re.compile(
    r"\W*(?:chi|thu nhập|tiền lương|mức|mỗi|trong đó|trị giá|bình quân|với|thời hạn|kinh phí|riêng)\b", re.IGNORECASE
)
"""A clause that begins so says something of the thing before it."""
_TOTAL = re.compile(r"\b(?:tổng số|số lượng)\b[^,;:]*$", re.IGNORECASE)
_UNIT_OR_MEMBER = re.compile(r"\b[đd]v\b", re.IGNORECASE)
"""What is written in short for members and for units."""
_SUM = re.compile(r"\btổng số\b", re.IGNORECASE)
_CELLS = " | "
_COUNT = re.compile(r"[\d.,%\s]*")
_VERBS_OF_CELLS = " , thu , nộp , giao , được giao , phát triển , vận động , trích , đạt , "
"""What a question says of a figure in a table, whose head says only what is counted."""


@dataclass(frozen=True)
class Rated:
    """A target and how well it answers the question (0 to 1)."""

    target: Target
    relevance: float


def rate(inquiry: Inquiry, terms: tuple[Term, ...] | None = None) -> list[Rated]:
    """The targets in scope that are about the subject, best first."""
    wanted = inquiry.question.subject if terms is None else terms
    if not wanted:
        return []
    listed = targets_in(inquiry, inquiry.keys_reached, inquiry.reached())
    asked = _indicators_asked(inquiry.question)
    rated = [Rated(target, _relevance(inquiry, target, wanted, asked)) for target in listed]
    return sorted((entry for entry in rated if entry.relevance >= _ENOUGH), key=lambda entry: -entry.relevance)


def rate_repealed(inquiry: Inquiry) -> list[Rated]:
    """The targets about the subject that a later document repealed, best first."""
    gone = inquiry.in_force.gone
    wanted = inquiry.question.subject
    repealed = {place for place, change in gone.items() if change.repeals}
    listed = [
        target
        for key in dict.fromkeys(key for key, _ in repealed)
        for target in inquiry.library.targets(key)
        if (key, target.position) in repealed
    ]
    listed += [target for target, change in inquiry.in_force.ended.items() if change.repeals and target not in listed]
    asked = _indicators_asked(inquiry.question)
    rated = [Rated(target, _relevance(inquiry, target, wanted, asked)) for target in listed if wanted]
    return sorted((entry for entry in rated if entry.relevance >= _ENOUGH), key=lambda entry: -entry.relevance)


def targets_in(
    inquiry: Inquiry,
    keys: Sequence[str] | None = None,
    reached: Callable[[str, int], bool] = lambda key, position: True,
) -> list[Target]:
    """The targets in force of the documents `keys` (by default all in scope), of the passages `reached`, without those
    assigned to unions other than the one that is asked about."""
    now = inquiry.in_force
    own = [
        target
        for key in (inquiry.keys if keys is None else keys)
        for target in inquiry.library.targets(key)
        if reached(key, target.position)
        and target not in now.ended
        and inquiry.holds(key, target.position, target.quote)
        and (key, target.position) not in now.made
    ]
    listed = [
        *own,
        *(each for each in now.targets if each.document in inquiry.keys and reached(each.document, each.position)),
    ]
    meant = _unions_meant(inquiry, {target.unit_name for target in listed if target.unit_name})
    return [target for target in listed if not target.unit_name or target.unit_name in meant]


def of_period(inquiry: Inquiry, rated: Sequence[Rated]) -> list[Rated]:
    """The targets for the period asked for; a yearly one stands for a single year only if it is as near to the subject
    as the targets of other years."""
    exact = [entry for entry in rated if is_exact(entry.target, inquiry)]
    if exact and exact[0].relevance >= rated[0].relevance - _ELSEWHERE:
        # The year's own figure goes before that of a term that ends in it.
        own = [entry for entry in exact if not TERM.match(entry.target.period or "")]
        return own if own and own[0].relevance >= exact[0].relevance - _TERM_AHEAD else exact
    if inquiry.question.cycle == "annual" and not inquiry.question.years and not exact:
        # "Mấy buổi một năm": a plan for this year alone says it for this year.
        exact = [entry for entry in rated if entry.target.period == str(inquiry.today.year)]
        return exact if exact and exact[0].relevance >= rated[0].relevance - CLOSE else []
    least = max(rated[0].relevance - CLOSE, _YEARLY)
    return [entry for entry in rated if entry.relevance >= least and is_timely(entry.target, inquiry)]


def _relevance(inquiry: Inquiry, target: Target, wanted: Sequence[Term], asked: Sequence[str]) -> float:
    library, question = inquiry.library, inquiry.question
    if not _is_of_sort(inquiry, target) or is_unfit(question, target, wanted, asked):
        return 0.0
    passage = library.passage(target.document, target.position)
    condition = target.condition or ""
    quote = _own_cells(target)
    lead = library.spelled(lead_of(quote))
    near = library.spelled(f"{target.label}; {quote}".replace(condition, "")) + lead
    conditional = library.spelled(condition)
    own = near + conditional
    far = conditional + _surroundings(inquiry, target, passage)
    done = done_to(question, wanted)
    if not holds_required(wanted, near, far) or (done and not done.stands_in(near + far)):
        return 0.0
    recall = coverage(wanted, near, far, library.spelled(_names(inquiry, target)) + _beside(inquiry, target, passage))
    score = _RECALL * recall + _PRECISION * _precision(inquiry, target, wanted)
    score += 0.06 * coverage([term for term in question.terms if term.soft], near)
    score -= 0.15 * (question.wants("percent") and target.unit != "percent")
    score -= _NOT_THE_COUNT * (_asks_cost(question) and not target.unit.endswith("dong"))
    score += 0.25 * (question.wants("threshold") and bool(re.search(r"\d", target.condition or "")))
    score += _NUMBER * any(term.said.isdigit() and f" {term.said} " in own for term in question.terms)
    score -= _NO_FIGURE * (question.wants("amount") and target.value is None and target.comparator in ("=", "deadline"))
    thing = _count_asked(question, wanted)
    counts = thing is not None and _counts(target, thing, asked)
    other = _OTHER_INDICATOR * (not counts and not any(_is_of(indicator, target) for indicator in asked))
    # A clause that speaks of every thing asked for, or is headed by it, is about it, whatever its figure counts.
    if other and (coverage(wanted, lead) >= _ALL or _says_all(question, target, wanted, near)):
        other *= _ALL_SAID
    score -= other
    score -= _NOT_THE_COUNT * (target.unit == "percent" and _counts_pieces(question))
    score -= _NOT_THE_COUNT * (thing is not None and not counts)
    return score + 0.05 * _level_fits(inquiry, target.document)


def _surroundings(inquiry: Inquiry, target: Target, passage: Passage) -> str:
    """What stands around the words of a target: the headings, the clause, the passage it leans on."""
    library = inquiry.library
    known = indicators().get(target.indicator)
    clause = clause_of(inquiry, target) or ""
    verbs = _VERBS_OF_CELLS if _CELLS in target.quote else ""
    leant_on = library.spelled(passage.text) if _LEANS.match(target.quote) else ""
    own = library.spelled(f"{lead_of(passage.text)} {known.label_vi if known else ''} {clause}")
    return verbs + heading_words(library, passage) + own + leant_on


def _own_cells(target: Target) -> str:
    """The words of a target; of a row of a table without the figures of other columns."""
    cells = (cell.partition(": ") for cell in target.quote.split(_CELLS))
    if _CELLS not in target.quote:
        return target.quote
    return _CELLS.join(
        f"{head}: {value}" for head, _, value in cells if head == target.label or not _COUNT.fullmatch(value)
    )


def _asks_cost(question: Question) -> bool:
    return bool(_SPENT.search(question.words)) and not question.wants("percent")


def _is_of_sort(inquiry: Inquiry, target: Target) -> bool:
    """Whether a target's words can hold what is asked for: an amount of money, or the thing that is counted."""
    if inquiry.question.wants("money") and not _MONEY.search(target.quote):
        return False
    question = inquiry.question
    either = _UNIT_OR_MEMBER.search(question.text)
    whole = None if either else whole_of_share(question.words, question.subject)
    things = (thing_counted(question.words, question.subject), whole)
    if any(thing and not _counts_thing(inquiry, target, thing) for thing in things):
        return False
    sort = counted(inquiry.question.words)
    return sort is None or bool(sort.search(f"{target.label} {clause_of(inquiry, target) or target.quote}"))


def _counts_thing(inquiry: Inquiry, target: Target, thing: Term) -> bool:
    """Whether a target may be a number of that thing: the head of a table says only what is counted, but the share of
    another thing is none."""
    if _CELLS in target.quote and target.unit != "percent":
        return True
    clause = "" if _CELLS in target.quote else clause_of(inquiry, target) or target.quote
    passage = inquiry.library.passage(target.document, target.position)
    above = f"{lead_of(passage.text)}; {passage.heading}" if target.unit == "percent" else ""
    return thing.stands_in(inquiry.library.spelled(f"{target.label}; {clause}; {above}"))


def _beside(inquiry: Inquiry, target: Target, passage: Passage) -> str:
    """What a passage says beside the clause of a target ("trong Cụm công nghiệp … có 3.150 đoàn viên; 88% …")."""
    longer = len(passage.text) > len(target.quote) + _LONGER
    return inquiry.library.spelled(passage.text) if longer else ""


def _says_all(question: Question, target: Target, wanted: Sequence[Term], near: str) -> bool:
    """Whether a clause says each of several things that are asked for, in words of its own."""
    if len(wanted) < 2 or (target.unit == "percent" and not question.wants("percent")):
        return False
    said = {next((option for option in term.wordings if option in near), "") for term in wanted}
    return len(said) == len(wanted) and coverage(wanted, near) >= _ALL


def _counts_pieces(question: Question) -> bool:
    """Whether a number of pieces is asked for ("mấy chuyến", "bao nhiêu căn"), which is never a share."""
    return not question.wants("percent") and bool(_PIECES.search(question.words))


def _count_asked(question: Question, wanted: Sequence[Term]) -> Term | None:
    """The thing of which only the number is asked for ("xã có mấy công đoàn cơ sở", "số đoàn viên của huyện")."""
    others = question.wants("percent", "compare", "difference")
    return None if others else number_asked(question.words, tuple(wanted))


def _counts(target: Target, thing: Term, asked: Sequence[str]) -> bool:
    """Whether a target's figure is the number of that thing itself: "có 3.100 đoàn viên"."""
    if target.unit == "percent" or target.unit.endswith("dong"):
        return False
    if _CELLS in target.quote:
        said = f" {phrase(target.label)} "
        grown = _GROWTH.search(target.label) and not _SUM.search(target.label)
        return not grown and any(f" {option} " in said for option in thing.written)
    if OTHER not in asked and target.indicator not in asked:
        return False
    before, _, rest = target.quote.partition(target.value_text)
    after = phrase(re.split(r"[,;(]", rest)[0])
    if target.unit in _OTHER_THINGS and not any(after.startswith(option) for option in thing.written):
        return False
    # "Tổng số đoàn viên đạt 9.600 người": the thing stands before its figure.
    if _TOTAL.search(before) and any(f" {option} " in f" {phrase(before)} " for option in thing.written):
        return True
    return not _GROWTH.search(re.split(r"[,:;]", before)[-1]) and any(
        f" {option} " in f" {' '.join(after.split()[:_BESIDE])} " for option in thing.written
    )


def is_of_asked(question: Question, target: Target) -> bool:
    """Whether a target is surely of the indicator that a question names."""
    return target.indicator != OTHER and target.indicator in _indicators_asked(question)


def _indicators_asked(question: Question) -> tuple[str, ...]:
    """The indicators that a question may name: as it is worded, and with its short forms written out."""
    if question.language == "en":
        return (OTHER,)
    readings = dict.fromkeys((question.words, _in_full(question)))
    return tuple(dict.fromkeys(recognise(words, question.wants("percent")) for words in readings))


def _is_of(asked: str, target: Target) -> bool:
    """Whether a target is of an indicator; where either is unknown it may be."""
    if target.indicator == OTHER or asked in (OTHER, target.indicator):
        return True
    return asked == indicators()[target.indicator].share or target.indicator == indicators()[asked].share


def _in_full(question: Question) -> str:
    """The words of a question with its short forms written out as plans do ("thỏa ước lao động tập thể")."""
    words = question.words
    for term in question.terms:
        whole = next((option for option in term.written if option.startswith(f"{term.said} ")), None)
        words = words.replace(f" {term.said} ", f" {whole} ") if whole and f" {whole} " not in words else words
    return words


def _names(inquiry: Inquiry, target: Target) -> str:
    document = inquiry.library.documents[target.document]
    return f"{document.issuer or ''} {document.title}"


def _precision(inquiry: Inquiry, target: Target, wanted: Sequence[Term]) -> float:
    """The share of the target's own words that the question speaks of: a short clause about just that comes first."""
    library = inquiry.library
    words = library.spelled(target.label).split()
    spoken = {
        word
        for term in wanted
        for option in term.written
        if f" {option} " in f" {' '.join(words)} "
        for word in option.split()
    }
    weights = {word: 1 / (1 + library.frequencies.get(word, 0) / 40) for word in set(words)}
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in spoken) / total if total else 0.0


def _level_fits(inquiry: Inquiry, key: str) -> bool:
    union = inquiry.library.unions.get(inquiry.library.documents[key].scope)
    return bool(union and union.level in inquiry.question.levels)


def _unions_meant(inquiry: Inquiry, names: set[str]) -> set[str]:
    """Of the unions that tables name, those that the question names, or the asker's own when it names none."""
    named = unions_named(inquiry, names)
    return named if named or inquiry.whose else own_union(inquiry, names)


def unions_named(inquiry: Inquiry, names: set[str]) -> set[str]:
    """Of the unions that tables name, those that the question names, be it by their place alone ("Phù Cát")."""
    words = fold(inquiry.question.words)
    cores = {name: core_name(inquiry, name) for name in names}
    places = Counter(place_name(core) for core in cores.values())

    def is_named(core: str) -> bool:
        place, branch = place_name(core), _BRANCH.sub("", core)
        in_short = (places[place] == 1 and f" {place} " in words) or _begins_with(words, branch)
        return bool(core) and (f" {core} " in words or in_short)

    return {name for name, core in cores.items() if is_named(core)}


def _begins_with(words: str, branch: str) -> bool:
    """Whether a question is about a union by the branch or area that it is for ("y tế được giao mấy …")."""
    return " " in branch and bool(
        re.search(rf"(?:^| nganh| cong doan| cua| ben| giao cho) {re.escape(branch)} ", words)
    )


def place_name(core: str) -> str:
    """What a folded name holds after the word for its area, empty where that is a single syllable or nothing."""
    match = _PLACE_OF.search(core)
    return match[1] if match and " " in match[1] else ""


def own_union(inquiry: Inquiry, names: set[str]) -> set[str]:
    """Of the unions that tables name, the asker's own."""
    union = inquiry.library.unions.get(inquiry.asker.union)
    return {name for name in names if union and is_same_union(inquiry, name, union.name)}


def is_same_union(inquiry: Inquiry, one: str, other: str) -> bool:
    """Whether two names, as tables and lists of unions write them, mean the same union."""
    left, right = core_name(inquiry, one), core_name(inquiry, other)
    return bool(left and right) and fuzz.token_sort_ratio(left, right) >= _SAME_NAME


def core_name(inquiry: Inquiry, name: str) -> str:
    """A union's name without what all of them begin with, folded."""
    return _UNION.sub("", fold(inquiry.library.spelled(name.partition("(")[0])).strip())


def clause_of(inquiry: Inquiry, target: Target) -> str | None:
    """The whole clause that a target's words are a part of."""
    clauses = inquiry.library.clauses(target.document, target.position)
    return next((text for text, _ in clauses if target.quote in text), None)
