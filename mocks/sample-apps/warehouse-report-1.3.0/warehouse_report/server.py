"""Start of the app: python3 -m warehouse_report.server"""

from __future__ import annotations

from html import escape
from typing import Dict, List

from . import layout
from .model import DUST, STOCK, WAREHOUSES, Article
from .parts import Cell, badge, card, columns, form, num, number, results, select, sparkline, table, tiles
from .query import Query
from .secrets import found
from .web import Response, serve

SORTS = {"left": "Runs out first", "order": "Order value", "value": "Stock value"}
SURE = {"90": "9 times in 10", "95": "19 times in 20", "99": "99 times in 100"}


def report(query: Query) -> Response:
    warehouse = query.choice("warehouse", "Warehouse", WAREHOUSES, "lyon")
    days = query.whole("days", "Stock for", 30, 5, 120)
    sure_id = query.choice("sure", "Suffices", SURE, "95")
    sort = query.choice("sort", "Sort by", SORTS, "left")
    articles = STOCK[warehouse]
    orders = {article.number: article.to_order(days, int(sure_id) / 100) for article in articles}
    keys = {
        "left": lambda article: article.days_left,
        "order": lambda article: -orders[article.number] * article.price,
        "value": lambda article: -article.stock * article.price,
    }
    controls = form(
        "Report",
        select("warehouse", "Warehouse", WAREHOUSES, warehouse),
        number("days", "Order for days", days, 5, 120),
        select("sure", "Suffices", SURE, sure_id),
        select("sort", "Sort by", SORTS, sort),
    )
    side = f'<div class="stack">{_secrets()}{_dust(articles)}</div>'
    rows = sorted(articles, key=keys[sort])
    body = controls + results(_tiles(articles, orders), columns(_articles(WAREHOUSES[warehouse], rows, orders), side))
    return layout.page(body, query.problems)


def _tiles(articles: List[Article], orders: Dict[str, int]) -> str:
    value = sum(article.stock * article.price for article in articles)
    cost = sum(orders[article.number] * article.price for article in articles)
    first = min(articles, key=lambda article: article.days_left)
    dusty = sum(article.stock * article.price for article in articles if article.days_left > DUST)
    return tiles(
        ("In stock", f"€{value / 1000:.1f}k", f"{len(articles)} articles"),
        ("To order today", f"{sum(order > 0 for order in orders.values())}", f"articles for €{cost / 1000:.1f}k"),
        ("Runs out first", first.name.split(",")[0], f"in {first.days_left:.1f} days; a delivery takes {first.lead}"),
        ("Gathers dust", f"€{dusty / 1000:.1f}k", f"lasts longer than {DUST} days"),
    )


def _articles(warehouse: str, rows: List[Article], orders: Dict[str, int]) -> str:
    lines = []
    for article in rows:
        order = orders[article.number]
        kind = "bad" if article.days_left < article.lead else "wait" if order else "ok"
        lines.append(
            [
                Cell(f'{escape(article.name)} <span class="meta">{article.number}</span>'),
                sparkline([sum(article.sold[n : n + 7]) for n in range(0, 56, 7)]),
                num(f"{article.stock:,}"),
                badge(f"{article.days_left:.0f} days", kind)._replace(style="num"),
                num(f"{article.lead} days"),
                num(f"{order:,}" if order else "–"),
            ]
        )
    head = ["Article", "Sold, eight weeks", num("Stock"), num("Lasts"), num("Delivery"), num("To order")]
    return card(warehouse, table("Articles", head, lines), note="Red: gone before a delivery of today could arrive")


def _secrets() -> str:
    rows = "".join(
        f"<li><div>{escape(one.name)}<br><code>{escape(one.where)}</code></div>"
        f'<div class="got">{_state(one.characters, one.note)}</div></li>'
        for one in found()
    )
    return card(
        "What the platform gave", f'<ul class="plain">{rows}</ul>', note="Secrets: here or not, never their values"
    )


def _state(characters: object, note: str) -> str:
    if characters is None:
        return badge("missing", "wait" if note == "optional" else "bad").html + f'<br><span class="meta">{note}</span>'
    said = f"{characters} character{'' if characters == 1 else 's'}"
    more = "" if note in ("needed", "optional") else f", {note}"
    return badge("present", "ok").html + f'<br><span class="meta">{said}{more}</span>'


def _dust(articles: List[Article]) -> str:
    slow = sorted((one for one in articles if one.days_left > DUST), key=lambda one: -one.stock * one.price)
    if not slow:
        return card("Gathers dust", "<p>Nothing.</p>")
    rows = [[one.name, num(f"{one.days_left:.0f} days"), num(f"€{one.stock * one.price:,.0f}")] for one in slow]
    return card("Gathers dust", table("Slow articles", ["Article", num("Lasts"), num("Worth")], rows))


if __name__ == "__main__":
    for one in found():
        print(f"{one.where}: {'missing' if one.characters is None else 'present'}", flush=True)
    serve({"": report, "icon.png": layout.icon}, layout.error_page)
