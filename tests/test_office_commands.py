"""`congdoan org` and `congdoan officers`: tables in and out, every mistake with its row and column."""

import io
import unicodedata
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.organisation_file import COLUMNS, OPTIONAL, page, wanted
from db import Officer, officers, unions
from db.store import Store
from db.tree import UnionHistory, history_of
from handlers.spreadsheets import csv_file, read_rows, workbook
from tests.process_room import Operator

JULY = date(2025, 7, 1)
HEAD = "code,name,level,parent,sector\n"
TREE = (
    HEAD + "P,Province,province,,\nD,District,district,P,\nD-1,Union 1,grassroots,D,public\nD-2,Union 2,grassroots,D,\n"
)
LONG = "code,name,level,parent,sector,opened,closed,successor,former_parents,former_names\n"
REFORM = (
    LONG
    + "X,Commune,commune,P,,01/07/2025,,,,\n"
    + "D-1,Union 1,grassroots,X,public,,,,,\n"
    + "D-2,Union two,grassroots,X,,,,,,\n"
    + "D,District,district,P,,,2025-07-01,X,,\n"
)
POSTS = "union,role,channel,address\n"


@pytest.fixture
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Operator:
    return Operator(tmp_path, tmp_path / "var", monkeypatch, capsys)


def write(operator: Operator, name: str, text: str) -> str:
    (operator.folder / name).write_text(text, encoding="utf-8")
    return name


def tree_of(operator: Operator) -> dict[str, UnionHistory]:
    store = Store.open(operator.url)
    with store.transaction() as connection:
        known = unions.histories(connection)
    store.close()
    return known


def posts_of(operator: Operator) -> list[Officer]:
    store = Store.open(operator.url)
    with store.transaction() as connection:
        found = list(officers.everyone(connection))
    store.close()
    return found


# The organisation.


def test_a_reorganisation_is_shown_before_it_is_done(operator: Operator) -> None:
    assert operator.types("org", "import", write(operator, "tree.csv", TREE)).code == 0
    before = tree_of(operator)
    reform = write(operator, "reform.csv", REFORM)
    ended = operator.types("org", "import", reform, "--on", "2025-07-01", "--dry-run")
    assert tree_of(operator) == before
    assert ended.out.splitlines() == [
        "1 unions added, 1 changed, 2 moved, 1 closed; 1 that the file does not name stay as they are"
        " (dry run: nothing was written)",
        "+ X: Commune (commune, below P)",
        "> D-1: below D → below X from 2025-07-01",
        "~ D-2: name “Union 2” → “Union two”, names “” → “Union 2 until 2025-07-01”",
        "> D-2: below D → below X from 2025-07-01",
        "x D: closed from 2025-07-01, X takes over",
    ]
    assert operator.types("org", "import", reform, "--on", "2025-06-01").code == 0
    after = tree_of(operator)
    assert after["D-1"].parents == ((unions.ALWAYS, "D"), (JULY, "X"))
    assert (after["D"].closed, after["D"].successors, after["X"].opened) == (JULY, ("X",), JULY)
    assert after["D-2"].names == ((date(2025, 6, 1), "Union 2"),) and after["P"] == before["P"]
    again = operator.types("org", "import", reform, "--on", "2025-09-01")
    assert again.out.startswith("0 unions added, 0 changed, 0 moved, 0 closed")


