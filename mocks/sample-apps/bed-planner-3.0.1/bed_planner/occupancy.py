"""How many beds a ward will need: the patients it has, and those who will come.

Patients leave by the ward's own distribution of stays. Those present are independent
of each other and emergencies come by a Poisson process, so mean and variance of a night's
patients are sums, and no simulation is needed.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from statistics import NormalDist
from typing import List, NamedTuple

from .hospital import WARDS, emergencies, staying, stays

NIGHTS = 14
LONGEST_STAY = 75
"""Days; practically nobody stays longer."""


class Situation(NamedTuple):
    """What the plan assumes."""

    first: date
    """The first night planned."""
    season: str
    planned_share: float
    """Of the usual admissions by appointment, 0 to 1."""


class Night(NamedTuple):
    """A ward's coming night, in patients."""

    day: date
    emergencies: float
    planned: float
    leaving: float
    expected: float
    """In beds that night."""
    deviation: float
    """Standard deviation of `expected`."""

    def needed(self, level: float, fewer: float = 0.0) -> int:
        """Beds that suffice with probability `level`, with `fewer` patients than expected."""
        z = NormalDist().inv_cdf(level)
        # A count within half a patient of the bound still fits: the normal law stands in for whole numbers.
        return max(0, math.ceil(self.expected - fewer + z * self.deviation - 0.5))


def past(ward_id: str, night: date) -> int:
    """Patients who were in the ward on a night gone by."""
    return sum(stay > age for age in range(LONGEST_STAY) for stay in stays(ward_id, night - timedelta(days=age)))


def forecast(ward_id: str, situation: Situation) -> List[Night]:
    """The ward's coming nights."""
    ward = WARDS[ward_id]
    remaining = [staying(ward, nights) for nights in range(LONGEST_STAY + NIGHTS + 1)]
    present = _present(ward_id, situation.first)
    before = float(sum(present))
    coming: List[float] = []
    by_appointment: List[float] = []
    nights: List[Night] = []
    for number in range(NIGHTS):
        day = situation.first + timedelta(days=number)
        coming.append(emergencies(ward_id, day, situation.season))
        by_appointment.append(ward.planned[day.weekday()] * situation.planned_share)
        mean = variance = 0.0
        for age, count in enumerate(present):
            share = remaining[age + 1 + number] / remaining[age]
            mean += count * share
            variance += count * share * (1 - share)
        for arrived in range(number + 1):
            share = remaining[number - arrived]
            mean += (coming[arrived] + by_appointment[arrived]) * share
            variance += coming[arrived] * share + by_appointment[arrived] * share * (1 - share)
        leaving = before + coming[-1] + by_appointment[-1] - mean
        nights.append(Night(day, coming[-1], by_appointment[-1], leaving, mean, math.sqrt(variance)))
        before = mean
    return nights


def _present(ward_id: str, first: date) -> List[int]:
    """Patients in the ward the night before `first`, by the nights since their first."""
    return [sum(stay > age for stay in stays(ward_id, first - timedelta(days=1 + age))) for age in range(LONGEST_STAY)]
