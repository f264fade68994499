"""The library of system prompts for explanation tuning, and which of them suits which kind of task.

The texts are data, in `systems.toml` beside this file. Knows nothing of teachers, slots and students.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ittgen.errors import nearest
from ittgen.generators.weights import check_weights
from ittgen.records import Example
from ittgen.text import digest

Weights = Mapping[str, Mapping[str, float]]
"""Kind of task -> name of a system prompt -> weight; the kind "any" is every one that is not named."""

ANY = "any"


@dataclass(frozen=True, slots=True)
class Library:
    """Every system prompt there is, and the sets of weights that have a name."""

    prompts: Mapping[str, str]
    sets: Mapping[str, Weights]


@cache
def library() -> Library:
    """The packaged library."""
    data = tomllib.loads(files(__package__).joinpath("systems.toml").read_text("utf-8"))
    return Library(data["prompt"], data["set"])


def weights_of(systems: str | Weights) -> Weights:
    """The weights of a set, or those given.

    Raises ValueError for an unknown set or system prompt, naming the nearest, for weights that are negative or all 0,
    and for weights that say nothing for kinds they do not name.
    """
    known = library()
    if isinstance(systems, str):
        if systems not in known.sets:
            raise ValueError(f'systems: there is no set "{systems}"{nearest(systems, list(known.sets))}')
        return known.sets[systems]
    for kind, weights in systems.items():
        if unknown := sorted(weights.keys() - known.prompts.keys()):
            raise ValueError(f'systems: there is no "{unknown[0]}"{nearest(unknown[0], list(known.prompts))}')
        check_weights(f"systems.{kind}", weights)
    if ANY not in systems:
        raise ValueError('systems: weights for "any" are missing; they count for every kind that is not named')
    return systems


def suited(weights: Weights, task: Example) -> Mapping[str, float]:
    """The weights for a task of its kind: what its seed says in `meta.kind`, or else whether it is a classification."""
    kind = task.meta.get("kind")
    if isinstance(kind, str) and kind in weights:
        return weights[kind]
    is_classification = task.meta.get("is_classification") is True and "classification" in weights
    return weights["classification" if is_classification else ANY]


def fingerprint(weights: Weights) -> str:
    """Digest of everything that may be drawn: the weights, and the texts behind their names."""
    texts = {name: library().prompts[name] for by_name in weights.values() for name in by_name}
    return digest({"weights": {kind: dict(by_name) for kind, by_name in weights.items()}, "texts": texts})
