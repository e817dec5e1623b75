"""Questions as officers type them, scored as the evaluation does: on the shipped plans and on plans of other places."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from bot.knowledge_build import open_built, read_listing, write_index
from handlers.answering import answer_json
from handlers.phrasebook import Phrases
from knowledge.answers import answer
from knowledge.index import Library
from tests.evaluation.score import percentile, read_jsonl, score, summarise

FOLDER = Path(__file__).parent / "evaluation"
PLANS = FOLDER / "plans"
BREADTH = FOLDER / "breadth"
ZONES = FOLDER / "zones"
PAPERS = Path(__file__).parent / "documents"
TODAY = date(2026, 7, 16)


@pytest.fixture(scope="module")
def library_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, Path], Library]:
    """Builds the index of an organisation that the shipped corpus does not know, as `knowledge build` does."""

    def build(organisation: Path, documents: Path) -> Library:
        out = tmp_path_factory.mktemp("other")
        write_index(read_listing(organisation), documents, out)
        return open_built(out)

    return build


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


@pytest.mark.parametrize(
    ("name", "organisation", "documents", "least"),
    [
        ("plans", PLANS / "unions.csv", PLANS, 0.95),
        ("breadth", BREADTH / "unions.csv", BREADTH, 0.95),
        ("zones", ZONES / "unions.csv", ZONES, 0.95),
        ("papers", FOLDER / "papers.csv", PAPERS, 0.9),
    ],
)
def test_plans_of_a_place_that_nobody_tuned_for_answer_too(
    library_of: Callable[[Path, Path], Library], name: str, organisation: Path, documents: Path, least: float
) -> None:
    file = FOLDER / f"questions-{name}.jsonl"
    with library_of(organisation, documents) as opened:
        found = summarise(score(read_jsonl(file), answers(opened, file)))
    assert found["accuracy"] >= least
    assert found["wrong_numbers"] == 0
    assert found["abstention_recall"] >= 0.95


def test_the_shipped_plans_answer_everyday_speech(library: Library) -> None:
    file = FOLDER / "questions-speech.jsonl"
    found = summarise(score(read_jsonl(file), answers(library, file)))
    assert found["accuracy"] >= 0.95
    assert found["wrong_numbers"] == 0


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
        assert reply["citations"] or reply["abstained"]
        assert len(str(reply["text"])) < 1_300
