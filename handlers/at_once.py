"""Several figures of a form in one message: dv 128, moi 3, tham hoi 2."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from handlers.drafts import Doubt, Draft, carry_over, filled
from handlers.entries import Entry, Problem, Read, checked, read
from handlers.forms import NUMBERS, Field, FieldType, Form
from knowledge.short_answers import is_nothing_new, is_same
from knowledge.vietnamese import fold, normalize

_SEPARATORS = re.compile(r"[\n;•]+|,(?!\d)|\.(?=\s|$)|(?:^|\s)[-+*]\s")
_HEAD = re.compile(
    r"^(?:(?:(?:da|em|gui|bao cao|so lieu|sl|bc|cua|don vi|ben|minh|figures|thang \d{1,2}(?:[/-]\d{4})?)\s*)+[:,-]?\s*)"
)
_MONTH = re.compile(r"thang (\d{1,2})(?:[/-](\d{4}))?")
_REST = re.compile(r"^(?:con lai|cac muc (?:khac|con lai)|muc khac|khac|ngoai ra)\s*(?:thi |deu |van )?")
_EDGES = " \t:=-–.,"
_JOINTS = re.compile(r"[\s:=]*(?:la|co|duoc|da|trong thang|thang nay|hien co|hien)?[\s:=]*")
_BESIDE = re.compile(
    r"(?:\s|[:=,.-]|\b(?:trong|thang|nay|ky|dot|hien|co|tong|so|la|duoc|da|va|cong|don|vi|ben|em|minh|nguoi|a|nhe|nha|"
    r"ta|chi|anh|we|have|the|now|of|people)\b)*"
)
"""Words beside a figure that say nothing: anything else means that the part says something different."""

_ASKING = re.compile(
    r"\b(?:bao nhieu|may|bn|nhieu|nao|ai|dau|sao|vi sao|tai sao|what|which|who|how|when|why)\b|"
    r"(?<!khong co )(?<!ko co )\bgi\b"
)
_MOST = 600


@dataclass(frozen=True)
class Message:
    """What a message says of a form: by field, what was written for it; and the parts that no field claims."""

    said: dict[str, str]
    left: tuple[str, ...]


@dataclass(frozen=True)
class Left:
    """What somebody wrote and nobody understood, with the field that it was written for, if any."""

    field: Field | None
    text: str


def month_named(text: str) -> tuple[int, int | None] | None:
    """The month (and year) that a message of figures begins with: "tháng 3: dv 128"; `None` where it names none."""
    head = _HEAD.match(fold(normalize(text)).strip())
    named = _MONTH.search(head.group()) if head else None
    return (int(named[1]), int(named[2]) if named[2] else None) if named else None


def parse(form: Form, text: str) -> Message:
    """Which fields a message names, and what it says of each; nothing where it asks something."""
    said: dict[str, str] = {}
    left: list[str] = []
    if text.rstrip().endswith("?") or len(text) > _MOST:
        return Message({}, ())
    names = _names(form)
    before: Field | None = None
    for part in _parts(text):
        found = list(_pairs(names, part))
        if found and not any(key in said for key, _ in found):
            said.update(found)
            before = form.field(found[-1][0])
        elif before is not None and before.type == "text" and not found:
            said[before.key] += f", {part}"
        elif not is_nothing_new(part) and not is_same(_REST.sub("", fold(part))):
            left.append(part)
    return Message(said, tuple(left))


def is_clear(form: Form, message: Message, today: date) -> bool:
    """Whether a message that nobody asked for is clearly one of figures: two of them at least, hardly anything else."""
    numbers = len(_readable(form, message, today, NUMBERS))
    return numbers >= 2 and len(message.left) < numbers


def is_answer(form: Form, message: Message, today: date) -> bool:
    """Whether a message can be meant for this form while it is open: it asks nothing, and something can be read."""
    if is_clear(form, message, today):
        return True
    told = [fold(message.said[field.key]) for field in _fields(form, message.said) if field.type != "text"]
    free = [fold(message.said[field.key]) for field in _fields(form, message.said) if field.type == "text"]
    asks = any(map(_ASKING.search, told)) or any(map(_ASKING.match, free))
    return not (message.left or asks) and bool(_readable(form, message, today, get_args(FieldType)))


def _readable(form: Form, message: Message, today: date, types: Collection[str]) -> list[Field]:
    """The fields of these types for which a message says something that can be read."""
    empty = Draft(form.id, form.version, today.isoformat()[:7], {}, {field.key: 0 for field in form.fields}, None)
    return [
        field
        for field in _fields(form, message.said)
        if field.type in types and not isinstance(read(field, empty, message.said[field.key], today), Problem)
    ]


def apply(form: Form, draft: Draft, message: Message, today: date) -> tuple[Draft, tuple[Left, ...]]:
    """The draft with everything that a message says, and what was not understood.

    Where it says several things, what it does not mention is as it was, or as in a month in which nothing happened;
    where it says one, the others are asked for.
    """
    readings: dict[str, Read] = {}
    left = [Left(None, part) for part in message.left]
    for field in _fields(form, message.said):
        readings[field.key] = read(field, draft, message.said[field.key], today)
        if isinstance(readings[field.key], Problem):
            left.append(Left(field, message.said[field.key]))
    understood = {key: found for key, found in readings.items() if not isinstance(found, Problem)}
    kept = {key: value for key, value in draft.answers.items() if key not in understood}
    answers = {key: found.value for key, found in understood.items() if isinstance(found, Entry)}
    doubts = {key: found for key, found in understood.items() if isinstance(found, Doubt)}
    said = replace(draft, answers={**kept, **answers}, doubts={**draft.doubts, **doubts})
    whole = carry_over(form, said) if len(message.said) > 1 else said
    for field in _fields(form, answers):
        certain = {key: value for key, value in whole.answers.items() if key not in doubts}
        found = checked(form, field, replace(whole, answers=certain), Entry(answers[field.key]))
        if isinstance(found, Doubt):
            doubts[field.key] = found
    waiting = {key: doubt for key, doubt in draft.doubts.items() if key not in understood} | doubts
    asked = waiting.keys() | (readings.keys() - understood.keys())
    certain = {key: value for key, value in whole.answers.items() if key not in asked}
    return filled(form, draft, certain, waiting), tuple(left)


def _fields(form: Form, keys: Collection[str]) -> list[Field]:
    return [field for field in form.fields if field.key in keys]


def _names(form: Form) -> dict[str, str]:
    """What people call the fields, folded, longest first, with the key of the field."""
    names: dict[str, str] = {}
    for field in form.fields:
        own = (field.key.replace("_", " "), field.label.vi, field.label.en, *field.aliases)
        names.update({fold(name): field.key for name in own})
    return dict(sorted(names.items(), key=lambda each: -len(each[0])))


def _parts(text: str) -> Iterator[str]:
    """A message in the parts that its commas, semicolons and lines make, without what only opens it."""
    composed = normalize(text).strip()
    head = _HEAD.match(fold(composed))
    for part in _SEPARATORS.split(composed[head.end() :] if head else composed):
        if part and part.strip(_EDGES):
            yield part.strip(_EDGES)


def _pairs(names: dict[str, str], part: str) -> list[tuple[str, str]]:
    """The fields that a part names with what it says of each; empty where it names none, or not clearly."""
    folded = fold(part)
    pattern = "|".join(re.escape(name) for name in names)
    named: list[tuple[int, int, str]] = []
    for match in re.finditer(rf"(?<![a-z])(?:{pattern})(?![a-z])", folded):
        key = names[match.group()]
        if named and named[-1][2] == key and _JOINTS.fullmatch(folded[named[-1][1] : match.start()]):
            named[-1] = (named[-1][0], match.end(), key)
        else:
            named.append((match.start(), match.end(), key))
    if not named:
        return []
    if len(named) > 1 and len({key for *_, key in named}) == 1:
        between = part[named[0][1] : named[-1][0]].strip(_EDGES)
        beside = folded[: named[0][0]] + " " + folded[named[-1][1] :]
        return [(named[0][2], between)] if between and _BESIDE.fullmatch(beside) else []
    first = named[0][0] > 0 and re.search(r"\d", folded[: named[0][0]]) is not None
    beside = folded[named[-1][1] :] if first else folded[: named[0][0]]
    if not _BESIDE.fullmatch(beside):
        return []
    pairs = [(key, text) for key, text in zip((key for *_, key in named), _values(part, named, first), strict=True)]
    return pairs if all(text for _, text in pairs) and len({key for key, _ in pairs}) == len(pairs) else []


def _values(part: str, named: list[tuple[int, int, str]], first: bool) -> Iterator[str]:
    """What stands beside each name: before it where the part begins with a number, else after it."""
    starts, ends = [start for start, *_ in named], [end for _, end, _ in named]
    spans = zip((0, *ends[:-1]), starts, strict=True) if first else zip(ends, (*starts[1:], len(part)), strict=True)
    for begin, end in spans:
        yield part[begin:end].strip(_EDGES)
