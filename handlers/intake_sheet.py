"""A sent document that waits for what staff decide about it, as the conversation keeps it."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from handlers.assigning import Assignment
from handlers.conversation import Conversation
from knowledge import Document

SUBJECT = "intake"

_HEAD = ("kind", "title", "number", "issuer")

Step = Literal["shelve", "where", "rows"]
"""What is waited for: whether the documents go into the library, for which union they hold, which rows become
targets."""


@dataclass(frozen=True)
class Sheet:
    """A file (its number and the digest of its content) with the heads of its documents, the union for which they are
    to hold, the rows that can become targets and the places of those left out.

    `kept` says that the documents went into the library, so that the file stays.
    """

    file: int
    digest: str
    union: str
    documents: tuple[Document, ...]
    rows: tuple[Assignment, ...]
    out: tuple[int, ...] = ()
    step: Step = "shelve"
    kept: bool = False

    @property
    def taken(self) -> tuple[Assignment, ...]:
        """The rows that are to become targets."""
        return tuple(row for place, row in enumerate(self.rows) if place not in self.out)


def waiting_with(conversation: Conversation, sheet: Sheet) -> Conversation:
    """The conversation, waiting for the next decision about this sheet."""
    data = {
        "file": sheet.file,
        "digest": sheet.digest,
        "union": sheet.union,
        "documents": [_head_to_json(each) for each in sheet.documents],
        "rows": [asdict(row) for row in sheet.rows],
        "out": list(sheet.out),
        "step": sheet.step,
        "kept": sheet.kept,
    }
    return conversation.waiting_for(SUBJECT, data)


def sheet_of(conversation: Conversation) -> Sheet | None:
    """The sheet that the conversation waits with."""
    wait = conversation.wait
    if wait is None or wait.subject != SUBJECT:
        return None
    data = wait.data
    return Sheet(
        data["file"],
        data["digest"],
        data["union"],
        tuple(_head(each) for each in data["documents"]),
        tuple(Assignment(**row) for row in data["rows"]),
        tuple(data["out"]),
        data["step"],
        data["kept"],
    )


def taken_up(conversation: Conversation) -> Conversation:
    """The conversation with a sheet that was put aside (for a look at the menu) taken up again."""
    parked = conversation.parked
    if conversation.wait is not None or parked is None or parked.subject != SUBJECT:
        return conversation
    return replace(conversation, wait=parked, parked=None)


def _head_to_json(document: Document) -> dict[str, Any]:
    issued = document.issued_on
    return {name: getattr(document, name) for name in _HEAD} | {"issued_on": issued.isoformat() if issued else None}


def _head(data: dict[str, Any]) -> Document:
    issued = data["issued_on"]
    head = {name: data[name] for name in _HEAD}
    return Document(key="", file="", issued_on=date.fromisoformat(issued) if issued else None, **head)
