"""Parts that pages are made of. Text arguments are plain and escaped here, unless a name says html."""

from __future__ import annotations

import math
from html import escape
from typing import Callable, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

Point = Tuple[float, float]


class Size(NamedTuple):
    name: str
    width: int
    height: int
    labels: int
    """At most so many labels stand below a chart."""


# Text keeps its size when a chart is drawn anew for the phone instead of being shrunk.
FULL = (Size("wide", 1140, 280, 14), Size("narrow", 330, 220, 5))
TWO_THIRDS = (Size("wide", 740, 280, 10), Size("narrow", 330, 220, 5))
THIRD = (Size("any", 350, 220, 5),)
LEFT, TOP, BOTTOM, RIGHT = 46, 24, 28, 10


class Line(NamedTuple):
    points: Sequence[Point]
    style: str
    """A class: line, line faint, line dashed, area, dots."""


class Cell(NamedTuple):
    """A table's cell or heading that is more than text."""

    html: str
    style: str = ""


Content = Union[str, Cell]


def num(text: str) -> Cell:
    """A figure: at the right, where figures can be compared."""
    return Cell(escape(text), "num")


def badge(text: str, kind: str) -> Cell:
    """`kind` is ok, wait or bad."""
    return Cell(f'<span class="badge {kind}">{escape(text)}</span>')


def select(name: str, label: str, options: Mapping[str, str], chosen: str) -> str:
    items = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(text)}</option>'
        for value, text in options.items()
    )
    return f'<div class="field"><label for="{name}">{escape(label)}</label><select id="{name}" name="{name}">{items}</select></div>'


def number(name: str, label: str, value: float, low: float, high: float, step: str = "1") -> str:
    return (
        f'<div class="field"><label for="{name}">{escape(label)}</label><input id="{name}" name="{name}" '
        f'type="number" min="{low:g}" max="{high:g}" step="{step}" required value="{value:g}"></div>'
    )


def form(button: str, *fields: str, action: str = "./") -> str:
    return f'<form id="controls" class="card controls" action="{action}" method="get">{"".join(fields)}<button>{escape(button)}</button></form>'


def results(*html: str) -> str:
    """What a change of the form shows anew."""
    return f'<div class="results" id="results" data-live>{"".join(html)}</div>'


def columns(*html: str) -> str:
    return f'<div class="columns">{"".join(html)}</div>'


def card(title: str, *html: str, note: str = "", aside_html: str = "") -> str:
    said = f'<p class="note">{escape(note)}</p>' if note else ""
    return (
        f'<section class="card"><div class="card-head"><h2>{escape(title)}</h2>{aside_html}</div>'
        f"{said}{''.join(html)}</section>"
    )


def tiles(*items: Tuple[str, str, str]) -> str:
    """Label, figure and a few words about it."""
    html = "".join(
        f'<div class="card tile"><dt>{escape(label)}</dt><dd>{escape(value)}</dd><dd>{escape(note)}</dd></div>'
        for label, value, note in items
    )
    return f'<dl class="tiles">{html}</dl>'


