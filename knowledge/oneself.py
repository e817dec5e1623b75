"""What the asker's own union is or has today: never a target, and never a total of the levels above it."""

import re
from dataclasses import replace

from knowledge import Answer, Target
from knowledge.answering_passages import passage_answer, tells_state
from knowledge.answering_targets import target_finding
from knowledge.asked import Question
from knowledge.counted import thing_counted
from knowledge.inquiry import Inquiry, shortened
from knowledge.rating import rate

_HAS = re.compile(
    r" (?:hiện |hiện nay |hiện tại |đang |bây giờ |giờ |thì )*có (?:tổng cộng |tất cả |cả thảy )?"
    r"(?:bao nhiêu|mấy|nhiêu) (?!phần trăm)| how many .* (?:does our|do we|has our|have we|are there in our|"
    r"(?:are|is) in our) "
)
_AHEAD = re.compile(
    r" (?:phải|cần|sẽ|nên|được|đến|tới|hết|cuối|đầu|thêm|mới|chỉ tiêu|mục tiêu|giao|phấn đấu|kết nạp|phát triển|tăng|"
    r"quý|tháng|năm|kế hoạch|nghị quyết|văn bản|must|should|need|needs|will|by|target|targets|assigned|new|more|plan) "
)
"""What shows that a figure to be reached, or one of a certain time, is asked for."""
_STANDS = re.compile(r"hiện có|đang có|hiện nay|tính đến", re.IGNORECASE)


def asks_own_state(question: Question) -> bool:
    """Whether a question is how many of something the asker's own union has, today."""
    if not question.wants("own_unit") or question.years or question.cycle or question.places:
        return False
    return bool(_HAS.search(question.words)) and not _AHEAD.search(question.words)


def own_state_answer(inquiry: Inquiry) -> Answer | None:
    """How things stand at the asker's own union, as a table of the level above or a document of its own tells it."""
    counted = [entry.target for entry in rate(inquiry) if entry.target.unit_name and _stands(inquiry, entry.target)]
    if counted:
        return inquiry.answer("figure", [target_finding(inquiry, counted[0])])
    documents = inquiry.library.documents
    own = tuple(key for key in inquiry.keys if documents[key].scope == inquiry.asker.union)
    return _told(replace(inquiry, keys=own)) if own else None


def _told(inquiry: Inquiry) -> Answer | None:
    """The clause that says how many of the thing there are, in what these documents tell of how things stand."""
    thing = thing_counted(inquiry.question.words, inquiry.question.subject)
    number = re.compile(rf" \d[\d.]* (?:\S+ )?(?:{'|'.join(map(re.escape, thing.written))}) ") if thing else None
    for key, passage in inquiry.passages():
        if number is None or not tells_state(passage):
            continue
        for text, words in inquiry.clauses(key, passage.position):
            if number.search(words):
                return inquiry.answer("passage", [inquiry.finding(key, passage.position, shortened(text))])
    asked = replace(inquiry.question, intents=inquiry.question.intents | {"current"})
    return passage_answer(replace(inquiry, question=asked))


def _stands(inquiry: Inquiry, target: Target) -> bool:
    """Whether a figure of a table is what was counted on a day that has been, not what is to be reached."""
    period = target.period or ""
    counted = len(period) == len("2025-01-31") and period <= inquiry.today.isoformat()
    return counted or bool(_STANDS.search(target.label))
