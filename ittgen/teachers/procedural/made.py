"""Inputs made for a task, with their answers: a few different ones, or one for every label.

Knows tasks, not the replies that show them.
"""

from random import Random
from typing import Protocol

from ittgen.chance import below
from ittgen.teachers.procedural.family import Family, Params

MOST_INSTANCES = 4
MOST_LABELS = 5
MOST_WORDS = 160
"""Of all instances together, where there are several: the prompt asks for few."""
_TRIES = 30


class Solvable(Protocol):
    """A task, with or without further steps."""

    @property
    def family(self) -> Family: ...

    @property
    def params(self) -> Params: ...

    def solve(self, text: str, /) -> str: ...


def instances(task: Solvable, rng: Random, count: int) -> list[tuple[str, str]]:
    """Different inputs with their answers; one pair with an empty input where the task stands alone."""
    labels = task.family.labels(task.params) if task.family.labels else ("",)
    start = below(rng, len(labels))
    rows: dict[str, str] = {}
    words = 0
    for i in range(count if task.family.make else 1):
        text, output = instance(task, rng, labels[(start + i) % len(labels)])
        words += len(text.split()) + len(output.split())
        if rows and words > MOST_WORDS:
            break
        rows.setdefault(text, output)
    return list(rows.items())


def one_a_label(task: Solvable, rng: Random) -> list[tuple[str, str]]:
    if task.family.labels is None:
        return instances(task, rng, 2)
    labels = task.family.labels(task.params)
    start = below(rng, len(labels))
    chosen = [labels[(start + i) % len(labels)] for i in range(min(len(labels), MOST_LABELS))]
    return [instance(task, rng, label) for label in chosen]


def instance(task: Solvable, rng: Random, label: str) -> tuple[str, str]:
    """One input and its answer, drawn anew while the answer merely repeats the input."""
    if task.family.make is None:
        return "", task.solve("")
    for _ in range(_TRIES):
        text = task.family.make(rng, task.params, label)
        output = task.solve(text)
        if output != text:
            break
    return text, output
