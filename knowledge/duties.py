"""Duties: what a document asks whom to do. The actor is named by the clause itself or by the heading above it."""

import re
from collections.abc import Iterable

from knowledge import Document, Duty, Passage
from knowledge.actors import assigned, inner_assigned
from knowledge.clauses import Stretch
from knowledge.layout import BULLET
from knowledge.obligations import read_obligations
from knowledge.sections import item_text
from knowledge.statements import addressed, is_heading, statements
from knowledge.tables import is_table_row, row_cells
from knowledge.vietnamese import fold

__all__ = ["read_duties", "read_obligations"]

_LEADS = re.compile(r"\bchủ trì\b(?!\s+của)", re.IGNORECASE)
_STANDS_FOR_ALL = re.compile(r" là (?:cơ quan thường trực|(?:cơ quan |đơn vị |bộ phận )?đầu mối)\b")
_REPORTING_TAIL = re.compile(
    r"(?<!nghe),?\s+(?:và )?(?=(?:định kỳ[^,;.]{0,40}|thường xuyên |tổng hợp[,]? )?báo cáo\b)", re.IGNORECASE
)
_NO_WORK = re.compile(
    r"(?:định kỳ|hàng|hằng|mỗi|tháng|quý|năm|và|thường xuyên|kịp thời|tổng hợp|có|phải|gửi|nộp|\d|[,;\s]|\([^)]*\))*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:phối hợp|liên kết|quan hệ)\s+(?:công tác\s+)?giữa\s+(?P<actor>[^,;]{4,80}?)\s+với\b")
_DUE = re.compile(
    r"\b(?:trước|chậm nhất|xong trước|hoàn thành trong|trong|đến hết|vào)\s+(?:là\s+|vào\s+)?"
    r"(?:ngày|tháng|quý|năm)\s+[\dIV][^,;.)]*|"
    r"\b(?:định kỳ\s+)?(?:hàng|hằng|mỗi)\s+(?:tháng|quý|năm|tuần)\b|\bđịnh kỳ\s+\d+\s+tháng(?:\s?/\s?1 lần)?",
    re.IGNORECASE,
)
_WHO = re.compile(r"(?:don vi|co quan|bo phan|cap|nguoi)?\s*(?:chu tri|thuc hien|phu trach)")
_WHAT = re.compile(r"noi dung|nhiem vu|cong viec|hoat dong")
_WHEN = re.compile(r"thoi gian|thoi han|hoan thanh|tien do")


def read_duties(document: Document) -> tuple[Duty, ...]:
    """Every duty that names who is to do it, in order; implied actors are left out."""
    duties: list[Duty] = []
    for passage, above in addressed(document):
        duties += _row_duties(document, passage) if is_table_row(passage) else _duties(document, passage, above)
    return tuple(duties)


def _duties(document: Document, passage: Passage, above: str | None) -> Iterable[Duty]:
    if is_heading(passage):
        return
    for sentence, actor in statements(passage, above):
        if sentence.text.endswith(":"):
            continue
        named = assigned(sentence.text)
        between = _BETWEEN.search(sentence.text)
        if named is None and between:
            yield _duty(document, passage, between["actor"], sentence.text)
        elif actor and (named or above or _goes_on(passage, sentence)):
            for words in _with_tail(sentence.text, named.begins if named else 0):
                yield _duty(document, passage, actor, words)
        for start, inner in inner_assigned(sentence.text):
            if inner.actor != actor:
                yield _duty(document, passage, inner.actor, sentence.text[start:])


def _goes_on(passage: Passage, sentence: Stretch) -> bool:
    """Whether a later sentence of a numbered item or bullet still speaks of the actor named first."""
    opening = item_text(passage.text)
    listed = opening != passage.text or bool(BULLET.match(passage.text))
    return listed and sentence.start > 0 and assigned(opening) is not None


def _with_tail(sentence: str, begins: int) -> list[str]:
    """A statement, and once more its end where that is a duty to report besides the work that `begins` before it."""
    tail = _REPORTING_TAIL.search(sentence, begins)
    if tail is None or _NO_WORK.fullmatch(sentence[begins : tail.start()]):
        return [sentence]
    return [sentence, sentence[tail.end() :]]


def _duty(document: Document, passage: Passage, actor: str, words: str) -> Duty:
    due = _DUE.search(words)
    after_actor = words.find(actor) + len(actor)
    return Duty(
        document=document.key,
        file=document.file,
        section=passage.section,
        position=passage.position,
        actor=actor,
        leads=bool(_LEADS.search(words) or _STANDS_FOR_ALL.match(words, after_actor)),
        due=due.group().strip() if due else None,
        quote=words.strip(" ;"),
    )


def _row_duties(document: Document, passage: Passage) -> Iterable[Duty]:
    """A row of a table of tasks: what, who leads, who takes part, by when."""
    cells = [(fold(title), words) for title, words in row_cells(passage)]
    what = next((words for title, words in cells if _WHAT.search(title)), None)
    when = next((words for title, words in cells if _WHEN.search(title)), None)
    for title, words in cells:
        leads, assists = _WHO.search(title), "phoi hop" in title
        if what and (leads or assists):
            yield Duty(
                document=document.key,
                file=document.file,
                section=passage.section,
                position=passage.position,
                actor=words,
                leads=bool(leads) and not assists,
                due=when,
                quote=passage.text,
            )
