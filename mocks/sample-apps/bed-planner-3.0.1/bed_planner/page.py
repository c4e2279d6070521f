"""The app's one page: the grid of wards and nights, the measures, and one ward in detail."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import Dict, List, Mapping, NamedTuple, Sequence
from urllib.parse import urlencode

from . import layout
from .chart import short, ward_chart
from .hospital import WARDS
from .occupancy import NIGHTS, Night, Situation, forecast, past
from .planner import Kind, Measure, Span, plan, spans
from .query import Query
from .web import Response

SEASONS = {"usual": "As usual", "flu": "Flu wave", "heat": "Heat wave", "ice": "Black ice"}
PLANNED = {"100": "As usual", "75": "Three quarters", "50": "Half", "0": "None"}
LEVELS = {"80": "4 nights in 5", "90": "9 nights in 10", "95": "19 nights in 20"}
HEAT = (70, 80, 88, 95, 100)
"""Percent of the beds in use from which a cell takes the next colour."""

Forecasts = Mapping[str, Sequence[Night]]


class Choice(NamedTuple):
    """What the form asks for."""

    start: date
    season: str
    planned: str
    level: str
    ward: str

    def address(self, **changed: str) -> str:
        return escape("?" + urlencode({**self._asdict(), **changed}))


def plan_page(query: Query) -> Response:
    choice = Choice(
        query.day("start", "First night", date.today(), date(2000, 1, 1), date(2099, 12, 31)),
        query.choice("season", "Season", SEASONS, "usual"),
        query.choice("planned", "Appointments", PLANNED, "100"),
        query.choice("level", "Beds suffice on", LEVELS, "90"),
        query.choice("ward", "Ward", WARDS, "medicine"),
    )
    situation = Situation(choice.start, choice.season, int(choice.planned) / 100)
    level = int(choice.level) / 100
    forecasts = {ward_id: forecast(ward_id, situation) for ward_id in WARDS}
    measures = plan(forecasts, level)
    body = f"""{_form(choice)}
<div class="results" id="results" data-live>
{_tiles(choice, forecasts, measures, level)}
{_grid(choice, forecasts, level)}
<div class="columns halves">{_measures(choice, measures)}{_ward(choice, forecasts[choice.ward], level)}</div>
</div>"""
    return layout.page(body, query.problems)


def _form(choice: Choice) -> str:
    wards = {ward_id: ward.name for ward_id, ward in WARDS.items()}
    return f"""<form class="card controls" action="./" method="get">
<div class="field"><label for="start">First night</label>
<input id="start" name="start" type="date" min="2000-01-01" max="2099-12-31" required value="{choice.start}"></div>
{_select("season", "Season", SEASONS, choice.season)}
{_select("planned", "Appointments", PLANNED, choice.planned)}
{_select("level", "Beds suffice on", LEVELS, choice.level)}
{_select("ward", "Ward in detail", wards, choice.ward)}
<button>Plan</button>
</form>"""


def _select(name: str, label: str, options: Dict[str, str], chosen: str) -> str:
    items = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{escape(text)}</option>'
        for value, text in options.items()
    )
    return f'<div class="field"><label for="{name}">{label}</label><select id="{name}" name="{name}">{items}</select></div>'


def _tiles(choice: Choice, forecasts: Forecasts, measures: Sequence[Measure], level: float) -> str:
    beds = sum(ward.beds for ward in WARDS.values())
    tonight = sum(nights[0].expected for nights in forecasts.values())
    totals = _house(forecasts)
    fullest = max(range(NIGHTS), key=lambda number: totals[number])
    tight = {measure.ward for measure in measures}
    short_nights = {measure.day for measure in measures if measure.kind is Kind.SHORT}
    opened = _most_a_night(measures, Kind.OPEN)
    put_off = sum(measure.beds for measure in measures if measure.kind is Kind.POSTPONE)
    tiles = (
        ("First night", f"{tonight / beds:.0%}", f"{tonight:.0f} of {beds} beds expected in use"),
        ("Fullest night", f"{totals[fullest] / beds:.0%}", _weekday(choice.start + timedelta(days=fullest))),
        ("Reserve beds", f"{opened}", f"at most; {_count(put_off, 'appointment')} put off"),
        (
            "Still short",
            _count(len(short_nights), "night") if short_nights else "Never",
            f"after measures in {_count(len(tight), 'ward')}" if tight else "and no measures needed",
        ),
    )
    items = "".join(
        f'<div class="card tile"><dt>{name}</dt><dd>{value.replace("%", " %")}</dd><dd>{note}</dd></div>'
        for name, value, note in tiles
    )
    return f'<dl class="tiles">{items}</dl>'


def _house(forecasts: Forecasts) -> List[float]:
    """Patients expected in the whole hospital, night by night."""
    return [sum(nights[number].expected for nights in forecasts.values()) for number in range(NIGHTS)]


def _most_a_night(measures: Sequence[Measure], kind: Kind) -> int:
    beds: Dict[date, int] = {}
    for measure in measures:
        if measure.kind is kind:
            beds[measure.day] = beds.get(measure.day, 0) + measure.beds
    return max(beds.values(), default=0)


def _grid(choice: Choice, forecasts: Forecasts, level: float) -> str:
    days = [choice.start + timedelta(days=number) for number in range(NIGHTS)]
    head = "".join(
        f'<th scope="col"{" class=weekend" if day.weekday() > 4 else ""}>{day:%a}<br>{short(day)}</th>' for day in days
    )
    rows = "".join(_grid_row(choice, ward_id, nights, level) for ward_id, nights in forecasts.items())
    beds = sum(ward.beds for ward in WARDS.values())
    total = "".join(_cell(patients / beds * 100, 0) for patients in _house(forecasts))
    scale = "".join(
        f'<span class="heat-{number}">{text}</span>'
        for number, text in enumerate(["below 70", *(f"{at}+" for at in HEAT)])
    )
    return f"""<section class="card">
