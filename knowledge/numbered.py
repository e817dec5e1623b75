"""Documents that a question names by their number: "theo 43-KH/ĐU", "Kế hoạch 62 của tỉnh"."""

import re
from dataclasses import replace

from knowledge import Document
from knowledge.amendments import amendments
from knowledge.inquiry import Inquiry
from knowledge.question import Question
from knowledge.vietnamese import fold

_WHOLE = re.compile(r"(?<= )\d{1,4}[-/][^\W\d_][\w&/-]*(?= )")
_KINDS = (
    "kế hoạch|nghị quyết|chương trình hành động|chương trình|hướng dẫn|quyết định|chỉ thị|công văn|đề án|quy chế|"
    "nghị định|thông tư|kết luận|"
    "văn bản|plan|resolution|programme|program|guidance|guideline|decision|document"
)
_SHORT = re.compile(rf"(?<= )(?P<kind>{_KINDS}) (?:số |no |number )?(?P<number>\d{{1,4}})(?= )")
_ANY_KIND = frozenset({"văn bản", "document"})
_ENGLISH = {
    "plan": "kế hoạch",
    "resolution": "nghị quyết",
    "programme": "chương trình",
    "program": "chương trình",
    "guidance": "hướng dẫn",
    "guideline": "hướng dẫn",
    "decision": "quyết định",
}


def within_numbered(inquiry: Inquiry) -> Inquiry:
    """The inquiry within the documents that the question names by number, and those that amend them, its own terms
    without the numbers; as it is where none of the documents in scope bears such a number."""
    documents = inquiry.library.documents
    named = [key for key in inquiry.keys if is_named(inquiry.question, documents[key])]
    if not named:
        return inquiry
    changed = {each.document for each in amendments(inquiry.library) if each.amended in named}
    numbers = {*_WHOLE.findall(inquiry.question.words), *(m["number"] for m in _SHORT.finditer(inquiry.question.words))}
    terms = tuple(term for term in inquiry.question.terms if term.said not in numbers)
    keys = tuple(key for key in inquiry.keys if key in named or key in changed)
    ordered = (*named, *(key for key in keys if key not in named))
    return replace(inquiry, keys=ordered, question=replace(inquiry.question, terms=terms))


def names_number(question: Question) -> bool:
    """Whether a question names a document by its number."""
    return bool(_WHOLE.search(question.words) or _SHORT.search(question.words))


def is_named(question: Question, document: Document) -> bool:
    """Whether a question names a document by its whole number, or by its kind and the first part of it."""
    number = fold(document.number or "")
    if not number:
        return False
    if any(number == fold(whole) for whole in _WHOLE.findall(question.words)):
        return True
    return any(
        re.match(rf"0*{match['number'].lstrip('0')}[-/]", number) and _is_of_kind(match["kind"], document)
        for match in _SHORT.finditer(question.words)
    )


def _is_of_kind(kind: str, document: Document) -> bool:
    return kind in _ANY_KIND or document.kind.lower().startswith(_ENGLISH.get(kind, kind))
