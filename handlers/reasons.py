"""Whether what was typed as a reason says anything to whoever reads it; one that does not is asked for once more."""

import re
from dataclasses import replace

from handlers.conversation import Conversation
from handlers.sayings import meanings
from knowledge.vietnamese import fold

FEWEST_WORDS = 2
"""A single word leaves the reader guessing."""

ASKED = "asked_once_more"


def asked_once_more(conversation: Conversation, text: str) -> Conversation | None:
    """The talk in which the reason is asked for again; `None` where the text is one, or where it was asked before:
    whoever insists is not asked a third time."""
    wait = conversation.wait
    if wait is None or wait.data.get(ASKED) or says_why(text):
        return None
    return replace(conversation, wait=replace(wait, data=wait.data | {ASKED: True}))


def says_why(text: str) -> bool:
    """Whether a text is a reason: two words at least, and not only "ok", "thanks" or a word of command."""
    words = re.findall(r"[a-z]+", fold(text))
    return len(words) >= FEWEST_WORDS and not meanings(text)
