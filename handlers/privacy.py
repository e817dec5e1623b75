"""`/quyenriengtu`: what is stored about me, a copy of it, and the right to be forgotten (law 91/2025/QH15)."""

from db import conversations
from handlers import personal
from handlers.conversation import Conversation, Desk, Turn
from handlers.membership import Scene

SUBJECT = personal.SUBJECT


def overview(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """What is stored about the person who asks."""
    return tapped(desk, conversation, "show", ())


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice of the overview was tapped."""
    scene = Scene(desk.now, desk.connection, desk.phrases)
    said = personal.answer(scene, desk.officer.person, action, words)
    if said.forgotten:
        return Turn((said.reply,), Conversation(), said.letters, conversations.NO_POST)
    return Turn((said.reply,), conversation, said.letters)
