"""The sample and the scorecard fitted to it, made once when the app starts."""

from .data import applicants, past_loans
from .scorecard import Scorecard, ranking_quality

LOANS = past_loans()
CARD = Scorecard(LOANS)
QUALITY = ranking_quality(LOANS)
APPLICANTS = applicants()