# A line of a file, the columns of it that are mistaken.
MISTAKEN: list[tuple[str, tuple[str, ...]]] = [
    ("P,Province,province,,,,,,,", ()),
    (",Nameless,,P,,,,,,", ("code", "level")),
    ("D,District,district,P,,,45839,,,", ("closed",)),
    ("D-1,Union 1,grassroots,Z,,,,,,", ("parent",)),
    ("D-2,Union 2,grassroots,D-2,,,,,,", ("parent",)),
    ("D,District again,district,P,,,,,,", ("code",)),
    ("E 1,Union 3,grassroots,P,,,,,,", ("code",)),
    ("F,Union 4,grassroots,G,,,,,,", ("parent",)),
    ("G,Union 5,grassroots,F,,,,,,", ("parent",)),
    ("H,Union 6,district,P,,01/07/2025,01/06/2025,Z,,", ("closed", "successor")),
    ("I,Union 7,district,P,,,,H,,", ("closed",)),
    ("J,Union 8,district,P,,,,,once below P,", ("former_parents",)),
    ("K,Union 9,district,P,,,01/07/2025,,,", ("closed",)),
    ("K-1,Union 10,grassroots,K,,,,,,", ()),
    ("L,Union 11,district,P,,,,,Z until 01/07/2025,", ("former_parents",)),
    (f"{'M' * 33},Union 12,{'x' * 41},P,,,,,,", ("level", "code")),
]


def test_every_mistake_is_named_and_nothing_is_applied(operator: Operator) -> None:
    text = LONG + "".join(f"{line}\n" for line, _ in MISTAKEN)
    ended = operator.types("org", "import", write(operator, "tree.csv", text))
    places = [line.split(": ")[0] for line in ended.err.splitlines()[1:]]
    assert ended.code == 2 and ended.err.startswith("tree.csv: 17 mistakes, nothing was written")
    assert places == [
        f"row {row}, column {column}" for row, (_, columns) in enumerate(MISTAKEN, start=2) for column in columns
    ]
    assert tree_of(operator) == {}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("D,District,district,P,,,2025-07-01,,,\n", ("row 2, column closed", "D-1, D-2")),
        ("P,Province,province,D-1,,,,,,\n", ("row 2, column parent", "D-1 stands below P")),
        ("D-2,Union 2,grassroots,D,,,2025-07-01,D-2,,\n", ("row 2, column successor", "from itself")),
        ("X,New,commune,P,,2099-01-01,,,,\nD-1,Union 1,grassroots,X,,,,,,\n", ("row 3, column parent", "not open yet")),
        ("D-2,Union 2,grassroots,D,,,2025-07-01,D-1;NO,,\n", ("row 2, column successor", "'NO'")),
    ],
)
def test_what_an_office_knows_already_counts(operator: Operator, line: str, words: tuple[str, ...]) -> None:
    assert operator.types("org", "import", write(operator, "tree.csv", TREE)).code == 0
    before = tree_of(operator)
    assert operator.types("org", "import", write(operator, "more.csv", LONG + line)).refused_with("1 mistake", *words)
    assert tree_of(operator) == before


def test_a_dash_takes_back_what_was_said_and_an_empty_cell_leaves_it(operator: Operator) -> None:
    assert operator.types("org", "import", write(operator, "tree.csv", TREE)).code == 0
    closed = LONG + "D-2,Union 2,grassroots,D,,2020-01-01,2025-07-01,D-1,,\n"
    assert operator.types("org", "import", write(operator, "closed.csv", closed)).code == 0
    assert "0 changed, 0 moved, 0 closed" in operator.types("org", "import", "tree.csv").out
    opened = LONG + "D-2,Union 2,grassroots,D,,-,-,,,\n"
    ended = operator.types("org", "import", write(operator, "opened.csv", opened))
    assert "x D-2: open again" in ended.out
    found = tree_of(operator)["D-2"]
    assert (found.opened, found.closed, found.successors) == (None, None, ())


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_what_is_exported_is_imported_again_without_a_change(operator: Operator, name: str) -> None:
    for text in (TREE, REFORM):
        assert operator.types("org", "import", write(operator, "x.csv", text), "--on", "2025-07-01").code == 0
    assert operator.types("org", "export", "--out", name).out.startswith("5 unions")
    before = tree_of(operator)
    ended = operator.types("org", "import", name)
    assert ended.out.startswith("0 unions added, 0 changed, 0 moved, 0 closed\n")
    assert tree_of(operator) == before
    fresh = operator.types("org", "import", name, DATABASE_URL=f"sqlite:///{operator.folder / 'fresh.sqlite'}")
    assert fresh.out.startswith("5 unions added")
    store = Store.open(f"sqlite:///{operator.folder / 'fresh.sqlite'}")
    with store.transaction() as connection:
        assert unions.histories(connection) == before
    store.close()


