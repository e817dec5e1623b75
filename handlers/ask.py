"""Questions about the plans: an answer with its source, or an honest "not found"."""

from dataclasses import replace
from hashlib import blake2b

from handlers import Choice, Reply
from handlers.answering import Spoken, wording_reply
from handlers.conversation import Conversation, Desk, Quoted, Turn
from handlers.months import period_name
from handlers.own_reports import still_due
from handlers.phrasebook import Phrases
from handlers.remembering import remembered
from handlers.rulings import ruling_on, token_of
from handlers.sayings import told
from knowledge import Answer

SUBJECT = "ask"


def respond(desk: Desk, conversation: Conversation, text: str) -> Turn:
    """Answer a question; the wording it rests on, and what did not fit the answer, are behind buttons."""
    if language := told(text):
        return Turn((Reply(Phrases(language).say("said-told")),), conversation)
    found, answered = remembered(desk, conversation, text)
    phrases = Phrases(found.language)
    said = replace(answered, reply=_with_due_days(desk, found, answered.reply, phrases))
    ruling = ruling_on(desk, conversation, text)
    following = conversation.having_asked(text)
    if said.reply.citations:
        shown, following = _with_wording(desk, following, text, said, phrases)
        return Turn((ruling, shown) if ruling else (shown,), following, outcome=found.outcome)
    passing = Choice(f"question:pass:{token_of(text)}", phrases.say("question-pass-button"))
    reply = ruling or replace(said.reply, choices=(*said.reply.choices, passing))
    return Turn((reply,), following, outcome="ruling" if ruling else found.outcome)


def _with_due_days(desk: Desk, found: Answer, said: Reply, phrases: Phrases) -> Reply:
    """Where no document says when a report is due: the days that staff have confirmed and that are reminded of."""
    unsaid = [part for part in (found, *found.also) if (part.kind, part.outcome) == ("report", "not_restated")]
    still = still_due(desk) if any(not part.whose for part in unsaid) else []
    if not still:
        return said
    days = [phrases.say("ask-report-due", period=period_name(period, phrases), due=due) for _, period, due in still]
    text = phrases.say("ask-report-due-days", days=phrases.say("ask-and").join(days))
    head = said.text.replace(phrases.say("ask-report-no-day"), phrases.say("ask-report-day-open"))
    choices = (Choice("menu:report", phrases.say("menu-report")), *said.choices)
    return replace(said, text=f"{head}\n{text}", choices=choices)


def _with_wording(
    desk: Desk, conversation: Conversation, text: str, said: Spoken, phrases: Phrases
) -> tuple[Reply, Conversation]:
    """An answer with what can be tapped below it, and the conversation that can show more of it."""
    token = blake2b(f"{desk.now.isoformat()} {text}".encode(), digest_size=6).hexdigest()
    more = (Choice(f"{SUBJECT}:more:{token}", phrases.say("ask-see-more")),) if said.rest else ()
    wording = Choice(f"{SUBJECT}:words:{token}", phrases.say("ask-see-wording"))
    wrong = Choice(f"question:wrong:{token_of(text)}", phrases.say("question-wrong-button"))
    reply = Reply(said.reply.text, (*more, wording, *said.reply.choices, wrong), said.reply.citations)
    return reply, conversation.having_quoted(Quoted(token, said.reply.citations, said.rest))


def found_something(turn: Turn) -> bool:
    """Whether a turn of this subject holds an answer with a source."""
    return any(reply.citations for reply in turn.replies)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """The wording behind an answer, or the rest of it, was asked for."""
    token = words[0] if words else ""
    quoted = next((each for each in conversation.quoted if each.token == token), None)
    if quoted and action == "words":
        return Turn((wording_reply(quoted.citations, desk.phrases),), conversation)
    if quoted and action == "more" and quoted.rest:
        wording = Choice(f"{SUBJECT}:words:{token}", desk.phrases.say("ask-see-wording"))
        return Turn((Reply(quoted.rest, (wording,), quoted.citations),), conversation)
    return Turn((Reply(desk.phrases.say("ask-wording-gone")),), conversation)
