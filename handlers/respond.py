"""From what was said to the subject that answers."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from handlers import Choice, Incoming, Reply, ask, checkin, digests, report
from handlers.conversation import Conversation, Desk, Turn
from handlers.phrasebook import Phrases
from knowledge.vietnamese import fold

LONGEST = 2000
"""A longer message is no question and no figure; whoever sent it is asked to be brief."""

KEY = re.compile(r"(\d{1,2}|[a-z])[.)]?", re.IGNORECASE)
"""What people type to choose from a list: "1", "1.", "a)"."""

Tapped = Callable[[Desk, Conversation, str, tuple[str, ...]], Turn]


def respond(desk: Desk, conversation: Conversation, incoming: Incoming) -> Turn:
    """One message in, one Turn out."""
    turn = _answer(desk, conversation, incoming)
    last = turn.replies[-1]
    return Turn(turn.replies, replace(turn.conversation, offered=last.choices, keys=last.keys))


def stranger(phrases: Phrases, incoming: Incoming) -> Reply:
    """What somebody hears whom no union has named: how to be let in, and nothing about anyone."""
    return Reply(phrases.say("stranger", channel=incoming.channel, address=incoming.address))


def _answer(desk: Desk, conversation: Conversation, incoming: Incoming) -> Turn:
    text = clean(incoming.text)
    if len(text) > LONGEST:
        return _keep(desk, conversation, Reply(desk.phrases.say("too-long", most=LONGEST)))
    choice = incoming.choice or _chosen(conversation, text)
    if choice:
        return _tapped(desk, conversation, choice)
    if not text:
        phrase = "no-files-yet" if incoming.file else "nothing-to-read"
        return _keep(desk, conversation, Reply(desk.phrases.say(phrase)))
    if text.startswith("/"):
        # What follows the word (the payload of "/start", the bot's name after "@") does not change the command.
        command = COMMANDS.get(fold(text.split()[0].split("@")[0]).lstrip("/"), _unknown_command)
        return command(desk, conversation)
    return _typed(desk, conversation, text)


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


def _tapped(desk: Desk, conversation: Conversation, choice: str) -> Turn:
    subject, _, rest = choice.partition(":")
    action, *words = rest.split(":")
    if subject == "menu" and action in COMMANDS:
        return COMMANDS[action](desk, conversation)
    handler = SUBJECTS.get(subject)
    if handler is None:
        return _keep(desk, conversation, Reply(desk.phrases.say("old-button")))
    return handler(desk, conversation, action, tuple(words))


def _typed(desk: Desk, conversation: Conversation, text: str) -> Turn:
    """A typed message: an answer to the open form, or a question (which leaves the form as it is)."""
    if conversation.wait is None or conversation.wait.subject != checkin.SUBJECT:
        if KEY.fullmatch(text):
            return _menu(desk, conversation, "key-without-menu")
        return ask.respond(desk, conversation, text)
    if not (checkin.takes_text(conversation) and text.endswith("?")):
        taken = checkin.typed(desk, conversation, text)
        if taken:
            return taken
    if len(text.split()) > 1:
        answered = ask.respond(desk, conversation, text)
        if ask.found_something(answered) or text.endswith("?"):
            again = checkin.ask_again(desk, answered.conversation)
            return Turn((*answered.replies, again), answered.conversation)
    return checkin.problem(desk, conversation, text)


def _keep(desk: Desk, conversation: Conversation, reply: Reply) -> Turn:
    """Say something without losing an open form."""
    if conversation.wait and conversation.wait.subject == checkin.SUBJECT:
        return Turn((reply, checkin.ask_again(desk, conversation)), conversation)
    return Turn((reply,), conversation)


def _menu(desk: Desk, conversation: Conversation, phrase: str | None = None) -> Turn:
    """What can be done here; a number typed without a list to choose from shows it too, and does nothing."""
    phrases = desk.phrases
    officer = desk.officer.role == "officer"
    items = ("checkin", "report") if officer else ("digest",)
    choices = tuple(Choice(f"menu:{item}", phrases.say(f"menu-{item}")) for item in items)
    text = phrases.say(phrase or ("welcome-officer" if officer else "welcome-staff"), union=desk.union.name)
    return Turn((Reply(text, choices),), conversation.put_off())


def _cancel(desk: Desk, conversation: Conversation) -> Turn:
    said = "checkin-cancelled" if conversation.wait or conversation.parked else "nothing-to-cancel"
    return Turn((Reply(desk.phrases.say(said)),), conversation.at_rest().taken_up())


def _unknown_command(desk: Desk, conversation: Conversation) -> Turn:
    return _keep(desk, conversation, Reply(desk.phrases.say("unknown-command")))


SUBJECTS: dict[str, Tapped] = {
    ask.SUBJECT: ask.tapped,
    checkin.SUBJECT: checkin.tapped,
    report.SUBJECT: report.tapped,
}

COMMANDS: dict[str, Callable[[Desk, Conversation], Turn]] = {
    "start": _menu,
    "menu": _menu,
    "help": _menu,
    "trogiup": _menu,
    "checkin": checkin.open_now,
    "solieu": checkin.open_now,
    "report": report.overview,
    "baocao": report.overview,
    "digest": digests.on_request,
    "tinhhinh": digests.on_request,
    "huy": _cancel,
    "cancel": _cancel,
}
