"""Staff at work on their organisation: who holds which post, invitations, handover; always inside their subtree."""

import re
from collections.abc import Callable

from db import Role, audit, invitations
from handlers import Choice, Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.inviting import invite
from handlers.membership import Scene, hand_over_at_once, leave
from handlers.sayings import meanings
from handlers.staff_pages import holders_page, invitations_page, log_page, matching, union_page, unions_page
from handlers.staff_scope import may, post_of, roles, union_of
from knowledge import Union

SUBJECT = "staff"
ROLES: dict[str, Role] = {"o": "officer", "s": "staff", "a": "administrator"}


def open_list(desk: Desk, conversation: Conversation, rest: str = "") -> Turn:
    """`/moi` and `/donvi`: the unions of the subtree to choose from, or at once the one that was named."""
    waiting = conversation.put_off().waiting_for(SUBJECT, {"query": "", "for": ""})
    if rest:
        return typed(desk, waiting, rest) or _said(desk, waiting, "staff-no-union")
    return Turn((unions_page(desk, waiting, 0),), waiting)


def open_invitations(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """`/loimoi`: the invitations that wait, to be revoked."""
    return Turn((invitations_page(desk, 0),), conversation)


def open_log(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """`/nhatky`: what staff have done in the subtree."""
    return Turn((log_page(desk, None),), conversation)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice of the staff's pages was tapped."""
    step = STEPS.get(action)
    turn = step(desk, conversation, words) if step and words else None
    return turn or _said(desk, conversation, "old-button")


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """A code or a name, or a part of one; `None` where no union of the subtree is called like that."""
    # A word of command is near enough to "district" to be taken for a part of a name.
    found = () if meanings(text) else matching(desk, text)
    if len(found) == 1:
        return _picked(desk, conversation, found[0])
    if not found or conversation.wait is None:
        return None
    waiting = conversation.waiting_for(SUBJECT, conversation.wait.data | {"query": text})
    return Turn((unions_page(desk, waiting, 0),), waiting)


def problem(desk: Desk, conversation: Conversation, _: str) -> Turn:
    """No union of the subtree is called like that."""
    return _said(desk, conversation, "staff-no-union")


def ask_again(desk: Desk, conversation: Conversation) -> Reply:
    """The list, after something else was talked about."""
    return unions_page(desk, conversation, 0)


def _said(desk: Desk, conversation: Conversation, phrase: str) -> Turn:
    return Turn((Reply(desk.phrases.say(phrase)),), conversation)


def _picked(desk: Desk, conversation: Conversation, union: Union) -> Turn:
    """A union was chosen: its page, or the people in it, where somebody is sought who takes over a post."""
    sought = str(conversation.wait.data["for"]) if conversation.wait and conversation.wait.subject == SUBJECT else ""
    resting = conversation.at_rest() if conversation.wait and conversation.wait.subject == SUBJECT else conversation
    old = post_of(desk, sought)
    if old is None:
        return Turn((union_page(desk, union),), resting)
    found = holders_page(desk, old, union)
    return Turn((found,), conversation if not found.choices else resting)


def _number(word: str) -> int | None:
    """A number in a choice; `None` for anything that no choice of ours holds."""
    return int(word) if re.fullmatch(r"[0-9]{1,9}", word) else None


def _list(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    page = _number(words[0])
    if conversation.wait is None or conversation.wait.subject != SUBJECT or page is None:
        return None
    return Turn((unions_page(desk, conversation, page),), conversation)


def _union(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    union = union_of(desk, words[0])
    return _picked(desk, conversation, union) if union else None


def _make(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """A new invitation."""
    union, role = union_of(desk, words[0]), ROLES.get(words[-1])
    if union is None or role not in roles(desk, union):
        return None
    return _invited(desk, conversation, union, role)


def _invited(desk: Desk, conversation: Conversation, union: Union, role: Role, replaces: int | None = None) -> Turn:
    offer = invite(
        desk.connection,
        union.code,
        role,
        invited_by=desk.officer.id,
        bot_name=desk.timetable.bot_name,
        now=desk.now,
        replaces=replaces,
    )
    choice = Choice(f"staff:drop:{offer.id}", desk.phrases.say("invite-revoke"))
    return Turn((Reply(offer.in_words(union.name, desk.phrases), (choice,), file=offer.picture()),), conversation)


def _drop(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """Revoke an invitation."""
    number = _number(words[0])
    invitation = invitations.get(desk.connection, number) if number is not None else None
    union = union_of(desk, invitation.union) if invitation and invitation.person is None else None
    if invitation is None or union is None or not may(desk, union, invitation.role):
        return None
    if invitation.used_at or invitation.revoked_at or invitation.expires_at <= desk.now:
        return None
    invitations.revoke(desk.connection, [invitation.id], desk.now)
    _note(desk, "revoked", union.code, {"invitation": invitation.id})
    return Turn((Reply(desk.phrases.say("invite-revoked", union=union.name)),), conversation)


def _hand(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """To whom a post is to be handed over."""
    old = post_of(desk, words[0])
    if old is None:
        return None
    phrases = desk.phrases
    choices = (
        Choice(f"staff:new:{old.id}", phrases.say("handover-invite")),
        Choice(f"staff:who:{old.id}", phrases.say("handover-somebody")),
        Choice(f"staff:end:{old.id}", phrases.say("handover-nobody")),
    )
    union = Scene(desk.now, desk.connection, phrases).name_of(old.union)
    return Turn((Reply(phrases.say("handover-to-whom", union=union), choices),), conversation)


def _new(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """Hand over to somebody new: an invitation that replaces the post."""
    old = post_of(desk, words[0])
    union = union_of(desk, old.union) if old else None
    return _invited(desk, conversation, union, old.role, old.id) if old and union else None


def _who(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """Hand over to somebody who has a post already: in which union?"""
    if post_of(desk, words[0]) is None:
        return None
    waiting = conversation.put_off().waiting_for(SUBJECT, {"query": "", "for": words[0]})
    return Turn((unions_page(desk, waiting, 0),), waiting)


def _give(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """Ask once more before a post is handed over at once."""
    old, successor = post_of(desk, words[0]), post_of(desk, words[-1])
    if old is None or successor is None or old.person == successor.person:
        return None
    scene = Scene(desk.now, desk.connection, desk.phrases)
    choices = (
        Choice(f"staff:swap:{old.id}:{successor.id}", desk.phrases.say("handover-yes")),
        Choice(f"staff:union:{old.union}", desk.phrases.say("handover-no")),
    )
    said = desk.phrases.say("handover-sure", union=scene.name_of(old.union), other=scene.name_of(successor.union))
    return Turn((Reply(said, choices, keys="words"),), conversation)


def _swap(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """Hand over at once."""
    old, successor = post_of(desk, words[0]), post_of(desk, words[-1])
    if old is None or successor is None or old.person == successor.person:
        return None
    scene = Scene(desk.now, desk.connection, desk.phrases)
    letters = hand_over_at_once(scene, old, successor)
    _note(desk, "gave-over", old.union, {"from": old.id, "to": successor.id})
    said = desk.phrases.say("handover-done", union=scene.name_of(old.union))
    return Turn((Reply(said),), conversation, letters)


def _end(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """Ask once more before a post ends without a successor."""
    old = post_of(desk, words[0])
    if old is None:
        return None
    union = Scene(desk.now, desk.connection, desk.phrases).name_of(old.union)
    choices = (
        Choice(f"staff:stop:{old.id}", desk.phrases.say("end-yes")),
        Choice(f"staff:union:{old.union}", desk.phrases.say("handover-no")),
    )
    return Turn((Reply(desk.phrases.say("end-sure", union=union), choices, keys="words"),), conversation)


def _stop(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """End a post without a successor."""
    old = post_of(desk, words[0])
    if old is None or old.id == desk.officer.id:
        return None
    scene = Scene(desk.now, desk.connection, desk.phrases)
    letters = leave(scene, old)
    _note(desk, "ended", old.union, {"post": old.id})
    return Turn((Reply(desk.phrases.say("end-done", union=scene.name_of(old.union))),), conversation, letters)


def _open(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    page = _number(words[0])
    return None if page is None else Turn((invitations_page(desk, page),), conversation)


def _log(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    before = _number(words[0])
    return None if before is None else Turn((log_page(desk, before),), conversation)


def _note(desk: Desk, action: str, union: str, details: dict[str, int]) -> None:
    audit.note(desk.connection, desk.officer.id, action, union, details, desk.now)


STEPS: dict[str, Callable[[Desk, Conversation, tuple[str, ...]], Turn | None]] = {
    "list": _list,
    "union": _union,
    "make": _make,
    "drop": _drop,
    "hand": _hand,
    "new": _new,
    "who": _who,
    "give": _give,
    "swap": _swap,
    "end": _end,
    "stop": _stop,
    "open": _open,
    "log": _log,
}
