"""One message of a person: a question, two of them at once, or one that leans on what was asked before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge import Answer, Finding
from knowledge.framing import without_courtesy
from knowledge.indicators import OTHER, recognise
from knowledge.keystrokes import retyped
from knowledge.lexicon import lexicon, spell_out
from knowledge.parts import (
    ASKS,
    STRONG,
    WEAK,
    Ask,
    Understand,
    as_typed,
    asks_by_itself,
    is_silent,
    says_again,
    sort_of,
    with_details,
)
from knowledge.vietnamese import normalize, syllables

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
_YEAR = re.compile(r"20\d\d")
_ANEW = re.compile(
    r"(?:ai|who|ban nào|phòng nào|đơn vị nào|khi nào|bao giờ|ban nao|phong nao|don vi nao|khi nao|bao gio)\b"
)


def answer_message(ask: Ask, understand: Understand, text: str, history: Sequence[str]) -> Answer:
    """The answer to a message; those to its further questions stand in `also`."""
    text = without_courtesy(retyped(text))
    if figures := _two_figures(ask, text, history):
        return figures
    halves = _halves(understand, text)
    if halves and (both := _both(ask, *halves, history)):
        return both
    found = ask(text, history)
    if several := with_details(ask, understand, text, found, history):
        return several
    if halves and is_silent(found) and (both := _both(ask, *halves[:2], True, history)):
        return both
    if found.findings:
        return found
    other = _alone if history else _of_a_year
    return other(ask, understand, text) or found


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
    for pattern, surely in ((STRONG, True), (WEAK, False)):
        for cut in re.finditer(*as_typed(pattern, whole)):
            left, right = whole[: cut.start()].strip(), whole[cut.end() :].strip()
            if all(re.search(*as_typed(ASKS, half)) for half in (left, right)):
                one, other = understand(left), understand(right)
                apart = surely or sort_of(one) != sort_of(other) or (_begins_anew(left) and _begins_anew(right))
                if asks_by_itself(one) and asks_by_itself(other) and apart:
                    return left, right, surely
    return None


def _begins_anew(half: str) -> bool:
    """Whether a half of a message begins as a question of its own ("ai lo tuyên truyền, ai lo dự toán")."""
    return bool(_ANEW.match(half.lower()))


def _both(ask: Ask, left: str, right: str, surely: bool, history: Sequence[str]) -> Answer | None:
    """The answers to both questions, or to the one that has one with word of the other; `None` where the message is
    better taken as one question."""
    answers = [ask(left, history), ask(right, history)]
    answers.sort(key=is_silent)
    first, second = answers
    if not first.findings or not (surely or second.findings or second.outcome == "not_restated"):
        return None
    return None if says_again(second, [first]) else replace(first, also=(second,))


def _of_a_year(ask: Ask, understand: Understand, text: str) -> Answer | None:
    """The targets of a year, where nothing but the year is said and nothing was asked before ("đến 2045 thì sao")."""
    if not _YEAR.search(text):
        return None
    asked = understand(text)
    if len(asked.years) != 1 or asked.terms or asked.places or asked.intents - {"follow"}:
        return None
    found = ask(f"chỉ tiêu năm {asked.years[0]}", ())
    return found if found.outcome == "found" else None


def _alone(ask: Ask, understand: Understand, text: str) -> Answer | None:
    """The answer to a follow-up that finds nothing with what it leans on, where it is a whole question by itself."""
    asked = understand(text)
    targets_of_a_year = asked.wants("subject_is_targets") and bool(asked.years)
    found = ask(text, ()) if targets_of_a_year or asks_by_itself(asked) else None
    return found if found and found.findings and found.outcome != "not_restated" else None
