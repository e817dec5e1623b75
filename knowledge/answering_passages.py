"""Answers in a plan's own sentences: the best passage, the items under a heading, the headings of a chapter."""

import re
from collections.abc import Sequence

from knowledge import Answer, Passage
from knowledge.figures import figures_in
from knowledge.inquiry import LONGEST, Inquiry, is_named_in, shortened, stretch, window
from knowledge.lexicon import lexicon
from knowledge.question import Question
from knowledge.search import Hit, coverage, heading_words, passage_words, title_words
from knowledge.sections import item_text
from knowledge.sorts_asked import CONSEQUENCE, FIGURE, asks_other_sort, has_asked, sort_asked
from knowledge.statements import is_body
from knowledge.unfit_targets import is_of_other_sector
from knowledge.vietnamese import syllables
from knowledge.weighing import Evidence, evidence_of, likelihood, said_side_by_side

_ENOUGH, _NEARLY_ALL, _WHOLE = 0.62, 0.85, 0.98
SURE, LEAST = 0.2, 0.45
"""How likely a passage must be an answer to be given as one, and how much of a question it must cover."""
HARMLESS = 0.15
"""The same of one that tells no figure and opens no section: if it is none, nobody repeats a wrong number."""
_LIKELIER, _ONE_TERM = 0.15, 0.6
_LOOKED_AT, _WEIGHED = 10, 8
_ITEM, _MOST_ITEMS = 130, 5
_OUTLINE_ITEMS = 12
_SAME_WORDS = 0.1
_BY_OTHERS = re.compile(
    r" (?:cho|với|đề xuất|tới|đến|gửi|hỏi|gặp|về|của|to|with) (?:ai|whom) |"
    r" (?:ai|người nào|trường hợp nào) (?:mới |thì |sẽ |không )?(?:được (?!giao|phân công|cử)|bị |đủ điều kiện )"
)
"""What asks for one to whom a thing is done."""
_BODY = re.compile(r"(?<= )(?:phòng|sở|cục|chi cục|ban) \S+(?= )")
_LEADS = re.compile(r"\b(?:phụ trách|chủ trì|chịu trách nhiệm|đảm nhiệm|làm (?:tổ trưởng|trưởng ban))\b", re.IGNORECASE)
_WHERE_ASKED = re.compile(r" (?:ở|tại|chỗ|nơi) (?:đâu|nào|chỗ nào|nơi nào|địa điểm nào) | chỗ nào | nơi nào | where ")
_WHERE = re.compile(
    r"\b(?:tại|ở|về|đến|tới|nơi|địa điểm|trụ sở|gửi|nộp|qua|trên địa bàn|trong|trung tâm|bệnh viện|phòng khám|trạm)\b",
    re.IGNORECASE,
)
_KIND_OF_PLACE = re.compile(
    r"(?<= )(?:ở|tại) (?:những |các )?(bệnh viện|trường|doanh nghiệp|công ty|khách sạn|nhà máy|trung tâm|"
    r"khu công nghiệp|hội trường) nào(?= )"
)
_PLACES_LIKE = {"bệnh viện": ("bệnh viện", "trung tâm y tế", "phòng khám", "cơ sở y tế", "trạm y tế")}
_COMMON_WORDS = frozenset(
    syllables(
        "có là bao nhiêu mấy phần trăm một năm được phải thì và của cho các với ở trong đến mỗi hằng hàng này đó đơn "
        "vị cơ sở công đoàn viên người lao động the of a in is for and to by how many much what"
    )
)
_OF_AMOUNTS = frozenset(
    syllables(
        "tối đa thiểu nộp giữ lại trích chuyển mức trả chi đóng miễn thưởng phạt vay cho phép giá trị mỗi suất trần "
        "giảm hưởng cấp phụ giờ buổi lần"
    )
)
"""Words that tell one amount of a thing from another: what is paid, kept, handed over, at most."""
_BOUND = re.compile(r"(?<= )(?:dưới|trên|từ|hơn) \d+(?= )")
"""What tells one case of a thing from another ("công đoàn cơ sở dưới 40 đoàn viên")."""
_DAY_ASKED = re.compile(r" (?:ngày mấy|ngày nào|ngày bao nhiêu|hôm nào|mùng mấy|what date|which day) ")
_DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?!\d)|ngày \d")
_OF_DOCUMENTS = frozenset(
    {"kế hoạch", "kế hoạch này", "chương trình", "chương trình hành động", "văn bản", "nghị quyết", "plan", "programme"}
)
_DONE = re.compile(
    r"\bđã\b|kết quả|tính đến|hiện có|đạt được|\d tháng đầu năm|hiện nay|hiện tại|đang có", re.IGNORECASE
)
_MONTH = re.compile(r"(?<= tháng )\d{1,2}(?= )")
_MOST_OF_ALL = re.compile(r"(?<= )(?:nhiều|đông|giỏi|lớn|tốt|dài|xa|nhanh) nhất(?= )")
_STATE = re.compile(r"tình hình|đặc điểm|thực trạng|kết quả|đánh giá", re.IGNORECASE)
_AHEAD = re.compile(
    r" (?:phải|cần|sẽ|mỗi năm|hằng năm|hàng năm|nhiệm kỳ|thêm|chỉ tiêu|mục tiêu|phấn đấu|must|should|will|every year|"
    r"each year|by the end|targets?) "
)
_YEAR = re.compile(r"(?<![\d/])20\d\d(?!\d)")


