"""Generated sample data: loans that ended, and people who apply. The same on every machine."""

from __future__ import annotations

import math
import random
from typing import Dict, List, NamedTuple

YEARLY_RATE = 0.079
TERMS = (12, 24, 36, 48, 60, 72)
"""Months."""


class Application(NamedTuple):
    """What somebody tells the bank. Age, sex, origin and address are not asked."""

    income: float
    """Euros a month, after tax."""
    amount: float
    """Euros to borrow."""
    months: int
    other_debts: float
    """Euros a month that go to other loans."""
    missed: int
    """Payments missed in the last two years."""
    years_in_job: float
    card_use: float
    """Share of the credit cards' limit in use."""
    savings: float
    """Euros."""

    @property
    def instalment(self) -> float:
        """Euros a month to pay the loan back, interest included."""
        rate = YEARLY_RATE / 12
        return self.amount * rate / (1 - (1 + rate) ** -self.months)

    @property
    def burden(self) -> float:
        """Share of the income that all instalments take."""
        return (self.instalment + self.other_debts) / self.income


class Loan(NamedTuple):
    """A loan that ended."""

    application: Application
    defaulted: bool


def past_loans(count: int = 900) -> List[Loan]:
    chance = random.Random("past loans")
    loans = []
    for _ in range(count):
        application = _application(chance)
        loans.append(Loan(application, chance.random() < _true_risk(application)))
    return loans


def applicants(count: int = 84) -> Dict[str, Application]:
    """By their number, in the order they applied."""
    chance = random.Random("applicants")
    return {f"A-{1001 + number}": _application(chance) for number in range(count)}


def _application(chance: random.Random) -> Application:
    income = round(min(9000, max(1200, chance.lognormvariate(math.log(2900), 0.38))), -1)
    amount = round(min(40_000, max(1500, chance.lognormvariate(math.log(9500), 0.6))), -2)
    return Application(
        income=income,
        amount=amount,
        months=chance.choice(TERMS[:4] if amount < 8000 else TERMS[2:]),
        other_debts=round(chance.uniform(0.02, 0.22) * income, -1) if chance.random() < 0.55 else 0,
        missed=chance.choices((0, 1, 2, 3, 4), (68, 17, 8, 5, 2))[0],
        years_in_job=round(min(35.0, chance.expovariate(1 / 6)), 1),
        card_use=round(chance.betavariate(1.6, 2.4), 2),
        savings=round(chance.expovariate(1 / (1.8 * income)), -2),
    )


def _true_risk(application: Application) -> float:
    """How the sample's loans really come to fail. The scorecard has to find this out."""
    log_odds = (
        -2.5
        + 4.2 * (application.burden - 0.2)
        + 0.65 * application.missed
        - 0.45 * (math.log1p(application.years_in_job) - 1.5)
        + 1.6 * (application.card_use - 0.4)
        - 0.55 * (math.log1p(application.savings / application.income) - 0.8)
    )
    return 1 / (1 + math.exp(-log_odds))
