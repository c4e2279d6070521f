"""Generated stock of three warehouses, and what to order."""

from __future__ import annotations

import math
import random
from statistics import NormalDist, fmean, pstdev
from typing import Dict, List, NamedTuple

WAREHOUSES: Dict[str, str] = {"lyon": "Lyon", "porto": "Porto", "graz": "Graz"}
DAYS = 60
"""Days of sales that are known."""
DUST = 180

_ARTICLES = (
    "Desk lamp|Door handle|Hinge, 80 mm|Wall plug, 8 mm|Cable drum|Work gloves|Paint, white 5 l|Sanding disc"
    "|Tape measure|Extension lead|Pipe clamp|Garden hose|Socket, double|Wood screw, 4×40|Spirit level|Dust mask"
    "|Brush set|Silicone, grey|Ladder, 3 m|Drill bit, 6 mm|Padlock|Smoke detector|Hand truck|Storage box"
).split("|")


class Article(NamedTuple):
    number: str
    name: str
    price: float
    """Euros each, as bought."""
    stock: int
    lead: int
    """Days from an order to its arrival."""
    sold: List[int]
    """Day by day, the oldest first."""

    @property
    def a_day(self) -> float:
        return fmean(self.sold)

    @property
    def days_left(self) -> float:
        return self.stock / self.a_day if self.a_day else math.inf

    def reorder_level(self, sure: float) -> float:
        """Stock that lasts until an order of today is there, with probability `sure`."""
        return self.a_day * self.lead + NormalDist().inv_cdf(sure) * pstdev(self.sold) * math.sqrt(self.lead)

    def to_order(self, days: int, sure: float) -> int:
        """Pieces that make the stock last `days` after they came; 0 while there is enough."""
        level = self.reorder_level(sure)
        if self.stock > level:
            return 0
        return math.ceil(level + self.a_day * days - self.stock)


def _stock(warehouse: str) -> List[Article]:
    chance = random.Random(f"shelves of {warehouse}")
    articles = []
    for n, name in enumerate(_ARTICLES):
        pace = chance.lognormvariate(1.6, 0.9)
        weekly = [1.1, 1.0, 0.9, 1.0, 1.3, 0.7, 0.0]
        sold = [max(0, round(chance.gauss(pace * weekly[day % 7], math.sqrt(pace)))) for day in range(DAYS)]
        stock = round(fmean(sold) * chance.choice((2, 6, 14, 25, 30, 40, 60, 90, 260)) * chance.uniform(0.7, 1.3))
        articles.append(
            Article(
                f"{chance.randint(10, 99)}-{4100 + 13 * n}",
                name,
                round(chance.lognormvariate(2.1, 0.9), 2),
                stock,
                chance.choice((3, 5, 8, 12)),
                sold,
            )
        )
    return articles


STOCK = {warehouse: _stock(warehouse) for warehouse in WAREHOUSES}
