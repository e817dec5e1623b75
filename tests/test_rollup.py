"""What staff above other staff read: counts by branch that are those of the database, a picture, names behind a tap."""

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.rendering import render
from db import exemptions, unions
from db.store import Store
from handlers import digests
from handlers.digest_pages import branch_page
from handlers.digest_state import state_of
from handlers.digest_words import units
from handlers.pictures import MOST_BARS, RateChart, RateRow, rate_bars
from handlers.rollup import Rate, has_levels, roll_up
from handlers.rollup_words import CAPTION
from knowledge import Union
from tests.digest_room import (
    BRIEF,
    CHANNELS,
    LONG_NAME,
    NOW,
    PHRASES,
    QUARTERS,
    known,
    organise,
    read,
    submit,
)

SINCE = NOW - timedelta(days=1)
DISTRICTS = {"D1": 4, "D2": 2}
CODES = [f"{district}-{place:03d}" for district, size in DISTRICTS.items() for place in range(1, size + 1)]


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two districts of four and two unions, nothing sent."""
    file: Path = tmp_path_factory.mktemp("province") / "office.sqlite"
    opened = Store.open(f"sqlite:///{file}")
    organise(opened, *DISTRICTS.values())
    yield opened
    opened.close()


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from([(code, quarter) for code in CODES for quarter in QUARTERS]), st.booleans()))
def test_the_rates_are_those_of_the_database(province: Store, came: dict[tuple[str, str], bool]) -> None:
    with province.transaction(commit=False) as connection:
        for (code, quarter), late in came.items():
            submit(connection, code, quarter, late=late)
        found = known(connection)
    late = {each.union.code for each in state_of(found, "P", SINCE).late}
    seen = roll_up(found, "P", late)
    assert [period.code for period in seen.periods] == list(QUARTERS)
    for name, rates in (("D", seen.whole), *((each.union.code, each.rates) for each in seen.branches if each.union)):
        for quarter, rate in zip(QUARTERS, rates, strict=True):
            sent = [came.get((code, quarter)) for code in CODES if code.startswith(name)]
            assert rate == Rate(sent.count(False), sent.count(True), sent.count(None))
    for branch in seen.branches:
        assert branch.union is not None
        mine = [code for code in CODES if code.startswith(branch.union.code)]
        assert branch.late == sum(any((code, quarter) not in came for quarter in QUARTERS) for code in mine)
    counts = [branch.late for branch in seen.branches]
    assert counts == sorted(counts, reverse=True)


def test_what_is_excused_or_extended_is_no_part_of_a_rate(province: Store) -> None:
    with province.transaction(commit=False) as connection:
        for union, until in (("D2-001", None), ("D2-002", date(2025, 3, 28))):
            kind = "extension" if until else "excuse"
            report = ("quy-D2", union, "2025-Q1")
            exemptions.give(connection, report, "extension" if until else "excuse", None, NOW, until=until, reason=kind)
        seen = roll_up(known(connection), "P", ())
    (branch,) = [each for each in seen.branches if each.union and each.union.code == "D2"]
    assert branch.rates[-1] == Rate() and branch.rates[-1].percent is None and branch.rates[0].missing == 2


def test_unions_directly_below_are_a_branch_of_their_own(province: Store) -> None:
    with province.transaction(commit=False) as connection:
        unions.put(connection, [Union("X-001", "Trực thuộc", "grassroots", "P", "public")])
        seen = roll_up(known(connection), "P", ())
    assert [branch.union.code if branch.union else None for branch in seen.branches] == ["D1", "D2", None]


def test_only_staff_above_other_staff_read_counts(store: Store) -> None:
    organise(store, 2, staffed=False)
    with store.transaction() as connection:
        found = known(connection)
    assert has_levels(found, "P") and not has_levels(found, "D1")


def test_names_are_behind_a_tap(province: Store) -> None:
    with province.transaction() as connection:
        found = known(connection)
    reply, state = read(found, "P", SINCE), state_of(found, "P", SINCE)
    assert reply.text.startswith(f"{len(CODES)} đơn vị") and state.unions_late == len(CODES)
    assert not any(code in reply.text for code in CODES)
    assert [choice.id.split(":")[1] for choice in reply.choices] == ["of", "of", "list", "sheet"]
    page = branch_page(found, "P", found.tree.unions["D2"], SINCE, PHRASES)
    assert {code for code in CODES if code in page.text} == {"D2-001", "D2-002"}


# The picture, and the message that carries it.


@pytest.mark.parametrize("branches", [1, 5, 40])
def test_a_roll_up_is_the_caption_of_its_picture(store: Store, branches: int) -> None:
    organise(store, *[1] * branches, name=LONG_NAME)
    with store.transaction() as connection:
        found = known(connection)
    reply = read(found, "P", SINCE)
    assert units(reply.text) <= CAPTION and reply.file is not None
    for limits in CHANNELS.values():
        assert len(render(replace(reply, text=BRIEF + reply.text), limits)) == 1
    assert ("… và" in reply.text) == (branches > 10)
    with Image.open(io.BytesIO(reply.file.content)) as picture:
        assert picture.format == "PNG" and picture.width == 1080
        assert len(reply.file.content) < 150_000


NAMES = ("Đúng hạn", "Nộp muộn", "Chưa nộp")
COLOURS = ((11, 79, 138), (74, 155, 217), (224, 138, 0))


def drawn(*rows: RateRow) -> Image.Image:
    chart = RateChart("Nộp báo cáo quý I/2025", "2/6 đơn vị đúng hạn", rows, NAMES, "Cột nhỏ bên phải: các kỳ")
    return Image.open(io.BytesIO(rate_bars(chart))).convert("RGB")


def lengths(picture: Image.Image) -> list[int]:
    """How many pixels of the first bar have each colour."""
    line = [picture.getpixel((x, 250)) for x in range(820)]
    return [
        sum(isinstance(dot, tuple) and max(abs(a - b) for a, b in zip(dot, colour, strict=True)) < 25 for dot in line)
        for colour in COLOURS
    ]


@settings(max_examples=10, deadline=None)
@given(st.tuples(*[st.integers(0, 60)] * 3).filter(any))
def test_the_parts_of_a_bar_are_as_long_as_their_counts(counts: tuple[int, int, int]) -> None:
    found = lengths(drawn(RateRow("A", "x", counts, (0.5, None, 0.0, 1.0))))
    whole = 758
    for length, count in zip(found, counts, strict=True):
        assert abs(length - whole * count / sum(counts)) < 14
        assert (length > 0) == (count > 0)


def test_a_picture_has_room_for_so_many_branches() -> None:
    row = RateRow(LONG_NAME, "10/60 · 17 %", (10, 20, 30), (None, 0.1, 0.2, 0.3))
    assert drawn(*[row] * MOST_BARS).height == drawn(*[row] * (MOST_BARS + 5)).height < 2000


# Speed.


def test_a_ring_over_a_thousand_unions_is_quick(store: Store) -> None:
    """Half a second where nothing else runs; counted in the time of this process, with room for a slower machine."""
    organise(store, *[100] * 10)
    with store.transaction() as connection:
        began = time.process_time()
        written = digests.letters(known(connection), PHRASES)
        took = time.process_time() - began
        began = time.process_time()
        found = known(connection)
        read(found, "D1", SINCE)
        one = time.process_time() - began
    assert len(written) == 11 and took < 5
    assert one < 2
