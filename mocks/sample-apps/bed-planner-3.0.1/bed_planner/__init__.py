"""Bed planner: how many beds each ward needs in the coming fortnight, and where to find them."""

TITLE = "Bed planner"
TAGLINE = "Beds each ward needs in the coming fortnight, and where to find them."