def test_the_shipped_organisation_can_be_imported(operator: Operator) -> None:
    shipped = Path(__file__).parent.parent / "knowledge" / "documents" / "organisation.csv"
    ended = operator.types("org", "import", str(shipped))
    assert ended.out.startswith("26 unions added") and "passed over: documents" in ended.out


def test_the_template_explains_itself_and_its_example_can_be_imported(operator: Operator) -> None:
    assert operator.types("org", "template", "--out", "t.xlsx").code == 0
    assert operator.types("org", "import", "t.xlsx").refused_with("t.xlsx", "no rows")
    assert operator.types("org", "template", "--out", "t.csv").refused_with("t.csv", ".xlsx")
    book = load_workbook(operator.folder / "t.xlsx")
    assert book.sheetnames == ["Tổ chức", "Ví dụ", "Giải thích"]
    explained = [row[0] for row in book["Giải thích"].iter_rows(min_row=2, values_only=True)]
    assert explained[: len(COLUMNS) + len(OPTIONAL)] == [*COLUMNS, *OPTIONAL] and "grassroots" in explained
    book.remove(book["Tổ chức"])
    book.save(operator.folder / "example.xlsx")
    assert operator.types("org", "import", "example.xlsx").out.startswith("4 unions added")
    assert tree_of(operator)["XA-01"].parents == ((unions.ALWAYS, "HUYEN"), (JULY, "XA"))


def workbook_of(rows: list[list[Any]], merge: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if merge:
        book.worksheets[0].merge_cells(merge)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


HEADS: list[Any] = ["code", "name", "level", "parent", "sector", "closed"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("t.xlsx", workbook_of([["name", "code"], ["x", "A"]]), ("t.xlsx", "level, parent, sector")),
        ("t.xlsx", workbook_of([HEADS, ["A", "x", "y", "", "", 45839]]), ("row 2, column closed", "'45839'")),
        ("t.xlsx", workbook_of([HEADS, ["A", "=B1&1", "y", ""]]), ("row 2, column name", "formula")),
        ("t.xlsx", workbook_of([HEADS, ["A", "x", "y"], ["B", "z"]], "C2:C3"), ("row 2, column level", "C2:C3")),
        ("t.xlsx", workbook_of([HEADS, [None], [None]]), ("t.xlsx", "no rows")),
        ("t.xlsx", b"PK\x03\x04", ("t.xlsx", "damaged")),
        ("t.csv", "code,name\n".encode("utf-16"), ("t.csv", "UTF-8")),
    ],
)
def test_a_broken_spreadsheet_is_refused_in_a_sentence(
    operator: Operator, name: str, content: bytes, words: tuple[str, ...]
) -> None:
    (operator.folder / name).write_bytes(content)
    assert operator.types("org", "import", name).refused_with(*words)
    assert tree_of(operator) == {}


def test_a_day_that_is_none_and_a_file_that_cannot_be_written_are_refused(operator: Operator) -> None:
    tree = write(operator, "tree.csv", TREE)
    assert operator.types("org", "import", tree, "--on", "soon").refused_with("soon", "2025-07-01")
    assert operator.types("org", "export", "--out", "nowhere/out.xlsx").refused_with("out.xlsx", "--out")
    assert operator.types("org", "export", "--out", "out.pdf").refused_with("out.pdf", ".xlsx")


# The table and the tree, whatever they hold.

