"""The monthly check-in: a minute of an officer's time, and a receipt."""

from collections.abc import Callable
from dataclasses import replace

from db import checkins, files
from handlers import Attachment, Reply
from handlers.at_once import Left, apply, is_clear, month_named, parse
from handlers.checkin_drafts import SUBJECT, holding, newest, open_draft, put_aside, usable
from handlers.checkin_sending import discard, form_of_sent, send, send_mine, show_history, show_sent
from handlers.conversation import Conversation, Desk, Turn
from handlers.drafts import Draft, Value, begin, can_be_unchanged, fits, put, unchanged
from handlers.form_steps import hear, tap, why_not
from handlers.form_talk import ask, can_be_sent_unchanged, lines
from handlers.forms import Form, form_for, form_of
from handlers.owing import FORM, check_in_periods
from knowledge.short_answers import is_no, is_nothing_new, is_yes
from knowledge.vietnamese import fold

__all__ = ["SUBJECT"]

WORDS = {
    "de sau": "later",
    "lat nua": "later",
    "mai lam tiep": "later",
    "later": "later",
    "quay lai": "back",
    "back": "back",
    "bo qua": "skip",
    "skip": "skip",
    "huy": "cancel",
    "cancel": "cancel",
    "gui": "send",
    "gui di": "send",
    "send": "send",
}
"""What people type instead of tapping, at whatever is asked."""


def open_now(desk: Desk, conversation: Conversation, rest: str = "") -> Turn:
    """Somebody asks to send figures without having been prompted, with what they wrote behind the command."""
    said = at_once(desk, conversation, rest, asked_for=True) if rest else None
    if said:
        return said
    period = _month_meant(desk, rest)
    if period is None:
        return Turn((Reply(desk.phrases.say("checkin-month-not-open")),), conversation)
    return _start(desk, conversation, period, nothing_new=False)


def at_once(desk: Desk, conversation: Conversation, text: str, *, asked_for: bool = False) -> Turn | None:
    """Figures that somebody wrote while nothing was asked ("dv 128, moi 3"); `None` where it is not clearly so."""
    if desk.officer.role != "officer":
        return None
    form = form_for(FORM, desk.union.sector)
    nothing_new, message = is_nothing_new(text), parse(form, text)
    clear = is_clear(form, message, desk.today) or (asked_for and bool(message.said))
    if not (nothing_new or clear):
        return None
    period = _month_meant(desk, text)
    if period is None:
        return Turn((Reply(desk.phrases.say("checkin-month-not-open")),), conversation)
    if nothing_new:
        return _start(desk, conversation, period, nothing_new=True)
    form, draft = _draft_for(desk, conversation, period)
    return _show(desk, conversation, form, *apply(form, draft, parse(form, text), desk.today))


def _month_meant(desk: Desk, text: str) -> str | None:
    """The month that somebody names or, without a name, the one to send; `None` for one that is not open."""
    named = month_named(text)
    if named is None:
        return _month_to_send(desk)
    months = [month for month, _ in check_in_periods(desk.timetable, desk.today)]
    return next((month.code for month in months if named in ((month.number, None), (month.number, month.year))), None)


