"""Generated customers, a logistic regression of who left, and what an offer is worth."""

from __future__ import annotations

import math
import random
from typing import Dict, List, NamedTuple, Sequence, Tuple

MARGIN = 0.55
"""Share of the bill that is left after costs."""


class Customer(NamedTuple):
    number: str
    plan: str
    months: int
    """Since they came."""
    bill: float
    """Euros a month."""
    calls: int
    """To the help line, in three months."""
    use: float
    """Change of data used, against half a year ago; −0.3 is 30 % less."""
    late: int
    """Bills paid late in a year."""


PLANS: Dict[str, str] = {"monthly": "Monthly", "year": "One year", "two-years": "Two years"}


class Driver(NamedTuple):
    more: str
    """Said when it raises the risk."""
    name: str


DRIVERS: Tuple[Driver, ...] = (
    Driver("can leave any month", "Contract"),
    Driver("came lately", "Time with us"),
    Driver("pays a lot", "Bill"),
    Driver("called the help line", "Help line"),
    Driver("uses less and less", "Use"),
    Driver("pays late", "Late bills"),
)


def features(customer: Customer) -> List[float]:
    """In the order of DRIVERS, each about one unit wide and larger where leaving is likelier."""
    return [
        {"monthly": 1.0, "year": 0.35, "two-years": 0.0}[customer.plan],
        1 / (1 + customer.months / 12),
        (customer.bill - 35) / 20,
        math.sqrt(customer.calls),
        -customer.use * 2,
        math.sqrt(customer.late),
    ]


_TRUTH = (-4.3, 1.9, 1.6, 0.35, 0.75, 1.3, 0.35)


def _draw(chance: random.Random, number: str) -> Customer:
    plan = chance.choices(tuple(PLANS), (5, 3, 4))[0]
    return Customer(
        number,
        plan,
        1 + int(chance.expovariate(1 / 30)) % 120,
        round(chance.triangular(12, 80, 28), 2),
        min(8, int(chance.expovariate(0.9))),
        round(max(-0.8, min(0.8, chance.gauss(0.02, 0.22))), 2),
        min(6, int(chance.expovariate(1.4))),
    )


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(left, right))


class Model:
    """A logistic regression, by Newton's method with a little ridge."""

    def __init__(self, customers: Sequence[Customer], left: Sequence[bool]) -> None:
        rows = [[1.0, *features(customer)] for customer in customers]
        size = len(rows[0])
        self.weights = [0.0] * size
        for _ in range(12):
            gradient, curvature = [0.0] * size, [[0.01 * (i == j) for j in range(size)] for i in range(size)]
            for row, gone in zip(rows, left):
                p = _sigmoid(_dot(row, self.weights))
                for i in range(size):
                    gradient[i] += (gone - p) * row[i]
                    for j in range(size):
                        curvature[i][j] += p * (1 - p) * row[i] * row[j]
            step = _solve(curvature, gradient)
            self.weights = [weight + change for weight, change in zip(self.weights, step)]
            if max(abs(change) for change in step) < 1e-8:
                break
        self._usual = [sum(column) / len(rows) for column in zip(*rows)]

    def risk(self, customer: Customer) -> float:
        """Of leaving within three months."""
        return _sigmoid(_dot([1.0, *features(customer)], self.weights))

    def pushes(self, customer: Customer) -> List[float]:
        """What each driver adds to the log odds, against the usual customer."""
        row = [1.0, *features(customer)]
        return [self.weights[i] * (row[i] - self._usual[i]) for i in range(1, len(row))]

    def reasons(self, customer: Customer) -> List[str]:
        ranked = sorted(zip(self.pushes(customer), DRIVERS), key=lambda pair: -pair[0])
        return [driver.more for push, driver in ranked[:2] if push > 0.1]


def _solve(matrix: List[List[float]], right: List[float]) -> List[float]:
    """Gauss's elimination; the matrix is positive definite, so no pivoting."""
    size, rows = len(right), [[*line, value] for line, value in zip(matrix, right)]
    for i in range(size):
        for j in range(i + 1, size):
            factor = rows[j][i] / rows[i][i]
            rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i])]
    answer = [0.0] * size
    for i in reversed(range(size)):
        answer[i] = (rows[i][size] - _dot(rows[i][i + 1 : size], answer[i + 1 :])) / rows[i][i]
    return answer


class Offer(NamedTuple):
    name: str
    keeps: float
    """Share of those who would leave whom it keeps."""
    fixed: float
    """Euros for asking."""
    share: float
    """Of a year's bill, given away to everybody who is asked and stays."""


OFFERS: Dict[str, Offer] = {
    "call": Offer("A call", 0.20, 12, 0.0),
    "discount": Offer("7 % discount", 0.40, 3, 0.07),
    "plan": Offer("A better plan", 0.52, 5, 0.13),
}


def worth(customer: Customer, risk: float, offer: Offer) -> float:
    """Euros a year that the offer is expected to bring, less its cost."""
    year = customer.bill * 12
    stays = 1 - risk + risk * offer.keeps
    return risk * offer.keeps * year * MARGIN - offer.fixed - stays * year * offer.share


class Standing(NamedTuple):
    customer: Customer
    risk: float


def _past(count: int) -> Tuple[List[Customer], List[bool]]:
    chance = random.Random("customers of last year")
    customers = [_draw(chance, "") for _ in range(count)]
    return customers, [chance.random() < _sigmoid(_dot(_TRUTH, [1.0, *features(customer)])) for customer in customers]


def _today(count: int) -> List[Customer]:
    chance = random.Random("customers of today")
    return [_draw(chance, f"C-{20000 + 7 * n}") for n in range(count)]


MODEL = Model(*_past(1600))
STANDINGS = [Standing(customer, MODEL.risk(customer)) for customer in _today(480)]
