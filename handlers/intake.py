"""Staff send a document: it is read and shown; once they confirm it, questions are answered from it, and what it gives
to unions becomes targets."""

from collections.abc import Callable
from dataclasses import replace

from db import files
from db.library import digest_of
from handlers import Attachment, Choice, ReadDocument, Reply
from handlers.allotted_rows import Allotment, allotment
from handlers.answer_words import source_of
from handlers.assigning import assign_all, may_get
from handlers.branches import inside
from handlers.conversation import Conversation, Desk, Turn
from handlers.intake_library import LISTING, listing, shelve, shelve_page, typed_union, where_page
from handlers.intake_reading import reading_of
from handlers.intake_sheet import SUBJECT, Sheet, sheet_of, taken_up, waiting_with
from handlers.intake_words import PAGE, about, nothing_to_give, rows_page
from handlers.reading_words import refusal
from handlers.shelving import head_of, holds_for
from knowledge import Citation, Document, Target
from knowledge.inquiry import issuer_of, label

__all__ = ["SUBJECT", "ask_again", "cancel", "filed", "open_now", "problem", "tapped", "typed"]

MOST_DOCUMENTS = 5
"""So many documents of one file are described."""

MOST_ROWS = 400
"""More rows than this are not confirmed in chat: a spreadsheet is the better way."""

Decide = Callable[[Desk, Conversation, Sheet, str, str], Turn]
"""What staff decided about a sheet: the action and its further word."""


