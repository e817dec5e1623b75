"""Whether the cell of a table that a question asks for is empty, so that its neighbour must not stand for it."""

import re
from collections.abc import Iterable

from knowledge import Answer, Target
from knowledge.inquiry import Inquiry
from knowledge.rating import own_union, unions_named

_CELLS, _GROUP = " | ", " – "
_EMPTY = re.compile(r"[-–—./\\x]*")


def is_left_empty(inquiry: Inquiry, target: Target) -> bool:
    """Whether the row of a target has an empty cell in the column that the question names better than the target's."""
    if _CELLS not in target.quote:
        return False
    return _asks_another(inquiry, _empty_columns(inquiry, target), [target.label])


def empty_cell_answer(inquiry: Inquiry) -> Answer | None:
    """That a table assigns nothing of what is asked for to the union that is asked about: its own cell is empty while
    others of that column are not; `None` where it has a figure, or no row."""
    rows = _own_rows(inquiry)
    for target in rows:
        labels = [each.label for each in rows if each.position == target.position]
        if _asks_another(inquiry, _empty_columns(inquiry, target), labels):
            finding = inquiry.finding(target.document, target.position, target.unit_name or "")
            return inquiry.answer("empty_cell", [finding], unassigned=True)
    return None


def _own_rows(inquiry: Inquiry) -> list[Target]:
    """The figures that tables assign to the union that is asked about."""
    listed = [each for key in inquiry.keys_reached for each in inquiry.library.targets(key) if each.unit_name]
    names = {each.unit_name for each in listed if each.unit_name}
    meant = unions_named(inquiry, names) or (own_union(inquiry, names) if inquiry.question.wants("own_unit") else set())
    return [each for each in listed if each.unit_name in meant and _CELLS in each.quote]


def _empty_columns(inquiry: Inquiry, target: Target) -> list[str]:
    """The columns of a table in which the row of a target has nothing."""
    cells = [cell.partition(": ") for cell in target.quote.split(_CELLS)]
    own = {column for column, _, value in cells if not _EMPTY.fullmatch(value.strip())}
    passage = inquiry.library.passage(target.document, target.position)
    beside = [
        each.label
        for each in inquiry.library.targets(target.document)
        if each.unit_name and inquiry.library.passage(each.document, each.position).heading == passage.heading
    ]
    marked = [column for column, _, value in cells if _EMPTY.fullmatch(value.strip())]
    return list(dict.fromkeys((*marked, *(label for label in beside if label not in own))))


def _asks_another(inquiry: Inquiry, empty: Iterable[str], labels: Iterable[str]) -> bool:
    """Whether the question names an empty column better than all of these."""
    best = max((_named(inquiry, label) for label in labels), default=0.0)
    return any(_named(inquiry, column) > best for column in empty)


def _named(inquiry: Inquiry, column: str) -> float:
    """How much the question's own words and the last part of a column's head ("Kinh phí") say the same."""
    words = inquiry.library.spelled(column.rpartition(_GROUP)[2].partition("(")[0])
    own = [
        term for term in inquiry.question.subject if term.spoken in words or (words.strip() and words in term.spoken)
    ]
    return sum(term.weight for term in own)
