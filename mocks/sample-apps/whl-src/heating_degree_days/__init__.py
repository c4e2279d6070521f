"""Heating degree days: how much heating the weather asked for.

A day adds as many degree days as its mean temperature lies below the base, the outdoor
temperature from which a building needs no heating.
"""

from datetime import date
from typing import Dict, Iterable, Tuple

__all__ = ["BASE", "by_month", "degree_days"]
__version__ = "1.0.0"

BASE = 15.5
"""Degrees Celsius; usual in Europe for ordinary buildings."""


def degree_days(temperatures: Iterable[float], base: float = BASE) -> float:
    """The sum over daily mean temperatures, in degrees Celsius."""
    return sum(max(0.0, base - temperature) for temperature in temperatures)


def by_month(days: Iterable[Tuple[date, float]], base: float = BASE) -> Dict[date, float]:
    """Degree days of each month, by its first day, in the order of the days."""
    months: Dict[date, float] = {}
    for day, temperature in days:
        first = day.replace(day=1)
        months[first] = months.get(first, 0.0) + degree_days((temperature,), base)
    return months
