"""What tests share: the knowledge index of the shipped documents, built once, and an empty database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import open_library
from bot.settings import Settings
from db.store import Store
from knowledge.index import Library


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites the golden talks with what the bot says now."""
    parser.addoption("--update", action="store_true", help="rewrite the golden talks")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The index of the shipped documents."""
    with open_library(Settings(_env_file=None, var_dir=tmp_path_factory.mktemp("var"))) as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database in a file."""
    opened = Store.open(f"sqlite:///{tmp_path / 'office.sqlite'}")
    yield opened
    opened.close()
