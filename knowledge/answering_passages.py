"""Answers in a plan's own sentences: the best passage, the items under a heading, the headings of a chapter."""

import re

from knowledge import Answer, Passage
from knowledge.figures import figures_in
from knowledge.inquiry import LONGEST, Inquiry, holds_required, shortened, stretch, window
from knowledge.lexicon import lexicon
from knowledge.search import Hit, coverage, heading_words, passage_words, title_words
from knowledge.sections import item_text
from knowledge.vietnamese import syllables

_ENOUGH, _STRICT, _NEARLY_ALL = 0.62, 0.78, 0.85
_ITEM, _MOST_ITEMS = 130, 5
_OUTLINE_ITEMS = 12
_FIGURE = re.compile(r"\d")
_TO_WHOM = re.compile(r" (?:cho|với|đề xuất|tới|đến|gửi|hỏi|gặp|về|của|to|with) (?:ai|whom) ")
_BODY = re.compile(r"(?<= )(?:phòng|sở|cục|chi cục|ban) \S+(?= )")
_SAID = re.compile(r"một lần|hầu hết|phần lớn|toàn bộ", re.IGNORECASE)
_OFTEN = re.compile(
    r"định kỳ|(?:hàng|hằng|mỗi) (?:năm|quý|tháng|tuần)|\d+ (?:tháng|năm|lần|giờ|ngày|tuần)|thường xuyên|trong vòng|"
    r"\bngay\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}/\d{1,2}|tháng \d|ngày \d|năm \d{4}|quý [IV\d]|\d+ (?:giờ|ngày)\b|\bngay\b|dịp|"
    r"thứ (?:hai|ba|tư|năm|sáu|bảy)\b",
    re.IGNORECASE,
)
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
_DAY_ASKED = re.compile(r" (?:ngày mấy|ngày nào|ngày bao nhiêu|hôm nào|mùng mấy|what date|which day) ")
_DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?!\d)|ngày \d")
_OF_DOCUMENTS = frozenset(
    {"kế hoạch", "kế hoạch này", "chương trình", "chương trình hành động", "văn bản", "nghị quyết", "plan", "programme"}
)
_CONSEQUENCE = re.compile(
    r"xử lý|không (?:được )?(?:xét|khen|công nhận|xếp loại|bình xét)|trừ điểm|hạ (?:bậc|mức|loại|điểm)|phê bình|"
    r"kiểm điểm|kỷ luật|phạt|thu hồi|truy thu|nhắc nhở|chịu trách nhiệm|bồi thường|khởi kiện|chấn chỉnh",
    re.IGNORECASE,
)
_DONE = re.compile(r"\bđã\b|kết quả|tính đến|hiện có|đạt được", re.IGNORECASE)
_MONEY = re.compile(r"\d[\d.,]* ?(?:đồng|triệu|tỷ|nghìn)", re.IGNORECASE)


def passage_answer(inquiry: Inquiry) -> Answer | None:
    """The passage that speaks of the question, cut to its relevant clauses; where it is a heading, the items below."""
    question = inquiry.question
    hits = [hit for hit in inquiry.hits if _answers(inquiry, hit)]
    if not hits or not (question.subject or (_sort_asked(inquiry) and len(question.terms) > 1)):
        return None
    hits.sort(key=lambda hit: -_fitness(inquiry, hit))
    best = hits[0]
    if _opens_section(best.passage):
        return _items_answer(inquiry, best) or None
    clauses = inquiry.clauses(best.document, best.passage.position)
    words = window(clauses, question.terms)
    return inquiry.answer("passage", [inquiry.finding(best.document, best.passage.position, words)])


