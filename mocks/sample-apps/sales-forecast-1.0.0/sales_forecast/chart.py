"""Charts as inline SVG. Sizes are in the drawing's own units, which are pixels at full width."""

from __future__ import annotations

import math
from html import escape
from typing import Callable, List, NamedTuple, Sequence, Tuple

from .data import Week
from .model import Outlook

MARGIN_LEFT, MARGIN_TOP, MARGIN_BOTTOM = 44, 12, 34

Point = Tuple[float, float]


class Size(NamedTuple):
    name: str
    width: int
    height: int
    past_weeks: int
    """How much history is shown."""
    months: int
    """One label every so many months."""


# Text keeps its size when a chart is drawn anew for the phone instead of being shrunk.
WIDE = Size("wide", 760, 300, 52, 2)
NARROW = Size("narrow", 340, 260, 20, 2)


def forecast_chart(history: Sequence[Week], outlook: Outlook, plain: Sequence[Week], label: str) -> str:
    """History, forecast and, where it differs, the forecast without the promotion."""
    return "".join(_forecast_chart(size, history, outlook, plain, label) for size in (WIDE, NARROW))


def _forecast_chart(size: Size, history: Sequence[Week], outlook: Outlook, plain: Sequence[Week], label: str) -> str:
    past = history[-size.past_weeks :]
    weeks = list(past) + outlook.weeks
    values = [week.sales for week in weeks]
    step = _step(max(values) - min(values))
    floor, ceiling = math.floor(min(values) / step) * step, math.ceil(max(values) / step) * step
    bottom = size.height - MARGIN_BOTTOM

    def x(number: float) -> float:
        return MARGIN_LEFT + number / (len(weeks) - 1) * (size.width - MARGIN_LEFT - 8)

    def y(sales: float) -> float:
        return bottom - (sales - floor) / (ceiling - floor) * (bottom - MARGIN_TOP)

    now = len(past) - 1
    ahead = range(now + 1, len(weeks))
    # The forecast starts from the last week that is known.
    joint = (x(now), y(past[-1].sales))
    line = [joint] + [(x(n), y(week.sales)) for n, week in zip(ahead, outlook.weeks)]
    parts = [
        f'<svg class="{size.name}" viewBox="0 0 {size.width} {size.height}" role="img" aria-label="{escape(label)}">',
        _grid(floor, ceiling, step, y, size.width),
        _months(weeks, x, bottom, size.months),
        f'<path class="past" d="{_path([(x(n), y(week.sales)) for n, week in enumerate(past)])}"/>',
    ]
    if [week.sales for week in plain] != [week.sales for week in outlook.weeks]:
        without = [joint] + [(x(n), y(week.sales)) for n, week in zip(ahead, plain)]
        parts.append(f'<path class="plain" d="{_path(without)}"/>')
    parts.append(f'<path class="ahead" d="{_path(line)}"/>')
    parts.append(f'<path class="today" d="M{x(now):.1f},{MARGIN_TOP}V{bottom}"/>')
    parts += [
        f'<rect class="mark" x="{x(n) - 3:.1f}" y="{bottom - 3}" width="6" height="6"/>'
        for n, week in enumerate(weeks)
        if week.discount
    ]
    parts += [
        f'<circle cx="{x(n):.1f}" cy="{y(week.sales):.1f}" r="8" fill="transparent">'
        f"<title>{week.start.day} {week.start:%B %Y}: €{week.sales:,.0f}</title></circle>"
        for n, week in enumerate(weeks)
    ]
    return "".join(parts) + "</svg>"


def sparkline(past: Sequence[Week], ahead: Sequence[Week]) -> str:
    """A year and the forecast in the space of a word. Says nothing to a screen reader: the row's
    figures do."""
    weeks = list(past) + list(ahead)
    low, high = min(week.sales for week in weeks), max(week.sales for week in weeks)
    points = [(float(n), 23 - 22 * (week.sales - low) / (high - low)) for n, week in enumerate(weeks)]
    return (
        f'<svg viewBox="0 0 {len(weeks) - 1} 24" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="spark" d="{_path(points[: len(past)])}"/>'
        f'<path class="spark ahead" d="{_path(points[len(past) - 1 :])}"/></svg>'
    )


def _grid(floor: float, ceiling: float, step: float, y: Callable[[float], float], width: int) -> str:
    parts: List[str] = []
    value = floor
    while value <= ceiling:
        parts.append(f'<path class="rule" d="M{MARGIN_LEFT},{y(value):.1f}H{width}"/>')
        parts.append(f'<text x="{MARGIN_LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">€{value / 1000:g}k</text>')
        value += step
    return "".join(parts)


def _months(weeks: Sequence[Week], x: Callable[[float], float], bottom: float, every: int) -> str:
    parts: List[str] = []
    for number, week in enumerate(weeks):
        opens = week.start.day <= 7 and week.start.month % every == 0
        if opens and number < len(weeks) - 2:
            name = f"{week.start:%b %Y}" if week.start.month <= every else f"{week.start:%b}"
            parts.append(f'<text x="{x(number):.1f}" y="{bottom + 22:.1f}" text-anchor="middle">{name}</text>')
    return "".join(parts)


def _step(span: float) -> float:
    """A round distance that parts `span` into about five."""
    rough = max(span, 1.0) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
