"""Reads a table from bytes and profiles its columns."""

from __future__ import annotations

import csv
import io
import math
import random
import re
from collections import Counter
from datetime import date, timedelta
from itertools import islice
from typing import List, NamedTuple, Optional, Sequence, Tuple

MOST_ROWS, MOST_COLUMNS = 50_000, 60
BINS = 12
GAPS = {"", "na", "n/a", "nan", "null", "none", "-", "?"}
_NUMBER = re.compile(r"[-+−]?(?:\d{1,3}(?:[ ,’']\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d{1,3})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?|\d{1,2}[./]\d{1,2}[./]\d{4}")


class Unreadable(Exception):
    """The message is plain text for people."""


class Table(NamedTuple):
    names: List[str]
    rows: List[List[str]]
    separator: str
    ragged: int
    """Rows with more or fewer cells than the heading."""
    cut: bool
    """Whether rows or columns were left out."""


class Profile(NamedTuple):
    """A column."""

    name: str
    kind: str
    """number, date or text."""
    gaps: int
    distinct: int
    low: str
    middle: str
    """The median; of text, the commonest value."""
    high: str
    outliers: int
    bins: List[int]
    """Counts from low to high; of text, of the commonest values."""


def decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_table(data: bytes) -> Table:
    """:raises Unreadable: for what is no table"""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise Unreadable("That is no text but a binary file; save the sheet as CSV first.")
    head = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(",;\t|", key=head.count)
    try:
        lines = csv.reader(io.StringIO(text), delimiter=separator)
        rows = list(islice((row for row in lines if any(cell.strip() for cell in row)), MOST_ROWS + 2))
    except csv.Error as error:
        raise Unreadable(f"That can’t be read as CSV: {error}.") from error
    if len(rows) < 2:
        raise Unreadable("A table needs a line of headings and at least one row below it.")
    names = [name.strip()[:60] or f"column {n}" for n, name in enumerate(rows[0], start=1)]
    width, shown = len(names), min(len(names), MOST_COLUMNS)
    body = rows[1 : MOST_ROWS + 1]
    return Table(
        names[:shown],
        [(row + [""] * shown)[:shown] for row in body],
        separator,
        sum(len(row) != width for row in body),
        len(rows) > MOST_ROWS + 1 or width > MOST_COLUMNS,
    )


def profile(name: str, cells: Sequence[str]) -> Profile:
    values = [cell.strip() for cell in cells]
    values = [value for value in values if value.lower() not in GAPS]
    gaps, distinct = len(cells) - len(values), len(set(values))
    numbers = [number for number in map(_number, values) if number is not None]
    if values and len(numbers) >= 0.9 * len(values):
        numbers.sort()
        first, middle, third = (_quantile(numbers, share) for share in (0.25, 0.5, 0.75))
        reach = 1.5 * (third - first)
        outliers = sum(number < first - reach or number > third + reach for number in numbers) if reach else 0
        low, high = numbers[0], numbers[-1]
        return Profile(name, "number", gaps, distinct, plain(low), plain(middle), plain(high), outliers, _bins(numbers))
    if values and sum(bool(_DAY.fullmatch(value)) for value in values) >= 0.9 * len(values):
        # Days as numbers, for the histogram; those that don't exist are left out of it.
        days = sorted(day for day in map(_day, values) if day is not None)
        if days:
            shown = [date.fromordinal(days[n]).isoformat() for n in (0, len(days) // 2, -1)]
            return Profile(name, "date", gaps, distinct, *shown, 0, _bins([float(day) for day in days]))
    common = Counter(values).most_common(BINS)
    middle_text = f"{common[0][0][:40]} (×{common[0][1]})" if common else ""
    low_text, high_text = (min(values)[:24], max(values)[:24]) if values else ("", "")
    return Profile(name, "text", gaps, distinct, low_text, middle_text, high_text, 0, [count for _, count in common])


def _number(text: str) -> Optional[float]:
    if len(text) > 40 or not _NUMBER.fullmatch(text):
        return None
    try:
        value = float(re.sub("[ ,’']", "", text).replace("−", "-"))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) < 1e100 else None


def _day(text: str) -> Optional[int]:
    parts = [int(part) for part in re.findall(r"\d+", text)[:3]]
    year, month, day = parts if text[4:5] == "-" else parts[::-1]
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _bins(ordered: Sequence[float]) -> List[int]:
    low, high = ordered[0], ordered[-1]
    bins = [0] * BINS
    for value in ordered:
        bins[min(BINS - 1, int((value - low) / ((high - low) or 1) * BINS))] += 1
    return bins


def plain(number: float) -> str:
    """At most six digits that count: 1,240 and 0.0132."""
    return f"{number:,.0f}" if number == int(number) and abs(number) < 1e9 else f"{number:,.6g}"


def sample() -> bytes:
    """A table with something to find in it."""
    chance = random.Random("deliveries")
    lines = ["order,day,warehouse,items,weight_kg,distance_km,express,note"]
    for n in range(640):
        day = date(2025, 9, 1) + timedelta(days=n // 7)
        weight = chance.lognormvariate(1.2, 0.7) * (40 if chance.random() < 0.008 else 1)
        lines.append(
            ",".join(
                (
                    f"{10450 + n}",
                    day.isoformat() if chance.random() > 0.01 else "",
                    chance.choices(("Lyon", "Porto", "Graz"), (5, 3, 2))[0],
                    str(1 + int(chance.expovariate(0.6))),
                    f"{weight:.2f}" if chance.random() > 0.06 else "n/a",
                    f"{abs(chance.gauss(38, 14)):.1f}",
                    chance.choice(("yes", "no", "no", "no")),
                    chance.choice(("", "", "", "", "fragile", "call first")),
                )
            )
        )
    return "\n".join(lines).encode()


def columns_of(table: Table) -> List[Tuple[str, List[str]]]:
    return [(name, [row[n] for row in table.rows]) for n, name in enumerate(table.names)]
