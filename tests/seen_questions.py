"""All questions that the product may be fitted to, each with the documents it is asked of."""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.app import ORGANISATION, read_organisation
from knowledge import Document
from knowledge.index import Library, build_index, open_index
from knowledge.reading import read_corpus, read_file

HERE = Path(__file__).parent
EVALUATION = HERE / "evaluation"
SHIPPED = "shipped"
FOLDERS = {
    "examination": (HERE / "examination/organisation.csv", HERE / "examination/documents"),
    "examination2": (HERE / "examination2/organisation.csv", HERE / "examination2/documents"),
    "examination3": (HERE / "examination3/organisation.csv", HERE / "examination3/documents"),
    "examination3b": (HERE / "examination3b/organisation.csv", HERE / "examination3b/documents"),
    "examination4": (HERE / "examination4/organisation.csv", HERE / "examination4/documents"),
    "examination5": (HERE / "examination5/organisation.csv", HERE / "examination5/documents"),
    "plans": (EVALUATION / "plans/unions.csv", EVALUATION / "plans"),
    "breadth": (EVALUATION / "breadth/unions.csv", EVALUATION / "breadth"),
    "zones": (EVALUATION / "zones/unions.csv", EVALUATION / "zones"),
    "messages": (EVALUATION / "messages/unions.csv", EVALUATION / "messages"),
    "papers": (EVALUATION / "papers.csv", HERE / "documents"),
}
"""Organisations that the shipped documents do not know: the list of their unions, and their documents."""
_SHIPPED_LISTS = ("dev", "own", "speech")
_KEPT_FOR_MEASURING = frozenset({"examination5"})
"""Examinations of which only the questions with odd numbers may be looked at."""
_EXAMINED_ON, _ASKED_ON = date(2025, 10, 15), date(2026, 7, 16)


@dataclass(frozen=True)
class Seen:
    """A question of the lists (`row` as in their README), the folder of the documents it is asked of, and its day."""

    folder: str
    row: dict[str, Any]
    today: date


def seen_questions() -> Iterator[Seen]:
    """Every question that may be looked at."""
    for file in sorted(EVALUATION.glob("questions-*.jsonl")):
        yield from questions_of(file)
    for examination in (name for name in FOLDERS if name.startswith("examination")):
        for row in _rows(HERE / examination / "questions.jsonl"):
            if examination in _KEPT_FOR_MEASURING and int(re.sub(r"\D", "", row["id"])) % 2 == 0:
                continue
            today = date.fromisoformat(row["today"]) if "today" in row else _EXAMINED_ON
            yield Seen(examination if row["library"] == "own" else SHIPPED, row, today)


def questions_of(file: Path) -> Iterator[Seen]:
    """The questions of one list."""
    name = file.stem.removeprefix("questions-")
    for row in _rows(file):
        folder = row.get("library") or (SHIPPED if name in _SHIPPED_LISTS else name)
        examined = "library" in row and (folder == SHIPPED or folder.startswith("examination"))
        yield Seen(folder, row, _EXAMINED_ON if examined else _ASKED_ON)


class Libraries:
    """The index of each folder, built when it is first asked for and gone with the block."""

    def __init__(self) -> None:
        self._open: dict[str, Library] = {}
        self._kept = ExitStack()

    def __enter__(self) -> "Libraries":
        self._into = Path(self._kept.enter_context(TemporaryDirectory()))
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    def of(self, folder: str) -> Library:
        """The library of a folder."""
        if folder not in self._open:
            file = self._into / f"{folder}.sqlite"
            listing = ORGANISATION if folder == SHIPPED else FOLDERS[folder][0]
            documents = read_corpus() if folder == SHIPPED else _documents(*FOLDERS[folder])
            build_index(file, documents, read_organisation(listing))
            self._open[folder] = self._kept.enter_context(open_index(file))
        return self._open[folder]


def _documents(listing: Path, folder: Path) -> Iterator[Document]:
    with listing.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for name in filter(None, row["documents"].split(";")):
                yield from (replace(document, scope=row["code"]) for document in read_file(folder / name.strip()))


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, file.read_text(encoding="utf-8").splitlines())
