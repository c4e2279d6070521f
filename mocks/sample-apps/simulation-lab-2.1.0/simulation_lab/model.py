"""Projects, and what happens when they are played many times."""

from __future__ import annotations

import math
import random
from functools import lru_cache
from typing import Dict, List, NamedTuple, Sequence, Tuple

from .fit import fit_all, students

PLAYS = 4_000
LEAST, MOST = 0.3, 6.0
"""No task takes less or more than so many times its estimate."""


class Task(NamedTuple):
    name: str
    kind: str
    estimate: float
    """Working days of one person."""
    after: Tuple[int, ...]
    """Places of the tasks that must be done before, all earlier in the list."""


class Project(NamedTuple):
    name: str
    tasks: Tuple[Task, ...]


PROJECTS: Dict[str, Project] = {
    "shop": Project(
        "Web shop",
        (
            Task("Ask customers", "Design", 8, ()),
            Task("Draw the pages", "Design", 12, (0,)),
            Task("Catalogue", "Building", 15, (0,)),
            Task("Pages", "Building", 20, (1,)),
            Task("Basket", "Building", 12, (1, 2)),
            Task("Payment", "Joining up", 10, (4,)),
            Task("Stock system", "Joining up", 14, (2,)),
            Task("Load test", "Testing", 6, (5, 6)),
            Task("Acceptance", "Testing", 8, (3, 5, 6)),
            Task("Opening", "Delivery", 4, (7, 8)),
        ),
    ),
    "move": Project(
        "Data centre move",
        (
            Task("List what runs", "Design", 10, ()),
            Task("Plan the nights", "Design", 8, (0,)),
            Task("Racks and power", "Building", 12, (0,)),
            Task("Network", "Building", 14, (2,)),
            Task("Copy data", "Joining up", 16, (3,)),
            Task("Name services", "Joining up", 6, (3,)),
            Task("Rehearsal", "Testing", 9, (1, 4, 5)),
            Task("First night", "Delivery", 3, (6,)),
            Task("Second night", "Delivery", 3, (7,)),
        ),
    ),
    "model": Project(
        "Demand model",
        (
            Task("Collect data", "Joining up", 12, ()),
            Task("Clean data", "Building", 10, (0,)),
            Task("Features", "Design", 8, (1,)),
            Task("First model", "Building", 9, (2,)),
            Task("Service", "Building", 12, (0,)),
            Task("Dashboards", "Building", 8, (4,)),
            Task("Shadow run", "Testing", 15, (3, 4)),
            Task("Hand over", "Delivery", 5, (5, 6)),
        ),
    ),
}

FITS = fit_all()
_STUDENTS = students(8192)


class Outcome(NamedTuple):
    days: List[float]
    """Working days of the whole project, one for each play, the shortest first."""
    medians: List[float]
    """Of each task."""
    decisive: List[float]
    """How often each task is on the chain that decides the end, as a share."""

    def quantile(self, share: float) -> float:
        return self.days[min(len(self.days) - 1, int(share * len(self.days)))]

    def chance(self, days: float) -> float:
        """To be done within so many working days."""
        return sum(value <= days for value in self.days) / len(self.days)


@lru_cache(maxsize=64)
def play(project_id: str, people: int) -> Outcome:
    tasks, chance = PROJECTS[project_id].tasks, random.Random(f"{project_id} {people}")
    ends: List[float] = []
    took: List[List[float]] = [[] for _ in tasks]
    decisive = [0] * len(tasks)
    for _ in range(PLAYS):
        days = [_days(task, chance) for task in tasks]
        end, chain = _once(tasks, days, people)
        ends.append(end)
        for number, value in enumerate(days):
            took[number].append(value)
        for number in chain:
            decisive[number] += 1
    return Outcome(sorted(ends), [sorted(values)[PLAYS // 2] for values in took], [n / PLAYS for n in decisive])


def _days(task: Task, chance: random.Random) -> float:
    draws = FITS[task.kind].draws
    centre, width = draws[int(chance.random() * len(draws))]
    off = centre + width * _STUDENTS[int(chance.random() * len(_STUDENTS))]
    return task.estimate * min(MOST, max(LEAST, math.exp(max(-3.0, min(3.0, off)))))


def _once(tasks: Sequence[Task], days: Sequence[float], people: int) -> Tuple[float, List[int]]:
    """When the project ends, and the chain of tasks that decided it. Whoever is free takes the next task."""
    ends: List[float] = []
    waited: List[int] = []
    free, last = [0.0] * people, [-1] * people
    for number, task in enumerate(tasks):
        ready = max((ends[before] for before in task.after), default=0.0)
        # The person who waits least for it; among those who wait, the one that became free last.
        one = max(range(people), key=lambda n: (free[n] <= ready, free[n] if free[n] <= ready else -free[n]))
        start = max(ready, free[one])
        if free[one] > ready:
            waited.append(last[one])
        else:
            waited.append(next((before for before in task.after if ends[before] == ready), -1))
        ends.append(start + days[number])
        free[one], last[one] = ends[number], number
    number = max(range(len(tasks)), key=lambda n: ends[n])
    end, chain = ends[number], []
    while number >= 0:
        chain.append(number)
        number = waited[number]
    return end, chain
