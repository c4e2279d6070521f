"""Start of the app: python3 -m energy_report.server"""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from heating_degree_days import BASE

from . import layout
from .model import BUILDINGS, Report, report
from .parts import (
    THIRD,
    TWO_THIRDS,
    Cell,
    Line,
    badge,
    card,
    columns,
    form,
    legend,
    line_chart,
    num,
    number,
    results,
    select,
    signed,
    table,
    tiles,
)
from .query import Query
from .web import Response, serve

NOTABLE = 0.15
"""A month is pointed out when it is off by more."""


def energy(query: Query) -> Response:
    chosen = query.choice("building", "Building", BUILDINGS, "town-hall")
    base = query.number("base", "Heating below", BASE, 10, 20)
    shown = report(chosen, base)
    controls = form(
        "Report",
        select("building", "Building", {name: building.name for name, building in BUILDINGS.items()}, chosen),
        number("base", "Heating below, °C", base, 10, 20, "0.5"),
    )
    body = controls + results(
        _tiles(shown), columns(_course(shown), _weather(shown)), columns(_months(shown), _buildings(chosen, base))
    )
    return layout.page(body, query.problems)


def _tiles(shown: Report) -> str:
    worst = max(shown.now, key=lambda month: month.off)
    need, before = (sum(month.degree_days for month in year) for year in (shown.now, shown.before))
    return tiles(
        (
            "Used this year",
            f"{shown.used / 1000:.0f} MWh",
            f"{shown.used / shown.building.area:.0f} kWh a square metre",
        ),
        (
            "Against last year",
            signed(shown.change * 100),
            f"degree days: {signed((need / before - 1) * 100)}" if before else "",
        ),
        (
            "Without the weather",
            signed(shown.without_weather * 100),
            f"{'more' if shown.without_weather > 0 else 'less'} than last year’s line",
        ),
        ("Most off", f"{worst.first:%B}", f"{signed(worst.off * 100)} against what the weather asked for"),
    )


def _course(shown: Report) -> str:
    used = list(enumerate(month.used / 1000 for month in shown.now))
    lines = [
        Line(list(enumerate(month.expected / 1000 for month in shown.now)), "area"),
        Line([(n, month.used / 1000) for n, month in enumerate(shown.before)], "line dashed"),
        Line(used, "line"),
        Line(used, "dots"),
    ]
    label = f"{shown.building.name}: heating by month, this year, last year and what the weather asked for. Figures are in the table."
    chart = line_chart(TWO_THIRDS, lines, label, lambda n: f"{shown.now[int(n)].first:%b}", lambda value: f"{value:g}")
    keys = legend(("This year", "line"), ("Last year", "line dashed"), ("The weather asked for", "area faint"))
    return card(f"{shown.building.name}, MWh a month", chart, aside_html=keys)


def _weather(shown: Report) -> str:
    most = max(month.degree_days for month in shown.before + shown.now)
    ends = [(need, (shown.base_load + shown.per_degree_day * need) / 1000) for need in range(0, int(most) + 100, 100)]
    lines = [
        Line(ends, "line dashed"),
        Line([(month.degree_days, month.used / 1000) for month in shown.before], "dots faint"),
        Line([(month.degree_days, month.used / 1000) for month in shown.now], "dots"),
    ]
    label = "Months by degree days and use, with last year's line."
    chart = line_chart(THIRD, lines, label, lambda need: f"{need:.0f}", lambda value: f"{value:g}")
    said = f"Last year’s line: {shown.base_load:,.0f} kWh a month whatever the weather, {shown.per_degree_day:.0f} kWh for each degree day."
    return card("MWh by degree days", chart, f'<p class="note after">{said}</p>')


def _months(shown: Report) -> str:
    rows = [
        [
            f"{month.first:%B %Y}",
            num(f"{month.degree_days:.0f}"),
            num(f"{before.used:,.0f}"),
            num(f"{month.used:,.0f}"),
            num(f"{month.expected:,.0f}"),
            num(signed(month.off * 100, 0)),
            badge("too much", "bad") if month.off > NOTABLE else badge("better", "ok") if month.off < -NOTABLE else "",
        ]
        for month, before in zip(shown.now, shown.before)
    ]
    head = ["Month", num("Degree days"), num("Last year"), num("This year"), num("Asked for"), num("Off"), "Note"]
    return card("Month by month, kWh", table("Months", head, rows))


def _buildings(chosen: str, base: float) -> str:
    rows = []
    for name, building in BUILDINGS.items():
        one = report(name, base)
        address = escape("?" + urlencode({"building": name, "base": base}))
        current = ' aria-current="true"' if name == chosen else ""
        kind = "ok" if one.without_weather < -0.02 else "bad" if one.without_weather > 0.02 else "wait"
        rows.append(
            [
                Cell(f'<a href="{address}"{current}>{escape(building.name)}</a>'),
                num(signed(one.change * 100)),
                badge(signed(one.without_weather * 100), kind)._replace(style="num"),
            ]
        )
    return card(
        "All buildings",
        table("Buildings", ["Building", num("Metered"), num("Without weather")], rows),
        note="Against last year",
    )


if __name__ == "__main__":
    serve({"": energy, "icon.png": layout.icon}, layout.error_page)
