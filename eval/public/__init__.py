"""Public benchmarks, asked of 据文 and of simpler systems: ``python -m eval.public``."""
