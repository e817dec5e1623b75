"""Questions about the plans: an answer with its source, or an honest "not found"."""

from hashlib import blake2b

from handlers import Choice, Reply
from handlers.answering import spoken, wording_reply
from handlers.conversation import Conversation, Desk, Quoted, Turn
from handlers.phrasebook import Phrases
from knowledge.answers import answer

SUBJECT = "ask"


def respond(desk: Desk, conversation: Conversation, text: str) -> Turn:
    """Answer a question; the wording it rests on, and what did not fit the answer, are behind buttons."""
    found = answer(
        desk.library,
        text,
        union=desk.union.code,
        chain=desk.chain,
        history=conversation.asked,
        today=desk.now.date(),
    )
    phrases = Phrases(found.language)
    said = spoken(found, phrases)
    reply, following = said.reply, conversation.having_asked(text)
    if reply.citations:
        token = blake2b(f"{desk.now.isoformat()} {text}".encode(), digest_size=6).hexdigest()
        following = following.having_quoted(Quoted(token, reply.citations, said.rest))
        more = (Choice(f"{SUBJECT}:more:{token}", phrases.say("ask-see-more")),) if said.rest else ()
        wording = Choice(f"{SUBJECT}:words:{token}", phrases.say("ask-see-wording"))
        reply = Reply(reply.text, (*more, wording, *reply.choices), reply.citations)
    return Turn((reply,), following)


def found_something(turn: Turn) -> bool:
    """Whether a turn of this subject holds an answer with a source."""
    return any(reply.citations for reply in turn.replies)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """The wording behind an answer, or the rest of it, was asked for."""
    token = words[0] if words else ""
    quoted = next((each for each in conversation.quoted if each.token == token), None)
    if quoted and action == "words":
        return Turn((wording_reply(quoted.citations, desk.phrases),), conversation)
    if quoted and action == "more" and quoted.rest:
        wording = Choice(f"{SUBJECT}:words:{token}", desk.phrases.say("ask-see-wording"))
        return Turn((Reply(quoted.rest, (wording,), quoted.citations),), conversation)
    return Turn((Reply(desk.phrases.say("ask-wording-gone")),), conversation)
