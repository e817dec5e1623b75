"""What tests share: the knowledge index of the shipped documents, built once, and an empty database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import open_library
from bot.settings import Settings
from db.store import Store
from knowledge.index import Library
from tests.postgres_room import PostgresServer, postgres_server
from tests.seen_questions import Libraries


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites the golden talks with what the bot says now."""
    parser.addoption("--update", action="store_true", help="rewrite the golden talks")


def pytest_configure(config: pytest.Config) -> None:
    """`both_engines` on a test, or as `pytestmark` of a file: its `store` is once of SQLite and once of PostgreSQL."""
    config.addinivalue_line("markers", "both_engines: run with an SQLite and with a PostgreSQL database")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each engine is a test of its own."""
    if "store" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_engines"):
        metafunc.parametrize("store", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The index of the shipped documents."""
    with open_library(Settings(_env_file=None, var_dir=tmp_path_factory.mktemp("var"))) as opened:
        yield opened


@pytest.fixture(scope="session")
def libraries() -> Iterator[Libraries]:
    """The indexes of all organisations that questions are asked in, each built when it is first asked for."""
    with Libraries() as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for all tests that ask for one."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty database: an SQLite file, or on the engine that `both_engines` asks for."""
    url = f"sqlite:///{tmp_path / 'office.sqlite'}"
    if getattr(request, "param", "sqlite") == "postgresql":
        url = request.getfixturevalue("postgres").emptied()
    opened = Store.open(url)
    yield opened
    opened.close()
