"""How far a union is: /tiendo, and questions about what is still missing. Staff see all below them."""

import re

from db import unions
from handlers import Choice, Reply
from handlers.branches import inside
from handlers.conversation import Conversation, Desk, Turn
from handlers.phrasebook import Phrases
from handlers.progress_question import asked, understood
from handlers.progress_view import drawn, of_subtree, of_union, table, workbook_of
from handlers.union_names import names_of, search
from knowledge import Union

SUBJECT = "progress"

_YEAR = re.compile(r"(?<!\d)20[1-9]\d(?!\d)")


def open_now(desk: Desk, conversation: Conversation, rest: str = "") -> Turn:
    """Show progress: the officer's own union, the subtree of staff, or the union and year named after the command."""
    year = _YEAR.search(rest)
    words = _YEAR.sub(" ", rest).strip()
    when = int(year[0]) if year else desk.today.year
    if desk.officer.role == "officer":
        return Turn((of_union(desk, desk.union, when, desk.phrases),), conversation)
    if not words:
        return Turn(table(desk, desk.union, when, None, 0), conversation)
    mine = _inside(desk)
    union = names_of(mine).find(words)
    listed = (union,) if union else search(words, mine.values())
    if len(listed) == 1:
        return Turn(_shown(desk, listed[0], when), conversation)
    if not listed:
        return Turn((Reply(desk.phrases.say("progress-unknown-union")),), conversation)
    choices = tuple(Choice(f"progress:u:{each.code}:{when}", f"{each.code} · {each.name}") for each in listed[:8])
    return Turn((Reply(desk.phrases.say("progress-which-union"), choices),), conversation)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice was tapped: a page of the table, a union, a picture, the workbook."""
    *about, last = words or ("",)
    staff = desk.officer.role != "officer"
    old = Turn((Reply(desk.phrases.say("old-button")),), conversation)
    if action in ("draw", "u") and len(about) == 1 and _YEAR.fullmatch(last):
        union = desk.union if about[0] == desk.union.code else _inside(desk).get(about[0])
        if union is None:
            return old
        picture = drawn(desk, union, int(last)) if action == "draw" else None
        return Turn((picture,) if picture else _shown(desk, union, int(last)), conversation)
    if action == "x" and staff and _YEAR.fullmatch(last):
        return Turn((workbook_of(desk, desk.union, int(last)),), conversation)
    if action == "t" and staff and len(about) == 3 and _YEAR.fullmatch(about[2]) and last.isdecimal():
        wanted = (about[0], about[1])
        return Turn(table(desk, desk.union, int(about[2]), wanted, int(last[:4])), conversation)
    return old


def answered(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """The answer to a question about progress; `None` where it is none, or not about the asker's own affairs."""
    if not asked(text):
        return None
    mine = _inside(desk)
    found = understood(text, desk.union, desk.documents, mine, desk.library, desk.today)
    if found is None:
        return None
    following = conversation.having_asked(text)
    view = of_subtree if desk.officer.role != "officer" and _has_others_below(desk, found.union) else of_union
    return Turn((view(desk, found.union, found.year, Phrases(found.language), found.only),), following)


def _shown(desk: Desk, union: Union, year: int) -> tuple[Reply, ...]:
    """A union with others below it as a table, one without as a list of its targets."""
    if _has_others_below(desk, union):
        return table(desk, union, year, None, 0)
    return (of_union(desk, union, year, desk.phrases),)


def _has_others_below(desk: Desk, union: Union) -> bool:
    return len(unions.below(desk.connection, union.code, desk.today)) > 1


def _inside(desk: Desk) -> dict[str, Union]:
    """The unions that the asker may see beside their own: none for an officer."""
    if desk.officer.role == "officer":
        return {}
    return inside(desk.connection, desk.union.code, desk.today)
