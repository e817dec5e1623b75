"""The tree of unions through its changes: merged, split, renamed, closed, moved, and what still holds afterwards."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import ReportRule, lineage, reports, unions
from db.store import Connection, Store
from db.tree import UnionHistory, flaws
from handlers.debtors import Trees, debtors, owes
from handlers.owing import owing
from handlers.timetable import Timetable
from knowledge import Union
from scheduler import ZONE

pytestmark = pytest.mark.both_engines

JULY = date(2025, 7, 1)
"""The district level is abolished, provinces are merged."""

JUNE = JULY - timedelta(days=1)

BEFORE = [
    Union("P", "Province", "province", ""),
    Union("Q", "Other province", "province", ""),
    Union("D", "District", "district", "P"),
    Union("E", "Other district", "district", "P"),
    Union("D-1", "Union 1", "grassroots", "D"),
    Union("D-2", "Union 2", "grassroots", "D"),
    Union("E-1", "Union 3", "grassroots", "E"),
    Union("Q-1", "Union 4", "grassroots", "Q"),
]


def reorganise(connection: Connection) -> None:
    """P goes into Q; the districts are no more: D-1 and D-2 stand below a new commune, E-1 below Q itself."""
    unions.put(connection, BEFORE)
    known = unions.histories(connection)
    unions.keep(connection, [UnionHistory("X", "Commune", "commune", opened=JULY, parents=((unions.ALWAYS, "Q"),))])
    for code, parent in (("D-1", "X"), ("D-2", "X"), ("E-1", "Q"), ("D", "Q"), ("E", "Q")):
        unions.move(connection, code, parent, JULY)
    unions.close(connection, ["D"], JULY, ["X"])
    unions.close(connection, ["P", "E"], JULY, ["Q"])
    assert list(known) == sorted(union.code for union in BEFORE)


@pytest.fixture
def tree(store: Store) -> Iterator[Connection]:
    """The tree after the reorganisation."""
    with store.transaction() as connection:
        reorganise(connection)
        yield connection


# What was, and what is.


def test_a_period_is_seen_with_the_tree_of_its_day(tree: Connection) -> None:
    assert unions.chain(tree, "D-1", JUNE) == ("D-1", "D", "P")
    assert unions.chain(tree, "D-1", JULY) == ("D-1", "X", "Q")
    assert unions.below(tree, "D", JUNE) == {"D", "D-1", "D-2"} and unions.below(tree, "D", JULY) == {"D"}
    assert [union.code for union in unions.every(tree, JUNE)] == sorted(union.code for union in BEFORE)
    assert [union.code for union in unions.every(tree, JULY)] == ["D-1", "D-2", "E-1", "Q", "Q-1", "X"]
    assert [union.code for union in unions.of_level(tree, "district", JUNE)] == ["D", "E"]
    assert unions.of_level(tree, "district", JULY) == ()
    assert unions.days_of_change(tree) == (JULY,)


@pytest.mark.parametrize(
    ("code", "on", "expected"),
    [("D", JUNE, ("D",)), ("D", JULY, ("X",)), ("P", JULY, ("Q",)), ("D-1", JULY, ("D-1",)), ("nobody", JULY, ())],
)
def test_a_closed_union_has_successors(tree: Connection, code: str, on: date, expected: tuple[str, ...]) -> None:
    assert lineage.successors(tree, code, on) == expected


def test_a_union_that_took_over_knows_from_whom(tree: Connection) -> None:
    assert lineage.predecessors(tree, "Q", JULY) == (("E", JULY), ("P", JULY))
    assert lineage.predecessors(tree, "Q", JUNE) == ()
    later = date(2026, 1, 1)
    unions.move(tree, "D-1", "Q", later)
    unions.move(tree, "D-2", "Q", later)
    unions.close(tree, ["X"], later, ["Q"])
    assert lineage.predecessors(tree, "Q", later) == (("X", later), ("E", JULY), ("P", JULY), ("D", JULY))
    assert lineage.successors(tree, "D", later) == ("Q",)


def test_a_split_has_two_successors_and_a_rename_keeps_the_former_name(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, [*BEFORE, Union("E-2", "New", "grassroots", "E")])
        unions.close(connection, ["E-1"], JULY, ["E-2", "D-1"])
        assert lineage.successors(connection, "E-1", JULY) == ("D-1", "E-2")
        unions.rename(connection, "D-1", "First name", JULY)
        unions.rename(connection, "D-1", "Second name", JULY)
        unions.rename(connection, "D-1", "Second name", date(2026, 1, 1))
        assert lineage.former_names(connection, "D-1") == ((JULY, "Union 1"),)
        renamed = unions.get(connection, "D-1", JULY)
        assert renamed is not None and renamed.name == "Second name"
        assert (lineage.last_day(connection, "E-1"), lineage.last_day(connection, "D-1")) == (JUNE, None)


# What cannot be.


def history(code: str, *parents: tuple[date, str], closed: date | None = None, to: Sequence[str] = ()) -> UnionHistory:
    return UnionHistory(code, code, "any", closed=closed, parents=parents, successors=tuple(to))


ALWAYS = unions.ALWAYS


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ([history("A", (ALWAYS, "A"))], ["'A' is the union itself"]),
        ([history("A", (ALWAYS, "Z"))], ["there is no union 'Z'"]),
        ([history("A", (ALWAYS, "B")), history("B", (JULY, "A"))], ["A stands below B"]),
        ([history("A", (ALWAYS, "B"), (JULY, "")), history("B", (JULY, "A"))], []),
        ([history("A", closed=JULY), history("B", (ALWAYS, "A")), history("C", (ALWAYS, "A"))], ["B, C"]),
        ([history("A", closed=JULY), history("B", (ALWAYS, "A"), (JULY, ""))], []),
        ([history("A", closed=JULY), history("B", (ALWAYS, "A"), closed=JULY)], []),
        (
            [history("A", closed=JULY), history("B", (ALWAYS, "A"), closed=JULY + timedelta(1))],
            ["still stands above B"],
        ),
        ([history("A", closed=JUNE), history("B", (JULY, "A"))], ["still stands above B"]),
        ([history("A", (JULY, "B"), (JUNE, "C")), history("B"), history("C")], ["overlap"]),
        ([history("A", closed=JULY, to=["A"])], ["take over from itself"]),
        ([history("A", closed=JULY, to=["Z"])], ["there is no union 'Z'"]),
        ([history("A", closed=JULY, to=["B"]), history("B", closed=JULY)], ["B is closed itself"]),
        ([history("A", (JUNE, "B")), UnionHistory("B", "B", "any", opened=JULY)], ["B is not open yet"]),
        ([history("A", (JULY, "B")), UnionHistory("B", "B", "any", opened=JULY)], []),
        ([UnionHistory("A", "A", "any", opened=JULY, closed=JULY)], ["close before it opens"]),
    ],
)
def test_what_is_no_tree_is_named(wanted: list[UnionHistory], said: list[str]) -> None:
    found = [str(flaw) for flaw in flaws({union.code: union for union in wanted})]
    assert len(found) == len(said) and all(words in flaw for words, flaw in zip(said, found, strict=True)), found


def test_a_change_that_leaves_no_tree_is_refused_and_changes_nothing(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, BEFORE)
    refused: tuple[Callable[[Connection], None], ...] = (
        lambda connection: unions.close(connection, ["D"], JULY),
        lambda connection: unions.move(connection, "P", "D-1", JULY),
        lambda connection: unions.put(connection, [Union("P", "Province", "province", "D-1")], JULY),
    )
    for change in refused:
        with pytest.raises(unions.NoTree, match=r"D-1"), store.transaction() as connection:
            change(connection)
    with store.transaction() as connection:
        assert unions.every(connection, JULY) == tuple(sorted(BEFORE, key=lambda union: union.code))


# Any changes in any order.

CODES = ("A", "B", "C", "D", "E")
DAYS = tuple(date(2025, month, 1) for month in range(1, 7))
changes = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from(CODES), st.sampled_from(("", *CODES)), st.sampled_from(DAYS)),
        st.tuples(st.just("close"), st.sampled_from(CODES), st.sampled_from(("", *CODES)), st.sampled_from(DAYS)),
        st.tuples(st.just("rename"), st.sampled_from(CODES), st.sampled_from(("x", "y")), st.sampled_from(DAYS)),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database in which nothing is ever committed."""
    folder: Path = tmp_path_factory.mktemp("tree")
    opened = Store.open(f"sqlite:///{folder / 'office.sqlite'}")
    yield opened
    opened.close()


