"""Spreadsheets as people send them: what is read, what is refused in which words, and what is written."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from handlers.phrasebook import Phrases
from handlers.spreadsheets import (
    XLSX_TYPE,
    Page,
    Table,
    Unreadable,
    csv_file,
    day_of,
    in_words,
    read_rows,
    workbook,
)

COLUMNS = ("code", "name")


def xlsx(*sheets: list[list[Any]], merge: str = "", percent: str = "") -> bytes:
    """A workbook as another program writes it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for place, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {place + 1}")
        for row in rows:
            sheet.append(row)
        if merge:
            sheet.merge_cells(merge)
        if percent:
            sheet[percent].number_format = "0.0%"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_formula(result: str) -> bytes:
    """What Excel keeps of a formula: the formula and, once it was computed, its result."""
    source = io.BytesIO(xlsx([["code", "name"], ["A", "MARK"]]))
    written = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                cell = f'<c r="B2" t="str"><f>A2&amp;"!"</f>{result}</c>'
                content = re.sub(rb'<c r="B2"[^>]*>.*?</c>', cell.encode(), content)
            new.writestr(name, content)
    return written.getvalue()


def rows(table: Table) -> list[tuple[int, str, str]]:
    return [(row.number, row["code"], row["name"]) for row in table.rows]


def faults(table: Table) -> list[str]:
    return [in_words(fault, Phrases("en")) for fault in table.faults]


def test_text_numbers_dates_and_shares_become_the_text_that_people_see() -> None:
    content = xlsx([["code", "name"], [1, 0.805], ["  A ", date(2025, 7, 1)], [2.5, True], ["B", None]], percent="B2")
    assert rows(read_rows("x.xlsx", content, COLUMNS)) == [
        (2, "1", "80.5%"),
        (3, "A", "2025-07-01"),
        (4, "2.5", "True"),
        (5, "B", ""),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("code,name\nA,Đoàn\n", [(2, "A", "Đoàn")]),
        ("\ufeffcode,name\r\nA,Đoàn\r\n", [(2, "A", "Đoàn")]),
        ("code;name\nA;Đoàn, hội\n", [(2, "A", "Đoàn, hội")]),
        ("sep=;\ncode;name\nA;Đoàn\n", [(3, "A", "Đoàn")]),
        ("code\tname\nA\tĐoàn\n", [(2, "A", "Đoàn")]),
        ('code,name\nA,"Đoàn, ""hội"""\n', [(2, "A", 'Đoàn, "hội"')]),
        (" Code , NAME ,note\nA,x,y\n", [(2, "A", "x")]),
        ("Danh sách\n\ncode,name\n\nA,x\n\n\n,\n", [(5, "A", "x")]),
        ("code,name\nA,Đoa\u0300n\n", [(2, "A", "Đoàn")]),
        ("code,name\nA\n", [(2, "A", "")]),
    ],
)
def test_a_csv_file_is_read_however_excel_wrote_it(content: str, expected: list[tuple[int, str, str]]) -> None:
    assert rows(read_rows("x.csv", content.encode(), COLUMNS)) == expected


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.csv", "code,name\nA,Đoàn viên\n".encode("cp1258", "ignore") + b"\xd2\xe3", ("x.csv", "line", "UTF-8")),
        ("x.csv", "code,name\nA,Đoàn\n".encode("utf-16"), ("x.csv", "line 1", "UTF-8")),
        ("x.csv", b"", ("code, name",)),
        ("x.csv", b"code,other\nA,x\n", ("lacks", "name")),
        ("x.csv", b"code,name,name\nA,x,y\n", ("twice", "name")),
        ("x.csv", b'code,name\nA,"' + b"x" * 200_000, ("line", "CSV")),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), ("x.xls", "password", ".xlsx")),
        ("x.xlsx", b"PK\x03\x04 and then nothing", ("damaged",)),
        ("x.xlsx", xlsx([["code", "name"], ["A", "x"]])[:-300], ("damaged",)),
        ("x.xlsx", xlsx([["a", "b"]], [["c"]]), ("Sheet 1, Sheet 2", "code, name")),
        ("x.xlsx", xlsx([[None]]), ("code, name",)),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(name: str, content: bytes, words: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as refused:
        read_rows(name, content, COLUMNS)
    said = in_words(refused.value.fault, Phrases("en"))
    assert all(word in said for word in words), said
    assert in_words(refused.value.fault, Phrases("vi")) != said


def test_a_document_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(Unreadable) as refused:
        read_rows("x.docx", written.getvalue(), COLUMNS)
    assert refused.value.fault.phrase == "sheet-no-workbook"


def test_what_unpacks_to_too_much_is_refused_unopened() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 100_000_000)
    with pytest.raises(Unreadable) as refused:
        read_rows("x.xlsx", written.getvalue(), COLUMNS)
    assert refused.value.fault.phrase == "sheet-too-large"


