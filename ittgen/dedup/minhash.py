"""Near-duplicates that MinHash proposes and ROUGE-L confirms: for more rows than can be compared with each other.

Knows texts, not files or fields. Rows whose bags of tokens are alike are candidates (locality-sensitive hashing, by
the package `rensa`), and the exact score decides about each: a near-duplicate may be missed, none is made up. What is
missed depends on the rows; `benchmarks/dedup_minhash.py` measures it.

A score above t means that the bags share at least t / (2 - t) of what they hold together, and so bounds from below how
often two signatures agree: `bands` says how many numbers of a signature must agree, and in how many places they may.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ittgen.dedup.greedy import Verdicts
from ittgen.dedup.rouge import checked
from ittgen.dedup.tokens import tokenizer
from ittgen.errors import UsageError

_NUMBERS = 160
"""In a signature, at most: memory and time grow with them."""

_FOUND = 0.75
"""Of the pairs that just exceed the threshold and share no more tokens than they must, so many are candidates at
least. Nearly all near-duplicates share more, and are found more often."""

_SEED = 42

_BLOCK = 1_000
"""Rows whose signatures are made at a time."""


@dataclass(frozen=True, slots=True)
class Bands:
    """A signature has `count` bands of `width` numbers; rows that agree in all numbers of a band are candidates."""

    count: int
    width: int


def bands(threshold: float) -> Bands:
    """The widest bands, which make the fewest candidates, that still find enough of what is above the threshold.

    >>> bands(0.7)
    Bands(count=32, width=5)
    """
    shared = threshold / (2 - threshold)
    return max(
        (Bands(_NUMBERS // width, width) for width in range(1, 33) if _chance(shared, width) >= _FOUND),
        key=lambda found: found.width,
        default=Bands(_NUMBERS, 1),
    )


def _chance(shared: float, width: int) -> float:
    return 1 - float((1 - shared**width) ** (_NUMBERS // width))


def approximate(
    rows: Iterable[str], threshold: float, *, tokens: str = "rouge", against: Iterable[str] = ()
) -> Verdicts:
    """As `greedy`, but a near-duplicate may be missed, or be put down to another than its nearest neighbour.

    Raises ValueError as `greedy` does, and UsageError where rensa is not installed.
    """
    index = _Index(checked(threshold), tokens)
    for texts in _blocks(against):
        index.file(texts)
    apart = len(index.near)
    for texts in _blocks(rows):
        index.decide(texts)
    return index.verdicts(apart)


class _Index:
    """Rows so far, what became of them, and the signatures of those that are found."""

    def __init__(self, threshold: float, tokens: str) -> None:
        self._minhash, index = _rensa()
        shape = bands(threshold)
        self._size, self._threshold = shape.count * shape.width, threshold
        self._found = index(threshold, self._size, shape.count)
        self._cut = tokenizer(tokens)
        self._number = defaultdict[str, int](count().__next__).__getitem__
        self._tokens, self._starts = array("i"), array("q", [0])
        self.near, self.best = array("q"), array("d")

    def file(self, texts: Sequence[str]) -> None:
        """Let these rows be found."""
        self._read(texts, lambda signature: [])

    def decide(self, texts: Sequence[str]) -> None:
        """Look for what is near to each of these rows; let those be found that are near to none."""
        self._read(texts, self._found.query)

    def _read(self, texts: Sequence[str], candidates: Callable[[Any], list[int]]) -> None:
        cut = [self._cut(text) for text in texts]
        first = len(self.near)
        for tokens in cut:
            self._tokens.extend(map(self._number, tokens))
            self._starts.append(len(self._tokens))
        signatures = self._minhash.from_token_sets(map(_marks, cut), self._size, _SEED)
        # The arrays cannot grow while numpy looks at them, so each block looks anew.
        rows = np.frombuffer(self._tokens, dtype=np.int32), np.frombuffer(self._starts, dtype=np.int64)
        for row, signature in enumerate(signatures, first):
            self._settle(rows, row, signature, candidates)

    def _settle(self, rows: Any, row: int, signature: Any, candidates: Callable[[Any], list[int]]) -> None:
        from ittgen.dedup.candidates import nearest_of

        asked = rows[0][rows[1][row] : rows[1][row + 1]]
        named = candidates(signature) if len(asked) else []
        best, near = nearest_of(rows, np.array(named, dtype=np.int64), asked, self._threshold)
        self.near.append(near)
        self.best.append(best)
        if near < 0 and len(asked):
            self._found.insert(row, signature)

    def verdicts(self, apart: int) -> Verdicts:
        near, best = np.array(self.near)[apart:], np.array(self.best)[apart:]
        kept, beyond = near < 0, (near >= 0) & (near < apart)
        bare: NDArray[np.bool_] = np.diff(np.array(self._starts))[apart:] == 0
        return Verdicts(kept, np.where(kept | beyond, near, near - apart), beyond, np.where(kept, 0.0, best), bare)


def _marks(tokens: Sequence[str]) -> list[str]:
    """The bag as a set: the second "the" is not the first one."""
    times: dict[str, int] = {}
    marks = []
    for token in tokens:
        time = times.get(token, 0)
        times[token] = time + 1
        marks.append(f"{token} {time}" if time else token)
    return marks


def _blocks(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    for first in rest:
        yield list(chain([first], islice(rest, _BLOCK - 1)))


def _rensa() -> tuple[Any, Callable[[float, int, int], Any]]:
    """(signatures, their index)."""
    try:
        from rensa import RMinHash, RMinHashLSH
    except ImportError:
        raise UsageError("the minhash method needs the package rensa: pip install 'ittgen[minhash]'") from None
    return RMinHash, RMinHashLSH
