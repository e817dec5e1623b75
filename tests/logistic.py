"""Logistic regression by Newton's method, for a few features and some thousand rows."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_STEPS, _SMALL, _SPAN = 12, 1e-5, 30.0


@dataclass(frozen=True)
class Row:
    """One case: its features, whether it is one of those looked for, and how much it counts."""

    features: tuple[float, ...]
    right: bool
    counts: float = 1.0


def fitted(rows: Sequence[Row], shrink: float = 1.0) -> list[float]:
    """The weights, that of no feature first; `shrink` is the strength of the quadratic penalty on the others."""
    size = len(rows[0].features) + 1
    weights = [0.0] * size
    for _ in range(_STEPS):
        step = _solved(*_slopes(rows, weights, shrink))
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _SMALL:
            break
    return weights


def chance(weights: Sequence[float], features: Iterable[float]) -> float:
    """How likely a case with these features is one of those looked for."""
    total = sum(weight * value for weight, value in zip(weights, (1.0, *features), strict=True))
    return 1 / (1 + math.exp(-max(-_SPAN, min(_SPAN, total))))


def _slopes(rows: Sequence[Row], weights: Sequence[float], shrink: float) -> tuple[list[list[float]], list[float]]:
    size = len(weights)
    curve = [[0.0] * size for _ in range(size)]
    slope = [0.0] * size
    for row in rows:
        likely = chance(weights, row.features)
        values = [(at, value) for at, value in enumerate((1.0, *row.features)) if value]
        spread = row.counts * likely * (1 - likely)
        for at, value in values:
            slope[at] += row.counts * (row.right - likely) * value
            for other, beside in values:
                curve[at][other] += spread * value * beside
    for at in range(size):
        slope[at] -= shrink * weights[at] if at else 0.0
        curve[at][at] += shrink if at else _SMALL
    return curve, slope


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a system of linear equations, by elimination with the largest pivot."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(right)
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for below in range(at + 1, size):
            share = rows[below][at] / rows[at][at]
            rows[below] = [value - share * above for value, above in zip(rows[below], rows[at], strict=True)]
    found = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][later] * found[later] for later in range(at + 1, size))
        found[at] = (rows[at][size] - known) / rows[at][at]
    return found
