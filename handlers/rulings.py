"""Answers of staff to questions that the documents leave open, for whoever asks the same next."""

from datetime import date
from hashlib import blake2b

from db import PassedQuestion, officers, questions, unions
from db.store import Connection
from handlers import Reply
from handlers.conversation import Conversation, Desk
from knowledge import Citation
from knowledge.likeness import ask_the_same
from knowledge.question import Asker, understand


def token_of(question: str) -> str:
    """The name of a question in the id of a button."""
    return blake2b(question.encode(), digest_size=6).hexdigest()


def ruling_on(desk: Desk, conversation: Conversation, text: str) -> Reply | None:
    """The newest ruling on this question that holds for the asker today: who said it, when, and for how long."""
    rulings = questions.rulings(desk.connection, desk.documents, desk.today)
    if not rulings:
        return None
    asker = Asker(desk.union.code, desk.documents)
    asked = understand(text, conversation.asked, desk.library, asker, desk.today)
    for ruling in rulings:
        if ask_the_same(asked, understand(ruling.text, (), desk.library, asker, desk.today)):
            return _said(desk, ruling)
    return None


def _said(desk: Desk, ruling: PassedQuestion) -> Reply:
    staff = unions.get(desk.connection, ruling.passed_up_to, desk.today)
    name = staff.name if staff else ruling.passed_up_to
    day = ruling.answered_at.date() if ruling.answered_at else desk.today
    text = desk.phrases.say(
        "question-ruling",
        union=name,
        day=day,
        question=ruling.text,
        answer=ruling.answer or "",
        expires=ruling.expires or "never",
    )
    source = desk.phrases.say("question-ruling-source", union=name, day=day)
    return Reply(text, citations=(Citation(source, "", "", ruling.answer or "", name),))


def waiting_at(connection: Connection, code: str, today: date) -> tuple[PassedQuestion, ...]:
    """The questions that wait for the staff of a union: its own, and those of unions below it that have no staff."""
    below = unions.below(connection, code, today)
    staffed = officers.staffed(connection)
    return questions.waiting(connection, [union for union in below if union == code or union not in staffed])


def has_staff(connection: Connection, code: str) -> bool:
    """Whether somebody works for the union as staff."""
    return any(each.role != "officer" for each in officers.holders(connection, code))
