"""What is said while a form is filled: the question, the doubt, the summary."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from handlers import Choice, Reply
from handlers.drafts import Doubt, Draft, Value, can_be_unchanged, carried_value
from handlers.entries import beyond
from handlers.forms import NUMBERS, Field, Form
from handlers.months import month_name
from handlers.phrasebook import Phrases


def ask(form: Form, draft: Draft, phrases: Phrases, today: date) -> Reply:
    """The next thing to say about a draft: a question, a doubt about a value, or the summary."""
    if draft.at is None:
        return summary(form, draft, phrases)
    field = form.field(draft.at)
    assert field is not None
    if draft.doubt is not None:
        return _doubt(form, field, draft, draft.doubt, phrases)
    asked = _question(form, field, draft, phrases, today)
    first = draft.at == form.fields[0].key
    return _with_unchanged(form, draft, asked, phrases) if first and can_be_sent_unchanged(form, draft) else asked


def written(field: Field, value: Value, phrases: Phrases) -> str:
    """A value as it stands in a summary."""
    if value is None or value in ("", []):
        return phrases.say("checkin-nothing")
    if isinstance(value, bool):
        return phrases.say("checkin-yes" if value else "checkin-no")
    if field.options:
        keys = value if isinstance(value, list) else [value]
        return "; ".join(option.label.said_in(phrases.language) for option in field.options if option.key in keys)
    if isinstance(value, dict | list):
        return str(value["name"]) if isinstance(value, dict) else ", ".join(value)
    plain = phrases.write(date.fromisoformat(str(value)) if field.type == "date" else value)
    return f"{plain}%" if field.type == "percent" else str(plain)


def offered(field: Field, draft: Draft, today: date) -> dict[str, Value]:
    """The values that can be tapped where this field is asked, by the word that stands for each in a button."""
    if draft.doubt is not None:
        return {_word(value): value for value in draft.doubt.values}
    values: list[Value] = []
    last = draft.last.get(field.key)
    known = field.carry == "same" or (field.type in NUMBERS and last != 0)
    if last is not None and known:
        values.append(last)
    if field.type == "choice":
        values += [option.key for option in field.options if option.key != last]
    if field.type in NUMBERS and field.carry == "zero":
        values.append(0)
    if field.type == "yes_no":
        values += [value for value in (True, False) if value is not last]
    if field.type == "date":
        values += [day.isoformat() for day in (today, today - timedelta(days=1))]
    return {_word(value): value for value in values}


def _word(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "last" if isinstance(value, list) else str(value)


def _question(form: Form, field: Field, draft: Draft, phrases: Phrases, today: date) -> Reply:
    text = phrases.say(
        "checkin-question",
        place=form.place(field.key),
        total=len(form.fields),
        month=month_name(draft.period, phrases),
        question=field.question.said_in(phrases.language),
    )
    choices = [
        *(_choice("pick", draft, field, word, _label(field, draft, value, phrases, today))
          for word, value in offered(field, draft, today).items()),
        *_toggles(field, draft, phrases),
    ]  # fmt: skip
    if field.optional and not draft.chosen:
        choices.append(_choice("skip", draft, field, "", phrases.say("checkin-skip")))
    if (
        not draft.gaps
        and not draft.chosen
        and 1 < form.place(field.key) < len(form.fields)
        and _rest_is_known(form, draft)
    ):
        choices.append(_choice("rest", draft, field, "", phrases.say("checkin-rest-unchanged")))
    if draft.past:
        choices.append(_choice("back", draft, field, "", phrases.say("checkin-back")))
    choices.append(_choice("later", draft, None, "", phrases.say("checkin-later")))
    return Reply(text, tuple(choices), keys=_keys(field))


def _with_unchanged(form: Form, draft: Draft, asked: Reply, phrases: Phrases) -> Reply:
    """The first question with a way to send the whole month as unchanged, after reading what that would be; below the
    answers to the question itself, so that the first key never sends a month."""
    figures = carried_line(form, draft, phrases)
    text = f"{asked.text}\n{phrases.say('checkin-if-unchanged', figures=figures)}"
    same = _choice("same", draft, None, "", phrases.say("checkin-send-unchanged"))
    return replace(asked, text=text, choices=(*asked.choices[:-1], same, asked.choices[-1]))


def _label(field: Field, draft: Draft, value: Value, phrases: Phrases, today: date) -> str:
    """What a button for a value says."""
    if field.type == "date" and not (field.carry == "same" and value == draft.last.get(field.key)):
        return phrases.say("checkin-today" if value == today.isoformat() else "checkin-yesterday")
    if value == draft.last.get(field.key) and value is not None and not (field.carry == "zero" and value == 0):
        return phrases.say("checkin-as-last-month", value=written(field, value, phrases))
    if field.carry == "zero" and value == 0:
        return phrases.say("checkin-none-this-month")
    return written(field, value, phrases)


def _toggles(field: Field, draft: Draft, phrases: Phrases) -> list[Choice]:
    if field.type != "several":
        return []
    labels = {option.key: option.label.said_in(phrases.language) for option in field.options}
    marked = {key: phrases.say("checkin-marked", label=label) for key, label in labels.items() if key in draft.chosen}
    toggles = [_choice("toggle", draft, field, key, marked.get(key, label)) for key, label in labels.items()]
    done = (
        phrases.say("checkin-done", count=len(draft.chosen)) if draft.chosen else phrases.say("checkin-none-of-these")
    )
    return [*toggles, _choice("done", draft, field, "", done)] if draft.chosen or not field.optional else toggles


def can_be_sent_unchanged(form: Form, draft: Draft) -> bool:
    """Whether nothing was answered yet and last month's figures can stand for the whole month."""
    return not draft.answers and not draft.doubts and not draft.seen and can_be_unchanged(form, draft.last)


