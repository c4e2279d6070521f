"""Care pathways: where patients wait on their way through the hospital."""

TITLE = "Care pathways"
TAGLINE = "Where patients wait, step by step, against the target."
