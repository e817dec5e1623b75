"""What the bot itself tells its administrators when it cannot do its work: once a day, by day, over what works."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.alerts import LEAST_DISK, Signs, Watch, administrators, troubles_in
from bot.health import ChannelState, Health
from bot.rings import last_ring, rang
from db import Letter, officers, outbox
from db.queues import Queues
from db.store import Store
from handlers.phrasebook import Phrases
from handlers.replies import from_json
from knowledge.index import Library
from tests.small_office import CHANNEL, THURSDAY, SmallOffice

MINUTE = timedelta(minutes=1)
DUE = {("zalo", "due"): 40, ("zalo", "dead"): 9}


@pytest.mark.parametrize(
    ("signs", "kinds"),
    [
        (Signs(), []),
        (Signs(Queues(DUE, 15 * MINUTE)), []),
        (Signs(Queues(DUE, 16 * MINUTE)), ["letters-waiting"]),
        (Signs(Queues(DUE, in_vain=2)), []),
        (Signs(Queues(DUE, in_vain=3)), ["letters-waiting"]),
        (Signs(given_up=20), []),
        (Signs(given_up=21), ["letters-given-up"]),
        (Signs(no_ring_for=15 * MINUTE), []),
        (Signs(no_ring_for=16 * MINUTE), ["ring-late"]),
        (Signs(refused=("telegram", "zalo")), ["channel-refused", "channel-refused"]),
        (Signs(free_bytes=LEAST_DISK - 1), ["disk-full"]),
        (Signs(Queues(DUE, 60 * MINUTE), 99, 60 * MINUTE, ("zalo",), 0), ["channel-refused", "letters-waiting"]),
    ],
)
def test_what_is_a_trouble(signs: Signs, kinds: list[str]) -> None:
    found = list(troubles_in(signs))
    assert [each.kind for each in found][: len(kinds)] == kinds
    for trouble in found:
        for language in ("vi", "en"):
            assert Phrases(language).say(f"alert-{trouble.kind}", **trouble.values)


class Scene:
    """A small office with an administrator, who has two addresses, and a watch over it."""

    def __init__(self, store: Store, library: Library, folder: Path, now: datetime = THURSDAY) -> None:
        self.office = SmallOffice(store, library, now, people=("PR-01",))
        self.store, self.clock = store, self.office.clock
        with store.transaction() as connection:
            self.person = officers.add(connection, "PR", "administrator", "zalo", "boss-zalo", now).person
            officers.add_address(connection, self.person, CHANNEL, "boss")
            officers.heard(connection, "zalo", "boss-zalo", now)
        self.health = Health(channels={CHANNEL: "well", "zalo": "well"})
        self.watch = Watch(store, self.clock, self.office.tools.timetable, self.health, folder)

    def looks(self, after: timedelta = timedelta()) -> list[tuple[str, str]]:
        """Look after some time in which the clock rang; gives the channel and the words of the new letters."""
        self.clock.move_to(self.clock.now() + after)
        with self.store.transaction() as connection:
            rang(connection, self.clock.now())
            before = self.alerts(connection)
        self.watch.look()
        with self.store.transaction() as connection:
            new = [each for each in self.alerts(connection) if each not in before]
        return [(each.channel, from_json(each.body).text) for each in new]

    def alerts(self, connection: Any) -> list[Letter]:
        places: Iterable[tuple[str, str]] = (("zalo", "boss-zalo"), (CHANNEL, "boss"))
        return [each for place in places for each in outbox.at_address(connection, *place) if each.kind == "alert"]

    def channel(self, name: str, state: ChannelState) -> None:
        self.health.channels[name] = state

    def writes(self, key: str) -> None:
        """Something is due now and nobody sends it."""
        with self.store.transaction() as connection:
            outbox.write(connection, [Letter(key, "digest", CHANNEL, "x", {}, self.clock.now())], self.clock.now())


@pytest.fixture
def scene(store: Store, library: Library, tmp_path: Path) -> Scene:
    return Scene(store, library, tmp_path)


def test_a_quiet_office_hears_nothing(scene: Scene) -> None:
    assert scene.looks() == [] and scene.looks(MINUTE) == []


def test_a_refused_token_is_told_over_the_other_channel_once_a_day(scene: Scene) -> None:
    scene.channel("zalo", "refused")
    ((channel, words),) = scene.looks()
    assert channel == CHANNEL and "Zalo không còn nhận mã truy cập" in words
    assert scene.looks(MINUTE) == [], "once a day"
    assert words in [again for _, again in scene.looks(timedelta(days=1))]


def test_the_channel_heard_from_last_is_taken_where_it_works(scene: Scene) -> None:
    scene.writes("a")
    ((channel, words),) = scene.looks(20 * MINUTE)
    assert channel == "zalo" and "1 tin đang chờ gửi" in words and "20 phút" in words


def test_nothing_is_told_where_no_channel_works_and_it_is_told_as_soon_as_one_does(scene: Scene) -> None:
    scene.channel("zalo", "refused")
    scene.channel(CHANNEL, "unreachable")
    assert scene.looks() == []
    scene.channel(CHANNEL, "well")
    assert len(scene.looks(MINUTE)) == 1


def test_by_night_nothing_is_written_and_in_the_morning_only_what_still_stands(
    store: Store, library: Library, tmp_path: Path
) -> None:
    scene = Scene(store, library, tmp_path, THURSDAY.replace(hour=22))
    scene.channel("zalo", "refused")
    assert scene.looks() == []
    scene.channel("zalo", "well")
    assert scene.looks(timedelta(hours=11)) == [], "it is over"
    scene.channel("zalo", "refused")
    assert len(scene.looks(MINUTE)) == 1


def test_an_alert_goes_ahead_of_what_piles_up(scene: Scene) -> None:
    for number in range(30):
        scene.writes(f"pile:{number}")
    scene.looks(20 * MINUTE)
    with scene.store.transaction() as connection:
        (first,) = outbox.claim(connection, scene.clock.now(), 1, channels=frozenset((CHANNEL, "zalo")))
    assert first.kind == "alert"


def test_two_processes_that_see_the_same_write_one_letter(scene: Scene, tmp_path: Path) -> None:
    scene.channel("zalo", "refused")
    other = Watch(scene.store, scene.clock, scene.office.tools.timetable, scene.health, tmp_path)
    assert len(scene.looks()) == 1
    assert other.look() == 0


def test_a_clock_that_does_not_ring_is_told(scene: Scene) -> None:
    scene.looks()
    scene.clock.move_to(scene.clock.now() + 17 * MINUTE)
    assert scene.watch.look() == 1
    with scene.store.transaction() as connection:
        assert "17 phút" in from_json(scene.alerts(connection)[-1].body).text


def test_a_ring_is_noted(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, people=("PR-01",))
    with store.transaction() as connection:
        assert last_ring(connection) is None
    office.ring()
    with store.transaction() as connection:
        assert last_ring(connection) == THURSDAY


def test_without_administrators_the_staff_at_the_top_are_told(store: Store, library: Library) -> None:
    SmallOffice(store, library, people=("PR-01", "PR"))
    with store.transaction() as connection:
        assert administrators(connection, THURSDAY.date()) == ()
        top = officers.add(connection, "BPC", "staff", CHANNEL, "top", THURSDAY)
        assert [each.person for each in administrators(connection, THURSDAY.date())] == [top.person]
        boss = officers.add(connection, "PR", "administrator", CHANNEL, "boss", THURSDAY)
        assert [each.person for each in administrators(connection, THURSDAY.date())] == [boss.person]
