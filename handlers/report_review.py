"""Reports that wait for the staff above: they read them, accept them, or return them with a reason."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from db import KeptFile, Officer, ReportRule, Submission, audit, files, officers, report_rules, reports, unions
from handlers import Attachment, Choice, Reply
from handlers.accepting import letter_to
from handlers.conversation import Conversation, Desk, Turn
from handlers.months import period_name
from handlers.reasons import asked_once_more
from handlers.replies import letter
from handlers.report_lines import from_json, in_words
from handlers.report_paper import as_docx, sheet_of
from handlers.report_words import in_sentence
from knowledge import Union
from scheduler import Period
from scheduler.report_calendar import add_working_days, parse_period

SUBJECT = "review"
KIND = "report"
MOST_LETTERS = 500
"""A longer reason would not be read."""

AGAIN = {
    "draft": (("draft", "report-again-draft"), ("file", "report-way-file")),
    "file": (("file", "report-again-file"), ("draft", "report-button-instead")),
}
ANEW = (("draft", "report-way-draft"), ("file", "report-way-file"), ("done", "report-way-done"))
"""What whoever sent a returned report can do, by the way it came: a report that is only known to have come elsewhere
has nothing here that could be mended."""


def listing(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """The reports that wait, the oldest first."""
    return _show(desk, conversation, after=0)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A button of a report that came: `words` is its number."""
    number = int(words[0]) if words and words[0].isdecimal() and len(words[0]) < 12 else 0
    if action == "show":
        return _show(desk, conversation, after=number)
    came = _below(desk, number)
    steps = {"open": _open, "accept": _accept, "return": _ask}
    if came is None or action not in steps:
        return Turn((Reply(desk.phrases.say("old-button")),), conversation)
    if came.state != "received" and action != "open":
        said = desk.phrases.say("review-decided", number=came.number, state=came.state)
        return Turn((Reply(said, _next(desk)),), conversation)
    return steps[action](desk, conversation, came)


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """The reason for which a report is returned."""
    came = _asked_about(desk, conversation)
    if came is None or came.state != "received":
        return Turn((Reply(desk.phrases.say("old-button")),), conversation.at_rest())
    if len(text) > MOST_LETTERS:
        said = Reply(desk.phrases.say("report-too-long", most=MOST_LETTERS))
        return Turn((said, _ask_reason(desk, came)), conversation)
    if once_more := asked_once_more(conversation, text):
        again = _ask_reason(desk, came)
        return Turn((replace(again, text=desk.phrases.say("exempt-why-once-more")),), once_more)
    return _give_back(desk, conversation, came, " ".join(text.split()))


def problem(desk: Desk, conversation: Conversation, _: str) -> Turn:
    """What was typed is no reason."""
    return Turn((again(desk, conversation),), conversation)


def again(desk: Desk, conversation: Conversation) -> Reply:
    """The question for the reason, after something else was talked about."""
    came = _asked_about(desk, conversation)
    return _ask_reason(desk, came) if came else Reply(desk.phrases.say("review-none"))


def takes_text(_: Conversation) -> bool:
    """Whatever is typed is the reason."""
    return True


def _asked_about(desk: Desk, conversation: Conversation) -> Submission | None:
    wait = conversation.wait
    return _below(desk, wait.data["number"]) if wait and wait.subject == SUBJECT else None


# What waits


def _below(desk: Desk, number: int) -> Submission | None:
    """A report of a union below the staff's own; `None` for any other, as if it had not come."""
    came = reports.get(desk.connection, number)
    inside = unions.below(desk.connection, desk.officer.union, desk.today) - {desk.officer.union}
    return came if came and came.union in inside else None


def _waiting(desk: Desk) -> tuple[Submission, ...]:
    """The reports that nobody nearer decides on: those of unions between which and these staff there are no others."""
    mine = desk.officer.union
    inside = unions.below(desk.connection, mine, desk.today) - {mine}
    waiting = reports.waiting(desk.connection, inside)
    staffed = officers.staffed(desk.connection) - {mine}
    parents = {union.code: union.parent for union in unions.every(desk.connection, desk.today)} if waiting else {}
    return tuple(each for each in waiting if not _between(parents, each.union, mine) & staffed)


def _between(parents: Mapping[str, str], code: str, top: str) -> set[str]:
    """The unions above `code` and below `top`."""
    found: set[str] = set()
    while (code := parents.get(code, "")) and code != top and code not in found:
        found.add(code)
    return found


def _show(desk: Desk, conversation: Conversation, after: int) -> Turn:
    waiting = _waiting(desk)
    if conversation.wait and conversation.wait.subject == SUBJECT:
        conversation = conversation.at_rest()
    if not waiting:
        return Turn((Reply(desk.phrases.say("review-none")),), conversation)
    place = next((place for place, each in enumerate(waiting) if each.id > after), 0)
    came = waiting[place]
    text = desk.phrases.say(
        "review-show", place=place + 1, total=len(waiting), details=_details(desk, came), content=_content(desk, came)
    )
    names = ["accept", "return"]
    names += ["open"] if came.way in ("draft", "file") else []
    names += ["show"] if len(waiting) > 1 else []
    return Turn((Reply(text, tuple(_choice(desk, name, came.id) for name in names)),), conversation)


def _choice(desk: Desk, name: str, number: int) -> Choice:
    return Choice(f"{SUBJECT}:{name}:{number}", desk.phrases.say(f"review-button-{name}"))