def passage_answer(inquiry: Inquiry) -> Answer | None:
    """The passage that speaks of the question, cut to its relevant clauses; where it is a heading, the items below."""
    question = inquiry.question
    found = answering(inquiry)
    if not found or not (question.subject or (sort_asked(inquiry) and len(question.terms) > 1)):
        return None
    best = found[0]
    if opens_section(best.passage):
        return items_answer(inquiry, best) or None
    clauses = inquiry.clauses(best.document, best.passage.position)
    words = _told(inquiry, clauses) or window(clauses, question.terms)
    actor = _actor_unsaid(inquiry, best, words) if _asks_actor(inquiry) else None
    return inquiry.answer("passage", [inquiry.finding(best.document, best.passage.position, words, actor=actor)])


def _actor_unsaid(inquiry: Inquiry, hit: Hit, words: str) -> str | None:
    """Who has to do what a passage asks for, where its words do not say so but its heading does."""
    duties = [each for each in inquiry.library.duties(hit.document) if each.position == hit.passage.position]
    actors = {each.actor for each in duties if each.actor}
    actor = actors.pop() if len(actors) == 1 else None
    return None if is_named_in(inquiry, actor, words) else actor


def answering(inquiry: Inquiry) -> list[Hit]:
    """The passages that surely enough answer the question: the fittest first, or one that is much likelier."""
    listed = [(likelihood(evidence), hit) for hit, evidence in weighed(inquiry) if evidence["covered"] >= LEAST]
    sure = [entry for entry in listed if entry[0] >= (HARMLESS if _is_harmless(entry[1]) else SURE)]
    best = max(sure, key=lambda entry: entry[0], default=None)
    if best and best[0] > sure[0][0] + _LIKELIER:
        sure = [best, *(entry for entry in sure if entry is not best)]
    return [hit for _, hit in sure]


def _is_harmless(hit: Hit) -> bool:
    return not opens_section(hit.passage) and not figures_in(item_text(hit.passage.text))


def weighed(inquiry: Inquiry) -> list[tuple[Hit, Evidence]]:
    """The best passages that nothing rules out, the fittest first, each with what speaks for it."""
    rated = [(_fitness(inquiry, hit), hit) for hit in inquiry.hits[:_LOOKED_AT]]
    fittest = sorted(rated, key=lambda entry: -entry[0])[:_WEIGHED]
    listed = [
        (hit, _evidence(inquiry, hit, fitness - _rival(fittest, hit)))
        for fitness, hit in fittest
        if not _is_ruled_out(inquiry, hit)
    ]
    # Of a single term its words must not just stand somewhere ("thời … tiết").
    return [entry for entry in listed if not entry[1]["one_term"] or entry[1]["covered"] >= _ONE_TERM]


def _rival(fittest: Sequence[tuple[float, Hit]], hit: Hit) -> float:
    """The fitness of the best other passage that is no heading of this one."""
    return next((fitness for fitness, other in fittest if other != hit and not _is_heading_of(other, hit)), 0.0)


