"""How surely a passage answers a question: one score over a few features, fitted to questions whose answers are known.

The score is that of a logistic regression. Its weights stand in `weights.toml`, which `python -m tests.fit_weights`
writes, and says how well weights that were fitted without a document answer about it. What would make a figure wrong
(another sort, another year) is no feature: such a passage is not weighed at all.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from knowledge.inquiry import Inquiry, holds_required
from knowledge.lexicon import read_table
from knowledge.search import Hit, coverage, heading_words, passage_words, share, title_words
from knowledge.sorts_asked import sort_asked
from knowledge.terms import Term

Evidence = Mapping[str, float]
"""What speaks for and against a passage, by the names of the weights; each between -1 and 1."""

_HELD, _AWAY, _CLEAR = 0.5, 0.3, 0.3
_FAR_AHEAD = 0.5
_SPAN = 12.0


@cache
def weights(kind: str = "passage") -> Evidence:
    """The weight of each feature of a kind of answer; `even` is what all begin with."""
    table = read_table("weights.toml")[kind]
    assert isinstance(table, dict)
    return {str(name): float(value) for name, value in table.items()}


def likelihood(evidence: Evidence, kind: str = "passage") -> float:
    """How likely what has this evidence answers a question for this kind of answer (0 to 1)."""
    known = weights(kind)
    total = known["even"] + sum(known[name] * value for name, value in evidence.items())
    return 1 / (1 + math.exp(-max(-_SPAN, min(_SPAN, total))))


def evidence_of(inquiry: Inquiry, hit: Hit, ahead: float, covered: float) -> Evidence:
    """What speaks for a passage that is so far `ahead` of the next one and covers so much of the question."""
    question, library = inquiry.question, inquiry.library
    near = passage_words(library, hit.document, hit.passage.position)
    far, title = heading_words(library, hit.passage), title_words(library, hit.document)
    subject = question.subject or question.terms
    return {
        "covered": covered,
        "covered_by_itself": coverage(subject, near),
        "lacks_what_is_known": float(_lacking(inquiry, subject, (near, far, title)) > _AWAY),
        "required_is_lacking": float(not holds_required(question.subject, near, far, title)),
        "one_term": float(len(subject) == 1),
        "said_side_by_side": said_side_by_side(inquiry, near),
        "says_the_rest": coverage([term for term in question.terms if term.soft], near, far),
        "ahead": max(-_FAR_AHEAD, min(_FAR_AHEAD, ahead)),
        "clearly_ahead": max(0.0, min(_CLEAR, ahead)),
        "sort_asked": float(sort_asked(inquiry) is not None),
        "english": float(question.language == "en"),
        "no_report": float(question.wants("report") and not (" báo " in near or " gửi " in near)),
    }


def clause_evidence(inquiry: Inquiry, near: str, far: str, ahead: float) -> Evidence:
    """What speaks for a clause (`near`, below the headings `far`) that is so far `ahead` of the next one."""
    question = inquiry.question
    subject = question.subject or question.terms
    return {
        "covered": coverage(subject, near, far),
        "covered_by_itself": coverage(subject, near),
        "lacks_what_is_known": float(_lacking(inquiry, subject, (near, far)) > _AWAY),
        "one_term": float(len(subject) == 1),
        "said_side_by_side": said_side_by_side(inquiry, near),
        "says_the_rest": coverage([term for term in question.terms if term.soft], near, far),
        "ahead": max(-_FAR_AHEAD, min(_FAR_AHEAD, ahead)),
        "english": float(question.language == "en"),
    }


def said_side_by_side(inquiry: Inquiry, near: str) -> float:
    """The share of the neighbouring words of a question, small ones too, that a passage holds side by side."""
    words = inquiry.question.words.split()
    pairs = [f" {left} {right} " for left, right in pairwise(words)]
    return sum(pair in near for pair in pairs) / len(pairs) if pairs else 0.0


def _lacking(inquiry: Inquiry, terms: Sequence[Term], texts: Sequence[str]) -> float:
    """The share of a question's weight in words that the documents know and none of these texts holds."""
    whole = sum(term.weight for term in terms)
    held = {term: max(share(term, text) for text in texts) for term in terms}
    lost = sum(term.weight * (1 - held[term]) for term in terms if held[term] < _HELD and _is_known(inquiry, term))
    return lost / whole if whole else 0.0


def _is_known(inquiry: Inquiry, term: Term) -> bool:
    """Whether the documents write all words of a term, be it apart."""
    wordings = term.written if inquiry.question.language == "en" else (term.said,)
    return any(all(inquiry.library.frequencies.get(word, 0) for word in wording.split()) for wording in wordings)