<div class="card-head"><h2>The coming fortnight</h2><div class="scale" aria-hidden="true">{scale}</div></div>
<p class="note">Percent of the beds expected in use; +2: two beds to find, so that they suffice on {LEVELS[choice.level]}.</p>
<div class="scroll" role="region" aria-label="The coming fortnight" tabindex="0"><table class="grid">
<caption class="visually-hidden">Beds expected in use by ward and night</caption>
<thead><tr><th scope="col"><span class="visually-hidden">Ward</span></th>{head}</tr></thead>
<tbody>{rows}<tr class="total"><th scope="row">Hospital <span class="meta">{beds}</span></th>{total}</tr></tbody>
</table></div></section>"""


def _grid_row(choice: Choice, ward_id: str, nights: Sequence[Night], level: float) -> str:
    ward = WARDS[ward_id]
    cells = "".join(
        _cell(night.expected / ward.beds * 100, max(0, night.needed(level) - ward.beds)) for night in nights
    )
    here = ' aria-current="true"' if ward_id == choice.ward else ""
    address = choice.address(ward=ward_id)
    return (
        f'<tr><th scope="row"><a href="{address}#detail"{here}>{escape(ward.name)}</a> '
        f'<span class="meta">{ward.beds}</span></th>{cells}</tr>'
    )


def _cell(percent: float, missing: int) -> str:
    heat = sum(round(percent) >= at for at in HEAT)
    more = f" <small>+{missing}</small>" if missing else ""
    return f'<td class="heat-{heat}">{percent:.0f}{more}</td>'


def _measures(choice: Choice, measures: Sequence[Measure]) -> str:
    lists = []
    calm = []
    for ward_id, ward in WARDS.items():
        found = spans(measures, ward_id)
        if not found:
            calm.append(ward.name)
            continue
        items = "".join(
            f"<li{' class=short' if span.kind is Kind.SHORT else ''}><span>{_measure(span)}</span>"
            f'<span class="meta">{_when(span)}</span></li>'
            for span in found
        )
        lists.append(f"<h3>{escape(ward.name)}</h3><ul>{items}</ul>")
    rest = f'<p class="note after">No measures: {escape(", ".join(calm))}.</p>' if calm else ""
    return f"""<section class="card measures"><h2>What to do</h2>
<p class="note">So that the beds suffice on {LEVELS[choice.level]}: borrow first, then staff the reserve, then put off appointments.</p>
{"".join(lists)}{rest}</section>"""


def _measure(span: Span) -> str:
    count = f"{span.least}" if span.least == span.most else f"{span.least} to {span.most}"
    noun = "bed" if span.most == 1 else "beds"
    if span.kind is Kind.BORROW:
        return f"Borrow {count} {noun} from {escape(WARDS[span.lender].name)}"
    if span.kind is Kind.OPEN:
        return f"Staff {count} reserve {noun}"
    if span.kind is Kind.POSTPONE:
        return (
            f"Put off {count} appointment{'' if span.most == 1 else 's'}{'' if span.first == span.last else ' a day'}"
        )
    return f"Still short of {count} {noun}"


def _when(span: Span) -> str:
    return _weekday(span.first) if span.first == span.last else f"{_weekday(span.first)} – {_weekday(span.last)}"


def _ward(choice: Choice, nights: Sequence[Night], level: float) -> str:
    ward = WARDS[choice.ward]
    before = [past(choice.ward, choice.start - timedelta(days=back)) for back in range(NIGHTS, 0, -1)]
    rows = "".join(
        f'<tr><th scope="row">{_weekday(night.day)}</th><td class="num">{night.emergencies:.1f}</td>'
        f'<td class="num">{night.planned:.1f}</td><td class="num">{night.leaving:.1f}</td>'
        f'<td class="num">{night.expected:.1f}</td><td class="num">{night.needed(level)}</td></tr>'
        for night in nights
    )
    label = (
        f"Patients in {ward.name}: the past fortnight, the fortnight expected, and its {ward.beds} beds. "
        "The table below has the figures."
    )
    return f"""<section class="card" id="detail"><div class="card-head"><h2>{escape(ward.name)}</h2>
<p class="note">{ward.beds} beds, {ward.reserve} in reserve; half of the patients stay {ward.stay:g} days or less</p></div>
<div class="legend"><span class="was">Were there</span><span class="will">Expected</span>
<span class="band">Likely range</span><span class="beds">Beds</span><span class="reserve">With reserve</span></div>
{ward_chart(ward, before, nights, level, label)}
<div class="scroll" role="region" aria-label="{escape(ward.name)} night by night" tabindex="0"><table>
<caption class="visually-hidden">{escape(ward.name)}, patients expected night by night</caption>
<thead><tr><th scope="col">Night</th><th scope="col" class="num">Emergencies</th><th scope="col" class="num">Planned</th>
<th scope="col" class="num">Leaving</th><th scope="col" class="num">In beds</th><th scope="col" class="num">Beds needed</th></tr></thead>
<tbody>{rows}</tbody></table></div></section>"""


def _weekday(day: date) -> str:
    """Mon 12 Jan."""
    return f"{day:%a} {short(day)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
