"""An office that was begun with the first tables finds everything again in the newest ones."""

import json
import sqlite3
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import create_engine

from db import checkins, conversations, inbox, notes, officers, outbox, reports, unions
from db.migrating import migrations
from db.store import Store
from knowledge import Union
from scheduler import ZONE

TODAY = date(2025, 7, 1)
STAMP = "2025-03-20 01:00:00.000000"
MOMENT = datetime(2025, 3, 20, 8, 0, tzinfo=ZONE)

OLD: dict[str, list[dict[str, Any]]] = {
    "notes": [{"name": "began", "value": "2025-02-01"}],
    "unions": [
        {"code": "P", "name": "Province", "level": "province", "parent": None, "sector": ""},
        {"code": "D", "name": "District", "level": "district", "parent": "P", "sector": ""},
        {"code": "D-1", "name": "Union 1", "level": "grassroots", "parent": "D", "sector": "public"},
    ],
    "officers": [
        {"id": 3, "union": "D-1", "role": "officer", "since": STAMP, "until": "2025-03-21 01:00:00.000000"},
        {"id": 4, "union": "D-1", "role": "officer", "since": STAMP, "until": None},
        {"id": 9, "union": "D", "role": "staff", "since": STAMP, "until": None},
    ],
    "addresses": [
        {
            "id": 1,
            "officer": 3,
            "channel": "telegram",
            "address": "a",
            "open": 0,
            "reason": "blocked",
            "heard_at": None,
        },
        {"id": 2, "officer": 4, "channel": "telegram", "address": "b", "open": 1, "reason": None, "heard_at": STAMP},
        {"id": 5, "officer": 9, "channel": "telegram", "address": "c", "open": 1, "reason": None, "heard_at": None},
    ],
    "conversations": [
        {"channel": "telegram", "address": "b", "state": json.dumps({"shape": 1, "x": "đ"}), "updated_at": STAMP},
        {"channel": "telegram", "address": "stranger", "state": json.dumps({"shape": 1}), "updated_at": STAMP},
    ],
    "inbox": [
        {"id": 7, "channel": "telegram", "key": "k", "payload": '{"a": 1}', "received_at": STAMP, "state": "new"}
    ],
    "outbox": [
        {
            "id": 8,
            "key": "remind:q:D-1:2025-Q1:0",
            "kind": "reminder",
            "channel": "telegram",
            "address": "b",
            "body": '{"text": "x"}',
            "answers": 7,
            "created_at": STAMP,
            "due_at": STAMP,
            "state": "due",
            "attempts": 0,
        }
    ],
    "checkins": [
        {
            "id": 11,
            "union": "D-1",
            "form": "monthly",
            "version": 1,
            "period": "2025-02",
            "revision": 1,
            "answers": '{"members": 128}',
            "officer": 4,
            "received_at": STAMP,
            "late": 0,
        }
    ],
    "report_rules": [
        {
            "id": "q",
            "title": "Quarter",
            "scope": "P",
            "level": "grassroots",
            "profile": "administrative",
            "cycle": "quarter",
            "working_days": 2,
            "since": "2025-01-01",
            "clause": None,
            "confirmed_at": STAMP,
        }
    ],
    "reports": [
        {"id": 12, "rule": "q", "union": "D-1", "period": "2025-Q1", "officer": 4, "received_at": STAMP, "late": 1}
    ],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database of the first shape with something in every table."""
    path = tmp_path / "office.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    config = migrations()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with sqlite3.connect(path) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables - {"alembic_version"} == set(OLD), "every old table is filled"
        for table, rows in OLD.items():
            for row in rows:
                names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
                raw.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
    raw.close()
    return path


def test_everything_is_found_again_after_the_upgrade(file: Path) -> None:
    store = Store.open(f"sqlite:///{file}")
    with store.transaction() as connection:
        assert notes.read(connection, "began") == "2025-02-01"
        assert unions.every(connection, TODAY) == (
            Union("D", "District", "district", "P", ""),
            Union("D-1", "Union 1", "grassroots", "D", "public"),
            Union("P", "Province", "province", "", ""),
        )
        assert unions.chain(connection, "D-1", date(2000, 1, 1)) == ("D-1", "D", "P"), "it had always been so"
        people = {post.id: post for post in officers.everyone(connection)}
        assert {number: (post.union, post.role, post.address) for number, post in people.items()} == {
            4: ("D-1", "officer", "b"),
            9: ("D", "staff", "c"),
        }
        assert len({post.person for post in people.values()}) == 2
        assert officers.posts_at(connection, "telegram", "a") == (), "who has left stays away"
        assert officers.person_at(connection, "telegram", "a") not in {post.person for post in people.values()}
        assert conversations.load(connection, "telegram", "b", 4) == {"shape": 1, "x": "đ"}
        assert conversations.load(connection, "telegram", "stranger") == {"shape": 1}
        figures = checkins.get(connection, "D-1", "monthly", "2025-02")
        assert figures is not None and figures.answers == {"members": 128} and figures.received_at == MOMENT
        (rule,) = reports.rules(connection)
        assert (rule.scope, rule.since) == ("P", date(2025, 1, 1))
        submitted = reports.submitted(connection, "q", "D-1", "2025-Q1")
        assert submitted is not None and submitted.late
        (letter,) = outbox.at_address(connection, "telegram", "b")
        assert (letter.body, letter.due_at, letter.answers) == ({"text": "x"}, MOMENT, 7)
        assert not letter.doubtful, "what was sent before was sent without a doubt"
        assert [(row.payload, row.address) for row in inbox.waiting(connection)] == [({"a": 1}, None)]
    store.close()


def test_an_upgraded_database_is_whole_and_is_the_same_as_a_new_one(file: Path, tmp_path: Path) -> None:
    Store.open(f"sqlite:///{file}").close()
    Store.open(f"sqlite:///{tmp_path / 'new.sqlite'}").close()
    shapes = []
    for path in (file, tmp_path / "new.sqlite"):
        with sqlite3.connect(path) as raw:
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
            names = [
                name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            ]
            shapes.append({name: sorted(raw.execute(f"PRAGMA table_info({name})")) for name in names})
        raw.close()
    assert shapes[0] == shapes[1]


def test_an_upgraded_office_goes_on(file: Path) -> None:
    """What was written after the upgrade stands beside what was there before."""
    store = Store.open(f"sqlite:///{file}")
    with store.transaction() as connection:
        unions.put(connection, [Union("E", "Other district", "district", "P")])
        unions.move(connection, "D-1", "E", TODAY)
        added = officers.add(connection, "E", "staff", "telegram", "d", MOMENT)
        assert added.id > 9 and added.person > 9
        assert unions.chain(connection, "D-1", TODAY) == ("D-1", "E", "P")
        again = checkins.put(
            connection, "D-1", "monthly", 1, "2025-02", {"members": 130}, officer=4, late=True, now=MOMENT
        )
        assert again.revision == 2
    store.close()
