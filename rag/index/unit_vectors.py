"""Vectors of length 1, whose inner product is the cosine of the angle between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

ROUNDING = 1e-5
"""How far rounding may carry the length of a unit vector of float32 numbers from 1."""

Vectors = npt.NDArray[np.float32]


def as_unit_vectors(vectors: Vectors | Sequence[Sequence[float] | Vectors]) -> Vectors:
    """A float32 copy ``(n, d)`` of ``vectors``, each of length 1.

    A vector that is of length 1 already stays bit by bit as it is, and so does a vector of zeros.
    """
    units = np.array(vectors, dtype=np.float32, order="C", ndmin=2)
    lengths = np.linalg.norm(units, axis=1)
    others = (np.abs(lengths - 1) > ROUNDING) & (lengths > 0)
    units[others] /= lengths[others, None]
    return units
