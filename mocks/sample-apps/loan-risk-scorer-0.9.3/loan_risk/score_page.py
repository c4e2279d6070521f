"""Score one application: decision, reasons, and what would change it."""

from __future__ import annotations

from html import escape

from . import layout, words
from .chart import meter, points_bar
from .data import TERMS, Application
from .decision import Decision, decide, largest_loan, ways_to_approval
from .fields import limit_field, number_field, read_application, read_limit, select_field
from .query import Query
from .sample import APPLICANTS, CARD, LOANS, QUALITY
from .tabs import BADGES, tabs
from .web import Response

EXAMPLE = "A-1020"


def score_page(query: Query) -> Response:
    number = query.choice("applicant", "Applicant", APPLICANTS, EXAMPLE)
    application = read_application(query, APPLICANTS[number])
    limit = read_limit(query)
    changed = application != APPLICANTS[number]
    body = f"""{tabs("./", limit)}
<div class="columns score">
<form class="card controls pair" action="./" method="get">
<h2 class="whole">Application</h2>
<input type="hidden" name="applicant" value="{escape(number)}">
{number_field("income", application)}{number_field("amount", application)}
{select_field("months", "Term", {str(term): f"{term} months" for term in TERMS}, str(application.months))}
{number_field("other_debts", application)}{number_field("savings", application)}
{number_field("years_in_job", application)}{number_field("card_use", application)}
{number_field("missed", application)}
{limit_field(limit)}
<button>Score</button>
</form>
<div class="results" id="results" data-live>
{_decision(application, limit / 100, f"{number}, changed" if changed else number)}
{_reasons(application)}
{_ways(application, limit / 100)}
</div>
</div>"""
    return layout.page(body, query.problems)


def _decision(application: Application, limit: float, name: str) -> str:
    risk = CARD.risk(application)
    decision = decide(risk, limit)
    return f"""<section class="card">
<h2 class="visually-hidden">Decision</h2>
<div class="decision"><span class="badge {BADGES[decision]}">{decision.value}</span>
<span class="note">{escape(name)}<br>€{application.instalment:,.0f} a month for {application.months} months</span>
<dl><div><dt>Risk</dt><dd>{words.percent(risk)}</dd></div><div><dt>Score</dt><dd>{CARD.score(application)}</dd></div></dl></div>
{meter(risk, limit)}
<p class="note">{words.verdict(decision, risk, limit)}</p>
</section>"""


def _reasons(application: Application) -> str:
    shares = CARD.points(application)
    reach = max(abs(points) for _, points in shares)
    rows = "".join(
        f'<tr><th scope="row">{words.reason(feature, application)} '
        f'<span class="effect">{words.weight(points).capitalize()}.</span></th>'
        f'<td class="bar">{points_bar(points, reach)}</td>'
        f'<td class="num">{_signed(points)}</td></tr>'
        for feature, points in shares
    )
    return f"""<section class="card"><h2>Why</h2>
<table class="reasons"><caption class="note">Points against the average of {len(LOANS)} past loans; more is safer</caption>
<thead class="visually-hidden"><tr><th scope="col">Reason</th><th scope="col">Bar</th><th scope="col">Points</th></tr></thead>
<tbody>{rows}</tbody></table></section>"""


def _ways(application: Application, limit: float) -> str:
    if decide(CARD.risk(application), limit) is Decision.APPROVE:
        most = largest_loan(application, CARD, limit) or application.amount
        title, text = "What would change it", f"<p>Approved up to a loan of €{most:,.0f} over the same term.</p>"
    else:
        ways = "".join(f"<li>{words.way(change)}</li>" for change in ways_to_approval(application, CARD, limit))
        title = "Any of these would get it approved"
        text = (
            f"<ul>{ways}</ul>" if ways else "<p>No other amount, term or repaid debt alone would get it approved.</p>"
        )
        if not ways:
            title = "What would change it"
    return f"""<section class="card"><h2>{title}</h2>{text}
<p class="meta after">Given one failed and one repaid loan that it had not seen, the score tells which is which in {words.percent(QUALITY, 0)} of cases.</p></section>"""


def _signed(points: float) -> str:
    return f"{round(points):+d}".replace("-", "−") if round(points) else "0"
