"""Drafting a report in a talk: see it, change a line, add proposals, have it as a file."""

from collections.abc import Callable
from dataclasses import replace

from db import ReportRule, files, reports
from handlers import Choice, Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.months import month_name, period_name
from handlers.own_reports import standing
from handlers.report_draft import Drafted, drafted, origins
from handlers.report_lines import Line, in_words
from handlers.report_paper import as_docx, sheet_of
from handlers.report_sending import ask_files, other_ways, send
from handlers.report_words import in_sentence, months_counted
from handlers.report_work import (
    Work,
    begun_work,
    button,
    content_of,
    duty_of,
    lines_of,
    open_work,
    waits,
    without,
    work_on,
)
from scheduler import Period

MOST_LETTERS = 500
"""A longer line does not fit a report that people read."""

MOST_PROPOSALS = 10
PER_PAGE = 8
"""Lines to choose from on one page of buttons."""

Take = Callable[[Desk, Conversation, Work, str], Turn]


def open_draft(
    desk: Desk, conversation: Conversation, rule: ReportRule, period: Period, *, again: bool = False
) -> Turn:
    """The draft of a report: the one that was begun, else a new one; a returned report goes on from what was sent."""
    return show(desk, conversation, work_on(desk, conversation, rule, period, again=again))


def show(desk: Desk, conversation: Conversation, work: Work) -> Turn:
    """The draft as it stands."""
    duty = duty_of(desk, work)
    if duty is None:
        return _gone(desk, conversation)
    rule, period = duty
    draft = drafted(desk, rule, period)
    lines = lines_of(desk, work, draft)
    text = desk.phrases.say(
        "report-draft",
        title=in_sentence(rule),
        period=period_name(period, desk.phrases),
        union=desk.union.name,
        months=months_counted(period, desk.phrases),
        due=standing(desk, rule, period).due,
        lines=in_words(lines, period.year, desk.phrases),
    )
    notes = [*_gaps(desk, draft), *_renewed(desk, work, draft), *_returned(desk, work)]
    viewed = replace(work, step="view", at="", seen=draft.sources)
    reply = Reply("\n\n".join((text, *notes)), _choices(desk, viewed))
    return Turn((reply,), waits(conversation, viewed))


def _gaps(desk: Desk, draft: Drafted) -> list[str]:
    months = ", ".join(month_name(month, desk.phrases) for month in draft.missing)
    return [desk.phrases.say("report-draft-gaps", months=months)] if months else []


def _renewed(desk: Desk, work: Work, draft: Drafted) -> list[str]:
    return [desk.phrases.say("report-draft-renewed")] if work.seen and work.seen != draft.sources else []


def _returned(desk: Desk, work: Work) -> list[str]:
    returned = reports.given_back(desk.connection, work.rule, desk.union.code, work.period)
    return [desk.phrases.say("report-draft-returned", reason=returned.reason or "")] if returned else []


def _choices(desk: Desk, work: Work) -> tuple[Choice, ...]:
    names = ("send", "lines", "add", "paper", "sources", "ways", "put", "cancel")
    return tuple(button(desk, work, name) for name in names)


# What is tapped


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A button of a draft: `words` are the draft's token and, for a line, its key."""
    token, key = (*words, "", "")[:2]
    work = next((each for each in begun_work(conversation) if each.token == token), None)
    if work is None or duty_of(desk, work) is None:
        return _gone(desk, conversation)
    return ACTIONS[action](desk, conversation, work, key)


def _gone(desk: Desk, conversation: Conversation) -> Turn:
    """A button of a draft that is over, or a draft of what is not owed any more."""
    open_now = open_work(conversation)
    said = Reply(desk.phrases.say("old-button"))
    if open_now is None:
        return Turn((said,), conversation)
    if duty_of(desk, open_now) is None:
        return Turn((said,), conversation.at_rest())
    return Turn((said, again(desk, conversation)), conversation)


