"""Start of the app: python3 -m shift_roster.server"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from html import escape
from typing import List

from . import layout
from .model import DAYS, PEOPLE, SHIFTS, Need, Roster, make
from .parts import Cell, Content, bar, card, columns, form, num, number, results, select, signed, table, tiles
from .query import Query
from .web import Response, serve

WEIGHTS = {"3": "Before all", "1": "If possible", "0": "Not at all"}
MOST_OPEN = 12
"""Lines of open shifts."""


def roster(query: Query) -> Response:
    day = query.day("start", "From", date.today(), date(2000, 1, 1), date(2099, 12, 1))
    start = day - timedelta(days=day.weekday())
    need = Need(
        query.whole("early", "Early", 3, 1, 5),
        query.whole("late", "Late", 3, 1, 5),
        query.whole("night", "Night", 1, 0, 3),
    )
    weight = query.choice("wishes", "Wishes count", WEIGHTS, "1")
    made = make(start, need, float(weight))
    controls = form(
        "Make a roster",
        f'<div class="field"><label for="start">Week of</label><input id="start" name="start" type="date" '
        f'min="2000-01-01" max="2099-12-01" required value="{day}"></div>',
        number("early", "Early", need.early, 1, 5),
        number("late", "Late", need.late, 1, 5),
        number("night", "Night", need.night, 0, 3),
        select("wishes", "Wishes count", WEIGHTS, weight),
    )
    body = controls + results(
        _tiles(made, start), _grid(made, start), columns(_fairness(made, start), _open(made, start))
    )
    return layout.page(body, query.problems)


def _tiles(made: Roster, start: date) -> str:
    worked = [sum(map(bool, row)) for row in made.grid]
    places = sum(worked) + len(made.open)
    off = [work - fair for work, fair in zip(worked, made.fair)]
    wanted = sum(len(days) for days in made.wishes)
    kept = sum(not row[day] for row, days in zip(made.grid, made.wishes) for day in days)
    weekends = _weekend_shifts(made, start)
    return tiles(
        ("Shifts filled", f"{sum(worked)} of {places}", "none is open" if not made.open else f"{len(made.open)} open"),
        (
            "Furthest from fair",
            f"{max(map(abs, off)):.1f} shifts",
            PEOPLE[max(range(len(off)), key=lambda n: abs(off[n]))].name,
        ),
        ("Wishes kept", f"{kept} of {wanted}", "days that people want off"),
        ("Weekend shifts", f"{min(weekends)} to {max(weekends)}", "a person, over both weekends"),
    )


def _weekend_shifts(made: Roster, start: date) -> List[int]:
    days = [n for n in range(DAYS) if (start + timedelta(days=n)).weekday() >= 5]
    return [sum(bool(row[n]) for n in days) for row in made.grid]


def _grid(made: Roster, start: date) -> str:
    days = [start + timedelta(days=n) for n in range(DAYS)]
    head: List[Content] = [
        "Person",
        *(Cell(f"{day:%a}<br>{day.day}", "end" if day.weekday() >= 5 else "") for day in days),
    ]
    rows: List[List[Content]] = []
    for person, row, wanted in zip(PEOPLE, made.grid, made.wishes):
        cells: List[Content] = [person.name]
        for n, shift in enumerate(row):
            wish = n in wanted
            said = f'<span class="visually-hidden">{SHIFTS[shift] if shift else "Off"}{", wanted off" if wish else ""}</span>'
            cells.append(
                Cell(
                    f'<span aria-hidden="true">{shift or "·"}</span>{said}',
                    f"shift {shift or 'off'}{' wish' if wish else ''}",
                )
            )
        rows.append(cells)
    keys = "".join(f'<span><span class="box {letter}">{letter}</span> {name}</span>' for letter, name in SHIFTS.items())
    keys += '<span><span class="box off wish">·</span> Wanted off</span>'
    title = f"{days[0].day} {days[0]:%B} to {days[-1].day} {days[-1]:%B %Y}"
    return card(title, table("Roster", head, rows, "grid"), aside_html=f'<div class="keys">{keys}</div>')


def _fairness(made: Roster, start: date) -> str:
    rows: List[List[Content]] = []
    for person, row, wanted, fair, weekend in zip(
        PEOPLE, made.grid, made.wishes, made.fair, _weekend_shifts(made, start)
    ):
        work = sum(map(bool, row))
        kept = sum(not row[day] for day in wanted)
        rows.append(
            [
                Cell(
                    f'{escape(person.name)} <span class="meta">{person.share * 100:.0f} %{"" if person.nights else ", no nights"}</span>'
                ),
                num(str(work)),
                num(signed(work - fair, 1, "")),
                bar((work - fair) / 3, "both"),
                num(str(row.count("N"))),
                num(str(weekend)),
                num(f"{kept} of {len(wanted)}" if wanted else "–"),
            ]
        )
    head = ["Person", num("Shifts"), num("Off"), "From fair", num("Nights"), num("Weekend"), num("Wishes")]
    return card(
        "How fair it is",
        table("Fairness", head, rows),
        note="Off: shifts more or fewer than the share of a post asks for",
    )


def _open(made: Roster, start: date) -> str:
    rules = """<h3 class="after">Rules that always hold</h3><ul>
<li>One shift a day, five in seven days</li><li>Three nights in a row at most</li><li>After a late shift no early one</li>
<li>After nights a day off first</li></ul>"""
    if not made.open:
        return card("Open shifts", "<p>None. Everybody can see who works when.</p>", rules)
    rows = [
        [f"{start + timedelta(days=day):%a %d %b}", SHIFTS[shift], num(str(count))]
        for (day, shift), count in sorted(Counter(made.open).items())
    ]
    note = "Nobody can take them by the rules" + (f"; the first {MOST_OPEN}" if len(rows) > MOST_OPEN else "")
    return card(
        "Open shifts", table("Open shifts", ["Day", "Shift", num("People")], rows[:MOST_OPEN]), rules, note=note
    )


if __name__ == "__main__":
    serve({"": roster, "icon.png": layout.icon}, layout.error_page)