codes = st.sampled_from(["A", "B", "C-1", "Đ.2"])
days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
letters = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=10)
names = letters.map(partial(unicodedata.normalize, "NFC"))


@st.composite
def histories(draw: st.DrawFn) -> UnionHistory:
    since = sorted(draw(st.sets(days, max_size=3)))
    above = draw(st.lists(st.sampled_from(["", "P", "Q"]), min_size=len(since) + 1, max_size=len(since) + 1))
    closed = draw(st.none() | days)
    return UnionHistory(
        draw(codes),
        draw(names),
        draw(names),
        draw(st.just("") | names),
        draw(st.none() | days),
        closed,
        history_of(tuple(zip((unions.ALWAYS, *since), above, strict=True))),
        tuple(sorted(dict(draw(st.lists(st.tuples(days, names), max_size=2))).items())),
        tuple(sorted(draw(st.sets(st.sampled_from(["P", "Q"]))))) if closed else (),
    )


@settings(max_examples=60, deadline=None)
@given(histories())
def test_any_union_comes_back_from_its_row(union: UnionHistory) -> None:
    for name, content in (("x.csv", csv_file(page("x", [union]))), ("x.xlsx", workbook([page("x", [union])]))):
        table = read_rows(name, content, COLUMNS, OPTIONAL)
        assert wanted(table, {}, JULY).unions == {union.code: union}
        assert wanted(table, {union.code: union}, JULY).unions == {union.code: union}


# Officers.


def test_one_person_may_hold_several_posts(operator: Operator) -> None:
    assert operator.types("org", "import", write(operator, "tree.csv", TREE)).code == 0
    rows = POSTS + "D-1,officer,telegram,1\nD-2,officer,telegram,1\nD,staff,zalo,1\n"
    posts = write(operator, "posts.csv", rows)
    ended = operator.types("officers", "import", posts, "--dry-run")
    assert ended.out == "3 officers added (dry run: nothing was written)\nSome hold several posts: they are 2 in all.\n"
    assert posts_of(operator) == []
    assert operator.types("officers", "import", posts).out.startswith("3 officers added\n")
    first, second, third = posts_of(operator)
    assert first.person == second.person != third.person and third.channel == "zalo"
    store = Store.open(operator.url)
    with store.transaction() as connection:
        speaks = officers.at_address(connection, "telegram", "1")
    store.close()
    assert speaks is not None and speaks.union == "D-1", "a further post does not change for whom somebody speaks"
    assert operator.types("officers", "import", posts).out == "0 officers added\n"


def test_every_mistake_in_the_officers_is_named(operator: Operator) -> None:
    closed = LONG + "D-2,Union 2,grassroots,D,,,2020-01-01,,,\n"
    for text in (TREE, closed):
        assert operator.types("org", "import", write(operator, "tree.csv", text)).code == 0
    text = (
        POSTS
        + "NO,officer,telegram,1\nD-1,chairman,telegramm,\nD-2,officer,zalo,2\nD-1,officer,zalo,3\nD-1,staff,zalo,3\n"
    )
    ended = operator.types("officers", "import", write(operator, "posts.csv", text))
    assert ended.code == 2 and posts_of(operator) == []
    assert [line.split(": ")[0] for line in ended.err.splitlines()] == [
        "posts.csv",
        "row 2, column union",
        "row 3, column address",
        "row 3, column channel",
        "row 3, column role",
        "row 4, column union",
        "row 6, column role",
    ]


def test_officers_come_from_a_workbook_too(operator: Operator) -> None:
    assert operator.types("org", "import", write(operator, "tree.csv", TREE)).code == 0
    (operator.folder / "posts.xlsx").write_bytes(
        workbook_of([["union", "role", "channel", "address"], ["D-1", "officer", "telegram", 7000123456]])
    )
    assert operator.types("officers", "import", "posts.xlsx").out == "1 officers added\n"
    assert [officer.address for officer in posts_of(operator)] == ["7000123456"]
