"""Loan risk scorer: a logistic scorecard that gives its reasons."""

TITLE = "Loan risk scorer"
TAGLINE = "Score an application, move the limit, and read every decision in plain words."