def change(connection: Connection, kind: str, code: str, other: str, day: date) -> None:
    if kind == "move":
        unions.move(connection, code, other, day)
    elif kind == "close":
        unions.close(connection, [code], day, [other] if other else [])
    else:
        unions.rename(connection, code, other, day)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_after_any_changes_it_is_a_tree_on_every_day_and_the_past_is_untouched(
    shared: Store, asked: list[tuple[str, str, str, date]]
) -> None:
    with shared.transaction(commit=False) as connection:
        unions.put(connection, [Union(code, code, "any", "") for code in CODES])
        for kind, code, other, day in asked:
            past = [unions.every(connection, each) for each in DAYS if each < day]
            closed_before = unions.histories(connection)[code].closed
            whole = unions.histories(connection)
            try:
                change(connection, kind, code, other, day)
            except unions.NoTree:
                assert unions.histories(connection) == whole
                continue
            if closed_before is None and kind != "rename":
                assert [unions.every(connection, each) for each in DAYS if each < day] == past
            assert list(flaws(unions.histories(connection))) == []
            for each in DAYS:
                there = {union.code: union.parent for union in unions.every(connection, each)}
                for start, parent in there.items():
                    chain = unions.chain(connection, start, each)
                    assert len(chain) == len(set(chain)) and not there[chain[-1]]
                    assert not parent or parent in there, "nobody open stands below a closed union"
                    assert start in unions.below(connection, chain[-1], each)


# Whose documents hold.


