"""`congdoan simulate`: a year of an organisation, ring by ring; every letter listed, what must never happen counted.

The rings, the letters and the check at the moment of sending are those of the running bot; only the clock walks.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Any

import typer

from bot.app import House, OfficeError, build_house, read_settings, timetable_of
from bot.behaviour import Behaviour, read_behaviour
from bot.channels import Update
from bot.clock import Clock, StandingClock
from bot.serving import open_office
from bot.settings import Settings
from bot.simulated_check import Heard
from bot.simulated_office import (
    CHANNEL,
    SimulatedChannel,
    Year,
    answer_prompts,
    items_of,
    live,
    put_offs,
    settle_in,
    synthetic_organisation,
)
from bot.turns import keep, ring, take
from db import Letter, officers, outbox, unasked, unions
from db.store import Store
from handlers import reminders
from handlers.phrasebook import Phrases
from handlers.sending_check import checked
from handlers.unasked import KINDS
from knowledge import Union
from knowledge.index import Library
from scheduler import ZONE
from scheduler.policy import may_speak, next_ring

MOST_AT_ONCE = 500
BLOCKED = "the person blocked the bot"

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
"""Where a database that nobody needs afterwards is fastest, on machines that have it."""


@dataclass
class Ledger:
    """What was said in the year, and what should not have been."""

    letters: list[dict[str, Any]] = field(default_factory=list)
    rungs: Counter[tuple[str, ...]] = field(default_factory=Counter)
    days: Counter[tuple[int, str]] = field(default_factory=Counter)
    heard: Heard = field(default_factory=Heard)
    quiet: int = 0
    settled: int = 0
    changed_mind: int = 0


def command(
    begin: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    end: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    behaviour: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="How officers behave; see docs/behaviour.toml.")
    ] = None,
    count: Annotated[
        int | None, typer.Option("--unions", min=1, max=20000, help="A made-up organisation with so many unions.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Walk through a year: who is reminded when and why, who hears of it, and whether anything went wrong."""
    if end < begin:
        raise OfficeError("The last day (--to) is before the first one (--from).")
    settings = read_settings()
    organisation = synthetic_organisation(count) if count else _imported(settings)
    begun = perf_counter()
    found = simulate(organisation, read_behaviour(behaviour), begin, end, settings)
    found["seconds"] = round(perf_counter() - begun, 1)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for letter in found["letters"]:
        typer.echo(f"{letter['at']}  {letter['to']}  {letter['kind']}  {letter['rung']}  {letter['reason']}")
    for name in ("counted", "violations"):
        typer.echo(f"{name}: " + ", ".join(f"{key} {value}" for key, value in found[name].items()))


def _imported(settings: Settings) -> tuple[Union, ...]:
    """The unions of the real office; raises `OfficeError` where none were imported."""
    store = open_office(settings)
    try:
        with store.transaction() as connection:
            found = unions.every(connection, Clock(settings.start()).now().date())
    finally:
        store.close()
    if not found:
        raise OfficeError("No organisation was imported yet. Name a number of unions to make one up: --unions 60")
    return tuple(found)


def simulate(
    organisation: Sequence[Union], behaviour: Behaviour, begin: datetime, end: datetime, settings: Settings
) -> dict[str, Any]:
    """The whole span as JSON: `letters`, `counted` (by kind and by rung), `violations` (all of them should be 0)."""
    start = datetime.combine(begin.date(), time(0), ZONE)
    last = datetime.combine(end.date(), time(23, 59), ZONE)
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'simulation.sqlite'}")
        with store.transaction() as connection:
            settle_in(connection, organisation, behaviour, start)
        channel, clock = SimulatedChannel(), StandingClock(start)
        timetable = timetable_of(store, settings, clock)
        house = build_house(store, Library(lambda *_: [], lambda: None, ""), clock, {CHANNEL: channel}, timetable)
        year = Year(behaviour, start.date(), last.date(), timetable, channel)
        ledger = Ledger()
        _walk(house, year, ledger, last)
        with store.transaction() as connection:
            ledger.heard.check(connection, year, clock.now())
            found = _told(year, ledger)
        store.close()
    return found


def _walk(house: House, year: Year, ledger: Ledger, last: datetime) -> None:
    """From the first ring of every working day to that of the next one; once a week every union is looked at."""
    clock, timetable, store = house.tools.clock, house.tools.timetable, house.tools.store
    moment, week = next_ring(clock.now(), timetable.hours, timetable.calendar), (0, 0)
    while moment <= last:
        clock.move_to(moment)
        with store.transaction() as connection:
            year.plan(connection, moment)
            year.touched.clear()
        before, week = week, moment.isocalendar()[:2]
        written = ring(house.tools)
        with store.transaction() as connection:
            year.channel.blocked |= set(live(year, connection, moment, early=True))
        ledger.changed_mind += _send(house, year, moment, all_again=week != before)
        _note(house, year, ledger, written, moment)
        if week != before:
            with store.transaction() as connection:
                ledger.heard.check(connection, year, moment)
        _rest_of_day(house, year, written, moment + timedelta(minutes=30))
        moment = next_ring(moment.replace(hour=23, minute=59), timetable.hours, timetable.calendar)