def _is_heading_of(other: Hit, hit: Hit) -> bool:
    same = other.document == hit.document and other.passage.position < hit.passage.position
    return same and opens_section(other.passage) and _belongs(hit.passage, other.passage)


def _evidence(inquiry: Inquiry, hit: Hit, ahead: float) -> Evidence:
    unnamed = _asks_actor(inquiry) and not _names_actor(inquiry, hit)
    return {**evidence_of(inquiry, hit, ahead, _coverage(inquiry, hit)), "actor_unnamed": float(unnamed)}


def _told(inquiry: Inquiry, clauses: Sequence[tuple[str, str]]) -> str | None:
    """The shortest stretch of a passage that holds as much of the question as the whole and the sort of thing that is
    asked for (a figure, a day, an amount); `None` where no sort is asked for."""
    typed, terms = sort_asked(inquiry), inquiry.question.subject
    if typed is None:
        return None
    least = _WHOLE * coverage(terms, " , ".join(words for _, words in clauses))
    runs = [clauses[start:end] for start in range(len(clauses)) for end in range(start + 1, len(clauses) + 1)]
    texts = [
        " ".join(text for text, _ in run)
        for run in runs
        if coverage(terms, " , ".join(words for _, words in run)) >= least
    ]
    fitting = [text for text in texts if len(text) <= LONGEST and has_asked(inquiry, typed, text)]
    bounds = _BOUND.findall(inquiry.question.words)
    fitting = [text for text in fitting if all(bound in text.lower() for bound in bounds)] or fitting
    if typed is FIGURE:
        fitting = [text for text in fitting if not asks_other_sort(inquiry, text)]
    return min(fitting, key=len, default=None)


def _fitness(inquiry: Inquiry, hit: Hit) -> float:
    """A passage's score; one that sets a target is not what a question about measures or partners looks for."""
    question = inquiry.question
    partners = question.wants("partner") and "phối hợp" in hit.passage.text.lower()[:200]
    dated = bool(_DAY_ASKED.search(question.words) and _DAY.search(item_text(hit.passage.text)))
    handled = question.wants("handled") and bool(CONSEQUENCE.search(hit.passage.text))
    return (
        hit.score
        + 0.1 * handled
        + 0.1 * dated
        + _SAME_WORDS * said_side_by_side(inquiry, passage_words(inquiry.library, hit.document, hit.passage.position))
        + 0.15 * (question.wants("own_unit") and _is_own(inquiry, hit))
        + 0.15 * partners
        - 0.12 * (not question.wants("figure") and _sets_target(inquiry, hit))
    )


def _is_own(inquiry: Inquiry, hit: Hit) -> bool:
    return inquiry.library.documents[hit.document].scope == inquiry.asker.union


def _sets_target(inquiry: Inquiry, hit: Hit) -> bool:
    """Whether targets were read from a passage: where a figure is asked for they were weighed before it."""
    return any(target.position == hit.passage.position for target in inquiry.library.targets(hit.document))


def _tells_beside(inquiry: Inquiry, hit: Hit) -> bool:
    """Whether a clause of the passage that sets no target tells the figure, for the year that is asked for if any."""
    listed = inquiry.library.targets(hit.document)
    quotes = [target.quote for target in listed if target.position == hit.passage.position]
    return any(
        figures_in(text)
        and coverage(inquiry.question.subject, words) >= _NEARLY_ALL
        and not any(quote in text for quote in quotes)
        for text, words in inquiry.clauses(hit.document, hit.passage.position)
        if all(str(year) in text for year in inquiry.question.years)
    )


def told_closer(inquiry: Inquiry, found: Answer) -> Answer | None:
    """A clause in passing whose figure is told with all words of the question that the target `found` holds, and more
    ("mức đóng hằng tháng tối đa"), where there is one."""
    spelled = inquiry.library.spelled
    asked = {word for word in inquiry.question.words.split() if word not in _COMMON_WORDS}
    most = asked & set(spelled(" ".join(finding.citation.quote for finding in found.findings)).split())
    best: Answer | None = None
    if _OF_AMOUNTS.isdisjoint(asked - most):
        return None
    for hit in answering(inquiry):
        for text, words in inquiry.clauses(hit.document, hit.passage.position):
            held = asked & set(words.split())
            if held > most and figures_in(text) and len(text) <= LONGEST:
                most = held
                best = inquiry.answer("passage", [inquiry.finding(hit.document, hit.passage.position, text)])
    return best