@pytest.mark.parametrize(
    ("code", "on", "expected"),
    [
        ("D-1", JUNE, ("D-1", "D", "P")),
        ("D-1", JULY, ("D-1", "X", "D", "Q", "P")),
        ("E-1", JULY, ("E-1", "Q", "E", "P")),
        ("Q-1", JULY, ("Q-1", "Q")),
        ("X", JULY, ("X", "D", "Q", "P")),
        ("Q", JULY, ("Q", "E", "P")),
    ],
)
def test_old_documents_reach_those_who_took_over(
    tree: Connection, code: str, on: date, expected: tuple[str, ...]
) -> None:
    assert lineage.document_chain(tree, code, on) == expected


def test_documents_follow_a_merger_of_grassroots_unions_but_not_a_transfer(store: Store) -> None:
    with store.transaction() as connection:
        unions.put(connection, BEFORE)
        merged = UnionHistory("M", "Merged", "grassroots", opened=JULY, parents=((ALWAYS, "E"),))
        unions.keep(connection, [merged])
        unions.close(connection, ["D-1", "D-2"], JULY, ["M"])
        unions.move(connection, "E-1", "D", JULY)
        assert lineage.document_chain(connection, "M", JULY) == ("M", "D-1", "D-2", "E", "P", "D")
        assert lineage.document_chain(connection, "E-1", JULY) == ("E-1", "D", "P")


def test_a_union_that_is_newer_than_the_take_over_hears_of_all_before(tree: Connection) -> None:
    unions.keep(tree, [UnionHistory("N", "New", "grassroots", opened=date(2025, 9, 1), parents=((ALWAYS, "X"),))])
    assert lineage.document_chain(tree, "N", date(2025, 9, 1)) == ("N", "X", "D", "Q", "E", "P")


# Who owes.


def rule(name: str, scope: str, since: date = date(2025, 1, 1)) -> ReportRule:
    return ReportRule(name, name, scope, "grassroots", "administrative", "quarter", 2, since, None)


SECOND, THIRD = date(2025, 6, 14), date(2025, 9, 14)


@pytest.mark.parametrize(
    ("rules", "day", "expected"),
    [
        ([rule("p", "P")], SECOND, {"p": {"D-1", "D-2", "E-1"}}),
        ([rule("p", "P")], THIRD, {"p": {"D-1", "D-2", "E-1"}}),
        ([rule("d", "D")], SECOND, {"d": {"D-1", "D-2"}}),
        ([rule("d", "D")], THIRD, {"d": {"D-1", "D-2"}}),
        ([rule("d", "D"), rule("x", "X")], SECOND, {"d": {"D-1", "D-2"}, "x": set()}),
        ([rule("d", "D"), rule("x", "X")], THIRD, {"d": set(), "x": {"D-1", "D-2"}}),
        (
            [rule("d", "D"), rule("p", "P"), rule("q", "Q")],
            THIRD,
            {"d": set(), "p": set(), "q": {"D-1", "D-2", "E-1", "Q-1"}},
        ),
        ([rule("d", "D"), rule("p", "P")], THIRD, {"d": {"D-1", "D-2"}, "p": {"E-1"}}),
    ],
)
def test_a_report_is_owed_below_its_scope_and_handed_down_when_that_is_closed(
    tree: Connection, rules: list[ReportRule], day: date, expected: dict[str, set[str]]
) -> None:
    found = debtors(tree, Trees(tree), rules, day)
    assert {name: set(codes) for name, codes in found.items()} == expected
    for each in rules:
        alone = {code for code in unions.histories(tree) if owes(tree, rules, each, code, day)}
        assert alone == expected[each.id], "one union alone is told the same"


def test_after_a_merger_only_the_successor_is_asked_and_nobody_twice(store: Store) -> None:
    timetable = Timetable(date(2025, 1, 1))
    with store.transaction() as connection:
        unions.put(connection, BEFORE)
        reports.confirm(connection, [rule("p", "P")], datetime(2025, 1, 1, tzinfo=ZONE))
        unions.keep(connection, [UnionHistory("M", "M", "grassroots", opened=JULY, parents=((ALWAYS, "D"),))])
        unions.close(connection, ["D-1", "D-2"], JULY, ["M"])

        def asked(day: date) -> set[tuple[str, str, str]]:
            now = datetime(day.year, day.month, day.day, 9, 0, tzinfo=ZONE)
            owed = owing(connection, timetable, now)
            listed = [(each.obligation, each.union, each.period.code) for each in (*owed.reports, *owed.check_ins)]
            assert len(listed) == len(set(listed))
            return {each for each in listed if each[1] in ("D-1", "D-2", "M")}

        june = asked(JUNE)
        assert {("checkin", "D-1", "2025-06"), ("p", "D-1", "2025-Q2")} <= june
        assert not any(union == "M" for _, union, _ in june), "it is not there yet"
        july = asked(JULY)
        assert ("checkin", "M", "2025-07") in july and ("p", "M", "2025-Q3") in july
        assert ("checkin", "M", "2025-06") not in july and ("p", "M", "2025-Q2") not in july
        assert not any(union in ("D-1", "D-2") for _, union, _ in july), "they are no more"
