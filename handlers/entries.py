"""What somebody typed, as the answer to one field of a form: taken, doubted, or not understood."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from handlers.drafts import Doubt, Draft, Value, back, doubted, is_number, put
from handlers.forms import Field, Form
from knowledge.days import read_day
from knowledge.numbers import TypedNumber, read_count, read_percent
from knowledge.short_answers import is_no, is_nothing, is_nothing_new, is_same, is_yes
from knowledge.vietnamese import fold

MOST_LETTERS = 1000
"""A free text longer than this is asked for again: it must fit a message to staff."""

LARGEST = 1_000_000
"""No union is larger; a longer number is a slip or a telephone number."""

UNLIKELY_CHANGE = 0.3
"""A stock that changes by more than this share in a month is asked about once, where that is more than a few."""

A_FEW = 2

HIGHEST_PERCENT = 1000


@dataclass(frozen=True)
class Entry:
    """An answer that can be taken."""

    value: Value


@dataclass(frozen=True)
class Problem:
    """Why an answer was not taken: the name of the phrase that says so."""

    phrase: str


Read = Entry | Doubt | Problem


def type_in(form: Form, draft: Draft, text: str, today: date) -> Draft | Problem:
    """What somebody typed, as the answer to the question asked now."""
    assert draft.at is not None
    field = form.field(draft.at)
    assert field is not None
    doubt = draft.doubt
    if doubt and is_yes(text) and len(doubt.values) == 1:
        return put(form, draft, doubt.values[0])
    if doubt and is_no(text):
        return back(draft)
    found = checked(form, field, draft, read(field, draft, text, today))
    if isinstance(found, Problem):
        return found
    if isinstance(found, Entry):
        return put(form, draft, found.value)
    again = doubt is not None and found.values[-1] in doubt.values
    return put(form, draft, found.values[-1]) if again else doubted(draft, found)


def read(field: Field, draft: Draft, text: str, today: date) -> Read:
    """What a text says where this field was asked, before it is held against other figures."""
    last = draft.last.get(field.key)
    if last is not None and (is_same(text) or (field.carry == "same" and is_nothing_new(text))):
        return Entry(last)
    if field.optional and is_nothing(text):
        return Entry(None)
    return READERS[field.type](field, draft, text.strip(), today)


def checked(form: Form, field: Field, draft: Draft, found: Read) -> Read:
    """An answer that was read, as a doubt where it is worth one more look."""
    if not isinstance(found, Entry):
        return found
    value = found.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return found
    why = unlikely(form, field, draft, value)
    return Doubt(why, (value,)) if why else found


def unlikely(form: Form, field: Field, draft: Draft, number: float) -> str | None:
    """Why a number is worth one more look: far from last month's, or beyond a field it can hardly be beyond."""
    last = draft.last.get(field.key)
    if field.type == "percent" and number > 100:
        return "high"
    if field.carry == "same" and isinstance(last, int | float) and last > 0:
        change = abs(number - last)
        if change > UNLIKELY_CHANGE * last and (change > A_FEW or field.type == "percent"):
            return "change"
    for key, why in beyond(form, field):
        bound = draft.answers.get(key)
        if isinstance(bound, int | float) and (number < bound if why == "below" else number > bound):
            return why
    return None


def beyond(form: Form, field: Field) -> tuple[tuple[str, str], ...]:
    """The fields that bound this one, each with what is doubtful: to be "below" or "above" it."""
    own = [(key, why) for key, why in ((field.at_least, "below"), (field.at_most, "above")) if key]
    theirs = [(other.key, "above") for other in form.fields if other.at_least == field.key]
    theirs += [(other.key, "below") for other in form.fields if other.at_most == field.key]
    return (*own, *theirs)


def _whole(field: Field, draft: Draft, text: str, _: date) -> Read:
    typed = read_count(text)
    if typed is None:
        return Problem("checkin-not-a-number")
    if any(abs(value) > LARGEST for value in typed.values):
        return Problem("checkin-number-out-of-range")
    return _number(field, draft, typed)


def _percent(field: Field, draft: Draft, text: str, _: date) -> Read:
    typed = read_percent(text)
    if typed is None or any(value > HIGHEST_PERCENT for value in typed.values):
        return Problem("checkin-not-a-percentage")
    return _number(field, draft, typed)


def _number(field: Field, draft: Draft, typed: TypedNumber) -> Read:
    values = tuple(int(value) if value == int(value) else value for value in typed.values)
    last = draft.last.get(field.key)
    known = last if field.carry == "same" and is_number(last) and isinstance(last, int | float) else None
    if typed.how == "change":
        return _moved(field, known, values[0])
    if typed.how != "plain":
        return Doubt(typed.how, values, typed.left)
    if values[0] >= 0:
        return Entry(values[0])
    fewer = known + values[0] if known is not None else None
    return Doubt("negative", values if fewer is None or fewer < 0 else (fewer, *values))


def _moved(field: Field, last: float | None, change: float) -> Read:
    """A change against last month: of a stock; of what is counted anew each month it is the number itself."""
    if field.carry == "zero" and change >= 0:
        return Doubt("sure", (change,))
    if last is None:
        return Problem("checkin-no-last-figure")
    if last + change < 0:
        return Problem("checkin-below-zero")
    return Doubt("moved", (round(last + change, 2),))


def _choice(field: Field, _: Draft, text: str, __: date) -> Read:
    key = _option(field, text)
    return Entry(key) if key else Problem("checkin-pick-one")


def _several(field: Field, _: Draft, text: str, __: date) -> Read:
    if is_nothing(text):
        return Entry([])
    keys = {_option(field, part) for part in re.split(r"[,;+\n]|\s+và\s+|\s+va\s+", text) if part.strip()}
    if None in keys or not keys:
        return Problem("checkin-pick-some")
    return Entry([option.key for option in field.options if option.key in keys])


def _option(field: Field, text: str) -> str | None:
    """The option that a number or (part of) a label means; `None` where it could be two."""
    typed = fold(text).strip(" .,")
    if typed.isdecimal():
        return field.options[int(typed) - 1].key if 0 < int(typed[:4]) <= len(field.options) else None
    labels = {option.key: (fold(option.label.vi), fold(option.label.en)) for option in field.options}
    for fitting in (str.__eq__, str.startswith, str.__contains__):
        found = [key for key, names in labels.items() if any(fitting(name, typed) for name in names)]
        if len(found) == 1 and len(typed) > 1:
            return found[0]
    return None


def _yes_no(_: Field, __: Draft, text: str, ___: date) -> Read:
    if is_yes(text):
        return Entry(value=True)
    return Entry(value=False) if is_no(text) else Problem("checkin-pick-one")


def _day(_: Field, draft: Draft, text: str, today: date) -> Read:
    month = date.fromisoformat(f"{draft.period}-01")
    day = read_day(text, today, month)
    if day is None:
        return Problem("checkin-not-a-day")
    return Doubt("future", (day.isoformat(),)) if day > today else Entry(day.isoformat())


def _text(_: Field, __: Draft, text: str, ___: date) -> Read:
    return Entry(text) if len(text) <= MOST_LETTERS else Problem("checkin-text-too-long")


def _file(_: Field, __: Draft, ___: str, ____: date) -> Read:
    return Problem("checkin-send-a-file")


READERS: dict[str, Callable[[Field, Draft, str, date], Read]] = {
    "whole": _whole,
    "percent": _percent,
    "choice": _choice,
    "several": _several,
    "yes_no": _yes_no,
    "date": _day,
    "text": _text,
    "file": _file,
}
