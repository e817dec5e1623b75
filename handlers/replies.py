"""Replies as plain JSON, as letters keep them in the outbox."""

import base64
from typing import Any

from handlers import Attachment, Choice, Reply
from handlers.conversation import citation_to_json
from knowledge import Citation


def to_json(reply: Reply) -> dict[str, Any]:
    """The reply as a letter's body."""
    file = reply.file
    return {
        "text": reply.text,
        "choices": [[choice.id, choice.label] for choice in reply.choices],
        "citations": [citation_to_json(citation) for citation in reply.citations],
        "file": {
            "name": file.name,
            "media_type": file.media_type,
            "content": base64.b64encode(file.content).decode(),
        }
        if file
        else None,
        "keys": reply.keys,
    }


def from_json(body: dict[str, Any]) -> Reply:
    """The reply that `to_json` wrote."""
    file = body["file"]
    return Reply(
        text=body["text"],
        choices=tuple(Choice(identity, label) for identity, label in body["choices"]),
        citations=tuple(Citation(**citation) for citation in body["citations"]),
        file=Attachment(file["name"], file["media_type"], base64.b64decode(file["content"])) if file else None,
        keys=body["keys"],
    )
