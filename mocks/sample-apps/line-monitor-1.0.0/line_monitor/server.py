"""Start of the app: python3 -m line_monitor.server"""

from __future__ import annotations

import time
from datetime import datetime, timezone
from html import escape
from typing import Dict, List, Mapping, Optional
from urllib.parse import urlencode

from . import layout
from .model import MACHINES, SLOW, Reading, read
from .parts import FULL, Cell, Content, Line, badge, bar, card, line_chart, num, select, table, tiles
from .query import Query
from .stream import accept_streams
from .web import Response, serve

SECONDS = 180
"""Shown in the chart."""
REFRESH = 5
BADGES = {"running": "ok", "slow": "wait", "hot": "wait", "jammed": "bad"}
FIRST, LAST = 1_577_836_800, 4_102_444_799
"""2020 to 2099, in seconds from 1970."""


def monitor(query: Query) -> Response:
    machine, held = _machine(query), _held(query)
    second = held if held is not None else int(time.time())
    shown = parts(query, second)
    stream = f' data-stream="events?{escape(urlencode({"machine": machine}))}"' if held is None else ""
    refresh = f'<noscript><meta http-equiv="refresh" content="{REFRESH}"></noscript>' if held is None else ""
    body = f"""{refresh}{_controls(machine, held, second)}
<div class="results"{stream}>
<div id="tiles">{shown["#tiles"]}</div>
{card(f"{MACHINES[machine].name}, bottles a minute", f'<div id="chart">{shown["#chart"]}</div>', note=f"The last {SECONDS // 60} minutes; the dashed line is slow")}
{card("Machines", f'<div id="machines">{_machines(second)}</div>')}
</div>"""
    return layout.page(body, query.problems)


def parts(query: Query, second: int) -> Mapping[str, str]:
    """What changes from second to second, by the place in the page where it stands."""
    rows = _machines(second)
    return {
        "#clock": _clock(second),
        "#tiles": _tiles(second),
        "#chart": _chart(_machine(query), second),
        "#machines tbody": rows[rows.index("<tbody>") + 7 : rows.index("</tbody>")],
    }


def _machine(query: Query) -> str:
    return query.choice("machine", "Machine", MACHINES, "filler")


def _held(query: Query) -> Optional[int]:
    """A moment as 2026-01-12T10:52, with seconds or without, in UTC; None for now."""
    given = query.text("at")
    if not given:
        return None
    try:
        second = int(datetime.fromisoformat(given).replace(tzinfo=timezone.utc).timestamp())
    except (ValueError, OverflowError):
        second = -1
    if FIRST <= second <= LAST:
        return second
    query.problems.append("That is no moment from 2020 to 2099, so the line is shown as it is now.")
    return None


def _clock(second: int) -> str:
    return f"{datetime.fromtimestamp(second, timezone.utc):%d %b %Y, %H:%M:%S} UTC"


def _controls(machine: str, held: Optional[int], second: int) -> str:
    moment = f"{datetime.fromtimestamp(second, timezone.utc):%Y-%m-%dT%H:%M:%S}"
    here = escape("./?" + urlencode({"machine": machine}))
    if held is None:
        kept, state = "", '<span class="badge ok" id="state">live</span>'
        other = f'<a id="hold" href="{here}&amp;at={moment}">Hold</a>'
    else:
        kept, state = f'<input type="hidden" name="at" value="{moment}">', badge("held", "wait").html
        other = f'<a href="{here}">Live again</a>'
    options = {name: one.name for name, one in MACHINES.items()}
    return f"""<form class="card controls" action="./" method="get">{select("machine", "Machine", options, machine)}{kept}
<button>Watch</button><p class="now whole">{state} <span id="clock">{_clock(second)}</span> {other}</p></form>"""


def _now(second: int) -> Dict[str, Reading]:
    return {name: read(name, second) for name in MACHINES}


def _tiles(second: int) -> str:
    now = _now(second)
    states = {name: reading.state(MACHINES[name]) for name, reading in now.items()}
    running = sum(state != "jammed" for state in states.values())
    slowest = min(now, key=lambda name: now[name].rate)
    warmest = max(now, key=lambda name: now[name].temperature - MACHINES[name].hot)
    made = sum(min(read(name, at).rate for name in MACHINES) for at in range(second - SECONDS + 1, second + 1)) / 60
    return tiles(
        ("Line", f"{now[slowest].rate:.0f} a minute", f"as fast as its slowest, the {MACHINES[slowest].name.lower()}"),
        (
            "Machines that turn",
            f"{running} of {len(now)}",
            "all of them" if running == len(now) else "look at the red one",
        ),
        (
            "Last three minutes",
            f"{made:.0f} bottles",
            f"{made / (min(m.rate for m in MACHINES.values()) * SECONDS / 60) * 100:.0f} % of what it can",
        ),
        (
            "Closest to hot",
            f"{now[warmest].temperature:.1f} °C",
            f"{MACHINES[warmest].name}, hot from {MACHINES[warmest].hot:.0f} °C",
        ),
    )


def _chart(machine_id: str, second: int) -> str:
    machine = MACHINES[machine_id]
    points = [(float(n), read(machine_id, second + n).rate) for n in range(-SECONDS, 1)]
    slow = machine.rate * SLOW
    lines = [
        Line([(n, slow) for n in range(-SECONDS, 1, 30)], "line dashed"),
        Line(points, "area"),
        Line([(-SECONDS, slow), (0, slow)], "line dashed"),
        Line(points, "line"),
    ]
    label = f"{machine.name}: bottles a minute over the last {SECONDS} seconds, now {points[-1][1]:.0f}."
    return line_chart(
        FULL, lines, label, lambda n: f"{n:.0f} s".replace("-", "−") if n else "now", lambda rate: f"{rate:g}"
    )


def _machines(second: int) -> str:
    rows: List[List[Content]] = []
    for name, reading in _now(second).items():
        machine, state = MACHINES[name], reading.state(MACHINES[name])
        rows.append(
            [
                Cell(escape(machine.name)),
                badge(state, BADGES[state]),
                bar(reading.rate / 250),
                num(f"{reading.rate:.0f}"),
                num(f"{reading.temperature:.1f} °C"),
                num(f"{reading.rejects:.1f}"),
            ]
        )
    return table(
        "Machines now",
        ["Machine", "State", "Speed", num("A minute"), num("Temperature"), num("Rejects in 1,000")],
        rows,
    )


if __name__ == "__main__":
    accept_streams("events", parts)
    serve({"": monitor, "icon.png": layout.icon}, layout.error_page)
