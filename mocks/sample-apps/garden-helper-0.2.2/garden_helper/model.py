"""The vegetables' calendar, counted from the last frost, and a week of generated weather."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from typing import Dict, List, NamedTuple, Optional, Tuple


class Place(NamedTuple):
    name: str
    last_frost: Tuple[int, int]
    """Month and day after which frost is rare."""
    warmth: float
    """Mean of the year, in degrees Celsius."""


PLACES: Dict[str, Place] = {
    "coast": Place("By the sea", (4, 10), 11.0),
    "lowland": Place("Lowland", (4, 28), 10.2),
    "hills": Place("Hills", (5, 15), 8.4),
    "mountain": Place("Mountain valley", (5, 28), 6.8),
}
Weeks = Optional[Tuple[int, int]]


class Vegetable(NamedTuple):
    """Spans are in weeks from the last frost, first and last, both included."""

    name: str
    indoors: Weeks
    outside: Weeks
    plant_out: Weeks
    harvest: Weeks
    thirst: float
    """Water, against a lawn."""


VEGETABLES = (
    Vegetable("Beetroot", None, (-2, 8), None, (9, 22), 0.9),
    Vegetable("Broad bean", None, (-9, -2), None, (7, 12), 0.8),
    Vegetable("Carrot", None, (-5, 9), None, (8, 24), 0.8),
    Vegetable("Courgette", (-4, -1), (1, 3), (1, 4), (8, 20), 1.2),
    Vegetable("Cucumber", (-4, -1), (2, 4), (2, 4), (9, 18), 1.3),
    Vegetable("French bean", None, (1, 9), None, (9, 19), 0.9),
    Vegetable("Kale", (-4, 3), None, (2, 9), (18, 34), 0.9),
    Vegetable("Leek", (-10, -6), None, (1, 6), (18, 34), 0.9),
    Vegetable("Lettuce", (-7, 8), (-3, 12), (-3, 13), (3, 20), 1.1),
    Vegetable("Onion sets", None, (-7, -2), None, (13, 18), 0.7),
    Vegetable("Parsnip", None, (-6, 1), None, (20, 34), 0.7),
    Vegetable("Pea", None, (-8, 3), None, (6, 13), 0.9),
    Vegetable("Potato", None, None, (-4, 1), (10, 19), 1.0),
    Vegetable("Pumpkin", (-4, -1), (1, 2), (1, 4), (15, 21), 1.1),
    Vegetable("Radish", None, (-6, 16), None, (-1, 21), 1.0),
    Vegetable("Tomato", (-8, -4), None, (1, 4), (11, 21), 1.2),
)
TASKS = {"indoors": "Sow indoors", "outside": "Sow outside", "plant_out": "Plant out", "harvest": "Harvest"}


class Day(NamedTuple):
    day: date
    low: float
    high: float
    rain: float
    """Millimetres."""

    @property
    def use(self) -> float:
        """Millimetres that a lawn uses, after Hargreaves, with the radiation of 50° north."""
        angle = 2 * math.pi * (self.day.timetuple().tm_yday - 172) / 365.25
        radiation = 10 + 6.5 * math.cos(angle)
        swing = max(0.0, self.high - self.low)
        return max(0.0, 0.0023 * radiation * ((self.high + self.low) / 2 + 17.8) * math.sqrt(swing))


def forecast(place_id: str, first: date) -> List[Day]:
    """Seven days. Takes the place of the weather service, whose answer needs a token."""
    days = []
    drift = random.Random(f"week of {place_id} {first.isocalendar()[:2]}").gauss(0, 2.5)
    for n in range(7):
        day = first + timedelta(days=n)
        chance = random.Random(f"{place_id} {day}")
        mean = PLACES[place_id].warmth - 9 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 20) / 365.25)
        mean += drift + chance.gauss(0, 1.4)
        wet = chance.random() < 0.36
        swing = chance.uniform(2, 4) if wet else chance.uniform(4, 7.5)
        days.append(Day(day, mean - swing, mean + swing, round(chance.expovariate(0.25), 1) if wet else 0.0))
    return days


def weeks_from_frost(place_id: str, day: date) -> int:
    """Against the frost of the same year; in autumn and winter against the next one."""
    month, number = PLACES[place_id].last_frost
    frost = date(day.year, month, number)
    if (day - frost).days > 35 * 7:
        frost = date(day.year + 1, month, number)
    return (day - frost).days // 7


def tasks(week: int) -> Dict[str, List[str]]:
    """What can be done, by the keys of TASKS."""
    return {task: [one.name for one in VEGETABLES if _within(getattr(one, task), week)] for task in TASKS}


def doing(vegetable: Vegetable, week: int) -> str:
    """The task of the week, or nothing; the earlier one where two would do."""
    return next((task for task in TASKS if _within(getattr(vegetable, task), week)), "")


def grows(vegetable: Vegetable, week: int) -> bool:
    """Whether it stands in the beds."""
    starts = [weeks[0] for weeks in (vegetable.outside, vegetable.plant_out) if weeks]
    return bool(starts and vegetable.harvest and min(starts) <= week <= vegetable.harvest[1])


def _within(weeks: Weeks, week: int) -> bool:
    return weeks is not None and weeks[0] <= week <= weeks[1]
