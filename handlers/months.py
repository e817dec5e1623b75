"""Months and reporting periods in words."""

from handlers.phrasebook import Phrases
from scheduler import Period


def month_name(code: str, phrases: Phrases) -> str:
    """A month's code ("2025-03") in words: tháng 3/2025."""
    year, month = code.split("-")
    return phrases.say("month", number=int(month), year=year)


def period_name(period: Period, phrases: Phrases) -> str:
    """A reporting period in words: quý I/2025; one between two cut-offs of the staff's own: kỳ 2/2025."""
    if period.cycle == "month":
        return month_name(period.code, phrases)
    if period.cycle == "custom":
        return phrases.say("period-custom", number=period.number, year=str(period.year))
    roman = ("I", "II", "III", "IV")[period.number - 1]
    return phrases.say(f"period-{period.cycle}", number=roman, year=str(period.year))
