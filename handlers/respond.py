"""From what was said to the subject that answers."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import get_args

from db import Role
from handlers import (
    Attachment,
    Choice,
    Incoming,
    Reply,
    ask,
    checkin,
    days_off,
    digests,
    exempting,
    extension,
    groups,
    intake,
    join,
    obligations_talk,
    posts,
    privacy,
    progress,
    questions,
    reminders,
    report,
    report_review,
    staff,
    targets,
)
from handlers.choosing import KEY, chosen
from handlers.codes import looks_like_one
from handlers.conversation import Conversation, Desk, Turn, speaking_for
from handlers.ended import ended
from handlers.phrasebook import Phrases
from handlers.replies import for_post
from handlers.sayings import meanings
from knowledge.vietnamese import fold

LONGEST = 2000
"""A longer message is no question and no figure; whoever sent it is asked to be brief."""

OF_POST = re.compile(r"@(\d+)$")
"""At the end of a choice: the post it is meant for, so that it is right also for somebody who holds several."""

Run = Callable[[Desk, Conversation, str], Turn]
EVERYONE: frozenset[Role] = frozenset(get_args(Role))
OFFICERS: frozenset[Role] = frozenset({"officer"})
STAFF: frozenset[Role] = frozenset({"staff", "administrator"})


@dataclass(frozen=True)
class Waiting:
    """How a subject takes what is said while it waits.

    `typed` gives `None` for a text that is no answer, `problem` says why it is none, `again` repeats what was asked,
    `takes_text` says whether any text is an answer; `filed` takes a file; `cancel` gives up what was begun, where more
    than the wait goes with it.
    """

    typed: Callable[[Desk, Conversation, str], Turn | None]
    problem: Run
    again: Callable[[Desk, Conversation], Reply]
    takes_text: Callable[[Conversation], bool] = lambda _: False
    filed: Callable[[Desk, Conversation, Attachment], Turn | None] = lambda *_: None
    cancel: Callable[[Desk, Conversation], Turn] | None = None


@dataclass(frozen=True)
class Subject:
    """What a subject does with a tapped choice (action, further words), who may tap, and how it waits; `living` says
    that a union that is closed has no more to do with it."""

    tapped: Callable[[Desk, Conversation, str, tuple[str, ...]], Turn]
    waiting: Waiting | None = None
    roles: frozenset[Role] = EVERYONE
    living: bool = False


@dataclass(frozen=True)
class Command:
    """What a word behind "/" does; `run` gets what was written after it, `living` as for a subject."""

    run: Run
    roles: frozenset[Role] = EVERYONE
    living: bool = False


def respond(desk: Desk, conversation: Conversation, incoming: Incoming) -> Turn:
    """One message in, one Turn out."""
    turn = _answer(desk, conversation, incoming)
    if len(desk.posts) > 1:
        post = desk.officer.id if turn.post is None else turn.post
        turn = replace(turn, replies=tuple(for_post(reply, post) for reply in turn.replies))
    last = turn.replies[-1]
    return replace(turn, conversation=turn.conversation.offering(last, desk.now))


def _answer(desk: Desk, conversation: Conversation, incoming: Incoming) -> Turn:
    text = clean(incoming.text)
    if len(text) > LONGEST:
        return _keep(desk, conversation, Reply(desk.phrases.say("too-long", most=LONGEST)))
    choice = incoming.choice or chosen(conversation.on_offer(desk.now), conversation.keys, text)
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
    over = ended(desk) if command.living else None
    return Turn((over,), conversation) if over else command.run(desk, conversation, rest)


def _filed(desk: Desk, conversation: Conversation, file: Attachment) -> Turn:
    """A file: what the open form asks for, or something that nobody asked for."""
    if not file.content:
        return _keep(desk, conversation, Reply(desk.phrases.say("file-not-fetched")))
    waiting = _waiting(conversation)
    taken = waiting.filed(desk, conversation, file) if waiting else None
    if taken is None and desk.officer.role in STAFF:
        taken = targets.filed(desk, conversation, file) or intake.filed(desk, conversation, file)
    return taken or _keep(desk, conversation, Reply(desk.phrases.say("file-not-asked-for")))


def _waiting(conversation: Conversation) -> Waiting | None:
    subject = SUBJECTS.get(conversation.wait.subject) if conversation.wait else None
    return subject.waiting if subject else None


def clean(text: str) -> str:
    """Text as people meant it: one form of each letter, without invisible control characters."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return composed.strip()
    kept = "".join(c for c in composed if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return kept.strip()


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
    over = ended(desk) if subject.living else None
    return Turn((over,), conversation.at_rest()) if over else subject.tapped(desk, conversation, action, tuple(words))


def _typed(desk: Desk, conversation: Conversation, text: str) -> Turn:
    """A typed message: an answer to what waits, or a question (which leaves what waits as it is)."""
    invited = join.typed_code(desk, conversation, text)
    if invited:
        return invited
    waiting = _waiting(conversation)
    if waiting is None:
        return _unasked(desk, conversation, text)
    a_question = waiting.takes_text(conversation) and text.endswith("?")
    taken = None if a_question else waiting.typed(desk, conversation, text)
    if done := taken or _meant(desk, conversation, text):
        return done
    if len(text.split()) > 1:
        answered = progress.answered(desk, conversation, text) or ask.respond(desk, conversation, text)
        if ask.found_something(answered) or text.endswith("?"):
            again = waiting.again(desk, answered.conversation)
            return Turn((*answered.replies, again), answered.conversation, outcome=answered.outcome)
    return waiting.problem(desk, conversation, text)


def _unasked(desk: Desk, conversation: Conversation, text: str) -> Turn:
    """A typed message while nothing waits: figures where it is clearly some, else a question."""
    if KEY.fullmatch(text):
        return _unmeant(desk, conversation)
    figures = checkin.at_once(desk, conversation, text)
    if figures and (over := ended(desk)):
        return Turn((over,), conversation)
    told = figures or _meant(desk, conversation, text) or progress.answered(desk, conversation, text)
    return told or ask.respond(desk, conversation, text)


def _unmeant(desk: Desk, conversation: Conversation) -> Turn:
    """A number that chooses nothing: the menu, or the choices that only their own words choose; nothing is done."""
    offered = conversation.on_offer(desk.now)
    if offered and conversation.keys == "words":
        return Turn((Reply(desk.phrases.say("key-instead-of-words"), offered, keys="words"),), conversation)
    return _menu(desk, conversation, phrase="key-without-menu")


def _meant(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """A command in plain words, or what only courtesy asks an answer to; where something waits, no other work is begun:
    there "already sent" may mean what is being asked."""
    for saying in meanings(text):
        if conversation.wait and saying.command and saying.name not in ("menu", "huy"):
            continue
        there = replace(desk, phrases=Phrases(saying.language))
        if not saying.command:
            return _keep(there, conversation, Reply(there.phrases.say(f"said-{saying.name}")))
        if desk.officer.role in COMMANDS[saying.name].roles:
            return _command(there, conversation, saying.name)
    return None


def _keep(desk: Desk, conversation: Conversation, reply: Reply) -> Turn:
    """Say something without losing what waits."""
    waiting = _waiting(conversation)
    if waiting:
        return Turn((reply, waiting.again(desk, conversation)), conversation)
    return Turn((reply,), conversation)


def _start(desk: Desk, conversation: Conversation, code: str) -> Turn:
    """The menu, or the invitation whose link was opened."""
    return join.start(desk, conversation, code) if looks_like_one(code) else _menu(desk, conversation)


def _units(desk: Desk, conversation: Conversation, rest: str) -> Turn:
    """Somebody with several posts changes between them; staff see the unions below them."""
    if desk.officer.role in STAFF and (rest or len(desk.posts) == 1):
        return staff.open_list(desk, conversation, rest)
    return posts.choose(desk, conversation)


def _menu(desk: Desk, conversation: Conversation, _: str = "", phrase: str | None = None) -> Turn:
    """What can be done here; a number typed without a list to choose from shows it too, and does nothing."""
    phrases = desk.phrases
    items = (*MENU[desk.officer.role], *(("posts",) if len(desk.posts) > 1 else ()))
    choices = tuple(Choice(f"menu:{item}", phrases.say(f"menu-{item}")) for item in items)
    welcome = "welcome-officer" if desk.officer.role == "officer" else "welcome-staff"
    text = phrases.say(phrase or welcome, union=desk.union.name)
    return Turn((Reply(text, choices),), conversation.put_off())


def _cancel(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """Give up what is being done, or else what was put off last; anything else that was put off stays."""
    wait = conversation.wait or conversation.parked
    if wait is None:
        return Turn((Reply(desk.phrases.say("nothing-to-cancel")),), conversation)
    subject = SUBJECTS.get(wait.subject)
    if subject and subject.waiting and subject.waiting.cancel:
        return subject.waiting.cancel(desk, conversation)
    rest = conversation.at_rest() if conversation.wait else conversation.taken_up()
    return Turn((Reply(desk.phrases.say("cancelled")),), rest)


SUBJECTS: dict[str, Subject] = {
    ask.SUBJECT: Subject(ask.tapped),
    checkin.SUBJECT: Subject(
        checkin.tapped,
        Waiting(checkin.typed, checkin.problem, checkin.ask_again, checkin.takes_text, checkin.filed, checkin.cancel),
        living=True,
    ),
    questions.SUBJECT: Subject(
        questions.tapped,
        Waiting(questions.typed, questions.problem, questions.again, questions.takes_text),
    ),
    report.SUBJECT: Subject(
        report.tapped,
        Waiting(report.typed, report.problem, report.again, report.takes_text, report.filed),
        living=True,
    ),
    report_review.SUBJECT: Subject(
        report_review.tapped,
        Waiting(report_review.typed, report_review.problem, report_review.again, report_review.takes_text),
        STAFF,
    ),
    reminders.SUBJECT: Subject(reminders.tapped),
    extension.SUBJECT: Subject(
        extension.tapped,
        Waiting(extension.typed, extension.problem, extension.again, extension.takes_text),
    ),
    exempting.SUBJECT: Subject(
        exempting.tapped,
        Waiting(exempting.typed, exempting.problem, exempting.again, exempting.takes_text),
        STAFF,
    ),
    obligations_talk.SUBJECT: Subject(
        obligations_talk.tapped,
        Waiting(obligations_talk.typed, obligations_talk.problem, obligations_talk.again, obligations_talk.takes_text),
        STAFF,
    ),
    days_off.SUBJECT: Subject(days_off.tapped, Waiting(days_off.typed, days_off.problem, days_off.again), STAFF),
    join.SUBJECT: Subject(join.tapped, Waiting(join.typed, join.problem, join.ask_again)),
    staff.SUBJECT: Subject(staff.tapped, Waiting(staff.typed, staff.problem, staff.ask_again), STAFF),
    digests.SUBJECT: Subject(digests.tapped, roles=STAFF),
    groups.SUBJECT: Subject(groups.tapped, roles=STAFF),
    privacy.SUBJECT: Subject(privacy.tapped),
    progress.SUBJECT: Subject(progress.tapped),
    targets.SUBJECT: Subject(
        targets.tapped,
        Waiting(targets.typed, targets.problem, targets.ask_again, filed=targets.filed),
        STAFF,
    ),
    intake.SUBJECT: Subject(
        intake.tapped, Waiting(intake.typed, intake.problem, intake.ask_again, cancel=intake.cancel), STAFF
    ),
}

COMMANDS: dict[str, Command] = {
    "start": Command(_start),
    "menu": Command(_menu),
    "help": Command(_menu),
    "trogiup": Command(_menu),
    "checkin": Command(checkin.open_now, living=True),
    "solieu": Command(checkin.open_now, living=True),
    "report": Command(report.overview, living=True),
    "baocao": Command(report.overview, living=True),
    "danop": Command(report.already_sent, living=True),
    "xingiahan": Command(extension.open_now, OFFICERS, living=True),
    "duyetbaocao": Command(report_review.listing, STAFF),
    "digest": Command(digests.on_request),
    "tinhhinh": Command(digests.on_request),
    "bantin": Command(digests.settings, STAFF),
    groups.COMMAND: Command(groups.open_now, STAFF),
    "giahan": Command(exempting.open_now, STAFF),
    "nghiavu": Command(obligations_talk.open_now, STAFF),
    "lichnghi": Command(days_off.open_now, STAFF),
    "cauhoi": Command(questions.listing, STAFF),
    "questions": Command(questions.listing, STAFF),
    "moi": Command(staff.open_list, STAFF),
    "loimoi": Command(staff.open_invitations, STAFF),
    "units": Command(staff.open_list, STAFF),
    "nhatky": Command(staff.open_log, STAFF),
    "donvi": Command(_units),
    "posts": Command(posts.choose),
    "themkenh": Command(join.another_channel),
    "tiendo": Command(progress.open_now),
    "progress": Command(progress.open_now),
    "giaochitieu": Command(targets.open_now, STAFF),
    "targets": Command(targets.open_now, STAFF),
    "tailieu": Command(intake.open_now, STAFF),
    "quyenriengtu": Command(privacy.overview),
    "huy": Command(_cancel),
    "cancel": Command(_cancel),
}

_OF_STAFF = (
    "digest",
    "tiendo",
    "giaochitieu",
    "tailieu",
    "units",
    "cauhoi",
    "duyetbaocao",
    "giahan",
    "nghiavu",
    "report",
)
MENU: dict[Role, tuple[str, ...]] = {
    "officer": ("checkin", "report", "tiendo"),
    "staff": _OF_STAFF,
    "administrator": _OF_STAFF,
}
"""The commands that the menu offers, by role."""
