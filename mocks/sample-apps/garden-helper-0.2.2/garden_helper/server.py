"""Start of the app: python3 -m garden_helper.server"""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from html import escape
from typing import List

from . import layout
from .model import PLACES, TASKS, VEGETABLES, Day, doing, forecast, grows, tasks, weeks_from_frost
from .parts import Cell, Content, badge, bar, card, columns, form, num, results, select, table, tiles
from .query import Query
from .web import Response, serve

FROST = 2.0
"""Degrees in the forecast from which it may freeze on the ground."""


def garden(query: Query) -> Response:
    place = query.choice("place", "Garden", PLACES, "lowland")
    day = query.day("day", "Week of", date.today(), date(2000, 1, 1), date(2099, 12, 31))
    monday = day - timedelta(days=day.weekday())
    days, week = forecast(place, monday), weeks_from_frost(place, monday)
    controls = form(
        "Show",
        select("place", "Garden", {name: one.name for name, one in PLACES.items()}, place),
        f'<div class="field"><label for="day">Week of</label><input id="day" name="day" type="date" '
        f'min="2000-01-01" max="2099-12-31" required value="{day}"></div>',
    )
    body = controls + results(_tiles(days, week), columns(_tasks(days, week), _weather(days)), _calendar(place, monday))
    return layout.page(body, query.problems)


def _tiles(days: List[Day], week: int) -> str:
    cold = min(days, key=lambda one: one.low)
    need = sum(one.use for one in days) - sum(one.rain for one in days)
    todo = tasks(week)
    weeks = "1 week" if abs(week) == 1 else f"{abs(week)} weeks"
    side = f"In {weeks}" if week < 0 else f"{weeks} ago"
    return tiles(
        ("Last frost", "This week" if week == 0 else side, "by the calendar of the place"),
        (
            "Coldest night",
            f"{cold.low:.0f} °C".replace("-", "−"),
            f"{cold.day:%A}" + (": cover what is tender" if cold.low < FROST else ""),
        ),
        (
            "Water",
            f"{max(0.0, need):.0f} l" if need > 0 else "None",
            "a square metre, over the week" if need > 0 else "the rain will do",
        ),
        ("To do", f"{sum(len(names) for names in todo.values())}", "things, from sowing to harvest"),
    )


def _tasks(days: List[Day], week: int) -> str:
    cards = "".join(
        f'<div><h3><span class="dot {task}"></span>{escape(TASKS[task])}</h3><p>{escape(", ".join(names)) or "Nothing now"}</p></div>'
        for task, names in tasks(week).items()
    )
    use, rain = sum(one.use for one in days), sum(one.rain for one in days)
    drinks = sorted(
        ((max(0.0, use * one.thirst - rain), one.name) for one in VEGETABLES if grows(one, week)), reverse=True
    )
    rows = [[name, bar(litres / (drinks[0][0] or 1)), num(f"{litres:.0f} l")] for litres, name in drinks[:5]]
    water = table("Thirstiest", ["Thirstiest now", "Compared", num("A square metre")], rows) if rows else ""
    return card("This week", f'<div class="tasks">{cards}</div>', f'<div class="after">{water}</div>')


def _weather(days: List[Day]) -> str:
    rows = [
        [
            f"{one.day:%a} {one.day.day}",
            badge("frost", "bad") if one.low < FROST else "",
            num(f"{one.low:.0f}° to {one.high:.0f}°".replace("-", "−")),
            num(f"{one.rain:.0f} mm" if one.rain >= 0.5 else "dry"),
        ]
        for one in days
    ]
    return card("The week’s weather", table("Weather", ["Day", "Warning", num("Degrees"), num("Rain")], rows))


def _calendar(place: str, monday: date) -> str:
    starts = [monday + timedelta(weeks=n) for n in range(-2, 24)]
    head: List[Content] = ["Vegetable"]
    for n, start in enumerate(starts):
        opens = n == 0 or start.day <= 7
        head.append(
            Cell(
                f"<span{'' if opens else ' class=visually-hidden'}>{start:%b}</span>", "now" if start == monday else ""
            )
        )
    rows: List[List[Content]] = []
    for one in VEGETABLES:
        row: List[Content] = [one.name]
        for start in starts:
            task = doing(one, weeks_from_frost(place, start))
            said = f'<span class="visually-hidden">{TASKS[task]}</span>' if task else ""
            row.append(Cell(said, f"{task}{' now' if start == monday else ''}".strip()))
        rows.append(row)
    keys = "".join(f'<span class="name"><span class="dot {task}"></span>{text}</span>' for task, text in TASKS.items())
    return card(
        "Half a year ahead",
        table("Half a year, week by week", head, rows, "calendar"),
        aside_html=f'<div class="keys">{keys}</div>',
        note="One column a week; the framed one is the week above",
    )


if __name__ == "__main__":
    if not os.environ.get("WEATHER_TOKEN"):
        sys.exit('WEATHER_TOKEN is not set: the secret "weather" with the key "token" is missing.')
    serve({"": garden, "icon.png": layout.icon}, layout.error_page)
