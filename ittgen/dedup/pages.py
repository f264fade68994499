"""Rows looked through by compiled code: what `shelves` does, for any number of rows. Knows rows of numbers, not texts.

Owns the arrays that `kernels` reads and writes, and makes them larger when a kernel says that they are full. Importing
this module imports numba and, the first time on a machine, waits some seconds for its compiler.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ittgen.dedup import kernels
from ittgen.dedup.kernels import FILL, PAGE_WORDS, SEEN, SHELVES

Numbers = NDArray[np.int32]
Places = NDArray[np.int64]
Scores = NDArray[np.float64]
Tokens = tuple[Numbers, Places]
"""The tokens of all rows in a line, and where each row begins and the last one ends."""

T = TypeVar("T", bound=np.generic)
_NOBODY = np.empty(0, dtype=np.int64)


class Pool:
    """Pages of signatures, each with the number of its row; the rows' tokens stay with whoever asks."""

    def __init__(self) -> None:
        self.bits = np.zeros(16 * PAGE_WORDS, dtype=np.uint64)
        self.slots = np.zeros((4 * PAGE_WORDS, 2), dtype=np.int32)
        self.pages = np.zeros((64, 8), dtype=np.int64)
        self.used = np.zeros(3, dtype=np.int64)
        self.filling = np.full(SHELVES, -1, dtype=np.int64)

    @property
    def filed(self) -> int:
        """How many rows are found."""
        return int(self.pages[:, FILL].sum())

    def file(self, rows: Tokens, first: int, last: int) -> None:
        """Let these rows be found."""
        self._begin()
        while (first := kernels.file(self._arrays(), rows, first, last)) < last:
            self._grow(rows, first)

    def settle(self, rows: Tokens, sizes: Places, first: int, last: int, best: Scores, near: Places) -> None:
        """Decide on a block of rows in their order; those that are near to none are filed."""
        self._begin()
        while (first := kernels.settle(self._arrays(), rows, sizes, first, last, best, near)) < last:
            self._grow(rows, first)

    def nearest(
        self, rows: Tokens, questions: Tokens, sizes: Places, span: tuple[int, int], best: Scores, near: Places,
        without: Places = _NOBODY,
    ) -> None:  # fmt: skip
        """Write what is nearest to each question of the span, where it scores above `best`."""
        kernels.nearest(self._arrays(), rows, questions, sizes, *span, best, near, without)

    def _arrays(self) -> tuple[object, ...]:
        return self.bits, self.slots, self.pages, self.used, self.filling

    def _begin(self) -> None:
        """What is filed from now on is the present block's."""
        self.pages[:, SEEN] = self.pages[:, FILL]

    def _grow(self, rows: Tokens, row: int) -> None:
        """Twice the room, and a page for this row, whose signature has at most 8 bits a token."""
        length = int(rows[1][row + 1] - rows[1][row])
        self.bits = _longer(self.bits, max(len(self.bits), PAGE_WORDS, length))
        self.slots = _longer(self.slots, len(self.slots))
        self.pages = _longer(self.pages, len(self.pages))


class Pages:
    """Rows of token numbers in the order they were added, and for any other row the one most like it."""

    def __init__(self, threshold: float, rows: Iterable[Sequence[int]] = ()) -> None:
        """A score counts when it is above `threshold`, between 0 and 1; `rows` are added at once."""
        self._threshold = threshold
        self._tokens, self._starts = array("i"), array("q", [0])
        self._pool = Pool()
        for numbers in rows:
            self._write(numbers)
        self._pool.file(self._rows(), 0, len(self._starts) - 1)

    def add(self, numbers: Sequence[int]) -> None:
        """Let a row be found from now on; one without tokens is counted and never found."""
        self._write(numbers)
        self._pool.file(self._rows(), len(self._starts) - 2, len(self._starts) - 1)

    def nearest(self, known: Sequence[int], size: int, passed_over: Callable[[int], bool]) -> tuple[int, float] | None:
        """The row with the largest score, the earliest of equals; `size` counts the tokens that no row has, too."""
        without: list[int] = []
        while found := self._nearest(known, size, without):
            if not passed_over(found[0]):
                return found
            without.append(found[0])
        return None

    def _nearest(self, known: Sequence[int], size: int, without: Sequence[int]) -> tuple[int, float] | None:
        question = np.array(known, dtype=np.int32), np.array([0, len(known)], dtype=np.int64)
        best, near = np.array([self._threshold]), np.array([-1], dtype=np.int64)
        sizes, skipped = np.array([size], dtype=np.int64), np.array(without, dtype=np.int64)
        self._pool.nearest(self._rows(), question, sizes, (0, 1), best, near, skipped)
        return (int(near[0]), float(best[0])) if near[0] >= 0 else None

    def _write(self, numbers: Sequence[int]) -> None:
        self._tokens.extend(numbers)
        self._starts.append(len(self._tokens))

    def _rows(self) -> Tokens:
        """The arrays as numpy sees them; they cannot grow while a view of them is alive, so none is kept."""
        return np.frombuffer(self._tokens, dtype=np.int32), np.frombuffer(self._starts, dtype=np.int64)


def _longer(lines: NDArray[T], more: int) -> NDArray[T]:
    return np.concatenate([lines, np.zeros((more, *lines.shape[1:]), dtype=lines.dtype)])
