"""The draft that an officer works on: what they changed in it, and what the report keeps of it when it is sent."""

from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from typing import Any, Literal

from db import ReportRule, reports
from handlers import Choice
from handlers.conversation import Conversation, Desk, Wait
from handlers.own_reports import found
from handlers.report_draft import Drafted, drafted
from handlers.report_lines import Line, edited, figures, proposal_lines, to_json
from handlers.report_sheet import table_of
from scheduler import Period

SUBJECT = "report"

Step = Literal["view", "line", "add", "file"]
"""What is waited for: a tap, the new words of a line (`at`), a proposal, files."""


@dataclass(frozen=True)
class Work:
    """A draft under way. Only what the officer did is kept (`edits` by line, proposals, the numbers of files): the
    lines are made anew from the shelves, and `seen` are the check-ins they were made of when last shown.

    `again` says that it is to replace a version that stands.
    """

    rule: str
    period: str
    step: Step = "view"
    at: str = ""
    edits: dict[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    files: tuple[int, ...] = ()
    seen: tuple[str, ...] = ()
    again: bool = False

    def is_for(self, other: "Work") -> bool:
        """Whether both are drafts of one report."""
        return (self.rule, self.period) == (other.rule, other.period)

    @property
    def token(self) -> str:
        """What names the draft in the ids of its buttons."""
        return blake2b(f"{self.rule}:{self.period}".encode(), digest_size=3).hexdigest()


def waits(conversation: Conversation, work: Work) -> Conversation:
    """The conversation with this draft open; it is work of days, so what is asked in between only puts it aside, and so
    does the draft of another report."""
    other = open_work(conversation)
    conversation = conversation.put_off() if other and not other.is_for(work) else without_parked(conversation, work)
    return conversation.waiting_for(SUBJECT, asdict(work), lasting=True)


def without_parked(conversation: Conversation, work: Work) -> Conversation:
    """The conversation without this draft among what was put aside."""
    parked = _of(conversation.parked)
    return conversation.taken_up() if parked and parked.is_for(work) else conversation


def open_work(conversation: Conversation) -> Work | None:
    """The draft that is open now."""
    return _of(conversation.wait)


def begun_work(conversation: Conversation) -> tuple[Work, ...]:
    """The drafts that were begun: the one that is open now, the one that was put aside."""
    return tuple(work for work in (_of(conversation.wait), _of(conversation.parked)) if work is not None)


def without(conversation: Conversation, work: Work) -> Conversation:
    """The conversation without this draft, wherever it lay."""
    now = open_work(conversation)
    return without_parked(conversation.at_rest() if now and now.is_for(work) else conversation, work)


def _of(wait: Wait | None) -> Work | None:
    if wait is None or wait.subject != SUBJECT:
        return None
    lists = {name: tuple(wait.data[name]) for name in ("added", "files", "seen")}
    return Work(**{**wait.data, **lists})


def work_on(desk: Desk, conversation: Conversation, rule: ReportRule, period: Period, *, again: bool = False) -> Work:
    """What was done on this report before, or nothing yet."""
    known = next((work for work in begun_work(conversation) if work.is_for(Work(rule.id, period.code))), None)
    if known:
        return replace(known, step="view", again=known.again or again)
    before = reports.versions(desk.connection, rule.id, desk.union.code, period.code)
    content = (before[-1].content or {}) if before else {}
    return Work(
        rule.id, period.code, edits=content.get("edits", {}), added=tuple(content.get("added", ())), again=again
    )


def duty_of(desk: Desk, work: Work) -> tuple[ReportRule, Period] | None:
    """The report that a draft is for; `None` where the union does not owe it any more."""
    return found(desk, work.rule, work.period)


def lines_of(desk: Desk, work: Work, draft: Drafted) -> tuple[Line, ...]:
    """The lines of the draft as the officer has them now."""
    return (*edited(draft.lines, work.edits, desk.phrases), *proposal_lines(work.added))


def content_of(desk: Desk, work: Work, rule: ReportRule, period: Period) -> dict[str, Any]:
    """What the report says, as it is kept: its lines with their sources, the figures that others add up, and what the
    officer changed, for the next version."""
    draft = drafted(desk, rule, period)
    lines = lines_of(desk, work, draft)
    return {
        "lines": to_json(lines),
        "figures": figures(lines),
        "sources": list(draft.sources),
        "missing": list(draft.missing),
        "edits": work.edits,
        "added": list(work.added),
        "table": table_of(draft.gathering, desk.phrases) if draft.gathering else None,
    }


def button(desk: Desk, work: Work, name: str, key: str = "", label: str | None = None) -> Choice:
    """A button of the draft; `key` is the line that it is about."""
    words = f"report:{name}:{work.token}:{key}" if key else f"report:{name}:{work.token}"
    return Choice(words, label if label is not None else desk.phrases.say(f"report-button-{name}"))
