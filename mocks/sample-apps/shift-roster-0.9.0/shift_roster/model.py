"""The rules of a roster, and the search for a fair one."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import lru_cache
from typing import Dict, FrozenSet, List, NamedTuple, Tuple

DAYS = 14
SHIFTS: Dict[str, str] = {"E": "Early", "L": "Late", "N": "Night"}
MOST_IN_SEVEN, MOST_NIGHTS = 5, 3
TRIES = 6_000
OFF = ""


class Person(NamedTuple):
    name: str
    share: float
    """Of a full post."""
    nights: bool


PEOPLE = tuple(
    Person(name, share, nights)
    for name, share, nights in (
        ("Amara", 1.0, True),
        ("Bruno", 1.0, True),
        ("Chloé", 0.8, True),
        ("Deniz", 1.0, True),
        ("Elif", 0.6, False),
        ("Farid", 1.0, True),
        ("Greta", 0.8, True),
        ("Hiro", 1.0, True),
        ("Ines", 0.5, False),
        ("Jamal", 1.0, True),
        ("Kaja", 0.8, True),
        ("Luca", 1.0, True),
        ("Mina", 0.6, True),
        ("Noor", 1.0, False),
    )
)
Grid = List[List[str]]
"""For each person and day a shift, or OFF."""


class Need(NamedTuple):
    """People for each shift."""

    early: int
    late: int
    night: int

    def of(self, shift: str) -> int:
        return {"E": self.early, "L": self.late, "N": self.night}[shift]


class Roster(NamedTuple):
    grid: Grid
    wishes: List[FrozenSet[int]]
    """The days that each person wants off."""
    open: List[Tuple[int, str]]
    """Day and shift of places that nobody can take."""
    fair: List[float]
    """Shifts that would be fair for each person."""


def wishes(start: date) -> List[FrozenSet[int]]:
    """Of everybody for the fortnight; generated."""
    chance = random.Random(f"wishes from {start}")
    found = []
    for _ in PEOPLE:
        first, many = chance.randrange(DAYS), chance.choice((0, 1, 1, 2, 3))
        found.append(frozenset(range(first, min(DAYS, first + many))))
    return found


def allowed(person: Person, row: List[str], day: int, shift: str) -> bool:
    """Whether the rules let this person, with this row, take the shift."""
    if row[day] or (shift == "N" and not person.nights):
        return False
    before, after = row[day - 1] if day else OFF, row[day + 1] if day + 1 < DAYS else OFF
    if before == "N" and shift != "N" or shift == "N" and after not in (OFF, "N"):
        return False
    if before == "L" and shift == "E" or shift == "L" and after == "E":
        return False
    work = [bool(one) for one in row]
    work[day] = True
    if any(sum(work[first : first + 7]) > MOST_IN_SEVEN for first in range(max(0, day - 6), day + 1)):
        return False
    if shift == "N":
        first = last = day
        while first > 0 and row[first - 1] == "N":
            first -= 1
        while last + 1 < DAYS and row[last + 1] == "N":
            last += 1
        return last - first + 1 <= MOST_NIGHTS
    return True


@lru_cache(maxsize=64)
def make(start: date, need: Need, wish_weight: float) -> Roster:
    wanted = wishes(start)
    places = DAYS * sum(need)
    posts = sum(person.share for person in PEOPLE)
    fair = [places * person.share / posts for person in PEOPLE]
    chance = random.Random(f"{start} {need} {wish_weight}")
    grid: Grid = [[OFF] * DAYS for _ in PEOPLE]
    missing: List[Tuple[int, str]] = []
    for day in range(DAYS):
        for shift in ("N", "L", "E"):
            for _ in range(need.of(shift)):
                able = [n for n, person in enumerate(PEOPLE) if allowed(person, grid[n], day, shift)]
                if not able:
                    missing.append((day, shift))
                    continue
                lack = {n: fair[n] * (day + 1) / DAYS - sum(map(bool, grid[n])) for n in able}
                best = max(able, key=lambda n: (lack[n] - wish_weight * (day in wanted[n]), chance.random()))
                grid[best][day] = shift
    weekends = [n for n in range(DAYS) if (start + timedelta(days=n)).weekday() >= 5]

    def cost(person: int) -> float:
        """How unfair one person's row is to them."""
        row = grid[person]
        load = sum(map(bool, row)) - fair[person]
        free_days = sum(bool(row[n]) for n in weekends) - len(weekends) * fair[person] / DAYS
        nights = sum(one == "N" for one in row)
        lone = sum(not row[n] and bool(row[n - 1]) and bool(row[n + 1]) for n in range(1, DAYS - 1))
        return (
            2 * load**2
            + free_days**2
            + 0.6 * nights**2
            + 0.4 * lone
            + 4 * wish_weight * sum(bool(row[day]) for day in wanted[person])
        )

    costs = [cost(n) for n in range(len(PEOPLE))]
    for _ in range(TRIES):
        giver, taker, day = chance.randrange(len(PEOPLE)), chance.randrange(len(PEOPLE)), chance.randrange(DAYS)
        gives, takes = grid[giver][day], grid[taker][day]
        if giver == taker or not gives or gives == takes:
            continue
        grid[giver][day] = grid[taker][day] = OFF
        fits = allowed(PEOPLE[taker], grid[taker], day, gives) and (
            not takes or allowed(PEOPLE[giver], grid[giver], day, takes)
        )
        if fits:
            grid[giver][day], grid[taker][day] = takes, gives
            new = cost(giver), cost(taker)
            if sum(new) < costs[giver] + costs[taker]:
                costs[giver], costs[taker] = new
                continue
        grid[giver][day], grid[taker][day] = gives, takes
    # Swaps may have made room.
    left = []
    for day, shift in missing:
        able = [n for n, person in enumerate(PEOPLE) if allowed(person, grid[n], day, shift)]
        if able:
            grid[min(able, key=lambda n: sum(map(bool, grid[n])) - fair[n])][day] = shift
        else:
            left.append((day, shift))
    return Roster(grid, wanted, left, fair)
