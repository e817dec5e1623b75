"""Questions about the plans: an answer with its source, or an honest "not found"."""

from hashlib import blake2b

from handlers import Choice, Reply
from handlers.answering import answer_reply, wording_reply
from handlers.conversation import Conversation, Desk, Quoted, Turn
from handlers.phrasebook import Phrases
from knowledge.answers import answer

SUBJECT = "ask"


def respond(desk: Desk, conversation: Conversation, text: str) -> Turn:
    """Answer a question; the wording it rests on is behind a button."""
    found = answer(
        desk.library,
        text,
        union=desk.union.code,
        chain=desk.chain,
        history=conversation.asked,
        today=desk.now.date(),
    )
    phrases = Phrases(found.language)
    reply = answer_reply(found, phrases)
    following = conversation.having_asked(text)
    if reply.citations:
        token = blake2b(f"{desk.now.isoformat()} {text}".encode(), digest_size=6).hexdigest()
        following = following.having_quoted(Quoted(token, reply.citations))
        button = Choice(f"{SUBJECT}:words:{token}", phrases.say("ask-see-wording"))
        reply = Reply(reply.text, (button, *reply.choices), reply.citations)
    return Turn((reply,), following)


def found_something(turn: Turn) -> bool:
    """Whether a turn of this subject holds an answer with a source."""
    return any(reply.citations for reply in turn.replies)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """The wording behind an answer was asked for."""
    token = words[0] if words else ""
    quoted = next((each for each in conversation.quoted if each.token == token), None)
    if action != "words" or quoted is None:
        return Turn((Reply(desk.phrases.say("ask-wording-gone")),), conversation)
    return Turn((wording_reply(quoted.citations, desk.phrases),), conversation)
