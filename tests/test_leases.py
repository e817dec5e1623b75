"""What one process does for all: one holds it, another one takes over when it has run out, and never two at a time."""

import threading
from collections import Counter
from datetime import datetime, timedelta

import pytest

from db import leases
from db.store import Store
from scheduler import ZONE

pytestmark = pytest.mark.both_engines

NOW = datetime(2025, 3, 20, 8, 0, tzinfo=ZONE)


def take(store: Store, holder: str, after: float, name: str = "ring") -> bool:
    """Ask for a lease of thirty seconds, so many seconds after the start."""
    now = NOW + timedelta(seconds=after)
    return store.retrying(lambda connection: leases.take(connection, name, holder, now, 30))


def give_back(store: Store, holder: str) -> None:
    with store.transaction() as connection:
        leases.give_back(connection, "ring", holder)


def test_one_holds_it_until_it_runs_out(store: Store) -> None:
    asked = [
        # who, when, whether they get it
        ("first", 0, True),
        ("second", 0, False),
        ("first", 20, True),  # renewed until 50
        ("second", 49.9, False),
        ("second", 50, True),
        ("first", 50, False),
        ("first", 81, True),
    ]
    assert [(holder, after, take(store, holder, after)) for holder, after, _ in asked] == asked


def test_what_is_given_back_is_free_and_only_its_holder_can_give_it_back(store: Store) -> None:
    assert take(store, "first", 0)
    give_back(store, "second")
    assert not take(store, "second", 1)
    give_back(store, "first")
    assert take(store, "second", 1) and not take(store, "first", 2)


def test_leases_know_nothing_of_each_other(store: Store) -> None:
    assert take(store, "first", 0, "ring") and take(store, "second", 0, "telegram")


@pytest.mark.parametrize("held", [False, True], ids=["never held", "run out"])
def test_of_many_who_ask_at_once_one_gets_it(store: Store, held: bool) -> None:
    if held:
        assert take(store, "before", -60)
    names = [f"process {number}" for number in range(6)]
    begin, got = threading.Barrier(len(names)), Counter[bool]()

    def asks(name: str) -> None:
        begin.wait(10)
        got[take(store, name, 0)] += 1

    workers = [threading.Thread(target=asks, args=(name,)) for name in names]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert got == {True: 1, False: len(names) - 1}
