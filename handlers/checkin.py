"""The monthly check-in: a minute of an officer's time, and a receipt."""

from collections.abc import Callable
from dataclasses import replace

from db import checkins
from handlers import Reply
from handlers.conversation import Conversation, Desk, Turn, Wait
from handlers.drafts import (
    LARGEST,
    Draft,
    Problem,
    back,
    begin,
    can_be_unchanged,
    edit,
    from_json,
    put,
    to_json,
    type_in,
    unchanged,
)
from handlers.form_talk import ask, lines
from handlers.forms import Field, Form, load_form
from handlers.months import month_name
from handlers.owing import FORM, check_in_closes, check_in_periods
from scheduler.report_calendar import parse_period

SUBJECT = "checkin"


def open_now(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """Somebody asks to send figures without having been prompted: last month's while they are still missing and this
    month's are not asked for yet, else this month's."""
    (month, asked_on), (before, asked_before) = check_in_periods(desk.timetable, desk.now.date())
    missing = checkins.get(desk.connection, desk.union.code, FORM, before.code) is None
    owed = missing and asked_before >= desk.timetable.began and desk.now.date() < asked_on
    return tapped(desk, conversation, "start", ((before if owed else month).code,))


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice of the check-in was tapped: `words` are the period and, for a field, its key and the value."""
    period = words[0] if words else ""
    draft = _draft(conversation)
    if action in ("start", "unchanged") and _is_open(desk, period):
        return _start(desk, conversation, period, action == "unchanged")
    if action == "later" and (draft is None or draft.period == period):
        return Turn((Reply(desk.phrases.say("checkin-put-off")),), conversation.put_off())
    if draft is None or draft.period != period:
        return _old(desk, conversation)
    form = load_form(draft.form)
    if draft.at is None and action in AT_THE_SUMMARY:
        return AT_THE_SUMMARY[action](desk, conversation, form, draft)
    following = _moved(form, draft, action, words[1:])
    return _old(desk, conversation) if following is None else _show(desk, conversation, form, following)


def _is_open(desk: Desk, period: str) -> bool:
    """Whether figures of this month are taken now; a button of an older prompt opens nothing."""
    return any(month.code == period for month, _ in check_in_periods(desk.timetable, desk.now.date()))


def _moved(form: Form, draft: Draft, action: str, words: tuple[str, ...]) -> Draft | None:
    """The draft after a tap on one of its fields; `None` where the tap belongs to an earlier question."""
    key, value = (*words, "", "")[:2]
    field = form.field(key)
    if field is None:
        return None
    if action == "edit" and draft.at is None:
        return edit(draft, key)
    if draft.at != key:
        return None
    if action == "back":
        return back(form, draft)
    if action == "skip":
        return put(form, draft, None) if field.optional else None
    return _picked(form, field, draft, value) if action == "pick" else None


def _picked(form: Form, field: Field, draft: Draft, value: str) -> Draft | None:
    if field.option(value):
        return put(form, draft, value)
    number = field.type == "whole" and len(value) <= len(str(LARGEST)) and value.isdecimal()
    return put(form, draft, int(value)) if number else None


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """An answer typed into the form; `None` when the text is no answer to the question asked now."""
    draft = _draft(conversation)
    if draft is None or draft.at is None:
        return None
    form = load_form(draft.form)
    following = type_in(form, draft, text)
    return None if isinstance(following, Problem) else _show(desk, conversation, form, following)


def problem(desk: Desk, conversation: Conversation, text: str) -> Turn:
    """Say why a typed answer was not taken, and ask the same question again."""
    draft = _draft(conversation)
    assert draft is not None
    form = load_form(draft.form)
    found = type_in(form, draft, text) if draft.at else Problem("checkin-pick-one")
    said = desk.phrases.say(found.phrase if isinstance(found, Problem) else "checkin-pick-one")
    again = ask(form, draft, desk.phrases)
    return Turn((replace(again, text=f"{said}\n\n{again.text}"),), conversation)


def ask_again(desk: Desk, conversation: Conversation) -> Reply:
    """The question that waits, after something else was talked about in between."""
    draft = _draft(conversation)
    assert draft is not None
    again = ask(load_form(draft.form), draft, desk.phrases)
    return replace(again, text=desk.phrases.say("checkin-back-to-form", question=again.text))


def takes_text(conversation: Conversation) -> bool:
    """Whether the question asked now is answered by free text."""
    draft = _draft(conversation)
    field = load_form(draft.form).field(draft.at) if draft and draft.at else None
    return field is not None and field.type == "text"


def _start(desk: Desk, conversation: Conversation, period: str, nothing_new: bool) -> Turn:
    if desk.officer.role != "officer":
        return Turn((Reply(desk.phrases.say("checkin-not-officer")),), conversation)
    form = load_form(FORM)
    parked = _draft_in(conversation.parked)
    if parked is not None and parked.period == period:
        conversation = conversation.taken_up()
    for draft in (_draft(conversation), parked):
        if draft is not None and draft.period == period and not nothing_new:
            return _show(desk, conversation, form, draft)
    before = checkins.before(desk.connection, desk.union.code, FORM, period)
    standing = checkins.get(desk.connection, desk.union.code, FORM, period)
    fresh = begin(form, period, dict(before.answers) if before else {})
    if standing is not None:
        return _sent_already(desk, conversation, form, replace(fresh, answers=dict(standing.answers), at=None))
    if nothing_new and can_be_unchanged(form, fresh.last):
        fresh = unchanged(form, fresh)
    return _show(desk, conversation, form, fresh)


def _sent_already(desk: Desk, conversation: Conversation, form: Form, draft: Draft) -> Turn:
    """This month's figures came before: show them, and let them be corrected."""
    shown = _show(desk, conversation, form, draft)
    text = desk.phrases.say("checkin-already", summary=shown.replies[0].text)
    return replace(shown, replies=(replace(shown.replies[0], text=text),))


def _show(desk: Desk, conversation: Conversation, form: Form, draft: Draft) -> Turn:
    waiting = conversation.waiting_for(SUBJECT, to_json(draft))
    return Turn((ask(form, draft, desk.phrases),), waiting)


def _send(desk: Desk, conversation: Conversation, form: Form, draft: Draft) -> Turn:
    month = parse_period("calendar", "month", draft.period)
    kept = checkins.put(
        desk.connection,
        desk.union.code,
        form.id,
        form.version,
        draft.period,
        draft.answers,
        officer=desk.officer.id,
        late=desk.now.date() > check_in_closes(month, desk.timetable),
        now=desk.now,
    )
    text = desk.phrases.say(
        "checkin-corrected" if kept.revision > 1 else "checkin-receipt",
        month=month_name(draft.period, desk.phrases),
        number=kept.number,
        moment=desk.now,
        late="yes" if kept.late else "no",
    )
    return Turn((Reply(text),), conversation.at_rest())


def _which_line(desk: Desk, conversation: Conversation, form: Form, draft: Draft) -> Turn:
    return Turn((lines(form, draft, desk.phrases),), conversation)


def _cancel(desk: Desk, conversation: Conversation, _: Form, __: Draft) -> Turn:
    return Turn((Reply(desk.phrases.say("checkin-cancelled")),), conversation.at_rest())


def _old(desk: Desk, conversation: Conversation) -> Turn:
    """A button of a question that is over: say so and show what is open now, change nothing."""
    said = desk.phrases.say("old-button")
    draft = _draft(conversation)
    if draft is None:
        return Turn((Reply(said),), conversation)
    again = ask(load_form(draft.form), draft, desk.phrases)
    return Turn((replace(again, text=f"{said}\n\n{again.text}"),), conversation)


def _draft(conversation: Conversation) -> Draft | None:
    """The draft that the conversation waits with; one of an older form version goes on with what still fits."""
    return _draft_in(conversation.wait)


def _draft_in(wait: Wait | None) -> Draft | None:
    if wait is None or wait.subject != SUBJECT:
        return None
    draft = from_json(wait.data)
    form = load_form(draft.form)
    if draft.version == form.version:
        return draft
    known = {key: value for key, value in draft.answers.items() if form.field(key)}
    missing = next((field.key for field in form.fields if field.key not in known), None)
    return replace(draft, version=form.version, answers=known, at=missing, doubt=None, single=False)


AT_THE_SUMMARY: dict[str, Callable[[Desk, Conversation, Form, Draft], Turn]] = {
    "send": _send,
    "lines": _which_line,
    "show": _show,
    "cancel": _cancel,
}
