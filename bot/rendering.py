"""From a `Reply` to the messages that carry it on one channel: cut to size, cleaned, choices as buttons or as lines.

Lengths are UTF-16 units of NFC text, as the messaging platforms count them.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from bot.channels import Button, Limits, Message
from handlers import Reply
from handlers.choosing import keys_of
from handlers.phrasebook import Phrases

# A date in words, or a number with its separators: 3.100, 3 100, 12/03/2025,
# 08:05, 2023-2028, 80 %.
FIGURE = re.compile(
    r"(?<!\d)\d{1,2}[ \u00a0]\w+[ \u00a0]\d{1,2}[ \u00a0]\w+[ \u00a0]\d{4}(?!\d)"
    r"|\d+(?:[.,/:–-]\d+)*(?:[ \u00a0]\d{3}(?!\d))*(?:[ \u00a0]?%)?"
)
LONGEST_FIGURE = 80

# From the best place to end a message to the least good one.
BREAKS = (
    re.compile(r"\n[ ]*\n\s*"),
    re.compile(r"\n\s*"),
    re.compile(r"[.!?…;][\"”’)»]*[ ]+"),
    re.compile(r"[ ]+"),
)
KEPT_LABELS = 500
"""The same few labels stand below most messages."""
KEPT_FORMAT_CHARACTERS = "\u200c\u200d"


def render(reply: Reply, limits: Limits, instead_of_file: str = "") -> tuple[Message, ...]:
    """The messages that carry `reply` within `limits`, in the order in which they are to be sent.

    Choices and file go with the last one. Where the channel cannot carry all choices as buttons they become lines at
    the end, called by `reply.keys`; where it takes no files the words `instead_of_file` say how to get this one. A
    reply without text, file and choices gives no message.
    """
    file = reply.file if limits.files else None
    tappable = len(reply.choices) <= limits.buttons
    said = [reply.text, instead_of_file] if reply.file and not file else [reply.text]
    parts = split(clean("\n\n".join(words for words in said if words.strip())), limits.characters)
    if not tappable:
        parts = _with_lines(parts, _lines(reply), limits.characters)
    if file and parts:
        # Only the end of a long text can be the caption of the file.
        parts = [*parts[:-1], *split(parts[-1], limits.captions)]
    buttons = _buttons(reply, limits.labels) if tappable else ()
    if not parts:
        return (Message("", buttons, file),) if buttons or file else ()
    return (*(Message(part) for part in parts[:-1]), Message(parts[-1], buttons, file))


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    beyond = bool(text) and max(text) > "\uffff"
    return len(text) + (sum(character > "\uffff" for character in text) if beyond else 0)


def clean(text: str) -> str:
    """The text in NFC without what a screen does not show: control, bidi and zero-width characters, lone surrogates."""
    text = re.sub(r"\r\n?|[\u2028\u2029]", "\n", text).replace("\t", " ")
    if not text.replace("\n", "").isprintable():
        text = "".join(character for character in text if _shown(character))
    return unicodedata.normalize("NFC", text)


def _shown(character: str) -> bool:
    return (
        character == "\n"
        or character in KEPT_FORMAT_CHARACTERS
        or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    )


@lru_cache(maxsize=KEPT_LABELS)
def shorten(label: str, longest: int) -> str:
    """A label of at most `longest` UTF-16 units, ended at a word with "…" where it was longer."""
    label = " ".join(clean(label).split())
    if units(label) <= longest:
        return label
    room = label[: _fitting(label, longest - 1)]
    at_word = room.rfind(" ") if label[len(room) : len(room) + 1] != " " else len(room)
    end = at_word if at_word > 0 else _character_break(label, len(room))
    return label[:end].rstrip(" ,.;:–-") + "…"


def split(text: str, longest: int) -> list[str]:
    """The text in parts of at most `longest` UTF-16 units, cut between paragraphs, else sentences, else words.

    A cut never falls into a figure, a date, a surrogate pair or a letter with its combining marks, unless one of these
    alone is longer than a whole message.
    """
    parts = []
    rest = text.strip()
    while units(rest) > longest:
        cut = _cut(rest, longest)
        parts.append(rest[:cut].rstrip())
        rest = _without_leading_space(rest[cut:])
    return [part for part in (*parts, rest) if part]


def _without_leading_space(text: str) -> str:
    """The text from its first letter; a space that carries a combining mark is one."""
    rest = text.lstrip()
    carried = len(rest) < len(text) and _joined(" ", rest[:1])
    return text[-len(rest) - 1 :] if carried else rest


def _cut(text: str, longest: int) -> int:
    """Where the first part of a too long text ends: the last of the best breaks that fill a third of the message."""
    end = _fitting(text, longest)
    forbidden = _inside_figures(text[: end + LONGEST_FIGURE])
    # A break's white space may stand beyond the limit, because it is stripped.
    window = text[: end + 1]
    for pattern, least in [(pattern, end // 3) for pattern in BREAKS] + [(BREAKS[-1], 1)]:
        found = (match for match in pattern.finditer(window) if not _joined(" ", text[match.end() : match.end() + 1]))
        cuts = [match.start() + len(match.group().rstrip()) for match in found]
        usable = [cut for cut in cuts if least <= cut <= end and cut > 0 and cut not in forbidden]
        if usable:
            return usable[-1]
    before_figure = next((place for place in range(end, 0, -1) if place not in forbidden), end)
    return _character_break(text, before_figure)


def _fitting(text: str, longest: int) -> int:
    """How many characters of the text fit into so many UTF-16 units, at least one."""
    used = 0
    for place, character in enumerate(text[: longest + 1]):
        used += 2 if character > "\uffff" else 1
        if used > longest:
            return max(place, 1)
    return len(text)


def _inside_figures(text: str) -> set[int]:
    return {place for figure in FIGURE.finditer(text) for place in range(figure.start() + 1, figure.end())}


def _character_break(text: str, place: int) -> int:
    """The last place up to `place` that does not separate what is read as one character; `place` if there is none."""
    for earlier in range(place, 0, -1):
        if not _joined(text[earlier - 1], text[earlier : earlier + 1]):
            return earlier
    return place


def _joined(left: str, right: str) -> bool:
    if not right:
        return False
    return (
        unicodedata.category(right).startswith("M")
        or right in KEPT_FORMAT_CHARACTERS
        or left in KEPT_FORMAT_CHARACTERS
        or "\U0001f3fb" <= right <= "\U0001f3ff"
    )


def _buttons(reply: Reply, longest: int) -> tuple[Button, ...]:
    return tuple(
        Button(choice.id, shorten(choice.label, longest), key)
        for choice, key in zip(reply.choices, keys_of(reply.choices, reply.keys), strict=True)
    )


def _lines(reply: Reply) -> list[str]:
    """The choices one below the other: first those with a key, then those that only their own words choose."""
    labels = [" ".join(clean(choice.label).split()) for choice in reply.choices]
    keyed = list(zip(keys_of(reply.choices, reply.keys), labels, strict=True))
    by_word = [f"• {label}" for key, label in keyed if not key]
    head = [Phrases("vi").say("choose-by-words")] if by_word else []
    return [*(f"{key}. {label}" for key, label in keyed if key), *head, *by_word]


def _with_lines(parts: Sequence[str], lines: Sequence[str], longest: int) -> list[str]:
    """The parts with the choices below the last one, or in a message of their own where they would not fit."""
    block = "\n".join(lines)
    together = f"{parts[-1]}\n\n{block}" if parts else block
    if units(together) <= longest:
        return [*parts[:-1], together]
    return [*parts, *split(block, longest)]
