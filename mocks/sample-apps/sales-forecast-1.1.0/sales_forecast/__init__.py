"""Sales forecast: weekly sales per store, forecast by a small regression."""

TITLE = "Sales forecast"
TAGLINE = "Weekly sales per store, with the range to plan for and what drives it."