def _details(desk: Desk, came: Submission) -> str:
    rule, period = _duty(desk, came)
    return desk.phrases.say(
        "review-details",
        union=_union(desk, came).name,
        title=rule.title if rule else came.rule,
        period=period_name(period, desk.phrases) if period else came.period,
        moment=came.received_at,
        number=came.number,
        late="yes" if came.late else "no",
        version=came.version,
        way=came.way,
    )


def _content(desk: Desk, came: Submission) -> str:
    """What the report says, and what its writer changed in the lines that were drafted."""
    lines = from_json((came.content or {}).get("lines", ()))
    if not lines:
        return ""
    changed = [desk.phrases.say("review-changed", was=line.was, text=line.text) for line in lines if line.was]
    _, period = _duty(desk, came)
    said = in_words(lines, period.year if period else desk.today.year, desk.phrases)
    return "\n\n".join((said, *(["\n".join(changed)] if changed else [])))


def _duty(desk: Desk, came: Submission) -> tuple[ReportRule | None, Period | None]:
    rule = report_rules.rule(desk.connection, came.rule)
    return rule, parse_period(rule.profile, rule.cycle, came.period, rule.cut_offs) if rule else None


def _union(desk: Desk, came: Submission) -> Union:
    union = unions.get(desk.connection, came.union, desk.today)
    assert union is not None
    return union


def _open(desk: Desk, conversation: Conversation, came: Submission) -> Turn:
    """What was sent: the files, or the draft as a file."""
    listed = (files.get(desk.connection, number) for number in (came.content or {}).get("files", ()))
    found = [_attached(file) for file in listed if file is not None]
    rule, period = _duty(desk, came)
    if rule and period and "lines" in (came.content or {}):
        sheet = sheet_of(desk.connection, _union(desk, came), rule.title, period, came.received_at.date())
        found.append(as_docx(sheet, came.content or {}, desk.timetable.report_template, desk.phrases))
    if not found:
        return Turn((Reply(desk.phrases.say("review-nothing-to-open")),), conversation)
    said = desk.phrases.say("review-opened", details=_details(desk, came))
    decide = [_choice(desk, name, came.id) for name in ("accept", "return")] if came.state == "received" else []
    replies = [Reply(said if place == 0 else file.name, file=file) for place, file in enumerate(found)]
    replies[-1] = Reply(replies[-1].text, tuple(decide), file=found[-1])
    return Turn(tuple(replies), conversation)


def _attached(file: KeptFile) -> Attachment:
    return Attachment(file.name, file.media_type, file.content)


# What the staff decide


def _accept(desk: Desk, conversation: Conversation, came: Submission) -> Turn:
    reports.accept(desk.connection, came.id, desk.officer.id, desk.now)
    audit.note(desk.connection, desk.officer.id, "report-accepted", came.union, {"report": came.id}, desk.now)
    author, name = _author(desk, came), _union(desk, came).name
    letters = (letter_to(desk.connection, author, came, desk.union.name, desk.phrases, desk.now),) if author else ()
    said = desk.phrases.say("review-accepted", union=name, number=came.number, told="yes" if author else "no")
    return Turn((Reply(said, _next(desk)),), conversation, letters)


def _ask(desk: Desk, conversation: Conversation, came: Submission) -> Turn:
    return Turn((_ask_reason(desk, came),), conversation.waiting_for(SUBJECT, {"number": came.id}))


def _ask_reason(desk: Desk, came: Submission) -> Reply:
    text = desk.phrases.say("review-ask-reason", union=_union(desk, came).name, number=came.number)
    return Reply(text, (Choice(f"{SUBJECT}:show:0", desk.phrases.say("review-keep")),), keys="letters")


def _give_back(desk: Desk, conversation: Conversation, came: Submission, reason: str) -> Turn:
    """The report is owed again, and whoever sent it hears why and until when."""
    due = add_working_days(desk.today, desk.timetable.days_to_correct, desk.timetable.calendar)
    reports.give_back(desk.connection, came.id, desk.officer.id, reason, due, desk.now)
    audit.note(desk.connection, desk.officer.id, "report-returned", came.union, {"report": came.id}, desk.now)
    author = _author(desk, came)
    letters = (letter(author, f"returned:{came.id}", KIND, _told(desk, came, reason, due), desk.now),) if author else ()
    phrase = "review-returned" if author else "review-returned-nobody"
    said = desk.phrases.say(phrase, union=_union(desk, came).name, number=came.number, due=due)
    return Turn((Reply(said, _next(desk)),), conversation.at_rest(), letters)


def _author(desk: Desk, came: Submission) -> Officer | None:
    """Who sent it, else whoever answers for the union now."""
    sent = officers.post(desk.connection, came.officer) if came.officer else None
    return sent or next(iter(officers.holders(desk.connection, came.union)), None)


def _told(desk: Desk, came: Submission, reason: str, due: date) -> Reply:
    rule, period = _duty(desk, came)
    text = desk.phrases.say(
        "review-letter",
        staff=desk.union.name,
        title=in_sentence(rule) if rule else came.rule,
        period=period_name(period, desk.phrases) if period else came.period,
        number=came.number,
        reason=reason,
        due=due,
        way=came.way,
    )
    choices = (
        Choice(f"report:{name}:{came.rule}:{came.period}", desk.phrases.say(phrase))
        for name, phrase in AGAIN.get(came.way, ANEW)
    )
    return Reply(text, tuple(choices))


def _next(desk: Desk) -> tuple[Choice, ...]:
    more = len(_waiting(desk))
    return (Choice(f"{SUBJECT}:show:0", desk.phrases.say("review-next", count=more)),) if more else ()
