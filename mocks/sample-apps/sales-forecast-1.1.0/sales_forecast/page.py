"""The app's one page, and the same forecast as a CSV file."""

from __future__ import annotations

import csv
import io
from html import escape
from typing import Dict, List, NamedTuple
from urllib.parse import urlencode

from . import layout
from .chart import effect_bar, forecast_chart, sparkline
from .data import STORES, Week, weekly_sales
from .model import Check, Model, Outlook, check
from .query import Query
from .web import Response

MOST_WEEKS = 26
DISCOUNTS = {"0": "None", "10": "10 % off", "20": "20 % off", "30": "30 % off"}
LEVELS = {"50": "50 %", "80": "80 %", "95": "95 %"}

MODELS: Dict[str, Model] = {store_id: Model(weekly_sales(store_id)) for store_id in STORES}
CHECKS: Dict[str, Check] = {store_id: check(model.history) for store_id, model in MODELS.items()}


class Choice(NamedTuple):
    """What the form asks for."""

    store: str
    weeks: int
    level: str
    discount: str
    start: int
    """The promotion's first week, counted from 1."""
    length: int
    """Weeks."""

    def discounts(self) -> List[float]:
        """For each week of the forecast."""
        running = range(self.start, self.start + self.length)
        return [int(self.discount) / 100 if n in running else 0.0 for n in range(1, self.weeks + 1)]

    def address(self, **changed: str) -> str:
        return escape(urlencode({**self._asdict(), **changed}))


def read_choice(query: Query) -> Choice:
    choice = Choice(
        query.choice("store", "Store", STORES, "harbour-street"),
        query.whole("weeks", "Weeks ahead", 12, 1, MOST_WEEKS),
        query.choice("level", "Range", LEVELS, "80"),
        query.choice("discount", "Promotion", DISCOUNTS, "0"),
        query.whole("start", "Promotion from week", 2, 1, MOST_WEEKS),
        query.whole("length", "Promotion lasts", 2, 1, 6),
    )
    if choice.discount != "0" and choice.start > choice.weeks:
        query.problems.append(
            f"The promotion starts in week {choice.start}, after the last of the {choice.weeks} weeks shown."
        )
    return choice


def forecast_page(query: Query) -> Response:
    choice = read_choice(query)
    model = MODELS[choice.store]
    outlook = model.outlook(choice.discounts(), int(choice.level) / 100)
    plain = model.outlook([0.0] * choice.weeks)
    body = f"""{_form(choice)}
<div class="results" id="results" data-live>
{_tiles(choice, model, outlook, plain)}
<div class="columns">{_chart(choice, model, outlook, plain)}{_drivers(choice, outlook)}</div>
<div class="columns">{_weeks(choice, outlook)}{_stores(choice)}</div>
</div>"""
    return layout.page(body, query.problems)


def forecast_csv(query: Query) -> Response:
    choice = read_choice(query)
    outlook = MODELS[choice.store].outlook(choice.discounts(), int(choice.level) / 100)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["week_start", "forecast_eur", f"low_{choice.level}_eur", f"high_{choice.level}_eur", "discount"])
    for week, low, high in zip(outlook.weeks, outlook.low, outlook.high):
        table.writerow([week.start, round(week.sales), round(low), round(high), week.discount])
    name = f"forecast-{choice.store}.csv"
    return Response(
        text.getvalue().encode(),
        "text/csv; charset=utf-8",
        headers=(("Content-Disposition", f'attachment; filename="{name}"'),),
    )


def _form(choice: Choice) -> str:
    stores = {store_id: store.name for store_id, store in STORES.items()}
    return f"""<form class="card controls" action="./" method="get">
{_select("store", "Store", stores, choice.store)}
{_number("weeks", "Weeks ahead", choice.weeks, MOST_WEEKS)}
{_select("level", "Range holds", LEVELS, choice.level)}
{_select("discount", "Promotion", DISCOUNTS, choice.discount)}
{_number("start", "From week", choice.start, MOST_WEEKS)}
{_number("length", "For weeks", choice.length, 6)}
<button>Forecast</button>
</form>"""


def _select(name: str, label: str, options: Dict[str, str], chosen: str) -> str:
    items = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{escape(text)}</option>'
        for value, text in options.items()
    )
    return f'<div class="field"><label for="{name}">{label}</label><select id="{name}" name="{name}">{items}</select></div>'


def _number(name: str, label: str, value: int, most: int) -> str:
    return (
        f'<div class="field"><label for="{name}">{label}</label>'
        f'<input id="{name}" name="{name}" type="number" min="1" max="{most}" required value="{value}"></div>'
    )


def _tiles(choice: Choice, model: Model, outlook: Outlook, plain: Outlook) -> str:
    same_weeks = sum(week.sales for week in model.history[-52 : -52 + choice.weeks])
    gain = outlook.total - plain.total
    test = CHECKS[choice.store]
    planned = any(choice.discounts())
    return f"""<dl class="tiles">
{_tile(_weeks_ahead(choice.weeks), _euros(outlook.total), f"{_euros(outlook.total_low)} to {_euros(outlook.total_high)}")}
{_tile("Against the same weeks last year", _share(outlook.total / same_weeks - 1), f"{_euros(same_weeks)} then")}
{_tile("Promotion", _gain(gain) if planned else "None", "in these weeks, the lull after it included" if planned else "planned in these weeks")}
{_tile("Off by, on weeks not seen", _percent(test.error), f"last year’s weeks as a guess: {_percent(test.naive_error)}")}
</dl>"""


