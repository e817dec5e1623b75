"""What a conversation remembers between two turns, and what lies on the desk during one."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from db import Letter, Officer, conversations, officers
from db.standing import standing
from db.store import Connection
from handlers import Choice, Keys, Reply
from handlers.phrasebook import Phrases
from handlers.timetable import Timetable
from knowledge import Citation, Union
from knowledge.index import Library

SHAPE = 1
"""Raised when the JSON below changes its meaning; a state of another shape is begun anew, drafts excepted."""

FRESH = timedelta(days=14)
"""So long a typed number means a choice of the last message. Between two reminders lies a week, and Tết at most."""

KEPT_QUESTIONS = 3
KEPT_ANSWERS = 3


@dataclass(frozen=True)
class Wait:
    """The conversation waits for an answer to what `subject` asked; `data` is that subject's own. A `lasting` one is
    work of minutes or days: what is asked in between puts it aside and never takes its place."""

    subject: str
    data: dict[str, Any]
    lasting: bool = False


@dataclass(frozen=True)
class Quoted:
    """The citations of an answer given before, for the button that shows the wording, and the lines (`rest`) that did
    not fit it; `token` names the answer."""

    token: str
    citations: tuple[Citation, ...]
    rest: str = ""


@dataclass(frozen=True)
class Conversation:
    """The state of one conversation. `offered` are the choices of the last message, for those who type a number,
    and `offered_at` when they were made; `parked` is what was put off and can be taken up again where it was left."""

    wait: Wait | None = None
    parked: Wait | None = None
    offered: tuple[Choice, ...] = ()
    keys: Keys = "digits"
    offered_at: datetime | None = None
    asked: tuple[str, ...] = ()
    quoted: tuple[Quoted, ...] = ()

    def offering(self, reply: Reply, now: datetime) -> "Conversation":
        """The same conversation after this message, whose choices can be typed from now on."""
        return replace(self, offered=reply.choices, keys=reply.keys, offered_at=now if reply.choices else None)

    def on_offer(self, now: datetime) -> tuple[Choice, ...]:
        """The choices that can still be typed."""
        return () if self.offered_at and now - self.offered_at > FRESH else self.offered

    def waiting_for(self, subject: str, data: dict[str, Any], *, lasting: bool = False) -> "Conversation":
        """The same conversation, waiting for an answer to `subject`."""
        before = self.put_off() if self.wait and self.wait.lasting and self.wait.subject != subject else self
        return replace(before, wait=Wait(subject, data, lasting))

    def put_off(self) -> "Conversation":
        """The same conversation, with what it waited for put aside."""
        displaced = self.parked is not None and self.parked.lasting and self.wait is not None and not self.wait.lasting
        return replace(self, wait=None, parked=self.parked if displaced else self.wait or self.parked)

    def at_rest(self) -> "Conversation":
        """The same conversation, waiting for nothing; what was put aside stays there."""
        return replace(self, wait=None)

    def taken_up(self) -> "Conversation":
        """The same conversation, with nothing put aside any more."""
        return replace(self, parked=None)

    def having_asked(self, question: str) -> "Conversation":
        """The same conversation, with one more question to lean on."""
        return replace(self, asked=(*self.asked, question)[-KEPT_QUESTIONS:])

    def having_quoted(self, quoted: Quoted) -> "Conversation":
        """The same conversation, able to show the wording of one more answer."""
        others = tuple(each for each in self.quoted if each.token != quoted.token)
        return replace(self, quoted=(*others, quoted)[-KEPT_ANSWERS:])


@dataclass(frozen=True)
class Desk:
    """What a subject may use during one turn: the moment, the open transaction, the library, and who is asking.

    `chain` are the codes of the asker's union and of those above it today, from the bottom up; `documents` those whose
    documents hold for it, which are more after a reorganisation.
    """

    now: datetime
    connection: Connection
    library: Library
    phrases: Phrases
    timetable: Timetable
    officer: Officer
    union: Union
    chain: tuple[str, ...]
    documents: tuple[str, ...]
    posts: tuple[Officer, ...]

    @property
    def today(self) -> date:
        """The day of this turn."""
        return self.now.date()


@dataclass(frozen=True)
class Doorstep:
    """What lies ready for somebody whom no union has named yet."""

    now: datetime
    connection: Connection
    phrases: Phrases
    channel: str
    address: str


@dataclass(frozen=True)
class Turn:
    """What a subject answers, and the conversation as it stands afterwards.

    `letters` are for others who are to hear of it; `post` is the post for which the person speaks from now on, where
    that changed (0: for none any more). `outcome` is how a question about the documents was answered, to be counted.
    """

    replies: tuple[Reply, ...]
    conversation: Conversation
    letters: tuple[Letter, ...] = ()
    post: int | None = None
    outcome: str = ""


def desk_of(doorstep: Doorstep, posts: tuple[Officer, ...], library: Library, timetable: Timetable) -> Desk:
    """The desk of somebody who speaks for the first of their `posts`."""
    connection, today = doorstep.connection, doorstep.now.date()
    there = standing(connection, posts[0].union, today)
    assert there is not None
    return Desk(
        now=doorstep.now,
        connection=connection,
        library=library,
        phrases=doorstep.phrases,
        timetable=timetable,
        officer=posts[0],
        union=there.union,
        chain=there.chain,
        documents=there.documents,
        posts=posts,
    )


def speaking_for(desk: Desk, post: int) -> tuple[Desk, Conversation]:
    """The desk and the conversation of another post of the same person; raises `StopIteration` for a foreign one."""
    mine = next(each for each in desk.posts if each.id == post)
    posts = (mine, *(each for each in desk.posts if each.id != post))
    channel, address = desk.officer.channel, desk.officer.address
    officers.speak_for(desk.connection, channel, address, post)
    doorstep = Doorstep(desk.now, desk.connection, desk.phrases, channel, address)
    conversation = from_json(conversations.load(desk.connection, channel, address, post))
    return desk_of(doorstep, posts, desk.library, desk.timetable), conversation


def offer(connection: Connection, channel: str, address: str, reply: Reply, now: datetime) -> None:
    """A letter was sent: from now on a typed number means one of its choices.

    While a form is open it does not: there a number is an answer.
    """
    officer = officers.at_address(connection, channel, address)
    post = officer.id if officer else conversations.NO_POST
    conversation = from_json(conversations.load(connection, channel, address, post))
    after = conversation.offering(reply, now)
    if conversation.wait is None and after != conversation:
        conversations.save(connection, channel, address, to_json(after), now, post)


def busy(connection: Connection, channel: str, address: str) -> bool:
    """Whether a form is open, so that a number is an answer to it and to nothing else."""
    officer = officers.at_address(connection, channel, address)
    post = officer.id if officer else conversations.NO_POST
    return from_json(conversations.load(connection, channel, address, post)).wait is not None


def to_json(conversation: Conversation) -> dict[str, Any]:
    """The conversation as the database keeps it."""
    return {
        "shape": SHAPE,
        "wait": _wait_to_json(conversation.wait),
        "parked": _wait_to_json(conversation.parked),
        "offered": [[choice.id, choice.label] for choice in conversation.offered],
        "keys": conversation.keys,
        "offered_at": conversation.offered_at.isoformat() if conversation.offered_at else None,
        "asked": list(conversation.asked),
        "quoted": [
            {"token": each.token, "citations": [citation_to_json(c) for c in each.citations], "rest": each.rest}
            for each in conversation.quoted
        ],
    }


def from_json(state: dict[str, Any] | None) -> Conversation:
    """The conversation that `to_json` wrote; a state of another shape starts a fresh one."""
    if not state or state.get("shape") != SHAPE:
        return Conversation()
    return Conversation(
        wait=_wait_from_json(state["wait"]),
        parked=_wait_from_json(state["parked"]),
        offered=tuple(Choice(identity, label) for identity, label in state["offered"]),
        keys=state["keys"],
        offered_at=datetime.fromisoformat(state["offered_at"]) if state.get("offered_at") else None,
        asked=tuple(state["asked"]),
        quoted=tuple(
            Quoted(each["token"], tuple(Citation(**c) for c in each["citations"]), each.get("rest", ""))
            for each in state["quoted"]
        ),
    )


def _wait_to_json(wait: Wait | None) -> dict[str, Any] | None:
    return {"subject": wait.subject, "data": wait.data, "lasting": wait.lasting} if wait else None


def _wait_from_json(data: dict[str, Any] | None) -> Wait | None:
    return Wait(data["subject"], data["data"], data.get("lasting", False)) if data else None


def citation_to_json(citation: Citation) -> dict[str, str | None]:
    """A citation as plain JSON."""
    return {
        "document": citation.document,
        "file": citation.file,
        "section": citation.section,
        "quote": citation.quote,
        "issuer": citation.issuer,
    }
