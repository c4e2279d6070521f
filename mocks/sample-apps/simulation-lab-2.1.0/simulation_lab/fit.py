"""How estimates turn out: for each kind of task, a distribution learned from finished ones.

The logarithm of actual by estimated days follows Student's t, which forgives the odd disaster.
Its centre and width have no closed form, so Markov chains draw them.
"""

from __future__ import annotations

import math
import random
import time
from typing import Dict, List, NamedTuple, Tuple

KINDS: Dict[str, Tuple[float, float]] = {
    "Design": (0.05, 0.22),
    "Building": (0.24, 0.30),
    "Joining up": (0.38, 0.42),
    "Testing": (0.20, 0.34),
    "Delivery": (0.10, 0.18),
}
"""True centre and width, from which the finished tasks are generated."""
FREEDOM = 5.0
TASKS, CHAINS, STEPS, WARM_UP, EVERY = 30, 4, 72_000, 12_000, 150


class Fit(NamedTuple):
    draws: List[Tuple[float, float]]
    """Centre and width, as likely as the tasks make them."""
    agreement: float
    """Gelman and Rubin's R of the centre: 1 where the chains agree."""


def finished(kind: str) -> List[float]:
    """Logarithms of actual by estimated days."""
    centre, width = KINDS[kind]
    chance = random.Random(f"finished tasks: {kind}")
    return [centre + width * _student(chance) for _ in range(TASKS)]


def _student(chance: random.Random) -> float:
    return chance.gauss(0, 1) / math.sqrt(chance.gammavariate(FREEDOM / 2, 2) / FREEDOM)


def students(count: int) -> List[float]:
    chance = random.Random("students")
    return [_student(chance) for _ in range(count)]


def _likelihood(tasks: List[float], centre: float, log_width: float) -> float:
    """Its logarithm, with a weak prior; without the terms that never change."""
    width = math.exp(log_width)
    total = -0.5 * (centre / 0.5) ** 2 - 0.5 * ((log_width + 1.2) / 0.7) ** 2 - len(tasks) * log_width
    for task in tasks:
        z = (task - centre) / width
        total -= (FREEDOM + 1) / 2 * math.log1p(z * z / FREEDOM)
    return total


def _chain(tasks: List[float], chance: random.Random) -> List[Tuple[float, float]]:
    """Metropolis' walk."""
    centre, log_width = chance.gauss(0, 0.5), chance.gauss(-1.2, 0.5)
    here, kept = _likelihood(tasks, centre, log_width), []
    for step in range(STEPS):
        there = centre + chance.gauss(0, 0.09), log_width + chance.gauss(0, 0.22)
        new = _likelihood(tasks, *there)
        if new >= here or chance.random() < math.exp(new - here):
            (centre, log_width), here = there, new
        if step >= WARM_UP and step % EVERY == 0:
            kept.append((centre, math.exp(log_width)))
    return kept


def _agreement(chains: List[List[Tuple[float, float]]]) -> float:
    length = len(chains[0])
    means = [sum(centre for centre, _ in chain) / length for chain in chains]
    whole = sum(means) / len(means)
    between = length / (len(chains) - 1) * sum((mean - whole) ** 2 for mean in means)
    within = sum(
        sum((centre - mean) ** 2 for centre, _ in chain) / (length - 1) for chain, mean in zip(chains, means)
    ) / len(chains)
    return math.sqrt((length - 1) / length + between / within / length)


def fit_all() -> Dict[str, Fit]:
    """Takes some ten seconds, and says how far it is."""
    fits: Dict[str, Fit] = {}
    started = time.monotonic()
    for number, kind in enumerate(KINDS, start=1):
        tasks, chains = finished(kind), []
        for chain in range(CHAINS):
            chains.append(_chain(tasks, random.Random(f"{kind} {chain}")))
            seconds = time.monotonic() - started
            print(
                f"fitting {number} of {len(KINDS)}, {kind.lower()}: chain {chain + 1} of {CHAINS}, {seconds:.1f} s",
                flush=True,
            )
        fits[kind] = Fit([draw for chain in chains for draw in chain], _agreement(chains))
        centre = sum(draw[0] for draw in fits[kind].draws) / len(fits[kind].draws)
        print(f"{kind} takes {math.exp(centre):.2f} times the estimate (R {fits[kind].agreement:.3f})", flush=True)
    return fits
