"""What is not stated but follows from stated figures: differences, totals, shares, spans of years."""
