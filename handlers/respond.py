"""From what was said to the subject that answers."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import get_args

from db import Role
from handlers import Attachment, Choice, Incoming, Reply, ask, checkin, digests, questions, report
from handlers.conversation import Conversation, Desk, Turn, speaking_for
from handlers.replies import for_post
from knowledge.vietnamese import fold

LONGEST = 2000
"""A longer message is no question and no figure; whoever sent it is asked to be brief."""

KEY = re.compile(r"(\d{1,2}|[a-z])[.)]?", re.IGNORECASE)
"""What people type to choose from a list: "1", "1.", "a)"."""

OF_POST = re.compile(r"@(\d+)$")
"""At the end of a choice: the post it is meant for, so that it is right also for somebody who holds several."""

Run = Callable[[Desk, Conversation, str], Turn]
EVERYONE: frozenset[Role] = frozenset(get_args(Role))
STAFF: frozenset[Role] = frozenset({"staff", "administrator"})


@dataclass(frozen=True)
class Waiting:
    """How a subject takes what is said while it waits.

    `typed` gives `None` for a text that is no answer, `problem` says why it is none, `again` repeats what was asked,
    `takes_text` says whether any text is an answer; `filed` takes a file.
    """

    typed: Callable[[Desk, Conversation, str], Turn | None]
    problem: Run
    again: Callable[[Desk, Conversation], Reply]
    takes_text: Callable[[Conversation], bool] = lambda _: False
    filed: Callable[[Desk, Conversation, Attachment], Turn | None] = lambda *_: None


@dataclass(frozen=True)
class Subject:
    """What a subject does with a tapped choice (action, further words), who may tap, and how it waits."""

    tapped: Callable[[Desk, Conversation, str, tuple[str, ...]], Turn]
    waiting: Waiting | None = None
    roles: frozenset[Role] = EVERYONE


@dataclass(frozen=True)
class Command:
    """What a word behind "/" does; `run` gets what was written after it."""

    run: Run
    roles: frozenset[Role] = EVERYONE


def respond(desk: Desk, conversation: Conversation, incoming: Incoming) -> Turn:
    """One message in, one Turn out."""
    turn = _answer(desk, conversation, incoming)
    if len(desk.posts) > 1:
        post = desk.officer.id if turn.post is None else turn.post
        turn = replace(turn, replies=tuple(for_post(reply, post) for reply in turn.replies))
    last = turn.replies[-1]
    return replace(turn, conversation=replace(turn.conversation, offered=last.choices, keys=last.keys))


def _answer(desk: Desk, conversation: Conversation, incoming: Incoming) -> Turn:
    text = clean(incoming.text)
    if len(text) > LONGEST:
        return _keep(desk, conversation, Reply(desk.phrases.say("too-long", most=LONGEST)))
    choice = incoming.choice or _chosen(conversation, text)
    if choice:
        return _chose(desk, conversation, choice)
    if incoming.file:
        return _filed(desk, conversation, incoming.file)
    if not text:
        return _keep(desk, conversation, Reply(desk.phrases.say("nothing-to-read")))
    if text.startswith("/"):
        # The bot's name after "@", which groups add, does not change the command.
        word, _, rest = text.partition(" ")
        name = fold(word.split("@")[0]).lstrip("/")
        return _command(desk, conversation, name, rest.strip())
    return _typed(desk, conversation, text)


def _command(desk: Desk, conversation: Conversation, name: str, rest: str = "") -> Turn:
    command = COMMANDS.get(name)
    if command is None:
        return _keep(desk, conversation, Reply(desk.phrases.say("unknown-command")))
    if desk.officer.role not in command.roles:
        return _keep(desk, conversation, Reply(desk.phrases.say("not-your-command")))
    return command.run(desk, conversation, rest)


def _filed(desk: Desk, conversation: Conversation, file: Attachment) -> Turn:
    """A file: what the open form asks for, or something that nobody asked for."""
    if not file.content:
        return _keep(desk, conversation, Reply(desk.phrases.say("file-not-fetched")))
    waiting = _waiting(conversation)
    taken = waiting.filed(desk, conversation, file) if waiting else None
    return taken or _keep(desk, conversation, Reply(desk.phrases.say("file-not-asked-for")))


def _waiting(conversation: Conversation) -> Waiting | None:
    subject = SUBJECTS.get(conversation.wait.subject) if conversation.wait else None
    return subject.waiting if subject else None


def clean(text: str) -> str:
    """Text as people meant it: one form of each letter, without invisible control characters."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(c for c in composed if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return kept.strip()