def _fitness(inquiry: Inquiry, hit: Hit) -> float:
    """A passage's score; one that sets a target is not what a question about measures or partners looks for."""
    question = inquiry.question
    partners = question.wants("partner") and "phối hợp" in hit.passage.text.lower()[:200]
    dated = bool(_DAY_ASKED.search(question.words) and _DAY.search(item_text(hit.passage.text)))
    handled = question.wants("handled") and bool(_CONSEQUENCE.search(hit.passage.text))
    return (
        hit.score
        + 0.1 * handled
        + 0.1 * dated
        + 0.15 * partners
        - 0.12 * (_sets_target(inquiry, hit) and not question.wants("figure"))
    )


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
    for hit in inquiry.hits:
        if not _answers(inquiry, hit):
            continue
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
        if not _opens_section(passage):
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
    return parents == above.heading and passage.section != above.section and _opens_section(passage)


def _opens_section(passage: Passage) -> bool:
    """Whether a passage is itself the heading that the passages after it stand under."""
    return bool(passage.heading) and item_text(passage.text).rstrip(".:") == _last_heading(passage)


def _last_heading(passage: Passage) -> str:
    return passage.heading.rpartition(" / ")[2]


def _answers(inquiry: Inquiry, hit: Hit) -> bool:
    """Whether a passage holds enough of the question, what it must hold, and the sort of thing that is asked for."""
    question, library = inquiry.question, inquiry.library
    near = passage_words(library, hit.document, hit.passage.position)
    far = heading_words(library, hit.passage)
    typed = _sort_asked(inquiry)
    needed = _STRICT if typed and typed is not _CONSEQUENCE else _ENOUGH
    return (
        hit.coverage >= needed
        and bool(hit.passage.section)
        and (not question.wants("report") or " báo " in near or " gửi " in near)
        and holds_required(question.subject, near, far, title_words(library, hit.document))
        and _holds_body(inquiry, near + far)
        and (not _asks_actor(inquiry) or _names_actor(inquiry, hit))
        and (not question.wants("done") or bool(_DONE.search(hit.passage.text)))
        and (typed is None or (_has(typed, hit.passage.text) and not _opens_section(hit.passage)))
        and not (typed is _FIGURE and _sets_target(inquiry, hit) and not _tells_beside(inquiry, hit))
        and all(f" {year} " in near + far or str(year) in hit.passage.text for year in question.years)
    )


def _holds_body(inquiry: Inquiry, words: str) -> bool:
    """Whether the office that a question about duties names ("phòng Giáo dục") stands in a passage under that name."""
    if not inquiry.question.wants("duty"):
        return True
    named = [name for name in _BODY.findall(inquiry.question.words) if name.split()[-1] not in lexicon().fillers]
    return all(f" {name} " in words for name in named)


def _asks_actor(inquiry: Inquiry) -> bool:
    """Whether somebody is asked for who does a thing, not one to work with, a document or a reason."""
    question = inquiry.question
    other = question.wants("partner", "which_document", "report", "compare", "via") or _TO_WHOM.search(question.words)
    return question.wants("who") and not other


def _names_actor(inquiry: Inquiry, hit: Hit) -> bool:
    """Whether a passage says who has to do what it asks for; one that holds nearly all of a question in several terms
    is shown even where nobody is named."""
    if len(inquiry.question.subject) > 1 and hit.coverage >= _NEARLY_ALL:
        return True
    duties = inquiry.library.duties(hit.document)
    return any(duty.actor and duty.position == hit.passage.position for duty in duties)


def _has(typed: re.Pattern[str], text: str) -> bool:
    """Whether a passage holds the sort of thing that is asked for; the numbers of other documents are no figures."""
    own = item_text(text)
    return bool(figures_in(own) or _SAID.search(own)) if typed is _FIGURE else bool(typed.search(own))


def _sort_asked(inquiry: Inquiry) -> re.Pattern[str] | None:
    question = inquiry.question
    if question.wants("which_document"):
        return None
    if question.wants("money"):
        return _MONEY
    if question.wants("consequence"):
        return _CONSEQUENCE
    if question.wants("often"):
        return _OFTEN
    if question.wants("due"):
        return _DATE
    return _FIGURE if question.wants("amount") and not question.wants("outline") else None


def _items_answer(inquiry: Inquiry, hit: Hit) -> Answer | None:
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
