"""Hard unanswerable questions, made from answerable ones.

>>> from training.unanswerable import make_unanswerable
>>> make_unanswerable([], seed=1)
[]
"""

from training.unanswerable.mixture import make_unanswerable

__all__ = ["make_unanswerable"]
