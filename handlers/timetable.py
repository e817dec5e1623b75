"""When the bot speaks first: the working days, the hours, the ladder of reminders, the day of the check-in."""

from dataclasses import dataclass, field
from datetime import date

from scheduler import Rung, SpeakingHours, WorkingCalendar
from scheduler.policy import LADDER

CHECK_IN_LADDER = (Rung("0", 0), Rung("+3", 3))
"""The monthly check-in is asked for on its day and once more three working days later."""


@dataclass(frozen=True)
class Timetable:
    """All that decides when something is said unasked.

    `began` is the day this office started to use the bot: what was due before it is not chased. `check_in_day` is a day
    of the month, 1 to 31.
    """

    began: date
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    hours: SpeakingHours = field(default_factory=SpeakingHours)
    ladder: tuple[Rung, ...] = LADDER
    check_in_ladder: tuple[Rung, ...] = CHECK_IN_LADDER
    check_in_day: int = 25
