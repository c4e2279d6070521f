"""Start of the app: python3 -m churn_explorer.server"""

from __future__ import annotations

import math
from typing import List, Tuple

from . import layout
from .model import DRIVERS, MODEL, OFFERS, PLANS, STANDINGS, Offer, Standing, worth
from .parts import (
    THIRD,
    Cell,
    badge,
    bar,
    card,
    column_chart,
    columns,
    euros,
    form,
    num,
    number,
    results,
    select,
    table,
    tiles,
)
from .query import Query
from .web import Response, serve

SORTS = {"worth": "Worth keeping", "risk": "Risk", "bill": "Bill"}
ROWS = 15
WIDTH = 5
"""Percentage points of risk a column of the chart spans."""

Row = Tuple[Standing, float]
"""A customer and what the offer is worth with them."""


def explorer(query: Query) -> Response:
    plan = query.choice("plan", "Contract", {"all", *PLANS}, "all")
    offer_id = query.choice("offer", "Offer", OFFERS, "discount")
    limit = query.whole("risk", "Risk from", 20, 0, 90)
    sort = query.choice("sort", "Sort by", SORTS, "worth")
    offer = OFFERS[offer_id]
    chosen = [one for one in STANDINGS if plan in ("all", one.customer.plan)]
    rows = [(one, worth(one.customer, one.risk, offer)) for one in chosen if one.risk * 100 >= limit]
    keys = {"worth": lambda row: -row[1], "risk": lambda row: -row[0].risk, "bill": lambda row: -row[0].customer.bill}
    rows.sort(key=keys[sort])
    controls = form(
        "Show",
        select("plan", "Contract", {"all": "All contracts", **PLANS}, plan),
        number("risk", "Risk from, %", limit, 0, 90),
        select("offer", "Offer", {name: one.name for name, one in OFFERS.items()}, offer_id),
        select("sort", "Sort by", SORTS, sort),
    )
    side = f'<div class="stack">{_drivers([one for one, _ in rows])}{_risks(chosen, limit)}</div>'
    body = controls + results(_tiles(chosen, rows, offer), columns(_customers(rows, offer), side))
    return layout.page(body, query.problems)


def _tiles(chosen: List[Standing], rows: List[Row], offer: Offer) -> str:
    leaving = sum(one.risk for one in chosen)
    bills = sum(one.risk * one.customer.bill * 12 for one in chosen)
    paying = [gain for _, gain in rows if gain > 0]
    return tiles(
        ("Expected to leave", f"{leaving:.0f}", f"of {len(chosen)} customers, within three months"),
        ("Revenue at risk", f"€{bills / 1000:.1f}k", "a year"),
        ("The offer pays with", f"{len(paying)}", f"of {len(rows)} listed customers"),
        (
            "Keeping them is worth",
            f"€{sum(paying):,.0f}",
            f"in a year: {offer.name[0].lower() + offer.name[1:]}, costs paid",
        ),
    )


def _customers(rows: List[Row], offer: Offer) -> str:
    if not rows:
        return card("Nobody", note="No customer is at that risk. Lower it above.")
    lines = [
        [
            one.customer.number,
            badge(f"{one.risk * 100:.0f} %", "bad" if one.risk >= 0.5 else "wait" if one.risk >= 0.2 else "ok"),
            Cell(", ".join(MODEL.reasons(one.customer)) or "nothing stands out", "wrap"),
            PLANS[one.customer.plan],
            num(f"€{one.customer.bill:.2f}"),
            num(euros(gain)),
        ]
        for one, gain in rows[:ROWS]
    ]
    more = f"{len(rows)} customers, the first {ROWS} shown" if len(rows) > ROWS else f"{len(rows)} customers"
    head = ["Customer", "Risk", "Why", "Contract", num("Bill"), num("Offer brings")]
    return card("Who is about to leave", table("Customers at risk", head, lines), note=f"{more}. Offer: {offer.name}")


def _drivers(chosen: List[Standing]) -> str:
    if not chosen:
        return ""
    pushes = [MODEL.pushes(one.customer) for one in chosen]
    mean = sorted(
        ((sum(column) / len(pushes), driver.name) for column, driver in zip(zip(*pushes), DRIVERS)), reverse=True
    )
    reach = max(abs(push) for push, _ in mean) or 1
    rows = [[name, bar(push / reach, "both"), num(f"×{math.exp(push):.1f}")] for push, name in mean]
    return card(
        "Why they leave",
        table("Drivers", ["Driver", "Effect", num("Odds")], rows),
        note="The listed ones against all customers",
    )


def _risks(chosen: List[Standing], limit: int) -> str:
    counts = [0.0] * (100 // WIDTH)
    for one in chosen:
        counts[min(len(counts) - 1, int(one.risk * 100 / WIDTH))] += 1
    chart = column_chart(
        THIRD,
        counts,
        [f"{n * WIDTH} %" for n in range(len(counts))],
        f"How many customers are at which risk, in steps of {WIDTH} %.",
        lambda count: f"{count:.0f}",
        strong=lambda n: (n + 1) * WIDTH > limit,
    )
    return card("How many, at which risk", chart)


if __name__ == "__main__":
    serve({"": explorer, "icon.png": layout.icon}, layout.error_page)
