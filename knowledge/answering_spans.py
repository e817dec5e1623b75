"""The years that a plan spans, and the congresses that the plans name, by number and term."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge import Answer, Finding
from knowledge.answering_documents import own_document
from knowledge.inquiry import Inquiry, shortened
from knowledge.search import coverage, title_words

_PLAN = r"(?:kế hoạch|chương trình|nghị quyết|đề án|văn bản|hướng dẫn)"
_TILL = r"(?:đến|tới)"
_WHICH = r"(?:nào|mấy|bao nhiêu)"
# Without accents "kéo dài" may be read as a neighbour of it.
_LASTS = r"(?:chạy|kéo (?:dài|đãi|dai)|áp dụng|thực hiện|có hiệu lực)"
_SPANS = re.compile(
    rf" {_PLAN} .*?(?P<asked>(?:(?:{_LASTS}|làm|tính|bắt đầu) )*(?:"
    rf"từ năm {_WHICH}|(?:{_TILL} |trong |cho )?(?:những )?(?:giai đoạn|nhiệm kỳ) {_WHICH}|"
    rf"{_TILL} (?:năm {_WHICH}|khi nào|bao giờ) (?:thì |mới )?(?:là )?(?:hết|kết thúc|xong|hết hạn|hết hiệu lực)|"
    rf"(?:hết hạn|kết thúc|hết) (?:vào )?(?:năm {_WHICH}|khi nào|bao giờ)|"
    rf"(?:cho|trong) (?:những )?năm (?:học )?{_WHICH}|"
    rf"{_LASTS} {_TILL} (?:hết )?(?:năm {_WHICH}|khi nào|bao giờ)|"
    rf"{_LASTS} (?:trong )?(?:{_WHICH} năm|bao lâu)))(?= |$)"
    r"|(?P<english> (?:which|what) (?:period|years|term|timeframe) .*? (?:plan|programme|program|document)s? .*"
    r"| (?:until|till) (?:when|what year|which year) .*? (?:plan|programme|program) .*"
    r"| when does .*? (?:plan|programme|program) .*?(?:end|run out|expire) )"
)
_ALL = 0.9
_ELSE = re.compile(r" (?:báo cáo|nộp|gửi|chỉ tiêu|đoàn viên mới|nghị quyết đại hội|đại hội|đạt|phấn đấu) ")
_YEARS = re.compile(
    r"(?:(?:trong |cho )?(?:giai đoạn|nhiệm kỳ|năm học|các năm|từ năm)\s+)?20\d\d\s*(?:[-–]|đến(?: năm)?)\s*20\d\d|"
    r"đến (?:hết )?năm 20\d\d"
)
_ONE_YEAR = re.compile(r"năm 20\d\d")
_CONGRESS_ASKED = re.compile(
    r" đại hội(?= ).* (?:(?:lần|khóa|thứ) (?:thứ )?(?:mấy|nào|bao nhiêu)|nhiệm kỳ (?:nào|mấy|bao nhiêu|từ năm nào)|"
    r"số mấy) "
    r"| (?:which|what)(?: number| union| trade union| party| national| provincial| district)* congress "
)
_CONGRESS = re.compile(
    r"(?:Nghị quyết )?Đại hội(?:(?!Đại hội)[^;.,“”():])*"
    r"(?:,\s*(?:khóa [IVX]+|(?:nhiệm kỳ )?\d{4}\s*[-–]\s*\d{4}))?"
)
_NUMERAL = re.compile(r"(?<!khóa )\b[IVX]{1,6}\b")
_SIDES = ((r" (?:đảng|đảng bộ|party) ", r" đảng "), (r" (?:công đoàn|liên đoàn|union) ", r" (?:công đoàn|liên đoàn) "))
_LEVELS = (
    (r" (?:tỉnh|provincial|province) ", r" tỉnh "),
    (r" (?:thành phố) ", r" thành phố "),
    (r" (?:huyện|district) ", r" (?:huyện|quận|thị xã) "),
    (r" quận ", r" quận "),
    (r" (?:xã|phường) ", r" (?:xã|phường) "),
    (r" (?:việt nam|toàn quốc|trung ương|tổng liên đoàn|national) ", r" (?:việt nam|toàn quốc|trung ương) "),
    (r" (?:ngành) ", r" ngành "),
    (r" (?:cơ sở|công ty) ", r" (?:cơ sở|công ty) "),
)


def span_answer(inquiry: Inquiry) -> Answer | None:
    """The years for which a plan stands, from its title or the sentence that introduces it; not found where a plan is
    meant that does not say them, `None` where the question asks for something else."""
    words = inquiry.question.words
    asked = _SPANS.search(words)
    if asked is None or _ELSE.search(words):
        return None
    stretch = f" {asked['asked'] or asked['english']} "
    key = document_meant(inquiry, stretch)
    if key is None:
        return None
    for finding in _spans(inquiry, key):
        return inquiry.answer("document", [finding])
    # What the plan asks for may have years of its own.
    rest = [term for term in inquiry.question.subject if f" {term.said} " not in stretch]
    told = coverage(rest, title_words(inquiry.library, key)) if rest else 1.0
    return inquiry.answer("nothing", (), outcome="not_found") if told >= _ALL else None


def document_meant(inquiry: Inquiry, stretch: str) -> str | None:
    """The key of the document in scope that a question means; the terms in `stretch` only say what is asked of it."""
    kept = tuple(term for term in inquiry.question.terms if f" {term.said} " not in stretch)
    return own_document(replace(inquiry, question=replace(inquiry.question, terms=kept)))


def _spans(inquiry: Inquiry, key: str) -> Iterator[Finding]:
    """The title with its years; else a sentence outside of the chapters; else the one year that the title names."""
    document = inquiry.library.documents[key]
    passages = inquiry.library.passages(key)
    outside = [passage for passage in passages if not passage.section]
    title = document.title
    held = next((passage for passage in outside if title[:60] in passage.text), None)
    # A title that carries out another one's resolution tells the years of that one.
    foreign = re.search(r"Đại hội|số \d", title)
    if held and _YEARS.search(title) and not foreign:
        yield inquiry.finding(key, held.position, shortened(title))
    for passage in outside:
        for text, _ in inquiry.library.clauses(key, passage.position):
            if re.search(rf"(?:{_PLAN}|địa bàn)", text, re.IGNORECASE) and _tells(text):
                yield inquiry.finding(key, passage.position, shortened(text))
    if held and (_YEARS.search(title) or _ONE_YEAR.search(title)) and not re.search(r"số \d", title):
        yield inquiry.finding(key, held.position, shortened(title))


def _tells(text: str) -> bool:
    """Whether a sentence tells the years of the plan itself, not those of a term or a campaign that it names."""
    found = re.search(r"(?:giai đoạn|từ năm)\s+20\d\d\s*(?:[-–]|đến(?: năm)?)\s*20\d\d", text)
    return bool(found) and not re.search(r"(?:Đại hội|phong trào|thi đua)[^;]*$", text[: found.start() if found else 0])


def congress_answer(inquiry: Inquiry) -> Answer | None:
    """Which congress, and of which term: as the nearest plan names it; not found where none names such a one."""
    words = inquiry.question.words
    if not _CONGRESS_ASKED.search(words):
        return None
    wanted = [held for asked, held in (*_SIDES, *_LEVELS) if re.search(asked, _named_part(words))]
    found = max(_congresses(inquiry, wanted, " nhiệm kỳ " in words), key=lambda each: each[0], default=None)
    if found is None:
        return inquiry.answer("nothing", (), outcome="not_found")
    return inquiry.answer("passage", [found[1]])


def _named_part(words: str) -> str:
    """What a question says of the congress: the words from it on, without whose plan it is."""
    at = words.find(" đại hội ")
    return words[at + len(" đại hội") :] if at >= 0 else re.sub(r" (?:plan|programme|program) .*", " ", words)


def _congresses(inquiry: Inquiry, wanted: list[str], with_term: bool) -> Iterator[tuple[int, Finding]]:
    for key, passage in inquiry.passages():
        for match in _CONGRESS.finditer(passage.text):
            text = match.group().strip(" ,")
            spoken = inquiry.library.spelled(text)
            if _NUMERAL.search(text) and all(re.search(held, spoken) for held in wanted):
                fits = 2 * (with_term and "nhiệm kỳ" in text) + bool(passage.section == "")
                yield fits, inquiry.finding(key, passage.position, text)
