"""`congdoan outbox`: what was not delivered is found, sent again, and a wave is known before it begins."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.app import OfficeError
from bot.channels import DeliveryError
from bot.forecasting import forecasts
from bot.outbox_commands import outbox_app
from bot.seed import PURPOSE
from bot.settings import Settings
from db import audit, notes, undelivered
from db.store import Store
from db.undelivered import Which
from knowledge.index import Library
from tests.sending_room import BROKE, PERSON, state, wait, write
from tests.small_office import CHANNEL, THURSDAY, SmallOffice

Types = Callable[..., Any]


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """A real office with one letter sent, one refused, one that may have arrived, and one still to be sent."""
    office = SmallOffice(store, library, people=("PR", "PR-01", "PR-02"))
    with store.transaction() as connection:
        notes.write(connection, PURPOSE, "test")
    write(office, "sent", to="PR")
    office.channel.failures[PERSON].append(DeliveryError("the text is too long"))
    office.channel.failures["PR-02"].extend([BROKE, BROKE])
    write(office, "secret words", to=PERSON)
    write(office, "secret words", to="PR-02")
    office.deliver()
    wait(office, minutes=3)
    office.deliver()
    write(office, "to be sent", to="somebody")
    return office


@pytest.fixture
def types(office: SmallOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Types:
    """What an operator types after `congdoan outbox`, at the office's moment; gives what is printed, as JSON."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", office.store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CONGDOAN_NOW", (office.clock.now() + timedelta(minutes=1)).isoformat())

    def run(*arguments: str) -> Any:
        done = CliRunner().invoke(outbox_app, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout) if "--json" in arguments else done.stdout

    return run


def test_what_was_not_delivered_is_counted_by_state_and_reason(types: Types) -> None:
    counted = {(row["channel"], row["state"], row["reason"]): row["letters"] for row in types("--json")}
    assert counted == {
        (CHANNEL, "dead", "the text is too long"): 1,
        (CHANNEL, "unknown", "the connection broke"): 1,
        (CHANNEL, "due", None): 1,
    }


@pytest.mark.parametrize(
    ("arguments", "states"),
    [
        (["--state", "dead"], ["dead"]),
        (["--reason", "the connection broke"], ["unknown"]),
        (["--channel", CHANNEL], ["due", "unknown", "dead"]),
        (["--channel", "elsewhere"], []),
    ],
)
def test_letters_are_listed_one_by_one_without_their_words(
    types: Types, arguments: list[str], states: list[str]
) -> None:
    assert [row["state"] for row in types(*arguments, "--each", "--json")] == states
    assert "secret words" not in types(*arguments, "--each")


def test_a_dead_letter_is_sent_again_from_the_first_attempt_on(office: SmallOffice, types: Types) -> None:
    assert "1 letters" in types("retry", "--state", "dead")
    wait(office, minutes=2)
    office.deliver()
    assert office.channel.texts(PERSON) == ["secret words"] and office.letters(PERSON)[0].attempts == 1
    with office.store.transaction() as connection:
        (noted,) = audit.entries(connection, None, 9)
    assert (noted.action, noted.union, noted.officer, noted.details) == (
        "letters-retried",
        PERSON,
        None,
        {"letters": 1},
    )


def test_a_letter_that_may_have_arrived_says_so_when_it_is_sent_again(office: SmallOffice, types: Types) -> None:
    (number,) = (row["id"] for row in types("--state", "unknown", "--each", "--json"))
    types("retry", str(number))
    wait(office, minutes=2)
    office.deliver()
    (said,) = office.channel.texts("PR-02")
    assert said != "secret words" and said.endswith("secret words")


def test_what_is_due_or_sent_is_not_touched(office: SmallOffice, types: Types) -> None:
    sent, due = office.letters("PR")[0], office.letters("somebody")[0]
    assert "0 letters" in types("retry", str(sent.id), str(due.id))
    assert (state(office, "PR"), state(office, "somebody")) == ([("sent", None)], [("due", None)])


@pytest.mark.parametrize("arguments", [["retry"], ["retry", "1", "--state", "dead"], ["retry", "--state", "sent"]])
def test_unclear_orders_are_refused_in_words(types: Types, arguments: list[str]) -> None:
    with pytest.raises(OfficeError, match=r"retry|--state"):
        types(*arguments)


def test_a_forecast_counts_what_a_ring_would_write_and_writes_nothing(office: SmallOffice, types: Types) -> None:
    rows = types("forecast", "--at", "2025-03-20 09:30", "--json")
    assert rows == [{"channel": CHANNEL, "waiting": 1, "wave": 3, "duration": "0:00:00"}]
    assert len(office.ring(THURSDAY + timedelta(minutes=30))) == 3


def test_a_wave_takes_as_long_as_the_pace_of_its_channel() -> None:
    (found,) = forecasts({CHANNEL: 500}, {CHANNEL: 100}, {CHANNEL: 0.04})
    assert (found.waiting, found.wave, found.duration) == (100, 500, timedelta(seconds=24))


def test_nothing_of_somebody_who_is_forgotten_is_sent_again(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        (dead,) = undelivered.listed(connection, Which(("dead",)))
        connection.exec_driver_sql(f"UPDATE outbox SET address = '' WHERE id = {dead.id}")
        assert undelivered.retry(connection, [dead.id], THURSDAY) == ()
