"""Shift roster: a fair fortnight from a few rules."""

TITLE = "Shift roster"
TAGLINE = "A fair fortnight, from rules that everybody can read."
