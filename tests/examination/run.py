# ruff: noqa: T201
"""The examination: documents and questions that the product has never seen, read, asked and scored.

    python tests/examination/run.py                      # both parts, score tables and failures
    python tests/examination/run.py --only own --answers answers.jsonl
    python tests/examination/run.py --folder tests/examination2       # another examination of the same form

`documents/`, `organisation.csv` and the gold rows belong to an organisation of its own; half of `questions.jsonl` asks
about it ("library": "own"), half about the shipped documents ("library": "shipped"). Another examination's folder holds
the same files, and document_files.json: the key of each document in questions.jsonl → its file.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE)]

from score_here import extraction, score  # noqa: E402

from bot.app import ORGANISATION, read_organisation  # noqa: E402
from bot.asking import as_json  # noqa: E402
from knowledge import Document  # noqa: E402
from knowledge.index import build_index, open_index  # noqa: E402
from knowledge.reading import read_corpus, read_file  # noqa: E402

TODAY = date(2025, 10, 15)
"""The day on which everything is asked, unless a question says another."""

Row = dict[str, Any]


def own_documents(folder: Path) -> Iterator[Document]:
    """The documents of organisation.csv, each with the union that it belongs to."""
    with (folder / "organisation.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for name in filter(None, row["documents"].split(";")):
                for document in read_file(folder / "documents" / name):
                    yield replace(document, scope=row["code"])


def answers(questions: Iterable[Row], documents: Iterable[Document], organisation: Path) -> dict[str, Row]:
    """The answer to each question, from an index built for it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "knowledge.sqlite"
        build_index(file, documents, read_organisation(organisation))
        with open_index(file) as library:
            return {each["id"]: answer(library, each) for each in questions}


def answer(library: Any, question: Row) -> Row:
    """One answer; a question that makes the product fail is an abstention that says so, and counts as wrong."""
    today = date.fromisoformat(question["today"]) if "today" in question else TODAY
    try:
        return as_json(library, question["unit"], question["question"], question["history"], today)
    except Exception as error:
        return {"text": f"FAILED: {type(error).__name__}: {error}", "abstained": False, "citations": []}


def examine_reading(folder: Path) -> None:
    """Read all documents with the command line and score what was read against the gold rows."""
    command = Path(sys.executable).with_name("congdoan")
    files = sorted(map(str, (folder / "documents").iterdir()))
    read = subprocess.run([command, "knowledge", "read", *files, "--json"], capture_output=True, check=True).stdout
    with tempfile.NamedTemporaryFile(suffix=".json") as kept:
        kept.write(read)
        kept.flush()
        sys.argv = ["score_extraction.py", str(folder), kept.name, "--failures"]
        try:
            extraction.main()
        except SystemExit:
            print()


def examine_answers(which: str, questions: list[Row], folder: Path) -> dict[str, Row]:
    """Ask the questions of one library; print the tables and what went wrong."""
    asked = [each for each in questions if each["library"] == which]
    own = which == "own"
    found = answers(
        asked, own_documents(folder) if own else read_corpus(), folder / "organisation.csv" if own else ORGANISATION
    )
    print(f"\n===== answers, {which} documents =====")
    results = score.score(asked, found)
    score.print_report(results)
    score.print_failures(results)
    print_unsaid(results)
    return found


def print_unsaid(results: Iterable[Any]) -> None:
    """List the right answers whose text lacks what honesty asks for beside the figure (`says` of the question).

    That is: that two figures differ, that a point replaced another, that a union has no figure of its own, whose
    figure it is, or the nearest figure that the documents do hold.
    """
    for result in results:
        wanted = result.question.get("says")
        if wanted and result.correct and not score.has_fact(score.normalise(result.answer["text"]), wanted):
            print(f"\nUNSAID {result.question['id']}  {result.question['question']}\n  lacks:  {' / '.join(wanted)}")
            print(f"  said:   {' '.join(result.answer['text'].split())[:300]}")


def main() -> None:
    """Run the examination from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("own", "shipped", "reading"), help="one part of the examination")
    parser.add_argument("--answers", type=Path, help="keep the answers in this JSONL file")
    parser.add_argument("--folder", type=Path, default=HERE, help="the examination to take (default: this one)")
    parser.add_argument("--questions", default="questions.jsonl", help="the file of its questions in that folder")
    options = parser.parse_args()
    keys = options.folder / "document_files.json"
    if keys.exists():
        score.DOCUMENT_FILES.update(json.loads(keys.read_text(encoding="utf-8")))
    if options.only in (None, "reading"):
        examine_reading(options.folder)
    questions = score.read_jsonl(options.folder / options.questions)
    found: dict[str, Row] = {}
    for which in ("own", "shipped"):
        if options.only in (None, which):
            found |= examine_answers(which, questions, options.folder)
    if options.answers:
        lines = (json.dumps({"id": key, **value}, ensure_ascii=False) for key, value in found.items())
        options.answers.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
