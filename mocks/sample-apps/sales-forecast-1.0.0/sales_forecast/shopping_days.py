"""Shopping days that move with the calendar. Weeks are named by their Monday."""

from __future__ import annotations

from datetime import date, timedelta


def christmas_share(monday: date) -> float:
    """Share of the week's days that lie in the two weeks up to 24 December."""
    return _share(monday, date(monday.year, 12, 11), date(monday.year, 12, 24))


def easter_share(monday: date) -> float:
    """Share of the week's days that lie in the week up to Easter Saturday."""
    sunday = easter(monday.year)
    return _share(monday, sunday - timedelta(days=7), sunday - timedelta(days=1))


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the anonymous algorithm (Nature, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _share(monday: date, first: date, last: date) -> float:
    from_day = max(monday, first)
    to_day = min(monday + timedelta(days=6), last)
    return max(0, (to_day - from_day).days + 1) / 7
