"""The office of a simulated year: a tree of unions, somebody in every post, and what they do on a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.behaviour import Behaviour, Nature, nature_of, reports_on
from bot.channels import Limits, Message, Receive
from db import (
    DigestChoice,
    Letter,
    ReportRule,
    Role,
    checkins,
    exemptions,
    notes,
    officers,
    preferences,
    report_rules,
    reports,
    unions,
)
from db.store import Connection
from handlers import Attachment, Incoming
from handlers.forms import load_form
from handlers.membership import Scene, hand_over
from handlers.owing import CHECK_IN, FORM, owing, report_periods
from handlers.phrasebook import Phrases
from handlers.timetable import Timetable
from knowledge import Union
from scheduler.report_calendar import add_working_days

CHANNEL = "simulated"
DISTRICT = 40
"""So many grassroots unions stand below one federation of the synthetic organisation."""

Report = tuple[str, str, str]
"""The rule, the union, the code of the period."""


class SimulatedChannel:
    """The channel of a simulated office: taps come in; letters are settled by the simulation, which knows who is
    `blocked`."""

    name = CHANNEL
    limits = Limits(characters=4000, buttons=100, files=True, markup=False, edits=False)

    def __init__(self) -> None:
        self.blocked: set[str] = set()

    async def listen(self, receive: Receive) -> None:
        """Nothing comes by itself."""

    def read(self, payload: dict[str, Any]) -> Incoming | None:
        """A tap of an officer."""
        return Incoming(self.name, payload["id"], payload["address"], choice=payload["choice"])

    async def fetch(self, file: Attachment) -> bytes:
        """Nobody sends files."""
        return file.content

    async def send(self, address: str, message: Message) -> str:
        """It arrived."""
        return address

    async def acknowledge(self, payload: dict[str, Any]) -> None:
        """Nothing shows it."""


def synthetic_organisation(count: int) -> tuple[Union, ...]:
    """A province, its district federations, and `count` grassroots unions below them."""
    districts = [Union(f"H{n:03d}", f"Federation {n}", "district", "T") for n in range(1, -(-count // DISTRICT) + 1)]
    grassroots = (
        Union(f"CS{n:05d}", f"Union {n}", "grassroots", districts[n // DISTRICT].code, "") for n in range(count)
    )
    return (Union("T", "Province", "province", ""), *districts, *grassroots)


def settle_in(connection: Connection, organisation: Sequence[Union], behaviour: Behaviour, now: datetime) -> None:
    """Fill an empty database: the unions, somebody in every post, a quarterly report owed to every level above."""
    first = now.date()
    unions.put(connection, organisation)
    notes.write(connection, "began", first.isoformat())
    parents = {union.parent for union in organisation}
    for union in organisation:
        role: Role = "officer" if union.level == "grassroots" else "staff"
        post = officers.add(connection, union.code, role, CHANNEL, union.code, now)
        if role == "staff" and behaviour.weekly(union.code):
            preferences.choose(connection, post.id, DigestChoice("weekly"))
    for union in organisation:
        if union.code in parents:
            for level in sorted({each.level for each in organisation if each.parent == union.code}):
                days = 2 if level == "grassroots" else 4
                rule = ReportRule(
                    f"q-{union.code}"[:30], "Report", union.code, level, "administrative", "quarter", days, first, None
                )
                report_rules.keep(connection, rule, None, None, now)


@dataclass
class Year:
    """What goes on in the simulated year: who is how, who will report when, and what has come so far."""

    behaviour: Behaviour
    first: date
    last: date
    timetable: Timetable
    channel: SimulatedChannel
    natures: dict[str, Nature] = field(default_factory=dict)
    plans: dict[Report, date | None] = field(default_factory=dict)
    dues: dict[Report, date] = field(default_factory=dict)
    came: dict[Report, datetime] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    _periods: frozenset[tuple[str, str]] = frozenset()

    def nature(self, code: str) -> Nature:
        """The officer of a union."""
        if code not in self.natures:
            self.natures[code] = nature_of(self.behaviour, code, self.first, self.last)
        return self.natures[code]

    def plan(self, connection: Connection, now: datetime) -> None:
        """When a new period begins: on which day each report of it will come."""
        rules = report_rules.rules(connection)
        periods = frozenset((rule.id, period.code) for rule in rules for period in report_periods(rule, now.date()))
        if periods == self._periods:
            return
        self._periods = periods
        for owed in owing(connection, self.timetable, now).reports:
            report = (owed.obligation, owed.union, owed.period.code)
            if report not in self.plans:
                self.dues[report] = owed.due
                nature = self.nature(owed.union)
                self.plans[report] = reports_on(self.behaviour, nature, owed, self.timetable.calendar)


def live(year: Year, connection: Connection, now: datetime, *, early: bool) -> Iterator[str]:
    """What people do on this day, some of them (`early`) before the morning's letters are sent; gives the addresses
    that block the bot from now on."""
    today = now.date()
    for report, day in year.plans.items():
        if day is not None and day <= today and report not in year.came and _is_early(report[1]) == early:
            _submit(year, connection, report, now)
    if early:
        return
    yield from _events(year, connection, now)
    _extensions(year, connection, now)


def _is_early(code: str) -> bool:
    return sum(code.encode()) % 3 == 0


def _submit(year: Year, connection: Connection, report: Report, now: datetime) -> None:
    rule, union, period = report
    paper = year.nature(union).on_paper
    reports.submit(
        connection,
        rule,
        union,
        period,
        officer=None,
        late=now.date() > year.dues[report],
        now=now,
        way="paper" if paper else "file",
    )
    if paper:
        exemptions.give(connection, report, "paper", None, now)
    year.came[report] = now
    year.touched.add(union)


def _events(year: Year, connection: Connection, now: datetime) -> Iterator[str]:
    """People block the bot, hand over, go on leave."""
    today = now.date()
    for code, post in officers.responsible(connection, "officer").items():
        nature = year.nature(code)
        if nature.blocks and nature.blocks <= today and nature.changes is None:
            yield post.address
        if nature.leaves == today:
            exemptions.send_away(connection, post.id, today, today + timedelta(days=10), None, now)
        if nature.changes and nature.changes <= today and post.address == code:
            _hand_over(connection, code, now)


def _hand_over(connection: Connection, code: str, now: datetime) -> None:
    address = f"{code}-new"
    old = officers.of_union(connection, code, "officer")
    assert old is not None
    person = officers.add_person(connection, CHANNEL, address, now)
    new = officers.give_post(connection, person, code, "officer", CHANNEL, address, now)
    hand_over(Scene(now, connection, Phrases("vi")), old, new)


def _extensions(year: Year, connection: Connection, now: datetime) -> None:
    """Who will be late asks on the due day; the staff answer two days later."""
    today, calendar = now.date(), year.timetable.calendar
    for report, due in year.dues.items():
        day = year.plans[report]
        if due == today and report not in year.came and day and day > due and year.nature(report[1]).asks:
            exemptions.ask(connection, report, add_working_days(due, 3, calendar), "simulated", None, now)
    answered = now - timedelta(days=2)
    for request in exemptions.waiting(connection, {report[1] for report in year.dues}):
        if request.at <= answered:
            exemptions.decide(connection, request.id, granted=True, officer=None, now=now)


def answer_prompts(year: Year, connection: Connection, letters: Sequence[Letter], now: datetime) -> None:
    """The month's figures come in answer to a prompt that arrived."""
    form = load_form(FORM)
    answers = {"members": 100, "admitted": 0, "workers": 120, "agreement": "signed", "visited": 0, "difficulties": None}
    for letter in letters:
        for item in items_of(letter):
            union, period = item["union"], item["period"]
            if item["obligation"] != CHECK_IN or letter.address in year.channel.blocked:
                continue
            luck = sum(f"{year.behaviour.seed} {union} {period}".encode()) % 100
            if luck < 100 * year.behaviour.shares["answers_figures"]:
                checkins.put(connection, union, FORM, form.version, period, answers, officer=None, late=False, now=now)


def put_offs(year: Year, letters: Sequence[Letter]) -> Iterator[tuple[str, str]]:
    """The taps on "tomorrow" of those who have that habit: the address and the choice."""
    for letter in letters:
        for item in items_of(letter):
            if year.nature(item["union"]).puts_off and letter.address not in year.channel.blocked:
                yield from (
                    (letter.address, identity)
                    for identity, _ in letter.body["choices"]
                    if identity.startswith("remind:later:")
                )


def items_of(letter: Letter) -> Sequence[Mapping[str, Any]]:
    """What a reminder speaks of."""
    found: Sequence[Mapping[str, Any]] = (letter.about or {}).get("items", ())
    return found
