"""Golden talks: replaying a talk gives back the same file. `pytest --update` rewrites it; read what changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.talks import Step, TalkError, parse
from db import tables
from db.store import Store
from handlers import Reply
from handlers.replies import from_json
from knowledge.index import Library
from tests.talk_room import TalkRoom
from tests.zalo_forms import faults

TALKS = sorted((Path(__file__).parent / "conversations").glob("*.txt"))


@pytest.mark.parametrize("file", TALKS, ids=lambda file: file.stem)
def test_talk(file: Path, tmp_path: Path, library: Library, request: pytest.FixtureRequest) -> None:
    """The bot says what the file says, and all of it could be read and answered on Zalo."""
    told = file.read_text(encoding="utf-8")
    room = TalkRoom(tmp_path, library, parse(told))
    replayed = room.replay()
    if request.config.getoption("--update"):
        file.write_text(replayed, encoding="utf-8")
    said = list(replies(room))
    assert said and not [(fault, reply.text) for reply in said for fault in faults(reply)]
    assert replayed == told, f"read the difference; if it is right: pytest tests/test_talks.py -k {file.stem} --update"


def replies(room: TalkRoom) -> Iterator[Reply]:
    """Everything that the bot said in a talk."""
    store = Store.open(room.url)
    with store.transaction() as connection:
        bodies = list(connection.scalars(select(tables.outbox.c.body)))
    store.close()
    yield from (from_json(body) for body in bodies)


def test_there_are_talks() -> None:
    """An empty folder would make the test above pass."""
    assert len(TALKS) >= 8


def test_parse_reads_what_people_write() -> None:
    """A talk without its bot lines is a script."""
    talk = "# about\npeople: PR-01, PR\n@ 2025-03-25 08:00\nbot → PR-01: x\n     [1] y\nPR-01: 1\n! PR-01 blocks\n"
    script = parse(talk)
    assert script.people == ("PR-01", "PR")
    assert script.steps == (
        Step("clock", "", "2025-03-25 08:00"),
        Step("says", "PR-01", "1"),
        Step("blocks", "PR-01", ""),
    )
    with pytest.raises(TalkError, match="line 1"):
        parse("what is this")
