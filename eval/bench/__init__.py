"""``make bench``: 据文 beside the plain recipe, in one run on one machine. Figures, never a pass or a fail."""
