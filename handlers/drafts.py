"""Filling a form: pure steps from one draft to the next. What is said about a draft stands in `form_talk`."""

from dataclasses import dataclass, replace
from typing import Any

from handlers.forms import Field, Form
from knowledge.figures import parse_whole_number

Value = int | str | None

MOST_LETTERS = 1000
"""A free text longer than this is asked for again: it must fit a message to staff."""

LONGEST_NUMBER = 80
"""What is longer than any number with its unit, written out or in figures, is none."""

LARGEST = 1_000_000
"""No union is larger; a longer number is a slip or a telephone number."""

UNLIKELY_CHANGE = 0.3
"""A stock that changes by more than this share in a month is asked about once."""


@dataclass(frozen=True)
class Draft:
    """A form being filled. `at` is the field that is asked now, or `None` when the summary is shown.

    `last` holds last month's answers, `doubt` an unlikely number that waits for a yes, `single` says that one field is
    being corrected and the summary comes next.
    """

    form: str
    version: int
    period: str
    answers: dict[str, Value]
    last: dict[str, Value]
    at: str | None
    doubt: int | None = None
    single: bool = False


@dataclass(frozen=True)
class Problem:
    """Why an answer was not taken: the name of the phrase that says so, with the value of last month."""

    phrase: str


def begin(form: Form, period: str, last: dict[str, Value]) -> Draft:
    """An empty draft at its first question."""
    return Draft(form.id, form.version, period, {}, last, form.fields[0].key)


def unchanged(form: Form, draft: Draft) -> Draft:
    """The draft of a month in which nothing happened; needs last month's figures."""
    carried = {field.key: _carried(field, draft.last) for field in form.fields}
    return replace(draft, answers=carried, at=None, doubt=None, single=False)


def _carried(field: Field, last: dict[str, Value]) -> Value:
    return {"same": last.get(field.key), "zero": 0, "empty": None}[field.carry]


def can_be_unchanged(form: Form, last: dict[str, Value]) -> bool:
    """Whether last month's figures answer every field that carries them."""
    return all(last.get(field.key) is not None for field in form.fields if field.carry == "same")


def put(form: Form, draft: Draft, value: Value) -> Draft:
    """Take the answer to the question asked now and move on."""
    assert draft.at is not None
    answers = {**draft.answers, draft.at: value}
    following = form.fields[form.place(draft.at) :]
    at = None if draft.single or not following else following[0].key
    return replace(draft, answers=answers, at=at, doubt=None, single=False)


def back(form: Form, draft: Draft) -> Draft:
    """To the question before; from the summary to the last question."""
    if draft.doubt is not None:
        return replace(draft, doubt=None)
    if draft.single:
        return replace(draft, at=None, single=False)
    place = len(form.fields) + 1 if draft.at is None else form.place(draft.at)
    return replace(draft, at=form.fields[max(place - 2, 0)].key)


def edit(draft: Draft, field: str) -> Draft:
    """From the summary to one field and back."""
    return replace(draft, at=field, doubt=None, single=True)


def type_in(form: Form, draft: Draft, text: str) -> Draft | Problem:
    """What somebody typed, as the answer to the question asked now."""
    assert draft.at is not None
    field = form.field(draft.at)
    assert field is not None
    if field.type == "text":
        return put(form, draft, text.strip()) if len(text) <= MOST_LETTERS else Problem("checkin-text-too-long")
    if field.type == "choice":
        return Problem("checkin-pick-one")
    number = parse_whole_number(text) if len(text) <= LONGEST_NUMBER else None
    if number is None:
        return Problem("checkin-not-a-number")
    if number < 0 or number > LARGEST:
        return Problem("checkin-number-out-of-range")
    return replace(draft, doubt=number) if unlikely(field, draft, number) else put(form, draft, number)


def unlikely(field: Field, draft: Draft, number: int) -> bool:
    """Whether a number is worth one more look: far from last month's, or below a field it can hardly be below."""
    return changed_much(field, draft, number) or below_floor(field, draft, number)


def changed_much(field: Field, draft: Draft, number: int) -> bool:
    """Whether a stock differs from last month's by more than `UNLIKELY_CHANGE`."""
    last = draft.last.get(field.key)
    return field.carry == "same" and isinstance(last, int) and last > 0 and abs(number - last) > UNLIKELY_CHANGE * last


def below_floor(field: Field, draft: Draft, number: int) -> bool:
    """Whether a number is below the field named by `at_least`."""
    floor = draft.answers.get(field.at_least) if field.at_least else None
    return isinstance(floor, int) and number < floor


def to_json(draft: Draft) -> dict[str, Any]:
    """The draft as a conversation keeps it."""
    return {
        "form": draft.form,
        "version": draft.version,
        "period": draft.period,
        "answers": draft.answers,
        "last": draft.last,
        "at": draft.at,
        "doubt": draft.doubt,
        "single": draft.single,
    }


def from_json(data: dict[str, Any]) -> Draft:
    """The draft that `to_json` wrote."""
    return Draft(**data)
