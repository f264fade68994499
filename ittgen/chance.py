"""Seeded choices that stay the same for ever.

Of `random.Random` Python promises only that `random()` keeps its sequence for a seed; `sample`, `shuffle` and `choice`
may change between versions. Everything here is therefore made of `random()` alone.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from ittgen.text import JSON, digest

T = TypeVar("T")


def seeded(*parts: JSON) -> Random:
    """A generator of random numbers that depends on `parts` and nothing else.

    >>> seeded(42, "propose", 7, "human").random() == seeded(42, "propose", 7, "human").random()
    True
    """
    return Random(int(digest(list(parts))[:16], 16))


def below(rng: Random, n: int) -> int:
    """A whole number from 0 to n - 1."""
    return int(rng.random() * n)


def pick(rng: Random, items: Sequence[T]) -> T:
    """One of the items."""
    return items[below(rng, len(items))]


def sample(rng: Random, n: int, k: int) -> list[int]:
    """`k` different positions below `n` (all of them if there are fewer), in the order drawn.

    Costs O(k) whatever `n` is, so that drawing 2 from a pool of a million reads 2 rows.
    """
    moved: dict[int, int] = {}
    drawn = []
    for i in range(min(k, n)):
        j = i + below(rng, n - i)
        drawn.append(moved.get(j, j))
        moved[j] = moved.get(i, i)
    return drawn


def shuffled(rng: Random, items: Sequence[T]) -> list[T]:
    """The items in a random order; the sequence given stays as it is."""
    return [items[i] for i in sample(rng, len(items), len(items))]
