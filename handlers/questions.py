"""Questions passed on: an officer hands one to the staff above with a tap; their answer becomes a ruling."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from db import PassedQuestion, QuestionReason, audit, officers, questions, unions
from handlers import Choice, Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.replies import letter
from handlers.rulings import has_staff, token_of, waiting_at

SUBJECT = "question"
MOST_LETTERS = 1_500
"""A longer answer would not fit the message that quotes it to the next asker."""

KIND = "ruling"
SCOPES, TERMS = ("one", "all"), ("year", "next", "never")


@dataclass(frozen=True)
class Ruling:
    """An answer that is being written: to which question, the words, then for whom it holds."""

    number: int
    answer: str = ""
    scope: str = ""


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice about a question was tapped: by who asked it, or by the staff who answer."""
    word = words[0] if words else ""
    if action in ("pass", "wrong"):
        return _pass_on(desk, conversation, word, "not_found" if action == "pass" else "wrong")
    if desk.officer.role == "officer":
        return _old(desk, conversation)
    if action == "show":
        return _show(desk, conversation, after=_number(word))
    draft = _draft(conversation)
    if draft and action in ("scope", "term"):
        return _decide(desk, conversation, draft, action, word)
    asked = next((each for each in _waiting(desk) if each.id == _number(word)), None)
    steps = {"answer": _ask_for_words, "close": _close, **({"up": _hand_up} if len(desk.chain) > 1 else {})}
    return steps[action](desk, conversation, asked) if asked and action in steps else _old(desk, conversation)


