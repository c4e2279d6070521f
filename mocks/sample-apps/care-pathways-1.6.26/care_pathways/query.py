"""Query parameters, read with a default and a plain word about what could not be used."""

from __future__ import annotations

import math
from datetime import date
from typing import Container, Dict, List
from urllib.parse import parse_qsl


class Query:
    """The values of one request. A missing value is its default; an unusable one is, too,
    and is named in `problems` (plain text, not yet escaped)."""

    def __init__(self, raw: str) -> None:
        self.problems: List[str] = []
        self._values: Dict[str, str] = {}
        try:
            self._values.update(parse_qsl(raw, keep_blank_values=True, max_num_fields=50))
        except ValueError:
            self.problems.append("The address holds too many values: all of them were left out.")

    def has(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, most: int = 40) -> str:
        """At most `most` characters, without the white space around them."""
        return self._values.get(name, "").strip()[:most]

    def choice(self, name: str, label: str, options: Container[str], default: str) -> str:
        value = self._values.get(name, default)
        if value in options:
            return value
        self._replaced(label, value, "is not one of the choices", "the usual one")
        return default

    def number(self, name: str, label: str, default: float, low: float, high: float) -> float:
        """A finite number from `low` to `high`."""
        given = self._values.get(name)
        if given is None:
            return default
        try:
            value = float(given)
        except ValueError:
            value = math.nan
        if low <= value <= high:  # false for NaN
            return value
        self._replaced(label, given, f"is not a number from {low:,g} to {high:,g}", f"{default:,g}")
        return default

    def whole(self, name: str, label: str, default: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`; fractions are rounded."""
        return round(self.number(name, label, default, low, high))

    def day(self, name: str, label: str, default: date, low: date, high: date) -> date:
        """A date as YYYY-MM-DD, from `low` to `high`."""
        given = self._values.get(name)
        if given is None:
            return default
        try:
            value = date.fromisoformat(given)
        except ValueError:
            value = None
        if value is not None and low <= value <= high:
            return value
        self._replaced(label, given, f"is not a date from {low} to {high}", str(default))
        return default

    def _replaced(self, label: str, value: str, why: str, used: str) -> None:
        shown = value if len(value) <= 40 else value[:40] + "…"
        said = f"“{shown}” {why}" if shown.strip() else "nothing was given"
        self.problems.append(f"{label}: {said}, so {used} is used.")
