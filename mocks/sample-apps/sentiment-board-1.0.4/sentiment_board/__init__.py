"""Sentiment board: what customers say, scored by a small lexicon."""

TITLE = "Sentiment board"
TAGLINE = "What customers say this week, sorted by what changed."
