"""A simulated year of sixty unions: what must never happen did not, and what must happen did."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import simulation
from bot.app import OfficeError
from bot.behaviour import USUAL_DAYS, USUAL_SHARES, Behaviour, nature_of, read_behaviour
from bot.settings import Settings
from bot.simulated_office import settle_in, synthetic_organisation
from bot.simulation import simulate
from db import SaidRung, rungs
from db.store import Connection
from scheduler import ZONE, SpeakingHours, WorkingCalendar
from scheduler.policy import may_speak

USUAL = read_behaviour(None)
SETTINGS = Settings(_env_file=None)
BEFORE = datetime(2026, 1, 1, tzinfo=ZONE)
DOCS = Path(__file__).parent.parent / "docs"


def year_of(behaviour: Behaviour, unions: int, first: str = "2026-01-01", last: str = "2026-12-31") -> dict[str, Any]:
    moments = datetime.fromisoformat(first), datetime.fromisoformat(last)
    return simulate(synthetic_organisation(unions), behaviour, *moments, SETTINGS)


@pytest.fixture(scope="module")
def year() -> dict[str, Any]:
    """Sixty unions in two federations, from January to December."""
    return year_of(USUAL, 60)


def test_nothing_happens_that_must_never_happen(year: dict[str, Any]) -> None:
    assert set(year["violations"].values()) == {0}, year["violations"]


def test_every_letter_was_written_in_speaking_hours_and_once_a_day_to_a_person(year: dict[str, Any]) -> None:
    seen = set()
    for letter in year["letters"]:
        at = datetime.fromisoformat(letter["at"])
        assert may_speak(at, SpeakingHours(), WorkingCalendar())
        if letter["state"] == "sent":
            assert (letter["address"], at.date()) not in seen
            seen.add((letter["address"], at.date()))


def test_the_year_holds_everything_that_the_rules_speak_of(year: dict[str, Any]) -> None:
    """Without these the zeros above would say nothing."""
    counted = year["counted"]
    assert all(counted[f"rung {rung}"] > 0 for rung in ("-5", "-1", "0", "+1", "+3", "+7"))
    assert all(counted[f"{kind} letters"] > 0 for kind in ("reminder", "digest"))
    assert counted["dropped: the report came in"] > 0 and counted["not delivered"] > 0
    assert counted["reports that came"] > 150


def test_each_letter_says_when_to_whom_at_which_rung_and_why(year: dict[str, Any]) -> None:
    reminders = [letter for letter in year["letters"] if letter["kind"] == "reminder"]
    assert all(letter["to"] and letter["rung"] and letter["reason"] for letter in reminders)
    late = next(letter for letter in reminders if letter["rung"] == "+3" and "q-" in letter["reason"])
    assert "+3 working days" in late["reason"]


def test_of_a_silent_union_the_staff_hear_at_both_levels() -> None:
    silent = Behaviour(1, {**USUAL_SHARES, "silent": 1.0, "late": 0.0, "very_late": 0.0, "leaves": 0.0}, USUAL_DAYS)
    found = year_of(silent, 3, "2026-03-01", "2026-04-15")
    told = {letter["to"] for letter in found["letters"] if letter["kind"] in ("escalation", "digest")}
    assert {"H001", "T"} <= told
    assert found["counted"]["reports that came"] == 0 and set(found["violations"].values()) == {0}


def test_who_reports_in_time_is_never_told_that_they_are_late() -> None:
    good = dict.fromkeys(USUAL_SHARES, 0.0) | {"answers_figures": 1.0}
    found = year_of(Behaviour(2, good, USUAL_DAYS), 3, "2026-03-01", "2026-04-15")
    assert found["letters"]
    assert not [letter for letter in found["letters"] if letter["kind"] == "reminder" and "+" in letter["rung"]]
    assert not [letter for letter in found["letters"] if letter["kind"] == "escalation"]


def test_the_same_seed_gives_the_same_year_and_another_one_another() -> None:
    spans = (date(2026, 1, 1), date(2026, 12, 31))
    codes = [union.code for union in synthetic_organisation(200)]
    natures = [nature_of(USUAL, code, *spans) for code in codes]
    assert natures == [nature_of(read_behaviour(None), code, *spans) for code in codes]
    other = Behaviour(99, USUAL.shares, USUAL.days)
    assert natures != [nature_of(other, code, *spans) for code in codes]
    manners = [nature.manner for nature in natures]
    assert {"on_time", "late", "very_late", "silent"} == set(manners) and manners.count("on_time") > 100
    events = [nature.leaves for nature in natures if nature.leaves]
    assert events and all(spans[0] <= day <= spans[1] + timedelta(days=1) for day in events)


def test_the_example_file_says_what_is_usual() -> None:
    assert read_behaviour(DOCS / "behaviour.toml") == USUAL


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("seed = ", "is no behaviour file"),
        ("[shares]\nlazy = 0.1", "not lazy"),
        ("[shares]\nlate = 2", "from 0 to 1"),
        ("[shares]\nlate = 0.6\nsilent = 0.6", "more than 1"),
        ("[days]\nlate = [6, 1]", "first one"),
    ],
)
def test_a_behaviour_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "behaviour.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(OfficeError, match=said):
        read_behaviour(file)


@pytest.mark.parametrize(("told", "violation"), [(False, "reminders that were never sent"), (True, "late reports")])
def test_a_rung_that_was_noted_and_never_said_is_found_where_nothing_happens(
    monkeypatch: pytest.MonkeyPatch, told: bool, violation: str
) -> None:
    """The rings believe their own notes; the weekly look at the letters of every union does not."""

    def noted(connection: Connection, *office: Any) -> None:
        settle_in(connection, *office)
        for name in ("-5", "-1", "0", "+1", "+3", "+7"):
            rungs.say(connection, [SaidRung("q-H001", "CS00001", "2026-Q1", "", name, told)], BEFORE)

    silent = Behaviour(1, dict.fromkeys(USUAL_SHARES, 0.0) | {"silent": 1.0}, USUAL_DAYS)
    assert set(year_of(silent, 3, "2026-03-01", "2026-04-15")["violations"].values()) == {0}
    monkeypatch.setattr(simulation, "settle_in", noted)
    found = year_of(silent, 3, "2026-03-01", "2026-04-15")["violations"]
    assert [violation in name for name, number in found.items() if number] == [True], found
