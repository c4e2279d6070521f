"""The forecast: a regression on the logarithm of weekly sales, plus what is left of the last surprise.

Working on the logarithm makes effects multiply, as they do in shops: a promotion adds a share
of the week's sales, not an amount.
"""

from __future__ import annotations

import math
from datetime import timedelta
from statistics import NormalDist
from typing import Dict, List, NamedTuple, Sequence, Tuple

from .data import FIRST_WEEK, Week
from .regression import dot, least_squares, quadratic
from .shopping_days import christmas_share, easter_share

DRIVERS: Dict[str, Tuple[int, ...]] = {
    "Growth": (1,),
    "Season": (2, 3, 4, 5),
    "Christmas and Easter": (6, 7),
    "Promotions": (8, 9),
}
"""The columns of `_features` that make up each driver."""
CARRY = "Recent weeks"
TEST_WEEKS = 26


class Outlook(NamedTuple):
    """A forecast, euros throughout. Low and high bound each week by itself."""

    weeks: List[Week]
    low: List[float]
    high: List[float]
    total: float
    total_low: float
    total_high: float
    drivers: List[Tuple[str, float]]
    """Each driver's effect against the last 52 weeks, as a share (0.1 is +10 %)."""


class Check(NamedTuple):
    """How the model did on weeks it had not seen, knowing their promotions."""

    error: float
    """Mean absolute error, as a share of sales."""
    naive_error: float
    """The same for "as in this week last year"."""
    inside: int
    """Weeks that fell within their 80 % range."""
    weeks: int


class Model:
    """Fitted to one store's history."""

    def __init__(self, history: Sequence[Week]) -> None:
        self.history = history
        rows = _rows(history)
        self._fit = least_squares(rows, [math.log(week.sales) for week in history])
        self._last_year = [sum(column) / 52 for column in zip(*rows[-52:])]
        left = self._fit.residuals
        self._persistence = min(0.95, max(0.0, dot(left[1:], left[:-1]) / dot(left, left)))
        surprises = [now - self._persistence * before for before, now in zip(left, left[1:])]
        self._variance = dot(surprises, surprises) / (len(surprises) - len(rows[0]))

    def outlook(self, discounts: Sequence[float], level: float = 0.8) -> Outlook:
        """The coming weeks, one for each discount planned (0 is no promotion);
        `level` is the share of cases a range should hold."""
        last, weeks = self.history[-1], len(discounts)
        to_come = [
            Week(last.start + timedelta(weeks=number), 0.0, discount)
            for number, discount in enumerate(discounts, start=1)
        ]
        rows = _rows([last, *to_come])[1:]
        carry = [self._persistence**number * self._fit.residuals[-1] for number in range(1, weeks + 1)]
        logs = [dot(row, self._fit.coefficients) + rest for row, rest in zip(rows, carry)]
        sales = [math.exp(value) for value in logs]

        z = NormalDist().inv_cdf((1 + level) / 2)
        reach = [z * math.sqrt(self._covariance(rows, n, n)) for n in range(weeks)]
        # First-order propagation: a week's euros move by its sales times the change of its logarithm.
        total_variance = sum(
            sales[m] * sales[n] * self._covariance(rows, m, n) for m in range(weeks) for n in range(weeks)
        )
        total, total_reach = sum(sales), z * math.sqrt(total_variance)
        return Outlook(
            [week._replace(sales=value) for week, value in zip(to_come, sales)],
            [value * math.exp(-width) for value, width in zip(sales, reach)],
            [value * math.exp(width) for value, width in zip(sales, reach)],
            total,
            max(0.0, total - total_reach),
            total + total_reach,
            self._drivers(rows, carry),
        )

    def _covariance(self, rows: Sequence[Sequence[float]], m: int, n: int) -> float:
        """Between the logarithms of two weeks to come: surprises that persist, and coefficients
        known only so well."""
        p = self._persistence
        persisting = p ** abs(m - n) * (1 - p ** (2 * min(m, n) + 2)) / (1 - p * p)
        # Weeks that resemble their neighbours teach less than as many independent ones would.
        repetition = (1 + p) / (1 - p)
        return self._variance * persisting + repetition * quadratic(rows[m], self._fit.covariance, rows[n])

    def _drivers(self, rows: Sequence[Sequence[float]], carry: Sequence[float]) -> List[Tuple[str, float]]:
        ahead = [sum(column) / len(rows) for column in zip(*rows)]
        effects = []
        for name, columns in DRIVERS.items():
            change = sum(self._fit.coefficients[i] * (ahead[i] - self._last_year[i]) for i in columns)
            effects.append((name, math.exp(change) - 1))
        effects.append((CARRY, math.exp(sum(carry) / len(carry)) - 1))
        return sorted(effects, key=lambda effect: -abs(effect[1]))


def check(history: Sequence[Week]) -> Check:
    """Fit without the last `TEST_WEEKS` weeks, then forecast them."""
    known, unseen = history[:-TEST_WEEKS], history[-TEST_WEEKS:]
    outlook = Model(known).outlook([week.discount for week in unseen])
    year_before = history[-TEST_WEEKS - 52 : -52]
    return Check(
        _error(outlook.weeks, unseen),
        _error(year_before, unseen),
        sum(low <= week.sales <= high for low, week, high in zip(outlook.low, unseen, outlook.high)),
        TEST_WEEKS,
    )


def _error(forecast: Sequence[Week], actual: Sequence[Week]) -> float:
    return sum(abs(said.sales / was.sales - 1) for said, was in zip(forecast, actual)) / len(actual)


def _rows(weeks: Sequence[Week]) -> List[List[float]]:
    """The regression's rows. The first week is taken to follow one without a promotion."""
    rows = []
    discount_before = 0.0
    for week in weeks:
        rows.append(_features(week, discount_before))
        discount_before = week.discount
    return rows


def _features(week: Week, discount_before: float) -> List[float]:
    angle = 2 * math.pi * week.start.timetuple().tm_yday / 365.25
    return [
        1.0,
        (week.start - FIRST_WEEK).days / 365.25,
        math.cos(angle),
        math.sin(angle),
        math.cos(2 * angle),
        math.sin(2 * angle),
        christmas_share(week.start),
        easter_share(week.start),
        week.discount,
        discount_before,  # shoppers who stocked up stay away
    ]
