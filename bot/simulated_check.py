"""What should have been said in a simulated year, of every union, whether anything happened there or not.

Judged by the letters that were sent and by all that is owed, not by what the rings noted of themselves.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from bot.simulated_office import Report, Year, items_of
from db import Letter, exemptions
from db.rungs import Ladder
from db.store import Connection
from handlers.debtors import Trees
from handlers.escalations import KIND, listeners
from handlers.holders import Holders
from handlers.owing import CHECK_IN, check_in_closes, owing
from handlers.standing import ladder_of
from handlers.unasked_letters import Tree
from scheduler import ZONE, Owed
from scheduler.policy import decide, escalate
from scheduler.report_calendar import add_working_days

DAYS_TO_SAY_IT = 3
"""Working days after which a rung that was reached must have been spoken of: a person hears one thing a day."""


@dataclass
class Heard:
    """What the letters said: the rungs of each ladder to the unions, and of each report to those above, with the day.

    `amiss` are the reminders that should have been sent and were not, `unheard` the late reports of which those above
    should have heard.
    """

    said: defaultdict[Ladder, set[str]] = field(default_factory=lambda: defaultdict(set))
    told: defaultdict[Report, set[tuple[str, date]]] = field(default_factory=lambda: defaultdict(set))
    amiss: set[tuple[Ladder, str]] = field(default_factory=set)
    unheard: set[tuple[Report, str]] = field(default_factory=set)

    def note(self, letter: Letter, today: date) -> None:
        """A letter was sent."""
        for item in items_of(letter):
            self.said[item["obligation"], item["union"], item["period"], item["due"]].add(item["rung"])
        about = letter.about or {}
        # A digest may begin with what would have been a letter of its own.
        for late in (about if letter.kind == KIND else about.get("told", {})).get("late", ()):
            obligation, union, period = late["report"]
            self.told[obligation, union, period].add((late["rung"][0], today))

    def check(self, connection: Connection, year: Year, now: datetime) -> None:
        """Look at all that every union owes at `now`, after its ring, and note what was not said of it."""
        timetable = year.timetable
        before = add_working_days(now.date(), -DAYS_TO_SAY_IT, timetable.calendar)
        moment = datetime.combine(before, time(10), ZONE)
        everything, holders = owing(connection, timetable, now), Holders(connection, now.date())
        away = exemptions.away(connection, before)
        tree = Trees(connection).on(now.date()).unions
        for owed in (*everything.reports, *everything.check_ins):
            if owed.period.last >= year.first and owed.due > year.first:
                self.amiss.update(self._not_said(owed, year, holders, tree, moment, away))
                self.unheard.update(self._not_told(owed, year, holders, tree, moment))

    def _not_said(
        self, owed: Owed, year: Year, holders: Holders, tree: Tree, moment: datetime, away: frozenset[int]
    ) -> Iterator[tuple[Ladder, str]]:
        timetable, figures = year.timetable, owed.obligation == CHECK_IN
        if figures and check_in_closes(owed.period, timetable) < moment.date():
            return
        ladder = timetable.check_in_ladder if figures else timetable.ladder
        by_letters = replace(owed, said=frozenset(self.said[ladder_of(owed)]), again=None)
        missing = decide(by_letters, moment, ladder, timetable.calendar, timetable.hours)
        person = holders.responsible(tree[owed.union]) if missing else None
        # Who was away at that moment was rightly left alone; what is still to be said then is looked for next week.
        heard = person and person.reachable and person.id not in away and person.address not in year.channel.blocked
        if missing and heard:
            yield ladder_of(owed), missing.rung.name

    def _not_told(
        self, owed: Owed, year: Year, holders: Holders, tree: Tree, moment: datetime
    ) -> Iterator[tuple[Report, str]]:
        timetable, report = year.timetable, (owed.obligation, owed.union, owed.period.code)
        told = frozenset(rung for rung, day in self.told[report] if day > owed.due)
        for each in escalate(replace(owed, told=told), moment, timetable.ladder, timetable.calendar, timetable.hours):
            if owed.obligation != CHECK_IN and listeners(holders, tree, owed.union, each.rung):
                yield report, each.rung.name
