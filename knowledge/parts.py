"""The parts of one message: what they ask for, and those that lean on the first ("nộp cho ai và hạn khi nào?")."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge import Answer
from knowledge.asked import Question
from knowledge.lexicon import parted
from knowledge.vietnamese import fold, normalize

Ask = Callable[[str, Sequence[str]], Answer]
"""Answers a question after what was asked before it."""
Understand = Callable[[str], Question]
"""What a question asks by itself."""

STRONG = r"[?;\n]+|(?<=[^\d\s])\.(?=\s)"
"""What ends a question."""
WEAK = r",(?=\s)|\s(?:và|với|còn|rồi|cùng|kèm|and|also)\s"
"""What may stand between two questions."""
ASKS = (
    r"(?<!\w)(?:bao nhiêu|bn|mấy|nhiêu|ai|nào|gì|bao giờ|bao lâu|đâu|hạn|thời hạn|chỉ tiêu|mức|tỷ lệ|số|thì sao|"
    r"how|what|when|who|whom|which|where|deadline|target)(?!\w)"
)
"""Words without which nothing is asked."""
_BARE = 0.6
_SORTS = (
    *("signer", "number", "issuer", "recipients", "due", "dated", "often", "via", "partner", "who", "money"),
    *("consequence", "duty", "threshold", "amount", "list", "figure", "report"),
)
"""Sorts of questions, those that say most first."""
_TIMES, _FIGURES = frozenset({"due", "dated", "often"}), frozenset({"money", "threshold", "amount", "figure"})
_OF_REPORTS = frozenset({"recipients", "via", "who", "often"})
_TIME = re.compile(r"20\d\d|\d/\d|\bngày\b|\b\d+ lần|quý|tháng|h[ằà]ng năm|định kỳ|đột xuất|kịp thời", re.IGNORECASE)
_SHOWN_BY = {"partner": re.compile(r"phối hợp|cùng với"), "via": re.compile(r"\bqua\b")}


def as_typed(pattern: str, text: str) -> tuple[str, str]:
    """A pattern and a text to be searched for it: without accents where most of the text is typed so."""
    words = text.lower().split()
    typed_bare = sum(fold(word) == word for word in words) >= _BARE * len(words)
    return (fold(pattern), fold(text)) if typed_bare else (pattern, text.lower())


def sort_of(question: Question) -> tuple[str, bool] | None:
    """What a question asks for, and whether it is about reports."""
    sort = next((sort for sort in _SORTS if question.wants(sort)), None)
    return (sort, question.wants("report")) if sort else None


def asks_by_itself(question: Question) -> bool:
    """Whether a question names what it is about."""
    own = question.wants("own_unit") and question.wants("subject_is_targets")
    return bool(sort_of(question)) and (own or bool(question.subject) or question.wants("report", "document"))


def words_of(found: Answer) -> set[str]:
    """The clauses that an answer cites."""
    return {finding.citation.quote for finding in found.findings}


def with_details(ask: Ask, understand: Understand, text: str, whole: Answer, history: Sequence[str]) -> Answer | None:
    """The answers to a question and to what is asked behind it of the same subject; `None` where there is nothing of
    the kind, or the answer to the `whole` message holds as much."""
    first, *further = _parts(understand, text)
    if not further:
        return None
    answers = [ask(first, history)]
    for part in further:
        found = ask(part, (*history, first))
        sort = _detail(understand(part))
        if not _is_about(found, understand(first), sort):
            found = replace(found, outcome="not_found", findings=(), more=())
        if not is_silent(found) or not _covers(answers[0], sort):
            answers.append(found if found.findings else replace(found, topic=part.strip(" ?.,;")))
    return _told_together(answers, whole)


def _told_together(answers: Sequence[Answer], whole: Answer) -> Answer | None:
    """Several answers as one, those that say something first and each clause once."""
    told: list[Answer] = []
    for each in sorted(answers, key=is_silent):
        if not says_again(each, told) or (is_silent(each) and each.kind == "report"):
            told.append(each)
    spoken = [each for each in told if not is_silent(each)]
    covered = not is_silent(whole) and set().union(*map(words_of, spoken)) <= words_of(whole)
    if not spoken or len(told) < 2 or (covered and len(spoken) == len(told)):
        return None
    return replace(told[0], also=tuple(told[1:]))


def says_again(found: Answer, told: Sequence[Answer]) -> bool:
    """Whether an answer only repeats what others have said."""
    said = " ".join(words for each in told for words in _told(each))
    cited = set().union(*map(words_of, told))
    return bool(found.findings) and (words_of(found) <= cited or found.findings[0].words in said)


def is_silent(found: Answer) -> bool:
    """Whether documents do not say what was asked."""
    return not found.findings or found.outcome in ("not_found", "not_restated")


def _is_about(found: Answer, first: Question, sort: str | None) -> bool:
    """Whether an answer to what is asked of the same subject speaks of it, and of a time where that is asked."""
    if sort == "who" and found.kind in ("figure", "list"):
        return False
    if found.kind not in ("passage", "who", "duty"):
        return True
    if sort in _TIMES and not any(map(_TIME.search, _told(found))):
        return False
    words = parted(" ".join(words_of(found)))
    return sort == "follow" or all(term.stands_in(words) for term in first.subject)


def _told(found: Answer) -> set[str]:
    return {finding.words for finding in found.findings}


def _covers(found: Answer, sort: str | None) -> bool:
    """Whether the clause that answers one question may well answer this sort of question too, of the same thing."""
    if is_silent(found) or found.kind == "report":
        return sort in _OF_REPORTS
    if sort in _SHOWN_BY:
        return any(_SHOWN_BY[sort].search(words) for words in _told(found))
    return sort in _FIGURES or (sort in _TIMES and any(map(_TIME.search, words_of(found))))


def _parts(understand: Understand, text: str) -> list[str]:
    """A question and the parts behind it that ask for something else of its subject, which they do not name; the text
    alone where there are none."""
    whole = normalize(text)
    cuts = sorted(cut.span() for each in (STRONG, WEAK) for cut in re.finditer(*as_typed(each, whole)))
    parts = [whole]
    for start, end in reversed(cuts):
        left, right = parts[0][:start], parts[0][end:]
        if all(re.search(*as_typed(ASKS, half)) for half in (left, right)) and _only_leans(understand(right)):
            parts = [left.strip(), right.strip(), *parts[1:]]
    if len(parts) == 1:
        return parts
    asked = [understand(part) for part in parts]
    sorts = [_detail(each) for each in asked]
    return parts if asks_by_itself(asked[0]) and len(set(sorts)) == len(sorts) else [text]


def _only_leans(question: Question) -> bool:
    """Whether a part of a message asks for something of which only another part names the subject."""
    if question.wants("compare", "difference"):
        return False
    return question.wants("follow") or (bool(_detail(question)) and not (question.subject or question.places))


def _detail(question: Question) -> str | None:
    """What a part of a message asks for."""
    return next((sort for sort in (*_SORTS, "follow") if question.wants(sort)), None)
