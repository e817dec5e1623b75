"""How surely a passage answers: the fitted score, the regression that fits it, and what is never weighed at all."""

import random
from datetime import date

import pytest

from knowledge import Answer
from knowledge.answers import answer
from knowledge.index import Library
from knowledge.weighing import likelihood, weights
from tests.logistic import Row, chance, fitted

TODAY = date(2025, 10, 15)
NOTHING = dict.fromkeys((name for name in weights() if name != "even"), 0.0)


def asked(library: Library, union: str, question: str) -> Answer:
    return answer(library, question, union=union, chain=library.chain(union), today=TODAY)


def test_a_passage_that_holds_nothing_of_a_question_is_no_answer() -> None:
    assert likelihood(NOTHING) < 0.05


@pytest.mark.parametrize("name", ["covered", "covered_by_itself", "said_side_by_side", "says_the_rest", "ahead"])
def test_what_speaks_for_a_passage_makes_it_likelier(name: str) -> None:
    assert likelihood({**NOTHING, name: 0.5}) > likelihood(NOTHING)


@pytest.mark.parametrize("name", ["lacks_what_is_known", "required_is_lacking", "actor_unnamed", "no_report"])
def test_what_speaks_against_a_passage_makes_it_less_likely(name: str) -> None:
    held = {**NOTHING, "covered": 1.0, "covered_by_itself": 1.0, "said_side_by_side": 0.5, "ahead": 0.3}
    assert likelihood({**held, name: 1.0}) < likelihood(held)


@pytest.mark.parametrize("kind", ["who", "report"])
def test_duties_and_reports_are_decided_by_weights_of_their_own(kind: str) -> None:
    nothing = dict.fromkeys((name for name in weights(kind) if name != "even"), 0.0)
    whole = [name for name in nothing if name.startswith("covered") or name == "says_the_rest"]
    held = {**nothing, **dict.fromkeys(whole, 1.0), "said_side_by_side": 0.6, "ahead": 0.4}
    assert likelihood(nothing, kind) < 0.2 < 0.5 < likelihood(held, kind)
    assert likelihood({**held, "lacks_what_is_known": 1.0}, kind) < likelihood(held, kind)


def test_the_regression_finds_the_weights_that_made_the_cases() -> None:
    made, drawn = (-1.0, 3.0, -2.0), random.Random(7)
    features = [(drawn.random(), drawn.random()) for _ in range(6_000)]
    rows = [Row(each, drawn.random() < chance(made, each)) for each in features]
    assert [abs(found - known) < 0.35 for found, known in zip(fitted(rows, 0.01), made, strict=True)] == [True] * 3


def test_a_feature_that_says_nothing_gets_no_weight() -> None:
    drawn = random.Random(3)
    rows = [Row((float(right), drawn.random()), right) for right in (drawn.random() < 0.4 for _ in range(2_000))]
    telling, idle = fitted(rows)[1:]
    assert telling > 5 and abs(idle) < 1


@pytest.mark.parametrize(
    "question",
    [
        "thời tiết ngày mai thế nào",
        "giá vàng hôm nay bao nhiêu",
        "website liên đoàn địa chỉ là gì",
        "What is the capital of France?",
        "đoàn viên mới của tháng này được tính thế nào?",
    ],
)
def test_what_no_document_speaks_of_is_not_found(library: Library, question: str) -> None:
    assert asked(library, "PR-01", question).outcome == "not_found"
