"""Choosing among names by weight. Knows nothing of what the names are."""

from collections.abc import Mapping
from math import isfinite
from random import Random


def check_weights(what: str, weights: Mapping[str, float]) -> None:
    """Raise ValueError, beginning with `what`, where a weight is negative or no number, or all of them are 0."""
    for name, weight in weights.items():
        if not (isfinite(weight) and weight >= 0):
            raise ValueError(f'{what}: the weight of "{name}" must be 0 or more, not {weight}')
    if not any(weights.values()):
        raise ValueError(f"{what}: all weights are 0, so that nothing can be drawn")


def draw(rng: Random, weights: Mapping[str, float]) -> str:
    """A name, as likely as its weight; the order in which the names were given does not count."""
    possible = sorted(name for name, weight in weights.items() if weight)
    point = rng.random() * sum(weights[name] for name in possible)
    for name in possible:
        point -= weights[name]
        if point < 0:
            return name
    return possible[-1]
