"""How unions stand: each reason has its words, each count is that of the database, each list fits its message."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering import render
from db import DigestChoice, Letter, SentDigest, exemptions, officers, outbox, reports, tables
from db.store import Connection, Store
from handlers.digest_pages import list_page, pick_page
from handlers.digest_sheet import sheet
from handlers.digest_state import State, state_of
from handlers.digest_times import has_news, wanted
from handlers.digest_words import ROOM, pages, sections, units
from handlers.spreadsheets import read_rows
from handlers.timetable import Timetable
from scheduler import ZONE, WorkingCalendar
from tests.digest_room import (
    BRIEF,
    CHANNELS,
    LONG_NAME,
    NOW,
    PHRASES,
    QUARTERS,
    TIMETABLE,
    known,
    organise,
    read,
    submit,
)

UNION = "D1-001"
REPORT = ("quy-D1", UNION, "2025-Q1")
BEFORE = NOW - timedelta(days=3)


@pytest.fixture
def small(store: Store) -> Store:
    """A district with one union, which sent every report but the last."""
    organise(store, 1)
    with store.transaction() as connection:
        for quarter in QUARTERS[:-1]:
            submit(connection, UNION, quarter)
    return store


# Why a report is missing.


def person(connection: Connection) -> int:
    officer = officers.of_union(connection, UNION, "officer")
    assert officer is not None
    return officer.id


def write(connection: Connection, kind: str = "reminder", reason: str | None = None) -> None:
    """A letter that was sent a day ago or, with a reason, given up."""
    letter = Letter("x", kind, "fake", UNION, {"text": "x"}, NOW)
    outbox.write(connection, [letter], NOW - timedelta(days=1))
    number = outbox.at_address(connection, "fake", UNION)[-1].id
    if reason is None:
        outbox.settle(connection, number, NOW - timedelta(days=1), ["1"])
    else:
        outbox.bury(connection, number, reason)


def asked(connection: Connection) -> None:
    exemptions.ask(connection, REPORT, date(2025, 3, 28), "bận", person(connection), NOW)


def returned(connection: Connection) -> None:
    submit(connection, UNION)
    came = reports.submitted(connection, *REPORT)
    assert came is not None
    reports.give_back(connection, came.id, None, "thiếu chữ ký", date(2025, 3, 19), NOW)


def heard(at: datetime) -> Callable[[Connection], None]:
    return lambda connection: officers.heard(connection, "fake", UNION, at)


WHY: dict[str, tuple[list[Callable[[Connection], None]], str]] = {
    "nothing known": ([], "unopened"),
    "asked for more time": ([asked, heard(NOW)], "asked"),
    "nobody there": ([lambda connection: officers.leave_post(connection, person(connection), NOW)], "no-officer"),
    "blocked": ([lambda connection: officers.lose(connection, "fake", UNION, "blocked")], "blocked"),
    "out of messages": ([lambda connection: write(connection, reason="the monthly quota is used up")], "quota"),
    "not delivered": ([lambda connection: write(connection, reason="the text is too long")], "undelivered"),
    "returned": ([heard(NOW), returned], "returned"),
    "silent since the reminder": ([write, heard(BEFORE)], "unanswered"),
    "spoke since the reminder": ([write, heard(NOW)], "seen"),
    "never reminded": ([heard(BEFORE)], "seen"),
    "asked, then blocked": (
        [asked, lambda connection: officers.lose(connection, "fake", UNION, "blocked")],
        "asked",
    ),
    "delivered at last": ([lambda connection: write(connection, reason="quota"), heard(NOW)], "quota"),
}


@pytest.mark.parametrize("case", WHY)
def test_each_late_report_has_its_reason(small: Store, case: str) -> None:
    happened, why = WHY[case]
    with small.transaction() as connection:
        for step in happened:
            step(connection)
        state = state_of(known(connection), "D1", BEFORE)
        reply = read(known(connection), "D1", BEFORE)
    (late,) = state.late
    assert late.why == why and PHRASES.say(f"digest-{why}") in reply.text
    last = late.heard and f"liên lạc {late.heard.day}/{late.heard.month}"
    assert last is None or (last in reply.text) == (why != "no-officer")


def test_who_is_away_is_listed_apart_and_not_counted_as_late(small: Store) -> None:
    with small.transaction() as connection:
        exemptions.send_away(connection, person(connection), date(2025, 3, 1), date(2025, 4, 30), None, NOW)
        state = state_of(known(connection), "D1", BEFORE)
    assert [each.union.code for each in state.away] == [UNION] and not (state.late or state.unreachable)


@pytest.mark.parametrize("kind", ["excuse", "extension"])
def test_what_was_exempted_is_not_late(small: Store, kind: str) -> None:
    with small.transaction() as connection:
        until = date(2025, 3, 28) if kind == "extension" else None
        exemptions.give(connection, REPORT, "extension" if until else "excuse", None, NOW, until=until, reason="bão")
        assert state_of(known(connection), "D1", BEFORE).late == ()
        after = datetime(2025, 4, 2, 9, 0, tzinfo=ZONE)
        late = state_of(known(connection, after), "D1", BEFORE).late
    assert [each.days for each in late] == ([3] if until else [])


# Counts.


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two districts of five and three unions, nothing sent."""
    file: Path = tmp_path_factory.mktemp("province") / "office.sqlite"
    opened = Store.open(f"sqlite:///{file}")
    organise(opened, 5, 3)
    yield opened
    opened.close()


