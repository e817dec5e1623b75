"""The unfinished check-ins that a conversation keeps: the one being filled, and those of other months beside it."""

from dataclasses import replace

from handlers.conversation import Conversation, Desk, Wait
from handlers.drafts import Draft, fitted, from_json, to_json
from handlers.forms import Form, form_for, form_of

SUBJECT = "checkin"


def open_draft(desk: Desk, conversation: Conversation) -> tuple[Form, Draft] | None:
    """The draft that the conversation waits with, and its form; one of a form no longer in use goes on in the form of
    today with the answers that still fit."""
    drafts = _drafts(conversation.wait)
    return usable(desk, drafts[0]) if drafts else None


def put_aside(desk: Desk, conversation: Conversation, period: str) -> tuple[Form, Draft] | None:
    """The unfinished draft of a month, wherever the conversation keeps it."""
    drafts = (*_drafts(conversation.wait), *_drafts(conversation.parked))
    return next((usable(desk, draft) for draft in drafts if draft.period == period), None)


def usable(desk: Desk, draft: Draft) -> tuple[Form, Draft]:
    """A draft with the form that it goes on in."""
    own = form_of(draft.form, draft.version)
    if own:
        return own, draft
    form = form_for(draft.form, desk.union.sector)
    return form, fitted(form, draft)


def holding(conversation: Conversation, draft: Draft) -> Conversation:
    """The conversation, waiting for answers to this draft; drafts of other months stay beside it."""
    others = (*_drafts(conversation.wait), *_drafts(conversation.parked))
    kept = [to_json(other) for other in others if other.period != draft.period]
    aside = conversation.taken_up() if _drafts(conversation.parked) else conversation
    data = {**to_json(draft), "others": kept}
    return aside.waiting_for(SUBJECT, data, lasting=True)


def without(conversation: Conversation, period: str) -> Conversation:
    """The conversation at rest, without the draft of this month; those of other months can be taken up again."""
    others = (*_drafts(conversation.wait), *_drafts(conversation.parked))
    kept = [to_json(other) for other in others if other.period != period]
    mine = conversation.wait is not None and conversation.wait.subject == SUBJECT
    rest = conversation.at_rest() if mine else conversation
    if not kept:
        return rest.taken_up() if _drafts(conversation.parked) else rest
    return replace(rest, parked=Wait(SUBJECT, {**kept[0], "others": kept[1:]}, lasting=True))


def newest(conversation: Conversation) -> Draft | None:
    """The draft that was worked on last."""
    return next(iter((*_drafts(conversation.wait), *_drafts(conversation.parked))), None)


def _drafts(wait: Wait | None) -> tuple[Draft, ...]:
    if wait is None or wait.subject != SUBJECT:
        return ()
    return tuple(from_json(data) for data in (wait.data, *wait.data.get("others", ())))
