"""The forecast: a regression on the logarithm of weekly sales, plus what is left of the last surprise.

Working on the logarithm makes effects multiply, as they do in shops: a promotion adds a share
of the week's sales, not an amount.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import List, NamedTuple, Sequence

from .data import FIRST_WEEK, Week
from .regression import dot, least_squares
from .shopping_days import christmas_share, easter_share


class Outlook(NamedTuple):
    """A forecast, euros throughout."""

    weeks: List[Week]
    total: float


class Model:
    """Fitted to one store's history."""

    def __init__(self, history: Sequence[Week]) -> None:
        self.history = history
        rows = _rows(history)
        self._fit = least_squares(rows, [math.log(week.sales) for week in history])
        left = self._fit.residuals
        self._persistence = min(0.95, max(0.0, dot(left[1:], left[:-1]) / dot(left, left)))

    def outlook(self, discounts: Sequence[float]) -> Outlook:
        """The coming weeks, one for each discount planned (0 is no promotion)."""
        last, weeks = self.history[-1], len(discounts)
        to_come = [
            Week(last.start + timedelta(weeks=number), 0.0, discount)
            for number, discount in enumerate(discounts, start=1)
        ]
        rows = _rows([last, *to_come])[1:]
        carry = [self._persistence**number * self._fit.residuals[-1] for number in range(1, weeks + 1)]
        logs = [dot(row, self._fit.coefficients) + rest for row, rest in zip(rows, carry)]
        sales = [math.exp(value) for value in logs]
        return Outlook([week._replace(sales=value) for week, value in zip(to_come, sales)], sum(sales))


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
