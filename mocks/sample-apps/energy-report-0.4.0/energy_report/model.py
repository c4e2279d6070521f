"""Generated meters of five buildings, and what the weather would have them use."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from typing import Dict, List, NamedTuple, Tuple

from heating_degree_days import by_month

FIRST = date(2023, 7, 1)
MONTHS = 24
"""Two heating years, from July to June."""


class Building(NamedTuple):
    name: str
    area: int
    """Square metres."""
    base_load: float
    """kWh a month, whatever the weather."""
    per_degree_day: float
    """kWh."""
    change: float
    """Of the latter in the second year, as a share."""
    fault: int
    """The month in which a valve was stuck, counted from 0; −1 for none."""


BUILDINGS: Dict[str, Building] = {
    "town-hall": Building("Town hall", 4200, 5200, 148, -0.03, 20),
    "school": Building("Primary school", 3100, 3600, 122, -0.19, -1),
    "library": Building("Library", 1600, 2100, 51, 0.02, -1),
    "sports-hall": Building("Sports hall", 2400, 6900, 96, 0.11, 16),
    "day-care": Building("Day-care centre", 900, 1300, 34, -0.06, -1),
}


def weather() -> List[Tuple[date, float]]:
    """Daily mean temperatures; the second winter is the milder one."""
    chance = random.Random("weather station")
    days, drift, day = [], 0.0, FIRST
    while day < date(FIRST.year + 2, FIRST.month, 1):
        drift = 0.8 * drift + chance.gauss(0, 1.7)
        year_share = (day.timetuple().tm_yday - 20) / 365.25
        mild = 1.3 if day >= date(FIRST.year + 1, 9, 1) else 0.0
        days.append((day, 10.2 + mild - 9.3 * math.cos(2 * math.pi * year_share) + drift))
        day += timedelta(days=1)
    return days


WEATHER = weather()


def _metered(building_id: str) -> List[float]:
    chance, building = random.Random(f"meter of {building_id}"), BUILDINGS[building_id]
    used = []
    for number, degree_days in enumerate(by_month(WEATHER).values()):
        rate = building.per_degree_day * (1 + (building.change if number >= 12 else 0))
        extra = 1.35 if number == building.fault else 1.0
        used.append(round((building.base_load + rate * degree_days) * extra * chance.gauss(1, 0.025)))
    return used


METERS = {building_id: _metered(building_id) for building_id in BUILDINGS}


class Month(NamedTuple):
    first: date
    degree_days: float
    used: float
    """kWh."""
    expected: float
    """kWh, from last year's line and this month's weather."""

    @property
    def off(self) -> float:
        return self.used / self.expected - 1


class Report(NamedTuple):
    building: Building
    before: List[Month]
    now: List[Month]
    base_load: float
    per_degree_day: float

    @property
    def used(self) -> float:
        return sum(month.used for month in self.now)

    @property
    def change(self) -> float:
        """As metered."""
        return self.used / sum(month.used for month in self.before) - 1

    @property
    def without_weather(self) -> float:
        return self.used / sum(month.expected for month in self.now) - 1


def report(building_id: str, base: float) -> Report:
    """`base`: from which outdoor temperature no heating is needed."""
    months, meters = by_month(WEATHER, base), METERS[building_id]
    needs = list(months.values())
    slope, load = _line(needs[:12], meters[:12])
    lines = [
        Month(first, need, used, max(1.0, load + slope * need)) for (first, need), used in zip(months.items(), meters)
    ]
    return Report(BUILDINGS[building_id], lines[:12], lines[12:], load, slope)


def _line(xs: List[float], ys: List[float]) -> Tuple[float, float]:
    """Slope and intercept by least squares."""
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)
    return slope, y - slope * x
