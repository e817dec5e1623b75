"""An office moves from one database to another and goes on there: nothing is lost, nothing is said twice."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.app import OfficeError
from bot.database_commands import database_app
from db import checkins, exemptions, files, inbox, moving, notes, reports, targets
from db.engine import StoreError, newest_revision, revision_of
from db.store import Store
from db.tables import metadata
from knowledge.index import Library
from tests.postgres_room import PostgresServer
from tests.small_office import THURSDAY, SmallOffice, text_of

PERSON = "PR-01"
PEOPLE = ("PR", PERSON, "PR-02")
QUARTER = ("quy-pr", PERSON, "2025-Q1")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of an office on SQLite."""
    return f"sqlite:///{tmp_path / 'office.sqlite'}"


@pytest.fixture
def office(url: str, library: Library) -> Iterator[SmallOffice]:
    """An office in which something happened: a ring, a talk, figures, a file, texts that few programs would keep."""
    store = Store.open(url)
    office = SmallOffice(store, library, people=PEOPLE)
    office.ring()
    office.says(PERSON, "/menu")
    with store.transaction() as connection:
        notes.write(connection, "odd", "a\0b \U0001f600")
        inbox.store(connection, "chat", "odd", {"text": "\ud800 \0", "n": 1.5e300, "none": None}, THURSDAY)
        files.put(connection, PERSON, None, "ảnh.jpg", "image/jpeg", bytes(range(256)) * 400, THURSDAY)
        checkins.put(connection, PERSON, "f", 1, "2025-02", {"m": 7}, officer=None, late=True, now=THURSDAY)
        targets.assign(connection, PERSON, "members", "2025", 0.1 + 0.2, "person", officer=None, now=THURSDAY)
        exemptions.give(connection, QUARTER, "extension", None, THURSDAY, until=date(2025, 4, 30))
    yield office
    store.close()


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a database, as the shelves read it."""
    store = Store.open(url)
    with store.transaction() as connection:
        found = {
            name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key))]
            for name, table in metadata.tables.items()
        }
    store.close()
    return found


def copied(source: str, target: str) -> str:
    done = CliRunner().invoke(database_app, ["copy", source, target], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_everything_comes_along_and_back_again(
    office: SmallOffice, url: str, tmp_path: Path, postgres: PostgresServer
) -> None:
    there, back = postgres.make(), f"sqlite:///{tmp_path / 'back.sqlite'}"
    said = copied(url, there)
    before = rows(url)
    before["notes"] = [(name, str(value).replace("\0", "\ufffd")) for name, value in before["notes"]]
    assert rows(there) == before
    assert f"inbox: {len(before['inbox'])}\n" in said and "the same on both sides" in said
    copied(there, back)
    assert rows(back) == before
    assert sum(map(bool, before.values())) > 12, "an office in which little happened would prove little"


def test_the_office_goes_on_where_it_was(office: SmallOffice, url: str, postgres: PostgresServer) -> None:
    office.says(PERSON, "/solieu")
    there = postgres.make()
    copied(url, there)
    here = [office.says(PERSON, "dv 128, moi 3"), *office.ring(THURSDAY + timedelta(days=6, hours=1))]
    store = Store.open(there)
    moved = SmallOffice(store, office.house.tools.shelf, THURSDAY)
    moved.number, moved.channel = office.number - 1, office.channel
    gone_on = [moved.says(PERSON, "dv 128, moi 3"), *moved.ring(THURSDAY + timedelta(days=6, hours=1))]
    assert [(letter.id, letter.key, text_of(letter)) for letter in gone_on] == [
        (letter.id, letter.key, text_of(letter)) for letter in here
    ]
    with store.transaction() as connection:
        report = reports.submit(connection, *QUARTER, officer=None, late=False, now=THURSDAY)
        number = files.put(connection, PERSON, None, "b", "text/plain", b"b", THURSDAY)
    assert report.id == 1 and number == 2, "numbers go on after those that came along"
    store.close()


def test_a_database_with_something_in_it_is_left_alone(office: SmallOffice, url: str, postgres: PostgresServer) -> None:
    there = postgres.make()
    copied(url, there)
    before = rows(there)
    with pytest.raises(StoreError, match=r"not empty: it has rows in .*unions"):
        copied(url, there)
    assert rows(there) == before


def test_what_is_not_the_same_afterwards_is_not_kept(
    office: SmallOffice, url: str, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A driver that gives back other than it was given."""
    there = postgres.make()
    written = moving._written
    seen: list[int] = []

    def spoilt(part: Any) -> bytes:
        seen.append(1)
        return written(part) + (b"x" if len(seen) == len(metadata.tables) else b"")

    monkeypatch.setattr(moving, "_written", spoilt)
    with pytest.raises(StoreError, match="is not the same after it was copied"):
        copied(url, there)
    monkeypatch.undo()
    assert not any(rows(there).values())


def test_where_there_is_no_office_nothing_is_copied_and_no_file_is_made(tmp_path: Path, url: str) -> None:
    with pytest.raises(OfficeError, match="There is no office at"):
        copied(f"sqlite:///{tmp_path / 'nothing.sqlite'}", url)
    assert list(tmp_path.iterdir()) == []


# `congdoan db upgrade`


def upgraded() -> str:
    done = CliRunner().invoke(database_app, ["upgrade"], catch_exceptions=False)
    assert done.exit_code == 0
    return done.output.strip()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_an_upgrade_says_what_it_did(
    engine: str, url: str, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = url if engine == "sqlite" else postgres.make(empty=True)
    monkeypatch.setenv("DATABASE_URL", address)
    assert revision_of(address) is None
    newest = newest_revision()
    assert upgraded() == f"The database was empty; it now has the tables of revision {newest}."
    assert upgraded() == f"The database is at the newest revision, {newest}, already."
    assert revision_of(address) == newest
