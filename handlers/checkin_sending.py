"""Sending a check-in: the receipt and something back for the effort, unless somebody else was quicker."""

from collections.abc import Mapping
from dataclasses import replace

from db import CheckIn, checkins, files
from handlers import Reply
from handlers.checkin_drafts import holding, without
from handlers.checkin_words import against_before, history, other_sent, receipt, sent_already
from handlers.conversation import Conversation, Desk, Turn
from handlers.drafts import Draft
from handlers.forms import Form, form_for, form_of
from handlers.months import month_name
from handlers.owing import FORM, check_in_closes
from handlers.progress_figures import progress_lines
from scheduler.report_calendar import parse_period


def send(desk: Desk, conversation: Conversation, form: Form, draft: Draft) -> Turn:
    """Keep the figures, and say so with what they come to; what somebody else sent meanwhile is shown first."""
    standing = checkins.get(desk.connection, desk.union.code, form.id, draft.period)
    if standing and standing.answers == draft.answers:
        said = desk.phrases.say("checkin-same-as-sent", month=month_name(draft.period, desk.phrases))
        return Turn((Reply(said),), without(conversation, draft.period))
    if standing and standing.revision > draft.seen:
        shown = other_sent(form, standing, draft.answers, desk.officer.id, desk.phrases)
        return Turn((shown,), holding(conversation, draft))
    late = is_closed(desk, draft.period)
    kept = checkins.put(
        desk.connection,
        desk.union.code,
        form.id,
        form.version,
        draft.period,
        draft.answers,
        officer=desk.officer.id,
        late=late,
        now=desk.now,
    )
    _drop_files(desk, draft, draft.answers)
    return Turn((Reply(_said(desk, form, kept, closed=late)),), without(conversation, draft.period))


def send_mine(desk: Desk, conversation: Conversation, form: Form, draft: Draft, revision: str) -> Turn:
    """Send a draft as the correction of what somebody else sent, which was shown as this revision."""
    seen = int(revision) if revision.isdecimal() and len(revision) < 6 else draft.seen
    return send(desk, conversation, form, replace(draft, seen=max(seen, draft.seen)))


def discard(desk: Desk, conversation: Conversation, draft: Draft, phrase: str) -> Turn:
    """Give up a draft without a trace."""
    standing = checkins.get(desk.connection, desk.union.code, draft.form, draft.period)
    _drop_files(desk, draft, standing.answers if standing else {})
    said = desk.phrases.say(phrase, month=month_name(draft.period, desk.phrases))
    return Turn((Reply(said),), without(conversation, draft.period))


def _drop_files(desk: Desk, draft: Draft, answers: Mapping[str, object]) -> None:
    """Forget the files that were sent for a draft and are no answer of it."""
    wanted = {value["file"] for value in answers.values() if isinstance(value, dict)}
    files.drop(desk.connection, [number for number in draft.files if number not in wanted])


def _said(desk: Desk, form: Form, kept: CheckIn, *, closed: bool) -> str:
    before = checkins.before(desk.connection, desk.union.code, form.id, kept.period)
    progress = progress_lines(desk.connection, desk.library, desk.union.code, desk.today, desk.phrases)
    parts = [
        receipt(kept, desk.phrases, closed=closed),
        against_before(form, kept, before, desk.phrases),
        desk.phrases.say("checkin-progress") if progress else None,
        *progress,
    ]
    return "\n".join(part for part in parts if part)


def is_closed(desk: Desk, period: str) -> bool:
    """Whether the figures of a month count as late by now."""
    return desk.today > check_in_closes(parse_period("calendar", "month", period), desk.timetable)


def show_sent(desk: Desk, conversation: Conversation, standing: CheckIn) -> Turn:
    """What stands for a month, with the ways to correct it."""
    note = ""
    if is_closed(desk, standing.period):
        day = check_in_closes(parse_period("calendar", "month", standing.period), desk.timetable)
        note = desk.phrases.say("checkin-already-closed", day=day)
    form, post = form_of_sent(desk, standing), desk.officer.id
    shown = sent_already(form, standing, post, standing.revision > 1, note, desk.phrases)
    return Turn((shown,), conversation)


def show_history(desk: Desk, conversation: Conversation, period: str) -> Turn | None:
    """Everything that was sent for a month; `None` where nothing was."""
    sent = checkins.revisions(desk.connection, desk.union.code, FORM, period)
    if not sent:
        return None
    return Turn((history(form_of_sent(desk, sent[-1]), sent, desk.officer.id, desk.phrases),), conversation)


def form_of_sent(desk: Desk, sent: CheckIn) -> Form:
    """The form that figures were given to, or that of today where it is no longer in use."""
    return form_of(sent.form, sent.version) or form_for(sent.form, desk.union.sector)
