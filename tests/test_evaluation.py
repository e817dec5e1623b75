"""Questions as officers type them, scored as the evaluation does: on the shipped plans and on plans of other places."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from bot.app import read_organisation
from handlers.answering import answer_json
from handlers.phrasebook import Phrases
from knowledge.answers import answer
from knowledge.index import Library, build_index, open_index
from knowledge.reading import read_file
from tests.evaluation.score import percentile, read_jsonl, score, summarise

FOLDER = Path(__file__).parent / "evaluation"
PLANS = FOLDER / "plans"
TODAY = date(2026, 7, 16)


@pytest.fixture(scope="module")
def other_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """An index of a province and a district that the shipped corpus does not know."""
    owner = {"tinh-song-hau.md": "SH", "huyen-cu-lao.md": "SH-CL"}
    documents = [
        replace(document, scope=owner[document.file])
        for file in sorted(PLANS.glob("*.md"))
        for document in read_file(file)
    ]
    file = tmp_path_factory.mktemp("other") / "index.sqlite"
    build_index(file, documents, read_organisation(PLANS / "unions.csv"))
    with open_index(file) as opened:
        yield opened


def answers(library: Library, file: Path) -> dict[str, dict[str, object]]:
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        began = perf_counter()
        unit = asked["unit"]
        said = answer(
            library,
            asked["question"],
            union=unit,
            chain=library.chain(unit),
            history=asked["history"],
            today=TODAY,
        )
        reply = answer_json(said, Phrases(said.language), 0.0)
        found[asked["id"]] = reply | {"id": asked["id"], "ms": (perf_counter() - began) * 1000}
    return found


@pytest.mark.parametrize(("name", "least"), [("dev", 0.97), ("own", 0.97)])
def test_the_shipped_plans_answer(library: Library, name: str, least: float) -> None:
    file = FOLDER / f"questions-{name}.jsonl"
    found = summarise(score(read_jsonl(file), answers(library, file)))
    assert found["grounded"] >= least
    assert found["wrong_numbers"] == 0
    assert found["abstention_precision"] >= 0.97
    assert found["abstention_recall"] >= 0.97


def test_plans_of_a_place_that_nobody_tuned_for_answer_too(other_library: Library) -> None:
    file = FOLDER / "questions-plans.jsonl"
    found = summarise(score(read_jsonl(file), answers(other_library, file)))
    assert found["grounded"] >= 0.95
    assert found["wrong_numbers"] == 0
    assert found["abstention_recall"] >= 0.95


def test_an_answer_takes_milliseconds(library: Library) -> None:
    # Ten times the measured median: a slow machine passes, a lost index does not.
    file = FOLDER / "questions-dev.jsonl"
    times = [float(str(reply["ms"])) for reply in answers(library, file).values()]
    assert percentile(times, 50) <= 30


def test_an_answer_is_cited_or_says_that_nothing_was_found(library: Library) -> None:
    for line in (FOLDER / "questions-own.jsonl").read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        unit = asked["unit"]
        said = answer(library, asked["question"], union=unit, chain=library.chain(unit), today=TODAY)
        reply = answer_json(said, Phrases(said.language), 0.0)
        assert bool(reply["citations"]) != bool(reply["abstained"])
        assert len(str(reply["text"])) < 1_300
