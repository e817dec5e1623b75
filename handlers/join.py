"""At the door: somebody with a code, the offer and the notice, the consent; the same for officers with a further post
or a further channel."""

from dataclasses import dataclass, replace
from datetime import timedelta

from db import Invitation, conversations, invitations, officers, retention, unions
from handlers import Choice, Incoming, Reply, codes, personal
from handlers.choosing import chosen
from handlers.conversation import Conversation, Desk, Doorstep, Turn, to_json
from handlers.membership import KIND, NOTICE, Scene, take_up
from handlers.replies import for_post, letter
from knowledge.vietnamese import fold

SUBJECT = "join"

MOST_WRONG = 5
PAUSE = timedelta(hours=1)
"""After so many wrong codes within this time no code is looked at until an hour has passed without one."""

FOR_A_CHANNEL = timedelta(minutes=15)
"""How long somebody has to type the code in their other channel."""


@dataclass(frozen=True)
class Door:
    """Who stands at the door, and what is remembered of them: a stranger, or an officer with another code."""

    scene: Scene
    channel: str
    address: str
    conversation: Conversation
    desk: Desk | None = None


def respond(doorstep: Doorstep, conversation: Conversation, incoming: Incoming) -> Turn:
    """What somebody hears who holds no post: how to be let in, and nothing about anyone."""
    scene = Scene(doorstep.now, doorstep.connection, doorstep.phrases)
    turn = _at_the_door(Door(scene, doorstep.channel, doorstep.address, conversation), incoming)
    last = turn.replies[-1] if turn.replies else Reply("")
    return replace(turn, conversation=turn.conversation.offering(last, doorstep.now))


def start(desk: Desk, conversation: Conversation, code: str) -> Turn:
    """An officer opens the link of an invitation: "/start CODE"."""
    return _tried(_door_of(desk, conversation), code)


