"""Churn explorer: who is about to leave, and why."""

TITLE = "Churn explorer"
TAGLINE = "Who is about to leave, why, and what keeping them would be worth."
