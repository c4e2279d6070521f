"""Simulation lab: when a project will be done."""

TITLE = "Simulation lab"
TAGLINE = "When a project will be done, from how far off earlier estimates were."
