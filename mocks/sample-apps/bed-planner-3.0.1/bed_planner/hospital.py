"""A made-up hospital: its wards, who comes and how long they stay.

Every day's admissions are drawn from a seed of ward and date, so that any fortnight
can be planned and looks the same on every machine.
"""

from __future__ import annotations

import math
import random
from datetime import date
from functools import lru_cache
from statistics import NormalDist
from typing import Dict, NamedTuple, Tuple


class Ward(NamedTuple):
    name: str
    beds: int
    """Staffed every night."""
    reserve: int
    """Beds that can be staffed at short notice."""
    emergencies: float
    """Admissions on an average day."""
    planned: Tuple[int, int, int, int, int, int, int]
    """Admissions by appointment, Monday to Sunday."""
    stay: float
    """Median, in days."""
    spread: float
    """Standard deviation of the stay's logarithm."""
    winter: float
    """Extra emergencies in mid-January, as a share; as many fewer in July."""
    group: str
    """Wards of one group can look after each other's patients."""


WARDS: Dict[str, Ward] = {
    "medicine": Ward("General medicine", 60, 6, 7.6, (1, 1, 0, 1, 0, 0, 0), 3.6, 0.75, 0.16, "medical"),
    "cardiology": Ward("Cardiology", 36, 3, 4.5, (2, 2, 2, 2, 1, 0, 0), 3.2, 0.65, 0.10, "medical"),
    "geriatrics": Ward("Geriatrics", 33, 2, 2.5, (1, 0, 1, 0, 0, 0, 0), 7.0, 0.55, 0.12, "medical"),
    "surgery": Ward("Surgery", 42, 4, 4.2, (6, 6, 5, 5, 3, 0, 0), 2.8, 0.70, 0.00, "surgical"),
    "orthopaedics": Ward("Orthopaedics", 34, 3, 2.5, (5, 4, 4, 4, 2, 0, 0), 3.6, 0.60, 0.08, "surgical"),
    "paediatrics": Ward("Paediatrics", 30, 4, 4.8, (1, 1, 1, 1, 1, 0, 0), 2.0, 0.70, 0.30, "paediatrics"),
    "maternity": Ward("Maternity", 27, 2, 6.0, (1, 1, 1, 1, 1, 0, 0), 2.3, 0.45, 0.00, "maternity"),
    "intensive": Ward("Intensive care", 14, 2, 1.9, (1, 1, 1, 1, 0, 0, 0), 2.8, 0.85, 0.10, "intensive"),
}

WEEKDAY_FACTORS = (1.12, 1.03, 1.00, 0.99, 1.04, 0.92, 0.90)
"""Emergencies against an average day, Monday to Sunday."""

SEASONS: Dict[str, Dict[str, float]] = {
    "usual": {},
    "flu": {"medicine": 1.25, "geriatrics": 1.2, "paediatrics": 1.35, "intensive": 1.25, "cardiology": 1.05},
    "heat": {"medicine": 1.12, "geriatrics": 1.3, "cardiology": 1.15, "intensive": 1.1},
    "ice": {"orthopaedics": 1.5, "surgery": 1.1, "intensive": 1.1},
}
"""What a season does to a ward's emergencies; 1 where it says nothing."""


def emergencies(ward_id: str, day: date, season: str = "usual") -> float:
    """Emergency admissions expected that day."""
    ward = WARDS[ward_id]
    from_mid_january = (day.timetuple().tm_yday - 15) / 365.25
    wave = 1 + ward.winter * math.cos(2 * math.pi * from_mid_january)
    return ward.emergencies * WEEKDAY_FACTORS[day.weekday()] * wave * SEASONS[season].get(ward_id, 1.0)


def staying(ward: Ward, nights: int) -> float:
    """Probability that a patient is still there so many nights after the first; 1 for 0."""
    if nights <= 0:
        return 1.0
    return 1 - NormalDist().cdf(math.log(nights / ward.stay) / ward.spread)


@lru_cache(maxsize=8192)
def stays(ward_id: str, day: date) -> Tuple[float, ...]:
    """Of each patient admitted that day: days until they leave."""
    ward = WARDS[ward_id]
    chance = random.Random(f"{ward_id} {day}")
    count = _poisson(chance, emergencies(ward_id, day)) + ward.planned[day.weekday()]
    return tuple(chance.lognormvariate(math.log(ward.stay), ward.spread) for _ in range(count))


def _poisson(chance: random.Random, mean: float) -> int:
    """Knuth's method: quick for the small means of a ward."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count
