"""Energy report: what five buildings use for heating, with the weather taken out."""

TITLE = "Energy report"
TAGLINE = "Did the building get better, or was the winter mild?"
