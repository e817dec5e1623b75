"""Obligations in words: how a rule reads, and the questions by which staff complete one."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from db import ReportRule
from handlers import Choice, Reply
from handlers.conversation import Desk
from handlers.levels import level_names
from handlers.months import period_name
from handlers.phrasebook import Phrases
from handlers.staff_scope import union_list
from handlers.standing import first_due
from scheduler import Cycle, DueBy, Period, Profile
from scheduler.report_calendar import following, period_of, previous, usual_due

STEPS = ("title", "level", "cycle", "cut_offs", "profile", "due", "since")
"""What is asked, in this order, as far as it is not known."""

CYCLES: tuple[Cycle, ...] = ("month", "quarter", "half", "year", "custom")
TYPED = frozenset({"title", "cut_offs", "due"})
"""The questions that may be answered by typing."""


def due_in_words(rule: ReportRule, phrases: Phrases) -> str:
    """When the report is due, as people say it."""
    if rule.by is None:
        return phrases.say("obligation-due-working", days=rule.working_days)
    if rule.by.month is None:
        return phrases.say("obligation-due-day", day=rule.by.day)
    return phrases.say("obligation-due-date", day=rule.by.day, month=rule.by.month)


def rhythm_in_words(rule: ReportRule, phrases: Phrases) -> str:
    """How often, on which calendar."""
    if rule.profile == "custom":
        days = ", ".join(f"{day}/{month}" for month, day in rule.cut_offs)
        return phrases.say("obligation-rhythm-custom", days=days)
    cycle, profile = phrases.say(f"obligation-cycle-{rule.cycle}"), profile_name(rule.profile, phrases)
    return phrases.say("obligation-rhythm", cycle=cycle, profile=profile)


def profile_name(profile: Profile, phrases: Phrases) -> str:
    """What a calendar profile is called."""
    return phrases.say(f"obligation-profile-{profile.replace('_', '-')}")


def level_name(level: str, phrases: Phrases) -> str:
    """What a level is called; one of another word by that word."""
    return level_names(phrases.language).get(level, level)


def in_words(rule: ReportRule, phrases: Phrases) -> str:
    """A rule on a few lines."""
    return phrases.say(
        "obligation-rule",
        title=rule.title,
        level=level_name(rule.level, phrases),
        rhythm=rhythm_in_words(rule, phrases),
        due=due_in_words(rule, phrases),
        since=rule.since,
        until=rule.until or rule.since,
        ended=str(rule.until is not None).lower(),
        clause=rule.clause or phrases.say("report-no-clause"),
    )


def missing(data: dict[str, Any]) -> str | None:
    """The first thing that is not known yet of an obligation in the making."""
    for step in STEPS:
        if step == "cut_offs" and data.get("cycle") != "custom":
            continue
        if step == "profile" and data.get("cycle") == "custom":
            continue
        if step not in data:
            return step
    return None


def rule_of(data: dict[str, Any], name: str, scope: str, day: date) -> ReportRule:
    """The rule as far as it is known; what is not known yet is what is usual."""
    cycle = data.get("cycle", "quarter")
    days, by = usual_due(data.get("level", ""))
    due = data.get("due")
    if due is not None:
        days, by = (due[0], None) if len(due) == 1 else (days, DueBy(due[0], due[1]))
    return ReportRule(
        id=name,
        title=data.get("title", ""),
        scope=scope,
        level=data.get("level", ""),
        profile="custom" if cycle == "custom" else data.get("profile", "administrative"),
        cycle=cycle,
        working_days=days,
        since=date.fromisoformat(data["since"]) if "since" in data else day,
        clause=data.get("clause"),
        by=by,
        cut_offs=tuple((month, day) for month, day in data.get("cut_offs", ())),
    )


def question(desk: Desk, data: dict[str, Any], step: str) -> Reply:
    """The question for one thing, with the usual answers as buttons."""
    choices = tuple(Choice(f"obligation:set:{step}:{value}", label) for value, label in _answers(desk, data, step))
    head = f"{data['clause']}\n\n" if data.get("clause") and step == "level" else ""
    return Reply(head + desk.phrases.say(f"obligation-ask-{step.replace('_', '-')}"), choices)


def _answers(desk: Desk, data: dict[str, Any], step: str) -> Iterable[tuple[str, str]]:
    say = desk.phrases.say
    if step == "level":
        return [(level, level_name(level, desk.phrases)) for level in levels_below(desk)]
    if step == "cycle":
        named = [cycle for cycle in CYCLES if cycle in data.get("cycles", ())]
        rest = [cycle for cycle in CYCLES if cycle not in named]
        return [(cycle, say(f"obligation-cycle-{cycle}")) for cycle in (*named, *rest)]
    if step == "profile":
        forms: tuple[Profile, ...] = ("union_forms",) if data["cycle"] in ("half", "year") else ()
        profiles: tuple[Profile, ...] = ("administrative", "calendar", *forms)
        return [(profile, profile_name(profile, desk.phrases)) for profile in profiles]
    if step == "due":
        return _dues(desk, data)
    return _beginnings(desk, data) if step == "since" else ()


def levels_below(desk: Desk) -> tuple[str, ...]:
    """The levels of the unions below the one at the desk, the lowest first."""
    found = {union.level for union in union_list(desk) if union.code != desk.union.code}
    order = list(level_names("vi"))
    return tuple(sorted(found, key=lambda level: -order.index(level) if level in order else 1))


def _dues(desk: Desk, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    say, (usual, by) = desk.phrases.say, usual_due(data["level"])
    if by:
        yield f"day-{by.day}", say("obligation-usual", due=say("obligation-due-day", day=by.day))
    for days in dict.fromkeys((usual, 2, 4, 5)):
        due = say("obligation-due-working", days=days)
        yield f"after-{days}", say("obligation-usual", due=due) if days == usual and not by else due
    if not by:
        yield "day-25", say("obligation-due-day", day=25)


def _beginnings(desk: Desk, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The period that has just ended, the running one, and the next one, each with its due day."""
    rule = rule_of(data, "", desk.union.code, desk.today)
    for period in neighbours(rule, desk.today):
        due = first_due(rule, period, desk.timetable)
        yield period.code, desk.phrases.say("obligation-from", period=period_name(period, desk.phrases), due=due)


def neighbours(rule: ReportRule, today: date) -> tuple[Period, ...]:
    """The last period that has ended, the running one, the next one."""
    running = period_of(rule.profile, rule.cycle, today, rule.cut_offs)
    return previous(running), running, following(running)