def listing(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """The questions that wait for the staff, the oldest first."""
    return _show(desk, conversation, after=0)


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """The words of an answer; `None` while a button is waited for."""
    draft = _draft(conversation)
    if draft is None or draft.answer or len(text) > MOST_LETTERS:
        return None
    asked = next((each for each in _waiting(desk) if each.id == draft.number), None)
    if asked is None:
        return _old(desk, conversation.at_rest())
    return _ask_scope(desk, conversation, asked, text)


def problem(desk: Desk, conversation: Conversation, text: str) -> Turn:
    """Why what was typed is no answer."""
    phrase = "question-too-long" if len(text) > MOST_LETTERS else "checkin-pick-one"
    return Turn((Reply(desk.phrases.say(phrase)), again(desk, conversation)), conversation)


def again(desk: Desk, conversation: Conversation) -> Reply:
    """What is waited for, after something else was talked about."""
    draft = _draft(conversation)
    asked = next((each for each in _waiting(desk) if draft and each.id == draft.number), None)
    if draft is None or asked is None:
        return Reply(desk.phrases.say("question-none"))
    if draft.scope:
        return _term_reply(desk, draft)
    return _scope_reply(desk, asked, draft.answer) if draft.answer else _words_reply(desk, asked)


def takes_text(conversation: Conversation) -> bool:
    """Whether whatever is typed is the answer."""
    draft = _draft(conversation)
    return draft is not None and not draft.answer


# The one who asks


def _pass_on(desk: Desk, conversation: Conversation, token: str, reason: QuestionReason) -> Turn:
    asked = next((each for each in conversation.asked if token_of(each) == token), None)
    if asked is None:
        return Turn((Reply(desk.phrases.say("question-gone")),), conversation)
    if len(desk.chain) < 2:
        return Turn((Reply(desk.phrases.say("question-nobody-above")),), conversation)
    above = next((code for code in desk.chain[1:] if has_staff(desk.connection, code)), desk.chain[1])
    phrase = "question-passed" if has_staff(desk.connection, above) else "question-passed-nobody"
    known = questions.already_passed(desk.connection, desk.union.code, asked)
    if known:
        phrase, above = "question-passed-already", known.passed_up_to
    else:
        given, post = _given(conversation), desk.officer.id
        questions.pass_on(desk.connection, desk.union.code, post, asked, given, reason, above, desk.now)
    union = unions.get(desk.connection, above, desk.today)
    return Turn((Reply(desk.phrases.say(phrase, union=union.name if union else "")),), conversation)


def _given(conversation: Conversation) -> str | None:
    """The wording on which the last answer rested, for the staff to compare."""
    cited = conversation.quoted[-1].citations if conversation.quoted else ()
    return cited[0].quote if cited else None


# The staff who answer


def _waiting(desk: Desk) -> tuple[PassedQuestion, ...]:
    return waiting_at(desk.connection, desk.union.code, desk.today)


def _show(desk: Desk, conversation: Conversation, after: int) -> Turn:
    waiting = _waiting(desk)
    if not waiting:
        return Turn((Reply(desk.phrases.say("question-none")),), conversation)
    place = next((place for place, each in enumerate(waiting) if each.id > after), 0)
    asked = waiting[place]
    union = unions.get(desk.connection, asked.union, desk.today)
    text = desk.phrases.say(
        "question-show",
        place=place + 1,
        total=len(waiting),
        union=union.name if union else asked.union,
        moment=asked.asked_at,
        question=asked.text,
        reason=asked.reason,
        given=asked.answer_given or "",
    )
    actions = ["answer", *(["up"] if len(desk.chain) > 1 else []), "close", *(["show"] if len(waiting) > 1 else [])]
    choices = tuple(
        Choice(f"{SUBJECT}:{action}:{asked.id}", desk.phrases.say(f"question-{action}-button")) for action in actions
    )
    return Turn((Reply(text, choices),), conversation)


def _ask_for_words(desk: Desk, conversation: Conversation, asked: PassedQuestion) -> Turn:
    waits = conversation.waiting_for(SUBJECT, {"number": asked.id})
    return Turn((_words_reply(desk, asked),), waits)


def _words_reply(desk: Desk, asked: PassedQuestion) -> Reply:
    return Reply(desk.phrases.say("question-type", question=asked.text))


def _ask_scope(desk: Desk, conversation: Conversation, asked: PassedQuestion, text: str) -> Turn:
    waits = conversation.waiting_for(SUBJECT, {"number": asked.id, "answer": text})
    return Turn((_scope_reply(desk, asked, text),), waits)


def _scope_reply(desk: Desk, asked: PassedQuestion, text: str) -> Reply:
    union = unions.get(desk.connection, asked.union, desk.today)
    names = {"one": union.name if union else asked.union, "all": desk.union.name}
    choices = tuple(
        Choice(f"{SUBJECT}:scope:{scope}", desk.phrases.say(f"question-scope-{scope}", union=names[scope]))
        for scope in SCOPES
    )
    return Reply(desk.phrases.say("question-scope", answer=text), choices)


def _decide(desk: Desk, conversation: Conversation, draft: Ruling, action: str, word: str) -> Turn:
    """The staff said for whom the answer holds, or for how long."""
    asked = next((each for each in _waiting(desk) if each.id == draft.number), None)
    if asked is None:
        return _old(desk, conversation.at_rest())
    if action == "scope" and draft.answer and word in SCOPES:
        decided = replace(draft, scope=word)
        return Turn((_term_reply(desk, decided),), conversation.waiting_for(SUBJECT, asdict(decided)))
    if action == "term" and draft.scope and word in TERMS:
        return _answer(desk, conversation, asked, draft, word)
    return _old(desk, conversation)


def _term_reply(desk: Desk, draft: Ruling) -> Reply:
    years = {"year": desk.today.year, "next": desk.today.year + 1, "never": 0}
    choices = tuple(
        Choice(f"{SUBJECT}:term:{term}", desk.phrases.say(f"question-term-{term}", year=str(years[term])))
        for term in TERMS
    )
    return Reply(desk.phrases.say("question-term"), choices)


def _answer(desk: Desk, conversation: Conversation, asked: PassedQuestion, draft: Ruling, term: str) -> Turn:
    expires = None if term == "never" else date(desk.today.year + (term == "next"), 12, 31)
    scope = asked.union if draft.scope == "one" else desk.union.code
    questions.hand_up(desk.connection, asked.id, desk.union.code)
    questions.answer(desk.connection, asked.id, desk.officer.id, draft.answer, scope, expires, desk.now)
    audit.note(desk.connection, desk.officer.id, "question-answered", asked.union, {"question": asked.id}, desk.now)
    asker = officers.post(desk.connection, asked.officer) if asked.officer else None
    asker = asker or officers.of_union(desk.connection, asked.union, "officer")
    said = desk.phrases.say(
        "question-letter", union=desk.union.name, question=asked.text, answer=draft.answer, day=desk.today
    )
    letters = (letter(asker, f"ruling:{asked.id}", KIND, Reply(said), desk.now),) if asker else ()
    receipt = desk.phrases.say("question-answered" if asker else "question-answered-nobody")
    return Turn((Reply(receipt, _next(desk)),), conversation.at_rest(), letters)


def _hand_up(desk: Desk, conversation: Conversation, asked: PassedQuestion) -> Turn:
    questions.hand_up(desk.connection, asked.id, desk.chain[1])
    audit.note(desk.connection, desk.officer.id, "question-handed-up", asked.union, {"question": asked.id}, desk.now)
    union = unions.get(desk.connection, desk.chain[1], desk.today)
    said = desk.phrases.say("question-handed-up", union=union.name if union else desk.chain[1])
    return Turn((Reply(said, _next(desk)),), conversation.at_rest())


def _close(desk: Desk, conversation: Conversation, asked: PassedQuestion) -> Turn:
    """Without an answer; who asked hears that none comes."""
    questions.close(desk.connection, asked.id, desk.officer.id, desk.now)
    audit.note(desk.connection, desk.officer.id, "question-closed", asked.union, {"question": asked.id}, desk.now)
    asker = officers.post(desk.connection, asked.officer) if asked.officer else None
    said = desk.phrases.say("question-closed-letter", union=desk.union.name, question=asked.text)
    letters = (letter(asker, f"ruling:{asked.id}", KIND, Reply(said), desk.now),) if asker else ()
    return Turn((Reply(desk.phrases.say("question-closed"), _next(desk)),), conversation.at_rest(), letters)


def _next(desk: Desk) -> tuple[Choice, ...]:
    more = len(_waiting(desk))
    return (Choice(f"{SUBJECT}:show:0", desk.phrases.say("question-next", count=more)),) if more else ()


def _draft(conversation: Conversation) -> Ruling | None:
    wait = conversation.wait
    return Ruling(**wait.data) if wait and wait.subject == SUBJECT else None


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 12 else 0


def _old(desk: Desk, conversation: Conversation) -> Turn:
    return Turn((Reply(desk.phrases.say("old-button")),), conversation)
