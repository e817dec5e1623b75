"""Versions of a report on the shelf: what stands, what is owed again, and what an older database brings along."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from db import reports, unions
from db.migrating import migrations
from db.store import Store
from knowledge import Union
from tests.reporting import BEFORE_DUE as NOW
from tests.reporting import DISTRICT, QUARTER

pytestmark = pytest.mark.both_engines

RULE = DISTRICT.id
ORGANISATION = (
    Union("BPC", "LĐLĐ tỉnh", "province", ""),
    Union("D-1", "LĐLĐ huyện 1", "district", "BPC"),
    Union("D-2", "LĐLĐ huyện 2", "district", "BPC"),
)


@pytest.fixture
def shelf(store: Store) -> Store:
    """Two districts that owe a report."""
    with store.transaction() as connection:
        unions.put(connection, ORGANISATION)
        reports.confirm(connection, [DISTRICT], NOW)
    return store


def submit(store: Store, union: str, *, again: bool = False) -> int:
    with store.transaction() as connection:
        return reports.submit(
            connection, RULE, union, QUARTER, officer=None, late=False, now=NOW, way="draft", content={}, again=again
        ).id


def test_what_is_returned_is_owed_again_until_its_next_version_comes(shelf: Store) -> None:
    first, other = submit(shelf, "D-1"), submit(shelf, "D-2")
    due = date(2025, 3, 25)
    with shelf.transaction() as connection:
        assert reports.give_back(connection, first, None, "Thiếu số liệu.", due, NOW)
        assert not reports.give_back(connection, first, None, "Lần nữa.", due + timedelta(days=1), NOW)
        assert not reports.accept(connection, first, None, NOW)
        assert reports.accept(connection, other, None, NOW)
        assert reports.who_submitted(connection, RULE, QUARTER) == {"D-2"}
        assert reports.due_again(connection, RULE, QUARTER) == {"D-1": due}
        returned = reports.given_back(connection, RULE, "D-1", QUARTER)
        assert returned is not None and (returned.reason, returned.due_again) == ("Thiếu số liệu.", due)
        assert reports.waiting(connection, {"D-1", "D-2"}) == ()
    submit(shelf, "D-1")
    with shelf.transaction() as connection:
        assert reports.due_again(connection, RULE, QUARTER) == {}
        assert reports.given_back(connection, RULE, "D-1", QUARTER) is None
        assert [(each.version, each.state) for each in reports.versions(connection, RULE, "D-1", QUARTER)] == [
            (1, "returned"),
            (2, "received"),
        ]
        assert [each.union for each in reports.waiting(connection, {"D-1", "BPC"})] == ["D-1"]
        assert reports.waiting(connection, {"D-2"}) == ()


def test_one_version_stands_at_a_time_and_each_has_its_own_receipt(shelf: Store) -> None:
    numbers = [submit(shelf, "D-1"), submit(shelf, "D-1"), submit(shelf, "D-1", again=True)]
    assert numbers[0] == numbers[1] != numbers[2]
    with shelf.transaction() as connection:
        standing = reports.standing(connection, RULE, QUARTER)
        assert {code: each.number for code, each in standing.items()} == {"D-1": f"BC-{numbers[2]:05d}"}
        assert not reports.accept(connection, numbers[0], None, NOW), "what was replaced is not decided on"


def test_reports_of_an_older_database_are_first_versions_that_wait(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    config, engine = migrations(), create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.execute(text("INSERT INTO unions (code, name, level, sector) VALUES ('D-1', 'x', 'district', '')"))
        connection.execute(
            text(
                "INSERT INTO report_rules (id, title, scope, level, profile, cycle, working_days, since, confirmed_at) "
                "VALUES ('quy-tinh', 'x', 'D-1', 'district', 'calendar', 'quarter', 4, '2025-01-01', '2025-01-01')"
            )
        )
        connection.execute(
            text(
                'INSERT INTO reports (rule, "union", period, received_at, late) '
                "VALUES ('quy-tinh', 'D-1', '2025-Q1', '2025-03-17 02:00:00', 0)"
            )
        )
    engine.dispose()
    store = Store.open(url)
    with store.transaction() as connection:
        (kept,) = reports.versions(connection, RULE, "D-1", QUARTER)
    store.close()
    assert (kept.number, kept.version, kept.way, kept.state, kept.received_at) == (
        "BC-00001",
        1,
        "marked",
        "received",
        NOW,
    )
