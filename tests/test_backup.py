"""A backup holds the whole office at one moment, is refused when it is not whole, and the restored office goes on."""

import stat
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine, text

from db import backup, inbox, notes
from db.failures import StoreError
from db.moving import checked, rows_of
from db.store import Store
from db.tables import metadata
from knowledge.index import Library
from tests.postgres_room import PostgresServer
from tests.process_room import Operator
from tests.small_office import THURSDAY, SmallOffice, text_of

PERSON = "PR-01"


def address_of(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")


def contents(store: Store) -> list[object]:
    with store.transaction() as connection:
        return [checked(connection, table) for table in metadata.sorted_tables]


@pytest.fixture
def empty(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """The address of an empty database on either engine."""

    def made(engine: str) -> str:
        if engine == "sqlite":
            return f"sqlite:///{tmp_path / 'restored.sqlite'}"
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.make(empty=True)

    return made


@pytest.mark.both_engines
@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_a_restored_office_is_the_same_and_goes_on_talking(
    store: Store, target: str, empty: Callable[[str], str], library: Library, tmp_path: Path
) -> None:
    office = SmallOffice(store, library, people=(PERSON,))
    office.says(PERSON, "chỉ tiêu đoàn viên năm 2025 là bao nhiêu?")
    office.ring()
    file = tmp_path / "office.backup"
    written = backup.write(address_of(store), file)
    assert sum(each.rows for each in written) > 50
    url = empty(target)
    assert backup.restore(file, url) == written

    restored = Store.open(url)
    try:
        assert contents(restored) == contents(store)
        again = SmallOffice(restored, library)
        again.number = office.number
        assert "3.100" in text_of(again.says(PERSON, "chỉ tiêu đoàn viên năm 2025 là bao nhiêu?"))
        assert again.ring() == (), "what was written before the backup is not written again"
    finally:
        restored.close()


@pytest.mark.both_engines
def test_a_backup_during_writes_holds_whole_transactions_and_nobody_waits_for_it(store: Store, tmp_path: Path) -> None:
    enough, stop = Event(), Event()

    def write_pairs() -> None:
        number = 0
        while not stop.is_set():
            with store.transaction() as connection:
                for half in ("a", "b"):
                    inbox.store(connection, "fake", f"{number}{half}", {"text": "x" * 2000}, THURSDAY)
            number += 1
            if number == 50:
                enough.set()

    writer = Thread(target=write_pairs)
    writer.start()
    enough.wait(30)
    try:
        for _ in range(3):
            with store.transaction() as connection:
                before = rows_of(connection)["inbox"]
            rows = {each.table: each.rows for each in backup.write(address_of(store), tmp_path / "office.backup")}
            assert rows["inbox"] % 2 == 0 and rows["inbox"] >= before
    finally:
        stop.set()
        writer.join(30)


def test_only_its_owner_reads_a_backup_and_nothing_else_is_left_behind(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    backup.write(address_of(store), folder / "office.backup")
    assert [each.name for each in folder.iterdir()] == ["office.backup"]
    assert stat.S_IMODE((folder / "office.backup").stat().st_mode) == 0o600


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def overwritten_within(file: Path) -> None:
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 6000] = b"\xff" * 6000
    file.write_bytes(content)


def of_a_newer_version(file: Path) -> None:
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()


def another_database(file: Path) -> None:
    file.unlink()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipes (name TEXT)"))
    engine.dispose()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (cut_off, "damaged or was cut off"),
        (overwritten_within, "damaged or was cut off"),
        (of_a_newer_version, "newer version"),
        (another_database, "no backup"),
        (lambda file: file.write_bytes(b""), "no backup"),
        (Path.unlink, "no file"),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_is_changed(
    spoil: Callable[[Path], object], words: str, store: Store, tmp_path: Path
) -> None:
    with store.transaction() as connection:
        for number in range(200):
            inbox.store(connection, "fake", str(number), {"text": "x" * 500}, THURSDAY)
    file = tmp_path / "office.backup"
    backup.write(address_of(store), file)
    spoil(file)
    target = tmp_path / "restored.sqlite"
    with pytest.raises(StoreError, match=words):
        backup.restore(file, f"sqlite:///{target}")
    if target.exists():
        opened = Store.open(f"sqlite:///{target}")
        with opened.transaction() as connection:
            assert not any(rows_of(connection).values())
        opened.close()


def test_a_database_that_is_not_empty_is_not_restored_into(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "office.backup"
    with store.transaction() as connection:
        notes.write(connection, "sample", "before")
    backup.write(address_of(store), file)
    with store.transaction() as connection:
        notes.write(connection, "sample", "after")
    with pytest.raises(StoreError, match="not empty"):
        backup.restore(file, address_of(store))
    with store.transaction() as connection:
        assert notes.read(connection, "sample") == "after"


def test_an_older_backup_is_replaced_and_anything_else_is_not(store: Store, tmp_path: Path) -> None:
    file, letter = tmp_path / "office.backup", tmp_path / "letter.txt"
    backup.write(address_of(store), file)
    with store.transaction() as connection:
        notes.write(connection, "sample", "later")
    assert {each.table: each.rows for each in backup.write(address_of(store), file)}["notes"] == 1
    letter.write_text("Not a backup")
    for other in (letter, Path(str(store.engine.url.database))):
        before = other.read_bytes()
        with pytest.raises(StoreError, match="not replaced"):
            backup.write(address_of(store), other)
        assert other.read_bytes() == before


def test_a_failed_backup_leaves_the_older_one(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "office.backup"
    backup.write(address_of(store), file)
    before = file.read_bytes()
    monkeypatch.setattr(backup, "rows_of", lambda _: {"notes": -1})
    with pytest.raises(StoreError, match="damaged"):
        backup.write(address_of(store), file)
    assert file.read_bytes() == before and len(list(tmp_path.glob(".*"))) == 0


def test_a_database_of_another_version_is_not_kept_in_the_wrong_shape(store: Store, tmp_path: Path) -> None:
    with store.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    with pytest.raises(StoreError, match="revision 0003"):
        backup.write(address_of(store), tmp_path / "office.backup")
    assert not (tmp_path / "office.backup").exists()


def test_an_operator_keeps_an_office_and_gets_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    operator = Operator(tmp_path, tmp_path, monkeypatch, capsys)
    assert operator.types("backup", "office.backup").refused_with("no database yet")
    opened = Store.open(operator.url)
    SmallOffice(opened, library, people=(PERSON,))
    opened.close()
    kept = operator.types("backup", "office.backup")
    assert kept.code == 0 and "was read again" in kept.out
    assert operator.types("restore", "office.backup").refused_with("not empty", "nothing was changed")
    back = operator.types("restore", "office.backup", DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert back.code == 0 and "1 people" in back.out