def outline_answer(inquiry: Inquiry) -> Answer | None:
    """The headings directly below the chapter or section that the question names."""
    terms = tuple(term for term in inquiry.question.terms if term.said not in _OF_DOCUMENTS)
    best: tuple[float, list[tuple[str, Passage]]] = (0.0, [])
    for key, passage in inquiry.passages():
        if not opens_section(passage):
            continue
        held = coverage(terms, inquiry.library.spelled(_last_heading(passage)))
        if held > max(best[0], _ENOUGH):
            below = [(key, child) for child in inquiry.library.passages(key) if _is_child(passage, child)]
            best = (held, below) if len(below) > 1 else best
    if not best[1]:
        return None
    findings = [
        inquiry.finding(key, child.position, shortened(child.text, _ITEM)) for key, child in best[1][:_OUTLINE_ITEMS]
    ]
    return inquiry.answer("outline", findings)


def _is_child(above: Passage, passage: Passage) -> bool:
    """Whether a passage opens a section directly below another one."""
    parents, _, _ = passage.heading.rpartition(" / ")
    return parents == above.heading and passage.section != above.section and opens_section(passage)


def opens_section(passage: Passage) -> bool:
    """Whether a passage is itself the heading that the passages after it stand under."""
    return bool(passage.heading) and item_text(passage.text).rstrip(".:") == _last_heading(passage)


def _last_heading(passage: Passage) -> str:
    return passage.heading.rpartition(" / ")[2]


def _is_ruled_out(inquiry: Inquiry, hit: Hit) -> bool:
    """Whether a passage cannot answer, whatever it speaks of: it lacks the sort, the year, the office, the state of
    things that is asked for, or sets a target, which was weighed before."""
    question, text = inquiry.question, hit.passage.text
    typed = sort_asked(inquiry)
    near = passage_words(inquiry.library, hit.document, hit.passage.position)
    words = near + heading_words(inquiry.library, hit.passage)
    return (
        not is_body(hit.passage)
        or bool(_asks_where(question) and not _WHERE.search(text))
        or not _holds_kind_of_place(question.words, words)
        or is_of_other_sector(question, near)
        or not _holds_named(question.words, text)
        or not _holds_body(inquiry, words)
        or _only_takes_part(inquiry, hit)
        or (question.wants("done", "current") and not tells_state(hit.passage))
        or (_asks_ahead(question) and bool(_STATE.search(hit.passage.heading)))
        or (typed is not None and (not has_asked(inquiry, typed, text) or opens_section(hit.passage)))
        or (typed is FIGURE and _asks_other_figure(inquiry, hit))
        or not all(f" {year} " in words or _is_of_year(inquiry, hit, year) for year in question.years)
    )


def _holds_kind_of_place(asked: str, words: str) -> bool:
    """Whether a passage speaks of such a place as is asked for ("ở bệnh viện nào")."""
    kinds = (_PLACES_LIKE.get(kind, (kind,)) for kind in _KIND_OF_PLACE.findall(asked))
    return all(any(f" {each} " in words for each in like) for like in kinds)


def _asks_where(question: Question) -> bool:
    """Whether a place is asked for; "những nơi nào" may also be whom to work with."""
    return not question.wants("partner") and bool(_WHERE_ASKED.search(question.words))


def _asks_ahead(question: Question) -> bool:
    """Whether a figure is asked for that is still to be reached."""
    return question.wants("amount") and not question.wants("done", "current") and bool(_AHEAD.search(question.words))


def _asks_other_figure(inquiry: Inquiry, hit: Hit) -> bool:
    """Whether the figures of a passage are of another thing, or were weighed as targets before."""
    if asks_other_sort(inquiry, hit.passage.text):
        return True
    return _sets_target(inquiry, hit) and not _tells_beside(inquiry, hit)


def tells_state(passage: Passage) -> bool:
    """Whether a passage says how things are or what was reached, not what is to be done."""
    return bool(_DONE.search(passage.text) or _STATE.search(passage.heading))


