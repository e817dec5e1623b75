"""The whole office on a PostgreSQL server: talks go as they go on SQLite, and two processes ring once."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.talks import parse
from db.engine import StoreBusy
from db.store import Store
from knowledge.index import Library
from tests.postgres_room import PostgresServer
from tests.small_office import SmallOffice, says
from tests.talk_room import TalkRoom

CONVERSATIONS = Path(__file__).parent / "conversations"


@pytest.mark.parametrize("talk", ["bao-cao-quy-bi-nhac", "hai-nguoi-mot-don-vi", "nguoi-chan-tin-nhan"])
def test_a_talk_goes_as_on_sqlite(talk: str, tmp_path: Path, library: Library, postgres: PostgresServer) -> None:
    told = (CONVERSATIONS / f"{talk}.txt").read_text(encoding="utf-8")
    assert TalkRoom(tmp_path, library, parse(told), postgres.emptied()).replay() == told


@pytest.fixture
def processes(postgres: PostgresServer, library: Library) -> Iterator[list[SmallOffice]]:
    """Three processes of one office."""
    url = postgres.emptied()
    people = ("PR", "PR-01", "PR-02", "PR-03")
    offices = [SmallOffice(Store.open(url), library, people=people if first else ()) for first in (True, False, False)]
    yield offices
    for office in offices:
        office.store.close()


def test_processes_that_ring_at_the_same_moment_write_every_letter_once(processes: list[SmallOffice]) -> None:
    begin, written = threading.Barrier(len(processes)), Counter[str]()

    def rings(office: SmallOffice) -> None:
        begin.wait(10)
        for _ in processes:
            # Whoever was in another one's way is told so, and rings again.
            with suppress(StoreBusy):
                written.update(letter.key for letter in office.ring())

    workers = [threading.Thread(target=rings, args=(office,)) for office in processes]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert not worker.is_alive()
    assert set(written.values()) == {1} and len(written) == 4


def test_an_update_that_comes_to_two_processes_is_answered_once(processes: list[SmallOffice]) -> None:
    update = says(1, "PR-01", "/menu")
    for office in processes:
        office.hears(update)
    assert len(processes[0].letters("PR-01")) == 1
