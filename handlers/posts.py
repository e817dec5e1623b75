"""Somebody with several posts chooses for which of them they speak."""

from db import unions
from handlers import Choice, Reply
from handlers.conversation import Conversation, Desk, Turn


def choose(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """The posts of the person, the one they speak for now first; a tap shows its menu."""
    if len(desk.posts) == 1:
        said = desk.phrases.say("posts-one", union=desk.union.name)
        return Turn((Reply(said),), conversation)
    choices = []
    for post in desk.posts:
        union = unions.get(desk.connection, post.union, desk.today)
        name = union.name if union else post.union
        label = desk.phrases.say("posts-label", union=name, role=desk.phrases.say(f"role-{post.role}"))
        choices.append(Choice(f"menu:menu@{post.id}", label))
    text = desk.phrases.say("posts-list", count=len(desk.posts))
    return Turn((Reply(text, tuple(choices)),), conversation)
