"""Bringing documents into the library of an office and taking them out, whoever asks for it: the rows, the audit, and
who hears of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from db import KeptDocument, Letter, audit, library, officers
from db.store import Connection
from handlers import Reply
from handlers.phrasebook import Phrases
from handlers.replies import letter
from handlers.union_names import names_of
from knowledge import Document, Union
from knowledge.inquiry import issuer_of, label, shortened

KIND = "notice"
LONGEST_NAMES = 300


def head_of(document: Document) -> Document:
    """What is kept of a document beside its file: its head, with the issuer called in full."""
    issuer = issuer_of(document) or None
    return Document("", "", document.kind, document.title, document.number, issuer, issued_on=document.issued_on)


def holds_for(documents: Sequence[Document], candidates: Mapping[str, Union], own: str) -> str:
    """The code of the union that documents (by their heads) are most likely for: the one of `candidates` (by code)
    that issued the first of them, else `own`."""
    issuer = documents[0].issuer
    issued_by = names_of(candidates).held_in(issuer) if issuer else None
    return issued_by.code if issued_by else own


def alike(
    connection: Connection, documents: Sequence[Document], digest: str, unions: Collection[str]
) -> tuple[KeptDocument, ...]:
    """The documents of these unions that stand in the library and are the same as these (by their heads)."""
    standing = library.standing(connection, unions)
    found = (each for document in documents for each in library.alike(standing, digest, document))
    return tuple(dict.fromkeys(found))


def add(
    connection: Connection,
    file: int,
    digest: str,
    documents: Sequence[Document],
    union: str,
    officer: int | None,
    now: datetime,
) -> tuple[int, ...]:
    """From now on these documents of a kept file (all of them, by their heads) hold for a union and all below it; gives
    their numbers."""
    numbers = []
    for part, document in enumerate(documents):
        number = library.keep(connection, file, part, union, digest, document, officer=officer, now=now)
        details = {"document": number, "name": label(document)}
        audit.note(connection, officer, "document-added", union, details, now)
        numbers.append(number)
    return tuple(numbers)


def withdraw(connection: Connection, documents: Sequence[KeptDocument], officer: int | None, now: datetime) -> None:
    """Take documents out of the library; their files stay, for those who answer for what was said."""
    library.withdraw(connection, [each.id for each in documents], officer, now)
    for each in documents:
        details = {"document": each.id, "name": called(each)}
        audit.note(connection, officer, "document-withdrawn", each.union, details, now)


def ready_letters(
    connection: Connection, documents: Sequence[KeptDocument], phrases: Phrases, now: datetime
) -> tuple[Letter, ...]:
    """To each of those who put these documents in: from now on questions are answered from them. One letter for a file,
    however often this is asked for."""
    letters = []
    for (file, post), parts in groupby(documents, key=lambda each: (each.file, each.added_by)):
        reader = officers.post(connection, post) if post is not None else None
        if reader is not None:
            said = phrases.say("library-ready", names=shortened(", ".join(map(called, parts)), LONGEST_NAMES))
            letters.append(letter(reader, f"library-ready:{file}:{reader.id}", KIND, Reply(said), now))
    return tuple(letters)


def called(kept: KeptDocument) -> str:
    """A document of the library as people cite it."""
    return label(Document("", "", kept.kind, kept.title, kept.number, kept.issuer, issued_on=kept.issued_on))