def _chosen(conversation: Conversation, text: str) -> str | None:
    """The choice that a typed number, letter or label means; none where the last message offered none."""
    key = KEY.fullmatch(text)
    for place, choice in enumerate(conversation.offered):
        name = chr(ord("a") + place) if conversation.keys == "letters" else str(place + 1)
        if (key and key.group(1).lower() == name) or fold(text) == fold(choice.label):
            return choice.id
    return None


def _chose(desk: Desk, conversation: Conversation, choice: str) -> Turn:
    """A choice, for the post it was offered to: somebody with two posts speaks for that one from now on."""
    meant = OF_POST.search(choice)
    if meant is None or int(meant[1]) == desk.officer.id:
        return _tapped(desk, conversation, OF_POST.sub("", choice))
    if int(meant[1]) not in {post.id for post in desk.posts}:
        return _keep(desk, conversation, Reply(desk.phrases.say("old-button")))
    there, talk = speaking_for(desk, int(meant[1]))
    turn = _tapped(there, talk, OF_POST.sub("", choice))
    said = Reply(desk.phrases.say("now-speaking-for", union=there.union.name))
    return replace(turn, replies=(said, *turn.replies), post=there.officer.id if turn.post is None else turn.post)


def _tapped(desk: Desk, conversation: Conversation, choice: str) -> Turn:
    name, _, rest = choice.partition(":")
    action, *words = rest.split(":")
    if name == "menu":
        return _command(desk, conversation, action)
    subject = SUBJECTS.get(name)
    if subject is None or desk.officer.role not in subject.roles:
        return _keep(desk, conversation, Reply(desk.phrases.say("old-button")))
    return subject.tapped(desk, conversation, action, tuple(words))


def _typed(desk: Desk, conversation: Conversation, text: str) -> Turn:
    """A typed message: an answer to what waits, or a question (which leaves what waits as it is)."""
    waiting = _waiting(conversation)
    if waiting is None:
        if KEY.fullmatch(text):
            return _menu(desk, conversation, phrase="key-without-menu")
        return ask.respond(desk, conversation, text)
    if not (waiting.takes_text(conversation) and text.endswith("?")):
        taken = waiting.typed(desk, conversation, text)
        if taken:
            return taken
    if len(text.split()) > 1:
        answered = ask.respond(desk, conversation, text)
        if ask.found_something(answered) or text.endswith("?"):
            again = waiting.again(desk, answered.conversation)
            return Turn((*answered.replies, again), answered.conversation)
    return waiting.problem(desk, conversation, text)


def _keep(desk: Desk, conversation: Conversation, reply: Reply) -> Turn:
    """Say something without losing what waits."""
    waiting = _waiting(conversation)
    if waiting:
        return Turn((reply, waiting.again(desk, conversation)), conversation)
    return Turn((reply,), conversation)


def _menu(desk: Desk, conversation: Conversation, _: str = "", phrase: str | None = None) -> Turn:
    """What can be done here; a number typed without a list to choose from shows it too, and does nothing."""
    phrases = desk.phrases
    items = MENU[desk.officer.role]
    choices = tuple(Choice(f"menu:{item}", phrases.say(f"menu-{item}")) for item in items)
    welcome = "welcome-officer" if desk.officer.role == "officer" else "welcome-staff"
    text = phrases.say(phrase or welcome, union=desk.union.name)
    return Turn((Reply(text, choices),), conversation.put_off())


def _cancel(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    said = "checkin-cancelled" if conversation.wait or conversation.parked else "nothing-to-cancel"
    return Turn((Reply(desk.phrases.say(said)),), conversation.at_rest().taken_up())


SUBJECTS: dict[str, Subject] = {
    ask.SUBJECT: Subject(ask.tapped),
    checkin.SUBJECT: Subject(
        checkin.tapped,
        Waiting(checkin.typed, checkin.problem, checkin.ask_again, checkin.takes_text),
    ),
    questions.SUBJECT: Subject(
        questions.tapped,
        Waiting(questions.typed, questions.problem, questions.again, questions.takes_text),
    ),
    report.SUBJECT: Subject(report.tapped),
}

COMMANDS: dict[str, Command] = {
    "start": Command(_menu),
    "menu": Command(_menu),
    "help": Command(_menu),
    "trogiup": Command(_menu),
    "checkin": Command(checkin.open_now),
    "solieu": Command(checkin.open_now),
    "report": Command(report.overview),
    "baocao": Command(report.overview),
    "digest": Command(digests.on_request),
    "tinhhinh": Command(digests.on_request),
    "cauhoi": Command(questions.listing, STAFF),
    "questions": Command(questions.listing, STAFF),
    "huy": Command(_cancel),
    "cancel": Command(_cancel),
}

MENU: dict[Role, tuple[str, ...]] = {
    "officer": ("checkin", "report"),
    "staff": ("digest", "cauhoi"),
    "administrator": ("digest", "cauhoi"),
}
"""The commands that the menu offers, by role."""
