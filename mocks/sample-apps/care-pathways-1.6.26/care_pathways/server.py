"""Start of the app: python3 -m care_pathways.server"""

from __future__ import annotations

from typing import List

from . import layout
from .model import PATHWAYS, Step
from .parts import badge, bar, card, columns, form, num, results, select, signed, table, tiles
from .query import Query
from .web import Response, serve


def pathways(query: Query) -> Response:
    chosen = query.choice("pathway", "Pathway", PATHWAYS, next(iter(PATHWAYS)))
    steps = PATHWAYS[chosen]
    controls = form("Show", select("pathway", "Pathway", {name: name for name in PATHWAYS}, chosen))
    body = controls + results(_tiles(steps), columns(_steps(chosen, steps), _all()))
    return layout.page(body, query.problems)


def _tiles(steps: List[Step]) -> str:
    days, target = sum(step.days for step in steps), sum(step.target for step in steps)
    worst = max(steps, key=lambda step: step.held_up)
    late = sum(step.days > step.target for step in steps)
    return tiles(
        ("From end to end", f"{days:.0f} days", f"{target:.0f} is the target"),
        ("Against the target", signed((days / target - 1) * 100), "over all steps"),
        ("Late steps", f"{late}", f"of {len(steps)}"),
        ("Holds up most", worst.name, f"{worst.held_up:.0f} patient days over the target"),
    )


def _steps(name: str, steps: List[Step]) -> str:
    longest = max(step.days for step in steps)
    rows = [
        [
            step.name,
            bar(step.days / longest),
            num(f"{step.days:.1f}"),
            num(f"{step.target:.1f}"),
            num(f"{step.patients}"),
            badge("late", "bad") if step.days > step.target else badge("in time", "ok"),
        ]
        for step in steps
    ]
    head = ["Step", "Compared", num("Days"), num("Target"), num("Waiting"), "State"]
    return card(name, table("Steps", head, rows))


def _all() -> str:
    rows = []
    for name, steps in PATHWAYS.items():
        over = sum(step.days for step in steps) / sum(step.target for step in steps) - 1
        rows.append([name, num(signed(over * 100))])
    return card("All pathways", table("Pathways", ["Pathway", num("Against target")], rows))


if __name__ == "__main__":
    serve({"": pathways, "icon.png": layout.icon}, layout.error_page)
