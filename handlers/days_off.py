"""`/lichnghi`: the public holidays as the law has them, and the days that staff swap from year to year."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from db import audit, day_swaps
from handlers import Choice, Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.timetable import with_swapped_days
from handlers.typed_days import typed_days
from knowledge.vietnamese import fold
from scheduler.report_calendar import is_working_day, public_holidays

SUBJECT = "days"
AHEAD = timedelta(days=365)
MOST_SHOWN = 10
"""So many swapped days are offered to be taken back at once."""


def open_now(desk: Desk, conversation: Conversation, rest: str = "") -> Turn:
    """The days off of the coming year; `/lichnghi nghỉ 2/1` and `/lichnghi làm 10/1` enter one at once."""
    word, _, days = rest.partition(" ")
    works = {"nghi": False, "off": False, "lam": True, "work": True}.get(fold(word))
    if works is None or not _may(desk):
        return Turn((_page(desk),), conversation)
    return _enter(desk, conversation, days, works=works) or problem(desk, conversation, days)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A button: enter days, or take one back."""
    if not _may(desk):
        return Turn((Reply(desk.phrases.say("days-not-yours")),), conversation)
    if action in ("off", "work"):
        waiting = conversation.put_off().waiting_for(SUBJECT, {"works": action == "work"})
        return Turn((again(desk, waiting),), waiting)
    day = _day(words[0]) if action == "drop" and words else None
    if day is None or not day_swaps.remove(desk.connection, day):
        return Turn((Reply(desk.phrases.say("old-button")),), conversation)
    _note(desk, "day-removed", day)
    return Turn((Reply(desk.phrases.say("days-removed", day=day)), _page(desk)), conversation)


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """The days were typed."""
    works = conversation.wait is not None and bool(conversation.wait.data["works"])
    return _enter(desk, conversation, text, works=works)


def problem(desk: Desk, conversation: Conversation, _: str) -> Turn:
    """What was typed names no day to come."""
    return Turn((Reply(desk.phrases.say("days-which")),), conversation)


def again(desk: Desk, conversation: Conversation) -> Reply:
    """Which days?"""
    works = conversation.wait is not None and bool(conversation.wait.data["works"])
    return Reply(desk.phrases.say("days-ask-work" if works else "days-ask-off"))


def _may(desk: Desk) -> bool:
    """The list holds for everybody, so those at the top keep it, and administrators."""
    return desk.officer.role == "administrator" or not desk.union.parent


def _enter(desk: Desk, conversation: Conversation, text: str, *, works: bool) -> Turn | None:
    days = typed_days(text, desk.today)
    if not days or min(days) < desk.today:
        return None
    for day in days:
        day_swaps.put(desk.connection, day, works=works, officer=desk.officer.id, now=desk.now)
        _note(desk, "day-worked" if works else "day-off", day)
    said = desk.phrases.say("days-entered", days=", ".join(f"{day:%d/%m/%Y}" for day in days), works=str(works).lower())
    return Turn((Reply(said), _page(desk)), conversation.at_rest())


def _note(desk: Desk, action: str, day: date) -> None:
    audit.note(desk.connection, desk.officer.id, action, desk.union.code, {"day": day.isoformat()}, desk.now)


def _page(desk: Desk) -> Reply:
    say, calendar = desk.phrases.say, with_swapped_days(desk.connection, desk.timetable).calendar
    law = _spans(public_holidays(desk.today, desk.today + AHEAD))
    lines = [say("days-span", first=first, last=last, one=str(first == last).lower()) for first, last in law]
    entered = {day: works for day, works in day_swaps.every(desk.connection).items() if day >= desk.today}
    swapped = [say("days-swapped", day=day, works=str(is_working_day(day, calendar)).lower()) for day in entered]
    text = say("days-page", law="\n".join(lines), swapped="\n".join(swapped) or say("days-none"))
    if not _may(desk):
        return Reply(text)
    choices = [Choice("days:off", say("days-add-off")), Choice("days:work", say("days-add-work"))]
    choices += (Choice(f"days:drop:{day.isoformat()}", say("days-drop", day=day)) for day in list(entered)[:MOST_SHOWN])
    return Reply(text, tuple(choices))


def _spans(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Days that follow each other as spans from the first to the last."""
    first = last = None
    for day in days:
        if first is None or last is None or day - last > timedelta(days=1):
            if first is not None and last is not None:
                yield first, last
            first = day
        last = day
    if first is not None and last is not None:
        yield first, last


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
