"""What a generator is: `plan` says which examples a slot works on, `run` asks the teacher and returns drafts.

Slots are the units of work, numbered from 0. `plan` is pure and quick: the same slot always gives the same work. `run`
knows the work and a function to ask with; journal, order, retries and money are somebody else's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol, runtime_checkable

from ittgen.calls import Ask
from ittgen.chance import seeded
from ittgen.records import Draft, Example
from ittgen.text import JSON


@dataclass(frozen=True, slots=True)
class Slot:
    """One unit of work before anything was asked: a number, what there is to work on, and seeded chance."""

    number: int
    source: Sequence[Example]
    """Seeds, or the examples of an earlier stage; indexing reads one row, iterating reads all."""
    pool: Sequence[Example]
    """What this stage had accepted when the slots visible to this one were committed."""
    seed: int
    stage: str

    def rng(self, label: str) -> Random:
        """Chance that depends on the recipe's seed, the stage, the slot and the label, and on nothing else."""
        return seeded(self.seed, self.stage, self.number, label)


@dataclass(frozen=True, slots=True)
class Work:
    """What a slot works on: the examples shown to the teacher, or evolved, or answered."""

    parents: tuple[Example, ...]
    notes: Mapping[str, JSON] = field(default_factory=dict)
    """Whatever else `plan` decided and `run` needs."""


class Generator(Protocol):
    """A frozen dataclass whose fields are its options; the recipe's table is the constructor call."""

    @property
    def prompts(self) -> tuple[str, ...]:
        """Names of every prompt it may ask with; they are part of the stage's identity."""
        ...

    @property
    def reads_pool(self) -> bool:
        """Whether `plan` looks at `slot.pool`: then slots wait for the ones they see."""
        ...

    def plan(self, slot: Slot) -> Work | None:
        """The work of this slot; None when there is none left for it and all later ones."""
        ...

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        """Ask the teacher; every piece of every reply comes back as an example or a rejection."""
        ...


class Scorer(Protocol):
    """A measure or a judge: a frozen dataclass whose fields are its options."""

    async def __call__(self, example: Example, ask: Ask) -> Mapping[str, float]:
        """Scores by name; a measure needs no `ask`, and a judge that gave no score returns none."""
        ...


@runtime_checkable
class Estimated(Protocol):
    """A generator that can tell what a slot needs, for `ittgen plan`."""

    def expects(self) -> tuple[float, float]:
        """(calls, drafts) of a typical slot."""
        ...


@runtime_checkable
class Several(Protocol):
    """A generator that asks other teachers besides its stage's own."""

    @property
    def teacher_names(self) -> tuple[str, ...]:
        """Names among the recipe's `[teachers.NAME]`."""
        ...
