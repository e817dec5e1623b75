"""Everything asked, listed, exported or sent stays inside the asker's subtree: an adversary tries all as everybody."""

import random
from collections.abc import Iterator

import pytest

from bot.app import timetable_of
from bot.clock import StandingClock
from bot.seed import seed
from bot.settings import Settings
from db import officers
from db.store import Store
from knowledge.index import Library
from tests import adversary
from tests.adversary import NOW, STRANGER, TWO, WORDS, World, complaints, crawl, says, taps
from tests.small_office import CHANNEL

PEOPLE = ("PR", "PR-01", "PR-02", "BD", "BD-01")
CHIEF = "chief"
EVERYBODY = (*PEOPLE, CHIEF, TWO, STRANGER)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[World]:
    """Two districts of two provinces, an administrator of one, somebody with posts in both, a stranger."""
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('scope') / 'office.sqlite'}")
    with store.transaction() as connection:
        seed(connection, NOW, CHANNEL, people=PEOPLE)
        officers.add(connection, "HN", "administrator", CHANNEL, CHIEF, NOW)
        first = officers.add(connection, "PR-03", "officer", CHANNEL, TWO, NOW)
        officers.give_post(connection, first.person, "BD-02", "officer", CHANNEL, TWO, NOW)
    timetable = timetable_of(store, Settings(_env_file=None), StandingClock(NOW))
    yield adversary.world(store, library, timetable, EVERYBODY)
    store.close()


@pytest.fixture(scope="module")
def buttons(world: World) -> dict[str, dict[str, adversary.Path]]:
    """For each person every choice they can come to see."""
    return {address: crawl(world, address) for address in EVERYBODY}


def test_the_adversary_finds_the_buttons(world: World, buttons: dict[str, dict[str, adversary.Path]]) -> None:
    """A crawl that sees nothing would prove nothing."""
    assert len(buttons["PR"]) > 40 and len(buttons["PR-01"]) > 12 and len(buttons[TWO]) > 15
    subjects = {choice.partition(":")[0] for found in buttons.values() for choice in found}
    assert {"menu", "checkin", "report", "staff", "privacy"} <= subjects


@pytest.mark.parametrize("address", EVERYBODY)
def test_own_commands_and_buttons_show_and_change_nothing_foreign(
    world: World, buttons: dict[str, dict[str, adversary.Path]], address: str
) -> None:
    paths = [(says(address, f"/{word}"),) for word in WORDS] + list(buttons[address].values())
    found = [complaint for path in paths for complaint in complaints(world, path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("address", EVERYBODY)
def test_buttons_of_others_show_and_change_nothing_foreign(
    world: World, buttons: dict[str, dict[str, adversary.Path]], address: str
) -> None:
    others = {choice for person, found in buttons.items() if person != address for choice in found}
    paths = [(taps(address, choice),) for choice in sorted(others - buttons[address].keys())]
    found = [complaint for path in paths for complaint in complaints(world, path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("address", ["PR", "PR-01", CHIEF, TWO, STRANGER])
def test_commands_that_name_foreign_unions_show_and_change_nothing_foreign(world: World, address: str) -> None:
    foreign = [code for code in ("PR", "PR-01", "PR-05", "BD", "BD-03", "HN") if code not in world.named[address]]
    chosen = random.Random(address).sample(foreign, min(2, len(foreign)))  # the same at every run
    named = [name for code in chosen for name in (code, world.names[code])]
    paths = [(says(address, f"/{word} {name}"),) for word in WORDS for name in named]
    paths += [(says(address, f"/{word}"), says(address, name)) for word in WORDS for name in named[:1]]
    found = [complaint for path in paths for complaint in complaints(world, path)]
    assert not found, "\n".join(found)


# It can fail.


def test_a_subtree_that_is_not_looked_at_is_found_out(
    world: World, buttons: dict[str, dict[str, adversary.Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Staff who could reach every union: their pages name foreign ones, and their buttons change foreign posts."""

    monkeypatch.setattr("handlers.staff_scope.inside", lambda desk, code: True)
    shown = list(complaints(world, (says("BD", "/donvi PR-01"),)))
    assert any("reads 'CĐCS Công ty Cao su (mẫu 1)'" in complaint for complaint in shown)
    drops = [choice for choice in buttons["PR"] if choice.startswith("staff:drop:")]
    changed = [complaint for choice in drops for complaint in complaints(world, (taps("BD", choice),))]
    assert any("changes invitations" in complaint for complaint in changed)


def test_a_foreign_figure_is_found_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An officer whose check-in begins with the figures of somebody else."""
    before = adversary.checkins.before
    monkeypatch.setattr("db.checkins.before", lambda connection, union, *rest: before(connection, "PR-02", *rest))
    assert any("reads" in complaint for complaint in complaints(world, (says("PR-01", "/solieu"),)))


def test_a_letter_to_the_wrong_person_is_found_out(world: World) -> None:
    assert adversary.foreign_words(world, "PR-02", "CĐCS Công ty Cao su (mẫu 1) đã gửi", "x")
    assert adversary.foreign_words(world, "PR", "BD-03: 1", "x") and not adversary.foreign_words(
        world, "PR", "PR-03", "x"
    )
