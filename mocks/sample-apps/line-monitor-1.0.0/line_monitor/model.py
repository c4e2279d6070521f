"""Readings of the line: a function of machine and second, so that everybody sees the same."""

from __future__ import annotations

import math
import random
from functools import lru_cache
from typing import Dict, NamedTuple

BLOCK = 45
"""A jam lasts so many seconds."""
RAMP = 8
"""Seconds until a machine has stopped, or is up to speed again."""


class Machine(NamedTuple):
    name: str
    rate: float
    """Bottles a minute when all is well."""
    warm: float
    """Degrees Celsius when all is well."""
    hot: float
    """From where somebody should look."""
    jams: float
    """Share of the time."""
    rejects: float
    """In a thousand."""


MACHINES: Dict[str, Machine] = {
    "filler": Machine("Filler", 212, 38, 46, 0.05, 1.2),
    "capper": Machine("Capper", 215, 44, 52, 0.07, 2.6),
    "labeller": Machine("Labeller", 210, 41, 50, 0.10, 6.1),
    "packer": Machine("Packer", 208, 36, 44, 0.06, 0.7),
}
SLOW = 0.9
"""Of the usual rate."""


class Reading(NamedTuple):
    rate: float
    temperature: float
    rejects: float

    def state(self, machine: Machine) -> str:
        if self.rate < 0.2 * machine.rate:
            return "jammed"
        if self.temperature > machine.hot:
            return "hot"
        return "slow" if self.rate < SLOW * machine.rate else "running"


@lru_cache(maxsize=8192)
def read(machine_id: str, second: int) -> Reading:
    """`second` counts from 1970."""
    machine = MACHINES[machine_id]
    noise = random.Random(f"{machine_id} {second}")
    turning = _turning(machine_id, second)
    drift = _waves(machine_id, second, 170) + 0.5 * _waves(machine_id, second, 61)
    temperature = machine.warm + 4.2 * _waves(machine_id, second, 310) + 2.5 * drift - 5 * (1 - turning)
    rate = max(0.0, machine.rate * turning * (1 + 0.05 * drift) + noise.gauss(0, 1.5) * turning)
    rejects = max(0.0, machine.rejects * (1 + 0.4 * drift + 2.5 * (0.3 < turning < 1)) + noise.gauss(0, 0.1))
    return Reading(rate, temperature, rejects if turning > 0.2 else 0.0)


def _turning(machine_id: str, second: int) -> float:
    """0 while jammed, 1 while running, between them for some seconds."""
    block, into = divmod(second, BLOCK)
    now, before = _jam(machine_id, block), _jam(machine_id, block - 1)
    share = min(1.0, into / RAMP)
    return (0.0 if now else 1.0) * share + (0.0 if before else 1.0) * (1 - share)


@lru_cache(maxsize=1024)
def _jam(machine_id: str, block: int) -> bool:
    return random.Random(f"jam {machine_id} {block}").random() < MACHINES[machine_id].jams


def _waves(machine_id: str, second: int, period: int) -> float:
    """A smooth course between −1 and 1 that doesn't repeat soon."""
    phase = len(machine_id) + MACHINES[machine_id].rate
    at = 2 * math.pi * second / period
    return (math.sin(at + phase) + math.sin(at / 1.618 + 2 * phase)) / 2
