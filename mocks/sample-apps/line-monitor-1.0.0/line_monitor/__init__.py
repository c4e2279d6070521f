"""Line monitor: live readings of a bottling line."""

TITLE = "Line monitor"
TAGLINE = "Four machines of a bottling line, second by second."