def open_now(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """Say what can be sent, and what is in the library."""
    return listing(desk, conversation, "list", "")


def filed(desk: Desk, conversation: Conversation, file: Attachment) -> Turn:
    """Read a document and show what it asks for; that it goes into the library waits for a yes."""
    reading = reading_of(file)
    if reading.refused:
        return Turn((Reply(refusal(reading.refused, desk.phrases)),), conversation)
    given = _given(desk, reading.documents)
    said = [about(each, desk.phrases) for each in reading.documents[:MOST_DOCUMENTS]]
    if len(reading.documents) > MOST_DOCUMENTS:
        said.append(desk.phrases.say("intake-more-of-file", count=len(reading.documents) - MOST_DOCUMENTS))
    if given.left or not 0 < len(given.rows) <= MOST_ROWS:
        too_many = given if len(given.rows) > MOST_ROWS else replace(given, rows=())
        said.append(nothing_to_give(too_many, MOST_ROWS, desk.phrases))
    sheet = _sheet(desk, file, [each.document for each in reading.documents], given)
    conversation = _without_sheet(desk, conversation).put_off()
    return Turn((Reply("\n\n".join(said)), shelve_page(desk, sheet)), waiting_with(conversation, sheet))


def _given(desk: Desk, documents: tuple[ReadDocument, ...]) -> Allotment:
    """The figures that the documents give to unions of these staff."""
    listed = (
        (target, _clause(each.document, target, desk))
        for each in documents
        for target in each.targets
        if target.unit_name
    )
    return allotment(listed, may_get(desk.connection, desk.officer, desk.now))


def _sheet(desk: Desk, file: Attachment, documents: list[Document], given: Allotment) -> Sheet:
    number = files.put(
        desk.connection, desk.union.code, desk.officer.id, file.name, file.media_type, file.content, desk.now
    )
    heads = tuple(head_of(each) for each in documents)
    union = holds_for(heads, inside(desk.connection, desk.union.code, desk.today), desk.union.code)
    rows = given.rows if len(given.rows) <= MOST_ROWS else ()
    return Sheet(number, digest_of(file.content), union, heads, rows)


def _clause(document: Document, target: Target, desk: Desk) -> str:
    """Where a figure stands, as people cite it."""
    cited = Citation(label(document), document.file, target.section, target.quote, issuer_of(document))
    return source_of(cited, desk.phrases)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice was tapped: below a list of the library, or below a sheet (`words` are the number of its file and, for a
    row, a page or a union, which one)."""
    number, which = (*words, "", "")[:2]
    if action in LISTING:
        return listing(desk, conversation, action, number)
    conversation = taken_up(conversation)
    sheet = sheet_of(conversation)
    if sheet is None or number != str(sheet.file) or action not in _DECISIONS[sheet.step]:
        return Turn((Reply(desk.phrases.say("old-button")),), conversation)
    return _DECISIONS[sheet.step][action](desk, conversation, sheet, action, which)


def _shelve(desk: Desk, conversation: Conversation, sheet: Sheet, action: str, _: str) -> Turn:
    """The documents go into the library, in the place of those that are the same where staff said so."""
    kept, said = shelve(desk, sheet, replaces=action == "swap")
    if not kept.kept:
        return Turn((Reply(said), shelve_page(desk, kept)), waiting_with(conversation, kept))
    return _to_rows(desk, conversation, kept, said)


def _leave_out(desk: Desk, conversation: Conversation, sheet: Sheet, _: str, __: str) -> Turn:
    return _to_rows(desk, conversation, sheet, desk.phrases.say("intake-not-kept"))


def _to_rows(desk: Desk, conversation: Conversation, sheet: Sheet, said: str) -> Turn:
    """The rows that can become targets, where the document gives any."""
    if not sheet.rows:
        return Turn((Reply(said),), _done(desk, conversation, sheet))
    sheet = replace(sheet, step="rows")
    return Turn((Reply(said), _page(desk, sheet, 0)), waiting_with(conversation, sheet))


def _ask_where(desk: Desk, conversation: Conversation, sheet: Sheet, _: str, __: str) -> Turn:
    sheet = replace(sheet, step="where")
    return Turn((where_page(desk, sheet),), waiting_with(conversation, sheet))


def _choose_union(desk: Desk, conversation: Conversation, sheet: Sheet, _: str, code: str) -> Turn:
    """The union for which the documents hold was named; one outside the subtree is not taken."""
    chosen = code if code in inside(desk.connection, desk.union.code, desk.today) else sheet.union
    sheet = replace(sheet, union=chosen, step="shelve")
    return Turn((shelve_page(desk, sheet),), waiting_with(conversation, sheet))


def _turn_page(desk: Desk, conversation: Conversation, sheet: Sheet, _: str, place: str) -> Turn:
    return Turn((_page(desk, sheet, int(place) if place.isdecimal() else 0),), conversation)


def _turn_row(desk: Desk, conversation: Conversation, sheet: Sheet, _: str, place: str) -> Turn:
    """A row is left out, or taken again."""
    row = int(place) if place.isdecimal() and int(place) < len(sheet.rows) else None
    if row is not None:
        sheet = replace(sheet, out=tuple(sorted({*sheet.out} ^ {row})))
    return Turn((_page(desk, sheet, (row or 0) // PAGE),), waiting_with(conversation, sheet))


def _give(desk: Desk, conversation: Conversation, sheet: Sheet, _: str, __: str) -> Turn:
    """The confirmed rows become targets; a union that left the subtree meanwhile gets none."""
    if not sheet.taken:
        return Turn((_page(desk, sheet, 0),), conversation)
    candidates = may_get(desk.connection, desk.officer, desk.now)
    wanted = [row for row in sheet.taken if row.union in candidates]
    done = assign_all(desk.connection, wanted, desk.officer, desk.now, desk.phrases)
    text = desk.phrases.say(
        "intake-given",
        name=label(sheet.documents[0]),
        count=len(done.made),
        unions=len({each.union for each in done.made}),
        same=done.unchanged,
        told=len(done.letters),
    )
    see = Choice("menu:tiendo", desk.phrases.say("target-see-progress"))
    return Turn((Reply(text, (see,)),), _done(desk, conversation, sheet), done.letters)


def _give_none(desk: Desk, conversation: Conversation, sheet: Sheet, _: str, __: str) -> Turn:
    return Turn((Reply(desk.phrases.say("intake-stopped")),), _done(desk, conversation, sheet))


_DECISIONS: dict[str, dict[str, Decide]] = {
    "shelve": {"keep": _shelve, "swap": _shelve, "where": _ask_where, "none": _leave_out},
    "where": {"at": _choose_union},
    "rows": {"yes": _give, "no": _give_none, "page": _turn_page, "row": _turn_row},
}
"""What can be decided at each step, by the name of the action."""


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """The name or code of a union is typed where one is asked for; anything else is chosen by buttons."""
    sheet = sheet_of(conversation)
    if sheet is None or sheet.step != "where":
        return None
    union = typed_union(desk, text)
    return _choose_union(desk, conversation, sheet, "at", union.code) if union else None


def problem(desk: Desk, conversation: Conversation, _: str) -> Turn:
    """Say that a button is waited for, or the name of a union below the reader."""
    again = ask_again(desk, conversation)
    sheet = sheet_of(conversation)
    said = desk.phrases.say("intake-no-union" if sheet and sheet.step == "where" else "intake-pick-one")
    return Turn((replace(again, text=f"{said}\n\n{again.text}"),), conversation)


def ask_again(desk: Desk, conversation: Conversation) -> Reply:
    """What is waited for, after something else was talked about in between."""
    sheet = sheet_of(conversation)
    assert sheet is not None
    if sheet.step == "where":
        return where_page(desk, sheet)
    return shelve_page(desk, sheet) if sheet.step == "shelve" else _page(desk, sheet, 0)


def cancel(desk: Desk, conversation: Conversation) -> Turn:
    """Give up the document, unless it is in the library already."""
    return Turn((Reply(desk.phrases.say("cancelled")),), _without_sheet(desk, conversation))


def _without_sheet(desk: Desk, conversation: Conversation) -> Conversation:
    """The conversation without the document that waited, if one did."""
    sheet = sheet_of(conversation)
    return _done(desk, conversation, sheet) if sheet else conversation


def _done(desk: Desk, conversation: Conversation, sheet: Sheet) -> Conversation:
    """The conversation after the last decision; a file that did not go into the library is not kept."""
    if not sheet.kept:
        files.drop(desk.connection, [sheet.file])
    return conversation.at_rest()


def _page(desk: Desk, sheet: Sheet, page: int) -> Reply:
    """The rows of one page with their buttons."""
    names = may_get(desk.connection, desk.officer, desk.now)
    pages = -(-len(sheet.rows) // PAGE)
    page = min(page, pages - 1)
    places = range(page * PAGE, min((page + 1) * PAGE, len(sheet.rows)))
    text, choices = rows_page(sheet.file, sheet.rows, sheet.out, places, names, desk.phrases)
    if pages > 1:
        following = (page + 1) % pages
        choices.append(Choice(f"intake:page:{sheet.file}:{following}", desk.phrases.say("intake-next-page")))
    if sheet.taken:
        yes = desk.phrases.say("intake-yes", count=len(sheet.taken))
        choices.insert(0, Choice(f"intake:yes:{sheet.file}", yes))
    choices.append(Choice(f"intake:no:{sheet.file}", desk.phrases.say("intake-no")))
    return Reply(text, tuple(choices))
