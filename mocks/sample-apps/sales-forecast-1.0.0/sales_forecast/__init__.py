"""Sales forecast: weekly sales per store, forecast by a small regression."""

TITLE = "Sales forecast"
TAGLINE = "Weekly sales per store for up to half a year ahead, with a promotion or without."
