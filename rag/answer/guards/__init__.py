"""What speaks against a candidate answer: one way of being mistaken a file."""
