"""What a federation does with the reports of the unions below it: sees how many came, and puts them together."""

from db import report_rules
from handlers import Choice, Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.gathering import gather
from handlers.months import period_name
from handlers.owing import report_periods
from handlers.own_reports import begun
from handlers.report_draft import from_reports
from handlers.report_lines import in_words, to_json
from handlers.report_paper import as_docx, sheet_of
from handlers.report_sheet import as_xlsx, table_of

PERIODS_GATHERED = 2
"""How many of the last periods can be put together."""


def from_below(desk: Desk) -> Reply | None:
    """How much came of each report that the unions below owe, and the way to put it together."""
    if desk.officer.role == "officer":
        return None
    lines, choices = [], []
    kinds = {(rule.profile, rule.cycle): rule for rule in reversed(report_rules.rules(desk.connection))}
    for rule in kinds.values():
        for period in [each for each in report_periods(rule, desk.today) if begun(desk, each)][:PERIODS_GATHERED]:
            every = gather(desk.connection, desk.union, rule, period)
            if every.rows:
                name = period_name(period, desk.phrases)
                lines.append(desk.phrases.say("report-below", period=name, came=every.came, count=len(every.rows)))
                label = desk.phrases.say("report-gather", period=name)
                choices.append(Choice(f"report:sum:{rule.id}:{period.code}", label))
    if not lines:
        return None
    text = desk.phrases.say("report-from-below", union=desk.union.name, lines="\n".join(lines))
    return Reply(text, tuple(choices))


def gathered(desk: Desk, conversation: Conversation, name: str, code: str) -> Turn:
    """The reports of the unions below as a paper and as a workbook."""
    rule = report_rules.rule(desk.connection, name)
    period = next((each for each in report_periods(rule, desk.today) if each.code == code), None) if rule else None
    every = gather(desk.connection, desk.union, rule, period) if rule and period else None
    if desk.officer.role == "officer" or rule is None or period is None or every is None or not every.rows:
        return Turn((Reply(desk.phrases.say("old-button")),), conversation)
    lines = from_reports(desk, every).lines
    text = desk.phrases.say(
        "report-gathered", period=period_name(period, desk.phrases), lines=in_words(lines, period.year, desk.phrases)
    )
    sheet = sheet_of(desk.connection, desk.union, rule.title, period, desk.today)
    paper = as_docx(
        sheet,
        {"lines": to_json(lines), "table": table_of(every, desk.phrases)},
        desk.timetable.report_template,
        desk.phrases,
    )
    workbook = as_xlsx(every, desk.union.code, desk.phrases)
    said = Reply(desk.phrases.say("report-gathered-sheet"), file=workbook)
    return Turn((Reply(text, file=paper), said), conversation)
