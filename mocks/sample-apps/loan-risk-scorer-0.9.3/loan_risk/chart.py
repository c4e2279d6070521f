"""Drawings as inline SVG."""

from __future__ import annotations

import math
from html import escape
from typing import Sequence, Tuple

from .decision import REFER_UP_TO

METER_MOST = 0.6
"""The risk at the meter's right end."""


def meter(risk: float, limit: float) -> str:
    """Where a risk lies among the three decisions. Decoration: the verdict says the same in words."""
    refer = min(METER_MOST, REFER_UP_TO * limit)
    zones = (("ok", 0.0, limit), ("wait", limit, refer), ("bad", refer, METER_MOST))
    bars = "".join(
        f'<rect class="zone-{name}" x="{start * 1000:.1f}" width="{(end - start) * 1000:.1f}" height="12"/>'
        for name, start, end in zones
    )
    needle = min(risk, METER_MOST) * 1000
    return (
        f'<svg class="meter" viewBox="0 0 {METER_MOST * 1000:.0f} 12" preserveAspectRatio="none" aria-hidden="true">'
        f'{bars}<rect class="needle" x="{needle - 2:.1f}" y="-4" width="4" height="20"/></svg>'
    )


def points_bar(points: float, reach: float) -> str:
    """To the right for safer, to the left for riskier; `reach` points fill half the width."""
    length = 100 * points / reach if reach else 0.0
    return (
        '<svg viewBox="-100 0 200 12" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="{"safer" if points > 0 else "riskier"}" x="{min(0, length):.1f}" '
        f'width="{abs(length):.1f}" y="1" height="10"/><path class="axis" d="M0,0V12"/></svg>'
    )


def profit_curve(profits: Sequence[Tuple[int, float]], limit: int, best: int, label: str) -> str:
    """Expected profit (euros) by limit (percent), with the chosen and the best limit."""
    width, height = 340, 240
    left, top, bottom = 44, 20, height - 42
    first, last = profits[0][0], profits[-1][0]
    ceiling = max(10_000.0, math.ceil(max(profit for _, profit in profits) / 20_000) * 20_000)
    floor = min(0.0, min(profit for _, profit in profits))

    def x(percent: float) -> float:
        return left + (percent - first) / (last - first) * (width - left - 16)

    def y(euros: float) -> float:
        return bottom - (euros - floor) / (ceiling - floor) * (bottom - top)

    line = "L".join(f"{x(percent):.1f},{y(profit):.1f}" for percent, profit in profits)
    rules = "".join(
        f'<path class="rule" d="M{left},{y(euros):.1f}H{width}"/>'
        f'<text x="{left - 8}" y="{y(euros) + 4:.1f}" text-anchor="end">{_thousands(euros)}</text>'
        for euros in (0.0, ceiling / 2, ceiling)
    )
    ticks = "".join(
        f'<text x="{x(percent):.1f}" y="{bottom + 18}" text-anchor="middle">{percent} %</text>'
        for percent in range(10, last + 1, 10)
    )
    here = dict(profits)[limit]
    return f"""<svg class="profit" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">
{rules}{ticks}<text x="{(left + width) / 2:.0f}" y="{bottom + 36}" text-anchor="middle">Approve up to this risk</text>
<path class="under" d="M{x(first):.1f},{y(floor):.1f}L{line}L{x(last):.1f},{y(floor):.1f}Z"/>
<path class="curve" d="M{line}"/>
<path class="best" d="M{x(best):.1f},{top}V{bottom}"/>
<text x="{x(best):.1f}" y="{top - 6}" text-anchor="middle">best: {best} %</text>
<circle class="here" cx="{x(limit):.1f}" cy="{y(here):.1f}" r="6"/>
</svg>"""


def _thousands(euros: float) -> str:
    return f"€{euros / 1000:.0f}k" if euros else "0"
