"""Replies as plain JSON, as letters keep them in the outbox."""

import base64
from dataclasses import replace
from datetime import datetime
from typing import Any

from db import Letter, Officer
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


def for_post(reply: Reply, post: int) -> Reply:
    """The reply with choices that mean this post, whichever post the person speaks for when they tap."""
    if all("@" in choice.id for choice in reply.choices):
        return reply
    choices = (choice if "@" in choice.id else Choice(f"{choice.id}@{post}", choice.label) for choice in reply.choices)
    return replace(reply, choices=tuple(choices))


def body_for_post(body: dict[str, Any], post: int | str) -> dict[str, Any]:
    """The same of a letter's body, which may be that of many letters."""
    marked = [[name if "@" in name else f"{name}@{post}", label] for name, label in body["choices"]]
    return {**body, "choices": marked}


def letter(
    officer: Officer, key: str, kind: str, reply: Reply, now: datetime, about: dict[str, Any] | None = None
) -> Letter:
    """A letter to the holder of a post; `key` is unique to what it tells, so that the same is never told twice."""
    return Letter(
        key=key,
        kind=kind,
        channel=officer.channel,
        address=officer.address,
        body=to_json(for_post(reply, officer.id)),
        due_at=now,
        about=about,
    )


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
