"""Plans written before a look at how they are read: targets, duties and reports against rows made by hand.

The rows have the form of `tests/examination4`; `tests/documents/fresh/README.md` says how they came about.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from knowledge.extraction import extraction
from knowledge.reading import read_file
from knowledge.vietnamese import fold

PLANS = Path(__file__).parent / "documents" / "fresh"
LEAST = {"targets": (0.97, 0.97), "duties": (0.98, 0.97), "reporting": (1.0, 0.97)}
"""Recall and precision that these plans have reached; on others the figures at first contact are what to expect."""

Row = dict[str, Any]


def _overlap(gold: str, ours: str) -> float:
    left, right = (Counter(re.findall(r"[0-9a-z%]+", fold(text))) for text in (gold, ours))
    return sum((left & right).values()) / max(1, min(sum(left.values()), sum(right.values())))


def _named(gold: str | None, ours: str | None) -> bool:
    return not gold or _overlap(gold, ours or "") >= 0.6


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value


def _same_target(gold: Row, ours: Row) -> bool:
    periods = gold["period"] if isinstance(gold["period"], list) else [gold["period"]]
    figure = (_value(gold["value"]), gold["comparator"]) == (_value(ours["value"]), ours["comparator"])
    return figure and ours["period"] in periods and _named(gold.get("unit_name"), ours["unit_name"])


def _same_duty(gold: Row, ours: Row) -> bool:
    return _named(gold["actor"], ours["actor"])


def _same_report(gold: Row, ours: Row) -> bool:
    return bool(set(gold["frequency"]) & set(ours["frequency"])) and _named(gold["recipient"], ours["recipient"])


SAME: dict[str, Callable[[Row, Row], bool]] = {
    "targets": _same_target,
    "duties": _same_duty,
    "reporting": _same_report,
}


def _unpaired(gold: list[Row], ours: list[Row], same: Callable[[Row, Row], bool]) -> tuple[list[Row], list[Row]]:
    """The rows of the first list that no row of the second answers, and what is left of the second."""
    free, missed = list(ours), []
    for row in gold:
        fits = (one for one in free if row["file"] == one["file"] and _overlap(row["quote"], one["quote"]) >= 0.8)
        hit = next((one for one in fits if same(row, one)), None)
        if hit is None:
            missed.append(row)
        else:
            free.remove(hit)
    return missed, free


@cache
def _read() -> Any:
    files = sorted(
        path for path in PLANS.iterdir() if path.suffix in (".txt", ".docx", ".pdf") or path.stem[0].isdigit()
    )
    return extraction([document for file in files for document in read_file(file)])


@pytest.mark.parametrize("kind", SAME)
def test_plans_that_were_never_seen(kind: str) -> None:
    rows: list[Row] = json.loads((PLANS / f"{kind}.json").read_text(encoding="utf-8"))
    gold = [row for row in rows if not row.get("optional")]
    read = _read()[kind]
    missed, extra = _unpaired(gold, read, SAME[kind])
    _, extra = _unpaired([row for row in rows if row.get("optional")], extra, SAME[kind])
    recall, precision = 1 - len(missed) / len(gold), 1 - len(extra) / len(read)
    assert recall >= LEAST[kind][0], [row["quote"] for row in missed]
    assert precision >= LEAST[kind][1], [row["quote"] for row in extra]


def test_every_plan_has_rows() -> None:
    rows = [row for kind in SAME for row in json.loads((PLANS / f"{kind}.json").read_text(encoding="utf-8"))]
    named = {row["file"] for row in rows}
    assert all((PLANS / file).is_file() for file in named)
    assert {document["file"] for document in _read()["documents"]} == named
