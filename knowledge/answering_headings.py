"""Answers to what a plan says under a heading that the question names ("mục tiêu tổng quát là gì")."""

import re

from knowledge import Answer, Passage
from knowledge.answering_passages import items_answer, opens_section
from knowledge.inquiry import LONGEST, Inquiry, stretch
from knowledge.search import Hit
from knowledge.sections import item_text

_NAMED = re.compile(
    r"^ (?:cho (?:em|tôi|mình|hỏi)+ |các |những |phần |mục (?!tiêu|đích))*(?P<heading>\S.{4,70}?)"
    r"(?: (?:của|trong|theo) (?:bản |cái )?(?:kế hoạch|chương trình|nghị quyết|văn bản|đề án|hướng dẫn|tỉnh|thành phố|"
    r"huyện|quận|thị xã|xã|phường|ngành|công đoàn|liên đoàn|mình|đơn vị)\b.*?)?"
    r" (?:này )?(?:là gì|là những gì|gồm những gì|gồm gì|nêu gì|nói gì|viết gì|ra sao|thế nào|như thế nào) $"
)
_BARE = frozenset({"mục tiêu", "chỉ tiêu", "các chỉ tiêu", "nhiệm vụ", "kế hoạch", "nội dung"})
"""Headings that every plan has several of: what stands under them is listed as targets or as duties."""
_SPELLED_APART = 12


def headed_answer(inquiry: Inquiry) -> Answer | None:
    """What stands under the heading that the question names, be it a line of its own or the beginning of a paragraph;
    of the nearest document that has it."""
    named = _NAMED.search(inquiry.question.words)
    if named is None or named["heading"] in _BARE:
        return None
    run_in: Answer | None = None
    for key, passage in inquiry.passages():
        here = opens_section(passage) and _is_said(inquiry, _last(passage), named["heading"])
        if here and (found := items_answer(inquiry, Hit(key, passage, 1.0, 1.0))):
            return found
        head, _, rest = item_text(passage.text).partition(":")
        if run_in is None and rest.strip() and _is_said(inquiry, head, named["heading"]):
            words = stretch(rest.strip(), inquiry.question.terms, LONGEST)
            run_in = inquiry.answer("passage", [inquiry.finding(key, passage.position, words)])
    return run_in


def _last(passage: Passage) -> str:
    return passage.heading.rpartition(" / ")[2]


def _is_said(inquiry: Inquiry, written: str, said: str) -> bool:
    """Whether a heading as it is written is the one that is said."""
    # Nearly all are told apart by their length alone; spelling them out takes long.
    alike = abs(len(written) - len(said)) <= _SPELLED_APART
    return alike and inquiry.library.spelled(written).strip() == said
