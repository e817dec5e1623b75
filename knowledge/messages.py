"""One message of a person: a question, two of them at once, or one that leans on what was asked before."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge import Answer, Finding
from knowledge.asked import Question
from knowledge.framing import without_courtesy
from knowledge.indicators import OTHER, recognise
from knowledge.lexicon import lexicon, spell_out
from knowledge.vietnamese import fold, normalize, syllables

Ask = Callable[[str, Sequence[str]], Answer]
"""Answers a question after what was asked before it."""
Understand = Callable[[str], Question]
"""What a question asks by itself."""

_HOW_MANY = re.compile(r"(?<!\w)(?:mấy|may|bao nhiêu|bao nhieu|bn|how many)(?!\w)", re.IGNORECASE)
_JOINT = re.compile(
    r"\s*(?:,|\bvà\b|\bva\b|\bvới\b|\band\b)\s*(?=(?:mấy|may|bao nhiêu|bao nhieu|bn|how many)\b)", re.IGNORECASE
)
_PAIR = re.compile(
    r"(?P<head>(?:năm |nam |đến |den )?20\d\d,? )?(?P<left>\S+(?: \S+){0,5}?) (?:và|va|với|voi) "
    r"(?P<right>\S+(?: \S+){0,5}?),? (?:là |đạt |dat |thì )?(?:bao nhiêu|bao nhieu|bn|mấy)\W*(?:phần trăm|%)?\W*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,;]|(?<=\s)(?:và|va|còn|and)(?=\s))\s*", re.IGNORECASE)
_CELL = " – "
_BARE = 0.6
_SORTS = (
    *("signer", "number", "issuer", "recipients", "due", "dated", "often", "via", "partner", "who", "money"),
    *("consequence", "duty", "threshold", "amount", "list", "figure", "report"),
)
"""Sorts of questions, those that say most first."""
_STRONG = r"[?;\n]+|(?<=[^\d\s])\.(?=\s)"
_WEAK = r",(?=\s)|\s(?:và|với|còn|rồi|cùng|kèm|and|also)\s"
_ASKS = (
    r"(?<!\w)(?:bao nhiêu|bn|mấy|nhiêu|ai|nào|gì|bao giờ|bao lâu|ở đâu|hạn|thời hạn|chỉ tiêu|mức|tỷ lệ|số|"
    r"how|what|when|who|which|where|deadline|target)(?!\w)"
)


def answer_message(ask: Ask, understand: Understand, text: str, history: Sequence[str]) -> Answer:
    """The answer to a message; that to its second question stands in `also`."""
    text = without_courtesy(text)
    if figures := _two_figures(ask, text, history):
        return figures
    halves = _halves(understand, text)
    if halves and (both := _both(ask, *halves, history)):
        return both
    found = ask(text, history)
    return found if found.findings or not history else _alone(ask, understand, text) or found


def _two_figures(ask: Ask, text: str, history: Sequence[str]) -> Answer | None:
    """One answer with two figures ("mấy đoàn viên, mấy thỏa ước"), where documents set both."""
    halves = two_questions(text)
    if halves is None:
        return None
    first, second = (ask(half, before) for half, before in zip(halves, (history, (*history, halves[0])), strict=True))
    if not all(one.findings and one.outcome == "found" and one.kind == "figure" for one in (first, second)):
        return None
    return replace(first, findings=(*first.findings, *_of_the_same(first, second)))


def two_questions(text: str) -> tuple[str, str] | None:
    """The halves of a message that asks for two figures at once ("mấy đoàn viên, mấy thỏa ước")."""
    asked = list(_HOW_MANY.finditer(text))
    if len(asked) == 1 and (pair := _PAIR.fullmatch(text)) and _are_two(pair["left"], pair["right"]):
        return f"{pair['head'] or ''}{pair['left']} {asked[0][0]}", f"{pair['head'] or ''}{pair['right']} {asked[0][0]}"
    if len(asked) != 2:
        return None
    cut = _JOINT.search(text) or _BETWEEN.search(text, asked[0].end(), asked[1].start())
    return (text[: cut.start()], text[cut.end() :]) if cut else None


def _are_two(left: str, right: str) -> bool:
    """Whether both sides of "và" name an indicator, each another one."""
    named = [
        recognise(" ".join(["", *spell_out(syllables(side), lexicon().typed), ""]), False) for side in (left, right)
    ]
    return OTHER not in named and named[0] != named[1]


def _of_the_same(first: Answer, second: Answer) -> tuple[Finding, ...]:
    """The findings of a second half; where the first one named a row of a table, those of the same row."""
    rows = [finding.target.label.split(_CELL)[0] for finding in first.findings if finding.target]
    same = [each for each in second.findings if each.target and each.target.label.split(_CELL)[0] in rows]
    return tuple(same) if same and len(second.findings) > 1 else second.findings


def _halves(understand: Understand, text: str) -> tuple[str, str, bool] | None:
    """The two questions of a message, and whether a mark that ends a question parts them.

    Each asks for something of its own: "ai chủ trì và phối hợp với ai" is one question about one thing.
    """
    whole = normalize(text)
    for pattern, surely in ((_STRONG, True), (_WEAK, False)):
        for cut in re.finditer(*_as_typed(pattern, whole)):
            left, right = whole[: cut.start()].strip(), whole[cut.end() :].strip()
            if all(re.search(*_as_typed(_ASKS, half)) for half in (left, right)):
                one, other = understand(left), understand(right)
                if _asks_by_itself(one) and _asks_by_itself(other) and (surely or _sort(one) != _sort(other)):
                    return left, right, surely
    return None


def _as_typed(pattern: str, text: str) -> tuple[str, str]:
    """A pattern and a text to be searched for it: without accents where most of the text is typed so."""
    words = text.lower().split()
    typed_bare = sum(fold(word) == word for word in words) >= _BARE * len(words)
    return (fold(pattern), fold(text)) if typed_bare else (pattern, text.lower())


def _sort(question: Question) -> tuple[str, bool] | None:
    """What a question asks for, and whether it is about reports."""
    sort = next((sort for sort in _SORTS if question.wants(sort)), None)
    return (sort, question.wants("report")) if sort else None


def _asks_by_itself(question: Question) -> bool:
    own = question.wants("own_unit") and question.wants("subject_is_targets")
    return bool(_sort(question)) and (own or bool(question.subject) or question.wants("report", "document"))


def _both(ask: Ask, left: str, right: str, surely: bool, history: Sequence[str]) -> Answer | None:
    """The answers to both questions, or to the one that has one with word of the other; `None` where the message is
    better taken as one question."""
    answers = [ask(left, history), ask(right, history)]
    answers.sort(key=lambda each: not each.findings)
    first, second = answers
    if not first.findings or not (surely or second.findings):
        return None
    if second.findings and _words(second) <= _words(first):
        return None
    return replace(first, also=(second,))


def _words(found: Answer) -> set[str]:
    return {finding.citation.quote for finding in found.findings}


def _alone(ask: Ask, understand: Understand, text: str) -> Answer | None:
    """The answer to a follow-up that finds nothing with what it leans on, where it is a whole question by itself."""
    asked = understand(text)
    targets_of_a_year = asked.wants("subject_is_targets") and bool(asked.years)
    found = ask(text, ()) if targets_of_a_year or _asks_by_itself(asked) else None
    return found if found and found.findings and found.outcome != "not_restated" else None
