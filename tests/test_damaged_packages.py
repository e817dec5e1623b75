"""A .docx or .xlsx that was spoiled on its way: it is refused in a sentence, wherever it breaks."""

import io
import random
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from handlers.spreadsheets import Unreadable, read_rows
from knowledge.reading import ReadingError, read_bytes

PLAN = next(iter(sorted((Path(__file__).parent / "examination4" / "documents").glob("*.docx"))))
SPOILED = 150


def sheet(*, merged: bool) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["union", "number", "word", "sum"])
    for row in range(60):
        page.append([f"PR-{row:02}", row, "đoàn viên", row * 3])
    if merged:
        page.merge_cells("C61:D61")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """The same file with some bytes changed, and now and then without its end."""
    bytes_ = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        bytes_[chance.randrange(len(bytes_))] = chance.randrange(256)
    return bytes(bytes_[: chance.randrange(len(bytes_))] if chance.random() < 0.2 else bytes_)


def refused(read: Callable[[bytes], object], content: bytes) -> int:
    """How many spoiled copies of a file are refused; whatever else a reader raises is raised here."""
    chance, found = random.Random(5), 0
    with warnings.catch_warnings():
        # openpyxl and docx warn of what they leave out.
        warnings.simplefilter("ignore")
        for _ in range(SPOILED):
            try:
                read(spoiled(content, chance))
            except (ReadingError, Unreadable):
                found += 1
    return found


def test_a_spoiled_word_file_is_refused() -> None:
    assert refused(lambda content: read_bytes(content, "a.docx"), PLAN.read_bytes()) > SPOILED / 2


@pytest.mark.parametrize("merged", [False, True])
def test_a_spoiled_sheet_is_refused(merged: bool) -> None:
    def read(content: bytes) -> object:
        return read_rows("a.xlsx", content, ("union", "number"))

    read(sheet(merged=merged))
    assert refused(read, sheet(merged=merged)) > SPOILED / 2