def _which_line(desk: Desk, conversation: Conversation, work: Work, key: str) -> Turn:
    """The lines to choose from, a page at a time."""
    lines = _lines(desk, work)
    pages = max(1, -(-len(lines) // PER_PAGE))
    page = min(int(key), pages - 1) if key.isdecimal() and len(key) < 4 else 0
    shown = lines[page * PER_PAGE : (page + 1) * PER_PAGE]
    choices = [button(desk, work, "edit", line.key, line.text) for line in shown]
    if pages > 1:
        choices.append(button(desk, work, "lines", str((page + 1) % pages), desk.phrases.say("report-button-page")))
    choices.append(button(desk, work, "show"))
    reply = Reply(desk.phrases.say("report-which-line", page=page + 1, pages=pages), tuple(choices), keys="letters")
    return Turn((reply,), waits(conversation, replace(work, step="view", at="")))


def _lines(desk: Desk, work: Work) -> tuple[Line, ...]:
    duty = duty_of(desk, work)
    return lines_of(desk, work, drafted(desk, *duty)) if duty else ()


def _edit(desk: Desk, conversation: Conversation, work: Work, key: str) -> Turn:
    if not any(line.key == key for line in _lines(desk, work)):
        return show(desk, conversation, work)
    asked = replace(work, step="line", at=key)
    return Turn((_ask_line(desk, asked),), waits(conversation, asked))


def _ask_line(desk: Desk, work: Work) -> Reply:
    line = next((each for each in _lines(desk, work) if each.key == work.at), None)
    if line is None:
        return Reply(desk.phrases.say("report-ask-gone"), (button(desk, work, "show"),))
    names = ("drop", "reset", "show") if line.was else ("drop", "show")
    choices = tuple(button(desk, work, name, line.key if name != "show" else "") for name in names)
    figure = "yes" if line.key.startswith("f-") else "no"
    return Reply(desk.phrases.say("report-ask-line", text=line.text, figure=figure), choices, keys="letters")


def _drop(desk: Desk, conversation: Conversation, work: Work, key: str) -> Turn:
    return show(desk, conversation, _with_line(work, key, ""))


def _reset(desk: Desk, conversation: Conversation, work: Work, key: str) -> Turn:
    edits = {line: text for line, text in work.edits.items() if line != key}
    return show(desk, conversation, replace(work, edits=edits))


def _with_line(work: Work, key: str, text: str) -> Work:
    """The draft with other words in a line, or without it where they are empty."""
    place = key.removeprefix("p-")
    if key.startswith("p-") and place.isdecimal() and int(place) < len(work.added):
        added = (*work.added[: int(place)], *((text,) if text else ()), *work.added[int(place) + 1 :])
        return replace(work, added=added)
    return replace(work, edits={**work.edits, key: text})


def _add(desk: Desk, conversation: Conversation, work: Work, _: str) -> Turn:
    if len(work.added) >= MOST_PROPOSALS:
        shown = show(desk, conversation, work)
        return replace(shown, replies=(Reply(desk.phrases.say("report-enough", most=MOST_PROPOSALS)), *shown.replies))
    asked = replace(work, step="add", at="")
    return Turn((_ask_proposal(desk, asked),), waits(conversation, asked))


def _ask_proposal(desk: Desk, work: Work) -> Reply:
    return Reply(desk.phrases.say("report-ask-proposal"), (button(desk, work, "show"),), keys="letters")


def _paper(desk: Desk, conversation: Conversation, work: Work, _: str) -> Turn:
    """The draft as a file, to be read before it is sent."""
    duty = duty_of(desk, work)
    assert duty is not None
    rule, period = duty
    sheet = sheet_of(desk.connection, desk.union, rule.title, period, desk.today)
    template = desk.timetable.report_template
    file = as_docx(sheet, content_of(desk, work, rule, period), template, desk.phrases)
    reply = Reply(desk.phrases.say("report-paper"), _choices(desk, work), file=file)
    return Turn((reply,), waits(conversation, replace(work, step="view", at="")))


def _sources(desk: Desk, conversation: Conversation, work: Work, _: str) -> Turn:
    duty = duty_of(desk, work)
    assert duty is not None
    return Turn((Reply(origins(desk, *duty), _choices(desk, work)),), conversation)


def _put_off(desk: Desk, conversation: Conversation, work: Work, _: str) -> Turn:
    said = desk.phrases.say("report-draft-kept")
    return Turn((Reply(said),), waits(conversation, replace(work, step="view", at="")).put_off())


def _cancel(desk: Desk, conversation: Conversation, work: Work, _: str) -> Turn:
    files.drop(desk.connection, work.files)
    return Turn((Reply(desk.phrases.say("report-draft-cancelled")),), without(conversation, work))


def _ways(desk: Desk, conversation: Conversation, work: Work, _: str) -> Turn:
    duty = duty_of(desk, work)
    assert duty is not None
    return Turn((other_ways(desk, *duty),), waits(conversation, replace(work, step="view", at="")))


def _show_again(desk: Desk, conversation: Conversation, work: Work, _: str) -> Turn:
    return show(desk, conversation, work)


ACTIONS: dict[str, Take] = {
    "send": send,
    "lines": _which_line,
    "edit": _edit,
    "drop": _drop,
    "reset": _reset,
    "add": _add,
    "paper": _paper,
    "sources": _sources,
    "ways": _ways,
    "put": _put_off,
    "cancel": _cancel,
    "show": _show_again,
}


# What is typed or sent


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """The new words of a line, or a proposal; `None` while a button is waited for."""
    work = open_work(conversation)
    if work is None or work.step not in ("line", "add"):
        return None
    if duty_of(desk, work) is None:
        return _gone(desk, conversation)
    if len(text) > MOST_LETTERS:
        return Turn(
            (Reply(desk.phrases.say("report-too-long", most=MOST_LETTERS)), again(desk, conversation)), conversation
        )
    line = " ".join(text.split())
    if work.step == "add":
        return show(desk, conversation, replace(work, added=(*work.added, line)))
    return show(desk, conversation, _with_line(work, work.at, line))


def problem(desk: Desk, conversation: Conversation, _: str) -> Turn:
    """What was typed is no answer: a button, or a file, is waited for."""
    work = open_work(conversation)
    phrase = "report-send-files" if work and work.step == "file" else "report-pick-one"
    return Turn((Reply(desk.phrases.say(phrase)), again(desk, conversation)), conversation)


def again(desk: Desk, conversation: Conversation) -> Reply:
    """What is waited for, after something else was talked about."""
    work = open_work(conversation)
    duty = duty_of(desk, work) if work else None
    if work is None or duty is None:
        return Reply(desk.phrases.say("report-none"))
    if work.step == "line":
        return _ask_line(desk, work)
    if work.step == "add":
        return _ask_proposal(desk, work)
    if work.step == "file":
        return ask_files(desk, work)
    text = desk.phrases.say("report-draft-open", period=period_name(duty[1], desk.phrases))
    return Reply(text, (button(desk, work, "show"), *_choices(desk, work)))


def takes_text(conversation: Conversation) -> bool:
    """Whether whatever is typed is the answer."""
    work = open_work(conversation)
    return work is not None and work.step in ("line", "add")
