"""A date is said once: whoever rings, how often and how late."""

import threading
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.rings import planned_before
from bot.turns import ring
from db import checkins, reports
from db.store import Store
from knowledge.index import Library
from scheduler import ZONE
from tests.small_office import THURSDAY, SmallOffice, choices_of, text_of

PERSON = "PR-01"


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office with an officer, two more, and the staff above them."""
    return SmallOffice(store, library, people=("PR", "PR-01", "PR-02", "PR-03"))


def keys(letters: tuple[Any, ...]) -> list[str]:
    return sorted(letter.key for letter in letters)


def test_ringing_twice_late_or_for_a_look_writes_one_letter(office: SmallOffice) -> None:
    looked = keys(ring(office.tools, dry_run=True))
    assert office.letters(PERSON) == ()
    assert keys(office.ring()) == looked and len(looked) == 4
    assert office.ring() == () and office.ring(THURSDAY + timedelta(hours=1)) == ()
    assert len(office.letters(PERSON)) == 1


def test_two_processes_that_ring_at_the_same_moment_write_one_letter(
    office: SmallOffice, library: Library, tmp_path: Path
) -> None:
    others = [SmallOffice(Store.open(f"sqlite:///{tmp_path / 'office.sqlite'}"), library) for _ in range(4)]
    begin, written = threading.Barrier(len(others)), []

    def rings(each: SmallOffice) -> None:
        begin.wait(5)
        written.extend(keys(each.ring()))

    workers = [threading.Thread(target=rings, args=(each,)) for each in others]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert not worker.is_alive()
    for each in others:
        each.store.close()
    assert len(written) == len(set(written)) == 4


def test_after_a_week_of_downtime_there_is_one_reminder(office: SmallOffice) -> None:
    first = office.ring()
    after = office.ring(THURSDAY + timedelta(days=6, hours=1))
    reminders = [letter for letter in (*first, *after) if letter.address == PERSON]
    assert [letter.key.rsplit(":", 1)[1] for letter in reminders] == ["+1", "+3"]
    assert office.ring(THURSDAY + timedelta(days=6, hours=2)) == ()


def test_nothing_is_said_at_night_or_on_a_weekend(office: SmallOffice) -> None:
    for hours in (12, 20, 22, 48, 53, 72):
        moment = THURSDAY + timedelta(hours=hours)
        if moment.weekday() >= 5 or not 8 <= moment.hour < 17:
            assert office.ring(moment) == (), moment


def test_a_report_and_a_check_in_are_marked_once_each(office: SmallOffice) -> None:
    office.taps(PERSON, "report:yes:quy-pr:2025-Q1")
    reply = office.taps(PERSON, "report:yes:quy-pr:2025-Q1")
    office.taps(PERSON, "checkin:unchanged:2025-03")
    office.taps(PERSON, "checkin:send:2025-03")
    with office.store.transaction() as connection:
        assert reports.who_submitted(connection, "quy-pr", "2025-Q1") == {PERSON}
        figures = checkins.get(connection, PERSON, "monthly", "2025-03")
    assert "BC-00001" in text_of(reply) and figures is not None and figures.answers["members"] == 128
    assert not any(letter.address == PERSON for letter in office.ring())
    assert all("yes" not in choice.id for choice in choices_of(reply))


@pytest.mark.parametrize(
    ("now", "planned"),
    [("08:00:00", "08:00"), ("08:04:59", "08:00"), ("08:05:01", "08:05"), ("23:59:59", "23:55"), ("00:00:01", "00:00")],
)
def test_a_ring_belongs_to_the_moment_for_which_it_was_planned(now: str, planned: str) -> None:
    day = THURSDAY.date()
    found = planned_before(datetime.combine(day, time.fromisoformat(now), ZONE))
    assert found == datetime.combine(day, time.fromisoformat(planned), ZONE)