def table(caption: str, head: Sequence[Content], rows: Sequence[Sequence[Content]], style: str = "") -> str:
    """The caption is read out, not shown; the first cell of a row names the row."""
    heads = "".join(f'<th scope="col"{_style(cell)}>{_html(cell)}</th>' for cell in head)
    lines = "".join(
        f'<tr><th scope="row"{_style(row[0])}>{_html(row[0])}</th>'
        + "".join(f"<td{_style(cell)}>{_html(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0"><table class="{style}">'
        f'<caption class="visually-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def legend(*entries: Tuple[str, str]) -> str:
    """Text and the class of the line it explains."""
    html = "".join(f'<span class="key {style}">{escape(text)}</span>' for text, style in entries)
    return f'<div class="legend">{html}</div>'


def bar(share: float, style: str = "fill") -> Cell:
    """A bar that fills `share` of its cell; from the middle, to either side, with the style "both"."""
    if style == "both":
        length = 50 * max(-1.0, min(1.0, share))
        drawn = (
            f'<rect class="{"fill" if length > 0 else "fall"}" x="{50 + min(0, length):.1f}" '
            f'width="{abs(length):.1f}" y="1" height="10"/><path class="axis" d="M50,0V12"/>'
        )
    else:
        drawn = f'<rect class="{style}" width="{100 * max(0.0, min(1.0, share)):.1f}" y="1" height="10"/>'
    return Cell(f'<svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>', "bar")


def sparkline(values: Sequence[float]) -> Cell:
    """A course in the space of a word; the row's figures speak for it."""
    low, high = min(values), max(values)
    points = [(float(n), 22 - 20 * (value - low) / ((high - low) or 1)) for n, value in enumerate(values)]
    return Cell(
        f'<svg viewBox="0 0 {max(1, len(values) - 1)} 24" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="line thin" d="{path(points)}"/></svg>',
        "sparkline",
    )


def line_chart(
    sizes: Sequence[Size],
    lines: Sequence[Line],
    label: str,
    x_text: Callable[[float], str],
    y_text: Callable[[float], str],
    mark: Optional[Tuple[float, str]] = None,
    from_zero: bool = True,
) -> str:
    """Lines over one x axis; `mark` is an upright line with a word."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points] + ([0.0] if from_zero else [])
    floor, ceiling, step = span(min(ys), max(ys))
    first, last = min(xs), max(xs)

    def draw(size: Size) -> str:
        bottom = size.height - BOTTOM

        def x(value: float) -> float:
            return LEFT + (value - first) / ((last - first) or 1) * (size.width - LEFT - RIGHT)

        def y(value: float) -> float:
            return bottom - (value - floor) / (ceiling - floor) * (bottom - TOP)

        parts = [_rules(floor, ceiling, step, y, y_text, size)]
        for line in lines:
            at = [(x(left), y(up)) for left, up in line.points]
            if line.style.startswith("dots"):
                parts += [f'<circle class="{line.style}" cx="{left:.1f}" cy="{up:.1f}" r="4"/>' for left, up in at]
            elif line.style.startswith("area"):
                parts.append(
                    f'<path class="{line.style}" d="{path(at)}L{at[-1][0]:.1f},{bottom}L{at[0][0]:.1f},{bottom}Z"/>'
                )
            else:
                parts.append(f'<path class="{line.style}" d="{path(at)}"/>')
        every = sorted(set(lines[0].points[n][0] for n in range(len(lines[0].points))))
        gap = _gap(len(every), size)
        parts += [_below(x(value), bottom, x_text(value)) for value in every[::gap]]
        if mark:
            parts.append(_mark(x(mark[0]), bottom, mark[1], size))
        return _svg(size, label, parts)

    return "".join(draw(size) for size in sizes)


def column_chart(
    sizes: Sequence[Size],
    heights: Sequence[float],
    labels: Sequence[str],
    label: str,
    y_text: Callable[[float], str],
    strong: Callable[[int], bool] = lambda _: True,
    mark: Optional[Tuple[float, str]] = None,
) -> str:
    """Columns from zero; those that are not `strong` are drawn faint. A mark's place counts in columns."""
    floor, ceiling, step = span(0.0, max(max(heights), 1e-9))

    def draw(size: Size) -> str:
        bottom = size.height - BOTTOM
        width = (size.width - LEFT - RIGHT) / len(heights)

        def y(value: float) -> float:
            return bottom - (value - floor) / (ceiling - floor) * (bottom - TOP)

        parts = [_rules(floor, ceiling, step, y, y_text, size)]
        gap = _gap(len(heights), size)
        for n, height in enumerate(heights):
            parts.append(
                f'<rect class="{"fill" if strong(n) else "fill faint"}" x="{LEFT + (n + 0.1) * width:.1f}" '
                f'width="{width * 0.8:.1f}" y="{y(height):.1f}" height="{bottom - y(height):.1f}"/>'
            )
            if n % gap == 0:
                parts.append(_below(LEFT + (n + 0.5) * width, bottom, labels[n]))
        if mark:
            parts.append(_mark(LEFT + mark[0] * width, bottom, mark[1], size))
        return _svg(size, label, parts)

    return "".join(draw(size) for size in sizes)


def signed(value: float, digits: int = 1, unit: str = " %") -> str:
    """With its sign, a real minus: 0.5 is +0.5 %. Nought has none."""
    rounded = round(value, digits)
    return f"{rounded:+,.{digits}f}{unit}".replace("-", "−") if rounded else f"0{unit}"


def euros(value: float) -> str:
    """A gain or a loss in whole euros: +€1,200."""
    return f"{'−' if value < 0 else '+'}€{abs(value):,.0f}"


def span(low: float, high: float) -> Tuple[float, float, float]:
    """Round ends around the values, and a round step between them that makes about four."""
    rough = ((high - low) or abs(high) or 1.0) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    floor, ceiling = math.floor(low / step) * step, math.ceil(high / step) * step
    return floor, ceiling if ceiling > floor else floor + step, step


def path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _svg(size: Size, label: str, parts: Sequence[str]) -> str:
    return (
        f'<svg class="{size.name}" viewBox="0 0 {size.width} {size.height}" role="img" '
        f'aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def _rules(
    floor: float, ceiling: float, step: float, y: Callable[[float], float], text: Callable[[float], str], size: Size
) -> str:
    parts: List[str] = []
    for n in range(round((ceiling - floor) / step) + 1):
        value = floor + n * step
        parts.append(f'<path class="rule" d="M{LEFT},{y(value):.1f}H{size.width}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{escape(text(value))}</text>')
    return "".join(parts)


def _below(x: float, bottom: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{escape(text)}</text>'


def _gap(count: int, size: Size) -> int:
    """One label in so many."""
    least = -(-count // size.labels)
    return least if least <= 6 else round(span(0, 4 * least)[2])


def _mark(x: float, bottom: float, text: str, size: Size) -> str:
    anchor = "end" if x > size.width * 0.8 else "start" if x < size.width * 0.2 else "middle"
    return (
        f'<path class="mark" d="M{x:.1f},{TOP - 6}V{bottom}"/>'
        f'<text x="{x:.1f}" y="{TOP - 10}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def _html(cell: Content) -> str:
    return cell.html if isinstance(cell, Cell) else escape(cell)


def _style(cell: Content) -> str:
    return f' class="{cell.style}"' if isinstance(cell, Cell) and cell.style else ""
