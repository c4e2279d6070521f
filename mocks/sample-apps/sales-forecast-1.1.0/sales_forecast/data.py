"""Generated sample data: six stores, three years of weekly sales. The same on every machine."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from typing import Dict, List, NamedTuple

from .shopping_days import christmas_share, easter_share

WEEKS = 156
FIRST_WEEK = date(2022, 10, 31)
"""A Monday, as every week's start is."""


class Week(NamedTuple):
    """One store's week."""

    start: date
    sales: float
    """Euros."""
    discount: float
    """Share off the price during a promotion, 0 without one."""


class Store(NamedTuple):
    name: str
    weekly_sales: float
    """Euros in an ordinary week at the start of the data."""
    growth: float
    """Change of the logarithm of sales a year."""
    swing: float
    """Height of the yearly wave, on the logarithm."""
    peak: float
    """When the wave is highest, as a share of the year."""
    christmas: float
    noise: float


STORES: Dict[str, Store] = {
    "harbour-street": Store("Harbour Street", 84_000, 0.05, 0.12, 0.54, 0.42, 0.035),
    "mill-lane": Store("Mill Lane", 41_500, 0.02, 0.05, 0.90, 0.36, 0.045),
    "north-gate": Store("North Gate", 62_000, 0.08, 0.06, 0.45, 0.55, 0.040),
    "old-town": Store("Old Town", 36_800, -0.06, 0.10, 0.50, 0.48, 0.050),
    "station-arcade": Store("Station Arcade", 55_200, 0.03, 0.08, 0.75, 0.25, 0.040),
    "university": Store("University", 29_400, 0.04, 0.22, 0.98, 0.10, 0.055),
}


def weekly_sales(store_id: str) -> List[Week]:
    """The store's history, oldest week first."""
    store = STORES[store_id]
    chance = random.Random(f"till of {store_id}")
    weeks: List[Week] = []
    drift = discount = 0.0
    for number in range(WEEKS):
        start = FIRST_WEEK + timedelta(weeks=number)
        earlier, discount = discount, _discount(chance, discount)
        drift = 0.55 * drift + chance.gauss(0, store.noise)
        year_share = start.timetuple().tm_yday / 365.25
        log_sales = (
            math.log(store.weekly_sales)
            + store.growth * number / 52
            + store.swing * math.cos(2 * math.pi * (year_share - store.peak))
            + store.christmas * christmas_share(start)
            + 0.10 * easter_share(start)
            + 1.3 * discount
            - 0.4 * earlier
            + drift
        )
        weeks.append(Week(start, round(math.exp(log_sales)), discount))
    return weeks


def _discount(chance: random.Random, running: float) -> float:
    """Promotions start about every ninth week and often run for two."""
    if running and chance.random() < 0.5:
        return running
    if not running and chance.random() < 0.11:
        return chance.choice((0.1, 0.2, 0.3))
    return 0.0