def _month_to_send(desk: Desk) -> str:
    """Last month while its figures are still missing and this month's are not asked for yet, else this month."""
    (month, asked_on), (before, asked_before) = check_in_periods(desk.timetable, desk.today)
    missing = checkins.get(desk.connection, desk.union.code, FORM, before.code) is None
    owed = missing and asked_before >= desk.timetable.began and desk.today < asked_on
    return (before if owed else month).code


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice of the check-in was tapped: `words` are the period and, for a field, its key and the value."""
    period = words[0] if words else ""
    if action in OPENING:
        return OPENING[action](desk, conversation, period) or _old(desk, conversation)
    held = open_draft(desk, conversation)
    if action == "later" and (held is None or held[1].period == period):
        return _put_off(desk, conversation)
    if held is None or held[1].period != period:
        return _old(desk, conversation)
    form, draft = held
    if action in OF_THE_WHOLE:
        return OF_THE_WHOLE[action](desk, conversation, form, draft, words[1:]) or _old(desk, conversation)
    key, word = (*words[1:], "", "")[:2]
    following = tap(form, draft, action, key, word, desk.today)
    return _old(desk, conversation) if following is None else _show(desk, conversation, form, following)


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """An answer typed into the form; `None` when the text is no answer to the question asked now."""
    held = open_draft(desk, conversation)
    if held is None:
        return None
    form, draft = held
    action = WORDS.get(fold(text).strip(" .,"))
    if action:
        return _said(desk, conversation, form, draft, action)
    if draft.at is None and is_yes(text):
        return send(desk, conversation, form, draft)
    if draft.at is None and is_no(text):
        return Turn((lines(form, draft, desk.phrases),), conversation)
    heard = hear(form, draft, text, desk.today)
    return _show(desk, conversation, form, *heard) if heard else None


def _said(desk: Desk, conversation: Conversation, form: Form, draft: Draft, action: str) -> Turn | None:
    """A word typed instead of a tap; `None` where there is nothing that it could mean now."""
    if action == "later":
        return _put_off(desk, conversation)
    if action == "cancel":
        return discard(desk, conversation, draft, "checkin-cancelled")
    if action == "send":
        return send(desk, conversation, form, draft) if draft.at is None else None
    following = tap(form, draft, action, draft.at, "", desk.today) if draft.at else None
    return _show(desk, conversation, form, following) if following else None


def _quoted(left: Left, desk: Desk) -> str:
    if left.field is None:
        return desk.phrases.say("checkin-quoted", text=left.text)
    label = left.field.label.said_in(desk.phrases.language)
    return f"{label} {desk.phrases.say('checkin-quoted', text=left.text)}"


def filed(desk: Desk, conversation: Conversation, file: Attachment) -> Turn | None:
    """A photo or file, where the form asks for one; `None` where it does not."""
    held = open_draft(desk, conversation)
    if held is None or held[1].at is None:
        return None
    form, draft = held
    field = form.field(held[1].at)
    if field is None or field.type != "file":
        return None
    number = files.put(
        desk.connection, desk.union.code, desk.officer.id, file.name, file.media_type, file.content, desk.now
    )
    answered = put(form, replace(draft, files=(*draft.files, number)), {"file": number, "name": file.name})
    return _show(desk, conversation, form, answered)


def problem(desk: Desk, conversation: Conversation, text: str) -> Turn:
    """Say why a typed answer was not taken, and ask the same question again."""
    held = open_draft(desk, conversation)
    assert held is not None
    form, draft = held
    said = desk.phrases.say(why_not(form, draft, text, desk.today).phrase)
    again = ask(form, draft, desk.phrases, desk.today)
    return Turn((replace(again, text=f"{said}\n\n{again.text}"),), conversation)


def ask_again(desk: Desk, conversation: Conversation) -> Reply:
    """The question that waits, after something else was talked about in between."""
    held = open_draft(desk, conversation)
    assert held is not None
    again = ask(*held, desk.phrases, desk.today)
    return replace(again, text=desk.phrases.say("checkin-back-to-form", question=again.text))


def takes_text(conversation: Conversation) -> bool:
    """Whether the question asked now is answered by free text."""
    draft = newest(conversation)
    form = form_of(draft.form, draft.version) if draft else None
    field = form.field(draft.at) if form and draft and draft.at else None
    return field is not None and field.type == "text"


def cancel(desk: Desk, conversation: Conversation) -> Turn:
    """Give up the draft that is open, or the one that was put off last."""
    draft = newest(conversation)
    assert draft is not None
    return discard(desk, conversation, draft, "checkin-cancelled")


def _start(desk: Desk, conversation: Conversation, period: str, *, nothing_new: bool) -> Turn:
    if desk.officer.role != "officer":
        return Turn((Reply(desk.phrases.say("checkin-not-officer")),), conversation)
    held = put_aside(desk, conversation, period)
    if held and (not nothing_new or held[1].answers):
        return _show(desk, conversation, *held)
    standing = checkins.get(desk.connection, desk.union.code, FORM, period)
    if standing is not None:
        return show_sent(desk, conversation, standing)
    form, draft = _draft_for(desk, conversation, period)
    if nothing_new and can_be_unchanged(form, draft.last):
        draft = unchanged(form, draft)
    return _show(desk, conversation, form, draft)


def _draft_for(desk: Desk, conversation: Conversation, period: str) -> tuple[Form, Draft]:
    """The unfinished draft of a month, a correction of what was sent for it, or a fresh one."""
    held = put_aside(desk, conversation, period)
    if held:
        return held
    standing = checkins.get(desk.connection, desk.union.code, FORM, period)
    before = checkins.before(desk.connection, desk.union.code, FORM, period)
    form = form_of_sent(desk, standing) if standing else form_for(FORM, desk.union.sector)
    fresh = begin(form, period, _fitting(form, before.answers if before else {}), standing.revision if standing else 0)
    return usable(desk, replace(fresh, answers=_fitting(form, standing.answers), at=None) if standing else fresh)


def _fitting(form: Form, answers: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in answers.items() if (field := form.field(key)) and fits(field, value)}


def _opened(desk: Desk, conversation: Conversation, period: str, *, nothing_new: bool = False) -> Turn | None:
    """The figures of a month that is open; a button of an older prompt opens nothing."""
    if any(month.code == period for month, _ in check_in_periods(desk.timetable, desk.today)):
        return _start(desk, conversation, period, nothing_new=nothing_new)
    return None


def _correct(desk: Desk, conversation: Conversation, period: str) -> Turn | None:
    """From what was sent to the line that is to be changed."""
    if desk.officer.role != "officer" or _opened(desk, conversation, period) is None:
        return None
    form, draft = _draft_for(desk, conversation, period)
    if draft.at is not None:
        return _show(desk, conversation, form, draft)
    return Turn((lines(form, draft, desk.phrases),), holding(conversation, draft))


def _history(desk: Desk, conversation: Conversation, period: str) -> Turn | None:
    return show_history(desk, conversation, period) if desk.officer.role == "officer" else None


def _show(desk: Desk, conversation: Conversation, form: Form, draft: Draft, left: tuple[Left, ...] = ()) -> Turn:
    """What comes next in the draft, after what was not understood of what was written."""
    shown = ask(form, draft, desk.phrases, desk.today)
    if left:
        parts = "; ".join(_quoted(each, desk) for each in left)
        said = desk.phrases.say("checkin-not-understood", parts=parts)
        shown = replace(shown, text=f"{said}\n\n{shown.text}")
    return Turn((shown,), holding(conversation, draft))


def _put_off(desk: Desk, conversation: Conversation) -> Turn:
    return Turn((Reply(desk.phrases.say("checkin-put-off")),), conversation.put_off())


def _same(desk: Desk, conversation: Conversation, form: Form, draft: Draft, _: tuple[str, ...]) -> Turn | None:
    """All as last month, sent at once: the officer has just read what that is."""
    if draft.at != form.fields[0].key or not can_be_sent_unchanged(form, draft):
        return None
    return send(desk, conversation, form, unchanged(form, draft))


def _send(desk: Desk, conversation: Conversation, form: Form, draft: Draft, _: tuple[str, ...]) -> Turn | None:
    return send(desk, conversation, form, draft) if draft.at is None else None


def _mine(desk: Desk, conversation: Conversation, form: Form, draft: Draft, words: tuple[str, ...]) -> Turn | None:
    return send_mine(desk, conversation, form, draft, words[0]) if draft.at is None and words else None


def _keep(desk: Desk, conversation: Conversation, _: Form, draft: Draft, __: tuple[str, ...]) -> Turn | None:
    return discard(desk, conversation, draft, "checkin-kept-theirs") if draft.at is None else None


def _which_line(desk: Desk, conversation: Conversation, form: Form, draft: Draft, _: tuple[str, ...]) -> Turn | None:
    return Turn((lines(form, draft, desk.phrases),), conversation) if draft.at is None else None


def _summary(desk: Desk, conversation: Conversation, form: Form, draft: Draft, _: tuple[str, ...]) -> Turn | None:
    return _show(desk, conversation, form, draft) if draft.at is None else None


def _cancelled(desk: Desk, conversation: Conversation, _: Form, draft: Draft, __: tuple[str, ...]) -> Turn | None:
    return discard(desk, conversation, draft, "checkin-cancelled") if draft.at is None else None


def _old(desk: Desk, conversation: Conversation) -> Turn:
    """A button of a question that is over: say so and show what is open now, change nothing."""
    said = desk.phrases.say("old-button")
    held = open_draft(desk, conversation)
    if held is None:
        return Turn((Reply(said),), conversation)
    again = ask(*held, desk.phrases, desk.today)
    return Turn((replace(again, text=f"{said}\n\n{again.text}"),), conversation)


OPENING: dict[str, Callable[[Desk, Conversation, str], Turn | None]] = {
    "start": _opened,
    "unchanged": lambda desk, conversation, period: _opened(desk, conversation, period, nothing_new=True),
    "correct": _correct,
    "history": _history,
}

OF_THE_WHOLE: dict[str, Callable[[Desk, Conversation, Form, Draft, tuple[str, ...]], Turn | None]] = {
    "same": _same,
    "send": _send,
    "mine": _mine,
    "keep": _keep,
    "lines": _which_line,
    "show": _summary,
    "cancel": _cancelled,
}
