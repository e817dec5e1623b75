"""Sending a report: the draft or files in its place, with a receipt."""

from dataclasses import replace
from pathlib import PurePath

from db import ReportRule, Submission, files, reports
from handlers import Attachment, Choice, Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.months import period_name
from handlers.own_reports import is_late
from handlers.report_paper import as_docx, sheet_of
from handlers.report_words import in_sentence
from handlers.report_work import Work, button, content_of, duty_of, open_work, waits, without, work_on
from scheduler import Period

MOST_FILES = 10

FILES = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".csv", ".txt", ".jpg", ".jpeg", ".png",
         ".heic", ".webp")  # fmt: skip
"""What a report may come as: documents and pictures, no programs."""


def open_files(desk: Desk, conversation: Conversation, rule: ReportRule, period: Period) -> Turn:
    """Files or photos are to be sent in place of a draft."""
    begun = work_on(desk, conversation, rule, period)
    files.drop(desk.connection, begun.files)
    work = replace(begun, step="file", files=())
    return Turn((ask_files(desk, work),), waits(conversation, work))


def send(desk: Desk, conversation: Conversation, work: Work, _: str) -> Turn:
    """Keep the draft as the union's report, or the files that were sent in its place."""
    duty = duty_of(desk, work)
    assert duty is not None
    rule, period = duty
    rest = without(conversation, work)
    known = reports.submitted(desk.connection, rule.id, desk.union.code, period.code)
    if known and (not work.again or known.state == "accepted"):
        said = desk.phrases.say(
            "report-known", number=known.number, moment=known.received_at, period=period_name(period, desk.phrases)
        )
        return Turn((Reply(said),), rest)
    by_file = work.step == "file" and bool(work.files)
    content = {"files": list(work.files)} if by_file else content_of(desk, work, rule, period)
    late = is_late(desk, rule, period)
    if not by_file:
        files.drop(desk.connection, work.files)
    made = reports.submit(
        desk.connection,
        rule.id,
        desk.union.code,
        period.code,
        officer=desk.officer.id,
        late=late,
        now=desk.now,
        way="file" if by_file else "draft",
        content=content,
        again=work.again,
    )
    return Turn((_receipt(desk, rule, period, made),), rest)


def _receipt(desk: Desk, rule: ReportRule, period: Period, made: Submission) -> Reply:
    """What was received, under which number and when; a draft comes back as a file to be signed and kept."""
    content = made.content or {}
    sheet = sheet_of(desk.connection, desk.union, rule.title, period, desk.today)
    template = desk.timetable.report_template
    file = as_docx(sheet, content, template, desk.phrases) if made.way == "draft" else None
    text = desk.phrases.say(
        "report-received",
        title=in_sentence(rule),
        period=period_name(period, desk.phrases),
        number=made.number,
        moment=made.received_at,
        version=made.version,
        late="yes" if made.late else "no",
        files=len(content.get("files", ())),
    )
    return Reply(text, file=file)


def other_ways(desk: Desk, rule: ReportRule, period: Period) -> Reply:
    """How else a report can be settled."""
    names = ("draft", "file", "none", "done")
    choices = tuple(
        Choice(f"report:{name}:{rule.id}:{period.code}", desk.phrases.say(f"report-way-{name}")) for name in names
    )
    text = desk.phrases.say("report-ways", title=rule.title, period=period_name(period, desk.phrases))
    return Reply(text, choices)


def filed(desk: Desk, conversation: Conversation, file: Attachment) -> Turn | None:
    """A page of the report; while the draft is open it is first asked whether files are to be sent in its place."""
    work = open_work(conversation)
    duty = duty_of(desk, work) if work else None
    if work is None or duty is None:
        return None
    if work.step != "file":
        return Turn((Reply(desk.phrases.say("report-file-first"), other_ways(desk, *duty).choices),), conversation)
    if len(work.files) >= MOST_FILES or not _may_be_sent(file):
        phrase = "report-files-enough" if len(work.files) >= MOST_FILES else "report-file-kind"
        return Turn((Reply(desk.phrases.say(phrase, most=MOST_FILES)), ask_files(desk, work)), conversation)
    number = files.put(
        desk.connection, desk.union.code, desk.officer.id, file.name, file.media_type, file.content, desk.now
    )
    taken = replace(work, files=(*work.files, number))
    return Turn((ask_files(desk, taken),), waits(conversation, taken))


def _may_be_sent(file: Attachment) -> bool:
    return PurePath(file.name.lower()).suffix in FILES


def ask_files(desk: Desk, work: Work) -> Reply:
    """Ask for the next file, or for the tap that sends those that are there."""
    duty = duty_of(desk, work)
    period = period_name(duty[1], desk.phrases) if duty else work.period
    count = len(work.files)
    choices = [
        button(desk, work, "show", label=desk.phrases.say("report-button-instead")),
        button(desk, work, "cancel", label=desk.phrases.say("report-button-stop")),
    ]
    if count:
        choices.insert(0, button(desk, work, "send", label=desk.phrases.say("report-button-send-files", count=count)))
    return Reply(desk.phrases.say("report-ask-files", period=period, count=count), tuple(choices))
