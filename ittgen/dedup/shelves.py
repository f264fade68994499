"""Rows looked through with numpy: what `pages` does, without a compiler to wait for. Right for some thousand rows.

Knows rows of numbers; not texts and ids. A pair goes through three steps, each of which can only overrate it:

1. length: the common subsequence is at most as long as the shorter row, so most lengths are out of reach;
2. bags: it has at most as many tokens as the two bags share, read off one bit signature a row, all rows at once;
3. the common subsequence itself (`lcs`), best bound first, until no bound reaches the best score found.

Importing this module imports numpy.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ittgen.dedup.lcs import fmeasure, lcs_against, positions

_SLACK = 1 - 1e-9
"""Bounds are compared a little low, lest one exclude a pair that rounding (some 1e-16) lifts over the limit."""

_SPREAD, _AGAIN, _64_BITS = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03, (1 << 64) - 1
"""Odd multipliers that scatter token numbers and repetitions over 64 bits: 2**64 / 1.618…, and one of its kin."""

Words = NDArray[np.uint64]
T = TypeVar("T", bound=np.generic)


class Shelves:
    """Rows of token numbers in the order they were added, and for any other row the one most like it."""

    def __init__(self, threshold: float) -> None:
        """A score counts when it is above `threshold`, between 0 and 1."""
        self._threshold = threshold
        self._share = threshold / 2 * _SLACK
        self._shelves: dict[int, _Shelf] = {}
        self.rows: list[array[int]] = []

    def add(self, numbers: Sequence[int]) -> None:
        """Let a row be found from now on; one without tokens is counted and never found."""
        if numbers:
            self._shelf(len(numbers)).add(len(self.rows), numbers)
        self.rows.append(array("i", numbers))

    def nearest(self, known: Sequence[int], size: int, passed_over: Callable[[int], bool]) -> tuple[int, float] | None:
        """The row with the largest score, the earliest of equals; `size` counts the tokens that no row has, too."""
        where: dict[int, int] = {}
        best, best_row = self._threshold, -1
        for bound, row in self._promising(known, size):
            if bound < best:
                break
            if passed_over(row):
                continue
            where = where or positions(known)  # made late: those of a long text take much memory
            tokens = self.rows[row]
            score = fmeasure(lcs_against(where, len(known), tokens), size, len(tokens))
            if score > best or (score == best and row < best_row):
                best, best_row = score, row
        return (best_row, best) if best_row >= 0 else None

    def _promising(self, known: Sequence[int], size: int) -> list[tuple[float, int]]:
        """(the score it cannot exceed, row) of every text that may be near enough, the most promising first."""
        marks = _marks(known)
        near = [self._near(shelf, marks, size) for shelf in self._shelves.values()]
        return sorted((pair for pairs in near for pair in pairs), key=lambda pair: (-pair[0], pair[1]))

    def _near(self, shelf: "_Shelf", marks: Words, size: int) -> Iterator[tuple[float, int]]:
        if min(shelf.longest, size) < self._share * (shelf.shortest + size):
            return
        for row, length, shared in shelf.near(marks, size, self._share):
            yield fmeasure(shared, size, length), row

    def _shelf(self, length: int) -> "_Shelf":
        """The shelf for texts of this length: four to each doubling, so that a text looks at about ten."""
        step = 1 << max(length.bit_length() - 3, 0)
        shortest = length - length % step
        if shortest not in self._shelves:
            self._shelves[shortest] = _Shelf(shortest, shortest + step - 1)
        return self._shelves[shortest]


class _Shelf:
    """Texts of about one length, one column each: a bit signature of its bag of words, row, length, spare tokens.

    A signature has one bit for each (token, how many times before), 4 to 8 bits a token. Bits may coincide: `spare` is
    the number of tokens that found theirs taken. So two texts share at most their common bits and the smaller `spare`.
    """

    __slots__ = ("bits", "facts", "longest", "shortest", "size", "width")

    def __init__(self, shortest: int, longest: int) -> None:
        self.shortest = shortest
        self.longest = longest
        self.width = max(256, 4 << longest.bit_length())
        self.size = 0
        self.bits: Words = np.empty((self.width // 64, 8), dtype=np.uint64)
        self.facts: NDArray[np.int32] = np.empty((3, 8), dtype=np.int32)

    def add(self, row: int, tokens: Sequence[int]) -> None:
        if self.size == self.bits.shape[1]:
            self.bits, self.facts = _doubled(self.bits), _doubled(self.facts)
        signature, spare = _signature(_marks(tokens), self.width)
        self.bits[:, self.size] = signature
        self.facts[:, self.size] = row, len(tokens), spare
        self.size += 1

    def near(self, marks: Words, size: int, share: float) -> Iterator[tuple[int, int, int]]:
        """(row, length, tokens it may share) of the texts that may share `share` of both lengths together."""
        signature, spare = _signature(marks, self.width)
        common = np.bitwise_count(self.bits[:, : self.size] & signature[:, None]).sum(axis=0, dtype=np.int32)
        rows, lengths, spares = self.facts[:, : self.size]
        shared = common + np.minimum(spares, spare)
        kept = np.flatnonzero(shared >= share * (lengths + size))
        return zip(rows[kept].tolist(), lengths[kept].tolist(), shared[kept].tolist(), strict=True)


def _marks(tokens: Sequence[int]) -> Words:
    """One number for each token and repetition: two texts have as many in common as their bags have tokens."""
    times: dict[int, int] = {}
    marks = []
    for token in tokens:
        time = times.get(token, 0)
        times[token] = time + 1
        marks.append((token * _SPREAD + time * _AGAIN) & _64_BITS)
    return np.array(marks, dtype=np.uint64)


def _signature(marks: Words, width: int) -> tuple[Words, int]:
    """The marks as `width` bits (a power of two), and how many marks found their bit taken."""
    flags = np.zeros(width, dtype=np.bool_)
    flags[marks >> np.uint64(65 - width.bit_length())] = True
    return np.packbits(flags).view(np.uint64), len(marks) - int(np.count_nonzero(flags))


def _doubled(columns: NDArray[T]) -> NDArray[T]:
    return np.concatenate([columns, np.empty_like(columns)], axis=1)
