"""The score's reasons as sentences."""

from __future__ import annotations

from typing import Callable, Dict

from .data import Application
from .decision import REFER_UP_TO, Change, Decision


def _burden(a: Application) -> str:
    return f"Instalments take {percent(a.burden, 0)} of the income."


def _missed(a: Application) -> str:
    if not a.missed:
        return "No payment was missed in the last two years."
    return f"{a.missed} payment{'s were' if a.missed > 1 else ' was'} missed in the last two years."


def _job(a: Application) -> str:
    if a.years_in_job < 1:
        return "The job is less than a year old."
    return f"In the same job for {a.years_in_job:g} year{'' if a.years_in_job == 1 else 's'}."


def _cards(a: Application) -> str:
    return f"The credit cards are used to {percent(a.card_use, 0)} of their limit."


def _savings(a: Application) -> str:
    months = a.savings / a.income
    if months < 0.1:
        return "There are hardly any savings."
    return f"Savings would replace the income for {months:.1f} months."


_SENTENCES: Dict[str, Callable[[Application], str]] = {
    "burden": _burden,
    "missed": _missed,
    "job": _job,
    "cards": _cards,
    "savings": _savings,
}


def reason(feature: str, application: Application) -> str:
    return _SENTENCES[feature](application)


def weight(points: float) -> str:
    """Says in words what a number of points does to the risk."""
    if abs(points) < 2:
        return "as usual"
    strength = "" if abs(points) < 10 else " a good deal" if abs(points) < 22 else " strongly"
    return f"{'lowers' if points > 0 else 'raises'} the risk{strength}"


def verdict(decision: Decision, risk: float, limit: float) -> str:
    shown = f"A risk of {percent(risk)}"
    if decision is Decision.APPROVE:
        return f"{shown} is within the limit of {percent(limit, 0)}."
    if decision is Decision.REFER:
        return f"{shown} is above the limit of {percent(limit, 0)}, but not by half: a person should look at it."
    return f"{shown} is more than {REFER_UP_TO:g} times the limit of {percent(limit, 0)}."


def way(change: Change) -> str:
    instalment = f"€{change.application.instalment:,.0f} a month"
    if change.field == "amount":
        return f"Borrow €{change.value:,.0f} at most ({instalment})."
    if change.field == "months":
        return f"Pay back over {change.value:g} months ({instalment})."
    return "Pay off the other debts first."


def percent(share: float, digits: int = 1) -> str:
    return f"{share * 100:.{digits}f} %"
