"""At the door: somebody whom no union has named, an invitation, the notice and the consent."""

from handlers import Incoming, Reply
from handlers.conversation import Conversation, Doorstep, Turn


def respond(doorstep: Doorstep, conversation: Conversation, incoming: Incoming) -> Turn:
    """What somebody hears whom no union has named: how to be let in, and nothing about anyone."""
    said = doorstep.phrases.say("stranger", channel=incoming.channel, address=incoming.address)
    return Turn((Reply(said),), conversation)
