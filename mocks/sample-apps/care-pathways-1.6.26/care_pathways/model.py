"""The pathways, read from the weekly extract of the ward system."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Dict, List, NamedTuple

EXTRACT = Path("data/pathways.csv")


class Step(NamedTuple):
    name: str
    target: float
    """Days."""
    days: float
    """Median of the past quarter."""
    patients: int
    """Who wait now."""

    @property
    def held_up(self) -> float:
        """Patient days beyond the target."""
        return max(0.0, self.days - self.target) * self.patients


def read(extract: Path) -> Dict[str, List[Step]]:
    """The steps of each pathway, in their order."""
    pathways: Dict[str, List[Step]] = {}
    with extract.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            step = Step(row["step"], float(row["target_days"]), float(row["median_days"]), int(row["waiting"]))
            pathways.setdefault(row["pathway"], []).append(step)
    return pathways


PATHWAYS = read(EXTRACT)
