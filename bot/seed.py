"""What a demonstration or a trial talk begins with, from `demonstration.toml` and the shipped organisation."""

import tomllib
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.app import BEGAN, ORGANISATION, read_organisation
from db import ReportRule, Role, checkins, notes, officers, reports, unions
from db.store import Connection
from handlers.forms import load_form
from handlers.owing import FORM
from handlers.phrasebook import Phrases
from scheduler import ZONE, Period, WorkingCalendar
from scheduler.report_calendar import due_day, following, period_of, previous, working_days_between

PURPOSE = "purpose"
"""The note that says what a database is for."""

DEMONSTRATION = "demonstration"

WORKING_DAYS = 2
"""A grassroots union's report is due so many working days after the cut-off."""

LONGEST_LATE = 30
"""A demonstration does not begin with a report that is later than this many working days."""


def seed(connection: Connection, now: datetime, channel: str, people: Collection[str] | None = None) -> None:
    """Fill an empty database with the demonstration's unions, posts, rules and last month's figures.

    Everybody is reached on `channel` at the code of their union. With `people` only these have posts, and everything
    that would have come in from the others is left out.
    """
    data = _data()
    unions.put(connection, read_organisation(ORGANISATION))
    quarter = _quarter(now.date())
    month = previous(period_of("calendar", "month", now.date()))
    notes.write(connection, PURPOSE, DEMONSTRATION)
    notes.write(connection, BEGAN, month.first.isoformat())
    rules = [_rule(each, quarter.first) for each in data["rule"]]
    reports.confirm(connection, rules, now)
    for union in unions.every(connection, now.date()):
        if union.code in data["without_officer"] if people is None else union.code not in people:
            continue
        role: Role = "officer" if union.level == "grassroots" else "staff"
        officers.add(connection, union.code, role, channel, union.code, now)
        rule = next((each for each in rules if each.scope in unions.chain(connection, union.code, now.date())), None)
        if rule and people is None and union.code in data["submitted"]:
            reports.submit(connection, rule.id, union.code, quarter.code, officer=None, late=False, now=now)
    for code in data["blocked"] if people is None else ():
        officers.lose(connection, channel, code, "blocked in the demonstration")
    for code, (members, workers) in data["figures"].items():
        if code not in data["silent"] and (people is None or code in people):
            answers = _figures(members, workers)
            form = load_form(FORM)
            checkins.put(connection, code, FORM, form.version, month.code, answers, officer=None, late=False, now=now)


def _quarter(today: date) -> Period:
    """The quarter whose report is owed: the one before, or the running one where that was due long ago."""
    before = previous(period_of("administrative", "quarter", today))
    late = working_days_between(due_day(before, WORKING_DAYS, WorkingCalendar()), today, WorkingCalendar())
    return before if late <= LONGEST_LATE else following(before)


def _rule(data: dict[str, Any], since: date) -> ReportRule:
    return ReportRule(
        id=data["id"],
        title=Phrases("vi").say("demo-report-title"),
        scope=data["scope"],
        level="grassroots",
        profile="administrative",
        cycle="quarter",
        working_days=WORKING_DAYS,
        since=since,
        clause=data.get("clause"),
    )


def _figures(members: int, workers: int) -> dict[str, Any]:
    return {
        "members": members,
        "admitted": 0,
        "workers": workers,
        "agreement": "signed",
        "visited": 0,
        "difficulties": None,
    }


def default_start() -> datetime:
    """Where the demonstration's clock begins when nothing else is said."""
    start: datetime = _data()["start"]
    return start.astimezone(ZONE)


def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("demonstration.toml").read_text(encoding="utf-8"))
