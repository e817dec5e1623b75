"""A ring reads what has to be said: what it asks of the database does not grow with the unions."""

from pathlib import Path

import pytest
from sqlalchemy import event
from typer.testing import CliRunner

from bot.knowledge_commands import bench_app
from bot.ring_bench import RINGS, TIMETABLE, Ring, bench_ring, measure, settle
from db.store import Store
from handlers import unasked
from handlers.phrasebook import Phrases
from handlers.unasked import AT_ONCE

QUIET, DUE, AFTER = RINGS.values()
FEW, MANY = 100, 1500


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """The databases of a small office and of one that is fifteen times as large."""
    folder = tmp_path_factory.mktemp("rings")
    urls = {size: f"sqlite:///{folder / f'{size}.sqlite'}" for size in (FEW, MANY)}
    for size, url in urls.items():
        settle(url, size)
    return urls


def statements(url: str, moment: object) -> list[str]:
    """What a ring asks of the database, nothing of which is kept."""
    store, found = Store.open(url), list[str]()
    event.listen(store.engine, "before_cursor_execute", lambda *of_it: found.append(of_it[2]))
    with store.transaction(commit=False) as connection:
        unasked.count(connection, TIMETABLE, Phrases("vi"), moment)  # type: ignore[arg-type]
    store.close()
    return found


def test_a_ring_asks_as_much_of_the_database_for_many_unions_as_for_few(offices: dict[int, str]) -> None:
    quiet, due = ([statements(offices[count], moment) for count in (FEW, MANY)] for moment in (QUIET, DUE))
    assert len(quiet[1]) <= len(quiet[0]) < 40
    written_down = {len([each for each in some if each.startswith("INSERT")]) for some in due}
    assert written_down == {2} and AT_ONCE > MANY
    assert len(due[1]) - len(due[0]) < 10, "only the keys of letters are looked up in portions"


def test_each_union_hears_of_its_report_once_and_the_work_grows_with_them_only(offices: dict[int, str]) -> None:
    rings = {count: [measure(url, moment) for moment in (QUIET, DUE, AFTER)] for count, url in offices.items()}
    for count, (quiet, due, after) in rings.items():
        assert (quiet.letters, due.letters, after.letters) == (0, count, 0)
    assert per_union(rings[MANY][1], MANY) < 3 * per_union(rings[FEW][1], FEW)
    assert rings[MANY][1].memory < 100


def per_union(ring: Ring, count: int) -> float:
    return ring.worked / count


def test_the_bench_prints_its_rings_and_wants_an_empty_database(tmp_path: Path) -> None:
    run = CliRunner()
    bench_app.command("ring")(bench_ring)
    database = f"sqlite:///{tmp_path / 'country.sqlite'}"
    shown = run.invoke(bench_app, ["ring", "--unions", "80", "--database", database])
    assert shown.exit_code == 0 and "80 letters" in shown.output
    assert all(name in shown.output for name in RINGS)
    again = run.invoke(bench_app, ["ring", "--unions", "80", "--database", database])
    assert again.exit_code != 0
