"""Filling a form: pure steps from one draft to the next. What is typed is read in `entries`, what is said about a draft
stands in `form_talk`."""

from dataclasses import dataclass, replace
from dataclasses import field as default
from typing import Any

from handlers.forms import NUMBERS, Field, Form

Value = int | float | str | bool | list[str] | dict[str, Any] | None
"""An answer: a number, the key of an option, keys of options, yes or no, a day as "2025-03-15", a text, or a file as
{"file": its number, "name": its name}; `None` where there is nothing to say."""

STEPS_BACK = 10
"""So many steps can be undone."""


@dataclass(frozen=True)
class Doubt:
    """Values that wait for a yes, the likeliest first. `why` ends the name of the phrase that asks; `left` are words
    beside a number that were not understood."""

    why: str
    values: tuple[Value, ...]
    left: str = ""


@dataclass(frozen=True)
class Draft:
    """A form being filled. `at` is the field that is asked now, or `None` when the summary is shown.

    `last` holds last month's answers, `doubts` what waits for a yes, by field; `chosen` the options marked so far where
    several may be. With `gaps` only what is missing or doubtful is asked, then the summary comes. `past` are the steps
    that can be undone, `files` the numbers of files that were sent for this draft, `seen` the revision that stood
    when it was begun (0: none).
    """

    form: str
    version: int
    period: str
    answers: dict[str, Value]
    last: dict[str, Value]
    at: str | None
    seen: int = 0
    doubts: dict[str, Doubt] = default(default_factory=dict)
    chosen: tuple[str, ...] = ()
    gaps: bool = False
    past: tuple[dict[str, Any], ...] = ()
    files: tuple[int, ...] = ()

    @property
    def doubt(self) -> Doubt | None:
        """What waits for a yes at the field that is asked now."""
        return self.doubts.get(self.at) if self.at else None


def begin(form: Form, period: str, last: dict[str, Value], seen: int = 0) -> Draft:
    """An empty draft at its first question."""
    return Draft(form.id, form.version, period, {}, last, form.fields[0].key, seen)


def unchanged(form: Form, draft: Draft) -> Draft:
    """The draft of a month in which nothing happened; needs last month's figures."""
    carried = {field.key: carried_value(field, draft.last) for field in form.fields}
    return _step(draft, answers=carried, at=None, doubts={}, gaps=False)


def rest_unchanged(form: Form, draft: Draft) -> Draft:
    """The draft with everything not answered yet as in a month in which nothing happened; what cannot be known is
    asked for."""
    filled = carry_over(form, draft)
    return _step(draft, answers=filled.answers, at=_gap(form, filled), gaps=True)


def carry_over(form: Form, draft: Draft) -> Draft:
    """The draft with last month's values wherever there is no answer, as far as they are known."""
    open_fields = [field for field in form.fields if field.key not in draft.answers and field.key not in draft.doubts]
    known = [field for field in open_fields if field.carry != "same" or draft.last.get(field.key) is not None]
    return replace(draft, answers={**draft.answers, **{field.key: carried_value(field, draft.last) for field in known}})


def carried_value(field: Field, last: dict[str, Value]) -> Value:
    """What stands for a field in a month in which nothing happened."""
    return {"same": last.get(field.key), "zero": 0, "empty": None}[field.carry]


def can_be_unchanged(form: Form, last: dict[str, Value]) -> bool:
    """Whether last month's figures answer every field that carries them."""
    return all(last.get(field.key) is not None for field in form.fields if field.carry == "same")


def put(form: Form, draft: Draft, value: Value) -> Draft:
    """Take the answer to the question asked now and move on."""
    assert draft.at is not None
    answers = {**draft.answers, draft.at: value}
    doubts = {key: doubt for key, doubt in draft.doubts.items() if key != draft.at}
    answered = replace(draft, answers=answers, doubts=doubts)
    following = form.fields[form.place(draft.at) :]
    at = _gap(form, answered) if draft.gaps or not following else following[0].key
    return _step(draft, answers=answers, doubts=doubts, at=at, gaps=draft.gaps and at is not None)


def doubted(draft: Draft, doubt: Doubt) -> Draft:
    """Wait for a yes before an answer to the question asked now is taken."""
    assert draft.at is not None
    return _step(draft, doubts={**draft.doubts, draft.at: doubt})


