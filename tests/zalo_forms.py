"""What would make a reply worse where everything is typed: Zalo has no buttons, and a message ends at 2,000 units."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.channels.zalo import Zalo
from bot.rendering import render, units
from handlers import Reply
from handlers.choosing import KEY, chosen, keys_of

MOST_KEYS = 12
"""More numbered lines than these are a page of their own on a telephone."""

LINK = "https://bot.example/files/412-1742693400-0123456789abcdef0123456789abcdef"
TAPPING = re.compile(r"\b(?:bấm|nút)\b", re.IGNORECASE)


def faults(reply: Reply) -> Iterator[str]:
    """What is wrong with a reply in its Zalo form, in words."""
    messages = render(reply, Zalo.limits, LINK if reply.file else "")
    keys, labels = keys_of(reply.choices, reply.keys), [choice.label for choice in reply.choices]
    if any(units(message.text) > Zalo.limits.characters for message in messages):
        yield "longer than a message"
    if sum(map(bool, keys)) > MOST_KEYS:
        yield f"{len(keys)} lines to choose from"
    if messages and not all(label in messages[-1].text for label in labels):
        yield "the choices stand in more than one message"
    if TAPPING.search(re.sub(r"“[^”]*”", "", reply.text)):
        yield "speaks of tapping"
    yield from (f"{label!r} stands there twice" for label, count in Counter(labels).items() if count > 1)
    for choice, key in zip(reply.choices, keys, strict=True):
        if chosen(reply.choices, reply.keys, choice.label) != choice.id:
            yield f"{choice.label!r} cannot be typed"
        if key and chosen(reply.choices, reply.keys, f"{key}.") != choice.id:
            yield f"{key!r} means something else"
        if KEY.fullmatch(choice.label):
            yield f"{choice.label!r} looks like a key"
