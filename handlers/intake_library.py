"""The library in talk: a document goes in, for a union; what is in it is listed and taken out again."""

from collections.abc import Sequence
from dataclasses import replace

from db import KeptDocument, files, library, unions
from handlers import Choice, Reply
from handlers.branches import inside
from handlers.conversation import Conversation, Desk, Turn
from handlers.intake_sheet import Sheet
from handlers.shelving import add, alike, called, withdraw
from handlers.union_names import names_of
from knowledge import Union
from knowledge.inquiry import label, shortened

PAGE = 6
"""Documents of a page of the list, each with a button."""

MOST_OFFERED = 8
"""Unions with a button, where it is asked for which one a document holds; others are typed."""

LISTING = frozenset({"list", "off", "gone", "stay"})
"""What can be tapped below a list of the library."""

_LONGEST_CHOICE = 52


def shelve_page(desk: Desk, sheet: Sheet) -> Reply:
    """Whether the documents are to go into the library, for which union, and which ones there are the same."""
    phrases = desk.phrases
    below = inside(desk.connection, desk.union.code, desk.today)
    same = alike(desk.connection, sheet.documents, sheet.digest, (*below, *desk.documents))
    mine = [each for each in same if each.union in below]
    lines = [_line(desk, each) for each in same]
    union = below.get(sheet.union, desk.union)
    text = phrases.say("intake-shelve", count=len(sheet.documents), union=union.name)
    if lines:
        text += "\n\n" + phrases.say("intake-same", count=len(lines), lines="\n".join(lines))
    keep = "intake-keep-both" if mine else "intake-keep"
    choices = [Choice(f"intake:keep:{sheet.file}", phrases.say(keep))]
    if mine:
        choices.insert(0, Choice(f"intake:swap:{sheet.file}", phrases.say("intake-swap")))
    if len(below) > 1:
        choices.append(Choice(f"intake:where:{sheet.file}", phrases.say("intake-where")))
    return Reply(text, (*choices, Choice(f"intake:none:{sheet.file}", phrases.say("intake-none"))))


def where_page(desk: Desk, sheet: Sheet) -> Reply:
    """For which union the documents hold: the staff's own and the upper ones below it have a button."""
    below = inside(desk.connection, desk.union.code, desk.today)
    above_others = {union.parent for union in below.values()}
    listed = sorted(below.values(), key=lambda each: (each.code != desk.union.code, each.code not in above_others))
    choices = [Choice(f"intake:at:{sheet.file}:{each.code}", each.name) for each in listed[:MOST_OFFERED]]
    fitting = tuple(each for each in choices if len(each.id.encode()) <= _LONGEST_CHOICE)
    return Reply(desk.phrases.say("intake-ask-where"), fitting)


def typed_union(desk: Desk, text: str) -> Union | None:
    """The union of the subtree that a typed code or name means."""
    return names_of(inside(desk.connection, desk.union.code, desk.today)).find(text)


def shelve(desk: Desk, sheet: Sheet, *, replaces: bool) -> tuple[Sheet, str]:
    """Put the documents of a sheet into the library; gives the sheet as it is then, and what to say.

    A union that left the subtree meanwhile is asked for again.
    """
    below = inside(desk.connection, desk.union.code, desk.today)
    if sheet.union not in below:
        return replace(sheet, union=desk.union.code), desk.phrases.say("intake-union-left")
    assert files.get(desk.connection, sheet.file) is not None
    same = alike(desk.connection, sheet.documents, sheet.digest, below.keys()) if replaces else ()
    withdraw(desk.connection, same, desk.officer.id, desk.now)
    add(desk.connection, sheet.file, sheet.digest, sheet.documents, sheet.union, desk.officer.id, desk.now)
    names = ", ".join(label(each) for each in sheet.documents)
    said = desk.phrases.say(
        "intake-kept", names=shortened(names, 300), union=below[sheet.union].name, replaced=len(same)
    )
    return replace(sheet, kept=True), said


def listing(desk: Desk, conversation: Conversation, action: str, number: str) -> Turn:
    """What was tapped below a list of the library: another page of it, a document to take out, and whether really."""
    document = _of_subtree(desk, number) if action in ("off", "gone") else None
    if action in ("off", "gone") and document is None:
        return Turn((Reply(desk.phrases.say("intake-gone-before")),), conversation)
    if document and action == "gone":
        withdraw(desk.connection, [document], desk.officer.id, desk.now)
        return Turn((Reply(desk.phrases.say("intake-withdrawn", name=called(document))),), conversation)
    if document:
        text = desk.phrases.say("intake-withdraw-really", line=_line(desk, document))
        gone = Choice(f"intake:gone:{document.id}", desk.phrases.say("intake-withdraw-yes"))
        stay = Choice("intake:stay", desk.phrases.say("intake-withdraw-no"))
        return Turn((Reply(text, (gone, stay), keys="words"),), conversation)
    return Turn((_list(desk, int(number) if number.isdecimal() else 0),), conversation)


def _of_subtree(desk: Desk, number: str) -> KeptDocument | None:
    """The document with this number, where it stands in the library for a union of these staff."""
    found = library.get(desk.connection, int(number)) if number.isdecimal() else None
    if found is None or found.withdrawn_at is not None:
        return None
    return found if found.union in unions.below(desk.connection, desk.union.code, desk.today) else None


def _list(desk: Desk, page: int) -> Reply:
    """What can be sent, and the documents that staff put into the library for unions of this subtree."""
    below = unions.below(desk.connection, desk.union.code, desk.today)
    kept = library.standing(desk.connection, below)[::-1]
    pages = max(1, -(-len(kept) // PAGE))
    page = min(page, pages - 1)
    shown = kept[page * PAGE : (page + 1) * PAGE]
    if not shown:
        return Reply(desk.phrases.say("intake-send"))
    text = f"{desk.phrases.say('intake-send')}\n\n{_lines(desk, kept, shown, page)}"
    following = (Choice(f"intake:list:{(page + 1) % pages}", desk.phrases.say("intake-more-documents")),)
    return Reply(text, (*_offers(desk, shown, page), *(following if pages > 1 else ())))


def _lines(desk: Desk, kept: Sequence[KeptDocument], shown: Sequence[KeptDocument], page: int) -> str:
    lines = [
        desk.phrases.say("intake-listed-line", place=page * PAGE + place, line=_line(desk, each))
        for place, each in enumerate(shown, start=1)
    ]
    return "\n".join((desk.phrases.say("intake-listed", count=len(kept)), *lines))


def _offers(desk: Desk, shown: Sequence[KeptDocument], page: int) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"intake:off:{each.id}", desk.phrases.say("intake-withdraw", place=page * PAGE + place))
        for place, each in enumerate(shown, start=1)
    )


def _line(desk: Desk, kept: KeptDocument) -> str:
    """A document of the library in one line: what it is, for whom it holds, since when."""
    union = unions.get(desk.connection, kept.union, desk.today)
    return desk.phrases.say(
        "intake-kept-line",
        name=called(kept),
        title=shortened(kept.title, 100),
        union=union.name if union else kept.union,
        day=kept.since.date(),
    )
