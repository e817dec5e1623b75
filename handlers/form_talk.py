"""What is said while a form is filled: the question, the doubt, the summary."""

from handlers import Choice, Reply
from handlers.drafts import Draft, Value, below_floor
from handlers.forms import Field, Form
from handlers.months import month_name
from handlers.phrasebook import Phrases


def ask(form: Form, draft: Draft, phrases: Phrases) -> Reply:
    """The next thing to say about a draft: a question, a doubt about a number, or the summary."""
    if draft.at is None:
        return _summary(form, draft, phrases)
    field = form.field(draft.at)
    assert field is not None
    return _doubt(form, field, draft, phrases) if draft.doubt is not None else _question(form, field, draft, phrases)


def written(field: Field, value: Value, phrases: Phrases) -> str:
    """A value as it stands in a summary."""
    if value is None or value == "":
        return phrases.say("checkin-nothing")
    option = field.option(str(value))
    if option:
        return option.label.said_in(phrases.language)
    return str(phrases.write(value))


def _question(form: Form, field: Field, draft: Draft, phrases: Phrases) -> Reply:
    text = phrases.say(
        "checkin-question",
        place=form.place(field.key),
        total=len(form.fields),
        month=month_name(draft.period, phrases),
        question=field.question.said_in(phrases.language),
    )
    choices = [
        _choice("pick", draft, field, option.key, option.label.said_in(phrases.language)) for option in field.options
    ]
    last = draft.last.get(field.key)
    flow = field.carry == "zero"
    if field.type == "whole" and isinstance(last, int) and not (flow and last == 0):
        label = phrases.say("checkin-as-last-month", value=last)
        choices.append(_choice("pick", draft, field, str(last), label))
    if field.type == "whole" and flow:
        choices.append(_choice("pick", draft, field, "0", phrases.say("checkin-none-this-month")))
    if field.optional:
        choices.append(_choice("skip", draft, field, "", phrases.say("checkin-skip")))
    if draft.single or form.place(field.key) > 1:
        choices.append(_choice("back", draft, field, "", phrases.say("checkin-back")))
    choices.append(_choice("later", draft, None, "", phrases.say("checkin-later")))
    return Reply(text, tuple(choices), keys="letters" if field.type == "whole" else "digits")


def _doubt(form: Form, field: Field, draft: Draft, phrases: Phrases) -> Reply:
    assert draft.doubt is not None
    label = field.label.said_in(phrases.language)
    floor = form.field(field.at_least) if field.at_least and below_floor(field, draft, draft.doubt) else None
    if floor:
        text = phrases.say(
            "checkin-doubt-below",
            label=label,
            value=draft.doubt,
            floor=floor.label.said_in(phrases.language),
            least=written(floor, draft.answers[floor.key], phrases),
        )
    else:
        last = written(field, draft.last[field.key], phrases)
        text = phrases.say("checkin-doubt-change", label=label, value=draft.doubt, last=last)
    yes = phrases.say("checkin-doubt-yes", value=draft.doubt)
    choices = (
        _choice("pick", draft, field, str(draft.doubt), yes),
        _choice("back", draft, field, "", phrases.say("checkin-doubt-no")),
    )
    return Reply(text, choices, keys="letters")


def _summary(form: Form, draft: Draft, phrases: Phrases) -> Reply:
    lines = "\n".join(
        phrases.say(
            "checkin-line",
            label=field.label.said_in(phrases.language),
            value=written(field, draft.answers.get(field.key), phrases),
        )
        for field in form.fields
    )
    text = phrases.say("checkin-summary", month=month_name(draft.period, phrases), lines=lines)
    actions = ("send", "lines", "cancel")
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