def test_every_broken_cell_is_named_with_its_row_and_column() -> None:
    content = xlsx(
        [["code", "name", "note"], ["A", "=1+1"], ["#N/A", "x"], ["B", "y", "=1+1"], ["C", "z"]], merge="A5:A6"
    )
    table = read_rows("x.xlsx", content, COLUMNS)
    assert [(fault.row, fault.column, fault.phrase) for fault in table.faults] == [
        (2, "name", "sheet-formula"),
        (3, "code", "sheet-error-value"),
        (5, "code", "sheet-merged"),
    ]
    assert faults(table)[2].startswith("row 5, column code: the cells A5:A6 are merged")


def test_a_title_that_is_merged_above_the_header_does_no_harm() -> None:
    table = read_rows("x.xlsx", xlsx([["Danh sách"], ["code", "name"], ["A", "x"]], merge="A1:B1"), COLUMNS)
    assert rows(table) == [(3, "A", "x")] and not table.faults


def test_a_formula_counts_as_its_result_when_excel_kept_it() -> None:
    table = read_rows("x.xlsx", with_formula("<v>A!</v>"), COLUMNS)
    assert rows(table) == [(2, "A", "A!")] and not table.faults
    assert faults(read_rows("x.xlsx", with_formula(""), COLUMNS))[0].startswith(
        "row 2, column name: it holds a formula"
    )


def test_the_sheet_that_has_the_columns_is_found_and_unknown_columns_are_named() -> None:
    content = xlsx([["about"]], [["code", "name", "Ghi chú"], ["A", "x", "y"]])
    table = read_rows("x.xlsx", content, COLUMNS, ("opened",))
    assert rows(table) == [(2, "A", "x")] and table.ignored == ("Ghi chú",) and table.columns == COLUMNS


def test_a_comma_too_many_in_a_csv_file_is_named() -> None:
    table = read_rows("x.csv", b"code,name\nA,x, y\nB,z\nC,w,\n", COLUMNS)
    assert [said[:6] for said in faults(table)] == ["row 2:"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-07-01", date(2025, 7, 1)),
        ("1/7/2025", date(2025, 7, 1)),
        ("01-07-2025", date(2025, 7, 1)),
        ("01.07.2025", date(2025, 7, 1)),
        ("31/2/2025", None),
        ("45839", None),
        ("7/2025", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_a_written_workbook_is_kept_as_text_dates_and_numbers() -> None:
    page = Page(
        "Tổ chức: [2025]/*?",
        ("code", "name", "day", "n"),
        [("001", "=1+1", date(2025, 7, 1), 2.5), ("a\x00b", "x\ny", None, 3)],
    )
    content = workbook([page])
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[2]][:2] == ["001", "=1+1"] and sheet["B2"].data_type == "s"
    assert sheet["C2"].number_format == "dd/mm/yyyy" and sheet["D2"].value == 2.5 and sheet["A3"].value == "ab"
    assert sheet.freeze_panes == "A2" and sheet["A1"].font.bold and content.startswith(b"PK") and "sheet" in XLSX_TYPE
    table = read_rows("x.xlsx", content, ("code", "name", "day"))
    assert [row["day"] for row in table.rows] == ["2025-07-01", ""]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_what_is_written_is_read_back(cells: list[tuple[str, str]]) -> None:
    page = Page("x", COLUMNS, cells)
    read = [
        rows(read_rows(name, content, COLUMNS))
        for name, content in (("x.xlsx", workbook([page])), ("x.csv", csv_file(page)))
    ]
    assert read[0] == read[1]
    assert [code for _, code, _ in read[0]] == [re.sub(r"[\ufffe\uffff]", "", read_cell(code)) for code, _ in cells]


def read_cell(text: str) -> str:
    (row,) = read_rows("x.csv", csv_file(Page("x", COLUMNS, [(text, "x")])), COLUMNS).rows
    return row["code"]
