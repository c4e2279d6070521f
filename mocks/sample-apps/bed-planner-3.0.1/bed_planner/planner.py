"""Finds a bed for every patient the forecast asks for, the mildest measure first.

A ward short of beds borrows from wards that can look after its patients, then staffs its
reserve, then puts off appointments. What is left is said, not hidden.
"""

from __future__ import annotations

import math
from datetime import date
from enum import Enum
from typing import Dict, List, Mapping, NamedTuple, Sequence, Tuple

from .hospital import WARDS, staying
from .occupancy import NIGHTS, Night


class Kind(Enum):
    BORROW = "borrow"
    OPEN = "open"
    POSTPONE = "postpone"
    SHORT = "short"


class Measure(NamedTuple):
    """What a ward does on one night."""

    day: date
    ward: str
    kind: Kind
    beds: int
    """Beds; appointments for POSTPONE."""
    lender: str = ""


class Span(NamedTuple):
    """The same measure on nights in a row."""

    first: date
    last: date
    kind: Kind
    least: int
    most: int
    lender: str


def plan(forecasts: Mapping[str, Sequence[Night]], level: float) -> List[Measure]:
    """Measures for every night and ward, in the order of nights.
    `level` is the probability with which the beds should suffice."""
    measures: List[Measure] = []
    # Patients fewer than forecast, because appointments before were put off.
    fewer = {ward_id: [0.0] * NIGHTS for ward_id in forecasts}
    for number in range(NIGHTS):
        needed = {
            ward_id: nights[number].needed(level, fewer[ward_id][number]) for ward_id, nights in forecasts.items()
        }
        spare = {ward_id: WARDS[ward_id].beds - needed[ward_id] for ward_id in forecasts}
        worst_first = sorted(forecasts, key=lambda ward_id: spare[ward_id])
        for ward_id in worst_first:
            if spare[ward_id] >= 0:
                break
            night = forecasts[ward_id][number]
            missing = -spare[ward_id]
            for lender, beds in _lenders(ward_id, spare):
                lent = min(missing, beds)
                if lent:
                    measures.append(Measure(night.day, ward_id, Kind.BORROW, lent, lender))
                    spare[lender] -= lent
                    missing -= lent
            opened = min(missing, WARDS[ward_id].reserve)
            postponed = min(missing - opened, math.floor(night.planned))
            short = missing - opened - postponed
            for kind, beds in ((Kind.OPEN, opened), (Kind.POSTPONE, postponed), (Kind.SHORT, short)):
                if beds:
                    measures.append(Measure(night.day, ward_id, kind, beds))
            for later in range(number, NIGHTS):
                fewer[ward_id][later] += postponed * staying(WARDS[ward_id], later - number)
    return measures


def _lenders(ward_id: str, spare: Dict[str, int]) -> List[Tuple[str, int]]:
    """Wards of the same group with beds to spare, the freest first."""
    group = WARDS[ward_id].group
    free = [(other, beds) for other, beds in spare.items() if beds > 0 and WARDS[other].group == group]
    return sorted(free, key=lambda entry: -entry[1])


def spans(measures: Sequence[Measure], ward_id: str) -> List[Span]:
    """A ward's measures, nights in a row taken together, in the order they begin."""
    found: List[Span] = []
    running: Dict[Tuple[Kind, str], int] = {}
    for measure in measures:
        if measure.ward != ward_id:
            continue
        key = (measure.kind, measure.lender)
        index = running.get(key)
        if index is not None and (measure.day - found[index].last).days == 1:
            span = found[index]
            found[index] = span._replace(
                last=measure.day, least=min(span.least, measure.beds), most=max(span.most, measure.beds)
            )
        else:
            running[key] = len(found)
            found.append(Span(measure.day, measure.day, measure.kind, measure.beds, measure.beds, measure.lender))
    return found
