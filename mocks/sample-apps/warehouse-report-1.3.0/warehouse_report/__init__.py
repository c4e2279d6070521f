"""Warehouse report: what runs out first, and what to order."""

TITLE = "Warehouse report"
TAGLINE = "What runs out first, what to order, and what only gathers dust."
