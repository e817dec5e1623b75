"""What is stored about a person: shown, handed out, forgotten; for officers and for those who were."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import Letter, Post, audit, officers, outbox, retention
from db.store import Connection
from handlers import Attachment, Choice, Reply
from handlers.conversation import Conversation, Turn
from handlers.membership import NOTICE, Scene, leave, told_above
from handlers.replies import from_json, to_json
from handlers.spreadsheets import XLSX_TYPE, Page, workbook

SUBJECT = "privacy"
COMMAND = "quyenriengtu"

BLANK = to_json(Reply(""))
"""The body of a letter that says nothing."""

SHOWN = 4
"""So many characters at the end of an address are enough to know it by."""

LONGEST = 2000
"""A longer piece of a raw update is a file; the file itself belongs to the union."""


@dataclass(frozen=True)
class Said:
    """What somebody hears about their data, what others hear, and whether the person is forgotten now."""

    reply: Reply
    letters: tuple[Letter, ...] = ()
    forgotten: bool = False


def at_the_door(scene: Scene, person: int, action: str, words: tuple[str, ...]) -> Turn:
    """The same for somebody who holds no post any more."""
    said = answer(scene, person, action, words)
    return Turn((said.reply,), Conversation(), said.letters)


def answer(scene: Scene, person: int, action: str, words: tuple[str, ...]) -> Said:
    """One step: show (any unknown action), agree, export, ask whether to forget, forget."""
    today = scene.now.date().isoformat()
    if action == "agree":
        officers.agree(scene.connection, person, NOTICE, scene.now)
        return Said(Reply(scene.phrases.say("privacy-agreed")))
    if action == "export":
        return Said(Reply(scene.phrases.say("privacy-exported"), file=_export(scene, person)))
    if action == "forget":
        return Said(_sure(scene, today))
    if action == "yes":
        # A button of another day is answered with the question again: nobody is forgotten by an old button.
        return _forget(scene, person) if words == (today,) else Said(_sure(scene, today))
    if action == "no":
        return Said(Reply(scene.phrases.say("privacy-kept")))
    return Said(_overview(scene, person))


def _overview(scene: Scene, person: int) -> Reply:
    phrases = scene.phrases
    known = officers.person(scene.connection, person)
    agreed = known.agreed_at if known else None
    consent = phrases.say("privacy-consent", moment=agreed) if agreed else phrases.say("privacy-no-consent")
    lines = [*_address_lines(scene, person), *_post_lines(scene, person), consent]
    choices = [Choice("privacy:export", phrases.say("privacy-export"))]
    if agreed is None:
        choices.append(Choice("privacy:agree", phrases.say("join-agree")))
    choices.append(Choice("privacy:forget", phrases.say("privacy-forget")))
    return Reply(phrases.say("privacy-overview", lines="\n".join(lines)), tuple(choices))


def _address_lines(scene: Scene, person: int) -> Iterator[str]:
    for each in officers.addresses_of(scene.connection, person):
        shortened = "…" + each.address[-SHOWN:] if len(each.address) > SHOWN else each.address
        heard = scene.phrases.say("privacy-heard", moment=each.heard_at) if each.heard_at else ""
        yield scene.phrases.say("privacy-address", channel=each.channel, address=shortened, heard=heard)


def _post_lines(scene: Scene, person: int) -> Iterator[str]:
    for post in officers.posts_of(scene.connection, person):
        until = scene.phrases.say("privacy-until", day=post.until.date()) if post.until else ""
        yield scene.phrases.say(
            "privacy-post",
            union=scene.name_of(post.union),
            role=_role(scene, post),
            since=post.since.date(),
            until=until,
        )


def _role(scene: Scene, post: Post) -> str:
    return scene.phrases.say(f"role-{post.role}")


def _sure(scene: Scene, today: str) -> Reply:
    choices = (
        Choice(f"privacy:yes:{today}", scene.phrases.say("privacy-forget-yes")),
        Choice("privacy:no", scene.phrases.say("privacy-forget-no")),
    )
    return Reply(scene.phrases.say("privacy-forget-sure"), choices, keys="words")


def _forget(scene: Scene, person: int) -> Said:
    """Forget the person: posts end, what was sent stays with the unions, without anybody's address or words."""
    letters: list[Letter] = []
    for post in officers.posts_of(scene.connection, person):
        held = officers.post(scene.connection, post.id)
        if held is not None:
            leave(scene, held)
            audit.note(scene.connection, post.id, "left", post.union, {"post": post.id}, scene.now)
            letters += told_above(scene, post.union, "privacy-post-empty")
    forget(scene.connection, person, scene.now)
    return Said(Reply(scene.phrases.say("privacy-forgotten")), tuple(letters), forgotten=True)


def forget(connection: Connection, person: int, now: datetime) -> None:
    """Forget a person whose posts have ended: addresses, messages, and that it was they who held the posts."""
    for each in officers.addresses_of(connection, person):
        retention.forget_address(connection, BLANK, each.channel, each.address)
    officers.forget_person(connection, person, now)


def _export(scene: Scene, person: int) -> Attachment:
    """Everything about a person as a workbook, one sheet for each kind."""
    say = scene.phrases.say
    pages = (
        _page(scene, "addresses", ("channel", "address", "heard"), _addresses(scene, person)),
        _page(scene, "posts", ("union", "role", "since", "until", "agreed"), _posts(scene, person)),
        _page(scene, "contributions", ("moment", "what", "period", "union"), _contributions(scene, person)),
        _page(scene, "messages", ("moment", "by", "text"), sorted(_messages(scene, person))),
    )
    return Attachment(say("privacy-export-file") + ".xlsx", XLSX_TYPE, workbook(pages))


def _page(scene: Scene, title: str, columns: tuple[str, ...], rows: Any) -> Page:
    names = tuple(scene.phrases.say(f"privacy-column-{column}") for column in columns)
    return Page(scene.phrases.say(f"privacy-sheet-{title}"), names, tuple(rows))


def _addresses(scene: Scene, person: int) -> Iterator[tuple[str, ...]]:
    for each in officers.addresses_of(scene.connection, person):
        yield each.channel, each.address, _moment(each.heard_at)


def _posts(scene: Scene, person: int) -> Iterator[tuple[str, ...]]:
    known = officers.person(scene.connection, person)
    for post in officers.posts_of(scene.connection, person):
        agreed = _moment(known.agreed_at if known else None)
        yield scene.name_of(post.union), _role(scene, post), _moment(post.since), _moment(post.until), agreed


def _contributions(scene: Scene, person: int) -> Iterator[tuple[str, ...]]:
    for post in officers.posts_of(scene.connection, person):
        for at, what, period, union in retention.sent_by(scene.connection, post.id):
            yield _moment(at), what, period, scene.name_of(union)


def _messages(scene: Scene, person: int) -> Iterator[tuple[str, ...]]:
    mine, ours = scene.phrases.say("privacy-by-person"), scene.phrases.say("privacy-by-assistant")
    for each in officers.addresses_of(scene.connection, person):
        for at, payload in retention.said_from(scene.connection, each.channel, each.address):
            yield _moment(at), mine, json.dumps(_without_files(payload), ensure_ascii=False)
        for written in outbox.at_address(scene.connection, each.channel, each.address):
            yield _moment(written.sent_at or written.due_at), ours, from_json(written.body).text


def _without_files(value: Any) -> Any:
    """A raw update with its longest pieces cut."""
    if isinstance(value, dict):
        return {name: _without_files(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_without_files(part) for part in value]
    return value[:LONGEST] if isinstance(value, str) else value


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""
