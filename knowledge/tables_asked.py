"""Whether the cell of a table that a question asks for is empty, so that its neighbour must not stand for it."""

import re

from knowledge import Target
from knowledge.inquiry import Inquiry
from knowledge.search import coverage

_CELLS, _GROUP = " | ", " – "
_EMPTY = re.compile(r"[-–—./\\x]*")


def is_left_empty(inquiry: Inquiry, target: Target) -> bool:
    """Whether the row of a target has an empty cell in the column that the question names better than the target's."""
    if _CELLS not in target.quote:
        return False
    cells = [cell.partition(": ") for cell in target.quote.split(_CELLS)]
    empty = [column for column, _, value in cells if _EMPTY.fullmatch(value.strip())]
    return any(_named(inquiry, column) > _named(inquiry, target.label) for column in empty)


def _named(inquiry: Inquiry, column: str) -> float:
    """How much of the subject the last part of a column's head says in the question's own words."""
    words = inquiry.library.spelled(column.rpartition(_GROUP)[2])
    own = [term for term in inquiry.question.subject if term.spoken in words]
    return coverage(own, words) * sum(term.weight for term in own)
