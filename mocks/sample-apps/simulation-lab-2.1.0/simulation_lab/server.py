"""Start of the app: python3 -m simulation_lab.server"""

from __future__ import annotations

import math
from datetime import date, timedelta

from . import layout
from .fit import CHAINS, TASKS
from .model import FITS, PLAYS, PROJECTS, Outcome, play
from .parts import (
    TWO_THIRDS,
    Cell,
    bar,
    card,
    column_chart,
    columns,
    form,
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

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def lab(query: Query) -> Response:
    chosen = query.choice("project", "Project", PROJECTS, "shop")
    people = query.whole("people", "People", 2, 1, 6)
    start = query.day("start", "Starts", _next_monday(), EARLIEST, LATEST)
    due = query.day("due", "Due", start + timedelta(weeks=20), EARLIEST, LATEST + timedelta(weeks=20))
    outcome = play(chosen, people)
    controls = form(
        "Play",
        select("project", "Project", {name: one.name for name, one in PROJECTS.items()}, chosen),
        number("people", "People", people, 1, 6),
        _day("start", "Starts", start),
        _day("due", "Due", due),
    )
    body = controls + results(
        _tiles(outcome, start, due),
        columns(_chart(PROJECTS[chosen].name, outcome, start, due), _fits()),
        _tasks(chosen, outcome),
    )
    return layout.page(body, query.problems)


def _day(name: str, label: str, day: date) -> str:
    return (
        f'<div class="field"><label for="{name}">{label}</label>'
        f'<input id="{name}" name="{name}" type="date" min="2000-01-01" max="2099-12-31" required value="{day}"></div>'
    )


def _next_monday() -> date:
    today = date.today()
    return today + timedelta(days=7 - today.weekday())


def _end(start: date, working_days: float) -> date:
    return start + timedelta(days=math.ceil(working_days * 7 / 5))


def _text(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _tiles(outcome: Outcome, start: date, due: date) -> str:
    chance = outcome.chance((due - start).days * 5 / 7)
    return tiles(
        ("Done by the due date", f"{chance * 100:.0f} %", f"of {PLAYS:,} plays; due {_text(due)}"),
        (
            "In half of all cases by",
            _text(_end(start, outcome.quantile(0.5))),
            f"{outcome.quantile(0.5):.0f} working days",
        ),
        ("In four of five by", _text(_end(start, outcome.quantile(0.8))), f"{outcome.quantile(0.8):.0f} working days"),
        (
            "In nineteen of twenty by",
            _text(_end(start, outcome.quantile(0.95))),
            f"{outcome.quantile(0.95):.0f} working days",
        ),
    )


def _chart(name: str, outcome: Outcome, start: date, due: date) -> str:
    """Weeks in which the plays end, without the last one in two hundred."""
    weeks = [days / 5 for days in outcome.days]
    first, last = int(weeks[0]), math.ceil(outcome.quantile(0.995) / 5)
    counts = [0.0] * (last - first + 1)
    for week in weeks:
        counts[min(len(counts) - 1, int(week) - first)] += 100 / len(weeks)
    due_week = (due - start).days / 7
    place = due_week - first
    chart = column_chart(
        TWO_THIRDS,
        counts,
        [f"{_end(start, (first + n) * 5).day} {_end(start, (first + n) * 5):%b}" for n in range(len(counts))],
        f"In which week the plays of {name} end, in percent. {outcome.chance(due_week * 5) * 100:.0f} % end by the due date.",
        lambda share: f"{share:g} %",
        strong=lambda n: n + 1 <= place,
        mark=(place, "due") if 0 <= place <= len(counts) else None,
    )
    return card(
        f"{name}: when it is done", chart, note="Share of the plays that end in a week; strong columns are in time"
    )


def _fits() -> str:
    rows = []
    for kind, fit in FITS.items():
        centre = sum(draw[0] for draw in fit.draws) / len(fit.draws)
        width = sum(draw[1] for draw in fit.draws) / len(fit.draws)
        rows.append(
            [
                kind,
                num(f"×{math.exp(centre):.2f}"),
                num(f"×{math.exp(centre + 1.48 * width):.2f}"),
                num(f"{fit.agreement:.3f}"),
            ]
        )
    return card(
        "How estimates turn out",
        table("Kinds of tasks", ["Kind", num("Usual"), num("1 in 10"), num("R")], rows),
        f'<p class="note after">Learned at the start from {TASKS} finished tasks of each kind, by {CHAINS} chains. R is 1 where they agree.</p>',
        note="Actual by estimated days",
    )


def _tasks(chosen: str, outcome: Outcome) -> str:
    rows = []
    for task, median, share in zip(PROJECTS[chosen].tasks, outcome.medians, outcome.decisive):
        names = ", ".join(PROJECTS[chosen].tasks[before].name for before in task.after)
        rows.append(
            [
                task.name,
                task.kind,
                num(f"{task.estimate:.0f}"),
                num(f"{median:.0f}"),
                num(signed((median / task.estimate - 1) * 100, 0)),
                bar(share),
                num(f"{share * 100:.0f} %"),
                names or Cell('<span class="meta">the start</span>'),
            ]
        )
    head = ["Task", "Kind", num("Estimate"), num("Likely"), num("Off"), "Decides the end", num("How often"), "After"]
    return card(
        "Tasks",
        table("Tasks", head, rows),
        note="In working days of one person. Had a task that decides ended earlier, so had the project",
    )


if __name__ == "__main__":
    print("playing the projects once, so that the first page is quick", flush=True)
    for name in PROJECTS:
        play(name, 2)
    serve({"": lab, "icon.png": layout.icon}, layout.error_page)