def filled(form: Form, draft: Draft, answers: dict[str, Value], doubts: dict[str, Doubt]) -> Draft:
    """Take the answers to several questions at once; then what is doubtful or missing is asked."""
    after = replace(draft, answers=answers, doubts=doubts)
    at = _gap(form, after)
    return _step(draft, answers=answers, doubts=doubts, at=at, gaps=at is not None)


def toggle(draft: Draft, option: str) -> Draft:
    """Mark or unmark an option where several may be chosen."""
    marked = draft.chosen
    chosen = tuple(key for key in marked if key != option) if option in marked else (*marked, option)
    return replace(_step(draft), chosen=chosen)


def edit(draft: Draft, field: str) -> Draft:
    """From the summary to one field and back."""
    return _step(draft, at=field, gaps=True)


def back(draft: Draft) -> Draft:
    """Undo the last step; a draft without one stays as it is. Where a value waits for a yes only that is undone: the
    question is asked again, and what else was said in the same message stays."""
    if draft.doubt is not None:
        return _without_doubt(draft)
    if not draft.past:
        return draft
    *earlier, last = draft.past
    return replace(draft, **_state_from_json(last), past=tuple(earlier))


def _without_doubt(draft: Draft) -> Draft:
    """The draft with its question asked again: nobody goes back to a doubt about a value that was typed anew."""
    asked = replace(draft, doubts={key: doubt for key, doubt in draft.doubts.items() if key != draft.at})
    before = draft.past[:-1] if draft.past and draft.past[-1] == _state_to_json(asked) else draft.past
    return replace(asked, past=before)


def _gap(form: Form, draft: Draft) -> str | None:
    """The first field that waits for a yes or has no answer."""
    return next((each.key for each in form.fields if each.key in draft.doubts or each.key not in draft.answers), None)


def _step(draft: Draft, **changes: Any) -> Draft:
    asked = _without_doubt(draft)
    past = (*asked.past, _state_to_json(asked))[-STEPS_BACK:]
    return replace(draft, **{"chosen": (), **changes, "past": past})


def fitted(form: Form, draft: Draft) -> Draft:
    """A draft of another form or version, going on in this one with the answers that still fit."""
    known = {key: value for key, value in draft.answers.items() if (field := form.field(key)) and fits(field, value)}
    last = {key: value for key, value in draft.last.items() if (field := form.field(key)) and fits(field, value)}
    moved = replace(draft, form=form.id, version=form.version, answers=known, last=last, doubts={}, chosen=(), past=())
    at = _gap(form, moved)
    return replace(moved, at=at, gaps=at is not None)


def fits(field: Field, value: Value) -> bool:
    """Whether a value is an answer to this kind of field."""
    if value is None:
        return True
    if field.type in NUMBERS:
        return is_number(value)
    if field.type == "several":
        return isinstance(value, list) and all(field.option(each) for each in value)
    if field.type == "choice":
        return isinstance(value, str) and field.option(value) is not None
    return isinstance(value, {"yes_no": bool, "file": dict}.get(field.type, str))


def is_number(value: Value) -> bool:
    """Whether a value can be reckoned with."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _state_to_json(draft: Draft) -> dict[str, Any]:
    """What a step changes, as plain JSON."""
    return {
        "answers": draft.answers,
        "at": draft.at,
        "doubts": {key: [doubt.why, list(doubt.values), doubt.left] for key, doubt in draft.doubts.items()},
        "chosen": list(draft.chosen),
        "gaps": draft.gaps,
    }


def _state_from_json(data: dict[str, Any]) -> dict[str, Any]:
    doubts = {key: Doubt(why, tuple(values), left) for key, (why, values, left) in data.get("doubts", {}).items()}
    return {
        "answers": data["answers"],
        "at": data["at"],
        "doubts": doubts,
        "chosen": tuple(data.get("chosen", ())),
        "gaps": data.get("gaps", data.get("single", False)),
    }


def to_json(draft: Draft) -> dict[str, Any]:
    """The draft as a conversation keeps it."""
    return {
        "form": draft.form,
        "version": draft.version,
        "period": draft.period,
        "last": draft.last,
        "seen": draft.seen,
        "past": list(draft.past),
        "files": list(draft.files),
        **_state_to_json(draft),
    }


def from_json(data: dict[str, Any]) -> Draft:
    """The draft that `to_json` wrote, also one written before drafts had all they have now."""
    return Draft(
        form=data["form"],
        version=data["version"],
        period=data["period"],
        last=data["last"],
        seen=data.get("seen", 0),
        past=tuple(data.get("past", ())),
        files=tuple(data.get("files", ())),
        **_state_from_json(data),
    )