CODES = [f"D1-{place:03d}" for place in range(1, 6)] + [f"D2-{place:03d}" for place in range(1, 4)]


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from([(code, quarter) for code in CODES for quarter in QUARTERS])))
def test_the_counts_are_those_of_the_database(province: Store, came: set[tuple[str, str]]) -> None:
    with province.transaction(commit=False) as connection:
        for code, quarter in came:
            submit(connection, code, quarter)
        found = known(connection)
        rows = {(row.union, row.period) for row in connection.execute(tables.reports.select())}
    for reader, below in (("D1", "D1-"), ("D2", "D2-"), ("P", "")):
        missing = {(c, q) for c in CODES for q in QUARTERS if c.startswith(below) and (c, q) not in rows}
        state = state_of(found, reader, NOW - timedelta(days=1))
        assert {(each.union.code, each.owed.period.code) for each in state.late} == missing
        assert state.unions_late == len({code for code, _ in missing})
        assert state.new_reports == len([code for code, _ in came if code.startswith(below)])
        days = [each.days for each in state.late]
        assert days == sorted(days, reverse=True), "the latest come first"
        reply = read(found, reader, NOW - timedelta(days=1))
        first = reply.text.splitlines()[0]
        assert first.startswith(f"{state.unions_late} đơn vị" if missing else "Không có đơn vị nào")


# Length.


@pytest.mark.parametrize(
    ("count", "name"),
    [(0, ""), (1, LONG_NAME), (15, "Công đoàn cơ sở"), (15, LONG_NAME), (15, "Công đoàn 🏭 " * 12), (400, LONG_NAME)],
)
def test_a_digest_fits_one_message_and_the_list_names_everybody(store: Store, count: int, name: str) -> None:
    organise(store, count, name=name)
    with store.transaction() as connection:
        found = known(connection)
    state = state_of(found, "D1", BEFORE)
    reply = read(found, "D1", BEFORE)
    for limits in CHANNELS.values():
        assert len(render(replace(reply, text=BRIEF + reply.text), limits)) == 1
    assert len([choice for choice in reply.choices if choice.id.startswith("digest:")]) == (5 if count else 0)
    if not count:
        return
    assert f"({count} đơn vị)" in reply.text
    texts = pages(sections(state, found.titles, PHRASES), PHRASES)
    assert list_page(found, state, 10_000, "", PHRASES).text.startswith(texts[-1])
    for place in (0, len(texts) - 1):
        assert units(list_page(found, state, place, "", PHRASES).text) <= ROOM
    named = [line.split(" ")[1] for text in texts for line in text.splitlines() if line.startswith("•")]
    assert sorted(set(named)) == [f"D1-{place:03d}" for place in range(1, count + 1)]
    assert len(named) == count * (len(QUARTERS) + 1), "each late report and each missing month on one page"
    last = pick_page(state, "paper", 10_000, "", PHRASES)
    assert last.choices[-1].id.startswith("exempt:of:") and len(last.choices) <= 8


def test_the_workbook_has_a_line_for_each_late_report(store: Store) -> None:
    organise(store, 30)
    with store.transaction() as connection:
        submit(connection, "D1-007")
        found = known(connection)
    state = state_of(found, "D1", BEFORE)
    file = sheet(found.tree.unions["D1"], found, state, None, PHRASES)
    columns = [PHRASES.say(f"digest-sheet-{name}").casefold() for name in ("code", "period", "why")]
    rows = read_rows(file.name, file.content, columns).rows
    assert len(rows) == 4 * 30 - 1 == len(state.late)
    quarter = [row[columns[0]] for row in rows if row[columns[1]] == "quý I/2025"]
    assert len(quarter) == 29 and "D1-007" not in quarter


# When.

DAILY, WEEKLY, LATER = DigestChoice(), DigestChoice("weekly", 8), DigestChoice("daily", 14)


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2025, 3, day, hour, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("choice", "last", "now", "expected"),
    [
        (DAILY, None, at(19), True),
        (DAILY, at(19), at(19, 10), False),
        (DAILY, at(19), at(20), True),
        (DAILY, at(21), at(22), False),  # a Saturday
        (LATER, None, at(19), False),
        (LATER, None, at(19, 10), False),
        (LATER, None, at(19, 14), True),
        (LATER, None, at(19, 16), True),
        (LATER, at(19, 14), at(20, 8), False),
        (WEEKLY, None, at(19), True),
        (WEEKLY, at(17), at(18), False),
        (WEEKLY, at(19), at(21, 16), False),
        (WEEKLY, at(19), at(24), True),
        (DigestChoice("weekly", 16), at(19), at(24, 14), False),
        (DigestChoice("weekly", 16), at(19), at(24, 16), True),
    ],
)
def test_staff_choose_how_often_and_from_which_hour(
    choice: DigestChoice, last: datetime | None, now: datetime, expected: bool
) -> None:
    assert wanted(choice, last, TIMETABLE, now) == expected


def test_a_week_that_begins_with_a_day_off_has_its_digest_on_the_next_one() -> None:
    off = Timetable(date(2024, 6, 1), calendar=WorkingCalendar(frozenset({date(2025, 3, 24)})))
    assert not wanted(WEEKLY, at(17), off, at(24)) and wanted(WEEKLY, at(17), off, at(25))


@pytest.mark.parametrize(
    ("before", "waiting", "now", "expected"),
    [
        (None, (), at(19), False),
        (None, (1,), at(19), True),
        ((1,), (1,), at(20), False),
        ((1,), (1, 2), at(20), True),
        ((1, 2), (1,), at(20), True),
        ((1,), (), at(20), False),
        ((1,), (1,), at(24), True),
    ],
)
def test_it_is_said_once_and_again_in_a_new_week(
    before: tuple[int, ...] | None, waiting: tuple[int, ...], now: datetime, expected: bool
) -> None:
    last = SentDigest(at(19), State(waiting=before).facts()) if before is not None else None
    assert has_news(State(waiting=waiting), last, now) == expected