def typed_code(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """An officer types a code; `None` where the text is none, or none that anybody was given while a form is open."""
    if not codes.looks_like_one(text):
        return None
    if conversation.wait and invitations.find(desk.connection, codes.hashed(text)) is None:
        return None
    return _tried(_door_of(desk, conversation), text)


def another_channel(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """A code with which the same person can write from a further channel."""
    code = codes.fresh()
    invitations.make(
        desk.connection,
        codes.hashed(code),
        desk.union.code,
        desk.officer.role,
        invited_by=desk.officer.id,
        now=desk.now,
        expires_at=desk.now + FOR_A_CHANNEL,
        person=desk.officer.person,
    )
    minutes = int(FOR_A_CHANNEL.total_seconds() // 60)
    return Turn((Reply(desk.phrases.say("join-channel-code", code=code, minutes=minutes)),), conversation)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """An officer answers an offer."""
    return _chose(_door_of(desk, conversation), action, words)


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """No typed text is a consent but the label of its button, which is a choice."""
    return None


def problem(desk: Desk, conversation: Conversation, _: str) -> Turn:
    """The offer still waits for a clear answer."""
    return _unclear(_door_of(desk, conversation))


def ask_again(desk: Desk, conversation: Conversation) -> Reply:
    """The offer, after something else was talked about."""
    return _unclear(_door_of(desk, conversation)).replies[0]


def _door_of(desk: Desk, conversation: Conversation) -> Door:
    scene = Scene(desk.now, desk.connection, desk.phrases)
    return Door(scene, desk.officer.channel, desk.officer.address, conversation, desk)


def _at_the_door(door: Door, incoming: Incoming) -> Turn:
    text = incoming.text.strip()
    choice = incoming.choice or chosen(door.conversation.on_offer(door.scene.now), door.conversation.keys, text)
    subject, _, rest = (choice or "").partition(":")
    action, *words = rest.split(":")
    if subject == SUBJECT:
        return _chose(door, action, tuple(words))
    word, _, rest = text.partition(" ")
    code = rest if fold(word) == "/start" else text
    if codes.looks_like_one(code):
        return _tried(door, code)
    person = officers.person_at(door.scene.connection, door.channel, door.address)
    if person is not None and (subject == personal.SUBJECT or fold(word) == f"/{personal.COMMAND}"):
        return personal.at_the_door(door.scene, person, action, tuple(words))
    return _unclear(door) if _offer(door) else Turn((Reply(_who_are_you(door)),), Conversation())


def _who_are_you(door: Door) -> str:
    return door.scene.phrases.say("stranger", channel=door.channel, address=door.address)


def _tried(door: Door, text: str) -> Turn:
    """A code was typed: the offer behind it, or why there is none."""
    connection, now = door.scene.connection, door.scene.now
    before = invitations.wrong_since(connection, door.channel, door.address, now - PAUSE)
    if before >= MOST_WRONG:
        invitations.wrong(connection, door.channel, door.address, now)
        # Said when it began; who goes on trying hears nothing more, but an officer is never left without an answer.
        said = () if door.desk is None else (Reply(door.scene.phrases.say("join-paused")),)
        return Turn(said, door.conversation)
    hashed = codes.hashed(text)
    invitation = invitations.find(connection, hashed)
    if invitation is None:
        invitations.wrong(connection, door.channel, door.address, now)
        phrase = "join-paused" if before + 1 == MOST_WRONG else "join-wrong"
        return Turn((Reply(door.scene.phrases.say(phrase)),), door.conversation)
    over = _over(door, invitation)
    if over:
        return Turn((Reply(door.scene.phrases.say(over)),), door.conversation)
    waiting = door.conversation.put_off().waiting_for(SUBJECT, {"code": hashed})
    return Turn((_shown(door, invitation),), waiting)


def _over(door: Door, invitation: Invitation) -> str | None:
    """Why an invitation cannot be taken here, as the name of a phrase."""
    person = officers.person_at(door.scene.connection, door.channel, door.address)
    mine = door.desk.posts if door.desk else ()
    held = any((each.union, each.role) == (invitation.union, invitation.role) for each in mine)
    if invitation.used_at:
        return "join-already" if held and invitation.person is None else "join-used"
    if invitation.revoked_at:
        return "join-revoked"
    if invitation.expires_at <= door.scene.now:
        return "join-expired"
    if invitation.person is not None:
        return _over_as_channel(door, invitation.person, person)
    return "join-already" if held else None


def _over_as_channel(door: Door, owner: int, person: int | None) -> str | None:
    if owner == person:
        return "join-same-channel"
    if not any(post.until is None for post in officers.posts_of(door.scene.connection, owner)):
        return "join-expired"
    return "join-channel-of-another" if door.desk else None


def _shown(door: Door, invitation: Invitation) -> Reply:
    phrases, today = door.scene.phrases, door.scene.now.date()
    union = unions.get(door.scene.connection, invitation.union, today)
    above = unions.get(door.scene.connection, union.parent, today) if union and union.parent else None
    phrase = "join-offer" if invitation.person is None else "join-offer-channel"
    said = phrases.say(
        phrase,
        union=union.name if union else invitation.union,
        above=phrases.say("join-above", union=above.name) if above else "",
        role=phrases.say(f"role-{invitation.role}"),
    )
    notice = "" if _knows_the_notice(door) else "\n\n" + phrases.say("join-notice")
    choices = (
        Choice(f"join:yes:{invitation.id}", phrases.say("join-agree")),
        Choice(f"join:no:{invitation.id}", phrases.say("join-refuse")),
    )
    return Reply(said + notice, choices)


def _knows_the_notice(door: Door) -> bool:
    person = officers.person(door.scene.connection, door.desk.officer.person) if door.desk else None
    return person is not None and person.agreed_at is not None and person.notice == NOTICE


def _offer(door: Door) -> Invitation | None:
    """The invitation that the person is thinking about."""
    wait = door.conversation.wait
    if wait is None or wait.subject != SUBJECT:
        return None
    return invitations.find(door.scene.connection, wait.data["code"])


def _unclear(door: Door) -> Turn:
    invitation = _offer(door)
    if invitation is None:
        return Turn((Reply(door.scene.phrases.say("old-button")),), door.conversation.at_rest())
    shown = _shown(door, invitation)
    return Turn((replace(shown, text=door.scene.phrases.say("join-unclear")),), door.conversation)


def _chose(door: Door, action: str, words: tuple[str, ...]) -> Turn:
    invitation = _offer(door)
    if invitation is None or words != (str(invitation.id),):
        said = "old-button" if door.desk or invitation else "stranger"
        text = door.scene.phrases.say(said, channel=door.channel, address=door.address)
        return Turn((Reply(text),), door.conversation)
    if action != "yes":
        return _refused(door)
    over = _over(door, invitation)
    if over is None and not invitations.use(door.scene.connection, invitation.id, door.scene.now):
        over = "join-used"
    if over:
        return Turn((Reply(door.scene.phrases.say(over)),), door.conversation.at_rest())
    return _agreed(door, invitation)


def _refused(door: Door) -> Turn:
    """Somebody does not agree: nothing of them stays, not even that they were asked."""
    if door.desk:
        return Turn((Reply(door.scene.phrases.say("join-refused-post")),), door.conversation.at_rest())
    if officers.person_at(door.scene.connection, door.channel, door.address) is None:
        retention.forget_address(door.scene.connection, personal.BLANK, door.channel, door.address)
    return Turn((Reply(door.scene.phrases.say("join-refused")),), Conversation())


def _agreed(door: Door, invitation: Invitation) -> Turn:
    connection, now = door.scene.connection, door.scene.now
    invitations.forgive(connection, door.channel, door.address)
    if door.desk:
        rest = to_json(door.conversation.at_rest())
        conversations.save(connection, door.channel, door.address, rest, now, door.desk.officer.id)
    else:
        conversations.discard(connection, door.channel, door.address, conversations.NO_POST)
    if invitation.person is not None:
        return _with_channel(door, invitation, invitation.person)
    taken = take_up(door.scene, invitation, door.channel, door.address)
    return Turn((taken.reply,), taken.conversation, taken.letters, taken.officer.id)


def _with_channel(door: Door, invitation: Invitation, person: int) -> Turn:
    """The person is reached at this address too; the one where they asked for it hears of it."""
    connection, now = door.scene.connection, door.scene.now
    first = officers.post(connection, invitation.invited_by) if invitation.invited_by else None
    officers.forget_address(connection, door.channel, door.address)
    officers.add_address(connection, person, door.channel, door.address)
    officers.agree(connection, person, NOTICE, now)
    post = officers.posts_at(connection, door.channel, door.address)[0]
    said = Reply(door.scene.phrases.say("join-channel-added"))
    told = (letter(first, f"channel:{invitation.id}", KIND, said, now),) if first else ()
    menu = Choice("menu:menu", door.scene.phrases.say("membership-menu"))
    return Turn((for_post(replace(said, choices=(menu,)), post.id),), Conversation(), told, post.id)