def _rest_is_known(form: Form, draft: Draft) -> bool:
    """Whether last month's figures can stand for all that is not answered yet."""
    unanswered = [field for field in form.fields if field.key not in draft.answers]
    return all(field.carry != "same" or draft.last.get(field.key) is not None for field in unanswered)


def carried_line(form: Form, draft: Draft, phrases: Phrases) -> str:
    """All that would be sent for a month in which nothing happened, in one line."""
    carried = {field: carried_value(field, draft.last) for field in form.fields if field.carry != "empty"}
    return "; ".join(
        f"{field.label.said_in(phrases.language)} {written(field, value, phrases)}" for field, value in carried.items()
    )


def _doubt(form: Form, field: Field, draft: Draft, doubt: Doubt, phrases: Phrases) -> Reply:
    value, last = doubt.values[0], draft.last.get(field.key)
    label = field.label.said_in(phrases.language)
    text = phrases.say(
        f"checkin-doubt-{doubt.why}",
        label=label,
        value=written(field, value, phrases),
        last=written(field, last, phrases),
        left=doubt.left,
        **_bound(form, field, draft, doubt, phrases),
    )
    yes = "checkin-doubt-yes" if len(doubt.values) == 1 else "checkin-doubt-this"
    choices = [_choice("pick", draft, field, _word(each), _meant(field, draft, doubt, each, yes, phrases))
               for each in doubt.values]  # fmt: skip
    choices.append(_choice("back", draft, field, "", phrases.say("checkin-doubt-no")))
    return Reply(text, tuple(choices), keys=_keys(field))


def _keys(field: Field) -> Literal["digits", "letters"]:
    """How choices are called where there are no buttons: by letters where a number is an answer."""
    return "letters" if field.type in (*NUMBERS, "date") else "digits"


def _meant(field: Field, draft: Draft, doubt: Doubt, value: Value, phrase: str, phrases: Phrases) -> str:
    """What the button for one of the doubtful values says."""
    last = draft.last.get(field.key)
    shown = written(field, value, phrases)
    if doubt.why == "negative" and isinstance(value, int | float) and value >= 0 and isinstance(last, int | float):
        return phrases.say("checkin-doubt-fewer", by=abs(value - last), value=shown)
    return phrases.say(phrase, value=shown)


def _bound(form: Form, field: Field, draft: Draft, doubt: Doubt, phrases: Phrases) -> dict[str, str]:
    """The field that a number can hardly be beyond, and its figure; both empty where that is not the doubt."""
    value = doubt.values[0]
    for key, why in beyond(form, field):
        bound, other = draft.answers.get(key), form.field(key)
        if (
            why != doubt.why
            or other is None
            or not isinstance(bound, int | float)
            or not isinstance(value, int | float)
        ):
            continue
        if value < bound if why == "below" else value > bound:
            label = other.label.said_in(phrases.language)
            return {"bound": label[:1].lower() + label[1:], "figure": written(other, bound, phrases)}
    return {"bound": "", "figure": ""}


def summary(
    form: Form, draft: Draft, phrases: Phrases, actions: tuple[str, ...] = ("send", "lines", "cancel")
) -> Reply:
    """All answers, to be looked over; `actions` are the buttons."""
    lines = "\n".join(
        phrases.say(
            "checkin-line",
            label=field.label.said_in(phrases.language),
            value=written(field, draft.answers.get(field.key), phrases),
        )
        for field in form.fields
    )
    text = phrases.say("checkin-summary", month=month_name(draft.period, phrases), lines=lines)
    return Reply(text, tuple(_choice(each, draft, None, "", phrases.say(f"checkin-{each}")) for each in actions))


def lines(form: Form, draft: Draft, phrases: Phrases) -> Reply:
    """Which line of the summary to change."""
    choices = [_choice("edit", draft, field, "", field.label.said_in(phrases.language)) for field in form.fields]
    choices.append(_choice("show", draft, None, "", phrases.say("checkin-back")))
    return Reply(phrases.say("checkin-which-line"), tuple(choices))


def _choice(action: str, draft: Draft, field: Field | None, value: str, label: str) -> Choice:
    parts = ["checkin", action, draft.period]
    if field:
        parts += [field.key, value]
    return Choice(":".join(parts), label)
