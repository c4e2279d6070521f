"""All sample applicants: what a limit does to them, and a table to sort and filter."""

from __future__ import annotations

from html import escape
from typing import Callable, Dict, List, NamedTuple, Tuple
from urllib.parse import urlencode

from . import layout
from .chart import profit_curve
from .data import Application
from .decision import LARGEST_LOAN, Decision, Outcome, decide, outcome
from .fields import LEAST_LIMIT, MOST_LIMIT, limit_field, read_limit, select_field
from .query import Query
from .sample import APPLICANTS, CARD
from .tabs import BADGES, tabs
from .web import Response
from .words import percent

PAGE_ROWS = 14


class Row(NamedTuple):
    number: str
    application: Application
    risk: float


class Column(NamedTuple):
    label: str
    key: Callable[[Row], float]
    cell: Callable[[Row], str]


ROWS = [Row(number, application, CARD.risk(application)) for number, application in APPLICANTS.items()]
OUTCOMES: Dict[int, Outcome] = {
    limit: outcome(APPLICANTS.values(), CARD, limit / 100) for limit in range(LEAST_LIMIT, MOST_LIMIT + 1)
}
BEST_LIMIT = max(OUTCOMES, key=lambda limit: OUTCOMES[limit].profit)

COLUMNS: Dict[str, Column] = {
    "applied": Column("Applicant", lambda row: float(row.number[2:]), lambda row: row.number),
    "risk": Column("Risk", lambda row: row.risk, lambda row: percent(row.risk)),
    "income": Column("Income", lambda row: row.application.income, lambda row: f"€{row.application.income:,.0f}"),
    "amount": Column("Loan", lambda row: row.application.amount, lambda row: f"€{row.application.amount:,.0f}"),
    "months": Column("Months", lambda row: row.application.months, lambda row: str(row.application.months)),
    "burden": Column("Burden", lambda row: row.application.burden, lambda row: percent(row.application.burden, 0)),
    "missed": Column("Missed", lambda row: row.application.missed, lambda row: str(row.application.missed)),
}
FIGURES = [name for name in COLUMNS if name != "applied"]
DECISIONS = {"": "All", **{decision.value: decision.value for decision in Decision}}


class View(NamedTuple):
    """Which rows are shown, and how."""

    limit: int
    decision: str
    find: str
    least: int
    """Euros."""
    sort: str
    order: str
    page: int

    def address(self, **changed: object) -> str:
        return escape("applicants?" + urlencode({**self._asdict(), **changed}))


def applicants_page(query: Query) -> Response:
    view = View(
        read_limit(query),
        query.choice("decision", "Decision", DECISIONS, ""),
        query.text("find"),
        query.whole("least", "Loan of at least", 0, 0, LARGEST_LOAN),
        query.choice("sort", "Sort by", COLUMNS, "risk"),
        query.choice("order", "Order", ("up", "down"), "down"),
        query.whole("page", "Page", 1, 1, 1000),
    )
    body = f"""{tabs("applicants", view.limit)}
<form class="card controls" action="applicants" method="get">
{limit_field(view.limit)}
{select_field("decision", "Decision", DECISIONS, view.decision)}
<div class="field"><label for="least">Loan of at least, €</label>
<input id="least" name="least" type="number" required min="0" max="{LARGEST_LOAN}" step="any" value="{view.least}"></div>
<div class="field"><label for="find">Applicant</label>
<input id="find" name="find" type="search" maxlength="40" size="10" value="{escape(view.find)}"></div>
<input type="hidden" name="sort" value="{view.sort}"><input type="hidden" name="order" value="{view.order}">
<button>Show</button>
</form>
<div class="results" id="results" data-live>
{_tiles(view.limit)}
<div class="columns">{_table(view)}{_curve(view.limit)}</div>
</div>"""
    return layout.page(body, query.problems)


def _tiles(limit: int) -> str:
    result = OUTCOMES[limit]
    failing = percent(result.failures / result.approved) if result.approved else "–"
    tiles = (
        ("Approved", str(result.approved), f"of {len(ROWS)} applicants"),
        ("Referred", str(result.referred), f"to a person; {result.declined} declined"),
        ("Expected to fail", failing, f"{result.failures:.1f} of the approved loans"),
        ("Expected profit", f"€{result.profit / 1000:.0f}k", "interest less losses"),
    )
    items = "".join(
        f'<div class="card tile"><dt>{name}</dt><dd>{value}</dd><dd>{note}</dd></div>' for name, value, note in tiles
    )
    return f'<dl class="tiles">{items}</dl>'


