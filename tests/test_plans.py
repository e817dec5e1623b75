"""What waits is found through indexes, however much is settled: the plans of both engines."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, text

from db import inbox, outbox
from db.store import Store
from db.tables import inbox as updates
from db.tables import outbox as letters
from scheduler import ZONE

NOW = datetime(2025, 3, 20, 8, 0, tzinfo=ZONE)
SETTLED = 4000

FULL_SCAN = {
    "sqlite": re.compile(r"SCAN (outbox|inbox|other)\b(?! USING)"),
    "postgresql": re.compile(r"Seq Scan on (outbox|inbox)\b"),
}


@pytest.fixture
def full(store: Store) -> Store:
    """Thousands of letters and updates that are settled, and a few that wait."""
    states = ["sent"] * SETTLED + ["due"] * 5 + ["sending"] * 5
    rows: list[dict[str, Any]] = [
        {
            "key": str(number),
            "kind": "reminder",
            "channel": "chat",
            "address": str(number % 40),
            "body": {},
            "created_at": NOW - timedelta(days=2),
            "due_at": NOW - timedelta(days=1),
            "state": state,
            "attempts": 0,
            "claimed_until": NOW - timedelta(minutes=1) if state == "sending" else None,
        }
        for number, state in enumerate(states)
    ]
    came = [
        {"channel": "chat", "key": row["key"], "address": row["address"], "payload": {}, "received_at": NOW}
        | {"state": "done" if row["state"] == "sent" else "new"}
        for row in rows
    ]
    with store.transaction() as connection:
        connection.execute(insert(letters), rows)
        connection.execute(insert(updates), came)
        if connection.dialect.name == "postgresql":
            # A server counts its rows by itself, a file is never counted.
            connection.execute(text("ANALYZE"))
    return store


@contextmanager
def planned(connection: Connection) -> Iterator[list[str]]:
    """The plans of all that is asked inside the block."""
    asked: list[tuple[str, Any]] = []

    def listen(_1: Any, _2: Any, statement: str, parameters: Any, _3: Any, _4: Any) -> None:
        asked.append((statement, parameters))

    plans: list[str] = []
    event.listen(connection, "before_cursor_execute", listen)
    try:
        yield plans
    finally:
        event.remove(connection, "before_cursor_execute", listen)
    word = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    for statement, parameters in asked:
        rows = connection.exec_driver_sql(f"{word} {statement}", parameters).all()
        plans.append("\n".join(str(row[-1]) for row in rows))


Question = Callable[[Connection], object]

QUESTIONS: dict[str, Question] = {
    "claim": lambda connection: outbox.claim(connection, NOW, 3, channels=frozenset({"chat"})),
    "waiting": inbox.waiting,
}


@pytest.mark.both_engines
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_settled_is_not_read(full: Store, question: str) -> None:
    with full.transaction(commit=False) as connection:
        with planned(connection) as plans:
            assert QUESTIONS[question](connection)
        assert plans
        for plan in plans:
            assert not FULL_SCAN[connection.dialect.name].search(plan), plan


@pytest.mark.both_engines
def test_answers_are_found_without_reading_the_wave(full: Store) -> None:
    """What is said unasked waits in the same states, by the thousand."""
    with full.transaction(commit=False) as connection:
        connection.execute(letters.update().values(state="due"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE outbox"))
        with planned(connection) as plans:
            assert not outbox.claim(connection, NOW, 3, channels=frozenset({"chat"}), answers=True)
    assert all("ix_outbox_answers_due" in plan for plan in plans), plans


@pytest.mark.both_engines
def test_a_plan_that_reads_everything_is_found_out(full: Store) -> None:
    with full.transaction(commit=False) as connection:
        with planned(connection) as plans:
            connection.execute(letters.select().where(letters.c.reason == "x")).all()
        assert FULL_SCAN[connection.dialect.name].search(plans[0]), plans