def _is_of_year(inquiry: Inquiry, hit: Hit, year: int) -> bool:
    """Whether a passage speaks of a year: it names it, or names none and its document was issued in it."""
    text = item_text(hit.passage.text)
    if str(year) in text or _YEAR.search(f"{text} {hit.passage.heading}"):
        return str(year) in text
    document = inquiry.library.documents[hit.document]
    return bool(document.issued_on and document.issued_on.year == year and tells_state(hit.passage))


def _holds_named(words: str, text: str) -> bool:
    """Whether a passage holds the month and the superlative that a question names."""
    months = all(re.search(rf"\btháng 0?{month}\b|/0?{month}\b", text) for month in _MONTH.findall(words))
    return months and all(said in text.lower() for said in _MOST_OF_ALL.findall(words))


def _only_takes_part(inquiry: Inquiry, hit: Hit) -> bool:
    """Whether the question asks what somebody leads, and in a passage they only help another one."""
    question = inquiry.question
    if not (question.wants("duty") and " chủ trì " in question.words):
        return False
    here = [each for each in inquiry.library.duties(hit.document) if each.position == hit.passage.position]
    leading = [inquiry.library.spelled(each.actor or "") for each in here if each.leads]
    return bool(here) and not any(term.stands_in(actor) for actor in leading for term in question.subject)


def _coverage(inquiry: Inquiry, hit: Hit) -> float:
    """How much of the question a passage holds; what only says which document is meant, its title holds as well."""
    if not inquiry.question.wants("document"):
        return hit.coverage
    near = passage_words(inquiry.library, hit.document, hit.passage.position)
    wanted = inquiry.question.subject or inquiry.question.terms
    return coverage(wanted, near, title_words(inquiry.library, hit.document))


def _holds_body(inquiry: Inquiry, words: str) -> bool:
    """Whether the office that a question about duties names ("phòng Giáo dục") stands in a passage under that name."""
    if not inquiry.question.wants("duty"):
        return True
    named = [name for name in _BODY.findall(inquiry.question.words) if name.split()[-1] not in lexicon().fillers]
    return all(f" {name} " in words for name in named)


def _asks_actor(inquiry: Inquiry) -> bool:
    """Whether somebody is asked for who does a thing, not one to work with, a document or a reason."""
    question = inquiry.question
    other = question.wants("partner", "which_document", "report", "compare", "via") or _BY_OTHERS.search(question.words)
    return question.wants("who") and not other


def _names_actor(inquiry: Inquiry, hit: Hit) -> bool:
    """Whether a passage says who has to do what it asks for; one that holds nearly all of a question in several terms
    is shown even where nobody is named."""
    if len(inquiry.question.subject) > 1 and hit.coverage >= _NEARLY_ALL:
        return True
    if hit.coverage >= _NEARLY_ALL and _LEADS.search(hit.passage.text):
        return True
    duties = inquiry.library.duties(hit.document)
    return any(duty.actor and duty.position == hit.passage.position for duty in duties)


def items_answer(inquiry: Inquiry, hit: Hit) -> Answer | None:
    """The items of the section that a heading opens, those that speak most of the question first to be kept."""
    passages = inquiry.library.passages(hit.document)
    below = [
        passage
        for passage in passages
        if passage.position > hit.passage.position and _belongs(passage, hit.passage) and passage.text
    ]
    if not below:
        return None
    terms = inquiry.question.subject
    if len(below) == 1:
        clauses = inquiry.clauses(hit.document, below[0].position)
        return inquiry.answer("passage", [inquiry.finding(hit.document, below[0].position, window(clauses, terms))])
    best = sorted(
        below, key=lambda passage: -coverage(terms, passage_words(inquiry.library, hit.document, passage.position))
    )
    shown = sorted(best[:_MOST_ITEMS], key=lambda passage: passage.position)
    findings = [
        inquiry.finding(hit.document, passage.position, stretch(item_text(passage.text), terms, _ITEM))
        for passage in shown
    ]
    return inquiry.answer("items", findings)


def _belongs(passage: Passage, heading: Passage) -> bool:
    return passage.section == heading.section or passage.section.startswith(f"{heading.section}.")
