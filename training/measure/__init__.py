"""The figures of the trained reader, printed by one command: ``python -m training.measure --data DIR``."""
