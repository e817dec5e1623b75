"""From a tap or a typed text to the next draft of a form, whatever the form is for."""

from datetime import date

from handlers.at_once import Left, Message, apply, is_answer, is_clear, parse
from handlers.drafts import Doubt, Draft, back, doubted, edit, put, rest_unchanged, toggle, unchanged
from handlers.entries import Entry, Problem, checked, type_in
from handlers.form_talk import can_be_sent_unchanged, offered
from handlers.forms import Field, Form
from knowledge.short_answers import is_nothing_new

Heard = tuple[Draft, tuple[Left, ...]]
"""The next draft, and what was not understood of the text."""


def tap(form: Form, draft: Draft, action: str, key: str, word: str, today: date) -> Draft | None:
    """The draft after a tap on one of its fields; `None` where the tap belongs to an earlier question."""
    field = form.field(key)
    if field is None:
        return None
    if action == "edit":
        return edit(draft, key) if draft.at is None else None
    if draft.at != key:
        return None
    if action == "back":
        return back(draft) if draft.past else None
    if action == "pick":
        return _picked(form, field, draft, word, today)
    return _moved_on(form, field, draft, action, word)


def _moved_on(form: Form, field: Field, draft: Draft, action: str, word: str) -> Draft | None:
    several = field.type == "several"
    if action == "rest":
        return rest_unchanged(form, draft)
    if action == "skip" and field.optional:
        return put(form, draft, None)
    if action == "toggle" and several and field.option(word):
        return toggle(draft, word)
    if action == "done" and several:
        return put(form, draft, [option.key for option in field.options if option.key in draft.chosen])
    return None


def _picked(form: Form, field: Field, draft: Draft, word: str, today: date) -> Draft | None:
    """A value that was offered; one that stands against another figure is asked about once."""
    values = offered(field, draft, today)
    if word not in values:
        return None
    value = values[word]
    found = Entry(value) if draft.doubt is not None else checked(form, field, draft, Entry(value))
    return doubted(draft, found) if isinstance(found, Doubt) else put(form, draft, value)


def hear(form: Form, draft: Draft, text: str, today: date) -> Heard | None:
    """The draft after a typed text: several figures, the answer to what is asked now, or one to another field; `None`
    where it is none of these."""
    message = parse(form, text)
    if draft.at is None:
        return (draft, ()) if is_nothing_new(text) else _one_figure(form, draft, message, today)
    field = form.field(draft.at)
    free = field is not None and field.type == "text"
    clear = is_clear(form, message, today) if free else is_answer(form, message, today)
    if len(message.said) > 1 and clear:
        return apply(form, draft, message, today)
    if is_nothing_new(text) and can_be_sent_unchanged(form, draft):
        return unchanged(form, draft), ()
    following = type_in(form, draft, text, today)
    return (following, ()) if isinstance(following, Draft) else _one_figure(form, draft, message, today)


def _one_figure(form: Form, draft: Draft, message: Message, today: date) -> Heard | None:
    """What a message says, where all of it can be taken."""
    if not is_answer(form, message, today):
        return None
    following, left = apply(form, draft, message, today)
    return None if left else (following, ())


def why_not(form: Form, draft: Draft, text: str, today: date) -> Problem:
    """Why a typed text is no answer to what is asked now."""
    found = type_in(form, draft, text, today) if draft.at else None
    return found if isinstance(found, Problem) else Problem("checkin-pick-one")
