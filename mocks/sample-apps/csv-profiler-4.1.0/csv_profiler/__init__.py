"""CSV profiler: shape, gaps, outliers and a histogram of every column."""

TITLE = "CSV profiler"
TAGLINE = "What is in a table, before you work with it."
