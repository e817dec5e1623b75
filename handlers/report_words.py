"""How a report that is owed is described: which, for which days, due when, how late, by which clause."""

from datetime import date

from db import ReportRule
from handlers.drafting import months_of
from handlers.months import month_name, period_name
from handlers.phrasebook import Phrases
from scheduler import Period


def lateness(days_late: int, phrases: Phrases) -> str:
    """How many working days a report is late, or still has (negative)."""
    if days_late > 0:
        return phrases.say("report-late", days=days_late)
    return phrases.say("report-due-today") if days_late == 0 else phrases.say("report-early", days=-days_late)


def details(rule: ReportRule, period: Period, due: date, phrases: Phrases) -> str:
    """The lines that say what is owed, and until which day."""
    return phrases.say(
        "report-details",
        title=rule.title,
        period=period_name(period, phrases),
        first=period.first,
        last=period.last,
        due=due,
    )


def in_sentence(rule: ReportRule) -> str:
    """The title of a report inside a sentence."""
    return rule.title[:1].lower() + rule.title[1:]


def months_counted(period: Period, phrases: Phrases) -> str:
    """The months whose figures make up a report: tháng 12/2024 đến tháng 2/2025."""
    months = months_of(period)
    first, last = (month_name(each, phrases) for each in (months[0], months[-1]))
    return first if len(months) == 1 else phrases.say("report-months", first=first, last=last)
