"""Garden helper: what to do in the vegetable garden this week."""

TITLE = "Garden helper"
TAGLINE = "What to sow, plant out and water this week."
