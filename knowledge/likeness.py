"""Whether two questions ask the same, however they are worded."""

import re

from knowledge.question import Question

_KINDS = frozenset(
    (
        "who",
        "due",
        "often",
        "via",
        "money",
        "percent",
        "threshold",
        "number",
        "dated",
        "signer",
        "consequence",
        "compare",
    )
)
"""What a question wants to know; "when" and "how much" of the same subject are two questions."""

_SHARED = 0.8
"""So much of the weight of each question's terms must stand in the other one."""

_FIGURE = re.compile(r"\d+")


def ask_the_same(one: Question, other: Question) -> bool:
    """Whether an answer to one question answers the other: the same subject, kind, years, places and figures.

    Strict on purpose: somebody's answer shown for another question is worse than none.
    """
    if _frame(one) != _frame(other):
        return False
    return min(_share(one, other), _share(other, one)) >= _SHARED


def _frame(asked: Question) -> tuple[object, ...]:
    places = frozenset(code for place in asked.places for code in place.unions)
    figures = frozenset(_FIGURE.findall(asked.words))
    return asked.years, asked.cycle, places, asked.levels, asked.intents & _KINDS, figures


def _share(one: Question, other: Question) -> float:
    """How much of one question's subject the other one holds; 0 where it has none."""
    written = f" {' '.join(option for term in other.terms for option in (term.said, *term.written))} {other.words} "
    whole = sum(term.weight for term in one.terms)
    held = sum(term.weight for term in one.terms if term.spoken in written or term.stands_in(written))
    return held / whole if whole else 0.0
