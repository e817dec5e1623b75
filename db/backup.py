"""A whole office in one file, written while it works, and put back into an empty database, on whichever engines.

The file is an SQLite database of the same tables, so one form serves both engines and holds all that an office has:
what people sent is among its tables. It comes from one moment (a snapshot that nobody waits for) and is read again
before it gets its name.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from db.engine import newest_revision, revision_in
from db.examination import engine_as_it_is
from db.failures import StoreError, in_words
from db.moving import Copied, copy, rows_of
from db.store import Store

MARK = 0x43_44_4F_31
"""Stands in the head of every backup (SQLite's `application_id`): the letters CDO1."""

Tell = Callable[[int], None]


def write(url: str, file: Path, tell: Tell = lambda _: None) -> tuple[Copied, ...]:
    """Write a backup of the database behind `url`; what stood at `file` is replaced once the new one was checked.

    `tell` hears how many rows were written. Raises `StoreError` where the database cannot be read or is of another
    version, and where `file` cannot be written or is something else than a backup.
    """
    place = _place(url)
    _refuse_to_replace(file, place)
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        # Only its owner may read it: it holds everybody's figures and letters.
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        copied = _copied_into(place, unfinished, tell)
        _check(unfinished, {each.table: each.rows for each in copied})
        _keep(unfinished, file)
    except OSError as error:
        raise StoreError(f"{file} cannot be written ({error.strerror}). Nothing was replaced.") from error
    finally:
        for rest in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                unfinished.with_name(unfinished.name + rest).unlink(missing_ok=True)
    return copied


def restore(file: Path, url: str, tell: Tell = lambda _: None) -> tuple[Copied, ...]:
    """Put a backup into the empty database behind `url`; one of an older version is brought to the newest shape.

    Raises `StoreError` where the file is no whole backup or of a newer version, or the database is not empty; then
    nothing was changed.
    """
    _check(file)
    with TemporaryDirectory() as folder:
        # On a copy: opening it may change its shape, and the backup stays as it is.
        taken = Path(folder) / "backup.sqlite"
        shutil.copyfile(file, taken)
        source, target = Store.open(f"sqlite:///{taken}"), Store.open(url)
        try:
            with source.transaction(commit=False) as there, target.transaction() as here:
                return copy(there, here, tell)
        finally:
            source.close()
            target.close()


def _place(url: str) -> URL:
    try:
        place = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError("DATABASE_URL cannot be read.") from None
    if place.get_backend_name() == "sqlite" and not Path(str(place.database)).exists():
        raise StoreError("There is no database yet, so there is nothing to keep. Check DATABASE_URL and VAR_DIR.")
    return place


def _refuse_to_replace(file: Path, place: URL) -> None:
    """Only an older backup is replaced, never the database itself or something that somebody may miss."""
    if not file.exists():
        return
    own = place.get_backend_name() == "sqlite" and file.samefile(str(place.database))
    if own or not _is_marked(file):
        raise StoreError(f"{file} exists and is no backup, so it is not replaced. Choose another name.")


def _copied_into(place: URL, unfinished: Path, tell: Tell) -> tuple[Copied, ...]:
    engine = engine_as_it_is(place)
    target = Store.open(f"sqlite:///{unfinished}")
    try:
        with _snapshot(engine) as there, target.transaction() as here:
            copied = copy(there, here, tell)
    finally:
        engine.dispose()
        target.close()
    with _read(unfinished) as connection:
        # One file by itself, without the journal that stands beside a working database.
        connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
        connection.exec_driver_sql(f"PRAGMA application_id = {MARK}")
    return copied


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """The database as it stands at one moment, while others go on writing."""
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
            else:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            _refuse_other_versions(connection)
            yield connection
            connection.rollback()
    except DBAPIError as error:
        raise in_words(error) from error


def _refuse_other_versions(connection: Connection) -> None:
    found, newest = revision_in(connection), newest_revision()
    if found != newest:
        raise StoreError(
            f"The database has revision {found or 'none'}, this program works with {newest}. Make the backup with the "
            "version that works with the database; nothing was written."
        )


def _check(file: Path, rows: dict[str, int] | None = None) -> None:
    """Raise `StoreError` where a file is no whole backup, or holds other numbers of `rows` than were written."""
    if not file.is_file():
        raise StoreError(f"There is no file {file}.")
    broken = StoreError(
        f"{file} is no whole backup: it is damaged or was cut off. Take another one; nothing was changed."
    )
    if not _is_marked(file):
        raise StoreError(f"{file} is no backup that `congdoan backup` made. Nothing was changed.")
    try:
        with _read(file) as connection:
            found = list(connection.execute(text("PRAGMA integrity_check(1)")).scalars())
            lost = connection.execute(text("PRAGMA foreign_key_check")).first()
            counted = rows_of(connection) if rows is not None else None
    except DBAPIError as error:
        raise broken from error
    if found != ["ok"] or lost is not None or counted != rows:
        raise broken


def _is_marked(file: Path) -> bool:
    """Whether the head of a file is that of a backup (https://www.sqlite.org/fileformat.html, offset 68)."""
    with file.open("rb") as opened:
        head = opened.read(100)
    return head.startswith(b"SQLite format 3\0") and head[68:72] == MARK.to_bytes(4, "big")


@contextmanager
def _read(file: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{file}", isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _keep(unfinished: Path, file: Path) -> None:
    """Give the finished file its name, on the disk and not only in memory."""
    with unfinished.open("rb") as opened:
        os.fsync(opened.fileno())
    unfinished.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
