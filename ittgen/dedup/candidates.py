"""The nearest of a few rows that somebody named, by compiled code. Knows rows of numbers, not why they were named.

Importing this module compiles it, or loads what was compiled.
"""

from typing import Any

from numba.core.types import float64

from ittgen.dedup.bits import common, fmeasure, work_for
from ittgen.dedup.compiled import NEAR, NUMBERS, PLACES, ROWS, kernel

_HALF = 0.5 * (1 - 1e-9)
"""Bounds are compared a little low, lest one exclude a pair that rounding (some 1e-16) lifts over the limit."""


@kernel(NEAR, ROWS, PLACES, NUMBERS, float64)
def nearest_of(rows: Any, candidates: Any, asked: Any, best: float) -> tuple[float, int]:
    """The largest score above `best` and its row, the first of equals; -1 where no candidate scores above it."""
    near, size = -1, len(asked)
    work = work_for(size)
    for row in candidates:
        tokens = rows[0][rows[1][row] : rows[1][row + 1]]
        least = best * _HALF * (len(tokens) + size)
        if min(len(tokens), size) < least:
            continue
        score = fmeasure(common(asked, tokens, least, work), size, len(tokens))
        if score > best or (score == best and row < near):
            best, near = score, row
    return best, near
