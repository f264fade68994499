"""The nearest text by ROUGE-L among the texts added so far, exactly as rouge-score would find it, only faster.

Knows texts and their ids; not examples, recipes or what becomes of a near-duplicate. Decisions are rouge-score 0.1.2's,
`RougeScorer(["rougeL"], use_stemmer=False)`, pair by pair: its expression, its rounding and, with `tokens="rouge"`, its
tokens. With them comes its blindness: a text without `[a-z0-9]` has none, so it is never near anything, not even its
own copy; `tokens="unicode"` sees it.

Rows are looked through with numpy (`shelves`) while there are few, and by compiled code (`pages`) from `MANY` on; both
find the same. Importing this module imports numpy, not numba.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Protocol

from ittgen.dedup.lcs import fmeasure, lcs_length
from ittgen.dedup.shelves import Shelves
from ittgen.dedup.tokens import tokenizer
from ittgen.text import rouge_tokens

MANY = 5_000
"""Rows from which compiled code is worth loading: it takes about as long as numpy has taken by then. Long rows, which
numpy leaves to Python, count for more: see `load`."""


def load(tokens: int) -> int:
    """For how many short rows one of so many tokens counts: Python's time and memory grow with the square of them."""
    return 1 + tokens // 64 + (tokens // 512) ** 2


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A text added before, and rouge-score's fmeasure of the two, to the last bit."""

    id: str
    score: float


def rouge_l(candidate: str, existing: str) -> float:
    """rouge-score's ROUGE-L fmeasure of two texts; 0 where either has no tokens."""
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(t, len(numbers)) for t in rouge_tokens(text)] for text in (candidate, existing))
    return fmeasure(lcs_length(a, b), len(a), len(b))


def checked(threshold: float) -> float:
    """The threshold; ValueError where it lies outside (0, 1)."""
    if not 0 < threshold < 1:
        raise ValueError(f"a ROUGE-L threshold lies between 0 and 1, both excluded: {threshold}")
    return threshold


class _Rows(Protocol):
    """`Shelves` or `Pages`."""

    def add(self, numbers: Sequence[int], /) -> None: ...
    def nearest(
        self, known: Sequence[int], size: int, passed_over: Callable[[int], bool], /
    ) -> tuple[int, float] | None: ...


class RougeIndex:
    """Texts by id, and for any text the one most like it.

    >>> index = RougeIndex(0.7)
    >>> index.add("a", "Name three rivers in Europe.")
    >>> index.nearest("Name three rivers in Asia.")
    Neighbour(id='a', score=0.8000000000000002)
    """

    def __init__(self, threshold: float = 0.7, tokens: str = "rouge", *, many: int = MANY) -> None:
        """A score counts when it is above `threshold`, which Self-Instruct (arXiv 2212.10560) sets to 0.7.

        Raises ValueError for a threshold outside (0, 1) and for tokens of another name.
        """
        self.threshold = checked(threshold)
        self._cut = tokenizer(tokens)
        self._many, self._load = many, 0
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._few: Shelves | None = Shelves(threshold)
        self._rows: _Rows = self._few

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, id: str, text: str) -> None:
        """Let `text` be found from now on; a text without tokens is counted and never found."""
        numbers = self._numbers
        row = [numbers.setdefault(token, len(numbers)) for token in self._cut(text)]
        self._rows.add(row)
        self._ids.append(id)
        self._load += load(len(row))
        if self._few and self._load > self._many:
            self._compile(self._few)

    def nearest(self, text: str, *, without: Container[str] = ()) -> Neighbour | None:
        """The text with the largest score above the threshold, the earliest added of equals; None if there is none.

        Ids in `without` are passed over: a row's own ancestors are near to it by construction.
        """
        tokens = self._cut(text)
        # A token that no text has matches nothing: it counts in the length and nowhere else.
        known = [number for token in tokens if (number := self._numbers.get(token)) is not None]
        found = self._rows.nearest(known, len(tokens), lambda row: self._ids[row] in without)
        return Neighbour(self._ids[found[0]], found[1]) if found else None

    def _compile(self, few: Shelves) -> None:
        from ittgen.dedup.pages import Pages

        self._rows, self._few = Pages(self.threshold, few.rows), None
