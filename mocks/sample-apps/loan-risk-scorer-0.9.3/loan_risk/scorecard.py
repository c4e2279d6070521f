"""A logistic regression, read as a scorecard: risk, score, and each answer's share in it."""

from __future__ import annotations

import math
from typing import Callable, List, NamedTuple, Sequence, Tuple

from .data import Application, Loan

POINTS_TO_DOUBLE = 20
"""Points that double the odds of being paid back."""
EVEN_SCORE, EVEN_ODDS = 600, 30
"""600 points stand for 30 loans paid back to one that is not."""


class Feature(NamedTuple):
    """One thing the score looks at."""

    name: str
    measure: Callable[[Application], float]


FEATURES = (
    Feature("burden", lambda a: a.burden),
    Feature("missed", lambda a: float(a.missed)),
    Feature("job", lambda a: math.log1p(a.years_in_job)),
    Feature("cards", lambda a: a.card_use),
    Feature("savings", lambda a: math.log1p(a.savings / a.income)),
)


class Scale(NamedTuple):
    """A feature over the past loans."""

    mean: float
    deviation: float
    low: float
    high: float

    def standard(self, value: float) -> float:
        """Deviations from the mean. Beyond what past loans show, nothing more is claimed."""
        return (min(self.high, max(self.low, value)) - self.mean) / self.deviation


class Scorecard:
    """Fitted to past loans."""

    def __init__(self, loans: Sequence[Loan]) -> None:
        self.scales = [_scale([feature.measure(loan.application) for loan in loans]) for feature in FEATURES]
        rows = [self._row(loan.application) for loan in loans]
        self._weights = _logistic_fit(rows, [loan.defaulted for loan in loans])

    def risk(self, application: Application) -> float:
        """Probability that the loan is not paid back, from 0 to 1."""
        return _logistic(_dot(self._row(application), self._weights))

    def score(self, application: Application) -> int:
        risk = self.risk(application)
        doublings = math.log2((1 - risk) / risk / EVEN_ODDS)
        return round(EVEN_SCORE + POINTS_TO_DOUBLE * doublings)

    def points(self, application: Application) -> List[Tuple[str, float]]:
        """What each feature adds to the score of an average past loan, the heaviest first."""
        shares = zip(FEATURES, self._row(application)[1:], self._weights[1:])
        points = [(feature.name, -value * weight * POINTS_TO_DOUBLE / math.log(2)) for feature, value, weight in shares]
        return sorted(points, key=lambda share: -abs(share[1]))

    def _row(self, application: Application) -> List[float]:
        measured = (feature.measure(application) for feature in FEATURES)
        return [1.0] + [scale.standard(value) for scale, value in zip(self.scales, measured)]


def ranking_quality(loans: Sequence[Loan]) -> float:
    """Fit on three loans of four, then take every failed and every repaid one of the rest:
    the share of pairs in which the failed one has the higher risk (the area under the ROC curve)."""
    unseen = loans[::4]
    card = Scorecard([loan for number, loan in enumerate(loans) if number % 4])
    failed = [card.risk(loan.application) for loan in unseen if loan.defaulted]
    repaid = [card.risk(loan.application) for loan in unseen if not loan.defaulted]
    right = sum((bad > good) + 0.5 * (bad == good) for bad in failed for good in repaid)
    return right / (len(failed) * len(repaid))


def _scale(values: Sequence[float]) -> Scale:
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return Scale(mean, deviation, min(values), max(values))


def _logistic_fit(rows: Sequence[Sequence[float]], failed: Sequence[bool], rounds: int = 8) -> List[float]:
    """Newton's method; with standardised columns it settles in a few rounds."""
    size = len(rows[0])
    weights = [0.0] * size
    for _ in range(rounds):
        risks = [_logistic(_dot(row, weights)) for row in rows]
        slope = [sum(row[i] * (fail - risk) for row, fail, risk in zip(rows, failed, risks)) for i in range(size)]
        bend = [
            [sum(risk * (1 - risk) * row[i] * row[j] for row, risk in zip(rows, risks)) for j in range(size)]
            for i in range(size)
        ]
        weights = [weight + step for weight, step in zip(weights, _solve(bend, slope))]
    return weights


def _solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> List[float]:
    """Gaussian elimination. The matrix is positive definite, so no pivoting is needed."""
    work = [[*line, value] for line, value in zip(matrix, right)]
    size = len(work)
    for column in range(size):
        for row in range(column + 1, size):
            factor = work[row][column] / work[column][column]
            work[row] = [cell - factor * head for cell, head in zip(work[row], work[column])]
    answer = [0.0] * size
    for row in reversed(range(size)):
        known = sum(work[row][column] * answer[column] for column in range(row + 1, size))
        answer[row] = (work[row][size] - known) / work[row][row]
    return answer


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(left, right))


def _logistic(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