def _curve(limit: int) -> str:
    profits = [(percentage, result.profit) for percentage, result in OUTCOMES.items()]
    label = (
        f"Expected profit by limit. At {limit} % it is €{OUTCOMES[limit].profit:,.0f}; "
        f"the highest, €{OUTCOMES[BEST_LIMIT].profit:,.0f}, is at {BEST_LIMIT} %."
    )
    return f"""<section class="card"><h2>What the limit earns</h2>
<p class="note">Expected profit from approved loans</p>
{profit_curve(profits, limit, BEST_LIMIT, label)}
<p class="note after">{_advice(limit)}</p></section>"""


def _advice(limit: int) -> str:
    best = OUTCOMES[BEST_LIMIT]
    if OUTCOMES[limit].profit == best.profit:
        return "No other limit earns more from these applicants."
    return (
        f"A limit of {BEST_LIMIT} % would earn €{best.profit / 1000:.0f}k, the most, "
        f"with {best.failures:.1f} loans expected to fail."
    )


def _chosen(view: View) -> List[Row]:
    wanted = view.find.upper()
    rows = [
        row
        for row in ROWS
        if wanted in row.number
        and row.application.amount >= view.least
        and view.decision in ("", decide(row.risk, view.limit / 100).value)
    ]
    return sorted(rows, key=COLUMNS[view.sort].key, reverse=view.order == "down")


def _table(view: View) -> str:
    rows = _chosen(view)
    shown, page, pages = _page(rows, view.page)
    if not rows:
        return (
            '<section class="card"><h2>No applicant matches</h2><p class="note">Widen the filters above.</p></section>'
        )
    figures = "".join(_head(name, view) for name in FIGURES)
    lines = "".join(_line(row, view.limit) for row in shown)
    older = f'<a href="{view.address(page=page - 1)}">Previous</a>' if page > 1 else "<span></span>"
    newer = f'<a href="{view.address(page=page + 1)}">Next</a>' if page < pages else "<span></span>"
    count = "1 applicant" if len(rows) == 1 else f"{len(rows)} applicants"
    return f"""<section class="card"><h2>Applicants</h2>
<div class="scroll" role="region" aria-label="Applicants" tabindex="0"><table>
<caption class="note">{count}, sorted by {COLUMNS[view.sort].label.lower()}</caption>
<thead><tr>{_head("applied", view)}<th scope="col">Decision</th>{figures}</tr></thead>
<tbody>{lines}</tbody></table></div>
<div class="pages">{older}<span class="meta">Page {page} of {pages}</span>{newer}</div></section>"""


def _page(rows: List[Row], wanted: int) -> Tuple[List[Row], int, int]:
    """The rows of a page; the last page stands in for those beyond it."""
    pages = max(1, -(-len(rows) // PAGE_ROWS))
    page = min(wanted, pages)
    return rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS], page, pages


def _head(name: str, view: View) -> str:
    sorted_now = name == view.sort
    order = "up" if sorted_now and view.order == "down" else "down"
    arrow = {"up": " ↑", "down": " ↓"}[view.order] if sorted_now else ""
    state = f' aria-sort="{"ascending" if view.order == "up" else "descending"}"' if sorted_now else ""
    kind = "" if name == "applied" else ' class="num"'
    address = view.address(sort=name, order=order, page=1)
    return f'<th scope="col"{kind}{state}><a href="{address}">{COLUMNS[name].label}{arrow}</a></th>'


def _line(row: Row, limit: int) -> str:
    decision = decide(row.risk, limit / 100)
    cells = "".join(f'<td class="num">{COLUMNS[name].cell(row)}</td>' for name in FIGURES)
    return (
        f'<tr><th scope="row"><a href="./?applicant={row.number}&amp;limit={limit}">{row.number}</a></th>'
        f'<td><span class="badge {BADGES[decision]}">{decision.value}</span></td>{cells}</tr>'
    )
