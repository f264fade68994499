"""Many rows decided at once: each is kept unless it is too near a row kept before it. Knows texts, not files or fields.

The decisions are those of asking a `RougeIndex` row by row and adding what it keeps, whatever the number of threads:
the rows of a block are compared with everything that earlier blocks kept, side by side, and then with each other, one
after another. Texts are read once and not held; a row is kept as four bytes a token and some fifty for the index.

Importing this module imports numpy, not numba, which only more than a few thousand rows need.
"""

import os
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from ittgen.dedup.rouge import MANY, checked, load
from ittgen.dedup.shelves import Shelves
from ittgen.dedup.tokens import tokenizer

Places = NDArray[np.int64]
Scores = NDArray[np.float64]

_TILE = 128
"""Rows that a thread compares with the whole index before it takes the next ones. Long rows count once more for every
64 tokens, here and in a block: both cores have work, and Ctrl-C is heard, where one row takes seconds."""

_SMALLEST, _LARGEST, _SHARE = 512, 8_192, 16
"""A block is a sixteenth of the rows kept: what is decided one after another stays a small part of the work."""

_ROWS = 16
"""In a block at least, however long they are."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What became of each row, in the order the rows came."""

    kept: NDArray[np.bool_]
    nearest: NDArray[np.int64]
    """For a rejected row the nearest row kept before it, the earliest of equals; -1 for a kept one."""
    beyond: NDArray[np.bool_]
    """Whether `nearest` counts the rows of `against` instead, from 0 on."""
    score: NDArray[np.float64]
    """The ROUGE-L score of the two, to the last bit; 0 for a kept row."""
    bare: NDArray[np.bool_]
    """Rows without a token, such as emoji under `unicode`: near to nothing, so they are kept."""


def greedy(
    rows: Iterable[str],
    threshold: float,
    *,
    tokens: str = "rouge",
    against: Iterable[str] = (),
    threads: int | None = None,
    many: int = MANY,
    told: Callable[[int, int], None] = lambda decided, of: None,
) -> Verdicts:
    """Keep each row whose ROUGE-L with every row of `against` and every row kept before it is at most `threshold`.

    >>> greedy(["Name three rivers.", "Name three lakes.", "Name two rivers."], 0.7).kept.tolist()
    [True, True, True]
    >>> greedy(["Name three rivers.", "Name three lakes.", "Name two rivers."], 0.6).nearest.tolist()
    [-1, 0, 0]

    `threads` is one for each core unless told; `told` hears, now and then, how many of how many rows are decided.
    Raises ValueError for a threshold outside (0, 1) and for tokens of another name.
    """
    table, limit = _Numbered(tokens), checked(threshold)
    apart = table.read(against)
    table.read(rows)
    if sum(map(load, np.diff(np.array(table.starts)).tolist())) <= many:
        near, best = _one_by_one(table, apart, limit)
    else:
        near, best = _in_blocks(table, apart, limit, threads or _cores(), told)
    return _verdicts(near[apart:], best[apart:], np.diff(np.array(table.starts))[apart:] == 0, apart)


class _Numbered:
    """Texts as rows of token numbers, all in a line, and where each row begins and the last one ends."""

    def __init__(self, tokens: str) -> None:
        self._cut = tokenizer(tokens)
        self._number = defaultdict[str, int](count().__next__).__getitem__
        self.tokens, self.starts = array("i"), array("q", [0])

    def read(self, texts: Iterable[str]) -> int:
        """Append the texts; how many rows there are now."""
        cut, number, tokens, starts = self._cut, self._number, self.tokens, self.starts
        for text in texts:
            tokens.extend(map(number, cut(text)))
            starts.append(len(tokens))
        return len(starts) - 1


def _one_by_one(table: _Numbered, apart: int, limit: float) -> tuple[Places, Scores]:
    near, best = _undecided(len(table.starts) - 1, limit)
    shelves, kept = Shelves(limit), list[int]()
    for row in range(len(near)):
        numbers = table.tokens[table.starts[row] : table.starts[row + 1]]
        found = shelves.nearest(numbers, len(numbers), lambda row: False) if row >= apart else None
        if found:
            near[row], best[row] = kept[found[0]], found[1]
        else:
            shelves.add(numbers)
            kept.append(row)
    return near, best


def _in_blocks(
    table: _Numbered, apart: int, limit: float, threads: int, told: Callable[[int, int], None]
) -> tuple[Places, Scores]:
    from ittgen.dedup.pages import Pool

    rows = np.frombuffer(table.tokens, dtype=np.int32), np.frombuffer(table.starts, dtype=np.int64)
    pool, sizes = Pool(), np.diff(rows[1])
    near, best = _undecided(len(sizes), limit)
    loads = np.cumsum(1 + sizes // 64)
    pool.file(rows, 0, apart)
    first = apart
    with ThreadPoolExecutor(threads) as workers:
        while first < len(sizes):
            size = min(max(pool.filed // _SHARE, _SMALLEST), _LARGEST)
            last = min(max(_after(loads, first, size), first + _ROWS), len(sizes))
            tiles = list(_tiles(loads, first, last))
            list(workers.map(lambda tile: pool.nearest(rows, rows, sizes, tile, best, near), tiles))
            pool.settle(rows, sizes, first, last, best, near)
            first = last
            told(first - apart, len(sizes) - apart)
    return near, best


def _after(loads: Places, first: int, size: int) -> int:
    """Where rows from `first` on end that are so much work together; one row at least."""
    before = int(loads[first - 1]) if first else 0
    return max(int(np.searchsorted(loads, before + size, side="right")), first + 1)


def _tiles(loads: Places, first: int, last: int) -> Iterator[tuple[int, int]]:
    while first < last:
        end = min(_after(loads, first, _TILE), last)
        yield first, end
        first = end


def _undecided(count: int, limit: float) -> tuple[Places, Scores]:
    return np.full(count, -1, dtype=np.int64), np.full(count, limit)


def _verdicts(near: Places, best: Scores, bare: NDArray[np.bool_], apart: int) -> Verdicts:
    kept, beyond = near < 0, (near >= 0) & (near < apart)
    nearest = np.where(kept | beyond, near, near - apart)
    return Verdicts(kept, nearest, beyond, np.where(kept, 0.0, best), bare)


def _cores() -> int:
    """Cores this process may use, where the system says; else all there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
