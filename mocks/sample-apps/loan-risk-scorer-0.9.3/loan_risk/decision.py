"""From a risk to a decision, and what a limit means for the bank."""

from __future__ import annotations

from enum import Enum
from typing import Iterable, List, NamedTuple, Optional

from .data import TERMS, Application
from .scorecard import Scorecard

REFER_UP_TO = 1.5
"""Up to this multiple of the limit a person looks at the application."""
LOST_SHARE = 0.65
"""Share of the amount that is gone when a loan fails."""
LARGEST_LOAN = 50_000
SMALLEST_LOAN = 500


class Decision(Enum):
    APPROVE = "Approve"
    REFER = "Refer"
    DECLINE = "Decline"


class Outcome(NamedTuple):
    """What a limit does to a set of applications."""

    approved: int
    referred: int
    declined: int
    failures: float
    """Loans expected to fail among the approved."""
    profit: float
    """Euros expected from the approved: interest earned less amounts lost."""


class Change(NamedTuple):
    """The smallest change of one answer that gets an application approved."""

    field: str
    value: float
    application: Application


def decide(risk: float, limit: float) -> Decision:
    """Risk and limit are probabilities, from 0 to 1."""
    if risk <= limit:
        return Decision.APPROVE
    return Decision.REFER if risk <= REFER_UP_TO * limit else Decision.DECLINE


def outcome(applications: Iterable[Application], card: Scorecard, limit: float) -> Outcome:
    counts = {decision: 0 for decision in Decision}
    failures = profit = 0.0
    for application in applications:
        risk = card.risk(application)
        decision = decide(risk, limit)
        counts[decision] += 1
        if decision is Decision.APPROVE:
            interest = application.instalment * application.months - application.amount
            failures += risk
            profit += (1 - risk) * interest - risk * LOST_SHARE * application.amount
    return Outcome(counts[Decision.APPROVE], counts[Decision.REFER], counts[Decision.DECLINE], failures, profit)


def largest_loan(application: Application, card: Scorecard, limit: float) -> Optional[float]:
    """The most that would be approved, in whole hundreds of euros; None if not even the least is."""
    low, high = SMALLEST_LOAN // 100, LARGEST_LOAN // 100
    if card.risk(application._replace(amount=low * 100)) > limit:
        return None
    while low < high:  # the risk never falls as the amount rises
        middle = (low + high + 1) // 2
        if card.risk(application._replace(amount=middle * 100)) <= limit:
            low = middle
        else:
            high = middle - 1
    return low * 100.0


def ways_to_approval(application: Application, card: Scorecard, limit: float) -> List[Change]:
    """Each a change of one answer that the applicant can bring about."""
    ways = []
    amount = largest_loan(application, card, limit)
    # Far below what was asked for is no offer.
    if amount is not None and application.amount / 4 <= amount < application.amount:
        ways.append(Change("amount", amount, application._replace(amount=amount)))
    for months in TERMS:
        longer = application._replace(months=months)
        if months > application.months and card.risk(longer) <= limit:
            ways.append(Change("months", months, longer))
            break
    free = application._replace(other_debts=0.0)
    if application.other_debts and card.risk(free) <= limit:
        ways.append(Change("other_debts", 0, free))
    return ways
