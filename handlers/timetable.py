"""When the bot speaks first: the working days, the hours, the ladder of reminders, the day of the check-in."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from db import day_swaps
from db.store import Connection
from scheduler import Rung, SpeakingHours, WorkingCalendar
from scheduler.policy import LADDER

CHECK_IN_LADDER = (Rung("0", 0), Rung("+3", 3))
"""The monthly check-in is asked for on its day and once more three working days later."""


@dataclass(frozen=True)
class Timetable:
    """All that decides when something is said unasked.

    `began` is the day this office started to use the bot: what was due before it is not chased. `check_in_day` is a day
    of the month, 1 to 31. The words of messages are forgotten after `retention_days`. `bot_name` is the bot's name on
    Telegram without "@", for the links of invitations; empty where it has none. `report_template` is the office's own
    layout of reports; a returned report is due again after `days_to_correct` working days.
    """

    began: date
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    hours: SpeakingHours = field(default_factory=SpeakingHours)
    ladder: tuple[Rung, ...] = LADDER
    check_in_ladder: tuple[Rung, ...] = CHECK_IN_LADDER
    check_in_day: int = 25
    retention_days: int = 400
    bot_name: str = ""
    report_template: Path | None = None
    days_to_correct: int = 3


def with_swapped_days(connection: Connection, timetable: Timetable) -> Timetable:
    """The timetable with the days off and the working days that staff entered since the process began."""
    entered = day_swaps.every(connection)
    if not entered:
        return timetable
    off = frozenset(day for day, works in entered.items() if not works)
    calendar = WorkingCalendar(
        timetable.calendar.extra_days_off | off, timetable.calendar.extra_working_days | (entered.keys() - off)
    )
    return replace(timetable, calendar=calendar)
