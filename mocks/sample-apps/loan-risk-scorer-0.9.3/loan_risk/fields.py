"""The fields of the forms, and how an application is read from them."""

from __future__ import annotations

from html import escape
from typing import Any, Dict, NamedTuple

from .data import TERMS, Application
from .decision import LARGEST_LOAN, SMALLEST_LOAN
from .query import Query

LIMIT, LEAST_LIMIT, MOST_LIMIT = 12, 2, 40
"""Percent."""


class Field(NamedTuple):
    """A number that an application holds; `scale` times what is shown is what is kept."""

    label: str
    low: float
    high: float
    step: float
    scale: float = 1

    def shown(self, kept: float) -> float:
        return round(kept / self.scale, 2)


FIELDS: Dict[str, Field] = {
    "income": Field("Income, € a month", 500, 50_000, 10),
    "amount": Field("Loan, €", SMALLEST_LOAN, LARGEST_LOAN, 100),
    "other_debts": Field("Other debts, € a month", 0, 20_000, 10),
    "savings": Field("Savings, €", 0, 1_000_000, 100),
    "years_in_job": Field("Years in the job", 0, 50, 0.1),
    "card_use": Field("Cards used, % of limit", 0, 100, 1, 0.01),
    "missed": Field("Payments missed, 2 years", 0, 24, 1),
}


def read_application(query: Query, start: Application) -> Application:
    """What the form says; `start` where it says nothing."""
    answers: Dict[str, Any] = {}
    for name, field in FIELDS.items():
        kept = getattr(start, name)
        default = field.shown(kept)
        given = query.number(name, field.label, default, field.low, field.high)
        answers[name] = kept if given == default else given * field.scale
    months = query.choice("months", "Term", [str(term) for term in TERMS], str(start.months))
    answers["missed"] = round(answers["missed"])
    return start._replace(months=int(months), **answers)


def read_limit(query: Query) -> int:
    """Percent."""
    return query.whole("limit", "Limit", LIMIT, LEAST_LIMIT, MOST_LIMIT)


def number_field(name: str, application: Application) -> str:
    field = FIELDS[name]
    value = field.shown(getattr(application, name))
    return _field(
        name,
        field.label,
        f'<input id="{name}" name="{name}" type="number" inputmode="decimal" required '
        f'min="{field.low:g}" max="{field.high:.0f}" step="any" value="{value:.12g}">',
    )


def select_field(name: str, label: str, options: Dict[str, str], chosen: str) -> str:
    items = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{escape(text)}</option>'
        for value, text in options.items()
    )
    return _field(name, label, f'<select id="{name}" name="{name}">{items}</select>')


def limit_field(limit: int) -> str:
    return (
        '<div class="field limit whole"><label for="limit" class="value"><span>Approve up to a risk of</span>'
        f'<output for="limit">{limit}</output></label>'
        f'<input id="limit" name="limit" type="range" min="{LEAST_LIMIT}" max="{MOST_LIMIT}" value="{limit}"></div>'
    )


def _field(name: str, label: str, control: str) -> str:
    return f'<div class="field"><label for="{name}">{escape(label)}</label>{control}</div>'