def _tile(label: str, value: str, note: str) -> str:
    return f'<div class="card tile"><dt>{label}</dt><dd>{value}</dd><dd>{note}</dd></div>'


def _chart(choice: Choice, model: Model, outlook: Outlook, plain: Outlook) -> str:
    name = STORES[choice.store].name
    label = (
        f"Weekly sales of {name}: the past year, then {choice.weeks} weeks of forecast "
        f"with the {LEVELS[choice.level]} range. The table below has the figures."
    )
    without = '<span class="plain">Without promotion</span>' if any(choice.discounts()) else ""
    return f"""<section class="card">
<div class="card-head"><h2>{escape(name)}, euros a week</h2>
<div class="legend"><span class="past">Sold</span><span class="ahead">Forecast</span>{without}
<span class="band">{LEVELS[choice.level]} range</span><span class="mark">Promotion</span></div></div>
{forecast_chart(model.history, outlook, plain.weeks, label)}
</section>"""


def _drivers(choice: Choice, outlook: Outlook) -> str:
    test = CHECKS[choice.store]
    reach = max(abs(effect) for _, effect in outlook.drivers)
    rows = "".join(
        f'<tr><th scope="row">{name}</th><td class="bar">{effect_bar(effect, reach)}</td>'
        f'<td class="num">{_share(effect)}</td></tr>'
        for name, effect in outlook.drivers
    )
    return f"""<section class="card"><h2>What drives it</h2>
<table><caption class="note">An average week ahead against one of the past year</caption>
<thead class="visually-hidden"><tr><th scope="col">Driver</th><th scope="col">Bar</th><th scope="col">Effect</th></tr></thead>
<tbody>{rows}</tbody></table>
<h3 class="after">How sure it is</h3>
<p class="note">Of {test.weeks} weeks that the model had not seen, {test.inside} fell within their 80 % range.</p>
</section>"""


def _weeks(choice: Choice, outlook: Outlook) -> str:
    rows = "".join(
        f'<tr><th scope="row">{number}</th><td>{_day(week)}</td><td class="num">€{week.sales:,.0f}</td>'
        f'<td class="num">€{low:,.0f}</td><td class="num">€{high:,.0f}</td>'
        f"<td>{_discount(week.discount)}</td></tr>"
        for number, (week, low, high) in enumerate(zip(outlook.weeks, outlook.low, outlook.high), start=1)
    )
    return f"""<section class="card"><div class="card-head"><h2>Week by week</h2>
<a href="forecast.csv?{choice.address()}" download>Download as CSV</a></div>
<div class="scroll" role="region" aria-label="Week by week" tabindex="0"><table>
<caption class="visually-hidden">Forecast of {escape(STORES[choice.store].name)} by week</caption>
<thead><tr><th scope="col">Week</th><th scope="col">From</th><th scope="col" class="num">Forecast</th>
<th scope="col" class="num">Low</th><th scope="col" class="num">High</th><th scope="col">Promotion</th></tr></thead>
<tbody>{rows}</tbody></table></div></section>"""


def _stores(choice: Choice) -> str:
    rows = ""
    for store_id, store in STORES.items():
        model = MODELS[store_id]
        outlook = model.outlook([0.0] * choice.weeks)
        year_before = sum(week.sales for week in model.history[-52 : -52 + choice.weeks])
        here = ' aria-current="true"' if store_id == choice.store else ""
        rows += (
            f'<tr><th scope="row"><a href="?{choice.address(store=store_id)}"{here}>{escape(store.name)}</a></th>'
            f'<td class="sparkline">{sparkline(model.history[-52:], outlook.weeks)}</td>'
            f'<td class="num">{_share(outlook.total / year_before - 1)}</td></tr>'
        )
    return f"""<section class="card"><h2>All stores</h2>
<table><caption class="note">{_weeks_ahead(choice.weeks)} without promotions, against last year</caption>
<thead class="visually-hidden"><tr><th scope="col">Store</th><th scope="col">Trend</th><th scope="col">Change</th></tr></thead>
<tbody>{rows}</tbody></table></section>"""


def _weeks_ahead(weeks: int) -> str:
    return "Next week" if weeks == 1 else f"Next {weeks} weeks"


def _day(week: Week) -> str:
    return f"{week.start.day} {week.start:%b %Y}"


def _discount(discount: float) -> str:
    return f"{discount * 100:.0f} % off" if discount else ""


def _gain(euros: float) -> str:
    return f"{'−' if euros < 0 else '+'}{_euros(abs(euros))}"


def _euros(amount: float) -> str:
    """As many digits as a forecast deserves: €1.39m, €84k."""
    return f"€{amount / 1e6:.2f}m" if amount >= 999_500 else f"€{amount / 1000:.0f}k"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _share(share: float) -> str:
    """A signed percentage with a real minus sign: 0.052 is +5.2 %."""
    percent = round(share * 100, 1) or 0.0  # no −0.0
    return f"{percent:+.1f} %".replace("-", "−")
