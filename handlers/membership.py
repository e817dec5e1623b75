"""Posts change hands: somebody takes one, hands it over, leaves it; what stays with the union, and who is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from db import Invitation, Letter, Officer, audit, conversations, handover, invitations, officers, unions
from db.store import Connection
from handlers import Choice, Reply
from handlers.conversation import Conversation, from_json, to_json
from handlers.phrasebook import Phrases
from handlers.replies import for_post, letter
from handlers.replies import from_json as reply_from_json
from handlers.replies import to_json as reply_to_json

KIND = "notice"
NOTICE = 1
"""The version of the notice that people agree to; raised when it says something new."""

DRAFTS = ("checkin", "report")
"""The subjects whose unfinished work belongs to the union."""


@dataclass(frozen=True)
class Scene:
    """Where a post changes hands: the moment, the open transaction, the language."""

    now: datetime
    connection: Connection
    phrases: Phrases

    def name_of(self, union: str) -> str:
        """How a union is called."""
        found = unions.get(self.connection, union, self.now.date())
        return found.name if found else union


@dataclass(frozen=True)
class Taken:
    """A post that somebody has taken over, the talk they find there, what they are told, and what others hear."""

    officer: Officer
    conversation: Conversation
    reply: Reply
    letters: tuple[Letter, ...]


def take_up(scene: Scene, invitation: Invitation, channel: str, address: str) -> Taken:
    """Whoever writes from this address has agreed: give them the post that the invitation offers, which was used."""
    connection, now = scene.connection, scene.now
    old = officers.post(connection, invitation.replaces) if invitation.replaces else None
    person = officers.person_at(connection, channel, address)
    if person is None:
        person = officers.add_person(connection, channel, address, now)
    officers.agree(connection, person, NOTICE, now)
    new = officers.give_post(connection, person, invitation.union, invitation.role, channel, address, now)
    audit.note(connection, new.id, "joined", new.union, {"invitation": invitation.id}, now)
    conversation, letters = hand_over(scene, old, new) if old else (Conversation(), ())
    if old:
        audit.note(connection, new.id, "handed-over", old.union, {"from": old.id, "to": new.id}, now)
    officers.heard(connection, new.channel, new.address, now)
    beside = [each for each in officers.holders(connection, new.union, new.role) if each.person != person]
    told = (*letters, *_told_beside(scene, new, beside), *_told_inviter(scene, invitation, new))
    return Taken(new, conversation, welcome(scene, new, conversation, len(beside)), told)


def hand_over(scene: Scene, old: Officer, new: Officer) -> tuple[Conversation, tuple[Letter, ...]]:
    """The old holder leaves and the new one goes on: gives the talk that is not finished, and the word to the old."""
    conversation = _unfinished(scene.connection, old.id)
    handover.pass_letters(scene.connection, old, new, _meant_for(new), scene.now)
    handover.forget_talks(scene.connection, old.id)
    invitations.pass_on(scene.connection, old.id, new.id)
    officers.leave_post(scene.connection, old.id, scene.now)
    said = scene.phrases.say("membership-handed-over", union=scene.name_of(old.union))
    return conversation, (letter(old, f"left:{old.id}", KIND, Reply(said), scene.now),)


def hand_over_at_once(scene: Scene, old: Officer, successor: Officer) -> tuple[Letter, ...]:
    """Give the post of `old` to somebody who has another post already, perhaps the same one; both hear of it."""
    new = _held_beside(scene, old, successor.person) or _given_beside(scene, old, successor)
    taken, letters = hand_over(scene, old, new)
    mine = from_json(conversations.load(scene.connection, new.channel, new.address, new.id))
    if taken.parked and mine.wait is None and mine.parked is None:
        state = to_json(replace(mine, parked=taken.parked))
        conversations.save(scene.connection, new.channel, new.address, state, scene.now, new.id)
    key = f"took-over:{old.id}:{new.id}"
    return (*letters, letter(new, key, KIND, welcome(scene, new, taken, 0), scene.now))


def _held_beside(scene: Scene, old: Officer, person: int) -> Officer | None:
    holders = officers.holders(scene.connection, old.union, old.role)
    return next((each for each in holders if each.person == person), None)


def _given_beside(scene: Scene, old: Officer, successor: Officer) -> Officer:
    """A further post for somebody who goes on speaking for the one they are at: a figure typed now is meant there."""
    connection, channel, address = scene.connection, successor.channel, successor.address
    speaking = officers.at_address(connection, channel, address)
    new = officers.give_post(connection, successor.person, old.union, old.role, channel, address, scene.now)
    officers.speak_for(connection, channel, address, speaking.id if speaking else new.id)
    return new


def leave(scene: Scene, old: Officer) -> tuple[Letter, ...]:
    """The post ends without a successor: access ends at once, its open invitations too, and the old holder hears."""
    connection, now = scene.connection, scene.now
    handover.pass_letters(connection, old, None, _meant_for(old), now)
    handover.forget_talks(connection, old.id)
    for offers in ({"invited_by": old.id}, {"replaces": old.id}):
        idle = [each.id for each in invitations.waiting(connection, now, **offers)]
        invitations.revoke(connection, idle, now)
    officers.leave_post(connection, old.id, now)
    said = scene.phrases.say("membership-ended", union=scene.name_of(old.union))
    return (letter(old, f"left:{old.id}", KIND, Reply(said), now),)


def told_above(scene: Scene, union: str, phrase: str) -> Iterator[Letter]:
    """The same word to the staff nearest above a union."""
    for code in unions.chain(scene.connection, union, scene.now.date())[1:]:
        holders = officers.holders(scene.connection, code)
        staff = [each for each in holders if each.role != "officer"]
        for each in staff:
            said = Reply(scene.phrases.say(phrase, union=scene.name_of(union)))
            yield letter(each, f"{phrase}:{union}:{scene.now.isoformat()}:{each.id}", KIND, said, scene.now)
        if staff:
            return


def welcome(scene: Scene, new: Officer, conversation: Conversation, beside: int) -> Reply:
    """What the new holder of a post reads."""
    phrases = scene.phrases
    parts = [phrases.say("membership-welcome", union=scene.name_of(new.union), role=phrases.say(f"role-{new.role}"))]
    if beside:
        parts.append(phrases.say("membership-beside", count=beside + 1))
    if sum(post.until is None for post in officers.posts_of(scene.connection, new.person)) > 1:
        parts.append(phrases.say("membership-several"))
    if conversation.parked:
        parts.append(phrases.say("membership-draft", subject=conversation.parked.subject))
    menu = Choice("menu:menu", phrases.say("membership-menu"))
    return for_post(Reply("\n".join(parts), (menu,)), new.id)


def _unfinished(connection: Connection, post: int) -> Conversation:
    """A talk in which nothing was said yet, with the form that the post had open or put off."""
    for state in handover.states_of(connection, post):
        talk = from_json(state)
        for wait in (talk.wait, talk.parked):
            if wait and wait.subject in DRAFTS:
                return replace(Conversation(), parked=wait)
    return Conversation()


def _meant_for(new: Officer) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Rewrites the body of a letter so that its choices mean the post of `new`."""

    def rewritten(body: dict[str, Any]) -> dict[str, Any]:
        reply = reply_from_json(body)
        choices = tuple(replace(choice, id=choice.id.partition("@")[0]) for choice in reply.choices)
        return reply_to_json(for_post(replace(reply, choices=choices), new.id))

    return rewritten


def _told_beside(scene: Scene, new: Officer, others: list[Officer]) -> Iterator[Letter]:
    said = Reply(scene.phrases.say("membership-another", union=scene.name_of(new.union), count=len(others) + 1))
    for each in others:
        yield letter(each, f"beside:{new.id}:{each.id}", KIND, said, scene.now)


def _told_inviter(scene: Scene, invitation: Invitation, new: Officer) -> Iterator[Letter]:
    inviter = officers.post(scene.connection, invitation.invited_by) if invitation.invited_by else None
    if inviter is not None:
        union, role = scene.name_of(new.union), scene.phrases.say(f"role-{new.role}")
        said = Reply(scene.phrases.say("membership-joined", union=union, role=role))
        yield letter(inviter, f"joined:{invitation.id}:{inviter.id}", KIND, said, scene.now)