def _send(house: House, year: Year, now: datetime, *, all_again: bool) -> int:
    """What delivery does with each letter, for all of them at once: check it again where anything has happened in the
    union since it was written (with `all_again` everywhere), then send it, or learn that the person blocked the bot.

    Gives how many letters were not wanted any more though nothing had happened since they were written.
    """
    changed_mind = 0
    timetable, phrases, channels = house.tools.timetable, Phrases("vi"), frozenset({CHANNEL})
    with house.tools.store.transaction() as connection:
        while letters := outbox.claim(connection, now, MOST_AT_ONCE, channels=channels):
            for letter in letters:
                changed = any(item["union"] in year.touched for item in items_of(letter))
                found = checked(connection, timetable, phrases, letter, now) if changed or all_again else letter
                if isinstance(found, str):
                    changed_mind += not changed and letter.kind == reminders.KIND
                    outbox.drop(connection, letter.id, found)
                elif letter.address in year.channel.blocked:
                    officers.lose(connection, letter.channel, letter.address, BLOCKED)
                    outbox.bury(connection, letter.id, BLOCKED)
                else:
                    outbox.settle(connection, letter.id, now, ["simulated"])
    return changed_mind


def _rest_of_day(house: House, year: Year, written: Sequence[Letter], now: datetime) -> None:
    """What people do after they have read their letters."""
    house.tools.clock.move_to(now)
    for number, (address, choice) in enumerate(put_offs(year, written)):
        update = Update(CHANNEL, f"{now:%m%d}-{number}", {"id": str(number), "address": address, "choice": choice})
        kept = keep(house.tools, update)
        if kept is not None:
            take(house.tools, kept)
    with house.tools.store.transaction() as connection:
        answer_prompts(year, connection, written, now)
        year.channel.blocked |= set(live(year, connection, now, early=False))


def _note(house: House, year: Year, ledger: Ledger, written: Sequence[Letter], now: datetime) -> None:
    """List what was sent, and count what should not have been."""
    timetable = house.tools.timetable
    with house.tools.store.transaction() as connection:
        people = {each.address: each for each in officers.everyone(connection)}
        states = unasked.became(connection, [letter.key for letter in written])
    for letter in written:
        state, why_not = states[letter.key]
        officer = people.get(letter.address)
        ledger.letters.append(_listed(letter, state, why_not, officer.union if officer else "", now))
        if state != "sent":
            continue
        ledger.quiet += not may_speak(now, timetable.hours, timetable.calendar)
        ledger.heard.note(letter, now.date())
        ledger.days[officer.person if officer else 0, now.date().isoformat()] += 1
        for item in items_of(letter):
            ledger.rungs[tuple(str(item[key]) for key in ("obligation", "union", "period", "due", "rung"))] += 1
            came = year.came.get((item["obligation"], item["union"], item["period"]))
            ledger.settled += came is not None and came <= now and len(items_of(letter)) == 1


def _listed(letter: Letter, state: str, why_not: str | None, union: str, now: datetime) -> dict[str, Any]:
    items = items_of(letter)
    reasons = (
        f"{item['obligation']} of {item['union']} for {item['period']}, {item['days_late']:+d} working days"
        for item in items
    )
    return {
        "at": now.isoformat(),
        "to": union,
        "address": letter.address,
        "kind": letter.kind,
        "rung": " ".join(str(item["rung"]) for item in items),
        "reason": "; ".join(reasons) or letter.key,
        "state": state,
        "why_not": why_not,
    }


def _told(year: Year, ledger: Ledger) -> dict[str, Any]:
    kinds = Counter(each["kind"] for each in ledger.letters if each["state"] == "sent")
    rungs = Counter(rung.partition("~")[0] for *_, rung in ledger.rungs.elements())
    dropped = Counter(each["why_not"] for each in ledger.letters if each["state"] == "dropped")
    return {
        "from": year.first.isoformat(),
        "to": year.last.isoformat(),
        "unions": len(year.natures),
        "letters": ledger.letters,
        "counted": {
            **{f"{kind} letters": kinds[kind] for kind in KINDS},
            **{f"rung {rung}": number for rung, number in sorted(rungs.items())},
            **{f"dropped: {reason}": number for reason, number in sorted(dropped.items())},
            "not delivered": sum(each["state"] == "dead" for each in ledger.letters),
            "reports owed": len(year.plans),
            "reports that came": len(year.came),
        },
        "never sent": sorted(" ".join((*ladder, rung)) for ladder, rung in ledger.heard.amiss),
        "violations": {
            "in quiet hours": ledger.quiet,
            "after the report came": ledger.settled,
            "a rung twice": sum(number > 1 for number in ledger.rungs.values()),
            "two messages to a person on a day": sum(number > 1 for number in ledger.days.values()),
            "written and not wanted though nothing happened": ledger.changed_mind,
            "reminders that were never sent": len(ledger.heard.amiss),
            "late reports of which nobody heard": len({report for report, _ in ledger.heard.unheard}),
        },
    }
