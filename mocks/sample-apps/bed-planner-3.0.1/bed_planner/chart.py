"""A ward's nights as inline SVG: who was there, who is expected, how many beds there are."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from statistics import NormalDist
from typing import List, NamedTuple, Sequence

from .hospital import Ward
from .occupancy import Night

LEFT, TOP, BOTTOM = 32, 12, 28


class Size(NamedTuple):
    name: str
    width: int
    height: int


# Text keeps its size when a chart is drawn anew for the phone instead of being shrunk.
SIZES = (Size("wide", 560, 260), Size("narrow", 340, 220))


def ward_chart(ward: Ward, past: Sequence[int], nights: Sequence[Night], level: float, label: str) -> str:
    """`past` holds the patients of the nights before, oldest first. The band reaches up to the
    beds that suffice with probability `level`, and as far down."""
    return "".join(_ward_chart(size, ward, past, nights, level, label) for size in SIZES)


def _ward_chart(size: Size, ward: Ward, past: Sequence[int], nights: Sequence[Night], level: float, label: str) -> str:
    z = NormalDist().inv_cdf(level)
    high = [night.expected + z * night.deviation for night in nights]
    low = [max(0.0, night.expected - z * night.deviation) for night in nights]
    step = 5 if ward.beds < 30 else 10 if ward.beds < 55 else 20
    top = (int(max([ward.beds + ward.reserve, *past, *high])) // step + 1) * step
    bottom = size.height - BOTTOM
    column = (size.width - LEFT - 4) / (len(past) + len(nights))

    def x(number: float) -> float:
        return LEFT + (number + 0.5) * column

    def y(patients: float) -> float:
        return bottom - patients / top * (bottom - TOP)

    ahead = [x(len(past) + number) for number in range(len(nights))]
    upper = [f"{at:.1f},{y(value):.1f}" for at, value in zip(ahead, high)]
    lower = [f"{at:.1f},{y(value):.1f}" for at, value in zip(ahead, low)]
    line = [f"{at:.1f},{y(night.expected):.1f}" for at, night in zip(ahead, nights)]
    parts: List[str] = [
        f'<svg class="{size.name}" viewBox="0 0 {size.width} {size.height}" role="img" aria-label="{escape(label)}">'
    ]
    for patients in range(0, top + 1, step):
        parts.append(f'<path class="rule" d="M{LEFT},{y(patients):.1f}H{size.width}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(patients) + 4:.1f}" text-anchor="end">{patients}</text>')
    for number, patients in enumerate(past):
        parts.append(
            f'<rect class="was" x="{x(number) - column * 0.35:.1f}" width="{column * 0.7:.1f}" '
            f'y="{y(patients):.1f}" height="{bottom - y(patients):.1f}"/>'
        )
    parts.append(f'<path class="band" d="M{"L".join(upper)}L{"L".join(reversed(lower))}Z"/>')
    parts.append(f'<path class="will" d="M{"L".join(line)}"/>')
    parts.append(f'<path class="beds" d="M{LEFT},{y(ward.beds):.1f}H{size.width}"/>')
    parts.append(f'<path class="reserve" d="M{ahead[0]:.1f},{y(ward.beds + ward.reserve):.1f}H{size.width}"/>')
    start = nights[0].day - timedelta(days=len(past))
    for number in range(0, len(past) + len(nights), 7):
        parts.append(
            f'<text x="{x(number):.1f}" y="{bottom + 20}" text-anchor="middle">{short(start + timedelta(days=number))}</text>'
        )
    return "".join(parts) + "</svg>"


def short(day: date) -> str:
    """12 Jan."""
    return f"{day.day} {day:%b}"
